package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the processor is compared with: the listener that one writes first. One thread, one record after the other, for
 * each a transaction of prepared statements, offsets committed after each poll. It writes the same tables to the same end
 * and is spared the rest: it announces nothing.
 */
final class PlainListener implements MessageListener<String, byte[]> {
    static final String TOPIC = "plain.webhooks";
    static final String GROUP = "plain";
    static final String BROKERS = "PLAIN_BROKERS";
    static final String DATABASE = "PLAIN_DATABASE";
    static final String PASSWORD = "PLAIN_PASSWORD";
    private static final String READS = "reads webhooks";

    private final Connection connection;
    private final JsonMapper json = JsonMapper.builder().build();

    private PlainListener(Connection connection) {
        this.connection = connection;
    }

    public static void main(String[] arguments) {
        var connection = Mono.from(ConnectionFactories.get(ConnectionFactoryOptions
                .parse(setting(DATABASE)).mutate()
                .option(ConnectionFactoryOptions.USER, Login.PROCESSOR.role())
                .option(ConnectionFactoryOptions.PASSWORD, setting(PASSWORD)).build()).create())
                .blockOptional(Duration.ofSeconds(10)).orElseThrow();
        var properties = new ContainerProperties(TOPIC);
        properties.setGroupId(GROUP);
        properties.setAckMode(AckMode.BATCH);
        properties.setMessageListener(new PlainListener(connection));
        new KafkaMessageListenerContainer<>(new DefaultKafkaConsumerFactory<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, setting(BROKERS),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"), new StringDeserializer(),
                new ByteArrayDeserializer()), properties).start();
        System.out.println(READS);
    }

    private static String setting(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    static Program program(List<String> options, Path log) {
        var command = Stream.of(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), options,
                List.of("-cp", System.getProperty("java.class.path"), PlainListener.class.getName()))
                .flatMap(List::stream).toList();
        return Program.of("Plain listener", command, log).ready(Readiness.logged(READS), Duration.ofSeconds(30));
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> webhook) {
        Mono.from(connection.beginTransaction())
                .then(first("SELECT event_id FROM kulti_recording.recording_history WHERE event_id = $1",
                        event(webhook)))
                .flatMap(known -> known.isPresent() ? Mono.empty() : apply(webhook))
                .then(Mono.from(connection.commitTransaction()))
                .block(Duration.ofSeconds(30));
    }

    private Mono<Void> apply(ConsumerRecord<String, byte[]> webhook) {
        var data = json.readTree(webhook.value()).path("data");
        var type = header(webhook, "ce_hmstype");
        return first("""
                SELECT recording_id FROM kulti_recording.recording_aliases WHERE kind = 'beam_id' AND outside_id = $1
                """, required(data, "beam_id")).flatMap(known -> known.map(Mono::just).orElseGet(() -> adopt(data)))
                .flatMap(recording -> lock(recording).then(change(recording, type, data))
                        .then(name(recording, data)).then(note(recording, type, webhook)));
    }

    private Mono<UUID> adopt(JsonNode data) {
        var recording = UUID.randomUUID();
        return first("SELECT id FROM kulti_recording.sessions_by_room(ARRAY[$1])", required(data, "room_id"))
                .map(Optional::orElseThrow)
                .flatMap(session -> run("""
                        INSERT INTO public.recordings (id, session_id, hms_recording_id) VALUES ($1, $2, $3)
                        """, recording, session, text(data, "beam_id")).then(run("""
                        INSERT INTO kulti_recording.recording_progress
                          (recording_id, session_id, revision, room_id, hms_session_id, facts)
                        VALUES ($1, $2, 0, $3, $4, '{}')
                        """, recording, session, text(data, "room_id"), text(data, "session_id"))))
                .thenReturn(recording);
    }

    private Mono<Optional<UUID>> lock(UUID recording) {
        return first("""
                SELECT p.recording_id FROM kulti_recording.recording_progress p
                JOIN public.recordings r ON r.id = p.recording_id WHERE p.recording_id = $1 FOR UPDATE OF p
                """, recording);
    }

    private Mono<Void> change(UUID recording, String type, JsonNode data) {
        var status = switch (type) {
            case "beam.started.success" -> "recording";
            case "beam.stopped.success" -> "processing";
            default -> "completed";
        };
        return run("""
                UPDATE public.recordings SET recording_url = coalesce($3, recording_url),
                  duration = coalesce($4, duration), metadata = metadata || CAST($5 AS jsonb),
                  status = CASE WHEN status = 'completed' OR $2 = 'recording' THEN status ELSE $2 END WHERE id = $1
                """, recording, status, text(data, "recording_path"), data.path("duration").asInt(0),
                json.writeValueAsString(Map.of("size", data.path("size").asLong(0)))).then(run("""
                UPDATE kulti_recording.recording_progress SET revision = revision + 1, applied_at = now(),
                  facts = facts || CAST($2 AS jsonb), source_url = coalesce($3, source_url) WHERE recording_id = $1
                """, recording, json.writeValueAsString(Map.of(type, data)), text(data, "recording_presigned_url")));
    }

    private Mono<Void> name(UUID recording, JsonNode data) {
        return Flux.just("beam_id", "job_id", "recording_id", "recording_path").filter(data::has)
                .concatMap(kind -> run("""
                        INSERT INTO kulti_recording.recording_aliases (kind, outside_id, recording_id)
                        VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
                        """, kind, text(data, kind), recording)).then();
    }

    private Mono<Void> note(UUID recording, String type, ConsumerRecord<String, byte[]> webhook) {
        return run("""
                INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,
                  source_partition, source_offset, decided_at, decision) VALUES ($1, $2, $3, $4, $5, $6, $7, 'applied')
                """, recording, event(webhook), type, webhook.topic(), webhook.partition(), webhook.offset(),
                Instant.now());
    }

    private Mono<Optional<UUID>> first(String sql, Object parameter) {
        return Flux.from(connection.createStatement(sql).bind("$1", parameter).execute())
                .flatMap(result -> result.map(row -> Optional.ofNullable(row.get(0, UUID.class)))).next()
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Void> run(String sql, @Nullable Object... parameters) {
        var statement = connection.createStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            var value = parameters[i];
            statement.bind(i, value == null ? Parameters.in(R2dbcType.VARCHAR) : value);
        }
        return Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).then();
    }

    private static String required(JsonNode data, String field) {
        return data.path(field).stringValue();
    }

    private static @Nullable String text(JsonNode data, String field) {
        return data.path(field).stringValue(null);
    }

    private static UUID event(ConsumerRecord<String, byte[]> webhook) {
        return UUID.fromString(header(webhook, "ce_id"));
    }

    private static String header(ConsumerRecord<String, byte[]> webhook, String name) {
        return new String(webhook.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
