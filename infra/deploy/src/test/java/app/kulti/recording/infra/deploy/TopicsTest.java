package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The topics of a deployment are those of the code. */
class TopicsTest {
    private static final Pattern LINE = Pattern.compile(
            "make_topic (\\S+)\\s+(\\d+)\\s+\\$\\(\\(\\s*(\\d+) \\* day\\)\\)\\s+(\\d+)");

    private record Kept(String name, int partitions, Duration kept, int maxBytes) {}

    private static final List<Kept> OF_THE_CODE = Stream.concat(
            Stream.concat(Topics.ALL.stream(), Stream.of(Topics.AUDIT)).map(topic -> new Kept(topic.name(),
                    topic.partitions(), topic.kept(), topic.maxBytes())),
            Topics.DEAD_LETTERS.stream().map(topic -> new Kept(topic.name(), topic.partitions(), topic.kept(),
                    topic.maxBytes())))
            .toList();

    @Test
    void theScriptMakesThem() throws IOException {
        var made = LINE.matcher(Files.readString(Path.of("kafka", "topics.sh"))).results()
                .map(line -> new Kept(line.group(1), Integer.parseInt(line.group(2)),
                        Duration.ofDays(Integer.parseInt(line.group(3))), Integer.parseInt(line.group(4))))
                .toList();

        assertThat(made).containsExactlyInAnyOrderElementsOf(OF_THE_CODE);
    }

    @Test
    void strimziMakesThem() throws IOException {
        var made = Manifests.ofKind("KafkaTopic").map(Manifests.Manifest::content)
                .map(topic -> new Kept(topic.at("/metadata/name").asText(), topic.at("/spec/partitions").asInt(),
                        Duration.ofMillis(topic.at("/spec/config/retention.ms").asLong()),
                        topic.at("/spec/config/max.message.bytes").asInt()))
                .toList();

        assertThat(made).containsExactlyInAnyOrderElementsOf(OF_THE_CODE);
    }
}
