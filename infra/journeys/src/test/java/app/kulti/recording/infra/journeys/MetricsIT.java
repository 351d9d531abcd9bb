package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.run.LocalSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** No alert and no panel waits for a metric that nobody exports: each finds its own and its labels after one film. */
class MetricsIT {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path ALERTS = DEPLOY.resolve("prometheus").resolve("alerts.yml");
    private static final Path DASHBOARD = DEPLOY.resolve("grafana").resolve("dashboards").resolve("recordings.json");

    private final LocalSystem system = RunningSystem.shared();

    @Test
    void everyAlertAndEveryPanelFindsItsMetrics() {
        var stage = Stage.live(system, "Metrics");
        stage.awaitMirrored(stage.film());
        var queries = new ArrayList<>(alerts());
        queries.addAll(panels());
        assertThat(queries).hasSizeGreaterThan(30).allSatisfy(query -> assertThat(query.asked()).isNotEmpty());

        // Some are only there once a consumer has fetched, or a schedule had its turn.
        await().atMost(Stage.LIMIT).untilAsserted(() -> {
            var exported = Exported.by(system);
            assertThat(queries).allSatisfy(query -> assertThat(exported.missingFor(query)).as(query.source())
                    .isEmpty());
        });
    }

    @Test
    void aQueryForWhatNobodyExportsIsFound() {
        var exported = Exported.by(system);

        assertThat(exported.missingFor(Query.read("misspelt", "sum(rate(kulti_recording_finished_total[5m])) > 1")))
                .containsExactly("no metric kulti_recording_finished_total");
        assertThat(exported.missingFor(Query.read("no such outcome",
                "increase(kulti_recordings_finished_total{outcome=\"lost\"}[1h])"))).singleElement().asString()
                .startsWith("no series of kulti_recordings_finished_total");
        assertThat(exported.missingFor(Query.read("no such label",
                "sum by (cause, colour) (kulti_mirror_copies_total) and up == 1"))).containsExactly("no label colour");
        assertThat(exported.missingFor(Query.read("two metrics", "a_metric / on (job) another_one{x=\"}\"} or up")))
                .containsExactly("no metric a_metric", "no metric another_one");
    }

    private static List<Query> alerts() {
        var rules = new YAMLMapper().readTree(ALERTS.toFile());
        return rules.path("groups").valueStream().flatMap(group -> group.path("rules").valueStream())
                .map(rule -> Query.read("alert " + rule.path("alert").stringValue(), rule.path("expr").stringValue()))
                .toList();
    }

    private static List<Query> panels() {
        return panels(JsonMapper.shared().readTree(DASHBOARD.toFile()));
    }

    /** Rows hold panels, too. */
    private static List<Query> panels(JsonNode node) {
        var queries = new ArrayList<Query>();
        node.path("panels").forEach(panel -> {
            panel.path("targets").forEach(target -> queries.add(Query.read("panel " + panel.path("title").stringValue(),
                    target.path("expr").stringValue())));
            queries.addAll(panels(panel));
        });
        return queries;
    }
}
