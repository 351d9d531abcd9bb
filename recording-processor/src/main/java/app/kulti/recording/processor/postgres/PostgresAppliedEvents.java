package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.processor.advance.AppliedEvents;
import app.kulti.recording.processor.advance.Cause.Origin;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The applied events of the history. */
final class PostgresAppliedEvents implements AppliedEvents {
    private final DatabaseClient database;

    PostgresAppliedEvents(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Map<EventId, Set<Origin>>> among(Set<EventId> events) {
        return database.sql("""
                SELECT event_id, source_topic, source_partition, source_offset FROM kulti_recording.recording_history
                WHERE event_id = ANY (:events) AND decision = 'applied'
                """).bind("events", events.stream().map(EventId::value).toArray(UUID[]::new))
                .map(row -> Map.entry(new EventId(From.uuid(row, "event_id")), From.origin(row))).all()
                .collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }
}
