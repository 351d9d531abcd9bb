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
        if (!require(url, "url", "as in r2dbc:postgresql://host:5432/postgres").startsWith("r2dbc:")) {
            throw new IllegalArgumentException(
                    "spring.r2dbc.url (SPRING_R2DBC_URL) must be of the form r2dbc:postgresql://host:5432/postgres");
        }
        var _ = require(username, "username", "the login kulti_processor");
        var _ = require(password, "password", "the password of kulti_processor");
    }

    private static String require(@Nullable String value, String name, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("spring.r2dbc.%s (SPRING_R2DBC_%s) is missing: %s".formatted(name,
                    name.toUpperCase(Locale.ROOT), what));
        }
        return value;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[username=" + username + "]";
    }
}
