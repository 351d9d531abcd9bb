package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.processor.running.PlayedHms.Fault;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a stop stops, and what it does not. */
class StopIT extends RunningProcessor {
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
    void aStopThatComesAgainIsAnsweredAgainWithTheStateOfItsRecording() {
        var start = started();
        var stop = stop();
        traffic.send(stop);
        assertThat(traffic.answerTo(stop.commandId()).state()).isNotNull();

        traffic.send(stop);

        await().atMost(LIMIT).until(() -> traffic.answersTo(stop.commandId()).size() == 2);
        assertThat(traffic.answersTo(stop.commandId())).allSatisfy(answer -> {
            assertThat(answer.recordingId()).isEqualTo(start.recordingId());
            assertThat(answer.state()).isNotNull().extracting("status").isEqualTo(RecordingStatus.PROCESSING);
        });
    }

    @Test
    void while100msIsAwayForOneRoomAnotherIsStartedAtOnce() {
        var putAside = putAside();
        started();
        hms.fault(room, Fault.AWAY);
        var held = stop();
        traffic.send(held);
        var elsewhere = new SessionId(UUID.randomUUID());
        var nextDoor = new RoomId("room-" + elsewhere);
        database.session(elsewhere, host, nextDoor);
        var command = new CommandId(UUID.randomUUID());

        traffic.send(new RecordingCommand.Start(command, elsewhere, host, Instant.now(), RecordingId.startedBy(command),
                nextDoor, in(20)));

        assertThat(traffic.answerTo(command).answer()).isEqualTo(new Answer.Done());
        assertThat(traffic.answersTo(held.commandId())).isEmpty();
        hms.mend(room);
        assertThat(traffic.answerTo(held.commandId()).answer()).as("the schedule makes the call again")
                .isEqualTo(new Answer.Done());
        assertThat(putAside()).as("nothing is dead-lettered").isEqualTo(putAside);
    }

    private static List<Long> putAside() {
        return Stream.of(Topics.COMMANDS, Topics.FINDINGS)
                .map(topic -> traffic.end(topic.deadLettersOf(ServiceName.PROCESSOR).name())).toList();
    }
}
