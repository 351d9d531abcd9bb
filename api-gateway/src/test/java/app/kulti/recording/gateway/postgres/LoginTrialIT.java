package app.kulti.recording.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.App;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.testing.RealPostgres;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the gateway says of its own login to the database. */
class LoginTrialIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String database = new App().r2dbcUrl();

    @Test
    void aLoginThatWorks() {
        assertThat(obstacle(database, App.username(), App.password())).isNull();
    }

    @Test
    void aPasswordThatIsWrong() {
        assertThat(obstacle(database, App.username(), "not it")).isEqualTo(
                "PostgreSQL says 28P01: compare SPRING_R2DBC_USERNAME and SPRING_R2DBC_PASSWORD with the login's");
    }

    @Test
    void aLoginThatIsSomebodyElses() {
        assertThat(obstacle(database, Login.OPS.role(), LocalDatabase.passwordOf(Login.OPS)))
                .startsWith("PostgreSQL says 42501").contains("log in as kulti_gateway (SPRING_R2DBC_USERNAME)");
    }

    @Test
    void aDatabaseWithoutMigrations() {
        assertThat(obstacle(RealPostgres.shared().freshDatabase().r2dbcUrl(), App.username(), App.password()))
                .startsWith("PostgreSQL says 3F000").contains("apply the migrations");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        assertThat(obstacle(database + "_", App.username(), App.password()))
                .isEqualTo("PostgreSQL says 3D000: compare the database's name in SPRING_R2DBC_URL");
    }

    @Test
    void whereNobodyIs() {
        assertThat(obstacle("r2dbc:postgresql://127.0.0.1:1/postgres", App.username(), App.password()))
                .contains("PostgreSQL does not answer", "compare SPRING_R2DBC_URL").doesNotContain("127.0.0.1");
    }

    private static @Nullable String obstacle(String url, String user, String password) {
        var login = ConnectionFactoryOptions.parse(url).mutate().option(ConnectionFactoryOptions.USER, user)
                .option(ConnectionFactoryOptions.PASSWORD, password).build();
        return new LoginTrial(ConnectionFactories.get(login)).obstacle().block(LIMIT);
    }
}
