package app.kulti.recording.gateway.live;

import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.CommandId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Brings the outcome of a command to the requests that wait for it in this copy of the gateway. An outcome that nobody here
 * waits for is another copy's, or comes too late, and is passed over.
 */
public final class Outcomes {
    private final Map<CommandId, List<Expected>> waiting = new ConcurrentHashMap<>();
    private final Semaphore places;

    /**
     * Nobody waits yet.
     *
     * @param limit how many requests may wait at the same time
     */
    public Outcomes(int limit) {
        this.places = new Semaphore(limit);
    }

    /**
     * Begins to listen for the outcome of {@code command}, from now on until it is closed; several may for one command.
     *
     * @throws RejectedExecutionException when too many are waiting already
     */
    public Expected expect(CommandId command) {
        if (!places.tryAcquire()) {
            throw new RejectedExecutionException("too many requests wait for an outcome");
        }
        var expected = new Expected(command);
        waiting.merge(command, List.of(expected),
                (earlier, mine) -> Stream.concat(earlier.stream(), mine.stream()).toList());
        return expected;
    }

    /** Tells those who wait for it. */
    public void announce(CommandAnswered answered) {
        waiting.getOrDefault(answered.commandId(), List.of())
                .forEach(expected -> expected.sink.tryEmitValue(answered));
    }

    /** How many requests wait. */
    public int waiting() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }

    /** One request's wait. To be closed, however it ends. */
    public final class Expected implements AutoCloseable {
        private final CommandId command;
        private final Sinks.One<CommandAnswered> sink = Sinks.one();

        private Expected(CommandId command) {
            this.command = command;
        }

        /** The first outcome that was announced since the wait began; no end of its own. */
        public Mono<CommandAnswered> outcome() {
            return sink.asMono();
        }

        @Override
        public void close() {
            waiting.computeIfPresent(command, (_, all) -> {
                var others = all.stream().filter(other -> other != this).toList();
                if (others.size() < all.size()) {
                    places.release();
                }
                return others.isEmpty() ? null : others;
            });
        }
    }
}
