package app.kulti.recording.infra.bench.ingest;

import app.kulti.recording.events.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The webhooks that were acknowledged, to be looked for on their topic afterwards. */
final class Acknowledged {
    private static final Duration POLL = Duration.ofSeconds(10);
    /** No further than the id: there are millions. */
    private static final ObjectReader ID = new JsonMapper().readerFor(String.class).at("/id")
            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<Wrk.Run> runs = new ArrayList<>();

    /**
     * Notes what a run sent.
     *
     * @throws IllegalStateException when not all of it was acknowledged: which ones were is then not known
     */
    void add(Wrk.Run run) {
        if (!run.load().isAcknowledged()) {
            throw new IllegalStateException("not every webhook was acknowledged: " + run.load());
        }
        runs.add(run);
    }

    /**
     * Looks for every one of them on the topic.
     *
     * @return how many there are
     * @throws IllegalStateException when one is missing
     */
    long find(String bootstrapServers) {
        var found = idsOnTheTopic(bootstrapServers);
        var count = 0L;
        for (var run : runs) {
            for (var thread = 1; thread <= run.load().sent().size(); thread++) {
                var sent = run.load().sent().get(thread - 1);
                var there = found.getOrDefault(new Sender(run.number(), thread), new BitSet());
                // Numbers begin at 1; there is none beyond the last, so the count says whether all of them are there.
                if (there.cardinality() != sent || there.length() > sent + 1) {
                    throw new IllegalStateException("of %d acknowledged webhooks %d are on the topic".formatted(sent,
                            there.cardinality()));
                }
                count += sent;
            }
        }
        return count;
    }

    private static Map<Sender, BitSet> idsOnTheTopic(String bootstrapServers) {
        var found = new HashMap<Sender, BitSet>();
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.WEBHOOKS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (!partitions.stream().allMatch(it -> consumer.position(it) >= ends.getOrDefault(it, 0L))) {
                var records = consumer.poll(POLL);
                if (records.isEmpty()) {
                    throw new IllegalStateException("the topic could not be read to its end within " + POLL);
                }
                records.forEach(record -> note(ID.readValue(record.value()), found));
            }
        }
        return found;
    }

    /** {@code run-thread-4000-8000-number}, as the script writes it. */
    private static void note(String id, Map<Sender, BitSet> found) {
        var parts = id.split("-", -1);
        found.computeIfAbsent(new Sender(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])), _ -> new BitSet())
                .set(Integer.parseInt(parts[4]));
    }

    private record Sender(int run, int thread) {}
}
