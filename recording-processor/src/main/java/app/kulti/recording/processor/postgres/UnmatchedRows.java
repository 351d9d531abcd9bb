package app.kulti.recording.processor.postgres;

import app.kulti.recording.processor.advance.Unmatched;
import app.kulti.recording.processor.postgres.AtOnce.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes down what 100ms is to be asked about. */
final class UnmatchedRows {
    /** What has just begun may find its start in a moment. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    private UnmatchedRows() {}

    /** An event that comes again while it waits goes on waiting. */
    static Part insert(List<Unmatched> events, Instant now) {
        return Part.of("unmatched", events, """
                INSERT INTO kulti_recording.unmatched_events
                  (event_id, adopted_id, names, room_id, since, until, noticed_at, due_at)
                SELECT n.*, :now, :due FROM unnest(:events, :adopted,
                  :names, :rooms, :since, :until) AS n
                ON CONFLICT (event_id) DO NOTHING
                """,
                columns -> columns.uuid("events", event -> event.event().value())
                        .uuid("adopted", event -> event.adopted().value())
                        .json("names", event -> FactsJson.writeNames(event.names()))
                        .text("rooms", event -> event.room() == null ? null : event.room().value())
                        .time("since", Unmatched::since).time("until", Unmatched::until).value("now", now)
                        .value("due", now.plus(FIRST_PAUSE)));
    }
}
