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
import app.kulti.recording.processor.advance.CallHms;
import app.kulti.recording.processor.advance.HmsCall;
import app.kulti.recording.processor.advance.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Starts and stops by the real client at the 100ms simulator: one recording there, one row here, whatever goes wrong. */
class StartAtHmsIT extends RunningProcessor {
    @Autowired
    private CallHms calls;

    private final Simulator simulator = Simulator.shared();
    private final RoomId studio = simulator.room();

    @BeforeEach
    void itsRoomIsAtTheSimulator() {
        database.execute("UPDATE public.sessions SET hms_room_id = ? WHERE id = ?", studio.value(), session.value());
    }

    @AfterEach
    void mend() {
        simulator.mend();
    }

    @Test
    void fromTheClickToTheFile() {
        var start = send(startIn(20));
        assertThat(answer(start)).isEqualTo(new Answer.Done());
        webhooksUntil("beam.started.success");
        await().pollDelay(Duration.ofMillis(600)).atMost(LIMIT).until(() -> true);

        var stop = stop();
        traffic.send(stop);
        assertThat(traffic.answerTo(stop.commandId()).answer()).isEqualTo(new Answer.Done());
        webhooksUntil("beam.recording.success");

        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        assertThat(completed.state().source()).isNotNull().extracting("format").isEqualTo("mp4");
        assertThat(completed.state().hmsRecordingId()).isEqualTo(atHms().getFirst());
        assertOneThereAndOneHere();
    }

    @Test
    void anAnswerThatIsLostIsNoSecondRecording() {
        simulator.fault(studio,
                "\"action\":\"timeout-after-acting\",\"operation\":\"start\",\"times\":1,\"millis\":500");
        var start = send(startIn(20));

        assertThat(answer(start)).isEqualTo(new Answer.Done());
        assertOneThereAndOneHere();
    }

    @Test
    void aSlowAnswerComesAfterItsWebhook() {
        simulator.fault(studio, "\"action\":\"slow\",\"operation\":\"start\",\"times\":1,\"millis\":3000");
        var start = send(startIn(20));
        webhooksUntil("beam.started.success");

        traffic.event(RecordingEvent.Started.class, start.recordingId());
        assertThat(answer(start)).isEqualTo(new Answer.Done());
        await().atMost(LIMIT).until(() -> history(start.recordingId(), "applied") >= 3);
        assertOneThereAndOneHere();
    }

    @Test
    void aFullHouseIsWaitedForWithinTheDeadline() {
        simulator.fault(studio,
                "\"action\":\"status\",\"operation\":\"start\",\"times\":1,\"status\":429,\"retryAfter\":1");

        assertThat(answer(send(startIn(20)))).isEqualTo(new Answer.Done());
        assertOneThereAndOneHere();
    }

    @Test
    void whatSomebodyElseStartedIsAConflictAndAdopted() {
        simulator.startElsewhere(studio);
        await().atMost(LIMIT).until(() -> simulator.recordings(studio).anyMatch(
                recording -> Instant.parse(recording.get("createdAt").stringValue())
                        .isBefore(Instant.now().minusSeconds(6))));

        var start = send(startIn(20));

        assertThat(refusalOf(start.commandId())).isEqualTo(Refusal.ALREADY_RECORDING);
        var adopted = RecordingId.adopting("job_id", atHms().getFirst());
        assertThat(traffic.event(RecordingEvent.Started.class, adopted).state().sessionId()).isEqualTo(session);
        assertOneThereAndOneHere();
    }

    @Test
    void twoHostsClicksAtOnceAreOneRecording() {
        var clicks = List.of(send(startIn(20)), send(startIn(20)));

        assertThat(clicks.stream().map(this::answer)).as("one yes, one no")
                .containsOnlyOnce(new Answer.Done()).hasSize(2);
        assertOneThereAndOneHere();
    }

    @Test
    void twentyDuplicatesOfOneCommandAreOneRecordingAndOneOutcome() {
        var start = startIn(20);
        for (var copy = 0; copy < 20; copy++) {
            traffic.send(start);
        }

        assertThat(answer(start)).isEqualTo(new Answer.Done());
        traffic.send(start);
        await().during(Duration.ofSeconds(2)).atMost(LIMIT).untilAsserted(() -> assertThat(
                traffic.answersTo(start.commandId())).allSatisfy(
                        answered -> assertThat(answered.answer()).isEqualTo(new Answer.Done())));
        assertOneThereAndOneHere();
    }

    @Test
    void aStartPastItsDeadlineIsNoRecording() {
        var start = send(startIn(-1));

        assertThat(refusalOf(start.commandId())).isEqualTo(Refusal.TOO_LATE);
        assertThat(atHms()).isEmpty();
    }

