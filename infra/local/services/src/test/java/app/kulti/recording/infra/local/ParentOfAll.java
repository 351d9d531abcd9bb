package app.kulti.recording.infra.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts one of each server, says their process ids in a file, and then waits to be killed. */
final class ParentOfAll {

    private ParentOfAll() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[0]);
        var servers = List.of(LocalKafka.start(folder.resolve("kafka"), Port.any("Kafka")),
                LocalPostgres.start(folder.resolve("postgres"), Port.any("PostgreSQL"), LocalPostgres.Durability.KILL),
                LocalS3.start(folder.resolve("s3"), Port.any("S3"), "access", "secret"));
        Files.write(folder.resolve("pids.tmp"),
                servers.stream().map(server -> Long.toString(server.process().pid())).toList());
        Files.move(folder.resolve("pids.tmp"), folder.resolve("pids"));
        Thread.currentThread().join();
    }
}
