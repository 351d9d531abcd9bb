package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.events.wire.WireForm;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the records of one topic as messages; for readers that cannot work in batches, otherwise there is {@link TopicReader}. */
public final class RecordForm<M> {
    private final WireForm<M> form;

    /** The form of the records of {@code topic}. */
    public RecordForm(Topic<M> topic) {
        form = new WireForm<>(topic);
    }

    /**
     * The message in a record.
     *
     * @throws UnreadableMessage when it is none of the topic's messages
     */
    public Received<M> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            throw new UnreadableMessage("the record has no value");
        }
        try {
            return new Received<>(form.read(KafkaMessageFactory.createReader(record).toEvent()),
                    Objects.requireNonNullElse(record.key(), ""), record.topic(), record.partition(), record.offset(),
                    Instant.ofEpochMilli(record.timestamp()));
        } catch (CloudEventRWException e) {
            throw new UnreadableMessage("the record is no CloudEvent 1.0 in binary mode: " + e.getKind());
        }
    }
}
