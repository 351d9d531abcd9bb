package app.kulti.recording.events.wire;

import java.time.Duration;
import java.util.function.Function;

/**
 * A Kafka topic and the one sealed type that it carries.
 *
 * @param name       name in the broker
 * @param owner      the service that writes it; who else may is said beside the constant in {@link Topics}
 * @param type       sealed type of its messages
 * @param key        what keeps the order of a message: messages with one key are read in the order they were written
 * @param partitions partitions to begin with; nothing depends on their number
 * @param kept       retention
 * @param maxBytes   largest record
 */
public record Topic<M>(String name, ServiceName owner, Class<M> type, Function<M, String> key, int partitions,
        Duration kept, int maxBytes) {
    private static final int LARGEST_DEAD_LETTER = 2 * 1024 * 1024;
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(90);

    /** Where {@code reader} puts what it cannot read from this topic; larger, for the reason travels with the record. */
    public DeadLetters deadLettersOf(ServiceName reader) {
        return new DeadLetters(name + "." + reader.wireName() + ".dlt", 1, DEAD_LETTERS_KEPT, LARGEST_DEAD_LETTER);
    }

    /** A dead-letter topic: records as they were read, with the reason in headers. */
    public record DeadLetters(String name, int partitions, Duration kept, int maxBytes) {}
}
