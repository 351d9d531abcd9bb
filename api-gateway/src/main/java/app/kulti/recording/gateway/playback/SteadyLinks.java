package app.kulti.recording.gateway.playback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Links that stay the same for a while. A page that asks for its list again and again gets the film that it plays at the same
 * address, which the browser need not load anew; and a list is not signed twenty times over at each refresh.
 */
public final class SteadyLinks implements ObjectLinks {
    private static final Duration HELD = Duration.ofMinutes(5);
    private static final int MOST = 10_000;

    private final ObjectLinks links;
    private final Cache<Asked, PlayLink> held;

    private record Asked(String objectKey, Duration validity, @Nullable String disposition) {}

    /** Made by {@code links}, and valid for longer than asked by as much as they are held. */
    public SteadyLinks(ObjectLinks links, InstantSource clock) {
        this.links = links;
        this.held = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(HELD)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis())).executor(Runnable::run).build();
    }

    @Override
    public PlayLink to(String objectKey, Duration validity, @Nullable String disposition) {
        return held.get(new Asked(objectKey, validity, disposition),
                asked -> links.to(objectKey, validity.plus(HELD), disposition));
    }
}
