package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.testing.RealKafka;
import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import app.kulti.recording.processor.RecordingProcessorApplication;
import app.kulti.recording.processor.advance.ApplyWebhooks;
import app.kulti.recording.processor.running.PlayedHms.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service, on a real broker and a real database, beside a 100ms whose faults can be asked for. */
@SpringBootTest(classes = {RecordingProcessorApplication.class, RecordingProcessorIT.Played.class}, properties = {
        "server.port=0", "management.server.port=0", "spring.main.web-application-type=reactive",
        "kulti.hms.access-key=key", "kulti.hms.app-secret=0123456789abcdef0123456789abcdef",
        "kulti.reconcile.every=1s"}, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class RecordingProcessorIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TestDatabase FRESH = RealPostgres.shared().freshDatabase("kulti", Database::prepare);
    private static final Database database = new Database(FRESH.jdbcUrl(), FRESH.user(), FRESH.password());
    private static final Traffic traffic = traffic();

    private final UserId host = new UserId(UUID.randomUUID());
    private final SessionId session = new SessionId(UUID.randomUUID());
    private final RoomId room = new RoomId("room-" + session);

    @Autowired
    private PlayedHms hms;

    @Autowired
    private ApplyWebhooks webhooks;

    @TestConfiguration
    static class Played {
        @Bean
        @Primary
        PlayedHms playedHms() {
            return new PlayedHms();
        }
    }

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.r2dbc.url", FRESH::r2dbcUrl);
        registry.add("spring.r2dbc.username", Login.PROCESSOR::role);
        registry.add("spring.r2dbc.password", () -> LocalDatabase.passwordOf(Login.PROCESSOR));
        registry.add("spring.kafka.bootstrap-servers", RealKafka.shared()::bootstrapServers);
    }

    private static Traffic traffic() {
        var kafka = RealKafka.shared().bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Traffic(kafka);
    }

    @AfterAll
    static void quiet() {
        traffic.close();
    }

    @BeforeEach
    void aSession() {
        database.session(session, host, room);
    }

    @Test
    void aRecordingGoesFromItsStartToItsRemoval() {
        var start = start();
        traffic.send(start);

        var done = traffic.answerTo(start.commandId());
        assertThat(done.answer()).isEqualTo(new Answer.Done());
        assertThat(done.recordingId()).isEqualTo(start.recordingId());
        assertThat(done.state()).isNotNull().extracting("status").isEqualTo(RecordingStatus.RECORDING);
        traffic.event(RecordingEvent.Started.class, start.recordingId());
        var job = hms.in(room).getFirst().id();
        webhook("beam.started.success", job, "\"job_id\":\"%s\",\"recording_enabled\":true".formatted(job));

        var stop = stop();
        traffic.send(stop);
        assertThat(traffic.answerTo(stop.commandId()).answer()).isEqualTo(new Answer.Done());
        traffic.event(RecordingEvent.Stopped.class, start.recordingId());

        fileReady(job);
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        assertThat(completed.state().wanted()).isEqualTo(MirrorWish.COPY);
        assertThat(row(start.recordingId())).containsEntry("status", "completed").containsEntry("duration", 60)
                .containsEntry("hms_recording_id", job)
                .containsEntry("recording_url", "https://files.100ms.live/" + job + ".mp4");
        assertThat(text(row(start.recordingId()), "metadata")).doesNotContain("secret")
                .contains("s3://hms/" + job + ".mp4");
        assertThat(progress(start.recordingId())).containsEntry("mirror_state", "wanted")
                .containsEntry("source_url", "https://files.100ms.live/" + job + ".mp4?signature=secret");
        assertThat(text(progress(start.recordingId()), "facts")).doesNotContain("secret");

        var source = completed.state().source();
        assertThat(source).isNotNull();
        traffic.send(new MirrorReport.Copying(start.recordingId(), completed.state().revision(), source.identity(), 500,
                1_000L));
        traffic.send(new MirrorReport.Verified(start.recordingId(), completed.state().revision(), source.identity(),
                completed.state().objectKey(), 1_000, "e3069283"));
        var mirrored = traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().copy() != null);
        assertThat(mirrored.state().wanted()).isEqualTo(MirrorWish.NOTHING);
        assertThat(row(start.recordingId())).containsEntry("recording_url", completed.state().objectKey());
        assertThat(text(row(start.recordingId()), "metadata")).contains("\"storage\": \"supabase\"");

        var delete = new RecordingCommand.Delete(new CommandId(UUID.randomUUID()), session, host, Instant.now(),
                start.recordingId());
        traffic.send(delete);
        assertThat(traffic.answerTo(delete.commandId()).answer()).isEqualTo(new Answer.Done());
        var deleted = traffic.event(RecordingEvent.Deleted.class, start.recordingId());
        assertThat(deleted.state().wanted()).isEqualTo(MirrorWish.REMOVE);
        assertThat(deleted.state().deleted()).isTrue();
        assertThat(deleted.state().revision()).isGreaterThan(mirrored.state().revision());
        assertThat(database.rows("SELECT 1 FROM public.recordings WHERE id = ?", start.recordingId().value()))
                .isEmpty();
        assertThat(tombstone(start.recordingId())).containsEntry("actor", host.toString())
                .containsEntry("revision", deleted.state().revision());

        traffic.send(new MirrorReport.Removed(start.recordingId(), deleted.state().revision()));
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(tombstone(start.recordingId()).get("removed_at")).isNotNull());
        fileReady(job, "another");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(history(start.recordingId(), "refused")).isEqualTo(1));
        assertThat(database.rows("SELECT 1 FROM public.recordings WHERE session_id = ?", session.value()))
                .as("nothing appears again").isEmpty();
    }

    @Test
    void everythingThatHappenedHasOneRowOfHistoryAndADuplicateHasNone() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        fileReady(job);
        traffic.event(RecordingEvent.Completed.class, start.recordingId());
        var before = row(start.recordingId());
        var revision = progress(start.recordingId()).get("revision");

        fileReady(job);
        fileReady(job);
        traffic.send(start);
        await().atMost(LIMIT).until(() -> traffic.answersTo(start.commandId()).size() == 2);

        assertThat(history(start.recordingId(), "applied")).as("start, its answer, file").isEqualTo(3);
        assertThat(row(start.recordingId())).as("updated_at included").isEqualTo(before);
        assertThat(progress(start.recordingId())).containsEntry("revision", revision);
        assertThat(hms.starts(room)).isEqualTo(1);
    }

    @Test
    void theWebhookOfAStartMayComeBeforeItsAnswer() {
        hms.fault(room, Fault.SLOW);
        var start = start();
        traffic.send(start);
        await().atMost(LIMIT).until(() -> !unsettled().isEmpty());

        webhook("recording.started", null, "\"id\":\"job-%s-early\"".formatted(room));

        var started = traffic.event(RecordingEvent.Started.class, start.recordingId());
        assertThat(started.state().hmsRecordingId()).isEqualTo("job-" + room + "-early");
        assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());
        assertThat(database.rows("SELECT 1 FROM public.recordings WHERE session_id = ?", session.value())).hasSize(1);
    }

    @Test
    void webhooksInTheWrongOrderEndWhereTheyWouldHaveEndedInTheRightOne() {
        var start = started();
        var job = hms.in(room).getFirst().id();

        fileReady(job);
        webhook("beam.stopped.success", job, "\"job_id\":\"%s\",\"reason\":\"client request\"".formatted(job));
        webhook("beam.started.success", job, "\"job_id\":\"%s\"".formatted(job));

        await().atMost(LIMIT).until(() -> history(start.recordingId(), "applied") == 5);
        assertThat(row(start.recordingId())).containsEntry("status", "completed");
        assertThat(progress(start.recordingId())).containsEntry("stop_reason", "client request");
    }

    @Test
    void onlyTheHostMayStartAndOnlyInTheSessionsOwnRoom() {
        var stranger = new RecordingCommand.Start(new CommandId(UUID.randomUUID()), session,
                new UserId(UUID.randomUUID()), Instant.now(), new RecordingId(UUID.randomUUID()), room, in(20));
        var nowhere = new RecordingCommand.Start(new CommandId(UUID.randomUUID()), new SessionId(UUID.randomUUID()),
                host, Instant.now(), new RecordingId(UUID.randomUUID()), room, in(20));
        var elsewhere = new RecordingCommand.Start(new CommandId(UUID.randomUUID()), session, host, Instant.now(),
                new RecordingId(UUID.randomUUID()), new RoomId("another"), in(20));
        traffic.send(stranger);
        traffic.send(nowhere);
        traffic.send(elsewhere);

        assertThat(refusalOf(stranger.commandId())).isEqualTo(Refusal.NOT_HOST);
        assertThat(refusalOf(nowhere.commandId())).isEqualTo(Refusal.SESSION_NOT_FOUND);
        assertThat(refusalOf(elsewhere.commandId())).isEqualTo(Refusal.ROOM_DIFFERS);
        assertThat(hms.starts(room)).isZero();
    }

    @Test
    void aSecondStartIsRefusedAndAgainWithTheSameAnswer() {
        started();
        var second = start();
        traffic.send(second);
        assertThat(refusalOf(second.commandId())).isEqualTo(Refusal.ALREADY_RECORDING);

        traffic.send(second);

        await().atMost(LIMIT).until(() -> traffic.answersTo(second.commandId()).size() == 2);
        assertThat(traffic.answersTo(second.commandId())).extracting(RecordingEvent.CommandAnswered::answer)
                .allMatch(answer -> answer instanceof Answer.Refused refused
                        && refused.reason() == Refusal.ALREADY_RECORDING);
        assertThat(hms.starts(room)).isEqualTo(1);
    }

    @Test
    void twoClicksAtOnceAreOneRecording() {
        hms.fault(room, Fault.SLOW);
        var one = start();
        var other = start();
        traffic.send(one);
        traffic.send(other);

        assertThat(traffic.answerTo(one.commandId()).answer()).isEqualTo(new Answer.Done());
        assertThat(refusalOf(other.commandId())).isEqualTo(Refusal.ALREADY_RECORDING);
        assertThat(hms.starts(room)).isEqualTo(1);
    }

    @Test
    void aStopWithoutAStartHasNothingToStopAndASecondStopNeither() {
        var early = stop();
        traffic.send(early);
        assertThat(refusalOf(early.commandId())).isEqualTo(Refusal.NOTHING_ACTIVE);

        started();
        var first = stop();
        traffic.send(first);
        assertThat(traffic.answerTo(first.commandId()).answer()).isEqualTo(new Answer.Done());
        var second = stop();
        traffic.send(second);
        assertThat(refusalOf(second.commandId())).isEqualTo(Refusal.NOTHING_ACTIVE);
    }

    @Test
    void aStopTouchesNothingThatBeganAfterIt() {
        var old = new RecordingCommand.Stop(new CommandId(UUID.randomUUID()), session, host,
                Instant.now().minusSeconds(60));
        var start = started();

        traffic.send(old);

        assertThat(refusalOf(old.commandId())).isEqualTo(Refusal.NOTHING_ACTIVE);
        assertThat(row(start.recordingId())).containsEntry("status", "recording");
    }

    @Test
    void aStopDuringTheStartStopsWhatTheStartBegins() {
        hms.fault(room, Fault.SLOW);
        var start = start();
        traffic.send(start);
        await().atMost(LIMIT).until(() -> !unsettled().isEmpty());
        var stop = stop();
        traffic.send(stop);

        assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());
        assertThat(traffic.answerTo(stop.commandId()).answer()).isEqualTo(new Answer.Done());
        traffic.event(RecordingEvent.Stopped.class, start.recordingId());
    }

    @Test
    void aStartPastItsDeadlineIsNotCarriedOut() {
        var late = new RecordingCommand.Start(new CommandId(UUID.randomUUID()), session, host,
                Instant.now().minusSeconds(30), new RecordingId(UUID.randomUUID()), room,
                Instant.now().minusSeconds(10));
        traffic.send(late);

        assertThat(refusalOf(late.commandId())).isEqualTo(Refusal.TOO_LATE);
        assertThat(hms.starts(room)).isZero();
        assertThat(unsettled()).isEmpty();
    }

    @Test
    void anAnswerThatWasLostIsFoundByALookAtTheRoom() {
        hms.fault(room, Fault.ANSWER_LOST);
        var start = start();
        traffic.send(start);

        assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());
        assertThat(hms.starts(room)).isEqualTo(1);
    }

    @Test
    void aRefusalOf100msIsAFinalAnswer() {
        hms.fault(room, Fault.REFUSES);
        var start = start();
        traffic.send(start);

        assertThat(refusalOf(start.commandId())).isEqualTo(Refusal.HMS_REFUSED);
        assertThat(unsettled()).isEmpty();
    }

    @Test
    void whileHmsIsAwayAStartIsRefusedAtItsDeadlineAndAStopStaysWanted() {
        started();
        hms.fault(room, Fault.AWAY);
        var stop = stop();
        traffic.send(stop);
        await().atMost(LIMIT).until(() -> !database.rows("SELECT 1 FROM kulti_recording.recording_progress"
                + " WHERE session_id = ? AND stop_wanted_at IS NOT NULL", session.value()).isEmpty());
        assertThat(traffic.answersTo(stop.commandId())).isEmpty();
        hms.mend(room);
        database.execute("UPDATE kulti_recording.recording_progress SET due_at = now() WHERE session_id = ?",
                session.value());
        assertThat(traffic.answerTo(stop.commandId()).answer()).isEqualTo(new Answer.Done());

        hms.fault(room, Fault.AWAY);
        var start = new RecordingCommand.Start(new CommandId(UUID.randomUUID()), session, host, Instant.now(),
                new RecordingId(UUID.randomUUID()), room, in(2));
        traffic.send(start);
        assertThat(refusalOf(start.commandId())).isEqualTo(Refusal.HMS_UNAVAILABLE);
    }

    @Test
    void aStartThatNobodyFollowedUpIsTakenUpFromItsRow() {
        var recording = new RecordingId(UUID.randomUUID());
        var job = hms.startedElsewhere(room, Instant.now());
        database.execute("INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id,"
                + " started_by, issued_at, deadline, attempts, due_at)"
                + " VALUES (?, ?, ?, ?, ?, now() - interval '1 second', now() + interval '20 seconds', 1, now())",
                recording.value(), UUID.randomUUID(), session.value(), room.value(), host.value());

        assertThat(traffic.event(RecordingEvent.Started.class, recording).state().hmsRecordingId()).isEqualTo(job.id());
        assertThat(hms.starts(room)).as("it was running, and only had to be found").isZero();
    }

    @Test
    void aStartThatNothingExplainsIsGivenUp() {
        var recording = new RecordingId(UUID.randomUUID());
        database.execute("INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id,"
                + " started_by, issued_at, deadline, attempts, due_at)"
                + " VALUES (?, ?, ?, ?, ?, now() - interval '100 seconds', now() - interval '80 seconds', 1, now())",
                recording.value(), UUID.randomUUID(), session.value(), room.value(), host.value());

        await().atMost(LIMIT).until(() -> unsettled().isEmpty());
        var start = start();
        traffic.send(start);
        assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());
    }

    @Test
    void whatNobodyHereStartedIsAdoptedUnderOneId() {
        webhook("beam.started.success", "beam-1-" + room, "\"recording_enabled\":true");
        var adopted = RecordingId.adopting("beam_id", "beam-1-" + room);

        assertThat(traffic.event(RecordingEvent.Started.class, adopted).state().sessionId()).isEqualTo(session);
    }

    @Test
    void ofASessionsBeamsOnlyTheNewestIsActive() {
        webhook("beam.started.success", "beam-1-" + room, "\"recording_enabled\":true", Instant.now().minusSeconds(60));
        var older = RecordingId.adopting("beam_id", "beam-1-" + room);
        traffic.event(RecordingEvent.Started.class, older);
        webhook("beam.started.success", "beam-2-" + room, "\"recording_enabled\":true", Instant.now());

        traffic.event(RecordingEvent.Started.class, RecordingId.adopting("beam_id", "beam-2-" + room));
        traffic.event(RecordingEvent.Stopped.class, older);
        assertThat(row(older)).containsEntry("status", "processing");
    }

    @Test
    void aWebhookOfARoomThatNoSessionHasIsKeptAsUnmatched() {
        var nowhere = new RoomId("nowhere-" + session);
        traffic.webhook("beam.started.success", nowhere,
                "{\"type\":\"beam.started.success\",\"data\":{\"beam_id\":\"%s\",\"room_id\":\"%s\"}}".formatted(
                        nowhere,
                        nowhere));

        var expected = RecordingId.adopting("beam_id", nowhere.value());
        await().atMost(LIMIT).until(() -> history(expected, "unmatched") == 1);
    }

    @Test
    void whatStillRecordsIsNotDeleted() {
        var start = started();
        var delete = new RecordingCommand.Delete(new CommandId(UUID.randomUUID()), session, host, Instant.now(),
                start.recordingId());
        traffic.send(delete);

        assertThat(refusalOf(delete.commandId())).isEqualTo(Refusal.STILL_RECORDING);
    }

    @Test
    void aRowThatSomebodyElseDeletedIsAnnouncedAsDeleted() {
        var start = started();
        database.execute("DELETE FROM public.recordings WHERE id = ?", start.recordingId().value());

        assertThat(traffic.event(RecordingEvent.Deleted.class, start.recordingId()).state().wanted())
                .isEqualTo(MirrorWish.REMOVE);
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(tombstone(start.recordingId()).get("stopped_at")).as("its beam runs no more")
                        .isNotNull());
    }

    @Test
    void anExpiredSourceIsRenewedAndWantedAgain() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        hms.finish(job, "s3://hms/" + job + ".mp4");
        fileReady(job);
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        var source = completed.state().source();
        assertThat(source).isNotNull();

        traffic.send(new MirrorReport.SourceExpired(start.recordingId(), completed.state().revision(),
                source.identity()));

        var renewed = traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().source() != null && "asset-%s".formatted(job).equals(
                        changed.state().source().assetId()));
        assertThat(renewed.state().wanted()).isEqualTo(MirrorWish.COPY);
    }

    @Test
    void aRecordingThatWasForgottenIsLookedAt() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        hms.finish(job, "s3://hms/" + job + ".mp4");
        database.execute("UPDATE kulti_recording.recording_progress SET due_at = now() WHERE recording_id = ?",
                start.recordingId().value());

        traffic.event(RecordingEvent.Completed.class, start.recordingId());
        traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().wanted() == MirrorWish.COPY);
    }

    @Test
    void aRefusedFileLeavesTheRecordingCompletedAndSaysWhy() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        fileReady(job);
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        var source = completed.state().source();
        assertThat(source).isNotNull();

        traffic.send(new MirrorReport.Refused(start.recordingId(), completed.state().revision(), source.identity(),
                MirrorReport.RefusedBecause.HTML, "a page"));

        traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().wanted() == MirrorWish.NOTHING);
        assertThat(row(start.recordingId())).containsEntry("status", "completed");
        assertThat(text(row(start.recordingId()), "metadata"))
                .contains("\"mirror\": {\"state\": \"refused\", \"reason\": \"html\"}");
    }

    @Test
    void theSameRecordAgainAfterACrashAnnouncesThePresentStateOnceMoreAndADuplicateDoesNot() {
        var start = started();
        var body = RawBody.of("{\"data\":{\"id\":\"%s\"}}".formatted(hms.in(room).getFirst().id())
                .getBytes(StandardCharsets.UTF_8));
        var webhook = new HmsWebhook.Delivered("recording.stopped", room, null, body);
        var record = new Received<HmsWebhook>(
                Envelope.of(EventId.ofBody(body.bytes()), Instant.now(), ServiceName.INGEST, webhook), room.value(),
                Topics.WEBHOOKS.name(), 0, 1_000_001, Instant.now());
        var copy = new Received<>(record.envelope(), record.key(), record.topic(), 0, 1_000_002, Instant.now());
        webhooks.handle(List.of(record));
        traffic.event(RecordingEvent.Stopped.class, start.recordingId());

        webhooks.handle(List.of(copy, record));

        var again = traffic.event(RecordingEvent.Announced.class, start.recordingId());
        assertThat(again.state().status()).isEqualTo(RecordingStatus.PROCESSING);
        webhooks.handle(List.of(copy, copy));
        fileReady(hms.in(room).getFirst().id());
        traffic.event(RecordingEvent.Completed.class, start.recordingId());
        assertThat(traffic.about(start.recordingId())).filteredOn(RecordingEvent.Announced.class::isInstance)
                .hasSize(1);
    }

    @Test
    void withEveryStartLostEachFileFindsItsRecording() {
        var first = recorded(600, 500);
        var second = recorded(400, 300);

        fileOf("x", 597, 502);
        fileOf("y", 397, 302);

        assertThat(traffic.event(RecordingEvent.Completed.class, first).state().source())
                .isNotNull().extracting("path").isEqualTo("s3://hms/x.mp4");
        assertThat(traffic.event(RecordingEvent.Completed.class, second).state().source())
                .isNotNull().extracting("path").isEqualTo("s3://hms/y.mp4");
    }

    /** Started and stopped so many seconds ago; nothing is known of it but 100ms's answers to that. */
    private RecordingId recorded(int begun, int ended) {
        var id = new RecordingId(UUID.randomUUID());
        var now = Instant.now();
        database.execute("INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id,"
                + " started_by, issued_at, deadline) VALUES (?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz)",
                id.value(), UUID.randomUUID(), session.value(), room.value(), host.value(),
                now.minusSeconds(begun + 1L).toString(), now.toString());
        var atHms = new HmsRecording("job-" + id, room, null, "starting", now.minusSeconds(begun), null, null,
                List.of());
        traffic.send(new EventId(UUID.randomUUID()), now.minusSeconds(begun), new RecordingFinding.StartAnswered(id,
                session, room, new CommandId(UUID.randomUUID()), 1, new HmsAnswer.Found(atHms)));
        traffic.event(RecordingEvent.Started.class, id);
        traffic.send(new EventId(UUID.randomUUID()), now.minusSeconds(ended), new RecordingFinding.StopAnswered(id,
                null, 1, new HmsAnswer.Found(atHms)));
        traffic.event(RecordingEvent.Stopped.class, id);
        return id;
    }

    private void fileOf(String name, int begun, int ended) {
        var now = Instant.now();
        traffic.webhook("beam.recording.success", room, """
                {"type":"beam.recording.success","timestamp":"%s","data":{"beam_id":"beam-%s-%s","recording_id":"rec-%s-%s",
                 "room_id":"%s","session_id":"hms-%s","recording_path":"s3://hms/%s.mp4","started_at":"%s",
                 "stopped_at":"%s"}}
                """.formatted(now, name, room, name, room, room, room, name, now.minusSeconds(begun),
                now.minusSeconds(ended)));
    }

    @Test
    void poisonIsPutAsideAndItsPartitionMovesOn() {
        var deadLetters = Topics.COMMANDS.deadLettersOf(ServiceName.PROCESSOR).name();
        var before = traffic.end(deadLetters);
        traffic.garbage(Topics.COMMANDS.name(), session.toString());
        var start = start();
        traffic.send(start);

        assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());
        assertThat(traffic.end(deadLetters)).isEqualTo(before + 1);
    }

    @Test
    void aFindingAboutARecordingThatIsNotThereIsRefusedAndNoted() {
        var unknown = new RecordingId(UUID.randomUUID());
        traffic.send(new EventId(UUID.randomUUID()), Instant.now(),
                new RecordingFinding.MirrorOverdue(unknown, Instant.now()));

        await().atMost(LIMIT).until(() -> history(unknown, "refused") == 1);
    }

    private RecordingCommand.Start start() {
        var command = new CommandId(UUID.randomUUID());
        return new RecordingCommand.Start(command, session, host, Instant.now(), RecordingId.startedBy(command), room,
                in(20));
    }

    private RecordingCommand.Start started() {
        var start = start();
        traffic.send(start);
        assertThat(traffic.answerTo(start.commandId()).answer()).isEqualTo(new Answer.Done());
        return start;
    }

    private RecordingCommand.Stop stop() {
        return new RecordingCommand.Stop(new CommandId(UUID.randomUUID()), session, host, Instant.now());
    }

    private static Instant in(int seconds) {
        return Instant.now().plusSeconds(seconds);
    }

    private Refusal refusalOf(CommandId command) {
        return assertThat(traffic.answerTo(command).answer()).isInstanceOf(Answer.Refused.class)
                .actual() instanceof Answer.Refused refused ? refused.reason() : Refusal.TOO_LATE;
    }

    private void webhook(String type, @Nullable String beam, String fields) {
        webhook(type, beam, fields, Instant.now());
    }

    private void webhook(String type, @Nullable String beam, String fields, Instant at) {
        var names = beam == null ? "" : "\"beam_id\":\"%s\",\"session_id\":\"hms-%s\",".formatted(beam, room);
        traffic.webhook(type, room, "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":{\"room_id\":\"%s\",%s%s}}"
                .formatted(type, at, room, names, fields));
    }

    private void fileReady(String job) {
        fileReady(job, "once");
    }

    /** The same bytes whenever it is sent for the same occasion. */
    private void fileReady(String job, String occasion) {
        traffic.webhook("recording.success", room, """
                {"type":"recording.success","occasion":"%s","data":{"id":"%s","room_id":"%s","duration":60,"size":1000,
                 "recording_path":"s3://hms/%s.mp4","recording_url":"https://files.100ms.live/%s.mp4?signature=secret"}}
                """.formatted(occasion, job, room, job, job));
    }

    private Map<String, @Nullable Object> row(RecordingId id) {
        return database.rows("SELECT * FROM public.recordings WHERE id = ?", id.value()).getFirst();
    }

    private Map<String, @Nullable Object> progress(RecordingId id) {
        return database.rows("SELECT * FROM kulti_recording.recording_progress WHERE recording_id = ?", id.value())
                .getFirst();
    }

    private Map<String, @Nullable Object> tombstone(RecordingId id) {
        return database.rows("SELECT * FROM kulti_recording.deleted_recordings WHERE recording_id = ?", id.value())
                .getFirst();
    }

    private List<?> unsettled() {
        return database.rows(
                "SELECT 1 FROM kulti_recording.recording_starts WHERE session_id = ? AND settled_at IS NULL",
                session.value());
    }

    private int history(RecordingId id, String decision) {
        return database.rows("SELECT 1 FROM kulti_recording.recording_history WHERE recording_id = ? AND decision = ?",
                id.value(), decision).size();
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }
}
