package app.kulti.recording.mirror.mirroring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up unfinished uploads of films that nobody has touched for a day: nothing else ever would, and their parts cost
 * as much as any object. Whoever comes back to one finds it gone, and begins anew. Any worker may do it, also several.
 */
public final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final Duration LEFT_ALONE = Duration.ofDays(1);
    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    /** Others may use this bucket, too. */
    private static final Pattern FILM = Pattern.compile(UUID + "/" + UUID + "\\.mp4");

    private final Bucket bucket;
    private final InstantSource clock;
    /** Since when this worker has known of uploads whose servers do not say. */
    private final Map<String, Instant> firstSeen = new HashMap<>();

    /** Sweeps {@code bucket}. */
    public Sweep(Bucket bucket, InstantSource clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /** Sweeps once; what does not work now may work the next time. */
    public synchronized void run() {
        try {
            var films = bucket.unfinished().stream().filter(upload -> FILM.matcher(upload.key()).matches()).toList();
            firstSeen.keySet().retainAll(films.stream().map(Bucket.Unfinished::uploadId).collect(Collectors.toSet()));
            for (var upload : films) {
                sweep(upload);
            }
        } catch (Trouble | CannotCopy e) {
            log.warn("Unfinished uploads could not be swept: {}", e.getMessage());
        }
    }

    private void sweep(Bucket.Unfinished upload) throws Trouble, CannotCopy {
        var now = clock.instant();
        var seen = firstSeen.computeIfAbsent(upload.uploadId(), _ -> now);
        var longAgo = now.minus(LEFT_ALONE);
        var begun = Objects.requireNonNullElse(upload.begun(), seen);
        if (begun.isAfter(longAgo) || bucket.lastStored(upload).orElse(begun).isAfter(longAgo)) {
            return;
        }
        log.info("Giving up an upload of {} that nobody has touched since {}", upload.key(), longAgo);
        bucket.abort(upload.key(), upload.uploadId());
    }
}
