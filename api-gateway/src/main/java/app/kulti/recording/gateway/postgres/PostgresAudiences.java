package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.live.Audience;
import app.kulti.recording.gateway.live.Audiences;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Row;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks as the login itself, on nobody's behalf: this function is one of the two that it may call. */
final class PostgresAudiences implements Audiences {
    private static final String AUDIENCE = """
            SELECT person, hosts FROM kulti_recording.audience($1) WHERE person IS NOT NULL
            """;

    private final ConnectionFactory pool;

    PostgresAudiences(ConnectionFactory pool) {
        this.pool = pool;
    }

    private record Person(UserId id, boolean hosts) {
        static Person of(Row row) {
            return new Person(new UserId(Columns.required(row, "person", UUID.class)),
                    Columns.required(row, "hosts", Boolean.class));
        }
    }

    @Override
    public Mono<Audience> of(SessionId session) {
        var people = Flux.usingWhen(pool.create(), connection -> AsCaller.query(connection, AUDIENCE,
                List.of(session.value()), Person::of), Connection::close).collectList()
                .map(PostgresAudiences::audience);
        // Whoever gives up waiting must not break the query off: the connection would go back to the pool amidst it.
        return Mono.fromFuture(people::toFuture, true);
    }

    private static Audience audience(List<Person> people) {
        return new Audience(people.stream().filter(Person::hosts).map(Person::id).findFirst().orElse(null),
                people.stream().filter(person -> !person.hosts()).map(Person::id).collect(Collectors.toSet()));
    }
}
