package app.kulti.recording.mirror.source;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How fast films may be read: all together, and from each host. Bytes are paid for once they have come; whoever has to
 * wait does not read on meanwhile, and so slows the sender down.
 */
final class Bandwidth {
    /** Most that may be read, and is paid for, at once. */
    static final int PIECE = 64 * 1024;
    /** After a pause so much of a second's bytes may come at once, so that nothing is lost to it. */
    private static final int SHARE_OF_A_SECOND = 10;

    private final @Nullable Bucket all;
    private final @Nullable DataSize ofEachHost;
    /** As many as there are hosts that are read from, which the allow-list bounds. */
    private final Map<String, Bucket> hosts = new ConcurrentHashMap<>();

    /** So many bytes a second; where null, as many as come. */
    Bandwidth(@Nullable DataSize ofAll, @Nullable DataSize ofEachHost) {
        all = ofAll == null ? null : bucket(ofAll);
        this.ofEachHost = ofEachHost;
    }

    boolean isUnlimited() {
        return all == null && ofEachHost == null;
    }

    /** Waits until so many bytes may have been read. */
    void spend(String host, int bytes) throws InterruptedException {
        if (all != null) {
            all.asBlocking().consume(bytes);
        }
        var limit = ofEachHost;
        if (limit != null) {
            hosts.computeIfAbsent(host, _ -> bucket(limit)).asBlocking().consume(bytes);
        }
    }

    private static Bucket bucket(DataSize aSecond) {
        var atOnce = Math.max(PIECE, aSecond.toBytes() / SHARE_OF_A_SECOND);
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(aSecond.toBytes(), Duration.ofSeconds(1))
                        .initialTokens(0))
                .withNanosecondPrecision().build();
    }
}
