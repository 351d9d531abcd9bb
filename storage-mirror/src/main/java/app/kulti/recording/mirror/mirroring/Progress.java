package app.kulti.recording.mirror.mirroring;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How far one copy has come, told to whoever looks on. */
final class Progress {
    private final CopyOrder order;
    private final CopyTools tools;
    private final long began;
    private final LongAdder read = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private volatile @Nullable Long total;
    private long lastTold;

    Progress(CopyOrder order, CopyTools tools) {
        this.order = order;
        this.tools = tools;
        began = tools.nanos().getAsLong();
        total = order.declaredSize();
        lastTold = began;
    }

    /** So much lies in the bucket already; nothing, when a copy begins anew. */
    void from(long alreadyStored) {
        stored.reset();
        stored.add(alreadyStored);
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
    }

    /** Tells again when it is time; called by one thread. */
    void tick() {
        if (tools.nanos().getAsLong() - lastTold >= tools.settings().reportEvery().toNanos()) {
            tell();
        }
    }

    void ended(Ending ending) {
        tools.watch().ended(order, ending, read.sum(), Duration.ofNanos(tools.nanos().getAsLong() - began));
    }

    private void tell() {
        lastTold = tools.nanos().getAsLong();
        tools.watch().progress(order, stored.sum(), total);
    }
}
