package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about an event, for one recording.
 *
 * @param row       where it is stored; absent until it is
 * @param recording absent when the event met none
 * @param decidedAt when
 * @param reason    why, when it is not plain
 * @param outcome   what finally became of a command
 */
public record Note(@Nullable Long row, @Nullable RecordingId recording, Cause cause, Instant decidedAt,
        Decision decision, @Nullable String reason, @Nullable Outcome outcome) {

    /**
     * A final answer.
     *
     * @param session whose command it was: under a command id that is used again, the first one's outcome comes
     */
    public record Outcome(SessionId session, Answer answer) {}

    /** What became of an event. */
    public enum Decision {
        /** It counts; should it come again, it is a duplicate. */
        APPLIED("applied"),
        /** It does not count; should it come again, it is judged again. */
        REFUSED("refused"),
        /** Nobody knows yet which recording it speaks of; the same. */
        UNMATCHED("unmatched");

        private final String wireName;

        Decision(String wireName) {
            this.wireName = wireName;
        }

        /** The word in tables. */
        public String wireName() {
            return wireName;
        }

        /** The decision of that word in tables. */
        public static Decision of(String wireName) {
            for (var decision : values()) {
                if (decision.wireName.equals(wireName)) {
                    return decision;
                }
            }
            throw new IllegalArgumentException("no decision is called " + wireName);
        }
    }

    Note answered(Outcome settled) {
        return new Note(row, recording, cause, decidedAt, decision, reason, settled);
    }

    /** The same row, with what is decided now. */
    Note inPlaceOf(Note earlier) {
        return new Note(earlier.row, recording, cause, decidedAt, decision, reason,
                outcome == null ? earlier.outcome : outcome);
    }
}
