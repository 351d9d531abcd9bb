package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;

/** Puts aside what a reader cannot read or act on, as it was read, with the reason in its headers. */
public final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(30);

    private final DeadLetterPublishingRecoverer recoverer;
    private final Counter count;

    /** Those of {@code reader} from {@code topic}; the producer of {@code kafka} takes records of up to 2 MiB. */
    public DeadLetters(Topic<?> topic, ServiceName reader, KafkaOperations<String, byte[]> kafka) {
        var target = new TopicPartition(topic.deadLettersOf(reader).name(), 0);
        recoverer = new DeadLetterPublishingRecoverer(kafka, (_, _) -> target);
        // A trace tells an operator nothing that the message does not, and would quote what it choked on.
        recoverer.excludeHeader(HeadersToAdd.EX_STACKTRACE);
        recoverer.setFailIfSendResultIsError(true);
        recoverer.setWaitForSendResultTimeout(SEND_LIMIT);
        recoverer.setVerifyPartition(false);
        recoverer.setLogRecoveryRecord(false);
        // The application's own meters are part of the global ones.
        count = Counter.builder("kulti.dead.letters").description("Records that were put aside")
                .tag("topic", topic.name()).tag("reader", reader.wireName()).register(Metrics.globalRegistry);
    }

    /** Returns once the record lies on the dead-letter topic; throws when it does not. */
    public void accept(ConsumerRecord<String, byte[]> record, RuntimeException reason) {
        recoverer.accept(record, null, reason);
        count.increment();
        log.warn("Dead-lettered {}-{}@{}: {}", record.topic(), record.partition(), record.offset(),
                reason.getMessage());
    }
}
