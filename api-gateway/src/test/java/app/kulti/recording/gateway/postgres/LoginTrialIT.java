package app.kulti.recording.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.App;
import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An operator is told whether the login would do, and what to mend where it would not. */
class LoginTrialIT {
    private static final String MIGRATED = new App().r2dbcUrl();
    private static final TestDatabase EMPTY = RealPostgres.shared().freshDatabase();

    @Test
    void theGatewaysOwnLoginWillDo() {
        assertThat(obstacle(MIGRATED, App.username(), App.password())).isNull();
    }

    @Test
    void aWrongPasswordIsOneAndIsNotTold() {
        assertThat(obstacle(MIGRATED, App.username(), "not-the-password")).contains("28P01",
                "SPRING_R2DBC_USERNAME and SPRING_R2DBC_PASSWORD").doesNotContain("not-the-password");
    }

    @Test
    void aDatabaseWithoutTheMigrationsIsOne() {
        assertThat(obstacle(EMPTY.r2dbcUrl(), EMPTY.user(), EMPTY.password())).contains("3F000",
                "apply the migrations");
    }

    @Test
    void anotherServicesLoginIsOne() {
        assertThat(obstacle(MIGRATED, "kulti_ops", "kulti_ops-local")).contains("42501", "log in as kulti_gateway");
    }

    @Test
    void anAddressWhereNothingIsIsOne() {
        assertThat(obstacle("r2dbc:postgresql://127.0.0.1:1/kulti", App.username(), App.password()))
                .contains("SPRING_R2DBC_URL").doesNotContain("127.0.0.1");
    }

    private static @Nullable String obstacle(String url, String user, String password) {
        return new LoginTrial(ConnectionFactories.get(ConnectionFactoryOptions.parse(url).mutate()
                .option(ConnectionFactoryOptions.USER, user).option(ConnectionFactoryOptions.PASSWORD, password)
                .build())).obstacle().block(Duration.ofSeconds(20));
    }
}
