package app.kulti.recording.gateway.live;

import app.kulti.recording.events.ids.SessionId;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Asks once for what comes about a session at almost the same time. */
final class BrieflyKnownAudiences implements Audiences {
    /** So much after they joined or left, people are told what happens, or are told no more. */
    private static final Duration KEPT = Duration.ofMillis(500);
    /** People in all the sessions together: some 20 MB. */
    private static final long LARGEST = 200_000;

    private static final Duration ASKED_FOR = Duration.ofSeconds(3);

    private final Audiences source;
    private final AsyncCache<SessionId, Audience> known = Caffeine.newBuilder().expireAfterWrite(KEPT)
            .maximumWeight(LARGEST).weigher((SessionId _, Audience people) -> 1 + people.participants().size())
            .executor(Runnable::run).buildAsync();

    BrieflyKnownAudiences(Audiences source) {
        this.source = source;
    }

    @Override
    public Mono<Audience> of(SessionId session) {
        // An answer that several wait for is not given up because one of them goes away.
        return Mono.fromFuture(() -> known.get(session, (wanted, _) -> source.of(wanted).timeout(ASKED_FOR).toFuture()),
                true);
    }
}
