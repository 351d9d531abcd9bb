package app.kulti.recording.gateway.failure;

import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.gateway.App;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What requests may leave behind.
 *
 * @param records how many each topic has got so far
 * @param rows    a hash of each table's content
 */
record Trace(Map<String, Long> records, Map<String, String> rows) {
    static final Trace EMPTY = new Trace(Map.of(), Map.of());

    private static final List<String> TOPICS = Topics.ALL.stream().map(topic -> topic.name()).toList();

    static Trace of(App app, String brokers) {
        return new Trace(records(brokers), rows(app));
    }

    private static Map<String, Long> records(String brokers) {
        try (var admin = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            var topics = admin.describeTopics(TOPICS).allTopicNames().get(20, TimeUnit.SECONDS);
            var ends = admin.listOffsets(topics.values().stream().flatMap(topic -> topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()))).all()
                    .get(20, TimeUnit.SECONDS);
            return ends.entrySet().stream().collect(Collectors.groupingBy(end -> end.getKey().topic(), TreeMap::new,
                    Collectors.summingLong(end -> end.getValue().offset())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> rows(App app) {
        var tables = String
                .valueOf(app.value("SELECT string_agg(quote_ident(schemaname) || '.' || quote_ident(tablename),"
                        + " ',' ORDER BY 1) FROM pg_tables WHERE schemaname IN ('public', 'kulti_recording')"));
        var rows = new TreeMap<String, String>();
        for (var table : tables.split(",", -1)) {
            rows.put(table, String.valueOf(app.value(
                    "SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '')"
                            + " FROM " + table + " t")));
        }
        return rows;
    }
}
