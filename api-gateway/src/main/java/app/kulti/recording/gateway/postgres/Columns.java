package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.gateway.playback.RecordingFile;
import io.r2dbc.spi.Row;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Columns that several queries have. */
final class Columns {
    private Columns() {}

    /** One that the schema declares NOT NULL. */
    static <T> T required(Row row, String name, Class<T> type) {
        var value = row.get(name, type);
        if (value == null) {
            throw new IllegalStateException("the column " + name + " is null");
        }
        return value;
    }

    static RecordingStatus status(Row row) {
        return RecordingStatus.valueOf(required(row, "status", String.class).toUpperCase(Locale.ROOT));
    }

    /** The word for {@link #status} in tables. */
    static String name(RecordingStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** Where the film is: {@code recording_url} is the object's key once it is copied. */
    static RecordingFile file(Row row, boolean isCopied) {
        var source = row.get("source_url", String.class);
        var duration = row.get("duration", Integer.class);
        return new RecordingFile(isCopied ? row.get("recording_url", String.class) : null,
                source == null ? null : new SignedUrl(URI.create(source)),
                row.get("source_url_expires_at", Instant.class),
                duration == null ? null : Duration.ofSeconds(duration));
    }
}
