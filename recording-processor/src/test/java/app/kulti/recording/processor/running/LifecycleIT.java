package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.processor.advance.ApplyWebhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A recording from its start to its removal, and what is noted of it. */
class LifecycleIT extends RunningProcessor {
    @Autowired
    private ApplyWebhooks webhooks;

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
    void whatStillRecordsIsNotDeleted() {
        var start = started();
        var delete = new RecordingCommand.Delete(new CommandId(UUID.randomUUID()), session, host, Instant.now(),
                start.recordingId());
        traffic.send(delete);

        assertThat(refusalOf(delete.commandId())).isEqualTo(Refusal.STILL_RECORDING);
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
}
