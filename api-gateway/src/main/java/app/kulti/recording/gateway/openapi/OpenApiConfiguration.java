package app.kulti.recording.gateway.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v3/api-docs} and {@code /swagger-ui.html}, where they are switched on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("springdoc.api-docs.enabled")
public class OpenApiConfiguration {

    @Bean
    OpenAPI about() {
        return new OpenAPI()
                .info(new Info().title("Kulti recordings").version("1").description("""
                        Records live sessions, and plays what was recorded.

                        Every error is `application/problem+json` (RFC 9457): `type` is stable and for programs, `detail` \
                        says what was wrong and how to mend it, `error` repeats it for clients that know only that.

                        Commands wait for their outcome. A 504 or 503 with an `idempotencyKey` may be repeated with that \
                        key in the `Idempotency-Key` header: nothing is done twice, and the same outcome comes."""))
                .components(new Components().addSecuritySchemes(ProblemAnswers.SIGNED_IN, new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT")
                        .description("Supabase's access token of a signed-in user.")));
    }

    @Bean
    RecordSchemas recordSchemas(JsonMapper json) {
        return new RecordSchemas(json);
    }

    @Bean
    GlobalOperationCustomizer problemAnswers() {
        return new ProblemAnswers();
    }

    /** Headers, unlike bodies, have no type of their own that would say it. */
    @Bean
    ParameterCustomizer headers() {
        // There is none for an argument that the library leaves out, such as the caller.
        return (@Nullable Parameter parameter, MethodParameter _) -> parameter == null
                ? null
                : described(parameter);
    }

    private static Parameter described(Parameter parameter) {
        return switch (parameter.getName()) {
            case "Idempotency-Key" -> parameter
                    .description("Makes a repeated request the same request. Without one each is its own.")
                    .schema(new Schema<>(SpecVersion.V31).types(Set.of("string")).pattern("^[!-+.-~-]{1,200}$"))
                    .example("0a9f6c1e-4f6c-4a3c-9a6e-2f8f5f3d9b11");
            case "Last-Event-ID" -> parameter
                    .description("The last id that an earlier stream gave: what has changed since is told first.")
                    .schema(new Schema<>(SpecVersion.V31).types(Set.of("string")).format("date-time"))
                    .example("2026-11-22T10:15:30.123Z");
            case "token" -> parameter.description("As its host was told it once.")
                    .schema(new Schema<>(SpecVersion.V31).types(Set.of("string")).pattern("^[A-Za-z0-9_-]{43}$"));
            case null, default -> parameter;
        };
    }

    @Bean
    GlobalOpenApiCustomizer problemSchema() {
        return ProblemAnswers::describe;
    }

    @Bean
    GlobalOpenApiCustomizer requestBodies() {
        return RecordSchemas::relaxRequests;
    }

    @Bean
    GlobalOpenApiCustomizer trueExamples() {
        return new TrueExamples();
    }
}
