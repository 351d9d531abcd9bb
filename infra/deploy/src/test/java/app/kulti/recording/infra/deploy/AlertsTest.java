package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Path RULES = Path.of("prometheus", "alerts.yml");
    private static final Pattern CHAPTER = Pattern.compile("^## (\\w+)$", Pattern.MULTILINE);

    @Test
    void eachFiresWhenItShouldAndOnlyThen() throws Exception {
        InstalledTool.find("promtool", "Debian: prometheus").run(Path.of("prometheus"), "test", "rules",
                "alerts-test.yml");
    }

    @Test
    void eachIsTestedFiringAndNotFiring() throws IOException {
        var tests = new YAMLMapper().readTree(Path.of("prometheus", "alerts-test.yml").toFile())
                .findParents("alertname");
        for (var alert : alerts()) {
            var name = alert.path("alert").asText();
            assertThat(tests.stream().filter(test -> test.path("alertname").asText().equals(name))
                    .map(test -> test.path("exp_alerts").isEmpty())).as("whether %s is silent", name)
                    .contains(true, false);
        }
    }

    @Test
    void eachLeadsToItsChapterOfTheRunbook() throws IOException {
        var runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
        var alerts = alerts();
        assertThat(alerts).isNotEmpty();
        for (var alert : alerts) {
            var name = alert.path("alert").asText();
            assertThat(alert.at("/annotations/runbook_url").asText()).as(name)
                    .isEqualTo("infra/docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(chapter(runbook, name)).as("what to do about %s", name).contains("Means:", "Look:", "Mend:");
        }
    }

    @Test
    void noChapterIsAboutAnAlertThatIsNoMore() throws IOException {
        var names = alerts().stream().map(alert -> alert.path("alert").asText()).toList();
        assertThat(CHAPTER.matcher(Files.readString(Path.of("..", "docs", "runbook.md"))).results()
                .map(chapter -> chapter.group(1))).containsExactlyInAnyOrderElementsOf(names);
    }

    private static List<JsonNode> alerts() throws IOException {
        return new YAMLMapper().readTree(RULES.toFile()).findParents("alert");
    }

    /** From its title to the next. */
    private static String chapter(String runbook, String name) {
        var title = "\n## " + name + "\n";
        assertThat(runbook).contains(title);
        var rest = runbook.substring(runbook.indexOf(title) + title.length());
        return rest.split("\n#", 2)[0];
    }
}
