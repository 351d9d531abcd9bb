package app.kulti.recording.infra.local;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a PostgreSQL server beside this JVM until it is asked to end. */
@Command(name = "postgres", description = "A PostgreSQL server.", mixinStandardHelpOptions = true)
final class PostgresCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "5432", description = "Where clients connect (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--data", defaultValue = ".local/postgres", description = "Its folder (${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @Override
    public Integer call() {
        var postgres = LocalPostgres.start(data, Port.of("PostgreSQL", port, "--port"),
                LocalPostgres.Durability.POWER_CUT);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
        System.out.printf("%s, user and password %s%n", postgres.jdbcUrl(), LocalPostgres.PASSWORD);
        return postgres.process().onExit().join();
    }
}
