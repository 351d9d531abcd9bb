package app.kulti.recording.processor.translation;

import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import app.kulti.recording.processor.recording.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The product spec's four events. They know one id, the one that a start answers with, and usually no time. */
final class Simple {
    private Simple() {}

    static Optional<Translation> translate(Message message) {
        return evidence(message).map(said -> of(message, said));
    }

    private static Optional<Evidence> evidence(Message message) {
        return switch (message.type()) {
            case "recording.started" -> Optional.of(new Evidence.Started(message.stamp(), message.at()));
            case "recording.stopped" -> Optional.of(stopped(message));
            case "recording.success" -> file(message);
            case "recording.failed" -> Optional.of(new Evidence.Failed(message.stamp(),
                    Objects.requireNonNullElse(message.body().text("error_type", "error", "reason"), "UNKNOWN")));
            default -> Optional.empty();
        };
    }

    private static Evidence stopped(Message message) {
        var reason = message.body().text("reason");
        return reason == null
                ? new Evidence.Stopped(message.stamp(), message.at(), null)
                : WebhookTranslator.failureIn(reason)
                        .<Evidence>map(failure -> new Evidence.Failed(message.stamp(), failure))
                        .orElseGet(() -> new Evidence.Stopped(message.stamp(), message.at(), reason));
    }

    private static Optional<Evidence> file(Message message) {
        var body = message.body();
        var url = body.url("recording_url", "recording_presigned_url", "location", "url");
        var path = body.text("recording_path", "recordingPath");
        if (url == null && path == null) {
            return Optional.empty();
        }
        var size = body.number("size");
        var format = body.text("format");
        var film = new Film(null, path, Message.address(url), size != null ? size : body.number("fileSize"),
                body.number("duration"), body.text("resolution"),
                format != null ? format : Message.format(path, Message.address(url)), null, null);
        return Optional.of(message.file(film, url));
    }

    private static Translation of(Message message, Evidence said) {
        var body = message.body();
        var id = body.text("id", "recording_id", "recordingId");
        List<OutsideId> ids = Message.ids(Message.id(Kind.JOB, id));
        var session = body.text("session_id");
        var evidence = new ArrayList<Evidence>();
        evidence.add(new Evidence.Identified(message.stamp(), ids, session));
        evidence.add(said);
        return new Translation(new Sighting(ids,
                Message.ids(Message.id(Kind.BEAM, id), Message.id(Kind.RECORDING, id), Message.id(Kind.ASSET, id)),
                message.room(), session, null, null, message.at(), said instanceof Evidence.Started, true), evidence);
    }
}
