package app.kulti.recording.gateway.openapi;

import app.kulti.recording.gateway.failure.ProblemType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;

/**
 * Requests and answers that were really given: {@code openapi/<operation>.request.json},
 * {@code openapi/<operation>.answer.json} and {@code openapi/problems/<type>.json}.
 */
final class TrueExamples implements GlobalOpenApiCustomizer {
    private static final String KEY = "idempotencyKey";

    @Override
    public void customise(OpenAPI api) {
        for (var type : ProblemType.values()) {
            var example = read("problems/" + type.slug());
            if (example != null) {
                api.getComponents().addExamples(type.slug(), new Example().summary(type.title()).value(example));
            }
        }
        api.getPaths().values().forEach(path -> path.readOperations().forEach(operation -> {
            illustrate(operation);
            if (!takesAKey(operation)) {
                showNoKey(operation, api.getComponents().getExamples());
            }
        }));
    }

    private static boolean takesAKey(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(taken -> taken.getName().equals("Idempotency-Key"));
    }

    /** Where none can be brought none is told. */
    private static void showNoKey(Operation operation, Map<String, Example> known) {
        operation.getResponses().values().stream().filter(answer -> answer.getContent() != null)
                .flatMap(answer -> answer.getContent().values().stream()).filter(media -> media.getExamples() != null)
                .forEach(media -> media.getExamples().replaceAll((name, shown) -> {
                    var example = known.get(name);
                    return example != null && example.getValue() instanceof ObjectNode told && told.has(KEY)
                            ? new Example().summary(example.getSummary()).value(told.deepCopy().without(KEY))
                            : shown;
                }));
    }

    private static void illustrate(Operation operation) {
        if (operation.getRequestBody() != null) {
            illustrate(operation.getRequestBody().getContent(), operation.getOperationId() + ".request");
        }
        operation.getResponses().forEach((status, answer) -> {
            if (status.startsWith("2")) {
                illustrate(answer.getContent(), operation.getOperationId() + ".answer");
            }
        });
    }

    private static void illustrate(@Nullable Content content, String name) {
        var example = read(name);
        if (content != null && example != null) {
            content.values().forEach(media -> media.setExample(example));
        }
    }

    private static @Nullable Object read(String name) {
        var file = new ClassPathResource("openapi/" + name + ".json");
        if (!file.exists()) {
            return null;
        }
        try (var json = file.getInputStream()) {
            return Json31.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
