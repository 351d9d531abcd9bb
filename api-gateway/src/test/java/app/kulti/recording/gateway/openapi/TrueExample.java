package app.kulti.recording.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An example in the description is an answer that was once given; it still is, but for times, signatures and ids that are drawn by
 * chance. {@code -Dgolden.write=true} writes those that are missing.
 */
public final class TrueExample {
    private static final Path FOLDER = Path.of("src/main/resources/openapi");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Told in the examples, so not masked. */
    private static final Set<String> IDS = Set.of(Story.HOST, Story.PARTICIPANT, Story.SESSION, Story.RECORDING,
            Story.LIVE_SESSION, Story.LIVE_RECORDING, Story.SHARE, Story.WISH, Story.DECLINED_WISH,
            Story.BUSY_HOST);
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern SIGNATURE = Pattern.compile("\\?[^\"?]*X-Amz-Signature=\\p{XDigit}+");
    private static final Pattern SHARED = Pattern.compile("/share/[\\w-]{43}");

    private TrueExample() {}

    /** The people and the recording of all examples. */
    public static final class Story {
        public static final String HOST = "b5a3c2f0-6d0e-4b61-9d3a-7f5be1f0c101";
        public static final String PARTICIPANT = "c9c4c0de-1f64-4f0b-8a53-2f6a1d9be202";
        public static final String SESSION = "2cf861a1-ca87-44fd-9f9d-7e7dee8eec57";
        public static final String LIVE_SESSION = "91b5a0b4-8b1c-4f6e-9c53-1f0c5ad7e303";
        public static final String LIVE_RECORDING = "0d3f7c55-1f7e-4b8e-8a58-55a4c2b9f404";
        public static final String RECORDING = "7d9f1e7a-58c3-4c39-a1c5-0c8a4f3b3a10";

        public static final String SHARE = "5a6f1b8e-2d0c-4a57-9f1d-6e3b7c8d9505";
        public static final String WISH = "f1e2d3c4-b5a6-4798-8a9b-0c1d2e3f4606";
        public static final String DECLINED_WISH = "e0d1c2b3-a495-4687-9889-7a6b5c4d3707";
        public static final String BUSY_HOST = "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4808";
        static final String TOKEN = "Zm9yIHlvdXIgZXllcyBvbmx5LCBhbmQgb25seSBub3c";

        private Story() {}
    }

    /** Checks that the example {@code name} is what {@code answer} says. */
    public static void check(String name, String answer) {
        var file = FOLDER.resolve(name + ".json");
        try {
            var given = JSON.readTree(answer);
            if (!Files.exists(file) && Boolean.getBoolean("golden.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, JSON.writeValueAsString(given) + "\n");
            }
            assertThat(file).exists();
            assertThat(masked(given)).as(name).isEqualTo(masked(JSON.readTree(Files.readString(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that there are. */
    static Set<String> names() {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace(".json", "")).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode masked(JsonNode json) {
        var text = ID.matcher(json.toString()).replaceAll(id -> IDS.contains(id.group()) ? id.group() : "an id");
        text = TIME.matcher(text).replaceAll("a time");
        text = SIGNATURE.matcher(text).replaceAll("?signed");
        return JSON.readTree(SHARED.matcher(text).replaceAll("/share/a-token"));
    }
}
