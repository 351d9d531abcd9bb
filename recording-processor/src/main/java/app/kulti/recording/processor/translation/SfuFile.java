package app.kulti.recording.processor.translation;

import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import app.kulti.recording.processor.recording.Sighting;
import java.util.List;
import java.util.Optional;

/**
 * Version 1.0 of {@code recording.success} and {@code recording.failed}: SFU recordings, which run by configuration alone.
 * They have no id but the place of the file, so one is known once its file is there and never before.
 */
final class SfuFile {
    private SfuFile() {}

    /** The product spec has events of the same names; those carry an id, and never these two fields. */
    static boolean isIn(Message message) {
        var body = message.body();
        return body.text("id", "recording_id", "recordingId") == null
                && (body.text("recording_path", "session_started_at") != null || body.isVersion("1.0"));
    }

    static Optional<Translation> translate(Message message) {
        var body = message.body();
        var path = body.text("recording_path");
        if (path == null || !message.type().equals("recording.success")) {
            return Optional.empty();
        }
        var url = body.url("recording_presigned_url", "location", "URL");
        var from = body.time("session_started_at");
        var to = body.time("session_stopped_at");
        var film = new Film(null, path, Message.address(url), body.number("size"), message.duration(from, to), null,
                Message.format(path), from, to);
        var ids = Message.ids(Message.id(Kind.PATH, path));
        var session = body.text("session_id");
        return Optional.of(new Translation(
                new Sighting(ids, List.of(), message.room(), session, from, to, message.at(), false, false),
                List.of(new Evidence.Identified(message.stamp(), ids, session), message.file(film, url))));
    }
}
