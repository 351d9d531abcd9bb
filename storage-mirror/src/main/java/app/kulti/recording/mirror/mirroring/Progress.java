package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.ids.RecordingId;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far one copy has come, told to the processor, the figures and the log. */
final class Progress implements Underway {
    private static final Logger log = LoggerFactory.getLogger(FilmCopy.class);
    private static final double MIB = 1 << 20;

    private final CopyOrder order;
    private final CopyTools tools;
    private final long began;
    private final LongAdder read = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private volatile @Nullable Long total;
    private long lastTold;

    private Progress(CopyOrder order, CopyTools tools) {
        this.order = order;
        this.tools = tools;
        began = tools.nanos().getAsLong();
        total = order.declaredSize();
        lastTold = began;
    }

    static Progress begin(CopyOrder order, CopyTools tools) {
        var begun = new Progress(order, tools);
        tools.watch().began(begun);
        return begun;
    }

    @Override
    public RecordingId recordingId() {
        return order.recordingId();
    }

    @Override
    public String objectKey() {
        return order.objectKey();
    }

    @Override
    public long storedBytes() {
        return stored.sum();
    }

    @Override
    public long remainingBytes() {
        var known = total;
        return known == null ? 0 : Math.max(0, known - stored.sum());
    }

    @Override
    public double bytesPerSecond() {
        return read.sum() / seconds();
    }

    private double seconds() {
        return Math.max(Duration.ofNanos(tools.nanos().getAsLong() - began).toMillis(), 1) / 1000.0;
    }

    /** Bytes begin to flow; so many lie in the bucket already. */
    void from(long alreadyStored) {
        stored.reset();
        stored.add(alreadyStored);
        log.info("Copying {} from byte {} of {}", order.objectKey(), alreadyStored, total == null ? "unknown" : total);
        tell();
    }

    void total(long bytes) {
        total = bytes;
    }

    void read(long bytes) {
        read.add(bytes);
        tools.watch().read(bytes);
    }

    void stored(long bytes) {
        stored.add(bytes);
        tools.watch().stored(bytes);
    }

    /** Tells again when it is time; called by one thread. */
    void tick() {
        if (tools.nanos().getAsLong() - lastTold >= tools.settings().reportEvery().toNanos()) {
            tell();
            log.info("Copying {}: {} bytes are stored, {} MiB/s, {}", order.objectKey(), storedBytes(),
                    Math.round(bytesPerSecond() / MIB), remaining());
        }
    }

    private String remaining() {
        if (total == null) {
            return "nobody knows how many remain";
        }
        return read.sum() == 0
                ? "%d remain".formatted(remainingBytes())
                : "%d remain, for about %d s".formatted(remainingBytes(),
                        Math.round(remainingBytes() / bytesPerSecond()));
    }

    void ended(Ending ending) {
        log.info("{} {}: read {} bytes in {} s, {} MiB/s", order.objectKey(), ending, read.sum(), seconds(),
                Math.round(bytesPerSecond() / MIB));
        tools.watch().ended(this, ending);
    }

    private void tell() {
        lastTold = tools.nanos().getAsLong();
        tools.reports().mention(new MirrorReport.Copying(order.recordingId(), order.revision().getAsLong(),
                order.sourceIdentity(), stored.sum(), total));
    }
}
