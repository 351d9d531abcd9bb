package app.kulti.recording.processor.hms;

import static app.kulti.recording.processor.hms.ScriptedHms.answer;
import static app.kulti.recording.processor.hms.ScriptedHms.hangUp;
import static app.kulti.recording.processor.hms.ScriptedHms.json;
import static app.kulti.recording.processor.hms.ScriptedHms.silence;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.hms.ScriptedHms.Answer;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** With every logger at TRACE: what the client is given to keep, and what 100ms says, is in no line and in no answer. */
class SecrecyTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final RoomId ROOM = new RoomId("7");
    private static final String PAGE = "https://kulti.app.100ms.live/preview/{roomId}/viewer?auth_token=s3cr3t-page";
    private static final String RECORDING = """
            {"id":"1","room_id":"7","status":"running","created_at":"2023-03-30T05:14:04Z",
             "meeting_url":"https://k.app.100ms.live/meeting/s3cr3t-room?auth_token=s3cr3t-token"}""";
    private static final String SIGNED = """
            {"id":"1","path":"s3://b/a.mp4","url":"https://b/a.mp4?X-Amz-Signature=s3cr3t-signature","expiry":3600}""";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<Object> answers = new ArrayList<>();

    @BeforeEach
    void listen() {
        root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(new Mute()));
        lines.start();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        root.setLevel(before);
        root.detachAppender(lines);
        root.iteratorForAppenders().forEachRemaining(appender -> appender.clearAllFilters());
    }

    @Test
    void nothingSecretIsSaid() {
        try (var server = new ScriptedHms()) {
            for (var outcome : List.of(json(200, RECORDING), json(200, "{\"data\":[" + RECORDING + "]}"),
                    json(200, SIGNED), json(200, RECORDING.substring(0, RECORDING.length() - 3)),
                    json(400,
                            "{\"message\":\"invalid https://k.app.100ms.live/meeting/s3cr3t-room?auth_token=s3cr3t-token\"}"),
                    json(401, RECORDING), json(503, RECORDING), answer(200, "text/html", RECORDING), silence(),
                    hangUp())) {
                ask(server, outcome);
            }
        }

        assertThat(answers).hasSize(70);
        assertThat(lines.list).as("the loggers were on").hasSizeGreaterThan(100);
        assertThat(lines.list).map(SecrecyTest::text).filteredOn(SecrecyTest::tellsSecrets).isEmpty();
        assertThat(answers).map(Object::toString).filteredOn(SecrecyTest::tellsSecrets).isEmpty();
    }

    private static boolean tellsSecrets(String text) {
        return text.contains("s3cr3t") || text.contains("eyJ") || text.contains(TestHms.APP_SECRET);
    }

    private void ask(ScriptedHms server, Answer outcome) {
        server.on("POST /v2/recordings/room/7/start", outcome).on("POST /v2/recordings/room/7/stop", outcome)
                .on("POST /v2/recordings/1/stop", outcome).on("GET /v2/recordings/1", outcome)
                .on("GET /v2/recordings", outcome).on("GET /v2/recording-assets/1/presigned-url", outcome);
        try (var hms = TestHms.client(TestHms.settings(server.baseUrl(), PAGE), TestHms.impatient(1))) {
            for (var call : List.of(hms.start(ROOM, LIMIT), hms.stop(ROOM, LIMIT), hms.stop("1", LIMIT),
                    hms.look("1", LIMIT), hms.list(ROOM, Instant.EPOCH, LIMIT), hms.sign("1", LIMIT),
                    hms.time(LIMIT))) {
                answers.add(Objects.requireNonNull(call.block(LIMIT)));
            }
        }
    }

    private static String text(ILoggingEvent line) {
        return line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy());
    }

    /** Keeps the flood out of the build's output. */
    private static final class Mute extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            return FilterReply.DENY;
        }
    }
}
