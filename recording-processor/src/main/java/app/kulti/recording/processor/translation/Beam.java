package app.kulti.recording.processor.translation;

import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import app.kulti.recording.processor.recording.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code beam.*} webhooks: composite recordings, which are what this system starts. */
final class Beam {
    private Beam() {}

    static Optional<Translation> translate(Message message) {
        if (message.body().isFalse("recording_enabled")) {
            // It streams to somewhere and records nothing.
            return Optional.empty();
        }
        return switch (message.type()) {
            case "beam.started.success" -> Optional.of(of(message, List.of(), message.at(), null, true,
                    new Evidence.Started(message.stamp(), message.at())));
            case "beam.stopped.success" -> Optional.of(stopped(message));
            case "beam.recording.success" -> file(message);
            case "beam.failure" -> Optional.of(of(message, List.of(), message.atLessDuration(), null, false,
                    new Evidence.Failed(message.stamp(), failure(message))));
            default -> Optional.empty();
        };
    }

    private static Translation stopped(Message message) {
        var reason = message.body().text("reason");
        var evidence = new ArrayList<Evidence>();
        evidence.add(new Evidence.Stopped(message.stamp(), message.at(), reason));
        if (reason != null) {
            WebhookTranslator.failureIn(reason)
                    .ifPresent(failure -> evidence.add(new Evidence.Failed(message.stamp(), failure)));
        }
        return of(message, List.of(), message.atLessDuration(), message.at(), false, evidence.toArray(Evidence[]::new));
    }

    private static String failure(Message message) {
        return Objects.requireNonNullElse(message.body().text("error_type", "error", "error_message"), "UNKNOWN");
    }

    private static Optional<Translation> file(Message message) {
        var body = message.body();
        var path = body.text("recording_path");
        var url = body.url("recording_presigned_url", "location", "URL");
        if (path == null && url == null) {
            return Optional.empty();
        }
        var from = body.time("started_at");
        var to = body.time("stopped_at");
        var film = new Film(null, path, Message.address(url), body.number("size"), message.duration(from, to),
                Message.resolution(body.number("max_width"), body.number("max_height")),
                Message.format(path, Message.address(url)), from, to);
        var place = Message.ids(Message.id(Kind.PATH, path));
        return Optional.of(of(message, place, from, to, false, message.file(film, url)));
    }

    private static Translation of(Message message, List<OutsideId> place, @Nullable Instant begunAt,
            @Nullable Instant endedAt, boolean begins, Evidence... evidence) {
        var body = message.body();
        var session = body.text("session_id");
        var recording = body.text("recording_id");
        var ids = new ArrayList<>(Message.ids(Message.id(Kind.BEAM, body.text("beam_id")),
                Message.id(Kind.JOB, body.text("job_id")), Message.id(Kind.RECORDING, recording)));
        ids.addAll(place);
        var said = new ArrayList<Evidence>();
        said.add(new Evidence.Identified(message.stamp(), ids, session));
        said.addAll(List.of(evidence));
        return new Translation(new Sighting(ids,
                Message.ids(Message.id(Kind.JOB, recording), Message.id(Kind.ASSET, recording)), message.room(),
                session, begunAt, endedAt, message.at(), begins, true), said);
    }
}
