package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Path RULES = Path.of("prometheus", "alerts.yml");

    @Test
    void eachFiresWhenItShouldAndOnlyThen() throws Exception {
        var promtool = Stream.of(System.getenv("PATH").split(":")).map(Path::of)
                .map(folder -> folder.resolve("promtool")).filter(Files::isExecutable).findFirst();
        assumeTrue(promtool.isPresent(), "promtool is not installed (Debian: prometheus)");

        var test = new ProcessBuilder(promtool.orElseThrow().toString(), "test", "rules", "alerts-test.yml")
                .directory(Path.of("prometheus").toFile()).redirectErrorStream(true).start();

        assertThat(test.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(test.exitValue()).as(new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
    }

    @Test
    void eachIsTestedAndHasItsChapterInTheRunbook() throws IOException {
        var tests = Files.readString(Path.of("prometheus", "alerts-test.yml"));
        var runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
        for (var rule : new YAMLMapper().readTree(RULES.toFile()).findValues("alert")) {
            var alert = rule.asText();
            assertThat(tests).contains("alertname: " + alert);
            assertThat(runbook).contains("## " + alert + "\n");
            assertThat(Files.readString(RULES)).contains("runbook.md#" + alert.toLowerCase(Locale.ROOT) + "\n");
        }
    }
}