    @Test
    void aStartWhoseMakerDiedBeforeItsCallIsTakenUp() {
        var recording = storedStart(0, 1);

        traffic.event(RecordingEvent.Started.class, recording);
        assertOneThereAndOneHere();
    }

    @Test
    void aStartWhoseMakerDiedAfterItsCallIsFound() {
        simulator.startElsewhere(studio);
        var recording = storedStart(5, 3);

        traffic.event(RecordingEvent.Started.class, recording);
        assertThat(row(recording)).containsEntry("hms_recording_id", atHms().getFirst());
        assertOneThereAndOneHere();
    }

    @Test
    void aStartThatSeveralCopiesTakeUpAtOnceIsOneRecording() {
        var recording = storedStart(0, 1);
        for (var attempt = 11; attempt <= 13; attempt++) {
            calls.now(new HmsCall.ToStart(new Start(recording, new CommandId(UUID.randomUUID()), session, studio, host,
                    Instant.now(), in(15), attempt, null, null, null, null, null, null), true), null);
        }

        traffic.event(RecordingEvent.Started.class, recording);
        await().atMost(LIMIT).until(() -> history(recording, "applied") >= 3);
        assertOneThereAndOneHere();
    }

    @Test
    void whatStopsTooEarlyHasFailedWith100mssReason() {
        var start = send(startIn(20));
        assertThat(answer(start)).isEqualTo(new Answer.Done());
        var stop = stop();
        traffic.send(stop);
        assertThat(traffic.answerTo(stop.commandId()).answer()).isEqualTo(new Answer.Done());

        webhooksUntil("beam.failure");

        var failed = traffic.event(RecordingEvent.Failed.class, start.recordingId());
        assertThat(failed.state().failure()).isEqualTo("BEAM_STOPPED");
        assertThat(failed.state().status()).isEqualTo(RecordingStatus.FAILED);
    }

    @Test
    void aStopAfterAnAutoStopIsAYesAndSaysWhy() {
        var start = send(startIn(20));
        assertThat(answer(start)).isEqualTo(new Answer.Done());
        await().atMost(LIMIT).until(() -> simulator.recordings(studio)
                .anyMatch(recording -> recording.get("status").stringValue().equals("running")));
        await().pollDelay(Duration.ofMillis(600)).atMost(LIMIT).until(() -> true);
        simulator.empty(studio);

        var stop = stop();
        traffic.send(stop);

        assertThat(traffic.answerTo(stop.commandId()).answer()).isEqualTo(new Answer.Done());
        webhooksUntil("beam.stopped.success");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(progress(start.recordingId()))
                .containsEntry("stop_reason", "last peer left"));
        var second = stop();
        traffic.send(second);
        assertThat(refusalOf(second.commandId())).isEqualTo(Refusal.NOTHING_ACTIVE);
    }

    private RecordingCommand.Start startIn(int seconds) {
        var command = new CommandId(UUID.randomUUID());
        return new RecordingCommand.Start(command, session, host, Instant.now(), RecordingId.startedBy(command),
                studio, in(seconds));
    }

    private static RecordingCommand.Start send(RecordingCommand.Start start) {
        traffic.send(start);
        return start;
    }

    private Answer answer(RecordingCommand.Start start) {
        return traffic.answerTo(start.commandId()).answer();
    }

    /** What is left in the database of a start whose copy died. */
    private RecordingId storedStart(int secondsAgo, int attempts) {
        var recording = new RecordingId(UUID.randomUUID());
        database.execute("INSERT INTO kulti_recording.recording_starts (recording_id, command_id, session_id, room_id,"
                + " started_by, issued_at, deadline, attempts, due_at) VALUES (?, ?, ?, ?, ?,"
                + " now() - make_interval(secs => ?), now() + interval '15 seconds', ?, now())", recording.value(),
                UUID.randomUUID(), session.value(), studio.value(), host.value(), secondsAgo, attempts);
        return recording;
    }

    private List<String> atHms() {
        return simulator.recordings(studio).map(recording -> recording.get("id").stringValue()).toList();
    }

    private void assertOneThereAndOneHere() {
        assertThat(atHms()).hasSize(1);
        assertThat(database.rows("SELECT 1 FROM public.recordings WHERE session_id = ?", session.value())).hasSize(1);
    }

    /** Brings what the simulator says, as ingest does, until it has said that. */
    private void webhooksUntil(String type) {
        await().atMost(LIMIT).until(() -> {
            var types = Stream.<String>builder();
            simulator.deliver(studio, (said, room, body) -> {
                types.add(said);
                traffic.webhook(said, room, body);
            });
            return types.build().anyMatch(type::equals);
        });
    }
}
