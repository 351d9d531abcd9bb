package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.plan.Decision;
import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one recording's newest state wants, being done on a thread of its own. States that want the same join it. Its
 * fields are guarded by the {@link Mirror}, but for those that say how they are shared.
 */
abstract sealed class Job {
    private static final ContextSnapshotFactory CONTEXTS = ContextSnapshotFactory.builder().build();

    private final int lane;
    private final @Nullable Job predecessor;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile RecordingState newest;
    private volatile boolean stopping;
    private boolean closed;
    private @Nullable Thread thread;

    private Job(RecordingState state, int lane, Runnable done, @Nullable Job predecessor) {
        this.newest = state;
        this.lane = lane;
        this.predecessor = predecessor;
        waiting.add(done);
    }

    /** Copies one source. */
    static final class Copying extends Job {
        private final String sourceIdentity;

        Copying(RecordingState state, int lane, Runnable done, @Nullable Job predecessor, Decision.Copy copy) {
            super(state, lane, done, predecessor);
            sourceIdentity = copy.source().identity();
        }

        CopyOrder order() {
            var state = newest();
            var source = state.source();
            return new CopyOrder(state.recordingId(), state.objectKey(), sourceIdentity,
                    source == null ? null : source.size(), () -> newest().revision(), this::url, this::isStopping);
        }

        /** Where it is read from at this moment; empty when nobody knows. */
        String host() {
            var url = url();
            return url == null ? "" : String.valueOf(url.uri().getHost());
        }

        private @Nullable SignedUrl url() {
            var source = newest().source();
            return source == null ? null : source.url();
        }

        @Override
        boolean isCopyOf(String identity) {
            return isOpen() && sourceIdentity.equals(identity);
        }
    }

    /** Removes all there is. */
    static final class Removing extends Job {
        Removing(RecordingState state, int lane, Runnable done, @Nullable Job predecessor) {
            super(state, lane, done, predecessor);
        }

        String objectKey() {
            return newest().objectKey();
        }

        @Override
        boolean isRemoval() {
            return isOpen();
        }
    }

    RecordingId recordingId() {
        return newest.recordingId();
    }

    /** The newest state that has joined. */
    RecordingState newest() {
        return newest;
    }

    int lane() {
        return lane;
    }

    /** Whether a state that wants a copy of this source can join. */
    boolean isCopyOf(@SuppressWarnings("unused") String identity) { // only copies ask
        return false;
    }

    /** Whether a state that wants all removed can join. */
    boolean isRemoval() {
        return false;
    }

    boolean isOpen() {
        return !closed && !stopping;
    }

    void join(RecordingState state, Runnable done) {
        newest = state;
        waiting.add(done);
    }

    /** Takes over whoever waits for a job that this one replaces. */
    void inherit(Job replaced) {
        waiting.addAll(replaced.waiting);
        replaced.waiting.clear();
    }

    /** Who is to be told when it is done. */
    List<Runnable> waiting() {
        return List.copyOf(waiting);
    }

    /** Nothing joins any more; gives the state that the report is about. */
    RecordingState close() {
        closed = true;
        return newest;
    }

    /** What it logs and says belongs to the trace of the record that it came by. */
    void start(Runnable work) {
        thread = Thread.ofVirtual().name(toString()).start(CONTEXTS.captureAll().wrap(work));
    }

    /** Read by the job's own threads. */
    boolean isStopping() {
        return stopping;
    }

    void stopAtNextPart() {
        stopping = true;
    }

    void stopNow() {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /**
     * Two jobs of one recording never run side by side. Waits also when interrupted, for whoever comes next waits for
     * this job only; the predecessor has been interrupted, too, so that it will not be long.
     */
    void awaitPredecessor() throws InterruptedException {
        if (predecessor == null) {
            return;
        }
        var interrupted = false;
        while (predecessor.ended.getCount() > 0) {
            try {
                predecessor.ended.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    boolean awaitEnd(Duration patience) {
        try {
            return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void ended() {
        ended.countDown();
    }

    /** For logs. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + " " + newest.recordingId();
    }
}
