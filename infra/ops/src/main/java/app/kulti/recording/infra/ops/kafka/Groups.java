package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The services' consumer groups. */
public final class Groups {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Broker broker;

    public Groups(Broker broker) {
        this.broker = broker;
    }

    /** The group in which {@code reader} reads {@code topic}. */
    public static String of(ServiceName reader, String topic) {
        return "kulti." + reader.wireName() + "." + topic;
    }

    /** How many are reading in the group now. */
    public int members(String group) {
        try {
            var described = broker.get(broker.admin().describeConsumerGroups(List.of(group)).all()).get(group);
            return described == null ? 0 : described.members().size();
        } catch (Told e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    /** Where the group goes on, by partition; empty when it has never read. */
    public Map<Integer, Long> positions(String group, String topic) {
        var positions = new HashMap<Integer, Long>();
        broker.get(broker.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, at) -> {
                    if (at != null && partition.topic().equals(topic)) {
                        positions.put(partition.partition(), at.offset());
                    }
                });
        return positions;
    }

    /** Moves a group that nobody reads in. */
    public void move(String group, String topic, Map<Integer, Long> positions) {
        var moved = new HashMap<TopicPartition, OffsetAndMetadata>();
        positions.forEach((partition, offset) -> moved.put(new TopicPartition(topic, partition),
                new OffsetAndMetadata(offset)));
        broker.get(broker.admin().alterConsumerGroupOffsets(group, moved).all());
    }

    /** Waits until the group has read up to {@code offsets}; false when it has not by the desk's patience, or is to stop. */
    public boolean await(Desk desk, String group, String topic, Map<Integer, Long> offsets) {
        Instant end = desk.clock().instant().plus(desk.patience());
        while (!isPast(group, topic, offsets)) {
            if (!desk.clock().instant().isBefore(end) || desk.stop().within(PAUSE)) {
                return false;
            }
        }
        return true;
    }

    private boolean isPast(String group, String topic, Map<Integer, Long> offsets) {
        var positions = positions(group, topic);
        return offsets.entrySet().stream()
                .allMatch(wanted -> positions.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
    }
}
