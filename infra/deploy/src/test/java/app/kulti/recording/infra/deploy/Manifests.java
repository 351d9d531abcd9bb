package app.kulti.recording.infra.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What would be applied to a cluster, document by document. */
final class Manifests {
    static final Path KUBERNETES = Path.of("kubernetes");

    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /** One object, and the file it stands in. */
    record Manifest(Path file, JsonNode content) {
        String kind() {
            return content.path("kind").asText();
        }

        String name() {
            return content.at("/metadata/name").asText();
        }

        @Override
        public String toString() {
            return "%s %s in %s".formatted(kind(), name(), file);
        }
    }

    /** All of base and production, but for kustomize's own files. */
    static List<Manifest> all() throws IOException {
        var found = new ArrayList<Manifest>();
        try (var files = Files.walk(KUBERNETES)) {
            for (var file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.endsWith("kustomization.yaml")).sorted().toList()) {
                try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
                    documents.forEachRemaining(document -> found.add(new Manifest(file, document)));
                }
            }
        }
        return found;
    }

    static Stream<Manifest> ofKind(String kind) throws IOException {
        return all().stream().filter(manifest -> manifest.kind().equals(kind));
    }
}
