package app.kulti.recording.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.openapi.DescribedApi.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a frontend developer finds at {@code /v3/api-docs}. */
class DescriptionIT {
    private static final JsonNode DOCUMENT = document();

    private static JsonNode document() {
        return JsonMapper.shared().readTree(DescribedApi.documentAt(Gateway.shared().port()));
    }

    static List<Operation> operations() {
        return Gateway.shared().api().operations();
    }

    @Test
    void itIsOpenApi31() throws Exception {
        assertThat(DOCUMENT.path("openapi").asString()).startsWith("3.1.");
        assertThat(DOCUMENT.at("/components/securitySchemes/signedIn/scheme").asString()).isEqualTo("bearer");
        Files.writeString(Path.of("target/openapi.json"), DOCUMENT.toPrettyString());
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        var ids = operations().stream().map(Operation::id).toList();
        assertThat(ids).isNotEmpty().allMatch(id -> id.matches("[a-z][A-Za-z]+"));
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    /** By what the token is checked at all, a route below /api cannot be forgotten. */
    @ParameterizedTest
    @MethodSource("operations")
    void whatLiesBelowApiNeedsAUser(Operation operation) {
        assertThat(operation.isSecured()).isEqualTo(operation.path().getPatternString().startsWith("/api/"));
        assertThat(operation.spec().path("responses").has("401")).isEqualTo(operation.isSecured());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everythingIsExplained(Operation operation) {
        assertThat(text(operation.spec(), "summary") + text(operation.spec(), "description")).isNotBlank();
        for (var answer : operation.spec().path("responses")) {
            assertThat(text(answer, "description")).as(answer.toString()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyNumberHasBoundsAndEveryTextAForm(Operation operation) {
        for (var parameter : operation.spec().path("parameters")) {
            var schema = parameter.path("schema");
            switch (text(schema, "type")) {
                case "integer" -> assertThat(schema.has("minimum")).as(parameter.toString()).isTrue();
                case "string" -> assertThat(schema.has("format") || schema.has("pattern") || schema.has("enum")
                        || schema.has("maxLength")).as(parameter.toString()).isTrue();
                case "boolean" -> assertThat(schema.has("default")).as(parameter.toString()).isTrue();
                default -> throw new AssertionError("a parameter of another kind: " + parameter);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyProblemIsShown(Operation operation) {
        assertThat(problems(operation)).isNotEmpty().allSatisfy(problem -> assertThat(problem.has("detail")).isTrue());
    }

    /** An answer tells how to repeat a request only where that can be said in a request. */
    @ParameterizedTest
    @MethodSource("operations")
    void aKeyIsShownWhereItCanBeBrought(Operation operation) {
        var takesAKey = operation.spec().path("parameters").valueStream()
                .anyMatch(parameter -> text(parameter, "name").equals("Idempotency-Key"));
        assertThat(problems(operation).stream().anyMatch(problem -> problem.has("idempotencyKey")))
                .isEqualTo(takesAKey);
    }

    private static List<JsonNode> problems(Operation operation) {
        return operation.spec().path("responses").valueStream()
                .flatMap(answer -> answer.at("/content/application~1problem+json/examples").valueStream())
                .map(example -> example.has("$ref") ? DOCUMENT.at(text(example, "$ref").substring(1)) : example)
                .map(example -> example.path("value")).toList();
    }

    /** An example that is not as the schema says would be refused, or was never answered. */
    @ParameterizedTest
    @MethodSource("operations")
    void requestsAndAnswersHaveExamples(Operation operation) {
        var contents = Stream.concat(Stream.of(operation.spec().path("requestBody")),
                Stream.of("200", "201").map(status -> operation.spec().path("responses").path(status)))
                .flatMap(body -> body.path("content").valueStream()).toList();
        assertThat(contents).isNotEmpty().allSatisfy(content -> {
            assertThat(content.has("example")).as("%s: %s", operation, content).isTrue();
            assertThat(Gateway.shared().api().errors(content.path("schema"), content.path("example").toString()))
                    .as(operation.toString()).isEmpty();
        });
    }

    /** What is checked nowhere must not be shown. */
    @Test
    void everyExampleIsOfSomething() {
        var names = TrueExample.names();
        var used = new HashSet<String>();
        operations().forEach(operation -> {
            used.add(operation.id() + ".request");
            used.add(operation.id() + ".answer");
            operation.spec().path("responses").forEach(answer -> answer
                    .at("/content/application~1problem+json/examples").propertyNames()
                    .forEach(problem -> used.add("problems/" + problem)));
        });
        assertThat(used).containsAll(names);
    }

    @Test
    void thePageIsThere() {
        var http = Gateway.shared().http();
        var location = http.get().uri("/swagger-ui.html").exchange().expectStatus().isFound().returnResult(Void.class)
                .getResponseHeaders().getFirst(HttpHeaders.LOCATION);
        assertThat(location).isNotNull();
        http.get().uri(String.valueOf(location)).exchange().expectStatus().isOk().expectBody(String.class)
                .value(page -> assertThat(page).contains("swagger-ui"));
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }
}
