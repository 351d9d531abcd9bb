package app.kulti.recording.gateway.openapi;

import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.ProblemType;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.method.HandlerMethod;

/** Beside what a route answers when all goes well: every problem that it can end with, by status and type. */
@SuppressWarnings({"rawtypes", "unchecked"}) // as the library has its schemas
final class ProblemAnswers implements GlobalOperationCustomizer {
    static final String SIGNED_IN = "signedIn";

    private static final String PROBLEM = "Problem";
    private static final String TEXT = "string";

    @Override
    public Operation customize(Operation operation, HandlerMethod route) {
        if (asksForACaller(route)) {
            operation.addSecurityItem(new SecurityRequirement().addList(SIGNED_IN));
        }
        possible(operation, route).stream()
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()))
                .forEach((status, types) -> operation.getResponses()
                        .addApiResponse(String.valueOf(status.value()), answer(status, types)));
        return operation;
    }

    private static Set<ProblemType> possible(Operation operation, HandlerMethod route) {
        var types = EnumSet.of(ProblemType.ORIGIN_NOT_ALLOWED, ProblemType.NOT_ACCEPTABLE, ProblemType.INTERNAL,
                ProblemType.UNAVAILABLE);
        if (asksForACaller(route)) {
            types.add(ProblemType.NOT_SIGNED_IN);
        }
        if (operation.getParameters() != null) {
            types.add(ProblemType.INVALID_REQUEST);
        }
        if (operation.getRequestBody() != null) {
            types.addAll(List.of(ProblemType.INVALID_REQUEST, ProblemType.CONTENT_TOO_LARGE,
                    ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        var declared = route.getMethodAnnotation(FailsWith.class);
        if (declared != null) {
            types.addAll(List.of(declared.value()));
        }
        if (types.contains(ProblemType.NO_OUTCOME_YET)) {
            // It is a command, and those are counted.
            types.add(ProblemType.TOO_MANY_REQUESTS);
        }
        return types;
    }

    private static boolean asksForACaller(HandlerMethod route) {
        return Arrays.stream(route.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(AuthenticationPrincipal.class)
                        || Authentication.class.isAssignableFrom(parameter.getParameterType()));
    }

    private static ApiResponse answer(HttpStatus status, List<ProblemType> types) {
        var content = new MediaType().schema(new Schema(SpecVersion.V31).allOf(List.of(
                new Schema(SpecVersion.V31).$ref(PROBLEM),
                new Schema(SpecVersion.V31).addProperty("type", typesOf(types)))));
        types.forEach(type -> content.addExamples(type.slug(),
                new Example().$ref("#/components/examples/" + type.slug())));
        var answer = new ApiResponse()
                .description(types.stream().map(ProblemType::title).collect(Collectors.joining(". ", "", ".")))
                .content(new Content().addMediaType("application/problem+json", content));
        switch (status) {
            case UNAUTHORIZED -> answer.addHeaderObject(HttpHeaders.WWW_AUTHENTICATE,
                    header(TEXT, "What was wrong with the token (RFC 6750)."));
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> answer.addHeaderObject(HttpHeaders.RETRY_AFTER,
                    header("integer", "Seconds after which it is worth trying again."));
            default -> {
                // No header of its own.
            }
        }
        return answer;
    }

    private static Schema typesOf(List<ProblemType> types) {
        var schema = new Schema(SpecVersion.V31).types(Set.of(TEXT));
        types.forEach(type -> schema.addEnumItemObject(type.uri().toString()));
        return schema;
    }

    private static Header header(String type, String description) {
        return new Header().description(description).required(true)
                .schema(new Schema(SpecVersion.V31).types(Set.of(type)));
    }

    /** What every problem looks like. */
    static void describe(OpenAPI api) {
        var problem = new Schema(SpecVersion.V31).types(Set.of("object")).description("RFC 9457.")
                .addProperty("type", text("Stable, for programs.").format("uri"))
                .addProperty("title", text("What it is; the same each time."))
                .addProperty("status",
                        new Schema(SpecVersion.V31).types(Set.of("integer")).description("As the answer's."))
                .addProperty("detail", text("What was wrong this time, and how to mend it."))
                .addProperty("error", text("The detail once more, for clients that know only `error`."))
                .addProperty("field", text("Which field of the body, the query, the path or the headers was wrong."))
                .addProperty("idempotencyKey", text("With it the same request may be sent again, and is done once."))
                .required(List.of("type", "title", "status", "detail", "error"));
        api.getComponents().addSchemas(PROBLEM, problem);
    }

    private static Schema text(String description) {
        return new Schema(SpecVersion.V31).types(Set.of(TEXT)).description(description);
    }
}
