package app.kulti.recording.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.query.Recordings.Wanted;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Every condition of every read is true here, so that row level security alone decides what there is to see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithoutConditionsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern IS_PARAMETER = Pattern.compile("[a-z]+\\.[a-z_]+ [=<] \\$\\d+");

    private final App app = new App();
    private final ConnectionPool pool = AsCallerIT.pool(app.r2dbcUrl(), 2);
    private final WatchedConnections connections = new WatchedConnections(pool, WithoutConditionsIT::withoutConditions);
    private final AsCaller database = new AsCaller(connections);
    private final PostgresRecordings recordings = new PostgresRecordings(database, new JsonMapper());
    private final PostgresSessions sessions = new PostgresSessions(database);
    private final PostgresHistory history = new PostgresHistory(database);
    private final PostgresChanges changes = new PostgresChanges(database);
    private final PostgresShares shares = new PostgresShares(database, new OwnRights(connections));
    private final PostgresAcknowledgements acknowledgements = new PostgresAcknowledgements(database);
    private final PostgresDeletionRequests requests = new PostgresDeletionRequests(database);

    private final UUID former = UUID.randomUUID();
    private final Lesson mine = new Lesson();
    private final Lesson others = new Lesson();

    /** A session with all that there can be of it; everything of it is known by the session's id. */
    private final class Lesson {
        final UUID host = UUID.randomUUID();
        final UUID participant = UUID.randomUUID();
        final UUID session = app.session("Lesson", host, participant, former);
        final UUID film = recorded("completed");

        Lesson() {
            recorded("recording");
            app.update("DELETE FROM public.session_participants WHERE session_id = ? AND user_id = ?", session, former);
            app.update("DELETE FROM public.recordings WHERE id = ?", recorded("failed"));
        }

        private UUID recorded(String status) {
            var recording = app.recording(session, status);
            app.progress(recording, "wanted", null, "https://files.100ms.live/f.mp4?sig=s", "1 hour");
            app.update("INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,"
                    + " source_partition, source_offset, decided_at, decision, reason)"
                    + " VALUES (?, gen_random_uuid(), 'x', 'x', 0, 0, now(), 'applied', ?)", recording,
                    session.toString());
            app.update("INSERT INTO kulti_recording.share_links (id, recording_id, session_id, created_by, token_hash,"
                    + " expires_at) VALUES (gen_random_uuid(), ?, ?, ?, sha256(?::text::bytea), now())", recording,
                    session, host, recording);
            app.update("INSERT INTO kulti_recording.acknowledgements (recording_id, user_id) VALUES (?, ?)", recording,
                    participant);
            app.update(
                    "INSERT INTO kulti_recording.deletion_requests (id, recording_id, session_id, host_id, requester)"
                            + " VALUES (gen_random_uuid(), ?, ?, ?, ?)",
                    recording, session, host, participant);
            return recording;
        }
    }

    enum Who {
        HOST, PARTICIPANT, ANONYMOUS_PARTICIPANT, FORMER_PARTICIPANT, ANONYMOUS_HOST, STRANGER;

        boolean maySeeRecordings() {
            return compareTo(ANONYMOUS_PARTICIPANT) <= 0;
        }
    }

    /** A read about what is not the caller's, and which sessions its answer was about. */
    enum Read {
        LIST((it, who) -> it.recordings.list(who, new Wanted(100, 0, null, null, null))
                .map(page -> page.recordings().stream().map(one -> one.session().value()).toList())),

        LIST_NARROWED((it, who) -> it.recordings
                .list(who, new Wanted(100, 0, RecordingStatus.FAILED, new SessionId(it.others.session), Instant.EPOCH))
                .map(page -> page.recordings().stream().map(one -> one.session().value()).toList())),

        TOTAL((it, who) -> it.recordings.list(who, new Wanted(1, 0, null, null, null))
                .map(page -> page.total() <= 2
                        ? page.recordings().stream().map(one -> one.session().value()).toList()
                        : List.of(it.others.session))),

        ONE((it, who) -> it.recordings.byId(who, it.notMine()).map(one -> List.of(one.session().value()))),

        ACTIVE((it, who) -> it.recordings.active(who, new SessionId(it.others.session))
                .map(one -> List.of(one.session().value()))),

        PLAYBACK((it, who) -> it.recordings.playable(who, it.notMine()).map(one -> List.of(one.session().value()))),

        TIMELINE((it, who) -> it.history.of(who, it.notMine())
                .map(all -> all.stream().map(one -> UUID.fromString(String.valueOf(one.reason()))).toList())),

        STATS((it, who) -> it.history.sums(who).map(sums -> sums.stream()
                .flatMap(sum -> sum.count() == 1 ? Stream.of(it.mine.session) : Stream.of(it.others.session))
                .toList())),

        SHARES((it, who) -> it.shares.of(who, it.notMine()).map(links -> links.found().stream()
                .map(link -> it.sessionOf(link.createdBy())).toList())),

        ACKNOWLEDGEMENTS((it, who) -> it.acknowledgements.of(who, it.notMine())
                .map(all -> all.stream().map(one -> it.sessionOf(one.userId())).toList())),

        DELETION_REQUESTS((it, who) -> it.requests.of(who, it.notMine())
                .map(all -> all.stream().map(one -> one.session().value()).toList())),

        CHANGES((it, who) -> it.changes.since(who, Instant.EPOCH).map(one -> one.sessionId().value()).collectList()),

        HOST_OF_RECORDING((it, who) -> it.sessions.seenBy(who, it.notMine())
                .map(seen -> List.of(seen.session().value())));

        // Lambdas that hold nothing, whose type does not say so.
        @SuppressWarnings("ImmutableEnumChecker")
        private final BiFunction<WithoutConditionsIT, Caller, Mono<List<UUID>>> read;

        Read(BiFunction<WithoutConditionsIT, Caller, Mono<List<UUID>>> read) {
            this.read = read;
        }

        Set<UUID> sessionsSeenBy(WithoutConditionsIT it, Caller caller) {
            return read.apply(it, caller).blockOptional(LIMIT).stream().flatMap(List::stream)
                    .collect(Collectors.toSet());
        }
    }

    @AfterAll
    void close() {
        pool.disposeLater().block(LIMIT);
    }

    @ParameterizedTest
    @EnumSource(Read.class)
    void nobodySeesMore(Read read) {
        for (var who : Who.values()) {
            var seen = read.sessionsSeenBy(this, caller(who));
            if (who.maySeeRecordings()) {
                assertThat(Set.of(mine.session)).as("%s to %s", read, who).containsAll(seen);
            } else {
                assertThat(seen).as("%s to %s", read, who).isEmpty();
            }
        }
        assertThat(read.sessionsSeenBy(this, caller(Who.HOST))).as("conditions are off: a host gets their own for "
                + "what is another's").containsExactly(mine.session);
    }

    @ParameterizedTest
    @EnumSource(Read.class)
    void eachIsOneTransactionOfOneStatement(Read read) {
        connections.forget();
        read.sessionsSeenBy(this, caller(Who.HOST));
        // An answer does not wait for the end of its transaction.
        await().atMost(LIMIT).until(() -> connections.heard().contains("close"));
        assertThat(connections.heard()).hasSize(4).startsWith("BEGIN").endsWith("rollbackTransaction", "close")
                .element(1).isIn("SELECT", "WITH");
    }

    @Test
    void whoHasLeftSeesNothingOfTheirSession() {
        assertThat(recordings.byId(caller(Who.FORMER_PARTICIPANT), new RecordingId(mine.film)).blockOptional(LIMIT))
                .isEmpty();
    }

    private static String withoutConditions(String sql) {
        return IS_PARAMETER.matcher(sql.replace("WHERE ", "WHERE true OR ")).replaceAll("($0 OR true)");
    }

    private Caller caller(Who who) {
        var user = switch (who) {
            case HOST, ANONYMOUS_HOST -> mine.host;
            case PARTICIPANT, ANONYMOUS_PARTICIPANT -> mine.participant;
            case FORMER_PARTICIPANT -> former;
            case STRANGER -> UUID.randomUUID();
        };
        var anonymous = who == Who.ANONYMOUS_HOST || who == Who.ANONYMOUS_PARTICIPANT;
        return new Caller(new UserId(user), "{\"sub\": \"%s\", \"role\": \"authenticated\", \"is_anonymous\": %s}"
                .formatted(user, anonymous));
    }

    private RecordingId notMine() {
        return new RecordingId(others.film);
    }

    private UUID sessionOf(UserId user) {
        return List.of(mine.host, mine.participant).contains(user.value()) ? mine.session : others.session;
    }
}
