package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which recording a webhook speaks of. */
class RecognitionIT extends RunningProcessor {
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
    void beamsThatCameBeforeTheirSessionHadItsRoomAreAdoptedWhenTheyComeAgain() {
        var early = new RoomId("early-" + session);
        var older = startedIn(early, "beam-1-" + early, 60);
        var newer = startedIn(early, "beam-2-" + early, 0);
        var olderId = RecordingId.adopting("beam_id", "beam-1-" + early);
        var newerId = RecordingId.adopting("beam_id", "beam-2-" + early);
        traffic.webhook("beam.started.success", early, older);
        traffic.webhook("beam.started.success", early, newer);
        await().atMost(LIMIT)
                .until(() -> history(olderId, "unmatched") == 1 && history(newerId, "unmatched") == 1);
        database.execute("UPDATE public.sessions SET hms_room_id = ? WHERE id = ?", early.value(), session.value());

        traffic.webhook("beam.started.success", early, older);
        traffic.event(RecordingEvent.Started.class, olderId);
        traffic.webhook("beam.started.success", early, newer);

        traffic.event(RecordingEvent.Started.class, newerId);
        traffic.event(RecordingEvent.Stopped.class, olderId);
        assertThat(history(newerId, "applied")).isEqualTo(1);
        assertThat(history(olderId, "applied")).isEqualTo(2);
    }

