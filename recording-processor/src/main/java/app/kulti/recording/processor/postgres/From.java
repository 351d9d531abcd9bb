package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.events.wire.EventJson;
import app.kulti.recording.processor.advance.Cause;
import app.kulti.recording.processor.advance.KnownSession;
import app.kulti.recording.processor.advance.Note;
import app.kulti.recording.processor.advance.Start;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.advance.Unmatched;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Facts;
import app.kulti.recording.processor.recording.Join;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import app.kulti.recording.processor.recording.Tombstone;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows, read. */
final class From {
    /** What {@link #stored} reads, of a recording's progress {@code p}. */
    static final String STORED = """
            p.recording_id, p.session_id, p.revision, p.room_id, p.facts, p.source_url, p.due_at, p.mirror_attempts,
            p.mirror_reported_at""";

    /** What {@link #inherited} reads, of a recording {@code r}. */
    static final String INHERITED = """
            r.id, r.session_id, r.status, r.hms_recording_id, r.created_at,
            (SELECT s.hms_room_id FROM kulti_recording.sessions_by_id(ARRAY[r.session_id]) s) AS room_id""";

    private From() {}

    static Stored stored(Readable row) {
        var room = row.get("room_id", String.class);
        return new Stored(
                new Recording(new RecordingId(uuid(row, "recording_id")), new SessionId(uuid(row, "session_id")),
                        room == null ? null : new RoomId(room), required(row.get("revision", Long.class), "revision"),
                        facts(row)),
                row.get("due_at", Instant.class),
                Objects.requireNonNullElse(row.get("mirror_attempts", Integer.class), 0),
                row.get("mirror_reported_at", Instant.class));
    }

    private static Facts facts(Readable row) {
        var url = row.get("source_url", String.class);
        return FactsJson.read(required(json(row, "facts"), "facts"))
                .withUrl(url == null ? null : new SignedUrl(URI.create(url)));
    }

    /** A row that was there before this system: what it says is all that is known. */
    static Stored inherited(Readable row) {
        var id = new RecordingId(uuid(row, "id"));
        var stamp = new Stamp(null, EventId.of("inherited", id.toString(), ""));
        var status = RecordingStatus.valueOf(text(row, "status").toUpperCase(Locale.ROOT));
        var begun = instant(row, "created_at");
        var job = text(row, "hms_recording_id");
        var named = Join.apply(Facts.NONE, new Evidence.Identified(stamp,
                job.isBlank() ? List.of() : List.of(new OutsideId(OutsideId.Kind.JOB, job)), null));
        var room = row.get("room_id", String.class);
        return new Stored(new Recording(id, new SessionId(uuid(row, "session_id")),
                room == null || room.isBlank() ? null : new RoomId(room), 0,
                Join.apply(Join.apply(named, new Evidence.Inherited(stamp, status)),
                        new Evidence.Accepted(stamp, begun))),
                null, 0, null);
    }

    static Start start(Readable row) {
        var stopAt = row.get("stop_wanted_at", Instant.class);
        var stopCommand = row.get("stop_command_id", UUID.class);
        return new Start(new RecordingId(uuid(row, "recording_id")), new CommandId(uuid(row, "command_id")),
                new SessionId(uuid(row, "session_id")), new RoomId(text(row, "room_id")),
                new UserId(uuid(row, "started_by")), instant(row, "issued_at"), instant(row, "deadline"),
                Objects.requireNonNullElse(row.get("attempts", Integer.class), 0),
                row.get("called_at", Instant.class),
                stopAt == null || stopCommand == null ? null : new Start.StopOrder(stopAt, new CommandId(stopCommand)),
                row.get("due_at", Instant.class), row.get("settled_at", Instant.class),
                row.get("outcome", String.class), row.get("trace", String.class));
    }

    static KnownSession session(Readable row) {
        var room = row.get("hms_room_id", String.class);
        var begun = row.get("started_at", Instant.class);
        return new KnownSession(new SessionId(uuid(row, "id")), new UserId(uuid(row, "host_id")),
                room == null || room.isBlank() ? null : new RoomId(room),
                "live".equals(row.get("status", String.class)),
                begun == null ? instant(row, "created_at") : begun);
    }

    static Tombstone tombstone(Readable row) {
        var room = row.get("room_id", String.class);
        return new Tombstone(new RecordingId(uuid(row, "recording_id")), new SessionId(uuid(row, "session_id")),
                room == null ? null : new RoomId(room), row.get("hms_session_id", String.class),
                EventJson.mapper().readTree(required(json(row, "outside_ids"), "outside_ids")).path("hms_recording_id")
                        .path(0).asString(""),
                row.get("begun_at", Instant.class), row.get("ended_at", Instant.class),
                Boolean.TRUE.equals(row.get("was_active", Boolean.class)),
                Objects.requireNonNullElse(row.get("revision", Long.class), 0L),
                Objects.requireNonNullElse(row.get("removal_attempts", Integer.class), 0), instant(row, "deleted_at"),
                row.get("stopped_at", Instant.class), row.get("removed_at", Instant.class));
    }

    static Unmatched unmatched(Readable row) {
        var room = row.get("room_id", String.class);
        return new Unmatched(new EventId(uuid(row, "event_id")), new RecordingId(uuid(row, "adopted_id")),
                FactsJson.readNames(required(json(row, "names"), "names")), room == null ? null : new RoomId(room),
                instant(row, "since"),
                instant(row, "until"));
    }

    static Note note(Readable row) {
        var recording = row.get("recording_id", UUID.class);
        var outcome = json(row, "outcome");
        var decidedAt = instant(row, "decided_at");
        return new Note(row.get("id", Long.class), recording == null ? null : new RecordingId(recording),
                new Cause(new EventId(uuid(row, "event_id")), text(row, "type"), decidedAt,
                        row.get("occurred_at", Instant.class),
                        origin(row), null, null),
                decidedAt, Note.Decision.of(text(row, "decision")), row.get("reason", String.class),
                outcome == null ? null : EventJson.mapper().readValue(outcome, Note.Outcome.class));
    }

    static Cause.Origin origin(Readable row) {
        return new Cause.Origin(text(row, "source_topic"),
                required(row.get("source_partition", Integer.class), "source_partition"),
                required(row.get("source_offset", Long.class), "source_offset"));
    }

    static UUID uuid(Readable row, String column) {
        return required(row.get(column, UUID.class), column);
    }

    static String text(Readable row, String column) {
        return required(row.get(column, String.class), column);
    }

    /** Of a column of type jsonb, which read as a string would begin with the number of its binary form's version. */
    private static @Nullable String json(Readable row, String column) {
        var json = row.get(column, Json.class);
        return json == null ? null : json.asString();
    }

    static Instant instant(Readable row, String column) {
        return required(row.get(column, Instant.class), column);
    }

    private static <T> T required(@Nullable T value, String column) {
        return Objects.requireNonNull(value, () -> column + " is not null by its table's definition");
    }
}
