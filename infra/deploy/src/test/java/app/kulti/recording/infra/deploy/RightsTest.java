package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may do what on the broker, said twice, is said alike; and each topic is written by its owner. */
class RightsTest {
    private static final Pattern LINE = Pattern.compile("^allow (\\S+) \"--([^\"]+)\" (.+)$", Pattern.MULTILINE);

    @Test
    void theScriptAndStrimziSayTheSame() throws IOException {
        assertThat(ofTheScript()).isEqualTo(ofStrimzi()).isNotEmpty();
    }

    @Test
    void aTopicIsWrittenByItsOwnerAndByOperatorsOnly() throws IOException {
        for (var topic : Topics.ALL) {
            var writers = ofStrimzi().stream().filter(right -> right.endsWith("topic " + topic.name() + " Write"))
                    .map(right -> right.substring(0, right.indexOf(' '))).collect(Collectors.toSet());
            assertThat(writers).as(topic.name()).isEqualTo(Set.of("kulti-ops", switch (topic.owner()) {
                case GATEWAY -> "api-gateway";
                case INGEST -> "webhook-ingest";
                case PROCESSOR -> "recording-processor";
                case MIRROR -> "storage-mirror";
                case OPS -> "kulti-ops";
            }));
        }
    }

    private static Set<String> ofTheScript() throws IOException {
        return LINE.matcher(Files.readString(Path.of("kafka", "acls.sh"))).results()
                .flatMap(line -> Arrays.stream(line.group(3).split(" "))
                        .map(operation -> line.group(1) + " " + resource(line.group(2)) + " " + operation))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String resource(String options) {
        return options.replace(" --resource-pattern-type prefixed", "*");
    }

    private static Set<String> ofStrimzi() throws IOException {
        var rights = new TreeSet<String>();
        Manifests.ofKind("KafkaUser").forEach(user -> user.content().at("/spec/authorization/acls").forEach(acl -> acl
                .path("operations").forEach(operation -> rights.add(
                        user.name() + " " + resource(acl.path("resource")) + " " + operation.asText()))));
        return rights;
    }

    private static String resource(JsonNode resource) {
        return (resource.path("type").asText() + " " + resource.path("name").asText()).strip()
                + (resource.path("patternType").asText().equals("prefix") ? "*" : "");
    }
}
