package app.kulti.recording.gateway.sharing;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.access.HostsOnly;
import app.kulti.recording.gateway.playback.PlayableRecordings.Playable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Share links of recordings. Each is empty when there is no such recording, or not for this caller. */
public interface Shares {
    /** The new link. */
    Mono<HostsOnly<Share>> make(Caller caller, RecordingId recording, ShareId id, byte[] tokenHash, Instant expiresAt);

    /** All links of the recording, the newest first. */
    Mono<HostsOnly<Share>> of(Caller caller, RecordingId recording);

    /** Ends a link for good; empty within when the recording has no such link. */
    Mono<HostsOnly<ShareId>> revoke(Caller caller, RecordingId recording, ShareId id);

    /** What a link opens, for whoever has it; counted. Empty when there is none that is valid. */
    Mono<Opened> open(byte[] tokenHash);

    /**
     * A link, without what opens it.
     *
     * @param openedCount  how often it was opened
     * @param lastOpenedAt absent as long as nobody has
     * @param revokedAt    absent as long as it was not
     */
    record Share(ShareId id, UserId createdBy, Instant createdAt, Instant expiresAt, @Nullable Instant revokedAt,
            long openedCount, @Nullable Instant lastOpenedAt) {}

    /**
     * A recording that was opened.
     *
     * @param sharedBy the host who made the link
     * @param seconds  its length, once it is known
     */
    record Opened(Playable recording, UserId sharedBy, @Nullable Integer seconds) {}
}
