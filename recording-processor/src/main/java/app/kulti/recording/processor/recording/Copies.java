package app.kulti.recording.processor.recording;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.processor.recording.Evidence.CopyUnderWay;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the mirror said, by the source that it spoke of.
 *
 * @param verified source identity → its copy
 * @param refused  source identity → why
 * @param underWay the latest that was heard of a copy that is not yet one
 */
public record Copies(SortedMap<String, Copy> verified, SortedMap<String, Said<Refusal>> refused,
        @Nullable Said<CopyUnderWay> underWay) {
    static final Copies NONE = new Copies(new TreeMap<>(), new TreeMap<>(), null);

    /**
     * A copy that equals its source.
     *
     * @param said   the latest report of it
     * @param crc32c the latest checksum; a later report without one does not erase it
     */
    public record Copy(Said<Stored> said, @Nullable Said<String> crc32c) {
        Copy join(Evidence.Verified evidence) {
            return new Copy(Said.later(said, evidence.stamp(), stored(evidence)), checksum(crc32c, evidence));
        }

        static Copy of(Evidence.Verified evidence) {
            return new Copy(new Said<>(evidence.stamp(), stored(evidence)), checksum(null, evidence));
        }

        private static Stored stored(Evidence.Verified evidence) {
            return new Stored(evidence.objectKey(), evidence.size(), evidence.verifiedAt());
        }

        private static @Nullable Said<String> checksum(@Nullable Said<String> known, Evidence.Verified evidence) {
            var sum = evidence.crc32c();
            return sum == null ? known : Said.later(known, evidence.stamp(), sum);
        }
    }

    /**
     * Why a file cannot be kept.
     *
     * @param size declared bytes of the file that was looked at; absent when the mirror did not say
     */
    public record Refusal(RefusedBecause reason, @Nullable Long size) {
        /** Whether it speaks of the file that has so many bytes now: another size is another file. */
        boolean isOf(@Nullable Long declared) {
            return size == null || declared == null || size.equals(declared);
        }
    }

    /** An object in the bucket. */
    public record Stored(String objectKey, long size, Instant verifiedAt) {}

    Copies verify(Evidence.Verified evidence) {
        var joined = new TreeMap<>(verified);
        joined.compute(evidence.sourceIdentity(),
                (_, known) -> known == null ? Copy.of(evidence) : known.join(evidence));
        return new Copies(joined, refused, underWay);
    }

    Copies refuse(Evidence.Refused evidence) {
        var joined = new TreeMap<>(refused);
        joined.compute(evidence.sourceIdentity(),
                (_, known) -> Said.later(known, evidence.stamp(),
                        new Refusal(evidence.reason(), evidence.size())));
        return new Copies(verified, joined, underWay);
    }

    Copies copying(Evidence.Copying evidence) {
        return new Copies(verified, refused, Said.later(underWay, evidence.stamp(), evidence.copy()));
    }

    /** What lies in the bucket: the copy that was verified last, of whatever source. */
    Map.@Nullable Entry<String, Copy> inBucket() {
        return verified.entrySet().stream().max(Comparator.comparing(entry -> entry.getValue().said().stamp()))
                .orElse(null);
    }

    /** Whether what lies in the bucket is a copy of the file with these names. */
    boolean isOf(Set<String> identities) {
        var copy = inBucket();
        return copy != null && identities.contains(copy.getKey());
    }

    /** Why the file with these names and so many bytes cannot be kept; absent when nothing speaks against it. */
    @Nullable
    RefusedBecause refusal(Set<String> identities, @Nullable Long declared) {
        return refused.entrySet().stream().filter(entry -> identities.contains(entry.getKey()))
                .map(Map.Entry::getValue).filter(said -> said.value().isOf(declared))
                .max(Comparator.comparing(Said::stamp)).map(said -> said.value().reason()).orElse(null);
    }

    /** How far the copy of the file with these names is, in bytes. */
    @Nullable
    Long bytes(Set<String> identities) {
        var heard = Said.valueOf(underWay);
        return heard != null && identities.contains(heard.sourceIdentity()) ? heard.bytes() : null;
    }
}
