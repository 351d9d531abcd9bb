package app.kulti.recording.gateway.live;

import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/** One reader's open stream: what is for them waits here, in a small room, until they read it. */
final class LiveStream {
    /** Far more than happens while a reader that keeps up is held up for a moment. */
    static final int ROOM = 64;

    private final Reader reader;
    private final Instant expiresAt;
    private final Sinks.Many<Frame> waiting;
    private final Sinks.Empty<Void> end = Sinks.empty();
    private Instant lastOffer;

    LiveStream(Reader reader, Instant openedAt, Instant expiresAt) {
        this.reader = reader;
        this.expiresAt = expiresAt;
        this.lastOffer = openedAt;
        // One writes at a time, see offer(); one reads.
        this.waiting = Sinks.unsafe().many().unicast().onBackpressureBuffer(Queues.<Frame>get(ROOM).get());
    }

    Reader reader() {
        return reader;
    }

    /** What there is to read, until {@link #ended}; to be subscribed to once. */
    Flux<Frame> frames() {
        return waiting.asFlux().takeUntilOther(ended().onErrorComplete());
    }

    /** Done when no more is to be read; failed with {@link SlowReader} when the reader was dropped. */
    Mono<Void> ended() {
        return end.asMono();
    }

    /** For the reader to read; a reader who has let the room fill up is dropped. */
    synchronized void offer(Frame frame, Instant now) {
        lastOffer = now;
        switch (waiting.tryEmitNext(frame)) {
            case OK, FAIL_CANCELLED, FAIL_TERMINATED -> {
                // It waits, or the reader has gone.
            }
            case FAIL_OVERFLOW, FAIL_ZERO_SUBSCRIBER, FAIL_NON_SERIALIZED -> end.tryEmitError(new SlowReader());
        }
    }

    /** Whether nothing was offered since then. */
    synchronized boolean isQuietSince(Instant then) {
        return !lastOffer.isAfter(then);
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** The reader is to come back, with a new token if need be. */
    void end() {
        end.tryEmitEmpty();
    }

    /** The reader did not read. */
    static final class SlowReader extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SlowReader() {
            super("does not read what is sent", null, false, false);
        }
    }
}
