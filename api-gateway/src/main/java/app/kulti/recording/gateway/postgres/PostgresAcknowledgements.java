package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.consent.Acknowledgements;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Acknowledgements, under the row level security of those who make and read them. */
final class PostgresAcknowledgements implements Acknowledgements {
    /** Whoever says it twice at the same moment sees neither row yet. */
    private static final String ADD = """
            WITH seen AS MATERIALIZED (SELECT r.id FROM public.recordings r WHERE r.id = $1),
            said AS (
              INSERT INTO kulti_recording.acknowledgements (recording_id, user_id)
              SELECT s.id, kulti_recording.caller() FROM seen s
              ON CONFLICT (recording_id, user_id) DO NOTHING
              RETURNING acknowledged_at)
            SELECT kulti_recording.caller() AS user_id, coalesce(said.acknowledged_at, a.acknowledged_at, now())
              AS acknowledged_at
            FROM seen s
            LEFT JOIN said ON true
            LEFT JOIN kulti_recording.acknowledgements a
              ON a.recording_id = s.id AND a.user_id = kulti_recording.caller()
            """;

    private static final String LIST = """
            SELECT a.user_id, a.acknowledged_at
            FROM public.recordings r LEFT JOIN kulti_recording.acknowledgements a ON a.recording_id = r.id
            WHERE r.id = $1
            ORDER BY a.acknowledged_at, a.user_id
            """;

    private final AsCaller database;

    PostgresAcknowledgements(AsCaller database) {
        this.database = database;
    }

    @Override
    public Mono<Acknowledgement> add(Caller caller, RecordingId recording) {
        return database.write(caller, ADD, List.of(recording.value()), PostgresAcknowledgements::acknowledgement)
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().flatMap(Optional::stream).findFirst()));
    }

    @Override
    public Mono<List<Acknowledgement>> of(Caller caller, RecordingId recording) {
        return database.read(caller, LIST, List.of(recording.value()), PostgresAcknowledgements::acknowledgement)
                .filter(rows -> !rows.isEmpty())
                .map(rows -> rows.stream().flatMap(Optional::stream).toList());
    }

    private static Optional<Acknowledgement> acknowledgement(Row row) {
        return Optional.ofNullable(row.get("user_id", UUID.class)).map(user -> new Acknowledgement(new UserId(user),
                Columns.required(row, "acknowledged_at", Instant.class)));
    }
}
