package app.kulti.recording.processor.hms;

import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.processor.advance.Hms.Reply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What trying a call once came to. */
sealed interface Attempt<T> {
    /** The answer, should this have been the last attempt. */
    Reply<T> reply();

    /** 100ms has answered, for good. */
    record Settled<T>(Reply<T> reply) implements Attempt<T> {
        static <T> Settled<T> withheld(HmsAnswer why) {
            return new Settled<>(new Reply.Withheld<>(why));
        }
    }

    /** 401: nothing was done, and another token may help. */
    record Unauthorized<T>(String detail) implements Attempt<T> {
        @Override
        public Reply<T> reply() {
            return new Reply.Withheld<>(new HmsAnswer.Refused(401, detail));
        }
    }

    /**
     * No answer that says what became of it.
     *
     * @param cause      short, without tokens or URLs
     * @param undone     whether it is certain that 100ms has done nothing
     * @param fault      whether it speaks against 100ms's health
     * @param retryAfter how long 100ms asks us to wait
     */
    record Lost<T>(String cause, boolean undone, boolean fault, @Nullable Duration retryAfter) implements Attempt<T> {
        @Override
        public Reply<T> reply() {
            return new Reply.Withheld<>(new HmsAnswer.Unavailable(cause));
        }
    }
}
