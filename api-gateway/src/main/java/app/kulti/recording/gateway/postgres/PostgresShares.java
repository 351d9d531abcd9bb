package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.access.HostsOnly;
import app.kulti.recording.gateway.playback.PlayableRecordings.Playable;
import app.kulti.recording.gateway.sharing.ShareId;
import app.kulti.recording.gateway.sharing.Shares;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Share links, under their host's row level security; and the one function that needs no user. */
final class PostgresShares implements Shares {
    /** Who may see the recording learns that they are not its host; who may not learns nothing. */
    private static final String SEEN = """
            WITH seen AS MATERIALIZED (
              SELECT r.id, r.session_id, r.session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())) AS hosts
              FROM public.recordings r
              WHERE r.id = $1)""";

    private static final String COLUMNS = """
            l.id, l.created_by, l.created_at, l.expires_at, l.revoked_at, l.opened_count, l.last_opened_at""";

    private static final String MAKE = SEEN + """
            ,
            made AS (
              INSERT INTO kulti_recording.share_links AS l
                (id, recording_id, session_id, created_by, token_hash, expires_at)
              SELECT $2, s.id, s.session_id, kulti_recording.caller(), $3, $4 FROM seen s WHERE s.hosts
              RETURNING %s)
            SELECT s.hosts, %s FROM seen s LEFT JOIN made l ON true
            """.formatted(COLUMNS, COLUMNS);

    private static final String LIST = SEEN + """

            SELECT s.hosts, %s FROM seen s LEFT JOIN kulti_recording.share_links l ON s.hosts AND l.recording_id = s.id
            ORDER BY l.created_at DESC, l.id
            """.formatted(COLUMNS);

    /** The update is carried out although nobody reads it. */
    private static final String REVOKE = SEEN + """
            ,
            revoked AS (
              UPDATE kulti_recording.share_links l SET revoked_at = now()
              FROM seen s
              WHERE l.id = $2 AND l.recording_id = s.id AND l.revoked_at IS NULL)
            SELECT s.hosts, l.id
            FROM seen s LEFT JOIN kulti_recording.share_links l ON s.hosts AND l.recording_id = s.id AND l.id = $2
            """;

    private static final String OPEN = """
            SELECT recording_id, session_id, shared_by, title, duration, status, created_at, recording_url, mirrored,
              source_url, source_url_expires_at, refused_because
            FROM kulti_recording.open_share($1)
            """;

    private final AsCaller database;
    private final OwnRights own;

    PostgresShares(AsCaller database, OwnRights own) {
        this.database = database;
        this.own = own;
    }

    @Override
    public Mono<HostsOnly<Share>> make(Caller caller, RecordingId recording, ShareId id, byte[] tokenHash,
            Instant expiresAt) {
        return database.write(caller, MAKE, List.of(recording.value(), id.value(), tokenHash, expiresAt),
                row -> HostsRow.of(row, PostgresShares::share)).flatMap(HostsRow::all);
    }

    @Override
    public Mono<HostsOnly<Share>> of(Caller caller, RecordingId recording) {
        return database.read(caller, LIST, List.of(recording.value()),
                row -> HostsRow.of(row, PostgresShares::share)).flatMap(HostsRow::all);
    }

    @Override
    public Mono<HostsOnly<ShareId>> revoke(Caller caller, RecordingId recording, ShareId id) {
        return database.write(caller, REVOKE, List.of(recording.value(), id.value()), row -> HostsRow.of(row,
                link -> new ShareId(Columns.required(link, "id", UUID.class)))).flatMap(HostsRow::all);
    }

    private static Share share(Row row) {
        return new Share(new ShareId(Columns.required(row, "id", UUID.class)),
                new UserId(Columns.required(row, "created_by", UUID.class)),
                Columns.required(row, "created_at", Instant.class), Columns.required(row, "expires_at", Instant.class),
                row.get("revoked_at", Instant.class), Columns.required(row, "opened_count", Long.class),
                row.get("last_opened_at", Instant.class));
    }

    @Override
    public Mono<Opened> open(byte[] tokenHash) {
        return own.call(OPEN, List.of(tokenHash), PostgresShares::opened).flatMapIterable(rows -> rows).next();
    }

    private static Opened opened(Row row) {
        var isCopied = Columns.required(row, "mirrored", Boolean.class);
        return new Opened(new Playable(new RecordingId(Columns.required(row, "recording_id", UUID.class)),
                new SessionId(Columns.required(row, "session_id", UUID.class)), Columns.status(row),
                row.get("title", String.class), Columns.required(row, "created_at", Instant.class),
                Columns.file(row, isCopied), row.get("refused_because", String.class)),
                new UserId(Columns.required(row, "shared_by", UUID.class)), row.get("duration", Integer.class));
    }
}
