package app.kulti.recording.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.ingest.authenticity.Authenticity.Doubt;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalLogTest {
    private final Refusal wrongSecret = Refusal.unauthentic(Doubt.SECRET);

    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final RefusalLog log = new RefusalLog(() -> now);

    @BeforeEach
    void listen() {
        logger.setAdditive(false);
        // Whatever a test before this one has set for all.
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        lines.start();
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void aFloodIsOneLineAndALaterCount() {
        for (var i = 0; i < 10_000; i++) {
            log.note(wrongSecret);
        }
        now = now.plus(Duration.ofSeconds(10));
        log.note(wrongSecret);

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(
                "webhook refused: SECRET (the request could not be authenticated)",
                "webhook refused: SECRET (the request could not be authenticated); 9999 more since the last such line");
    }

    @Test
    void oneReasonDoesNotSilenceAnother() {
        log.note(wrongSecret);
        log.note(Refusal.malformed("the body is not UTF-8"));

        assertThat(lines.list).hasSize(2);
    }

    @Test
    void ofACauseItSaysTheKindOnly() {
        log.note(Refusal.unavailable(new IllegalStateException("outer", new ArithmeticException("with a secret"))));

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(
                "webhook refused: UNAVAILABLE (the webhook could not be stored; send it again), ArithmeticException");
        assertThat(lines.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }
}