    private static String startedIn(RoomId room, String beam, int secondsAgo) {
        return "{\"type\":\"beam.started.success\",\"timestamp\":\"%s\",\"data\":{\"beam_id\":\"%s\",\"room_id\":\"%s\"}}"
                .formatted(Instant.now().minusSeconds(secondsAgo), beam, room);
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
    void anOlderBeamWhoseBeginningIsHeardOfLateIsNotActive() {
        webhook("beam.started.success", "beam-2-" + room, "\"recording_enabled\":true", Instant.now());
        traffic.event(RecordingEvent.Started.class, RecordingId.adopting("beam_id", "beam-2-" + room));

        webhook("beam.started.success", "beam-1-" + room, "\"recording_enabled\":true", Instant.now().minusSeconds(60));

        var older = RecordingId.adopting("beam_id", "beam-1-" + room);
        traffic.event(RecordingEvent.Stopped.class, older);
        assertThat(row(older)).containsEntry("status", "processing");
    }

    @Test
    void aStreamIsARowOnlyOnceItsFileIsThere() {
        traffic.webhook("hls.started.success", room, "{\"type\":\"hls.started.success\",\"data\":{\"room_id\":\"%s\"}}"
                .formatted(room));
        traffic.webhook("recording.failed", room, """
                {"version":"1.0","type":"recording.failed","data":{"room_id":"%s","error":"INTERNAL_ERROR",
                 "session_started_at":"2026-11-22T10:00:00Z"}}""".formatted(room));
        var asset = "layer-" + room;
        traffic.webhook("hls.recording.success", room, """
                {"type":"hls.recording.success","timestamp":"%s","data":{"room_id":"%s","session_id":"hms-%s",
                 "recording_single_files":[{"asset_id":"%s","layer":"0","recording_path":"s3://hms/%s.mp4","size":10}]}}
                """.formatted(Instant.now(), room, room, asset, asset));

        traffic.event(RecordingEvent.Completed.class, RecordingId.adopting("asset_id", asset));
        assertThat(database.rows("SELECT 1 FROM public.recordings WHERE session_id = ?", session.value())).hasSize(1);
    }

    @Test
    void whatIsUnmatchedIsAskedOf100msAndFindsItsRecording() {
        var stranger = new RoomId("room-of-nobody-" + session);
        var made = hms.startedElsewhere(stranger, Instant.now());
        traffic.webhook("beam.started.success", stranger, """
                {"type":"beam.started.success","timestamp":"%s","data":{"beam_id":"beam-%s","room_id":"%s"}}"""
                .formatted(Instant.now(), stranger, stranger));
        var adopted = RecordingId.adopting("beam_id", "beam-" + stranger);
        await().atMost(LIMIT).until(() -> history(adopted, "unmatched") == 1);

        database.execute("UPDATE public.sessions SET hms_room_id = ? WHERE id = ?", stranger.value(), session.value());
        database.execute("UPDATE kulti_recording.unmatched_events SET due_at = now() WHERE adopted_id = ?",
                adopted.value());

        assertThat(traffic.event(RecordingEvent.Started.class, RecordingId.adopting("job_id", made.id())).state()
                .sessionId()).isEqualTo(session);
        assertThat(database.rows("SELECT attempts FROM kulti_recording.unmatched_events WHERE adopted_id = ?"
                + " AND due_at > now()", adopted.value())).as("and again after a pause").hasSize(1);
    }

    @Test
    void whatHasFoundItsRecordingIsAskedAboutNoMore() {
        var event = UUID.randomUUID();
        var start = started();
        var job = hms.in(room).getFirst().id();
        database.execute(
                "INSERT INTO kulti_recording.unmatched_events (event_id, adopted_id, names, room_id, since, until,"
                        + " noticed_at, due_at) VALUES (?, ?, ?::jsonb, ?, now(), now(), now(), now())",
                event,
                start.recordingId().value(), "[{\"kind\":\"job_id\",\"id\":\"%s\"}]".formatted(job), room.value());

        await().atMost(LIMIT).until(() -> database
                .rows("SELECT 1 FROM kulti_recording.unmatched_events WHERE event_id = ?", event).isEmpty());
    }

    @Test
    void aRecordingKnownByItsBeamAloneIsSearchedForAndLearnsItsNameAndItsFile() {
        webhook("beam.started.success", "beam-1-" + room, "\"recording_enabled\":true");
        var adopted = RecordingId.adopting("beam_id", "beam-1-" + room);
        traffic.event(RecordingEvent.Started.class, adopted);
        var made = hms.startedElsewhere(room, Instant.now());
        hms.finish(made.id(), "s3://hms/" + room + ".mp4");

        database.execute("UPDATE kulti_recording.recording_progress SET due_at = now() WHERE recording_id = ?",
                adopted.value());

        traffic.event(RecordingEvent.Completed.class, adopted);
        assertThat(row(adopted)).containsEntry("hms_recording_id", made.id());
    }

    @Test
    void whatTheAppHadBegunHearsItsWebhooks() {
        var job = "job-" + room;
        var begun = ofTheApp("recording", job, "{}", "1 minute");
        database.execute("INSERT INTO kulti_recording.recording_aliases VALUES ('job_id', ?, ?)", job, begun.value());

        webhook("beam.started.success", "beam-" + room, "\"job_id\":\"%s\"".formatted(job));
        fileReady(job);

        traffic.event(RecordingEvent.Completed.class, begun);
        assertThat(database.rows("SELECT 1 FROM public.recordings WHERE session_id = ?", session.value())).hasSize(1);
    }

    @Test
    void twoRowsOfTheAppMayHaveOneName() {
        var rows = List.of(ofTheApp("completed", "job-" + room, "{}", "1 minute"),
                ofTheApp("failed", "job-" + room, "{}", "1 minute"),
                ofTheApp("completed", "", "{}", "1 minute"), ofTheApp("failed", "", "{}", "1 minute"));
        for (var row : rows) {
            var keep = new RecordingCommand.Keep(new CommandId(UUID.randomUUID()), session, host, Instant.now(), row,
                    true);
            traffic.send(keep);
            assertThat(traffic.answerTo(keep.commandId()).answer()).isEqualTo(new Answer.Done());
        }
        assertThat(database.rows("SELECT 1 FROM kulti_recording.recording_aliases WHERE outside_id = ?",
                "job-" + room)).hasSize(1);
    }
}
