package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.mirror.mirroring.plan.ByteRange;
import java.io.Closeable;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where the films are: 100ms's storage. */
public interface Source {
    /**
     * Opens a file. The caller reads at its own pace, the sender waits for it.
     *
     * @param range the bytes that are wanted; absent: all
     * @param etag  of the file that is meant, where it is known: of another file the whole may come instead of the
     *              range
     * @throws Trouble    may pass by itself
     * @throws CannotCopy expired, not allowed, empty
     * @throws PlanVoid   the file has no such bytes
     */
    Slice open(SignedUrl url, @Nullable ByteRange range, @Nullable String etag) throws Trouble, CannotCopy, PlanVoid;

    /** Bytes on their way. */
    interface Slice extends Closeable {
        /**
         * Some of the bytes that come next.
         *
         * @return how many were put into {@code into}; -1 after the last one
         * @throws Trouble {@link CutShort} when fewer came than were promised, otherwise whatever else broke
         */
        int read(byte[] into, int offset, int count) throws Trouble;

        /** Whether it holds just the range that was asked for, and not the whole file. */
        boolean isRange();

        /** Bytes of the whole file, when the source says so. */
        OptionalLong total();

        /** As the source gave it. */
        @Nullable
        String etag();

        /** As the source gave it. */
        @Nullable
        String contentType();

        /** Leaves the rest unread. */
        @Override
        void close();
    }
}
