package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.events.wire.WireForm;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes messages of the records of one topic. */
public final class RecordReading<M> {
    private final WireForm<M> form;

    /** For the records of {@code topic}. */
    public RecordReading(Topic<M> topic) {
        this.form = new WireForm<>(topic);
    }

    /**
     * The message in {@code record}.
     *
     * @throws UnreadableMessage when it holds none of the topic's messages
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
        } catch (UnreadableMessage e) {
            throw e;
        } catch (RuntimeException e) {
            // A header without a value, a blank room: nothing that reading it again would mend. Its words may quote the record.
            throw new UnreadableMessage("the record's headers cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
