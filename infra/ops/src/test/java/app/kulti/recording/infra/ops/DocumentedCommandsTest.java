package app.kulti.recording.infra.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the runbook and the README tell operators to type, the tool takes. */
class DocumentedCommandsTest {
    private static final Path CHECKOUT = Path.of("..", "..");
    private static final Pattern IN_THE_RUNBOOK = Pattern.compile("`ops ([^`]+)`");
    private static final Pattern IN_THE_README = Pattern
            .compile("^\\| `((?:replay|dead-letters|timeline|stuck|reconcile|doctor)[^`]*)`", Pattern.MULTILINE);
    /** What people put in by themselves. */
    private static final Map<String, String> PLACES = Map.of("<recording>", "11111111-1111-4111-8111-111111111111",
            " ID", " 11111111-1111-4111-8111-111111111111", "<topic>@<offset>", "hms.webhooks.processor.dlt@5",
            "<moment>", "1h", "<when it began>", "1h");

    static Stream<String> commands() throws IOException {
        return Stream.concat(found(IN_THE_RUNBOOK, "infra/docs/runbook.md"), found(IN_THE_README, "README.md"))
                .distinct();
    }

    private static Stream<String> found(Pattern pattern, String document) throws IOException {
        return pattern.matcher(Files.readString(CHECKOUT.resolve(document))).results().map(found -> found.group(1))
                .toList().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theToolTakesIt(String command) {
        assertThatCode(() -> parse(command)).doesNotThrowAnyException();
    }

    @Test
    void thereAreSomeOfEachKindAndAMisspeltOneIsFound() throws IOException {
        assertThat(commands().map(command -> command.split(" ", 2)[0])).contains("replay", "dead-letters", "timeline",
                "stuck", "reconcile", "doctor");
        assertThatCode(() -> parse("replay --from-100ms --form <moment>")).hasMessageContaining("--form");
    }

    private static void parse(String command) {
        var line = command;
        for (var place : PLACES.entrySet()) {
            line = line.replace(place.getKey(), place.getValue());
        }
        OpsCommand.commandLine(TestDesk.at(Instant.parse("2026-11-22T12:00:00Z")).desk())
                .parseArgs(List.of(line.split(" +", -1)).toArray(String[]::new));
    }
}
