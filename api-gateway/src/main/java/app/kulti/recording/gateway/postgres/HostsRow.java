package app.kulti.recording.gateway.postgres;

import app.kulti.recording.gateway.access.HostsOnly;
import io.r2dbc.spi.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A row of a query that says in {@code hosts} whether the caller is the host, and in {@code id} whether it found anything. */
record HostsRow<T>(boolean hosts, Optional<T> found) {

    static <T> HostsRow<T> of(Row row, Function<Row, T> mapping) {
        return new HostsRow<>(Columns.required(row, "hosts", Boolean.class),
                Optional.ofNullable(row.get("id", UUID.class)).map(_ -> mapping.apply(row)));
    }

    /** Without a row the caller may not see what it is about. */
    static <T> Mono<HostsOnly<T>> all(List<HostsRow<T>> rows) {
        return Mono.justOrEmpty(rows.stream().findFirst().map(first -> new HostsOnly<>(first.hosts(),
                rows.stream().flatMap(row -> row.found().stream()).toList())));
    }
}
