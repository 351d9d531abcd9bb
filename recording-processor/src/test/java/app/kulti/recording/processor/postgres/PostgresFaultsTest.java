package app.kulti.recording.processor.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresFaultsTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53300", "57014", "57P01", "57P03", "55P03"})
    void whatPassesByItselfIsWaitedFor(String state) {
        assertThat(PostgresFaults.passing().test(new IllegalStateException(
                new R2dbcNonTransientResourceException("said the server", state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "3D000", "3F000", "42501", "42P01", "42P10", "42703", "42704", "42883"})
    void aPasswordThatWasChangedAndMigrationsThatAreStillToComeAreNoFaultOfARecord(String state) {
        assertThat(PostgresFaults.passing().test(new IllegalStateException(
                new R2dbcPermissionDeniedException("said the server", state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0A000", "22021", "22P02", "22P05", "42601", "23514"})
    void whatTheServerWillNeverAcceptIsNot(String state) {
        // The driver takes some of these for a fault of resources.
        assertThat(PostgresFaults.passing().test(new R2dbcNonTransientResourceException("said the server", state)))
                .isFalse();
    }

    @Test
    void aConnectionThatIsGoneIsWaitedFor() {
        assertThat(PostgresFaults.passing().test(new R2dbcTransientResourceException("gone"))).isTrue();
        assertThat(PostgresFaults.passing().test(new IllegalStateException(new IOException("reset")))).isTrue();
        assertThat(PostgresFaults.passing().test(new IllegalStateException("a mistake of ours"))).isFalse();
    }

    @Test
    void onlyARowThatSomebodyElseMadeIsARace() {
        assertThat(PostgresFaults.isRace(new Contended("a start"))).isTrue();
        assertThat(PostgresFaults.isRace(new R2dbcDataIntegrityViolationException("unique", "23505"))).isTrue();
        assertThat(PostgresFaults.isRace(new R2dbcDataIntegrityViolationException("its session is gone", "23503")))
                .isTrue();
        assertThat(PostgresFaults.isRace(new R2dbcDataIntegrityViolationException("check", "23514"))).isFalse();
    }
}
