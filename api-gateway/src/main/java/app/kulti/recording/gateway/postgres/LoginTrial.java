package app.kulti.recording.gateway.postgres;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls, as the login itself, a function that it may call, about a session that does not exist. */
final class LoginTrial {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String CALL = """
            SELECT count(*) FROM kulti_recording.audience('00000000-0000-0000-0000-000000000000')
            """;

    private final ConnectionFactory pool;

    LoginTrial(ConnectionFactory pool) {
        this.pool = pool;
    }

    /** Why it does not work, and the mend; nothing when it does. Never an error. */
    Mono<String> obstacle() {
        var call = Flux.usingWhen(pool.create(), connection -> AsCaller.query(connection, CALL, List.of(), _ -> true),
                Connection::close).then();
        // Whoever gives up waiting must not break the query off: the connection would go back to the pool amidst it.
        return Mono.fromFuture(call::toFuture, true).timeout(LIMIT).then(Mono.<String>empty())
                .onErrorResume(fault -> Mono.just(inWords(fault)));
    }

    /** The state is enough to know which setting is wrong; the message may quote the address. */
    private static String inWords(Throwable fault) {
        var state = fault instanceof R2dbcException known ? Objects.requireNonNullElse(known.getSqlState(), "") : "";
        return switch (state.isEmpty() ? "08" : state.substring(0, 2)) {
            case "08" ->
                "PostgreSQL does not answer (%s): compare SPRING_R2DBC_URL, and see whether it can be reached from here"
                        .formatted(state.isEmpty()
                                ? NestedExceptionUtils.getMostSpecificCause(fault).getClass().getSimpleName()
                                : state);
            case "28" ->
                "PostgreSQL says %s: compare SPRING_R2DBC_USERNAME and SPRING_R2DBC_PASSWORD with the login's"
                        .formatted(state);
            case "3D" -> "PostgreSQL says %s: compare the database's name in SPRING_R2DBC_URL".formatted(state);
            case "3F", "42" ->
                "PostgreSQL says %s: apply the migrations, and log in as kulti_gateway (SPRING_R2DBC_USERNAME)"
                        .formatted(state);
            default -> "PostgreSQL says %s: look at its log".formatted(state);
        };
    }
}
