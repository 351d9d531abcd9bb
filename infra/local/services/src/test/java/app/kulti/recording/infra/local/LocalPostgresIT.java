package app.kulti.recording.infra.local;

import static app.kulti.recording.infra.local.LocalPostgres.Durability.KILL;
import static app.kulti.recording.infra.local.LocalPostgres.Durability.POWER_CUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresIT {

    @TempDir
    private static Path folder;

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.start(folder, Port.any("PostgreSQL"), POWER_CUT);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void whatWasCommittedIsThereAfterAKill() throws Exception {
        execute("create table killed (n int)");
        execute("insert into killed select generate_series(1, 1000)");

        postgres.kill();
        postgres.restart();

        assertThat(query("select count(*) from killed")).isEqualTo("1000");
    }

    @Test
    void aSecondServerOnTheFolderFindsItsDatabases() throws Exception {
        execute("create table kept as select 7 as n");
        postgres.stop();

        postgres = LocalPostgres.start(folder, Port.any("PostgreSQL"), POWER_CUT);

        assertThat(query("select n from kept")).isEqualTo("7");
    }

    @Test
    void aCommitWaitsForTheDisk() throws Exception {
        assertThat(query("show fsync")).isEqualTo("on");
    }

    @Test
    void aLoginNeedsItsPassword() throws Exception {
        execute("create role somebody login password 'right'");

        assertThat(query("select current_user", "somebody", "right")).isEqualTo("somebody");
        assertThatThrownBy(() -> query("select 1", "somebody", "wrong"))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        assertThatThrownBy(() -> query("select 1", LocalPostgres.SUPERUSER, "wrong"))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgcrypto", "uuid-ossp", "citext", "pg_trgm", "pg_stat_statements"})
    void itHasTheExtensionsThatSupabaseUses(String extension) throws Exception {
        execute("create extension \"%s\"".formatted(extension));
        assertThat(query("select count(*) from pg_extension where extname = '%s'".formatted(extension))).isEqualTo("1");
    }

    @Test
    void itSortsAndSpellsUnicode() throws Exception {
        assertThat(query("select upper('žluťoučký')")).isEqualTo("ŽLUŤOUČKÝ");
    }

    @Test
    void aStartThatWasCutShortIsNotInTheWay(@TempDir Path other) throws Exception {
        Files.createDirectories(other.resolve("data.unfinished").resolve("base"));
        Files.writeString(other.resolve("password.tmp"), "old");

        try (var second = LocalPostgres.start(other, Port.any("PostgreSQL"), KILL)) {
            assertThat(second.process().isAlive()).isTrue();
            assertThat(other.toFile().list()).containsExactlyInAnyOrder("data", "postgres.log");
        }
    }

    @Test
    void asRootWithoutNamespacesItRunsAsNobody(@TempDir Path other) throws Exception {
        Assumptions.assumeTrue(new UnixSystem().getUid() == 0, "only root can become nobody");

        try (var second = LocalPostgres.start(other, Port.any("PostgreSQL"), KILL, OrdinaryUser.NOBODY)) {
            assertThat(Files.getAttribute(Path.of("/proc", Long.toString(second.process().pid())), "unix:uid"))
                    .isEqualTo(65534);
            second.kill();
            second.restart();
            assertThat(second.process().isAlive()).isTrue();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), LocalPostgres.SUPERUSER,
                LocalPostgres.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        return query(sql, LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
    }

    private static String query(String sql, String user, String password) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), user, password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
