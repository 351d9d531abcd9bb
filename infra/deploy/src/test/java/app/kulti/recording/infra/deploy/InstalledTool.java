package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine that a test asks, and is skipped without. */
record InstalledTool(Path program) {
    private static final int SECONDS = 60;

    /** @param from what brings it along, for whoever wonders about the skipped test */
    static InstalledTool find(String name, String from) {
        var program = Stream.of(System.getenv("PATH").split(":")).map(Path::of).map(folder -> folder.resolve(name))
                .filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(), () -> "%s is not installed (%s)".formatted(name, from));
        return new InstalledTool(program.orElseThrow());
    }

    /** What it prints; insists that it is content. */
    String run(Path in, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(program.getFileName().toString(), ".out");
        try {
            var process = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true)
                    .redirectOutput(out.toFile()).start();
            var ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            var said = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(ended).as("%s ends within %d s: %s", command, SECONDS, said).isTrue();
            assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
            return said;
        } finally {
            Files.deleteIfExists(out);
        }
    }
}
