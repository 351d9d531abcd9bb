package app.kulti.recording.processor.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Each dialect's events, read from one sample file each. */
class WebhookTranslatorTest {
    private static final String BEAM_PATH = "s3://hms-bucket/customer/beam/room-1/20211130/Rec-room-1-1638277114.mp4";

    @Test
    void aBeamThatStartedRecords() {
        var started = translated("beam-started");

        assertThat(said(started, Evidence.Started.class).startedAt())
                .isEqualTo(Instant.parse("2021-11-30T12:58:46.400759043Z"));
        assertThat(started.sighting().ids()).containsExactly(new OutsideId(Kind.BEAM, "beam-1"),
                new OutsideId(Kind.JOB, "job-1"));
        assertThat(started.sighting().room()).isEqualTo(new RoomId("room-1"));
        assertThat(started.sighting().hmsSession()).isEqualTo("hms-1");
        assertThat(started.sighting().begins()).isTrue();
        assertThat(said(started, Evidence.Identified.class).ids()).isEqualTo(started.sighting().ids());
    }

    @Test
    void aBeamThatOnlyStreamsIsNoRecording() {
        assertThat(translate("beam-started-rtmp-only")).isEmpty();
    }

    @Test
    void aBeamThatStoppedSaysWhenAndWhyAndByItsDurationWhenItBegan() {
        var stopped = translated("beam-stopped");
        var at = Instant.parse("2021-11-30T12:59:57.797972469Z");

        assertThat(said(stopped, Evidence.Stopped.class)).satisfies(evidence -> {
            assertThat(evidence.endedAt()).isEqualTo(at);
            assertThat(evidence.reason()).isEqualTo("client request");
            assertThat(evidence.stamp().at()).isEqualTo(at);
        });
        assertThat(stopped.sighting().begunAt()).isEqualTo(at.minusSeconds(56));
        assertThat(stopped.sighting().begins()).isFalse();
        assertThat(stopped.evidence()).noneMatch(Evidence.Failed.class::isInstance);
    }

    @Test
    void aBeamThatStoppedForAFailureHasFailed() {
        var stopped = translated("beam-stopped-failure");

        assertThat(said(stopped, Evidence.Failed.class).failure()).isEqualTo("UPLOAD_ERROR");
        assertThat(said(stopped, Evidence.Stopped.class).reason()).isEqualTo("failure: UPLOAD_ERROR");
    }

    @Test
    void aBeamsFileIsFoundByItsPlaceAndReadByItsUrl() {
        var file = translated("beam-recording-success");

        var ready = said(file, Evidence.FileReady.class);
        assertThat(ready.film()).satisfies(film -> {
            assertThat(film.path()).isEqualTo(BEAM_PATH);
            assertThat(film.address()).isEqualTo("https://files.100ms.live/Rec-room-1-1638277114.mp4");
            assertThat(film.size()).isEqualTo(10_024);
            assertThat(film.durationSeconds()).isEqualTo(79);
            assertThat(film.resolution()).isEqualTo("1280x720");
            assertThat(film.format()).isEqualTo("mp4");
            assertThat(film.startedAt()).isEqualTo(Instant.parse("2021-11-30T12:58:34.051Z"));
            assertThat(film.stoppedAt()).isEqualTo(Instant.parse("2021-11-30T12:59:56.778Z"));
        });
        assertThat(ready.link()).isNotNull();
        assertThat(ready.link().expiresAt()).as("as its own query says")
                .isEqualTo(Instant.parse("2021-12-01T00:59:57Z"));
        assertThat(file.sighting().ids()).containsExactly(new OutsideId(Kind.BEAM, "beam-1"),
                new OutsideId(Kind.RECORDING, "rec-1"), new OutsideId(Kind.PATH, BEAM_PATH));
        assertThat(file.sighting().alsoKnownAs()).contains(new OutsideId(Kind.JOB, "rec-1"));
        assertThat(file.sighting().begunAt()).isEqualTo(ready.film().startedAt());
        assertThat(file.sighting().endedAt()).isEqualTo(ready.film().stoppedAt());
    }

    @Test
    void aBeamThatFailedSaysWhy() {
        var failed = translated("beam-failure");

        assertThat(said(failed, Evidence.Failed.class).failure()).isEqualTo("UPLOAD_ERROR");
        assertThat(failed.sighting().begunAt()).isEqualTo(Instant.parse("2021-11-30T20:35:59.5Z"));
    }

