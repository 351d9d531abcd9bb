package app.kulti.recording.infra.local.testing;

import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.Port;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The PostgreSQL server that all tests of this JVM share, started at first use. Tests keep apart by databases of their
 * own; one that kills its server starts its own with {@link LocalPostgres}. Logins belong to the server and not to a
 * database: a script that makes them must bear that they are there already.
 */
public final class RealPostgres {

    private static final class Shared {
        private static final RealPostgres SERVER = Servers.ofThisMachine().start(RealPostgres::container,
                RealPostgres::process);
    }

    private final TestDatabase superusers;
    private final AtomicInteger counter = new AtomicInteger();
    private final Map<String, TestDatabase> templates = new ConcurrentHashMap<>();

    private RealPostgres(String host, int port) {
        superusers = new TestDatabase(host, port, LocalPostgres.DATABASE, LocalPostgres.SUPERUSER,
                LocalPostgres.PASSWORD);
    }

    public static RealPostgres shared() {
        return Shared.SERVER;
    }

    /** A new, empty database. */
    public TestDatabase freshDatabase() {
        return create("test_" + counter.incrementAndGet(), "template1");
    }

    /**
     * A new database with what {@code prepare} puts into it, such as the migrations. It is run once per JVM and name;
     * every later database of that name is a copy, made in a fraction of the time.
     *
     * @param prepare must have closed its connections when it returns
     */
    public TestDatabase freshDatabase(String template, Consumer<TestDatabase> prepare) {
        var original = templates.computeIfAbsent(template, name -> {
            var empty = create("template_" + name, "template1");
            prepare.accept(empty);
            return empty;
        });
        return create("test_" + counter.incrementAndGet(), original.name());
    }

    private TestDatabase create(String name, String template) {
        try (var connection = DriverManager.getConnection(superusers.jdbcUrl(), superusers.user(),
                superusers.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + statement.enquoteIdentifier(name, true) + " template "
                    + statement.enquoteIdentifier(template, true));
        } catch (SQLException e) {
            throw new IllegalStateException("Database %s could not be made from %s".formatted(name, template), e);
        }
        return new TestDatabase(superusers.host(), superusers.port(), name, superusers.user(), superusers.password());
    }

    private static RealPostgres container() {
        var container = Containers.postgres();
        container.start();
        return new RealPostgres(container.getHost(), container.getMappedPort(5432));
    }

    private static RealPostgres process() {
        var server = TestFolder.start("postgres",
                folder -> LocalPostgres.start(folder, Port.any("PostgreSQL"), LocalPostgres.Durability.KILL));
        return new RealPostgres("127.0.0.1", server.port());
    }
}
