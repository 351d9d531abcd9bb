package app.kulti.recording.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.wire.Samples.Golden;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.types.Time;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The golden files are what lies on the topics of a running system: today's code must read them all, and write the same. A new
 * message gets a new file ({@code -Dgolden.write=true} writes those that are missing); an existing one is never changed.
 */
class GoldenFilesTest {
    private static final JsonMapper PRETTY = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT).build();

    static Stream<Golden<?>> messages() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    <M> void todaysCodeReadsYesterdaysFile(Golden<M> golden) throws Exception {
        writeIfAsked(golden);
        assertThat(new WireForm<>(golden.topic()).read(stored(golden.name()))).isEqualTo(golden.envelope());
    }

    @ParameterizedTest
    @MethodSource("messages")
    <M> void todaysCodeWritesWhatYesterdaysDid(Golden<M> golden) throws Exception {
        writeIfAsked(golden);
        var written = new WireForm<>(golden.topic()).write(golden.envelope());
        assertThat(PRETTY.readTree(asText(written))).isEqualTo(PRETTY.readTree(Files.readString(file(golden.name()))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    <M> void aFieldOfTomorrowIsIgnored(Golden<M> golden) throws Exception {
        var form = new WireForm<>(golden.topic());
        var stored = stored(golden.name());
        if (stored.getType().startsWith("kulti.webhook.")) {
            return; // the body is 100ms's, and is not bound to a record
        }
        var data = (ObjectNode) PRETTY.readTree(data(stored));
        data.put("fieldOfTomorrow", 1);
        assertThat(form.read(CloudEventBuilder.from(stored).withData(PRETTY.writeValueAsBytes(data)).build()))
                .isEqualTo(golden.envelope());
    }

    @Test
    void everyMessageHasAFile() throws Exception {
        var names = Stream.concat(Topics.ALL.stream(), Stream.of(Topics.AUDIT))
                .flatMap(topic -> new WireForm<>(topic).types().keySet().stream())
                .collect(Collectors.toSet());
        var covered = Samples.all().map(golden -> {
            try {
                return stored(golden.name()).getType();
            } catch (Exception e) {
                throw new AssertionError(golden.name(), e);
            }
        }).collect(Collectors.toSet());
        assertThat(covered).isEqualTo(names);
    }

    private static void writeIfAsked(Golden<?> golden) throws Exception {
        if (Boolean.getBoolean("golden.write")) {
            var folder = Path.of("src/test/resources/golden");
            var target = folder.resolve(golden.name() + ".json");
            if (Files.notExists(target)) {
                Files.writeString(target, written(golden) + "\n");
            }
        }
    }

    private static <M> String written(Golden<M> golden) {
        return asText(new WireForm<>(golden.topic()).write(golden.envelope()));
    }

    /** As on the topic: attributes are headers, data is the value. A webhook's value is kept as text, byte for byte. */
    private static String asText(CloudEvent event) {
        var node = PRETTY.createObjectNode();
        var headers = new TreeMap<String, String>();
        event.getAttributeNames().forEach(name -> headers.put("ce_" + name, text(event.getAttribute(name))));
        event.getExtensionNames().forEach(name -> headers.put("ce_" + name, text(event.getExtension(name))));
        node.set("headers", PRETTY.valueToTree(headers));
        var data = data(event);
        if (event.getType().startsWith("kulti.webhook.")) {
            node.put("text", new String(data, StandardCharsets.UTF_8));
        } else {
            node.set("value", PRETTY.readTree(data));
        }
        return PRETTY.writeValueAsString(node);
    }

    private static String text(@Nullable Object attribute) {
        return attribute instanceof OffsetDateTime time ? Time.writeTime(time) : String.valueOf(attribute);
    }

    private static byte[] data(CloudEvent event) {
        return Objects.requireNonNull(event.getData()).toBytes();
    }

    private static CloudEvent stored(String name) throws IOException, URISyntaxException {
        var node = PRETTY.readTree(Files.readString(file(name)));
        var event = CloudEventBuilder.v1();
        node.get("headers").forEachEntry((header, value) -> {
            var attribute = header.substring("ce_".length());
            var text = value.asString();
            switch (attribute) {
                case "specversion" -> assertThat(text).isEqualTo("1.0");
                case "id" -> event.withId(text);
                case "source" -> event.withSource(URI.create(text));
                case "type" -> event.withType(text);
                case "time" -> event.withTime(OffsetDateTime.parse(text));
                case "subject" -> event.withSubject(text);
                case "datacontenttype" -> event.withDataContentType(text);
                default -> event.withExtension(attribute, text);
            }
        });
        var data = node.has("text")
                ? node.get("text").asString().getBytes(StandardCharsets.UTF_8)
                : PRETTY.writeValueAsBytes(node.get("value"));
        return event.withData(data).build();
    }

    private static Path file(String name) throws IOException, URISyntaxException {
        var resource = GoldenFilesTest.class.getResource("/golden/" + name + ".json");
        return resource == null ? Path.of("src/test/resources/golden", name + ".json") : Path.of(resource.toURI());
    }
}
