package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.testing.RealKafka;
import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import app.kulti.recording.processor.BlockingCalls;
import app.kulti.recording.processor.RecordingProcessorApplication;
import app.kulti.recording.processor.advance.Hms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole service, on a real broker and a real database, beside a 100ms whose faults can be asked for; what it is asked
 * about rooms of the simulator goes there. One context serves all tests that extend this: each has a session of its own.
 */
@SpringBootTest(classes = {RecordingProcessorApplication.class, RunningProcessor.Played.class}, properties = {
        "server.port=0", "management.server.port=0", "spring.main.web-application-type=reactive",
        "kulti.reconcile.every=1s",
        "kulti.retention.every=1s"}, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class RunningProcessor {
    static {
        BlockingCalls.watch();
    }

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final TestDatabase FRESH = RealPostgres.shared().freshDatabase("kulti", Database::prepare);
    static final Database database = new Database(FRESH.jdbcUrl(), FRESH.user(), FRESH.password());
    static final Traffic traffic = traffic();

    final UserId host = new UserId(UUID.randomUUID());
    final SessionId session = new SessionId(UUID.randomUUID());
    final RoomId room = new RoomId("room-" + session);

    @Autowired
    PlayedHms hms;

    @TestConfiguration
    static class Played {
        @Bean
        @Primary
        PlayedHms playedHms(@Qualifier("hms") Hms real) {
            return new PlayedHms(real);
        }
    }

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.r2dbc.url", FRESH::r2dbcUrl);
        registry.add("spring.r2dbc.username", Login.PROCESSOR::role);
        registry.add("spring.r2dbc.password", () -> LocalDatabase.passwordOf(Login.PROCESSOR));
        registry.add("spring.kafka.bootstrap-servers", RealKafka.shared()::bootstrapServers);
        registry.add("kulti.hms.base-url", () -> Simulator.shared().baseUrl());
        registry.add("kulti.hms.access-key", () -> Simulator.ACCESS_KEY);
        registry.add("kulti.hms.app-secret", () -> Simulator.APP_SECRET);
        registry.add("kulti.hms.meeting-url", () -> Simulator.MEETING_URL);
    }

    static Traffic traffic() {
        var kafka = RealKafka.shared().bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Traffic(kafka);
    }

    @BeforeEach
    void aSession() {
        database.session(session, host, room);
    }

    RecordingCommand.Start start() {
        var command = new CommandId(UUID.randomUUID());
        return new RecordingCommand.Start(command, session, host, Instant.now(), RecordingId.startedBy(command), room,
                in(20));
    }

    RecordingCommand.Start started() {
        var start = start();
        traffic.send(start);
        assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());
        return start;
    }

    RecordingCommand.Stop stop() {
        return new RecordingCommand.Stop(new CommandId(UUID.randomUUID()), session, host, Instant.now());
    }

    static Instant in(int seconds) {
        return Instant.now().plusSeconds(seconds);
    }

    Refusal refusalOf(CommandId command) {
        return assertThat(traffic.answerTo(command).answer()).isInstanceOf(Answer.Refused.class)
                .actual() instanceof Answer.Refused refused ? refused.reason() : Refusal.TOO_LATE;
    }

    void webhook(String type, @Nullable String beam, String fields) {
        webhook(type, beam, fields, Instant.now());
    }

    void webhook(String type, @Nullable String beam, String fields, Instant at) {
        var names = beam == null ? "" : "\"beam_id\":\"%s\",\"session_id\":\"hms-%s\",".formatted(beam, room);
        traffic.webhook(type, room, "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":{\"room_id\":\"%s\",%s%s}}"
                .formatted(type, at, room, names, fields));
    }

    void fileReady(String job) {
        fileReady(job, "once");
    }

    /** The same bytes whenever it is sent for the same occasion. */
    void fileReady(String job, String occasion) {
        traffic.webhook("recording.success", room, """
                {"type":"recording.success","occasion":"%s","data":{"id":"%s","room_id":"%s","duration":60,"size":1000,
                 "recording_path":"s3://hms/%s.mp4","recording_url":"https://files.100ms.live/%s.mp4?signature=secret"}}
                """.formatted(occasion, job, room, job, job));
    }

    /**
     * A row as the app had made it before there was this service.
     *
     * @param ago when, as PostgreSQL understands it
     */
    RecordingId ofTheApp(String status, String job, String metadata, String ago) {
        var id = new RecordingId(UUID.randomUUID());
        database.execute("""
                INSERT INTO public.recordings (id, session_id, hms_recording_id, status, metadata, created_at)
                VALUES (?, ?, ?, ?, ?::jsonb, now() - ?::interval)
                """, id.value(), session.value(), job, status, metadata, ago);
        return id;
    }

    Map<String, @Nullable Object> row(RecordingId id) {
        return database.rows("SELECT * FROM public.recordings WHERE id = ?", id.value()).getFirst();
    }

    Map<String, @Nullable Object> progress(RecordingId id) {
        return database.rows("SELECT * FROM kulti_recording.recording_progress WHERE recording_id = ?", id.value())
                .getFirst();
    }

    Map<String, @Nullable Object> tombstone(RecordingId id) {
        return database.rows("SELECT * FROM kulti_recording.deleted_recordings WHERE recording_id = ?", id.value())
                .getFirst();
    }

    List<?> unsettled() {
        return database.rows(
                "SELECT 1 FROM kulti_recording.recording_starts WHERE session_id = ? AND settled_at IS NULL",
                session.value());
    }

    int history(RecordingId id, String decision) {
        return database.rows("SELECT 1 FROM kulti_recording.recording_history WHERE recording_id = ? AND decision = ?",
                id.value(), decision).size();
    }

    static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }
}
