package app.kulti.recording.infra.local.hms.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.hms.beam.Announcements.Event;
import app.kulti.recording.infra.local.hms.beam.Ask;
import app.kulti.recording.infra.local.hms.beam.Asset;
import app.kulti.recording.infra.local.hms.beam.Dialect;
import app.kulti.recording.infra.local.hms.beam.Plan;
import app.kulti.recording.infra.local.hms.beam.Recording;
import app.kulti.recording.infra.local.hms.beam.Resolution;
import app.kulti.recording.infra.local.hms.beam.Stage;
import app.kulti.recording.infra.local.hms.file.SignedLinks;
import app.kulti.recording.infra.local.hms.movie.MovieFile;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields are those of 100ms's documented samples, no more and no fewer, apart from the deprecated aliases. */
class WebhookBodiesTest {
    private static final Instant NOW = Instant.parse("2021-11-30T12:59:57.797972469Z");
    private static final String[] BEAM = {"beam_id", "job_id", "metadata_id", "metadata_timestamp", "peer_id",
            "recording_enabled", "room_id", "session_id", "template_id", "max_width", "max_height", "meeting_url",
            "rtmp",
            "session_started_at"};

    private final Stage.Beam beam = new Stage.Beam("61a61f2c0000000000000001",
            Instant.parse("2021-11-30T12:58:46.051Z"));
    private final Stage.Stop stop = new Stage.Stop(Instant.parse("2021-11-30T12:59:42.778Z"), "client request");
    private final Asset asset = new Asset("61a61f2c0000000000000002", "61a61f2c0000000000000003",
            "s3://bucket/prefix/ac.mp4", new MovieFile("ac.mp4", 10_024, 10_024, 0, "\"e\""), 56, NOW);
    private final WebhookBodies bodies = new WebhookBodies(
            new SignedLinks("secret", () -> URI.create("http://localhost:8090"), Clock.fixed(NOW, ZoneOffset.UTC)),
            Duration.ofHours(12), new WebhookBodies.Account("account", "template"), UUID::randomUUID);

    @Test
    void theEnvelopeIsVersionTwo() {
        JsonNode body = beam(Event.STARTED, new Stage.Running(beam));

        assertThat(body.propertyNames()).containsExactlyInAnyOrder("version", "id", "account_id", "timestamp", "type",
                "data");
        assertThat(body.get("version").stringValue()).isEqualTo("2.0");
        assertThat(UUID.fromString(body.get("id").stringValue())).isNotNull();
        assertThat(body.get("timestamp").stringValue()).isEqualTo("2021-11-30T12:59:57Z");
        assertThat(body.get("data").get("metadata_timestamp").stringValue())
                .isEqualTo("2021-11-30T12:59:57.797972469Z");
    }

    @Test
    void startedIsAsTheSample() {
        JsonNode body = beam(Event.STARTED, new Stage.Running(beam));

        assertThat(body.get("type").stringValue()).isEqualTo("beam.started.success");
        JsonNode data = body.get("data");
        assertThat(data.propertyNames()).contains(BEAM).contains("start_delay").hasSize(BEAM.length + 1);
        assertThat(data.get("job_id").stringValue()).isEqualTo("61a61f260000000000000000");
        assertThat(data.get("start_delay").intValue()).isEqualTo(6);
        assertThat(data.get("max_width").intValue()).isEqualTo(1280);
        assertThat(data.get("recording_enabled").booleanValue()).isTrue();
        assertThat(data.get("meeting_url").stringValue()).contains("auth_token=");
    }

    @Test
    void stoppedIsAsTheSample() {
        JsonNode body = beam(Event.STOPPED, new Stage.PostProcessing(beam, stop));

        assertThat(body.get("type").stringValue()).isEqualTo("beam.stopped.success");
        JsonNode data = body.get("data");
        assertThat(data.propertyNames()).contains(BEAM).contains("duration", "reason").hasSize(BEAM.length + 2);
        assertThat(data.get("duration").intValue()).isEqualTo(57);
        assertThat(data.get("reason").stringValue()).isEqualTo("client request");
    }

