package app.kulti.recording.infra.ops;

import app.kulti.recording.events.wire.EventJson;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a command has to say, for people or for programs. */
public interface Answer {
    /** Sentences. */
    Stream<String> lines();

    /** The same for programs: a record, written as JSON. */
    default Object json() {
        return this;
    }

    /** How the process ends with it; one of {@link Exit}. */
    default int exit() {
        return Exit.DONE;
    }

    /** The mapper of {@code --json}. */
    static JsonMapper mapper() {
        return Json.MAPPER;
    }

    /** Says it. */
    default int to(PrintWriter out, boolean asJson) {
        if (asJson) {
            out.println(Json.MAPPER.writeValueAsString(json()));
        } else {
            lines().forEach(out::println);
        }
        out.flush();
        return exit();
    }

    /** Rows with their columns below each other. */
    static Stream<String> table(List<List<String>> rows) {
        var columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = IntStream.range(0, columns).map(column -> rows.stream()
                .filter(row -> row.size() > column).mapToInt(row -> row.get(column).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size()).mapToObj(column -> column == row.size() - 1
                ? row.get(column)
                : row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  ", "  ", ""));
    }

    /** Lines as an answer, for what has no more to it than a sentence. */
    static Answer of(String... lines) {
        return new Sentences(Arrays.asList(lines), Exit.DONE);
    }

    /** Sentences and the end that goes with them. */
    record Sentences(List<String> said, int exit) implements Answer {
        @Override
        public Stream<String> lines() {
            return said.stream();
        }
    }

    /** Holds the mapper, since an interface's fields are public. */
    final class Json {
        private static final JsonMapper MAPPER = EventJson.mapper().rebuild()
                .enable(SerializationFeature.INDENT_OUTPUT).build();

        private Json() {}
    }
}
