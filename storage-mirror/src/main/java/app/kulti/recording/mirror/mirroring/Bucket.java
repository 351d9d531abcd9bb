package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the copies go. Each call makes its own short retries where those are safe; a {@link Trouble} that it throws may
 * still pass, a {@link CannotCopy} will not without somebody's doing.
 */
public interface Bucket {
    /**
     * An object as the bucket shows it.
     *
     * @param recordingId    whose copy it says to be
     * @param sourceIdentity which source it says to be copied from
     */
    record Film(long size, @Nullable String recordingId, @Nullable String sourceIdentity) {
        /** Whether it names this recording and this source. */
        boolean isCopyFor(CopyOrder order) {
            return order.recordingId().toString().equals(recordingId)
                    && order.sourceIdentity().equals(sourceIdentity);
        }
    }

    /**
     * An upload that has been neither completed nor given up.
     *
     * @param begun absent when the bucket does not say
     */
    record Unfinished(String key, String uploadId, @Nullable Instant begun) {}

    /** The finished object under this key. */
    Optional<Film> find(String key) throws Trouble, CannotCopy;

    /**
     * Begins an upload of an MP4.
     *
     * @return its id
     */
    String begin(String key, RecordingId recordingId, String sourceIdentity) throws Trouble, CannotCopy;

    /**
     * Stores a part.
     *
     * @return its ETag exactly as the server gave it
     * @throws PlanVoid when the upload is no more
     */
    String store(String key, String uploadId, int number, PartBuffer part) throws Trouble, CannotCopy, PlanVoid;

    /**
     * Makes one object of the parts. Not to be called twice for one upload: when the answer is lost, only {@link #find}
     * tells.
     *
     * @param parts ascending
     * @throws PlanVoid when the upload is no more, which it also is once it has been completed
     */
    void complete(String key, String uploadId, List<StoredPart> parts) throws Trouble, CannotCopy, PlanVoid;

    /** Gives an upload up with all its parts; one that is gone already is no error. */
    void abort(String key, String uploadId) throws Trouble, CannotCopy;

    /** Gives up all uploads of this key. */
    void abortAll(String key) throws Trouble, CannotCopy;

    /** All uploads of all keys that are neither completed nor given up. */
    List<Unfinished> unfinished() throws Trouble, CannotCopy;

    /**
     * When the newest part of an upload was stored; empty when it has none. A part whose time the bucket does not say
     * counts as one that was stored just now.
     */
    Optional<Instant> lastStored(Unfinished upload) throws Trouble, CannotCopy;

    /** Removes the finished object; one that is not there is no error. */
    void remove(String key) throws Trouble, CannotCopy;
}
