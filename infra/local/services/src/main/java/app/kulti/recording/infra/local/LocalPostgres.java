package app.kulti.recording.infra.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server on loopback. Logins are checked by password (SCRAM), also those from this machine. The superuser
 * and its password are {@value #SUPERUSER} and {@value #PASSWORD}, and its database is {@value #DATABASE}. Of the
 * extensions, all of PostgreSQL's own ({@code contrib}) are there, {@code pgcrypto} and {@code uuid-ossp} among them.
 *
 * <p>By hand: {@code java -jar infra/local/services/target/kulti-local-services.jar postgres --port 5432 --data
 * .local/postgres}
 */
public final class LocalPostgres implements LocalService {

    public static final String SUPERUSER = "postgres";
    public static final String PASSWORD = "postgres";
    public static final String DATABASE = "postgres";

    /** What its acknowledged commits outlive. */
    public enum Durability {
        /** The machine's sudden end: each commit waits for the disk, as in production. */
        POWER_CUT,
        /** The server's sudden end, kill -9 included: quicker, for tests. */
        KILL
    }

    private final LocalProcess process;
    private final Port port;
    private final Path data;

    private LocalPostgres(LocalProcess process, Port port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param folder for its data (in {@code data}) and its log ({@code postgres.log}); a second start on it finds its
     * databases again
     */
    public static LocalPostgres start(Path folder, Port port, Durability durability) {
        return start(folder, port, durability, OrdinaryUser.find());
    }

    static LocalPostgres start(Path folder, Port port, Durability durability, OrdinaryUser user) {
        var bin = PostgresBinaries.unpacked(Installation.find()).resolve("bin");
        var log = folder.resolve("postgres.log");
        var data = folder.resolve("data").toAbsolutePath();
        if (Files.notExists(data)) {
            initialize(bin, data, log, durability, user);
        }
        return Start.on(port, free -> {
            var program = Program.of("PostgreSQL", user.command(server(bin, data, free, durability)), log)
                    .ready(process -> isReady(process, data), Duration.ofSeconds(60))
                    .stop(StopSignal.INT, Duration.ofSeconds(20));
            return new LocalPostgres(program.start().awaitReady(), free, data);
        });
    }

    public int port() {
        return port.number();
    }

    /** For a driver that speaks JDBC, to the database {@value #DATABASE}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), DATABASE);
    }

    @Override
    public LocalProcess process() {
        return process;
    }

    @Override
    public Path data() {
        return data;
    }

    private static List<String> server(Path bin, Path data, Port port, Durability durability) {
        var command = new ArrayList<>(List.of(bin.resolve("postgres").toString(), "-D", data.toString(), "-p",
                Integer.toString(port.number()), "-c", "listen_addresses=127.0.0.1",
                // The path of a socket may be 107 bytes long at most, which a folder of a build easily exceeds.
                "-c", "unix_socket_directories=", "-c", "max_connections=200"));
        if (durability == Durability.KILL) {
            command.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB"));
        }
        return command;
    }

    /** PostgreSQL writes its state there, and its own pg_ctl reads it there. */
    private static boolean isReady(LocalProcess process, Path data) throws IOException {
        var lines = Files.readAllLines(data.resolve("postmaster.pid"));
        return lines.size() >= 8 && lines.getFirst().equals(Long.toString(process.pid()))
                && lines.get(7).strip().equals("ready");
    }

    private static void initialize(Path bin, Path data, Path log, Durability durability, OrdinaryUser user) {
        // Renamed when it is whole, so that a start that was cut short leaves nothing in the way of the next.
        var unfinished = data.resolveSibling("data.unfinished");
        var password = data.resolveSibling("password.tmp");
        try {
            Folders.delete(unfinished);
            Files.createDirectories(unfinished);
            Files.deleteIfExists(password);
            Files.createFile(password,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, PASSWORD);
            user.give(unfinished);
            user.give(password);
            var command = new ArrayList<>(List.of(bin.resolve("initdb").toString(), "-D", unfinished.toString(), "-U",
                    SUPERUSER,
                    "--pwfile=" + password, "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin",
                    "--locale=C.UTF-8"));
            if (durability == Durability.KILL) {
                command.add("--no-sync");
            }
            Program.of("PostgreSQL's initdb", user.command(command), log).start().awaitEnd(Duration.ofSeconds(60));
            Files.delete(password);
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
