package app.kulti.recording.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;

/** A URL whose query lets whoever holds it in. Its text form leaves the query out, so that no log line hands it on. */
public record SignedUrl(URI uri) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SignedUrl {}

    /** Scheme, host and path: what may be stored and shown. */
    public URI withoutQuery() {
        return URI.create(toString());
    }

    @JsonValue
    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public String toString() {
        var text = uri.toString();
        var end = text.indexOf('?');
        if (end < 0) {
            end = text.indexOf('#');
        }
        return end < 0 ? text : text.substring(0, end);
    }
}
