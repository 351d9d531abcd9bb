package app.kulti.recording.infra.ops;

import static app.kulti.recording.infra.ops.RunningServers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a replay in the middle, somebody goes on where it stood, and nothing is lost. */
class InterruptedReplayIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path JAR = Path.of("target", "kulti-ops.jar");
    private static final int WEBHOOKS = 60;
    /** A minute for all of them, which none of these tests waits for. */
    private static final String SLOWLY = "4";
    private static final String AT_ONCE = "10000";

    private final RunningServers servers = RunningServers.shared();
    private final String room = RunningServers.room();
    private final TestDesk ada = servers.desk("ada");
    private final TestDesk bob = servers.desk("bob");

    @BeforeEach
    void allIsWell() {
        servers.allIsWell();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "kill and env are those of Linux")
    void afterCtrlCTheRealToolSaysHowToGoOnAndSomebodyElseDoes(@TempDir Path files) throws Exception {
        servers.deliver(room, WEBHOOKS);
        var out = files.resolve("out");
        var tool = start(out, "replay", "--from", "1h", "--room", room, "--rate", SLOWLY, "--confirm", "--reason",
                "half of it");
        try {
            await().atMost(LIMIT).until(() -> servers.webhooks(room).size() > WEBHOOKS + 2 || !tool.isAlive());

            new ProcessBuilder("kill", "-INT", Long.toString(tool.pid())).start().waitFor();

            assertThat(tool.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            tool.destroyForcibly();
        }
        var said = Files.readString(out);
        assertThat(tool.exitValue()).as(said).isEqualTo(Exit.CANCELLED);
        assertThat(said).containsPattern("Interrupted: \\d+ of 60 published").contains("replay --resume ");
        assertThat(servers.webhooks(room)).hasSizeBetween(WEBHOOKS + 3, 2 * WEBHOOKS - 1);

        var replay = resumeId(said);
        assertThat(bob.run("replay", "--resume", replay, "--rate", AT_ONCE, "--reason", "the other half")).as("%s", bob)
                .isZero();
        assertThat(replayed()).as("each once").hasSize(WEBHOOKS).doesNotHaveDuplicates();
        assertThat(bob.run("replay", "--resume", replay, "--reason", "once more")).isEqualTo(Exit.NOT_THERE);
        assertThat(bob.err.toString()).contains("is complete: there is nothing to go on with");
    }

    @Test
    void aBrokerThatDiesInTheMiddleLosesNothing() {
        servers.deliver(room, WEBHOOKS);
        var running = CompletableFuture.supplyAsync(() -> ada.run("replay", "--from", "1h", "--room", room, "--rate",
                SLOWLY, "--confirm", "--reason", "all of it"));
        await().atMost(LIMIT).until(() -> servers.webhooks(room).size() > WEBHOOKS + 2 || running.isDone());

        servers.kafka.process().kill();
        try {
            assertThat(running.join()).as("%s", ada).isEqualTo(Exit.UNREACHABLE);
            assertThat(ada.err.toString()).contains("does not answer", "Go on with: kulti-ops replay --resume");
        } finally {
            servers.kafka.process().restart();
        }

        assertThat(bob.run("replay", "--resume", "--rate", AT_ONCE, "--reason", "Kafka is back")).as("%s", bob)
                .isZero();
        assertThat(replayed()).containsAll(servers.webhooks(room).stream().map(one -> header(one, "ce_id")).toList());
    }

    @Test
    void aFileIsReplayedOnceAndResumedOnlyWithTheSameFile(@TempDir Path files) throws Exception {
        var lines = IntStream.range(0, 40).mapToObj(
                i -> "{\"type\":\"beam.started.success\",\"data\":{\"room_id\":\"%s\",\"n\":%d}}".formatted(room, i))
                .toList();
        var file = Files.write(files.resolve("day.ndjson"), lines);
        var running = CompletableFuture.supplyAsync(() -> ada.run("replay", "--file", file.toString(), "--rate", "10",
                "--confirm", "--reason", "from the proxy"));
        await().atMost(LIMIT).until(() -> servers.webhooks(room).size() > 2 || running.isDone());
        ada.stop.request();
        assertThat(running.join()).as("%s", ada).isEqualTo(Exit.CANCELLED);

        var other = Files.write(files.resolve("other.ndjson"), lines.subList(0, 20));
        assertThat(bob.run("replay", "--resume", "--reason", "r")).isEqualTo(Exit.USAGE);
        assertThat(bob.err.toString()).contains("add --file day.ndjson");
        assertThat(bob.run("replay", "--resume", "--file", other.toString(), "--reason", "r")).isEqualTo(Exit.USAGE);
        assertThat(bob.err.toString()).contains("is not the file with which");
        assertThat(bob.run("replay", "--resume", "--file", file.toString(), "--rate", AT_ONCE, "--reason", "the rest"))
                .as("%s", bob).isZero();
        assertThat(servers.webhooks(room)).hasSize(40).allSatisfy(
                one -> assertThat(header(one, "ce_type")).isEqualTo("kulti.webhook.recovered.v1"));
    }

    /** The jar that operators get, with both of its outputs in {@code out}. */
    private Process start(Path out, String... arguments) throws IOException {
        // Whatever started this JVM in the background may have it ignore INT, which children inherit.
        var command = new ArrayList<>(List.of("env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xmx128m", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(servers.environment("ada"));
        return builder.start();
    }

    private List<String> replayed() {
        return servers.webhooks(room).stream().filter(one -> !header(one, "ce_replayedby").isEmpty())
                .map(one -> header(one, "ce_id")).toList();
    }

    private static String resumeId(String said) {
        return said.substring(said.indexOf("--resume ") + "--resume ".length()).split(" ", 2)[0];
    }
}
