package app.kulti.recording.mirror.mirroring.plan;

/**
 * A part that the bucket has acknowledged.
 *
 * @param number from 1
 * @param size   bytes
 * @param etag   exactly as the server gave it, with quotes or without: completing the upload hands it back byte for
 *               byte
 * @param md5    of what was sent, in hex
 * @param crc32c of what was sent
 */
public record StoredPart(int number, long size, String etag, String md5, int crc32c) {

    /** Its share in the sum of the whole. */
    public Crc32cSum sum() {
        return new Crc32cSum(crc32c, size);
    }
}
