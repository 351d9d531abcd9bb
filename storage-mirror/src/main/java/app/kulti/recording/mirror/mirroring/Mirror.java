package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.observability.RecordingInLogs;
import app.kulti.recording.mirror.mirroring.plan.Decision;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes states and does what they want, many at a time, each recording's newest only. Whoever hands a state in is told
 * once the processor knows what came of it, so that nothing is forgotten between the two.
 */
public final class Mirror {
    private static final Logger log = LoggerFactory.getLogger(Mirror.class);
    /** How many recordings' newest revisions are kept in mind: far more than come side by side. */
    private static final int REMEMBERED = 10_000;
    /** Removals are a few short calls each. */
    private static final int REMOVALS = 8;

    /** What an interrupted job may take to write down how far it is. */
    private static final Duration LAST_NOTE = Duration.ofSeconds(1);

    private final FilmCopy films;
    private final Removal removal;
    private final Reports reports;
    private final Slots copySlots;
    private final Semaphore removalSlots = new Semaphore(REMOVALS, true);
    private final Map<RecordingId, Job> jobs = new HashMap<>();
    private final Map<RecordingId, Long> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RecordingId, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Copies many films at a time.
     *
     * @param parallelism     how many in all
     * @param hostParallelism how many of them from any one host
     */
    public Mirror(FilmCopy films, Removal removal, Reports reports, int parallelism, int hostParallelism) {
        this.films = films;
        this.removal = removal;
        this.reports = reports;
        copySlots = new Slots(parallelism, hostParallelism);
    }

    /**
     * Takes a state; returns at once.
     *
     * @param lane the partition that it came by, for {@link #leave}
     * @param done called, on any thread, when there is nothing left to do for this state; never, when it is handed over
     *             undone
     */
    public void take(RecordingState state, int lane, Runnable done) {
        if (!begins(state, lane, done)) {
            done.run();
        }
    }

    private synchronized boolean begins(RecordingState state, int lane, Runnable done) {
        var id = state.recordingId();
        if (newest.merge(id, state.revision(), Math::max) > state.revision()) {
            return false;
        }
        var running = jobs.get(id);
        switch (Decision.of(state)) {
            case Decision.Nothing _ -> {
                // What runs may end: its report is judged by whoever said that nothing more is wanted.
                return false;
            }
            case Decision.Copy copy when running != null && running.isCopyOf(copy.source().identity()) ->
                running.join(state, done);
            case Decision.Remove _ when running != null && running.isRemoval() -> running.join(state, done);
            case Decision.Copy copy -> begin(new Job.Copying(state, lane, done, running, copy));
            case Decision.Remove _ -> begin(new Job.Removing(state, lane, done, running));
        }
        return true;
    }

    /** How many jobs wait or run. */
    public synchronized int size() {
        return jobs.size();
    }

    /**
     * Ends the jobs of these lanes: at their next part at first, at once when {@code patience} is over. Their states
     * count as undone; whoever reads them next goes on.
     */
    public void leave(IntPredicate lanes, Duration patience) {
        Collection<Job> leaving;
        synchronized (this) {
            leaving = jobs.values().stream().filter(job -> lanes.test(job.lane())).toList();
        }
        leaving.forEach(Job::stopAtNextPart);
        var deadline = System.nanoTime() + patience.toNanos();
        for (var job : leaving) {
            if (!job.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                job.stopNow();
            }
        }
        leaving.forEach(job -> job.awaitEnd(LAST_NOTE));
    }

    private void begin(Job job) {
        var replaced = jobs.put(job.recordingId(), job);
        if (replaced != null) {
            // Its states are done when this one is.
            replaced.stopNow();
            job.inherit(replaced);
        }
        job.start(() -> {
            try (var _ = MDC.putCloseable(RecordingInLogs.FIELD, job.recordingId().toString())) {
                run(job);
            }
        });
    }

    private void run(Job job) {
        var isDone = false;
        try {
            job.awaitPredecessor();
            isDone = switch (job) {
                case Job.Copying copying -> copy(copying);
                case Job.Removing removing -> remove(removing);
            };
        } catch (InterruptedException _) {
            log.debug("{} was interrupted", job);
        } catch (RuntimeException e) {
            // Undone: the next read of its record, here or elsewhere, tries again.
            log.error("{} failed unexpectedly", job, e);
        } finally {
            end(job, isDone);
        }
    }

    private boolean copy(Job.Copying job) throws InterruptedException {
        var order = job.order();
        Ending ending;
        try (var _ = copySlots.take(job.host())) {
            if (job.isStopping()) {
                return false;
            }
            ending = films.run(order);
        } catch (RuntimeException e) {
            ending = new Ending.NotNow(Fault.UNEXPECTED, unexpected(job, e));
        }
        if (ending instanceof Ending.HandedOver) {
            return false;
        }
        var state = close(job);
        reports.say(ReportOf.copy(state, order, ending));
        if (ending instanceof Ending.Verified) {
            films.forget(order);
        }
        return true;
    }

    private boolean remove(Job.Removing job) throws InterruptedException {
        removalSlots.acquire();
        try {
            removal.remove(job.recordingId(), job.objectKey());
        } catch (CannotCopy e) {
            reports.say(ReportOf.failedRemoval(close(job), e.inWords()));
            return true;
        } catch (Patience.Exhausted e) {
            reports.say(ReportOf.failedRemoval(close(job), e.ending().cause()));
            return true;
        } catch (RuntimeException e) {
            reports.say(ReportOf.failedRemoval(close(job), unexpected(job, e)));
            return true;
        } finally {
            removalSlots.release();
        }
        reports.say(ReportOf.removal(close(job)));
        return true;
    }

    /** What the processor is told of it: left unsaid, it would hold up the partition until somebody came to look. */
    private static String unexpected(Job job, RuntimeException mistake) {
        log.error("{} failed unexpectedly", job, mistake);
        return "unexpected: " + mistake.getClass().getSimpleName();
    }

    /** From here on a newer state finds no job to join: its report is on its way. */
    private synchronized RecordingState close(Job job) {
        return job.close();
    }

    private void end(Job job, boolean isDone) {
        List<Runnable> waiting;
        synchronized (this) {
            job.close();
            jobs.remove(job.recordingId(), job);
            waiting = job.waiting();
        }
        if (isDone) {
            waiting.forEach(Runnable::run);
        }
        job.ended();
    }
}
