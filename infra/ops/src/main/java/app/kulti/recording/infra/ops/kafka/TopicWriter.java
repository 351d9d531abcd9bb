package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.WireForm;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes messages of one topic. What {@link #flush} has returned for is acknowledged by all brokers in sync. */
public final class TopicWriter<M> implements AutoCloseable {
    private final Broker broker;
    private final Topic<M> topic;
    private final WireForm<M> form;
    private final Producer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Map<Integer, Long> reached = new HashMap<>();

    public TopicWriter(Broker broker, Topic<M> topic) {
        this.broker = broker;
        this.topic = topic;
        this.form = new WireForm<>(topic);
        this.producer = broker.producer();
    }

    /** Hands the message to the producer. */
    public void write(Envelope<M> envelope) {
        write(KafkaMessageFactory.createWriter(topic.name(), topic.key().apply(envelope.message()))
                .writeBinary(form.write(envelope)));
    }

    private void write(ProducerRecord<String, byte[]> record) {
        try {
            sent.add(producer.send(record));
        } catch (KafkaException e) {
            throw broker.told(e);
        }
    }

    /** Waits, within the producer's limits, until everything is acknowledged; throws when something is not. */
    public void flush() {
        producer.flush();
        try {
            for (var one : sent) {
                var metadata = one.get();
                reached.merge(metadata.partition(), metadata.offset() + 1, Math::max);
            }
            sent.clear();
        } catch (ExecutionException e) {
            throw broker.told(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broker.told(e);
        }
    }

    /** The offset after the last acknowledged one, by partition. */
    public Map<Integer, Long> reached() {
        return Map.copyOf(reached);
    }

    @Override
    public void close() {
        producer.close(Broker.LIMIT);
    }
}
