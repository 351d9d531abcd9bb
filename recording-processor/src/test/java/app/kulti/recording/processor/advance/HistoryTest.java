package app.kulti.recording.processor.advance;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.advance.Note.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RecordingId RECORDING = new RecordingId(new UUID(0, 1));
    private static final Outcome DONE = new Outcome(new SessionId(new UUID(0, 3)), new Answer.Done());
    private static final Cause CAUSE = cause(5);

    @Test
    void anEventIsNotedOnceForEachRecordingItMeets() {
        var history = new History(List.of(), NOON);
        history.note(CAUSE, RECORDING, Decision.APPLIED, null, null);
        history.note(CAUSE, RECORDING, Decision.APPLIED, null, null);
        history.note(CAUSE, new RecordingId(new UUID(0, 2)), Decision.APPLIED, "another", null);

        assertThat(history.written()).hasSize(2);
    }

    @Test
    void whatIsDecidedAsBeforeIsNotWrittenAgain() {
        var history = new History(List.of(stored(null, Decision.UNMATCHED, "no session has its room")), NOON);

        history.note(cause(9), null, Decision.UNMATCHED, "no session has its room", null);

        assertThat(history.written()).isEmpty();
    }

    @Test
    void whatFoundNoRecordingAndNowDoesChangesItsRow() {
        var history = new History(List.of(stored(null, Decision.UNMATCHED, "no session has its room")), NOON);

        history.note(cause(9), RECORDING, Decision.APPLIED, null, null);

        assertThat(history.written()).singleElement().satisfies(note -> {
            assertThat(note.row()).isEqualTo(77L);
            assertThat(note.recording()).isEqualTo(RECORDING);
            assertThat(note.cause().origin().offset()).isEqualTo(9);
        });
        assertThat(history.applied(CAUSE.event())).hasSize(1);
    }

    @Test
    void aRecordingsOwnNoteComesBeforeOneThatGivesWay() {
        var own = new Note(78L, RECORDING, CAUSE, NOON, Decision.APPLIED, null, null);
        var history = new History(List.of(stored(null, Decision.REFUSED, "too late"), own), NOON);

        history.note(cause(9), RECORDING, Decision.APPLIED, null, null);

        assertThat(history.written()).isEmpty();
    }

    @Test
    void onlyWhatWasAppliedIsADuplicate() {
        assertThat(new History(List.of(stored(RECORDING, Decision.REFUSED, "no")), NOON).applied(CAUSE.event()))
                .isEmpty();
        assertThat(new History(List.of(stored(RECORDING, Decision.APPLIED, null)), NOON).applied(CAUSE.event()))
                .hasSize(1);
    }

    @Test
    void anAnswerIsAddedToItsCommandAndStaysWhenTheCommandIsNotedAgain() {
        var history = new History(List.of(stored(RECORDING, Decision.APPLIED, null)), NOON);

        history.answer(CAUSE.event(), DONE);
        history.note(CAUSE, RECORDING, Decision.APPLIED, null, null);

        assertThat(history.answered(CAUSE.event())).get().extracting(Note::outcome).isEqualTo(DONE);
        assertThat(history.written()).singleElement().extracting(Note::row).isEqualTo(77L);
    }

    private static Note stored(@Nullable RecordingId recording, Decision decision,
            @Nullable String reason) {
        return new Note(77L, recording, CAUSE, NOON, decision, reason, null);
    }

    private static Cause cause(long offset) {
        return new Cause(new EventId(new UUID(0, 9)), "a.type", NOON, null, new Cause.Origin("topic", 1, offset), null,
                null);
    }
}
