package app.kulti.recording.mirror.mirroring.plan;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy has come: enough for another worker to go on with it.
 *
 * @param uploadId       the bucket's name for the unfinished upload
 * @param sourceIdentity what is being copied
 * @param sourceEtag     as the source gave it; absent when it gives none
 * @param length         bytes of the whole
 * @param partSize       bytes of every part but the last; where nobody said how long the whole is, of the first one
 * @param parts          those that the bucket has acknowledged
 * @param walk           how far the boxes have been looked at; every part in {@code parts} lies before it
 */
public record CopyPlan(String uploadId, String sourceIdentity, @Nullable String sourceEtag, long length, long partSize,
        List<StoredPart> parts, Mp4Walk.Position walk) {

    /** A copy of which nothing has been stored. */
    public static CopyPlan begin(String uploadId, String sourceIdentity, @Nullable String sourceEtag, long length,
            long partSize) {
        return new CopyPlan(uploadId, sourceIdentity, sourceEtag, length, partSize, List.of(), Mp4Walk.Position.START);
    }

    /** The same with what has been stored by now. */
    public CopyPlan with(SortedMap<Integer, StoredPart> stored, Mp4Walk.Position seen) {
        return new CopyPlan(uploadId, sourceIdentity, sourceEtag, length, partSize, List.copyOf(stored.values()), seen);
    }

    /** Whether a source that shows this ETag and length is still the one that was planned for. */
    public boolean matches(@Nullable String etag, long nowLength) {
        return nowLength == length && Objects.equals(sourceEtag, etag);
    }

    /** How many parts the whole has. */
    public int partCount() {
        return Math.toIntExact(Math.ceilDiv(length, partSize));
    }

    /** The bytes of a part. */
    public ByteRange range(int number) {
        var from = (number - 1) * partSize;
        return new ByteRange(from, Math.min(partSize, length - from));
    }

    /** The stored parts by number. */
    public SortedMap<Integer, StoredPart> stored() {
        var byNumber = new TreeMap<Integer, StoredPart>();
        parts.forEach(part -> byNumber.put(part.number(), part));
        return byNumber;
    }

    /** The numbers of the parts that are still to be copied, ascending. */
    public List<Integer> missing() {
        if (storedBytes() == length) {
            return List.of();
        }
        var stored = stored();
        return IntStream.rangeClosed(1, partCount()).filter(number -> !stored.containsKey(number)).boxed().toList();
    }

    /** Bytes that are stored. */
    public long storedBytes() {
        return parts.stream().mapToLong(StoredPart::size).sum();
    }

    /** The CRC-32C of the whole, once no part is missing. */
    public @Nullable String crc32c() {
        if (storedBytes() != length) {
            return null;
        }
        return stored().values().stream().map(StoredPart::sum).reduce(Crc32cSum.EMPTY, Crc32cSum::then).hex();
    }
}
