package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.HOST;
import static app.kulti.recording.processor.advance.House.NOON;
import static app.kulti.recording.processor.advance.House.ROOM;
import static app.kulti.recording.processor.advance.House.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.advance.House.Message;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a command is final, is said again with the present state, and shows that its id was used for another. */
class AnswersTest {
    private static final CommandId START = new CommandId(new UUID(3, 1));
    private static final CommandId STOP = new CommandId(new UUID(3, 2));
    private static final RecordingId ID = RecordingId.startedBy(START);
    private static final SessionId ANOTHER = new SessionId(new UUID(1, 9));

    private final House house = new House();

    @BeforeEach
    void aRecording() {
        house.store.sessions.add(new KnownSession(ANOTHER, HOST, new RoomId("room-9"), true, NOON));
        house.hears(command(House.start(START, NOON)));
        house.hears(Message.of("started", NOON, new RecordingFinding.StartAnswered(ID, SESSION, ROOM, START, 1,
                new HmsAnswer.Found(atHms("starting")))));
    }

    @Test
    void aRepeatedStopIsAnsweredWithTheStateOfWhatItStopped() {
        stopped();
        house.hears(stop(STOP, SESSION));

        assertThat(answers(STOP)).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.answer()).isEqualTo(new Answer.Done());
            assertThat(answer.recordingId()).isEqualTo(ID);
            assertThat(answer.state()).isNotNull().extracting("status").isEqualTo(RecordingStatus.PROCESSING);
        });
    }

    @Test
    void aStopOfAnotherSessionUnderTheSameIdGetsTheFirstOnesAnswerAndSession() {
        stopped();
        house.hears(stop(STOP, ANOTHER));

        assertThat(answers(STOP).getLast().sessionId()).isEqualTo(SESSION);
        assertThat(answers(STOP).getLast().recordingId()).isEqualTo(ID);
    }

    @Test
    void aRefusalThatComesAgainNamesTheFirstOnesSessionToo() {
        var early = new CommandId(new UUID(3, 3));
        house.hears(stop(early, ANOTHER));
        house.hears(stop(early, SESSION));

        assertThat(answers(early)).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.sessionId()).isEqualTo(ANOTHER);
            assertThat(reasonOf(answer)).isEqualTo(Refusal.NOTHING_ACTIVE);
        });
        assertThat(house.store.recordings.get(ID)).isNotNull().satisfies(
                stored -> assertThat(stored.recording().isStopDue()).as("nothing is stopped by it").isFalse());
    }

    @Test
    void aRefusedDeleteNamesItsRecordingAndItsStateWheneverItComes() {
        var delete = new CommandId(new UUID(3, 4));
        house.hears(command(new RecordingCommand.Delete(delete, SESSION, HOST, NOON, ID)));
        house.hears(command(new RecordingCommand.Delete(delete, SESSION, HOST, NOON, new RecordingId(new UUID(8, 8)))));

        assertThat(answers(delete)).hasSize(2).allSatisfy(answer -> {
            assertThat(reasonOf(answer)).isEqualTo(Refusal.STILL_RECORDING);
            assertThat(answer.recordingId()).isEqualTo(ID);
            assertThat(answer.state()).isNotNull().extracting("status").isEqualTo(RecordingStatus.RECORDING);
        });
    }

    @Test
    void ofAnotherSessionsRecordingNothingIsTold() {
        var delete = new CommandId(new UUID(3, 5));
        house.hears(command(new RecordingCommand.Delete(delete, ANOTHER, HOST, NOON, ID)));

        assertThat(answers(delete)).singleElement().satisfies(answer -> {
            assertThat(reasonOf(answer)).isEqualTo(Refusal.RECORDING_NOT_FOUND);
            assertThat(answer.state()).isNull();
        });
    }

    @Test
    void theFindingThatAnswersACommandSaysSoAgainAfterACrash() {
        var refused = new CommandId(new UUID(3, 6));
        stopped();
        house.hears(command(House.start(refused, NOON.plusSeconds(60))));
        var answered = Message.of("refused", NOON, new RecordingFinding.StartAnswered(RecordingId.startedBy(refused),
                SESSION, ROOM, refused, 1, new HmsAnswer.Refused(400, "invalid input")));
        house.hears(answered);
        house.hears(answered);

        assertThat(answers(refused)).hasSize(2)
                .allSatisfy(answer -> assertThat(reasonOf(answer)).isEqualTo(Refusal.HMS_REFUSED));
    }

    @Test
    void aStartThatWasGivenUpIsTheOneThatBeganAfterAll() {
        var late = new CommandId(new UUID(3, 7));
        stopped();
        var issued = NOON.plusSeconds(60);
        house.now = issued;
        house.hears(command(House.start(late, issued)));
        house.now = issued.plusSeconds(81);
        var id = RecordingId.startedBy(late);
        house.hears(Message.of("overdue", house.now, new RecordingFinding.StartOverdue(id, house.now)));
        assertThat(house.store.starts.get(id)).isNotNull().extracting(Start::outcome).isEqualTo(Start.GIVEN_UP);

        house.hears(Message.webhook("beam.started.success", """
                {"type":"beam.started.success","timestamp":"%s","data":{"beam_id":"beam-9","room_id":"room-1",
                 "session_id":"hms-1"}}""".formatted(issued.plusSeconds(30))));

        assertThat(house.store.recordings.get(id)).isNotNull().extracting(stored -> stored.recording().status())
                .isEqualTo(RecordingStatus.RECORDING);
        assertThat(answers(late).getLast().answer()).isEqualTo(new Answer.Done());
    }

    private void stopped() {
        house.hears(stop(STOP, SESSION));
        house.hears(Message.of("stopped", NOON.plusSeconds(50),
                new RecordingFinding.StopAnswered(ID, STOP, 1, new HmsAnswer.Found(atHms("stopping")))));
    }

    private static Message stop(CommandId id, SessionId session) {
        return command(new RecordingCommand.Stop(id, session, HOST, NOON.plusSeconds(50)));
    }

    private static Message command(RecordingCommand command) {
        return Message.of("command", command.issuedAt(), command);
    }

    private static HmsRecording atHms(String status) {
        return new HmsRecording("job-1", ROOM, "hms-1", status, NOON.plusSeconds(1), null,
                status.equals("stopping") ? NOON.plusSeconds(51) : null, List.of());
    }

    private static Refusal reasonOf(CommandAnswered answer) {
        return assertThat(answer.answer()).isInstanceOf(Answer.Refused.class)
                .actual() instanceof Answer.Refused refused ? refused.reason() : Refusal.TOO_LATE;
    }

    private List<CommandAnswered> answers(CommandId command) {
        return house.events.stream().filter(CommandAnswered.class::isInstance).map(CommandAnswered.class::cast)
                .filter(answer -> answer.commandId().equals(command)).toList();
    }
}
