package app.kulti.recording.gateway.postgres;

import io.r2dbc.spi.ConnectionFactoryOptions;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.validation.annotation.Validated;

/**
 * Where the database is; the pool's own settings are Boot's ({@code spring.r2dbc.pool.*}).
 *
 * @param url      {@code r2dbc:postgresql://host:5432/postgres}
 * @param username the login, {@code kulti_gateway}
 * @param password the login's
 */
@Validated
@ConfigurationProperties("spring.r2dbc")
record PostgresSettings(
        @NotBlank(message = "is missing (SPRING_R2DBC_URL): r2dbc:postgresql://host:5432/database") String url,
        @DefaultValue("kulti_gateway") String username,
        @NotBlank(message = "is missing (SPRING_R2DBC_PASSWORD)") String password) implements R2dbcConnectionDetails {

    // A question, since a rule on the address itself would have it shown when it is broken, and it may hold a password.
    @AssertTrue(message = "the address is not of the form r2dbc:postgresql://host:5432/database (SPRING_R2DBC_URL)")
    @SuppressWarnings("NullAway") // bound, and only then found to be missing
    boolean isPostgresUrl() {
        return url == null || url.startsWith("r2dbc:postgresql://");
    }

    @Override
    public ConnectionFactoryOptions getConnectionFactoryOptions() {
        return ConnectionFactoryOptions.parse(url).mutate()
                .option(ConnectionFactoryOptions.USER, username)
                .option(ConnectionFactoryOptions.PASSWORD, password)
                .build();
    }

    /** No password. */
    @Override
    public String toString() {
        return "PostgresSettings[username=" + username + "]";
    }
}
