package app.kulti.recording.infra.local.testing;

import app.kulti.recording.infra.local.LocalService;
import java.nio.file.Path;
import java.util.function.Function;

/** Where a shared server of this test JVM lives: under {@code target}, so that its log can be read after a failure. */
final class TestFolder {

    private TestFolder() {}

    /** Starts a server in a fresh folder and stops it when this JVM ends. */
    static <S extends LocalService> S start(String kind, Function<Path, S> start) {
        // Maven says where the module is; an IDE starts tests there anyway.
        var module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        var folder = module.resolve("target").resolve("shared-servers")
                .resolve(kind + "-" + ProcessHandle.current().pid());
        var server = start.apply(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(server::discard));
        return server;
    }
}
