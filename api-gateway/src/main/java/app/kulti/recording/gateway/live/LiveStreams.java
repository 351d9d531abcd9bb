package app.kulti.recording.gateway.live;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** All event streams that are open at this copy of the gateway. */
public final class LiveStreams {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(5);

    private final Map<UserId, List<LiveStream>> ofUser = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final InstantSource clock;
    private final int most;
    private final int mostOfOne;
    private volatile boolean closing;

    /**
     * None is open.
     *
     * @param most      open streams
     * @param mostOfOne open streams of one user
     */
    LiveStreams(InstantSource clock, int most, int mostOfOne) {
        this.clock = clock;
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /**
     * Opens one. To be closed, however it ends.
     *
     * @param expiresAt when it ends by itself
     * @throws Problem when there are too many
     */
    LiveStream open(Reader reader, Instant expiresAt) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw new Problem(ProblemType.UNAVAILABLE, "Too many streams are open here. Try again shortly.");
        }
        var stream = new LiveStream(reader, clock.instant(), expiresAt);
        var all = ofUser.merge(reader.user(), List.of(stream), (earlier, mine) -> earlier.size() < mostOfOne
                ? Stream.concat(earlier.stream(), mine.stream()).toList()
                : earlier);
        if (!all.contains(stream)) {
            open.decrementAndGet();
            throw new Problem(ProblemType.TOO_MANY_REQUESTS,
                    "You have %d streams open. Close one before you open another.".formatted(mostOfOne))
                    .retryAfter(COME_BACK_AFTER);
        }
        if (closing) {
            stream.end();
        }
        return stream;
    }

    void close(LiveStream stream) {
        ofUser.computeIfPresent(stream.reader().user(), (_, all) -> {
            var others = all.stream().filter(other -> other != stream).toList();
            open.addAndGet(others.size() - all.size());
            return others.isEmpty() ? null : others;
        });
    }

    /** How many are open. */
    public int open() {
        return open.get();
    }

    /** Whether any of these users has one open. */
    boolean isAnyOpenFor(Audience audience) {
        var host = audience.host();
        return (host != null && ofUser.containsKey(host))
                || audience.participants().stream().anyMatch(ofUser::containsKey);
    }

    /** For each of the streams of these users, and for no other. */
    void offer(Audience audience, Frame frame) {
        var now = clock.instant();
        audience.participants().forEach(user -> of(user).forEach(stream -> stream.offer(frame, now)));
        var host = audience.host();
        if (host != null && !audience.participants().contains(host)) {
            of(host).stream().filter(stream -> !stream.reader().anonymous())
                    .forEach(stream -> stream.offer(frame, now));
        }
    }

    private List<LiveStream> of(UserId user) {
        return ofUser.getOrDefault(user, List.of());
    }

    /** Ends what has expired, and keeps what is quiet alive: to be called every second or so. */
    void look() {
        var now = clock.instant();
        all().forEach(stream -> {
            if (stream.isExpired(now)) {
                stream.end();
            } else if (stream.isQuietSince(now.minus(HEARTBEAT))) {
                stream.offer(Frame.HEARTBEAT, now);
            }
        });
    }

    /** Readers come back to where they were, and get what they have missed. */
    void endAll() {
        all().forEach(LiveStream::end);
    }

    /** Ends all, and each that is still opened at once: their readers shall go to another copy. */
    void endForGood() {
        closing = true;
        endAll();
    }

    private Stream<LiveStream> all() {
        return ofUser.values().stream().flatMap(List::stream);
    }
}
