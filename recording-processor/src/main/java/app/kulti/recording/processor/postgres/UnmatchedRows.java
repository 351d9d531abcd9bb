package app.kulti.recording.processor.postgres;

import app.kulti.recording.processor.advance.Unmatched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Writes down what 100ms is to be asked about. */
final class UnmatchedRows {
    /** What has just begun may find its start in a moment. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    private UnmatchedRows() {}

    /** An event that comes again while it waits goes on waiting. */
    static GenericExecuteSpec insert(DatabaseClient database, List<Unmatched> events, Instant now) {
        return Columns.of(events, database.sql("""
                INSERT INTO kulti_recording.unmatched_events
                  (event_id, adopted_id, names, room_id, since, until, noticed_at, due_at)
                SELECT n.*, :now, :due FROM unnest(:events, :adopted,
                  CAST(string_to_array(:names, chr(30), '') AS jsonb[]), :rooms, :since, :until) AS n
                ON CONFLICT (event_id) DO NOTHING
                """)).uuid("events", event -> event.event().value()).uuid("adopted", event -> event.adopted().value())
                .json("names", event -> FactsJson.writeNames(event.names()))
                .text("rooms", event -> event.room() == null ? null : event.room().value())
                .time("since", Unmatched::since).time("until", Unmatched::until).bound().bind("now", now)
                .bind("due", now.plus(FIRST_PAUSE));
    }
}
