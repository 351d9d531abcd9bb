package app.kulti.recording.infra.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes no sense is refused before anything is reached, with a message that says what to do. */
class OpsCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** And less patience than the tool has by itself. */
    private static final Map<String, String> NO_KAFKA = Map.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
            "SPRING_KAFKA_PROPERTIES_REQUEST_TIMEOUT_MS", "1000", "SPRING_KAFKA_PROPERTIES_DEFAULT_API_TIMEOUT_MS",
            "1500");

    private final TestDesk desk = TestDesk.at(NOW);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replay --from 2026-11-22T11:00:00Z --to 2026-11-22T10:00:00Z | The window is inverted
            replay --from 2026-11-22T11:00:00Z --to 2026-11-22T11:00:00Z | The window is empty
            replay --from 2026-11-23                                     | lies in the future
            replay --from 1h --to 2026-11-23                             | leave it out for now
            replay --from 2026-10-01                                     | is too old: hms.webhooks keeps 30 days
            replay --from-100ms --from 31d                               | history keeps 30 days
            replay --from-100ms                                          | needs --from
            replay --from yesterday                                      | is no moment; write 2026-11-22T12:00:00Z
            replay                                                       | Say what to replay
            replay --from 1h --confirm                                   | Say why
            replay --from 1h --rate 0                                    | --rate takes 1 to 10000
            replay --from 1h --file x                                    | --file replays the whole file
            replay --from 1h --topic recording.events                    | --topic goes with --group only
            replay --group gateway --from 1h                             | reads in no group
            replay --group processor --topic recording.events --from 1h  | does not read recording.events
            replay --group processor --from 8d                           | is too old: recording.commands keeps 7 days
            replay --resume --confirm                                    | knows what it goes on with
            dead-letters                                                 | list, show, retry, or park
            dead-letters show 7                                          | is no place
            timeline nobody                                              | Invalid value
            reconcile 11111111-1111-4111-8111-111111111111               | Say why
            timeline 11111111-1111-4111-8111-111111111111                | SPRING_DATASOURCE_URL is not set
            ''                                                           | Name a command
            """)
    void whatMakesNoSenseIsRefusedWithItsMend(String line, String words) {
        var status = line.isBlank() ? desk.run() : desk.run(line.strip().split(" +", -1));

        assertThat(desk.err.toString()).contains(words);
        assertThat(status).isEqualTo(Exit.USAGE);
        assertThat(desk.out.toString()).isEmpty();
    }

    @Test
    void programsAreToldOfAWrongOptionAsOfEveryFault() {
        assertThat(desk.run("replay", "--frm", "1h", "--json")).isEqualTo(Exit.USAGE);
        assertThat(desk.out.toString()).contains("\"error\" : \"Unknown option", "\"exit\" : 2");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(desk.run("replay", "--file", "/no/such.ndjson")).isEqualTo(Exit.USAGE);
        assertThat(desk.err.toString()).contains("There is no file /no/such.ndjson");
    }

    @Test
    void aFileThatIsNoNdjsonIsRefusedWithTheLine(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("wrong.ndjson"), """
                {"type":"beam.started.success","data":{"room_id":"r"}}

                {"type":"beam.stopped.success","data":
                """);
        assertThat(desk.run("replay", "--file", file.toString())).isEqualTo(Exit.USAGE);
        assertThat(desk.err.toString()).contains("line 3 is no webhook", "Nothing of the file was published");
    }

    @Test
    void whatIsNoTextNoFileOrEmptyIsSaidToBeSo(@TempDir Path folder) throws IOException {
        var binary = Files.write(folder.resolve("film.mp4"), new byte[]{'{', (byte) 0xff, (byte) 0xfe, '\n'});
        var empty = Files.createFile(folder.resolve("empty.ndjson"));

        assertThat(desk.run("replay", "--file", binary.toString())).isEqualTo(Exit.USAGE);
        assertThat(desk.run("replay", "--file", folder.toString())).isEqualTo(Exit.USAGE);
        assertThat(desk.run("replay", "--file", empty.toString())).isEqualTo(Exit.NOT_THERE);
        assertThat(desk.err.toString()).contains(binary + " is no UTF-8 text", folder + " is a folder");
        assertThat(desk.out.toString()).contains("There are no such webhooks.");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedWithItsSetting() {
        var alone = TestDesk.of(NO_KAFKA);

        assertThat(alone.run("replay", "--from", "1h")).isEqualTo(Exit.UNREACHABLE);
        assertThat(alone.err.toString()).contains("Kafka at 127.0.0.1:1 does not answer",
                "SPRING_KAFKA_BOOTSTRAP_SERVERS").doesNotContain("Exception in thread");
    }

    @Test
    void theDoctorNamesEveryThingThatIsMissing() {
        var nobody = new HashMap<>(NO_KAFKA);
        Stream.of("PROCESSOR", "GATEWAY", "INGEST", "MIRROR").forEach(
                service -> nobody.put("KULTI_OPS_" + service, "http://127.0.0.1:1"));
        var alone = TestDesk.of(nobody);

        assertThat(alone.run("doctor")).isEqualTo(Exit.DIFFERENT);
        assertThat(alone.out.toString().lines()).allSatisfy(line -> assertThat(line).startsWith("WRONG")).hasSize(7)
                .anySatisfy(line -> assertThat(line).contains("KULTI_HMS_ACCESSKEY is not set"))
                .anySatisfy(line -> assertThat(line).contains("SPRING_DATASOURCE_URL is not set"))
                .anySatisfy(line -> assertThat(line).contains("is KULTI_OPS_MIRROR right?"));
    }

    @Test
    void helpTellsSettingsAndExitCodes() {
        assertThat(desk.run("--help")).isZero();
        assertThat(desk.out.toString()).contains("SPRING_DATASOURCE_URL", "KULTI_OPS_OPERATOR", "130", "replay",
                "dead-letters", "timeline", "stuck", "reconcile", "doctor");
    }

    @Test
    void shellsLearnItsWords() {
        assertThat(desk.run("generate-completion")).isZero();
        assertThat(desk.out.toString()).contains("kulti-ops", "--from-100ms", "dead-letters");
    }
}
