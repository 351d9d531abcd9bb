package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import app.kulti.recording.processor.BlockingCalls;
import app.kulti.recording.processor.RecordingProcessorApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The database goes and comes back: everything waits in place, nothing is skipped, nothing is put aside. */
class PostgresAwayIT {
    static {
        BlockingCalls.watch();
    }

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void whatComesWhileTheDatabaseIsAwayIsDoneWhenItIsBack(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("kafka"));
        Files.createDirectories(folder.resolve("postgres"));
        // Of its own: another processor, that of the other tests, reads the shared one's topics.
        var broker = LocalKafka.start(folder.resolve("kafka"), Port.any("Kafka"));
        var kafka = broker.bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
        }
        var port = Port.any("PostgreSQL");
        var postgres = LocalPostgres.start(folder.resolve("postgres"), port, LocalPostgres.Durability.KILL);
        LocalDatabase.prepare(postgres.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
        var database = new Database(postgres.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
        var host = new UserId(UUID.randomUUID());
        var session = new SessionId(UUID.randomUUID());
        var room = new RoomId("room-" + session);
        database.session(session, host, room);
        try (var traffic = new Traffic(kafka); var processor = processor(kafka, port)) {
            var start = start(session, host, room);
            traffic.send(start);
            assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());

            postgres.kill();
            await().atMost(LIMIT).until(() -> readiness(processor), Status.DOWN::equals);
            var stop = new RecordingCommand.Stop(new CommandId(UUID.randomUUID()), session, host, Instant.now());
            traffic.send(stop);
            traffic.webhook("recording.success", room,
                    "{\"type\":\"recording.success\",\"data\":{\"id\":\"%s\",\"recording_url\":\"https://f.example/a.mp4\"}}"
                            .formatted(processor.getBean(PlayedHms.class).in(room).getFirst().id()));
            await().during(Duration.ofSeconds(3)).atMost(LIMIT)
                    .untilAsserted(() -> assertThat(traffic.answersTo(stop.commandId())).isEmpty());

            postgres.restart();
            traffic.event(RecordingEvent.Completed.class, start.recordingId());
            traffic.answerTo(stop.commandId());
            await().atMost(LIMIT).until(() -> readiness(processor), Status.UP::equals);
            assertThat(Topics.DEAD_LETTERS).as("nothing is put aside")
                    .allSatisfy(deadLetters -> assertThat(traffic.end(deadLetters.name())).isZero());
        } finally {
            postgres.close();
            broker.close();
        }
    }

    private static ConfigurableApplicationContext processor(String kafka, Port postgres) {
        return new SpringApplicationBuilder(RecordingProcessorApplication.class,
                RunningProcessor.Played.class)
                .run("--server.port=0", "--management.server.port=0", "--kulti.hms.access-key=key",
                        "--kulti.hms.app-secret=0123456789abcdef0123456789abcdef", "--kulti.reconcile.every=1s",
                        "--spring.kafka.bootstrap-servers=" + kafka,
                        "--spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.number(),
                                LocalPostgres.DATABASE),
                        "--spring.r2dbc.username=" + Login.PROCESSOR.role(),
                        "--spring.r2dbc.password=" + LocalDatabase.passwordOf(Login.PROCESSOR));
    }

    private static Status readiness(ConfigurableApplicationContext processor) {
        return Objects.requireNonNull(processor.getBean(HealthEndpoint.class).healthForPath("readiness")).getStatus();
    }

    private static RecordingCommand.Start start(SessionId session, UserId host, RoomId room) {
        var command = new CommandId(UUID.randomUUID());
        return new RecordingCommand.Start(command, session, host, Instant.now(), RecordingId.startedBy(command), room,
                Instant.now().plusSeconds(20));
    }
}
