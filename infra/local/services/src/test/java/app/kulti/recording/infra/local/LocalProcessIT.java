package app.kulti.recording.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessIT {

    @TempDir
    private Path folder;

    private Path log;

    @BeforeEach
    void log() {
        log = folder.resolve("program.log");
    }

    @Test
    void theServersEndWithAParentThatIsKilled() throws Exception {
        var installation = Installation.find();
        var classPath = Path.of(ParentOfAll.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                + File.pathSeparator
                + installation.code() + File.pathSeparator + installation.lib().resolve("*");
        var parent = Program.of("the parent",
                Program.java(List.of("-Xmx64m"),
                        List.of("-cp", classPath, ParentOfAll.class.getName(), folder.toString())),
                log)
                .ready(_ -> Files.exists(folder.resolve("pids")), Duration.ofSeconds(90)).start().awaitReady();
        var servers = Files.readAllLines(folder.resolve("pids")).stream()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow()).toList();
        assertThat(servers).hasSize(3).allMatch(ProcessHandle::isAlive);

        // With its whole process group, as a build server ends a job. LocalProcess.kill() would take its children with
        // it.
        var group = new ProcessBuilder("kill", "-s", "KILL", "--", "-" + parent.pid()).inheritIO().start();
        assertThat(group.waitFor()).isZero();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
        assertThat(parent.isAlive()).isFalse();
    }

    @Test
    void aProgramThatIgnoresTheRequestToEndIsKilled() {
        var stubborn = shell("trap '' TERM; echo up; while :; do sleep 1; done")
                .ready(Readiness.logged("up"), Duration.ofSeconds(10))
                .stop(StopSignal.TERM, Duration.ofSeconds(1)).start().awaitReady();

        stubborn.stop();

        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void aProgramEndsInGoodOrderWhenAsked() {
        var orderly = shell("trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.1; done")
                .ready(Readiness.logged("up"), Duration.ofSeconds(10)).start().awaitReady();

        orderly.stop();

        assertThat(log).content().contains("bye");
        assertThat(orderly.onExit()).succeedsWithin(Duration.ofSeconds(1)).isEqualTo(3);
    }

    @Test
    void aKillTakesTheProgramsOwnChildrenToo() {
        var family = shell("sleep 300 & echo child $!; wait").ready(Readiness.logged("child"), Duration.ofSeconds(10))
                .start().awaitReady();
        var child = ProcessHandle.of(family.pid()).orElseThrow().descendants().findFirst().orElseThrow();

        family.kill();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aRestartTellsTheNewLogFromTheOld() {
        var program = shell("echo up $$; sleep 300").ready(Readiness.logged("up"), Duration.ofSeconds(10)).start()
                .awaitReady();
        var first = program.pid();

        program.restart();

        assertThat(log).content().contains("up " + first, "up " + program.pid());
        assertThatThrownBy(() -> program.awaitEnd(Duration.ofMillis(10))).hasMessageContaining("up " + program.pid())
                .message().doesNotContain("up " + first);
    }

    @Test
    void aProgramThatEndsAtOnceIsShownWithItsLog() {
        var program = shell("echo 'the disk is on fire'; exit 7").ready(_ -> false, Duration.ofSeconds(10)).start();

        assertThatThrownBy(program::awaitReady).isInstanceOf(LocalServiceException.class)
                .hasMessageContaining("status 7")
                .hasMessageContaining("the disk is on fire").hasMessageContaining(log.toString());
    }

    @Test
    void aProgramThatNeverGetsReadyIsKilledAtTheDeadline() {
        var program = shell("echo still thinking; sleep 300").ready(_ -> false, Duration.ofSeconds(1)).start();

        assertThatThrownBy(program::awaitReady).hasMessageContaining("not ready after 1 s")
                .hasMessageContaining("still thinking");

        assertThat(program.isAlive()).isFalse();
    }

    @Test
    void itIsReadyWhenItsUrlAnswersWell() throws Exception {
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ready", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() < 3 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
        var uri = URI.create("http://127.0.0.1:%d/ready".formatted(server.getAddress().getPort()));
        try (var program = shell("sleep 300").ready(Readiness.http(uri), Duration.ofSeconds(10)).start()) {
            program.awaitReady();
            assertThat(asked).hasValue(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void itHasTheVariablesThatItIsGiven() {
        var program = shell("echo \"$GREETING\"").start();

        program.awaitEnd(Duration.ofSeconds(10));

        assertThat(log).content().doesNotContain("hello");
        shell("echo \"$GREETING\"").environment(Map.of("GREETING", "hello")).start().awaitEnd(Duration.ofSeconds(10));
        assertThat(log).content().contains("hello");
    }

    @Test
    void itsLinesCanBeFollowedToTheLast() {
        var lines = new CopyOnWriteArrayList<String>();
        var program = shell("echo one; sleep 0.5; echo two; printf 'thr'; sleep 0.5; printf ee").start();

        program.follow(lines::add);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lines).containsExactly("one", "two", "three"));
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatMovesIt() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Port.of("PostgreSQL", other.getLocalPort(), "KULTI_LOCAL_POSTGRES_PORT");

            assertThatThrownBy(() -> LocalPostgres.start(folder, port, LocalPostgres.Durability.KILL))
                    .isInstanceOf(LocalServiceException.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " for PostgreSQL")
                    .hasMessageContaining("KULTI_LOCAL_POSTGRES_PORT");
        }
    }

    @Test
    void aServerThatMayTakeAnyPortTriesAnotherWhenItsOwnIsTakenBeforeItGetsThere() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var taken = new Port("S3", other.getLocalPort(), null);

            try (var s3 = LocalS3.start(folder, taken, "access", "secret")) {
                assertThat(s3.endpoint().getPort()).isNotEqualTo(other.getLocalPort());
            }
        }
    }

    private Program shell(String script) {
        return Program.of("the program", List.of("sh", "-c", script), log);
    }
}
