package app.kulti.recording.processor.postgres;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/**
 * What is written to several tables, as one statement of a common table expression each: the driver sends a statement with
 * parameters only when the one before it is answered, so each by itself would cost a round trip. References between the rows are
 * checked when all are written.
 */
final class AtOnce {
    private AtOnce() {}

    /**
     * The rows of one table.
     *
     * @param name of the expression, not used twice
     * @param rows how many
     */
    record Part(String name, String sql, int rows, UnaryOperator<GenericExecuteSpec> values) {
        private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

        /** The parameters have their names to themselves: {@code :ids} here is another than in the next part. */
        static <T> Part of(String name, List<T> rows, String sql, UnaryOperator<Columns<T>> columns) {
            var own = name + "_";
            return new Part(name, PARAMETER.matcher(sql).replaceAll(":" + own + "$1"), rows.size(),
                    statement -> columns.apply(Columns.of(rows, statement, own)).bound());
        }
    }

    /** Parts without rows are left out. */
    static Mono<Void> write(DatabaseClient database, List<Part> all) {
        var parts = all.stream().filter(part -> part.rows() > 0).toList();
        if (parts.isEmpty()) {
            return Mono.empty();
        }
        var statement = database.sql(sql(parts));
        for (var part : parts) {
            statement = part.values().apply(statement);
        }
        return statement.then();
    }

    /** That they are counted has them carried out, and in their order; nobody reads how many there are. */
    private static String sql(List<Part> parts) {
        return parts.stream().map(part -> "%s AS (%s RETURNING 1)".formatted(part.name(), part.sql()))
                .collect(Collectors.joining(",\n", "WITH ", "\nSELECT "))
                + parts.stream().map(part -> "(SELECT count(*) FROM %s)".formatted(part.name()))
                        .collect(Collectors.joining(", "));
    }
}
