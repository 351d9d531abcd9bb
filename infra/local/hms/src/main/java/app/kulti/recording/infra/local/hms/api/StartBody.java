package app.kulti.recording.infra.local.hms.api;

import app.kulti.recording.infra.local.hms.beam.Ask;
import app.kulti.recording.infra.local.hms.beam.ObjectIds;
import app.kulti.recording.infra.local.hms.beam.Resolution;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of a start; what 100ms does not document is ignored. */
final class StartBody {
    private StartBody() {}

    /** @throws Refusal 400 for a value that 100ms does not take */
    static Ask read(JsonNode body, String roomId) {
        return new Ask(meetingUrl(body.get("meeting_url"), roomId), resolution(body.get("resolution")),
                text(body.get("destination")));
    }

    private static @Nullable String meetingUrl(@Nullable JsonNode node, String roomId) {
        String url = text(node);
        if (url == null) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException _) {
            throw Refusal.badInput();
        }
        if (uri.getScheme() == null || !uri.getScheme().startsWith("http") || uri.getHost() == null
                || namesAnotherRoom(uri, roomId)) {
            throw Refusal.badInput();
        }
        return url;
    }

    /** A link of 100ms's own form names its room in the path; a page of one's own need not. */
    private static boolean namesAnotherRoom(URI url, String roomId) {
        for (String segment : Optional.ofNullable(url.getPath()).orElse("").split("/", -1)) {
            if (ObjectIds.isOne(segment) && !segment.equals(roomId)) {
                return true;
            }
        }
        return false;
    }

    private static Resolution resolution(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return Resolution.HD;
        }
        Resolution resolution = new Resolution(number(node.get("width")), number(node.get("height")));
        if (!resolution.allowed()) {
            throw Refusal.badInput();
        }
        return resolution;
    }

    private static int number(@Nullable JsonNode node) {
        if (node == null || !node.isInt()) {
            throw Refusal.badInput();
        }
        return node.intValue();
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString() || node.stringValue().isEmpty()) {
            throw Refusal.badInput();
        }
        return node.stringValue();
    }
}
