package app.kulti.recording.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.local.testing.RealKafka;
import app.kulti.recording.infra.local.testing.RealS3;
import app.kulti.recording.mirror.mirroring.FilmServer;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import app.kulti.recording.mirror.mirroring.States;
import app.kulti.recording.mirror.mirroring.TestFilm;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorIT {
    private static final long MIB = 1L << 20;
    private static final TestFilm FILM = TestFilm.of(12 * MIB + 1, 1);
    private static final String GROUP = "kulti.mirror.recording.events";
    /** What one worker copies side by side, unless it is told otherwise. */
    private static final int AT_A_TIME = 4;

    private static final String BUCKET = RealS3.shared().freshBucket();

    private static FilmServer server;
    private static Processor processor;
    private static Worker worker;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = FilmServer.of(FILM);
        processor = new Processor(RealKafka.shared().bootstrapServers());
        worker = worker();
        worker.awaitReady();
    }

    @AfterAll
    static void stop() {
        worker.close();
        processor.close();
        server.close();
    }

    @BeforeEach
    void asNew() {
        server.reset(FILM);
    }

    @Test
    void aStateThatWantsACopyIsCopiedAndReportedAndThenCommitted() {
        var state = States.any().at(server.url()).declaring(FILM.size()).revision(3);

        processor.announce(state.wantingCopy());

        assertThat(reportOf(state.id())).isEqualTo(new MirrorReport.Verified(state.id(), 3, state.asset(),
                state.objectKey(), FILM.size(), FILM.crc32c()));
        assertThat(processor.allOf(state.id()).getFirst())
                .isEqualTo(new MirrorReport.Copying(state.id(), 3, state.asset(), 0, FILM.size()));
        patiently().until(() -> processor.lag(GROUP) == 0);
    }

    @Test
    void aStateThatWantsNothingIsDoneAtOnce() {
        processor.announce(States.any().at(server.url()).wanting(MirrorWish.NOTHING));

        patiently().until(() -> processor.lag(GROUP) == 0);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theSameStateManyTimesIsOneCopy() {
        server.always(Answer.slowly(8 * MIB));
        var state = States.any().at(server.url()).declaring(FILM.size());

        for (var times = 0; times < 5; times++) {
            processor.announce(state.revision(1 + times / 2).wantingCopy());
        }

        assertThat(reportOf(state.id())).isInstanceOf(MirrorReport.Verified.class);
        patiently().until(() -> processor.lag(GROUP) == 0);
        assertThat(server.sent()).isEqualTo(FILM.size());
    }

    @Test
    void anOlderRevisionChangesNothing() {
        var state = States.any().at(server.url()).declaring(FILM.size());
        processor.announce(state.revision(5).wantingRemoval());
        assertThat(reportOf(state.id())).isEqualTo(new MirrorReport.Removed(state.id(), 5));

        processor.announce(state.revision(4).wantingCopy());

        patiently().until(() -> processor.lag(GROUP) == 0);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aRemovalEndsARunningCopyAndLeavesNothing() {
        server.film(TestFilm.of(200 * MIB, 2)).always(Answer.slowly(5 * MIB));
        var state = States.any().at(server.url());
        processor.announce(state.revision(1).wantingCopy());
        patiently().until(() -> server.sent() > 10 * MIB);

        processor.announce(state.revision(2).wantingRemoval());

        assertThat(reportOf(state.id())).isEqualTo(new MirrorReport.Removed(state.id(), 2));
        assertThat(processor.reportsOf(state.id())).hasSize(1);
        assertThat(BucketContent.of(BUCKET).keys()).noneMatch(key -> key.contains(state.id().toString()));
        assertThat(BucketContent.of(BUCKET).unfinishedUploads()).isZero();
        patiently().until(() -> processor.lag(GROUP) == 0);
    }

    @Test
    void aSlowCopyHoldsUpNoOtherOfTheSamePartition() {
        server.always(Answer.slowly(100_000));
        var slow = States.any().at(server.url());
        processor.announce(slow.wantingCopy());
        patiently().until(() -> server.asked().size() == 3);
        server.always(Answer.ranges());
        var quick = neighbourOf(slow.id()).at(server.url());

        processor.announce(quick.wantingCopy());

        assertThat(reportOf(quick.id())).isInstanceOf(MirrorReport.Verified.class);
        assertThat(processor.reportsOf(slow.id())).isEmpty();
        processor.announce(slow.revision(2).wantingRemoval());
        reportOf(slow.id());
        patiently().until(() -> processor.lag(GROUP) == 0);
    }

    @Test
    void anExpiredUrlIsReportedAndTheCopyGoesOnWithTheRenewedOne() {
        var film = TestFilm.of(25 * MIB, 3);
        var ranges = Answer.ranges();
        server.film(film).always(Answer.page(403, "application/xml", "<Error/>")).first(ranges, ranges, ranges);
        var state = States.any().at(server.url()).declaring(film.size());
        processor.announce(state.revision(1).wantingCopy());
        assertThat(reportOf(state.id())).isEqualTo(new MirrorReport.SourceExpired(state.id(), 1, state.asset()));

        server.always(ranges);
        processor.announce(state.revision(2).wantingCopy());

        patiently().until(() -> processor.reportsOf(state.id()).size() == 2);
        assertThat(processor.reportsOf(state.id()).getLast()).isEqualTo(new MirrorReport.Verified(state.id(), 2,
                state.asset(), state.objectKey(), film.size(), film.crc32c()));
        assertThat(BucketContent.of(BUCKET).sha256(state.objectKey())).isEqualTo(film.sha256());
    }

    @Test
    void aPageIsReportedAsRefused() {
        server.always(Answer.page(200, "text/html", "<html>Sorry</html>"));
        var state = States.any().at(server.url()).declaring(4711);

        processor.announce(state.wantingCopy());

        assertThat(reportOf(state.id())).isEqualTo(new MirrorReport.Refused(state.id(), 1, state.asset(),
                MirrorReport.RefusedBecause.HTML, "the source answers with a page", 4711L));
    }

    @Test
    void whatIsNoMessageIsPutAsideAndTheNextIsRead() throws Exception {
        var before = processor.endOf("recording.events.mirror.dlt");
        var state = States.any().at(server.url());
        processor.announceNonsense(state.id());

        processor.announce(state.wantingCopy());

        assertThat(reportOf(state.id())).isInstanceOf(MirrorReport.Verified.class);
        assertThat(processor.endOf("recording.events.mirror.dlt")).isEqualTo(before + 1);
    }

    @Test
    void aWorkerThatIsStoppedHandsItsCopyOverInTime() {
        var film = TestFilm.of(20 * MIB, 4);
        server.film(film).always(Answer.slowly(MIB));
        var states = Stream.of(States.any(), States.any(), States.any())
                .map(state -> state.at(server.url()).declaring(film.size())).toList();
        states.forEach(state -> processor.announce(state.wantingCopy()));
        patiently().until(() -> server.sent() > 20 * MIB);

        assertThat(worker.stop()).isLessThan(Duration.ofSeconds(10));
        server.always(Answer.ranges());
        worker = worker();

        for (var state : states) {
            assertThat(reportOf(state.id())).isInstanceOf(MirrorReport.Verified.class);
            assertThat(BucketContent.of(BUCKET).sha256(state.objectKey())).isEqualTo(film.sha256());
        }
        assertThat(server.sent()).as("bytes read of three films").isLessThanOrEqualTo(3 * film.size() + 6 * 5 * MIB);
    }

    @Test
    void tenHandOversEndNoJobUnreported() {
        var film = TestFilm.of(400 * MIB, 6);
        server.film(film).always(Answer.slowly(10 * MIB));
        var state = States.any().at(server.url()).declaring(film.size());
        processor.announce(state.wantingCopy());

        for (var times = 1; times <= 10; times++) {
            var before = server.sent();
            patiently().until(() -> server.sent() > before + MIB);
            assertThat(processor.reportsOf(state.id())).as("reports after %d hand-overs", times - 1).isEmpty();
            worker.handOver();
        }
        server.always(Answer.ranges());

        assertThat(reportOf(state.id())).isInstanceOf(MirrorReport.Verified.class);
        patiently().until(() -> processor.lag(GROUP) == 0);
    }

    @Test
    void anOperatorIsToldWhetherTheBucketTakesCopiesAndTheBrokersTheLogin() throws Exception {
        var answer = worker.post(true, "/ops/check");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"ok\":true", "the bucket takes video/mp4",
                "the bucket takes application/json", "the Kafka login may read recording.events",
                "the Kafka login may write mirror.reports").doesNotContain("\"ok\":false");
        assertThat(BucketContent.of(BUCKET).keys()).noneMatch(key -> key.startsWith(".checks/"));
        assertThat(worker.post(false, "/ops/check").statusCode()).as("at the service's own port").isEqualTo(404);
    }

    @Test
    void aSecondWorkerTakesItsShareSoThatMoreIsCopiedAtATime() {
        var film = TestFilm.of(6 * MIB, 5);
        var bothAreThere = new AtomicBoolean();
        server.film(film).always((exchange, films) -> {
            patiently().untilTrue(bothAreThere);
            Answer.ranges().to(exchange, films);
        });
        var states = onDifferentPartitions(20).map(state -> state.at(server.url()).declaring(film.size())).toList();
        states.forEach(state -> processor.announce(state.wantingCopy()));
        patiently().until(() -> worker.copying() == AT_A_TIME);

        var sha256 = film.sha256();
        try (var second = worker()) {
            patiently().until(() -> worker.copying() + second.copying() > AT_A_TIME);
            bothAreThere.set(true);

            for (var state : states) {
                assertThat(reportOf(state.id())).isInstanceOf(MirrorReport.Verified.class);
                assertThat(BucketContent.of(BUCKET).sha256(state.objectKey())).isEqualTo(sha256);
            }
        }
        assertThat(BucketContent.of(BUCKET).unfinishedUploads()).isZero();
        assertThat(server.sent()).as("bytes read of all films")
                .isLessThanOrEqualTo(states.size() * film.size() + AT_A_TIME * film.size());
    }

    private static Worker worker() {
        return Worker.start(RealKafka.shared().bootstrapServers(), BUCKET, server.origin());
    }

    /** The first report that is more than progress. */
    private MirrorReport reportOf(RecordingId id) {
        return patiently().until(() -> processor.reportsOf(id), reports -> !reports.isEmpty()).getFirst();
    }

    private static Stream<States> onDifferentPartitions(int count) {
        var taken = new HashSet<Integer>();
        return Stream.generate(States::any).filter(state -> taken.add(Processor.partitionOf(state.id()))).limit(count);
    }

    /** A recording whose records lie on the same partition. */
    private States neighbourOf(RecordingId id) {
        return Stream.generate(States::any)
                .filter(other -> Processor.partitionOf(other.id()) == Processor.partitionOf(id)).findFirst()
                .orElseThrow();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
    }
}
