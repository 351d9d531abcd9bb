package app.kulti.recording.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API as {@code /v3/api-docs} describes it, taken at its word: an answer with another status, another content type, without a
 * header that was promised, or with a field that is not described is an error. To clients the description stays open, so that
 * fields may be added.
 */
public final class DescribedApi {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT,
            HttpMethod.PATCH, HttpMethod.DELETE);
    /** What an address or a method that is not part of the API is answered with. */
    private static final Set<Integer> ELSEWHERE = Set.of(400, 401, 403, 404, 405);

    private final ObjectNode components;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi31(),
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /**
     * One of its operations.
     *
     * @param spec as it stands in the document
     */
    public record Operation(HttpMethod method, PathPattern path, JsonNode spec) {
        public String id() {
            return spec.path("operationId").asString();
        }

        /** Whether a user has to be signed in. */
        public boolean isSecured() {
            return !spec.path("security").isEmpty();
        }

        @Override
        public String toString() {
            return "%s (%s %s)".formatted(id(), method, path);
        }
    }

    private DescribedApi(JsonNode document) {
        components = (ObjectNode) document.path("components").deepCopy();
        components.path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(entry -> {
            var method = HttpMethod.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
            if (METHODS.contains(method)) {
                operations.add(new Operation(method, PathPatternParser.defaultInstance.parse(path.getKey()),
                        entry.getValue()));
            }
        }));
        operations.sort(Comparator.comparing(Operation::path).thenComparing(o -> o.method().name()));
    }

    /** As the gateway on {@code port} gives it. */
    public static DescribedApi at(int port) {
        return new DescribedApi(JSON.readTree(documentAt(port)));
    }

    static String documentAt(int port) {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/v3/api-docs")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The more exact path first. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** That of a request; empty where there is none. */
    public Optional<Operation> operation(HttpMethod method, String path) {
        var asked = PathContainer.parsePath(path);
        return operations.stream().filter(operation -> operation.path().matches(asked)).findFirst()
                .flatMap(found -> operations.stream()
                        .filter(operation -> operation.path().equals(found.path()) && operation.method().equals(method))
                        .findFirst());
    }

    /** The schema of what the operation takes as its body; null where it takes none. */
    public @Nullable JsonNode requestBody(Operation operation) {
        var schema = operation.spec().path("requestBody").path("content").path(MediaType.APPLICATION_JSON_VALUE)
                .path("schema");
        if (schema.isMissingNode()) {
            return null;
        }
        var name = schema.path("$ref").asString("").replaceFirst(".*/", "");
        return name.isEmpty() ? schema : components.path("schemas").path(name);
    }

    /** Checks an answer; fails with what is not as described. */
    public void check(HttpMethod method, String path, int status, HttpHeaders headers, String body) {
        var what = "%s %s was answered with %d %s %s".formatted(method, path, status, headers, body);
        // A HEAD is a GET without its body.
        var operation = operation(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method, path).orElse(null);
        if (operation == null) {
            if (isPreflight(method, status) || isAboutTheApi(path)) {
                return;
            }
            assertThat(ELSEWHERE).as(what).contains(status);
            if (status >= 400 && !body.isEmpty()) {
                assertThat(errors(JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), body))
                        .as(what).isEmpty();
            }
            return;
        }
        var answer = operation.spec().path("responses").path(String.valueOf(status));
        assertThat(answer.isMissingNode()).as("a status that %s does not describe: %s", operation, what).isFalse();
        answer.path("headers").properties().forEach(header -> {
            if (header.getValue().path("required").asBoolean(false)) {
                assertThat(headers.getFirst(header.getKey())).as("%s of %s", header.getKey(), what).isNotBlank();
            }
        });
        if (answer.path("content").isEmpty()) {
            assertThat(body).as("a body that %s does not describe: %s", operation, what).isEmpty();
            return;
        }
        var type = String.valueOf(headers.getContentType());
        var content = answer.path("content").path(type.replaceFirst(";.*", ""));
        assertThat(content.isMissingNode()).as("a content type that %s does not describe: %s", operation, what)
                .isFalse();
        // A stream has no end to be waited for: see checkEvent.
        if (!MediaType.TEXT_EVENT_STREAM_VALUE.equals(type.replaceFirst(";.*", ""))) {
            assertThat(errors(content.path("schema"), body)).as("%s: %s", operation, what).isEmpty();
        }
    }

    /** Checks the data of an event that the stream at {@code path} gave. */
    public void checkEvent(String path, String data) {
        var stream = operation(HttpMethod.GET, path).map(operation -> operation.spec().path("responses").path("200")
                .path("content").path(MediaType.TEXT_EVENT_STREAM_VALUE)).orElseThrow();
        assertThat(stream.has("schema")).as("a stream of events at %s", path).isTrue();
        assertThat(errors(stream.path("schema"), data)).as("an event of %s: %s", path, data).isEmpty();
    }

    private static boolean isPreflight(HttpMethod method, int status) {
        return method.equals(HttpMethod.OPTIONS) && status == 200;
    }

    private static boolean isAboutTheApi(String path) {
        return path.startsWith("/v3/api-docs") || path.startsWith("/swagger-ui");
    }

    /** What is wrong with {@code json}, seen from a schema of the document. */
    List<String> errors(JsonNode schema, String json) {
        return schemas.computeIfAbsent(schema, this::compiled).validate(JSON.readTree(json)).stream()
                .map(Object::toString).toList();
    }

    /** Its references lead to components, which therefore have to be there. */
    private Schema compiled(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        whole.set("components", components);
        return registry.getSchema(whole);
    }
}
