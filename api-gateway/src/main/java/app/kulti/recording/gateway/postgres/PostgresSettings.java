package app.kulti.recording.gateway.postgres;

import io.r2dbc.spi.ConnectionFactoryOptions;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/**
 * Where the database is; the pool's own settings are Boot's ({@code spring.r2dbc.pool.*}).
 *
 * @param url      {@code r2dbc:postgresql://host:5432/postgres}
 * @param username the login, {@code kulti_gateway}
 * @param password the login's
 */
@ConfigurationProperties("spring.r2dbc")
record PostgresSettings(
        @NotBlank(message = "is missing (SPRING_R2DBC_URL): r2dbc:postgresql://host:5432/database") @Pattern(regexp = "r2dbc:postgresql://.+", message = "is not of the form r2dbc:postgresql://host:5432/database (SPRING_R2DBC_URL)") String url,
        @DefaultValue("kulti_gateway") String username,
        @NotBlank(message = "is missing (SPRING_R2DBC_PASSWORD)") String password) implements R2dbcConnectionDetails {

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