    @Test
    void anSfuRecordingIsKnownByThePlaceOfItsFileAlone() {
        var file = translated("sfu-recording-success");

        assertThat(said(file, Evidence.FileReady.class).film().durationSeconds()).isEqualTo(600);
        assertThat(file.sighting().ids()).containsExactly(new OutsideId(Kind.PATH, "s3://hms-bucket/sfu/room-1.mp4"));
        assertThat(file.sighting().composite()).isFalse();
    }

    @Test
    void anSfuRecordingWithoutAFileIsNoRow() {
        assertThat(translate("sfu-recording-failed")).isEmpty();
    }

    @Test
    void ofAnHlsStreamsFilesTheLargestLayerIsTheFilm() {
        var file = translated("hls-recording-success");

        assertThat(said(file, Evidence.FileReady.class).film()).satisfies(film -> {
            assertThat(film.assetId()).isEqualTo("asset-0");
            assertThat(film.resolution()).isEqualTo("1920x1080");
            assertThat(film.size()).isEqualTo(10_024);
            assertThat(film.durationSeconds()).isEqualTo(56);
        });
        assertThat(file.sighting().composite()).isFalse();
    }

    @Test
    void theSimpleEventsKnowTheIdThatTheStartAnsweredWith() {
        var started = translated("simple-recording-started");

        assertThat(said(started, Evidence.Started.class).startedAt()).isNull();
        assertThat(started.sighting().ids()).containsExactly(new OutsideId(Kind.JOB, "job-1"));
        assertThat(started.sighting().begins()).isTrue();
        assertThat(said(translated("simple-recording-stopped"), Evidence.Stopped.class).endedAt()).isNull();
        assertThat(said(translated("simple-recording-failed"), Evidence.Failed.class).failure()).isEqualTo("UNKNOWN");
    }

    @Test
    void theSimpleSuccessIsNotTakenForAnSfuRecording() {
        var file = translated("simple-recording-success");

        var ready = said(file, Evidence.FileReady.class);
        assertThat(ready.film().size()).isEqualTo(1_073_741_824);
        assertThat(ready.film().durationSeconds()).isEqualTo(3_600);
        assertThat(ready.film().address()).isEqualTo("https://files.100ms.live/rec.mp4");
        assertThat(ready.link()).isNotNull();
        assertThat(ready.link().expiresAt()).isNull();
        assertThat(file.sighting().composite()).isTrue();
    }

    @Test
    void anUnknownTypeSaysNothingAndIsNoError() {
        assertThat(translate("unknown-type")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "7", ""})
    void aBodyThatIsNoJsonObjectCannotBeRead(String body) {
        assertThatThrownBy(() -> WebhookTranslator.translate(webhook("beam.started.success", body), id()))
                .isInstanceOf(UnreadableMessage.class).hasNoCause();
    }

    @Test
    void aFieldOfTheWrongKindIsAFieldThatIsNotThere() {
        var body = """
                {"type":"beam.recording.success","timestamp":7,"data":{"beam_id":"b","recording_path":"s3://x/a.mp4",
                 "duration":"long","size":-1,"max_width":{},"started_at":"yesterday","recording_presigned_url":"https://["}}
                """;

        var file = WebhookTranslator.translate(webhook("beam.recording.success", body), id()).orElseThrow();

        assertThat(said(file, Evidence.FileReady.class)).satisfies(ready -> {
            assertThat(ready.stamp().at()).isNull();
            assertThat(ready.link()).isNull();
            assertThat(ready.film().durationSeconds()).isNull();
            assertThat(ready.film().size()).isNull();
            assertThat(ready.film().startedAt()).isNull();
        });
    }

    private static <E extends Evidence> E said(Translation translation, Class<E> kind) {
        return translation.evidence().stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    private static Translation translated(String sample) {
        return translate(sample).orElseThrow();
    }

    private static Optional<Translation> translate(String sample) {
        var body = read(sample);
        var type = JsonMapper.builder().build().readTree(body).path("type").stringValue();
        return WebhookTranslator.translate(webhook(type, body), id());
    }

    private static EventId id() {
        return EventId.of("11111111-1111-4111-8111-111111111111");
    }

    private static HmsWebhook webhook(String type, String body) {
        return new HmsWebhook.Delivered(type, null, null, RawBody.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String read(String sample) {
        try (var in = WebhookTranslatorTest.class.getResourceAsStream("/webhooks/" + sample + ".json")) {
            if (in == null) {
                throw new IllegalStateException("there is no sample " + sample);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
