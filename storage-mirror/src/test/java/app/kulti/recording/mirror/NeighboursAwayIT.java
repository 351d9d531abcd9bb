package app.kulti.recording.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.mirror.mirroring.FilmServer;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import app.kulti.recording.mirror.mirroring.States;
import app.kulti.recording.mirror.mirroring.TestFilm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker and a bucket of its own, for they are absent at first and killed later. */
class NeighboursAwayIT {
    private static final TestFilm FILM = TestFilm.of(22 << 20, 1);

    @TempDir
    private Path folder;

    @Test
    void itComesUpWithoutItsNeighboursIsReadyOnceTheyAreLosesNothingWhenTheyGoAndStopsInTimeWithoutThem()
            throws Exception {
        var kafkaPort = new Port("Kafka", Port.any("Kafka").number(), "this test");
        var s3Port = new Port("S3", Port.any("S3").number(), "this test");
        try (var server = FilmServer.of(FILM).always(Answer.slowly(2 << 20));
                var worker = Worker.start("127.0.0.1:" + kafkaPort.number(),
                        URI.create("http://127.0.0.1:%d/storage/v1/s3".formatted(s3Port.number())), "access", "secret",
                        "recordings", server.origin())) {
            assertThat(worker.status("liveness")).isEqualTo(200);
            assertThat(worker.status("readiness")).isEqualTo(503);

            try (var kafka = LocalKafka.start(folder.resolve("kafka"), kafkaPort);
                    var s3 = LocalS3.start(folder.resolve("s3"), s3Port, "access", "secret");
                    var processor = new Processor(kafka.bootstrapServers())) {
                assertThat(worker.status("readiness")).as("without its bucket").isEqualTo(503);
                s3.createBucket("recordings");
                worker.awaitReady();

                var state = States.any().at(server.url()).declaring(FILM.size());
                processor.announce(state.wantingCopy());
                await().atMost(Duration.ofSeconds(60)).until(() -> server.sent() > 5 << 20);
                s3.kill();
                assertThat(notNow(processor, state)).contains("the bucket could not be reached");
                assertThat(worker.status("liveness")).isEqualTo(200);
                assertThat(worker.status("readiness")).isEqualTo(503);

                s3.restart();
                worker.awaitReady();
                processor.announce(state.wantingCopy());
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> processor.reportsOf(state.id()).getLast() instanceof MirrorReport.Verified verified
                                && verified.size() == FILM.size());

                processor.announce(States.any().at(server.url()).wantingCopy());
                await().until(() -> worker.copying() == 1);
            }
            assertThat(worker.stop()).as("a stop without its neighbours").isLessThan(Duration.ofSeconds(10));
        }
    }

    private static String notNow(Processor processor, States state) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> processor.reportsOf(state.id()).stream()
                .filter(MirrorReport.NotNow.class::isInstance).map(MirrorReport.NotNow.class::cast)
                .map(MirrorReport.NotNow::cause).findFirst().orElse(""), cause -> !cause.isEmpty());
    }
}
