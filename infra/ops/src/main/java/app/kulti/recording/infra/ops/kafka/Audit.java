package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.events.wire.WireForm;
import app.kulti.recording.infra.ops.Desk;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ops.audit}: what operators did. Also this tool's only memory, so that one operator can take up on any machine what
 * another has left.
 */
public final class Audit implements AutoCloseable {
    private final Desk desk;
    private final Broker broker;
    private final WireForm<OperatorAction> form = new WireForm<>(Topics.AUDIT);
    private final TopicWriter<OperatorAction> writer;

    public Audit(Desk desk, Broker broker) {
        this.desk = desk;
        this.broker = broker;
        this.writer = new TopicWriter<>(broker, Topics.AUDIT);
    }

    /** Returns once it is written; throws when it is not. */
    public void note(OperatorAction action) {
        writer.write(Envelope.of(new EventId(desk.ids().get()), desk.clock().instant(), ServiceName.OPS, action));
        writer.flush();
    }

    /** All that is kept, oldest first. */
    public List<Envelope<OperatorAction>> read() {
        var topic = new TopicRead(broker, Topics.AUDIT.name());
        var all = new ArrayList<Envelope<OperatorAction>>();
        topic.each(topic.all(), record -> {
            try {
                all.add(form.read(KafkaMessageFactory.createReader(record).toEvent()));
            } catch (UnreadableMessage _) {
                // Of a newer version of this tool; it keeps its own memory.
            }
            return true;
        });
        return all;
    }

    @Override
    public void close() {
        writer.close();
    }
}
