package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.access.HostsOnly;
import app.kulti.recording.gateway.consent.DeletionRequests;
import app.kulti.recording.gateway.consent.RequestId;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Deletion requests, under the row level security of requesters and hosts. */
final class PostgresDeletionRequests implements DeletionRequests {
    private static final String COLUMNS = """
            d.id, d.recording_id, d.session_id, d.requester, d.reason, d.created_at, d.decision, d.decided_at""";

    private static final String ASK = """
            WITH seen AS MATERIALIZED (SELECT r.id, r.session_id FROM public.recordings r WHERE r.id = $1),
            asked AS (
              INSERT INTO kulti_recording.deletion_requests AS d
                (id, recording_id, session_id, host_id, requester, reason)
              SELECT $2, s.id, s.session_id, kulti_recording.host_of(s.session_id), kulti_recording.caller(),
                nullif($3, '')
              FROM seen s
              ON CONFLICT (recording_id, requester) WHERE decided_at IS NULL DO NOTHING
              RETURNING %s),
            waiting AS (
              SELECT %s FROM asked d
              UNION ALL
              SELECT %s FROM kulti_recording.deletion_requests d JOIN seen s ON s.id = d.recording_id
              WHERE d.requester = kulti_recording.caller() AND d.decided_at IS NULL)
            SELECT %s, NULL::timestamptz AS deleted_at FROM seen s LEFT JOIN waiting d ON true
            """.formatted(COLUMNS, COLUMNS, COLUMNS, COLUMNS);

    /** A request outlives its recording, so neither is looked for by the other. */
    private static final String LIST = """
            SELECT r.id IS NOT NULL AS seen, %s, t.deleted_at
            FROM (VALUES (true)) one
            LEFT JOIN public.recordings r ON r.id = $1
            LEFT JOIN kulti_recording.deletion_requests d ON d.recording_id = $1
            LEFT JOIN kulti_recording.deleted_recordings t ON t.recording_id = $1
            ORDER BY d.created_at, d.id
            """.formatted(COLUMNS);

    private static final String DECIDE = """
            WITH wish AS MATERIALIZED (
              SELECT %s, d.session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())) AS hosts,
                r.status IS NOT DISTINCT FROM 'recording' AS records
              FROM kulti_recording.deletion_requests d LEFT JOIN public.recordings r ON r.id = d.recording_id
              WHERE d.id = $2 AND d.recording_id = $1),
            decided AS (
              UPDATE kulti_recording.deletion_requests d
              SET decided_at = now(), decision = $3, command_id = CASE WHEN $3 = 'accepted' THEN $4::uuid END
              FROM wish w
              WHERE d.id = w.id AND w.hosts AND d.decided_at IS NULL AND ($3 = 'declined' OR NOT w.records)
              RETURNING d.decision, d.decided_at)
            SELECT w.id, w.recording_id, w.session_id, w.requester, w.reason, w.created_at, w.hosts, w.records,
              coalesce(decided.decision, w.decision) AS decision,
              coalesce(decided.decided_at, w.decided_at) AS decided_at, t.deleted_at
            FROM wish w
            LEFT JOIN decided ON true
            LEFT JOIN kulti_recording.deleted_recordings t ON t.recording_id = w.recording_id
            """.formatted(COLUMNS);

    private final AsCaller database;

    PostgresDeletionRequests(AsCaller database) {
        this.database = database;
    }

    /** Whoever asks twice at the same moment may see neither request yet, and looks once more. */
    @Override
    public Mono<DeletionRequest> ask(Caller caller, RecordingId recording, RequestId id, @Nullable String reason) {
        return database.write(caller, ASK,
                List.of(recording.value(), id.value(), Objects.requireNonNullElse(reason, "")),
                PostgresDeletionRequests::request)
                .filter(rows -> !rows.isEmpty())
                .map(rows -> rows.getFirst().orElseThrow(AskedTwiceAtOnce::new))
                .retryWhen(Retry.max(1).filter(AskedTwiceAtOnce.class::isInstance));
    }

    private static final class AskedTwiceAtOnce extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Mono<List<DeletionRequest>> of(Caller caller, RecordingId recording) {
        return database.read(caller, LIST, List.of(recording.value()), Listed::of)
                .filter(rows -> rows.stream().anyMatch(Listed::isAnything))
                .map(rows -> rows.stream().flatMap(row -> row.request().stream()).toList());
    }

    private record Listed(boolean recordingSeen, Optional<DeletionRequest> request) {
        static Listed of(Row row) {
            return new Listed(Columns.required(row, "seen", Boolean.class), PostgresDeletionRequests.request(row));
        }

        boolean isAnything() {
            return recordingSeen || request.isPresent();
        }
    }

    @Override
    public Mono<HostsOnly<Decided>> decide(Caller caller, RecordingId recording, RequestId request, Decision decision,
            CommandId delete) {
        return database.write(caller, DECIDE,
                List.of(recording.value(), request.value(), decision.word(), delete.value()),
                row -> HostsRow.of(row, PostgresDeletionRequests::decided)).flatMap(HostsRow::all);
    }

    private static Decided decided(Row row) {
        return new Decided(request(row).orElseThrow(), Columns.required(row, "records", Boolean.class));
    }

    private static Optional<DeletionRequest> request(Row row) {
        return Optional.ofNullable(row.get("id", UUID.class)).map(id -> new DeletionRequest(new RequestId(id),
                new RecordingId(Columns.required(row, "recording_id", UUID.class)),
                new SessionId(Columns.required(row, "session_id", UUID.class)),
                new UserId(Columns.required(row, "requester", UUID.class)), row.get("reason", String.class),
                Columns.required(row, "created_at", Instant.class), decision(row),
                row.get("decided_at", Instant.class), row.get("deleted_at", Instant.class)));
    }

    private static @Nullable Decision decision(Row row) {
        var word = row.get("decision", String.class);
        return word == null ? null : Decision.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
