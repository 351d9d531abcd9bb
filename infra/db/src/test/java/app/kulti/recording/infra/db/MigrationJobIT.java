package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The jar as operators run it, against a server of its own whose logins no other test uses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationJobIT {

    private static final String SUPERUSER = LocalPostgres.SUPERUSER;
    private static final Path JAR = Path.of(System.getProperty("basedir", ""), "target", "kulti-db.jar");

    private Path folder;
    private LocalPostgres server;

    @BeforeAll
    void whatTheAdministratorDid(@TempDir Path temporary) throws SQLException {
        folder = temporary;
        server = LocalPostgres.start(folder.resolve("postgres"), Port.any("PostgreSQL"), LocalPostgres.Durability.KILL);
        try (var administrator = superuser()) {
            administrator.run(LocalDatabase.script("/db/local/app.sql"));
            administrator.run(LocalDatabase.script("/db/bootstrap.sql"));
            administrator.run("ALTER ROLE kulti_owner PASSWORD 'owner-secret'");
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void twoAtOnceMigrateOnceAndGiveTheLoginsTheirPasswords() throws Exception {
        var first = start(Map.of("KULTI_DB_PROCESSORPASSWORD", "processor-secret"));
        var second = start(Map.of());

        assertThat(first.end()).as(first::output).isZero();
        assertThat(second.end()).as(second::output).isZero();
        assertThat(first.output() + second.output()).contains("migrations applied: " + migrations())
                .contains("applied: 0")
                .doesNotContain("secret");
        try (var processor = new Sql(server.jdbcUrl(), "kulti_processor", "processor-secret")) {
            assertThat(processor.column("SELECT id FROM public.recordings")).isEmpty();
        }
        assertThatThrownBy(() -> new Sql(server.jdbcUrl(), "kulti_ops", "").close())
                .as("who was given none cannot log in").hasMessageContaining("password");
    }

    @Test
    void waitsForADatabaseThatComesLate() throws Exception {
        server.stop();
        var job = start(Map.of("KULTI_DB_WAIT", "60s"));
        job.awaitOutput("Retrying");
        server.restart();

        assertThat(job.end()).as(job::output).isZero();
    }

    @Test
    void givesUpOnADatabaseThatNeverComes() throws Exception {
        var nobody = Port.any("nobody").number();
        var job = start(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(nobody),
                "KULTI_DB_WAIT", "1s"));

        assertThat(job.end()).isOne();
        assertThat(job.output()).contains("The database was not migrated", "refused");
    }

    @Test
    void doesNotWaitWhereWaitingCannotHelp() throws Exception {
        var before = Instant.now();
        var job = start(Map.of("SPRING_DATASOURCE_PASSWORD", "wrong-secret", "KULTI_DB_WAIT", "60s"));

        assertThat(job.end()).isOne();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(30));
        assertThat(job.output()).contains("password authentication failed", "login kulti_owner", "db/bootstrap.sql")
                .doesNotContain("wrong-secret", "\tat ");
    }

    @Test
    void namesTheSettingsItMisses() throws Exception {
        var job = start(Map.of("SPRING_DATASOURCE_URL", "", "SPRING_DATASOURCE_PASSWORD", ""));

        assertThat(job.end()).isOne();
        assertThat(job.output()).contains("SPRING_DATASOURCE_URL is not set", "SPRING_DATASOURCE_PASSWORD is not set");
    }

    private Job start(Map<String, String> settings) throws IOException {
        var environment = new HashMap<>(Map.of("SPRING_DATASOURCE_URL", server.jdbcUrl(),
                "SPRING_DATASOURCE_PASSWORD", "owner-secret"));
        environment.putAll(settings);
        var output = Files.createTempFile(folder, "job", ".log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Job(builder.start(), output);
    }

    private Sql superuser() {
        return new Sql(server.jdbcUrl(), SUPERUSER, LocalPostgres.PASSWORD);
    }

    private record Job(Process process, Path log) {

        int end() throws InterruptedException {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It did not end. " + output());
            }
            return process.exitValue();
        }

        void awaitOutput(String text) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> output().contains(text));
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static long migrations() throws IOException {
        try (var scripts = Files.list(Path.of("src", "main", "resources", "db", "migration"))) {
            return scripts.count();
        }
    }
}
