package app.kulti.recording.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.access.Caller;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each transaction is its caller's, and leaves nothing of them on the connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsCallerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String WHO = "SELECT current_user || ' ' || auth.uid() AS who";

    private final App app = new App();
    private final DelayingProxy proxy = new DelayingProxy(app.port());
    private final ConnectionPool direct = pool(app.r2dbcUrl(), 1);
    private final AsCaller database = new AsCaller(direct);

    @AfterEach
    void theConnectionIsBackAndBelongsToNobody() {
        await().atMost(LIMIT)
                .until(() -> direct.getMetrics().map(metrics -> metrics.acquiredSize() == 0).orElse(false));
        var left = Flux.usingWhen(direct.create(), connection -> Flux.from(connection.createStatement("""
                SELECT current_user || ' ' || coalesce(current_setting('request.jwt.claims', true), '')
                  || (now() = statement_timestamp())::text AS who""").execute())
                .flatMap(result -> result.map(row -> row.get("who", String.class))), connection -> connection.close());
        assertThat(left.collectList().block(LIMIT)).containsExactly("kulti_gateway true");
    }

    @AfterAll
    void close() {
        direct.disposeLater().block(LIMIT);
        proxy.close();
    }

    @Test
    void aQueryRunsAsItsCaller() {
        var caller = caller();
        assertThat(who(caller).block(LIMIT)).isEqualTo("authenticated " + caller.id());
    }

    @Test
    void callersWhoShareConnectionsAreNotMixedUp() {
        var pool = pool(app.r2dbcUrl(), 4);
        var shared = new AsCaller(pool);
        var callers = IntStream.range(0, 200).mapToObj(_ -> caller()).toList();
        var answers = Flux.fromIterable(callers).flatMapSequential(caller -> who(shared, caller), 32).collectList()
                .block(LIMIT);
        assertThat(answers).isEqualTo(callers.stream().map(caller -> "authenticated " + caller.id()).toList());
        pool.disposeLater().block(LIMIT);
    }

    @Test
    void nothingIsWritten() {
        assertThatExceptionOfType(R2dbcException.class).isThrownBy(() -> database.read(caller(),
                "DELETE FROM public.recordings RETURNING id", List.of(), row -> row).block(LIMIT))
                .withMessageContaining("read-only");
    }

    @Test
    void theFirstErrorIsTheOneThatIsTold() {
        assertThatExceptionOfType(R2dbcException.class).isThrownBy(() -> database.read(caller(),
                "SELECT 1 / $1::int AS quotient", List.of(0), row -> row).block(LIMIT))
                .withMessageContaining("division by zero");
        assertThatExceptionOfType(R2dbcException.class)
                .isThrownBy(() -> who(new Caller(new UserId(UUID.randomUUID()), "no json")).block(LIMIT))
                .withMessageContaining("json");
    }

    @Test
    void claimsAreDataAndNothingElse() {
        var caller = new Caller(new UserId(UUID.randomUUID()),
                "{\"sub\": \"%s\", \"x\": \"'; RESET ROLE; -- \\u00e4 ä 🎉\"}".formatted(UUID.randomUUID()));
        assertThat(who(caller).block(LIMIT)).startsWith("authenticated ");
    }

    @Test
    void aRequestThatIsGivenUpDoesNotBreakItsTransactionOff() {
        var slow = database.read(caller(), "SELECT pg_sleep(0.3)", List.of(), row -> row);
        assertThat(slow.map(_ -> "ended").timeout(Duration.ofMillis(50), Mono.just("given up")).block(LIMIT))
                .isEqualTo("given up");
        var next = caller();
        assertThat(who(next).block(LIMIT)).isEqualTo("authenticated " + next.id());
    }

    @Test
    void anAnswerIsOneTripToTheDatabaseAway() {
        var pool = pool(app.r2dbcUrl().replace(":" + app.port() + "/", ":" + proxy.port() + "/"), 1);
        var distant = new AsCaller(pool);
        Mono<Integer> trips = distant.read(caller(), "SELECT $1::text", List.of("value"), _ -> proxy.trips())
                .map(List::getFirst);
        trips.block(LIMIT);
        await().atMost(LIMIT).until(() -> pool.getMetrics().map(metrics -> metrics.acquiredSize() == 0).orElse(false));
        proxy.trips();
        assertThat(trips.block(LIMIT)).isEqualTo(1);
        pool.disposeLater().block(LIMIT);
    }

    private Mono<String> who(Caller caller) {
        return who(database, caller);
    }

    private static Mono<String> who(AsCaller database, Caller caller) {
        return database.read(caller, WHO, List.of(), row -> Columns.required(row, "who", String.class))
                .map(List::getFirst);
    }

    private static Caller caller() {
        var user = UUID.randomUUID();
        return new Caller(new UserId(user), "{\"sub\": \"%s\", \"role\": \"authenticated\"}".formatted(user));
    }

    /** Of the gateway's own login. */
    static ConnectionPool pool(String url, int size) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(
                ConnectionFactoryOptions.parse(url).mutate().option(ConnectionFactoryOptions.USER, App.username())
                        .option(ConnectionFactoryOptions.PASSWORD, App.password()).build()))
                .initialSize(1).maxSize(size).build());
    }
}
