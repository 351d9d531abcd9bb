package app.kulti.recording.infra.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransientFaultsTest {
    static Stream<Exception> passing() {
        return Stream.of(new NotEnoughReplicasException("one is away"), new TimeoutException("not in time"),
                new InterruptedException("the service ends"), new TopicAuthorizationException("not yet"),
                new SaslAuthenticationException("a password that is being changed"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatMayPassIsToldHoweverDeepItLies(Exception fault) {
        assertThat(TransientFaults.ofMessaging())
                .accepts(fault, new IllegalStateException(new ExecutionException(fault)))
                .rejects(new IllegalStateException("a mistake of ours"), new RecordTooLargeException("it stays so"));
    }
}
