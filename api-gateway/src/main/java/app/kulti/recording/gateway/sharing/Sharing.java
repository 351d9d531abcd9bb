package app.kulti.recording.gateway.sharing;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.access.HostsOnly;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.playback.PlayLink;
import app.kulti.recording.gateway.playback.Playback;
import app.kulti.recording.gateway.sharing.Shares.Opened;
import app.kulti.recording.gateway.sharing.Shares.Share;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Hosts hand out links; whoever has one may watch until it ends or is revoked. */
public final class Sharing {
    /** As many as no one can guess. */
    public static final int RANDOM_BYTES = 32;

    private final Shares shares;
    private final Playback playback;
    private final InstantSource clock;
    private final Supplier<UUID> newIds;
    private final Supplier<byte[]> randomBytes;

    /**
     * Sharing.
     *
     * @param randomBytes {@value #RANDOM_BYTES} of them, from a source that cannot be foreseen
     */
    public Sharing(Shares shares, Playback playback, InstantSource clock, Supplier<UUID> newIds,
            Supplier<byte[]> randomBytes) {
        this.shares = shares;
        this.playback = playback;
        this.clock = clock;
        this.newIds = newIds;
        this.randomBytes = randomBytes;
    }

    Mono<Made> make(Caller caller, RecordingId recording, Duration lifetime) {
        return Mono.defer(() -> {
            var token = ShareToken.random(randomBytes);
            return forHost(shares.make(caller, recording, new ShareId(newIds.get()), token.hash(),
                    clock.instant().plus(lifetime))).map(made -> new Made(made.getFirst(), token));
        });
    }

    Mono<List<Share>> of(Caller caller, RecordingId recording) {
        return forHost(shares.of(caller, recording));
    }

    /** Revoking twice is no mistake. */
    Mono<ShareId> revoke(Caller caller, RecordingId recording, ShareId share) {
        return forHost(shares.revoke(caller, recording, share))
                .flatMap(revoked -> Mono.justOrEmpty(revoked.stream().findFirst()))
                .switchIfEmpty(Mono.error(Sharing::noSuchShare));
    }

    /** What {@code token} opens, with a link that plays it now. */
    Mono<Film> open(String token, boolean download) {
        return Mono.justOrEmpty(ShareToken.of(token))
                .flatMap(known -> shares.open(known.hash()))
                .switchIfEmpty(Mono.error(Sharing::noSuchShare))
                .flatMap(opened -> playback.link(opened.recording(), opened.sharedBy(), download)
                        .map(link -> new Film(opened, link)));
    }

    private static <T> Mono<List<T>> forHost(Mono<HostsOnly<T>> found) {
        return found.map(HostsOnly::forHost).switchIfEmpty(Mono.error(Problem::noSuchRecording));
    }

    /** One answer for what never was, what has ended and what was revoked. */
    private static Problem noSuchShare() {
        return new Problem(ProblemType.SHARE_NOT_FOUND, "There is no such link, it has expired, or it was revoked.");
    }

    /** A link and what opens it, which is told this once. */
    record Made(Share share, ShareToken token) {}

    record Film(Opened opened, PlayLink link) {}
}