    @Test
    void successIsAsTheSampleAndNamesNoJob() {
        JsonNode body = beam(Event.SUCCEEDED, new Stage.Completed(beam, stop, asset));

        assertThat(body.get("type").stringValue()).isEqualTo("beam.recording.success");
        JsonNode data = body.get("data");
        assertThat(data.propertyNames()).containsExactlyInAnyOrder("beam_id", "created_at", "duration", "metadata_id",
                "metadata_timestamp", "peer_id", "recording_id", "recording_path", "recording_presigned_url", "room_id",
                "started_at", "stopped_at", "session_id", "template_id", "max_height", "max_width", "meeting_url",
                "rtmp",
                "session_started_at", "size");
        assertThat(data.get("recording_id").stringValue()).isEqualTo("61a61f2c0000000000000003");
        assertThat(data.get("recording_path").stringValue()).isEqualTo("s3://bucket/prefix/ac.mp4");
        assertThat(data.get("recording_presigned_url").stringValue())
                .startsWith("http://localhost:8090/files/bucket/prefix/ac.mp4?expires=");
        assertThat(data.get("size").isIntegralNumber()).isTrue();
        assertThat(data.get("size").intValue()).isEqualTo(10_024);
        assertThat(data.get("started_at").stringValue()).isEqualTo("2021-11-30T12:58:46.051Z");
    }

    @Test
    void failureIsAsTheSample() {
        JsonNode body = beam(Event.FAILED,
                new Stage.Failed(beam, stop, new Stage.Failure("UPLOAD_ERROR", "Failed to upload recordings.")));

        assertThat(body.get("type").stringValue()).isEqualTo("beam.failure");
        JsonNode data = body.get("data");
        assertThat(data.propertyNames()).contains(BEAM)
                .contains("duration", "error_code", "error_message", "error_type")
                .hasSize(BEAM.length + 4);
        assertThat(data.get("error_type").stringValue()).isEqualTo("UPLOAD_ERROR");
        assertThat(data.get("error_code").isInt()).isTrue();
    }

    @Test
    void theSimpleDialectHasTheShapeOfTheProductSpecification() {
        JsonNode body = simple(Event.SUCCEEDED, new Stage.Completed(beam, stop, asset));

        assertThat(body.propertyNames()).containsExactly("type", "data");
        assertThat(body.get("type").stringValue()).isEqualTo("recording.success");
        JsonNode data = body.get("data");
        assertThat(data.propertyNames()).containsExactly("id", "room_id", "recording_url", "duration", "size",
                "resolution",
                "format");
        assertThat(data.get("id").stringValue()).isEqualTo("61a61f260000000000000000");
        assertThat(data.get("resolution").stringValue()).isEqualTo("1280x720");
        assertThat(data.get("format").stringValue()).isEqualTo("mp4");
    }

    @Test
    void theSimpleDialectHasFourTypes() {
        assertThat(simple(Event.STARTED, new Stage.Running(beam)).get("type").stringValue())
                .isEqualTo("recording.started");
        assertThat(simple(Event.STOPPED, new Stage.PostProcessing(beam, stop)).get("type").stringValue())
                .isEqualTo("recording.stopped");
        JsonNode failed = simple(Event.FAILED,
                new Stage.Failed(null, stop, new Stage.Failure("BEAM_STOPPED", "too early")));
        assertThat(failed.get("type").stringValue()).isEqualTo("recording.failed");
        assertThat(failed.get("data").propertyNames()).containsExactly("id", "room_id");
    }

    private JsonNode beam(Event event, Stage stage) {
        return json(event, stage, Dialect.BEAM);
    }

    private JsonNode simple(Event event, Stage stage) {
        return json(event, stage, Dialect.SIMPLE);
    }

    private JsonNode json(Event event, Stage stage, Dialect dialect) {
        Instant created = Instant.parse("2021-11-30T12:58:39.4Z");
        Recording recording = new Recording("61a61f260000000000000000", "room", "session", created, "peer",
                new Ask("https://example.com/room?auth_token=t", Resolution.HD, null), Plan.NONE, Recording.Origin.API,
                created, NOW, stage);
        JsonMapper json = JsonMapper.shared();
        return json.readTree(json.writeValueAsString(bodies.of(event, recording, dialect, NOW).json()));
    }
}
