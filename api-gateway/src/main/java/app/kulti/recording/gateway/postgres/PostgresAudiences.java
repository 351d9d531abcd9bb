package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.live.Audiences;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks as the login itself, on nobody's behalf: this function is one of the two that it may call. */
final class PostgresAudiences implements Audiences {
    private static final String AUDIENCE = """
            SELECT person FROM kulti_recording.audience($1) AS people (person) WHERE person IS NOT NULL
            """;

    private final ConnectionFactory pool;

    PostgresAudiences(ConnectionFactory pool) {
        this.pool = pool;
    }

    @Override
    public Mono<Set<UserId>> of(SessionId session) {
        var people = Flux.usingWhen(pool.create(), connection -> people(connection, session), Connection::close)
                .collect(Collectors.toUnmodifiableSet());
        // Whoever gives up waiting must not break the query off: the connection would go back to the pool amidst it.
        return Mono.fromFuture(people::toFuture, true);
    }

    private static Flux<UserId> people(Connection connection, SessionId session) {
        return Flux.from(connection.createStatement(AUDIENCE).bind("$1", session.value()).execute())
                .flatMap(result -> result.map((row, _) -> new UserId(Columns.required(row, "person", UUID.class))));
    }
}
