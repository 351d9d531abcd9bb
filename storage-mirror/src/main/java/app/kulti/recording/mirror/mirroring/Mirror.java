package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.plan.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes states and does what they want, many at a time, each recording's newest only. Whoever hands a state in gets a future
 * that is done once the processor knows what came of it, so that nothing is forgotten between the two.
 */
public final class Mirror {
    private static final Logger log = LoggerFactory.getLogger(Mirror.class);
    /** How many recordings' newest revisions are kept in mind: far more than come side by side. */
    private static final int REMEMBERED = 10_000;
    /** Removals are a few short calls each. */
    private static final int REMOVALS = 8;

    private final FilmCopy films;
    private final Removal removal;
    private final Reports reports;
    private final Semaphore copySlots;
    private final Semaphore removalSlots = new Semaphore(REMOVALS, true);
    private final Map<RecordingId, Job> jobs = new HashMap<>();
    private final Map<RecordingId, Long> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RecordingId, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Copies {@code parallelism} films at a time. */
    public Mirror(FilmCopy films, Removal removal, Reports reports, int parallelism) {
        this.films = films;
        this.removal = removal;
        this.reports = reports;
        copySlots = new Semaphore(parallelism, true);
    }

    /**
     * Takes a state; returns at once.
     *
     * @param lane the partition that it came by, for {@link #leave}
     * @return done when there is nothing left to do for this state; cancelled when it was handed over undone
     */
    public synchronized CompletableFuture<Void> take(RecordingState state, int lane) {
        var id = state.recordingId();
        if (newest.merge(id, state.revision(), Math::max) > state.revision()) {
            return CompletableFuture.completedFuture(null);
        }
        var running = jobs.get(id);
        return switch (Decision.of(state)) {
            // What runs may end: its report is judged by whoever said that nothing more is wanted.
            case Decision.Nothing _ -> CompletableFuture.completedFuture(null);
            case Decision.Copy copy when running != null && running.isCopyOf(copy.source().identity()) ->
                running.join(state);
            case Decision.Remove _ when running != null && running.isRemoval() -> running.join(state);
            case Decision.Copy copy -> begin(new Job.Copying(state, lane, running, copy));
            case Decision.Remove _ -> begin(new Job.Removing(state, lane, running));
        };
    }

    /** How many jobs wait or run. */
    public synchronized int size() {
        return jobs.size();
    }

    /**
     * Ends the jobs of these lanes: at their next part at first, at once when {@code patience} is over. Their states count as
     * undone; whoever reads them next goes on.
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
    }

    private CompletableFuture<Void> begin(Job job) {
        var replaced = jobs.put(job.recordingId(), job);
        if (replaced != null) {
            // Its states were read before this one, and no offset passes this one before it is done.
            replaced.supersede();
        }
        job.start(() -> run(job));
        return job.done();
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
        copySlots.acquire();
        Ending ending;
        try {
            if (job.isStopping()) {
                return false;
            }
            ending = films.run(order);
        } catch (RuntimeException e) {
            log.error("{} failed unexpectedly", job, e);
            ending = new Ending.NotNow("unexpected: " + e.getClass().getSimpleName());
        } finally {
            copySlots.release();
        }
        if (ending instanceof Ending.HandedOver) {
            return false;
        }
        var state = close(job);
        reports.say(ReportOf.copy(state, job.sourceIdentity(), ending));
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
            reports.say(ReportOf.failedRemoval(close(job), String.valueOf(e.getMessage())));
            return true;
        } catch (Patience.Exhausted e) {
            reports.say(ReportOf.failedRemoval(close(job), e.cause()));
            return true;
        } finally {
            removalSlots.release();
        }
        reports.say(ReportOf.removal(close(job)));
        return true;
    }

    /** From here on a newer state finds no job to join: its report is on its way. */
    private synchronized RecordingState close(Job job) {
        return job.close();
    }

    private void end(Job job, boolean isDone) {
        List<CompletableFuture<Void>> waiting;
        synchronized (this) {
            job.close();
            jobs.remove(job.recordingId(), job);
            waiting = new ArrayList<>(job.waiting());
        }
        waiting.forEach(one -> {
            if (isDone) {
                one.complete(null);
            } else {
                one.cancel(false);
            }
        });
        job.ended();
    }
}
