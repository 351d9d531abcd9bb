package app.kulti.recording.infra.bench.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerLogTest {
    private static final String LOG = """
            2026-01-16 10:00:00.000 UTC [1] LOG:  statement: BEGIN READ ONLY;
            \tSELECT 1
            2026-01-16 10:00:00.001 UTC [1] LOG:  execute S_1: WITH visible AS (SELECT 2)
            \tSELECT 3 LIMIT $1
            2026-01-16 10:00:00.001 UTC [1] DETAIL:  Parameters: $1 = '20'
            2026-01-16 10:00:00.002 UTC [1] LOG:  statement: ROLLBACK
            """;

    @Test
    void aStatementIsFoundWithAllItsLines() {
        assertThat(ServerLog.query(LOG, "WITH visible"))
                .isEqualTo("WITH visible AS (SELECT 2)\nSELECT 3 LIMIT $1");
        assertThat(ServerLog.query(LOG, "ROLLBACK")).isEqualTo("ROLLBACK");
    }

    @Test
    void oneThatWasNeverAskedIsMissed() {
        assertThatThrownBy(() -> ServerLog.query(LOG, "COMMIT")).hasMessageContaining("COMMIT");
    }
}
