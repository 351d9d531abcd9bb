package app.kulti.recording.infra.bench.list;

import app.kulti.recording.infra.bench.processor.BenchDatabase;
import app.kulti.recording.infra.bench.processor.BenchServers;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.run.Caller;
import app.kulti.recording.infra.local.run.Credentials;
import app.kulti.recording.infra.local.run.ServiceJars;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The gateway's own jar as it runs in production, before one database. */
final class ListedGateway {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    /** The collector that the JVM takes by itself in a container of less than 2 GB. */
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");
    private static final String LIST = "/api/recordings/list";

    private final URI address;
    private final LocalPostgres postgres;
    private final BenchDatabase database;
    private final Wrk wrk;

    private ListedGateway(URI address, LocalPostgres postgres, BenchDatabase database, Wrk wrk) {
        this.address = address;
        this.postgres = postgres;
        this.database = database;
        this.wrk = wrk;
    }

    static ListedGateway start(BenchServers servers, BenchDatabase database, Path folder) {
        var port = Port.any("API gateway");
        var management = Port.any("API gateway's management");
        servers.start(Program.jar("api-gateway", ServiceJars.ofThisCheckout().jar("api-gateway", "api-gateway"),
                JVM, folder.resolve("api-gateway-" + database.name() + ".log"))
                .environment(Map.of(
                        "SERVER_PORT", Integer.toString(port.number()),
                        "MANAGEMENT_SERVER_PORT", Integer.toString(management.number()),
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS", servers.brokers(),
                        "SPRING_R2DBC_URL", database.r2dbcUrl(),
                        "SPRING_R2DBC_PASSWORD", LocalDatabase.passwordOf(Login.GATEWAY),
                        "KULTI_AUTH_JWTSECRET", Credentials.JWT_SECRET,
                        // Links are signed, but nobody follows them here.
                        "KULTI_STORAGE_ENDPOINT", "http://127.0.0.1:1/storage/v1/s3",
                        "KULTI_STORAGE_REGION", "local",
                        "KULTI_STORAGE_ACCESSKEY", "local",
                        "KULTI_STORAGE_SECRETKEY", "local-secret"))
                .ready(Readiness.http(URI.create("http://127.0.0.1:%d/actuator/health/readiness"
                        .formatted(management.number()))), READY_LIMIT));
        return new ListedGateway(URI.create("http://127.0.0.1:" + port.number()), servers.postgres(), database,
                Wrk.find(folder));
    }

    /** Lists per second over so many connections, each asking again as soon as it is answered. */
    double rate(ListReader reader, int connections, int seconds) throws IOException {
        requireAnswer(reader);
        return wrk.rate(address.resolve(LIST), Map.of("Authorization", "Bearer " + reader.token()), connections,
                seconds);
    }

    /** What the gateway asks, in the words that the server's log has when it is told to write every statement down. */
    String queryAsItReachesTheDatabase(ListReader reader) throws SQLException, IOException {
        logStatements("all");
        var log = postgres.process().program().log();
        var before = Files.size(log);
        requireAnswer(reader);
        logStatements("none");
        return ServerLog.query(Files.readString(log).substring(Math.toIntExact(before)), "WITH visible");
    }

    private void logStatements(String which) throws SQLException {
        database.execute("ALTER SYSTEM SET log_statement = '" + which + "'");
        database.execute("SELECT pg_reload_conf(), pg_sleep(1)");
    }

    private void requireAnswer(ListReader reader) {
        var answer = new Caller(address, reader.token()).get(LIST);
        var total = answer.json().at("/pagination/total").asInt(0);
        var links = answer.json().at("/recordings").valueStream()
                .filter(recording -> recording.path("recording_url").asString("").contains("X-Amz-Signature=")).count();
        if (answer.status() != 200 || total != reader.sees() || links != 20) {
            throw new IllegalStateException("the list is not as it should be: status %d, total %d, %d links"
                    .formatted(answer.status(), total, links));
        }
    }
}
