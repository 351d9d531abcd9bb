package app.kulti.recording.gateway.access;

import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.cors.CorsConfiguration;

/**
 * Whose pages may call.
 *
 * @param origins {@code https://kulti.app}, one by one; none by default
 */
@Validated
@ConfigurationProperties("kulti.cors")
record CorsSettings(
        @DefaultValue List<@Pattern(regexp = "https?://[^/*\\s]+", message = "is no origin such as https://kulti.app (KULTI_CORS_ORIGINS)") String> origins) {

    /**
     * As the framework wants it.
     *
     * @param withCookies whether a page of another origin may have its cookies sent along
     */
    CorsConfiguration configuration(boolean withCookies) {
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(origins);
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
        configuration.setAllowedHeaders(List.of("Authorization", "Content-Type", "Accept", "Idempotency-Key",
                "Last-Event-ID", "traceparent"));
        configuration.setExposedHeaders(List.of("Retry-After", "WWW-Authenticate"));
        configuration.setAllowCredentials(withCookies);
        configuration.setMaxAge(600L);
        return configuration;
    }
}
