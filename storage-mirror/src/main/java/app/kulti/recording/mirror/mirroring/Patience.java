package app.kulti.recording.mirror.mirroring;

import java.util.List;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Tries again what failed with a {@link Trouble}, as often as its policy allows; nothing else is ever tried again. */
public final class Patience {
    private final RetryTemplate retries;

    /** With this budget and these pauses. */
    public Patience(RetryPolicy policy) {
        retries = new RetryTemplate(policy);
    }

    /** Something that may be tried again as a whole. */
    @FunctionalInterface
    interface Attempt<T> {
        T make() throws Trouble, CannotCopy, PlanVoid, InterruptedException;
    }

    /** It failed each time. */
    static final class Exhausted extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<Throwable> failures;

        Exhausted(List<Throwable> failures) {
            super(failures.getLast());
            this.failures = failures;
        }

        /** Whether the source broke off at the same byte every time, as a file does that is too short. */
        boolean alwaysCutAtTheSameByte() {
            return failures.size() > 1 && failures.stream().allMatch(CutShort.class::isInstance)
                    && failures.stream().mapToLong(failure -> ((CutShort) failure).at()).distinct().count() == 1;
        }

        String cause() {
            var last = failures.getLast().getMessage();
            return last == null ? failures.getLast().getClass().getSimpleName() : last;
        }
    }

    <T> T with(Attempt<T> attempt) throws Exhausted, CannotCopy, PlanVoid, InterruptedException {
        try {
            return retries.execute(attempt::make);
        } catch (RetryException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            switch (e.getCause()) {
                case CannotCopy cannot -> throw cannot;
                case PlanVoid gone -> throw gone;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                default -> throw new Exhausted(e.getExceptions());
            }
        }
    }
}
