package app.kulti.recording.infra.local.hms.webhook;

import app.kulti.recording.infra.local.hms.beam.Announcements.Event;
import app.kulti.recording.infra.local.hms.beam.Asset;
import app.kulti.recording.infra.local.hms.beam.Dialect;
import app.kulti.recording.infra.local.hms.beam.Recording;
import app.kulti.recording.infra.local.hms.beam.Stage;
import app.kulti.recording.infra.local.hms.beam.Stage.Beam;
import app.kulti.recording.infra.local.hms.beam.Stage.Stop;
import app.kulti.recording.infra.local.hms.file.SignedLinks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Words what happened. The fields of the {@code beam} dialect, their order, and which of them an event lacks are those
 * of 100ms's own samples: {@code beam.recording.success} has no {@code job_id}.
 */
final class WebhookBodies {
    private final SignedLinks links;
    private final Duration linkLife;
    private final Account account;
    private final Supplier<UUID> ids;

    /** Ids that are the same in all webhooks of a workspace. */
    record Account(String accountId, String templateId) {}

    WebhookBodies(SignedLinks links, Duration linkLife, Account account, Supplier<UUID> ids) {
        this.links = links;
        this.linkLife = linkLife;
        this.account = account;
        this.ids = ids;
    }

    /** A webhook's body, and its id if its dialect has one. */
    record Body(@Nullable String eventId, Map<String, @Nullable Object> json) {}

    Body of(Event event, Recording recording, Dialect dialect, Instant now) {
        return switch (dialect) {
            case BEAM -> beam(event, recording, now);
            case SIMPLE -> new Body(null, simple(event, recording));
        };
    }

    private Body beam(Event event, Recording recording, Instant now) {
        String id = ids.get().toString();
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("version", "2.0");
        envelope.put("id", id);
        envelope.put("account_id", account.accountId());
        envelope.put("timestamp", now.truncatedTo(ChronoUnit.SECONDS));
        envelope.put("type", event.in(Dialect.BEAM));
        envelope.put("data", beamData(event, recording, now));
        return new Body(id, envelope);
    }

    private Map<String, @Nullable Object> beamData(Event event, Recording recording, Instant now) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Beam beam = recording.stage().beamOrNull();
        data.put("beam_id", beam == null ? "" : beam.id());
        if (event != Event.SUCCEEDED) {
            data.put("job_id", recording.id());
            data.put("recording_enabled", true);
        }
        data.put("metadata_id", ids.get());
        data.put("metadata_timestamp", now);
        data.put("peer_id", recording.peerId());
        data.put("room_id", recording.roomId());
        data.put("session_id", recording.sessionId());
        data.put("template_id", account.templateId());
        data.put("max_width", recording.ask().resolution().width());
        data.put("max_height", recording.ask().resolution().height());
        data.put("meeting_url", recording.meetingUrl());
        data.put("rtmp", List.of());
        data.put("session_started_at", recording.sessionStartedAt());
        switch (event) {
            case STARTED -> data.put("start_delay", startDelay(recording, beam));
            case STOPPED -> {
                data.put("duration", recording.seconds());
                data.put("reason", reason(recording));
            }
            case SUCCEEDED -> recording.asset().ifPresent(asset -> putFile(data, recording, asset));
            case FAILED -> putFailure(data, recording);
        }
        return data;
    }

    private static long startDelay(Recording recording, @Nullable Beam beam) {
        return beam == null ? 0 : Duration.between(recording.createdAt(), beam.startedAt()).toSeconds();
    }

    private static String reason(Recording recording) {
        Stop stop = recording.stage().stopOrNull();
        return stop == null ? "" : stop.reason();
    }

    private void putFile(Map<String, @Nullable Object> data, Recording recording, Asset asset) {
        Beam beam = recording.stage().beamOrNull();
        Stop stop = recording.stage().stopOrNull();
        data.put("created_at", asset.createdAt());
        data.put("duration", asset.seconds());
        data.put("recording_id", asset.recordingId());
        data.put("recording_path", asset.path());
        data.put("recording_presigned_url", links.link(asset.path(), linkLife));
        data.put("started_at", beam == null ? null : beam.startedAt());
        data.put("stopped_at", stop == null ? null : stop.at());
        data.put("size", asset.movie().size());
    }

    private static void putFailure(Map<String, @Nullable Object> data, Recording recording) {
        data.put("duration", recording.seconds());
        if (recording.stage() instanceof Stage.Failed failed) {
            data.put("error_code", 1);
            data.put("error_message", failed.failure().message());
            data.put("error_type", failed.failure().type());
        }
    }

    private Map<String, @Nullable Object> simple(Event event, Recording recording) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("id", recording.id());
        data.put("room_id", recording.roomId());
        if (event == Event.SUCCEEDED) {
            recording.asset().ifPresent(asset -> {
                data.put("recording_url", links.link(asset.path(), linkLife));
                data.put("duration", asset.seconds());
                data.put("size", asset.movie().size());
                data.put("resolution",
                        recording.ask().resolution().width() + "x" + recording.ask().resolution().height());
                data.put("format", "mp4");
            });
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", event.in(Dialect.SIMPLE));
        body.put("data", data);
        return body;
    }
}
