package app.kulti.recording.mirror.mirroring;

import java.time.Duration;
import java.util.List;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;

/** Tries again what failed with a {@link Trouble}, as often as its policy allows; nothing else is ever tried again. */
public final class Patience {
    /** Who wants to be left alone for longer gets that, with the copy ended until it is announced again. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final RetryPolicy policy;

    /** With this budget and these pauses, or longer ones where somebody asks for them. */
    public Patience(RetryPolicy policy) {
        this.policy = policy;
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

        /** The last of them, as what ends a copy. */
        Ending.NotNow ending() {
            return failures.getLast() instanceof Trouble trouble
                    ? trouble.ending()
                    : new Ending.NotNow(Fault.UNEXPECTED, failures.getLast().getClass().getSimpleName());
        }
    }

    <T> T with(Attempt<T> attempt) throws Exhausted, CannotCopy, PlanVoid, InterruptedException {
        try {
            return new RetryTemplate(new Considerate(policy)).execute(attempt::make);
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

    /** One row of attempts, in which a {@link Trouble#retryAfter} is respected. */
    private static final class Considerate implements RetryPolicy {
        private final RetryPolicy policy;
        private Duration asked = Duration.ZERO;

        Considerate(RetryPolicy policy) {
            this.policy = policy;
        }

        @Override
        public boolean shouldRetry(Throwable failure) {
            asked = failure instanceof Trouble trouble ? trouble.retryAfter() : Duration.ZERO;
            return asked.compareTo(LONGEST_PAUSE) <= 0 && policy.shouldRetry(failure);
        }

        @Override
        public BackOff getBackOff() {
            return () -> {
                var usual = policy.getBackOff().start();
                return () -> {
                    var pause = usual.nextBackOff();
                    return pause == BackOffExecution.STOP ? pause : Math.max(pause, asked.toMillis());
                };
            };
        }
    }
}
