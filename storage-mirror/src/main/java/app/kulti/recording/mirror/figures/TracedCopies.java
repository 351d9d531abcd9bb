package app.kulti.recording.mirror.figures;

import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.mirror.mirroring.CopyWatch;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.Underway;
import io.micrometer.tracing.Span;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A span for each copy, from its first look at the bucket to its ending, beside whatever another watch does. */
public final class TracedCopies implements CopyWatch {
    private final CopyWatch other;
    private final Traces traces;
    private final Map<Underway, Span> spans = new ConcurrentHashMap<>();

    /** Tells {@code other} first. */
    public TracedCopies(CopyWatch other, Traces traces) {
        this.other = other;
        this.traces = traces;
    }

    @Override
    public void began(Underway copy) {
        other.began(copy);
        spans.put(copy, traces.goingOnFrom(null).name("copy").tag("recording.id", copy.recordingId().toString())
                .tag("aws.s3.key", copy.objectKey()).start());
    }

    @Override
    public void read(long bytes) {
        other.read(bytes);
    }

    @Override
    public void stored(long bytes) {
        other.stored(bytes);
    }

    @Override
    public void ended(Underway copy, Ending ending) {
        other.ended(copy, ending);
        var span = spans.remove(copy);
        if (span != null) {
            span.tag("copy.ending", ending.getClass().getSimpleName()).tag("copy.bytes", copy.storedBytes()).end();
        }
    }
}
