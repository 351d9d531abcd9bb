package app.kulti.recording.processor.translation;

import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import app.kulti.recording.processor.recording.Sighting;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The single MP4 of an HLS stream. Of several layers, the same film in several sizes, the first and largest is taken; a
 * stream without single files leaves a playlist, which is no film to keep.
 */
final class LayerFile {
    private static final String LARGEST = "0";

    private LayerFile() {}

    static Optional<Translation> translate(Message message) {
        return largest(message.body().data().path("recording_single_files"))
                .flatMap(file -> translate(message, message.body().within(file)));
    }

    private static Optional<JsonNode> largest(JsonNode files) {
        return files.valueStream().filter(file -> file.path("layer").asString("").equals(LARGEST)).findFirst();
    }

    private static Optional<Translation> translate(Message message, Body file) {
        var path = file.text("recording_path");
        var asset = file.text("asset_id");
        if (path == null && asset == null) {
            return Optional.empty();
        }
        var stream = message.body();
        var url = file.url("recording_presigned_url");
        var from = stream.time("started_at");
        var to = stream.time("stopped_at");
        var film = new Film(asset, path, Message.address(url), file.number("size"), message.duration(from, to),
                Message.resolution(file.number("width"), file.number("height")), Message.format(path), from, to);
        var ids = Message.ids(Message.id(Kind.ASSET, asset), Message.id(Kind.PATH, path));
        var session = stream.text("session_id");
        return Optional.of(new Translation(
                new Sighting(ids, List.of(), message.room(), session, from, to, message.at(), false, false),
                List.of(new Evidence.Identified(message.stamp(), ids, session), message.file(film, url))));
    }
}
