package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.processor.running.PlayedHms.Fault;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One start, one recording, whatever 100ms does. */
class StartIT extends RunningProcessor {
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
}
