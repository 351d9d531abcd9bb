package app.kulti.recording.processor.recording;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that was said about one recording, by whomever. {@link Join} says what it changes. */
public sealed interface Evidence {
    /** Its place among others of its kind. */
    Stamp stamp();

    /** It is known under these names. */
    record Identified(Stamp stamp, List<OutsideId> ids, @Nullable String hmsSessionId) implements Evidence {
        public Identified {
            ids = List.copyOf(ids);
        }
    }

    /** The row was there before anything was known about it. */
    record Inherited(Stamp stamp, RecordingStatus status) implements Evidence {}

    /** 100ms took the start. */
    record Accepted(Stamp stamp, Instant createdAt) implements Evidence {}

    /** It records. */
    record Started(Stamp stamp, @Nullable Instant startedAt) implements Evidence {}

    /** Somebody wants it stopped. */
    record StopWanted(Stamp stamp, StopWish wish) implements Evidence {}

    /** It records no more. */
    record Stopped(Stamp stamp, @Nullable Instant endedAt, @Nullable String reason) implements Evidence {}

    /** A newer one runs in its session, and 100ms runs one at a time. */
    record Superseded(Stamp stamp) implements Evidence {}

    /** Its file is there. */
    record FileReady(Stamp stamp, Film film, @Nullable Link link) implements Evidence {}

    /** There will be no file. */
    record Failed(Stamp stamp, String failure) implements Evidence {}

    /** 100ms minted another URL for the file. */
    record LinkRenewed(Stamp stamp, Link link) implements Evidence {}

    /** The mirror is at work. */
    record Copying(Stamp stamp, CopyUnderWay copy) implements Evidence {}

    /** The mirror has a copy that equals the source it names. */
    record Verified(Stamp stamp, Instant verifiedAt, String sourceIdentity, String objectKey, long size,
            @Nullable String crc32c) implements Evidence {}

    /**
     * The mirror cannot keep the source it names.
     *
     * @param size declared bytes of the file that it looked at; absent when it did not say
     */
    record Refused(Stamp stamp, String sourceIdentity, RefusedBecause reason, @Nullable Long size)
            implements
                Evidence {}

    /** It is exempt from retention, or no more. */
    record Kept(Stamp stamp, boolean kept) implements Evidence {}

    /** Its host was told that it will be deleted at {@code expiresAt}. */
    record ExpiryTold(Stamp stamp, Instant expiresAt) implements Evidence {}

    /** Who wants the stop; nobody when it is the maximum duration. */
    record StopWish(@Nullable CommandId commandId) {}

    /**
     * A copy that is not yet one.
     *
     * @param bytes copied so far; absent when the mirror could not begin
     */
    record CopyUnderWay(String sourceIdentity, @Nullable Long bytes) {}
}
