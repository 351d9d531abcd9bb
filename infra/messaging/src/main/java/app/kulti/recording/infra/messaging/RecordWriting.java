package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.WireForm;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes records of the messages of one topic. */
public final class RecordWriting<M> {
    private final Topic<M> topic;
    private final WireForm<M> form;

    /** For the records of {@code topic}. */
    public RecordWriting(Topic<M> topic) {
        this.topic = topic;
        this.form = new WireForm<>(topic);
    }

    /** The record that says {@code envelope}. */
    public ProducerRecord<String, byte[]> write(Envelope<M> envelope) {
        return KafkaMessageFactory.createWriter(topic.name(), topic.key().apply(envelope.message()))
                .writeBinary(form.write(envelope));
    }
}
