package app.kulti.recording.infra.messaging;

import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** The one place that decides whether trying again can help. */
public final class TransientFaults {
    private static final int DEEPEST_CAUSE = 20;

    private TransientFaults() {}

    /**
     * Kafka's own: it says itself what can be tried again; a login or a right that an operator has still to give, as it is no
     * record's fault; and every wait that came to its limit, or was broken off because the service is about to end.
     */
    public static Predicate<Throwable> ofMessaging() {
        return anyCause(cause -> cause instanceof RetriableException || cause instanceof AuthorizationException
                || cause instanceof AuthenticationException || cause instanceof TimeoutException
                || cause instanceof InterruptedException);
    }

    /** Whether {@code fault} is so for a throwable or for anything that caused it. */
    public static Predicate<Throwable> anyCause(Predicate<Throwable> fault) {
        return thrown -> Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(DEEPEST_CAUSE)
                .anyMatch(fault);
    }
}
