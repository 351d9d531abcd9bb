package app.kulti.recording.infra.local.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class SharedServersIT {

    @Test
    void theChoiceFollowsTheEngine() {
        var engine = Quietly.get("org.testcontainers", () -> DockerClientFactory.instance().isDockerAvailable());

        assertThat(Servers.ofThisMachine()).isEqualTo(engine ? Servers.CONTAINERS : Servers.PROCESSES);
    }

    @Test
    void theBrokerIsOneForAllTests() throws Exception {
        assertThat(RealKafka.shared()).isSameAs(RealKafka.shared());
        try (var admin = Admin
                .create(Map.<String, Object>of("bootstrap.servers", RealKafka.shared().bootstrapServers()))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    @Test
    void eachDatabaseIsNewAndEmpty() throws Exception {
        var first = RealPostgres.shared().freshDatabase();
        var second = RealPostgres.shared().freshDatabase();
        execute(first, "create table mine (n int)");

        assertThat(tables(first)).isEqualTo(1);
        assertThat(tables(second)).isZero();
    }

    @Test
    void aTemplateIsPreparedOnceAndCopied() throws Exception {
        var prepared = new AtomicInteger();
        var first = RealPostgres.shared().freshDatabase("with-table", database -> prepare(database, prepared));
        var second = RealPostgres.shared().freshDatabase("with-table", database -> prepare(database, prepared));
        execute(first, "create table mine (n int)");

        assertThat(prepared).hasValue(1);
        assertThat(tables(first)).isEqualTo(2);
        assertThat(tables(second)).isEqualTo(1);
    }

    @Test
    void eachBucketIsNew() {
        assertThat(RealS3.shared().freshBucket()).isNotEqualTo(RealS3.shared().freshBucket());
    }

    private static void prepare(TestDatabase database, AtomicInteger prepared) {
        prepared.incrementAndGet();
        try {
            execute(database, "create table migrated (n int)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int tables(TestDatabase database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement
                        .executeQuery("select count(*) from information_schema.tables where table_schema = 'public'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
