package app.kulti.recording.processor.postgres;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the connection to the database cannot do without; the rest is Spring Boot's own.
 *
 * @param url      {@code r2dbc:postgresql://host:port/database}
 * @param username the login {@code kulti_processor}
 * @param password its password
 */
@ConfigurationProperties("spring.r2dbc")
record DatabaseSettings(@Nullable String url, @Nullable String username, @Nullable String password) {
    DatabaseSettings {
        require(url, "url", "as in r2dbc:postgresql://host:5432/postgres");
        require(username, "username", "the login kulti_processor");
        require(password, "password", "the password of kulti_processor");
    }

    private static void require(@Nullable String value, String name, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("spring.r2dbc.%s (SPRING_R2DBC_%s) is missing: %s".formatted(name,
                    name.toUpperCase(Locale.ROOT), what));
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[username=" + username + "]";
    }
}
