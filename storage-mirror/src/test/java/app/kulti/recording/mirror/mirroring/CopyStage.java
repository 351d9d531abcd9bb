package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.local.testing.RealS3;
import app.kulti.recording.mirror.BucketContent;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import app.kulti.recording.mirror.mirroring.plan.PartSize;
import app.kulti.recording.mirror.s3.StorageConfiguration;
import app.kulti.recording.mirror.source.SourceConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.retry.RetryPolicy;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A film server, a bucket of its own, and copies between the two. */
final class CopyStage implements AutoCloseable {
    static final long MIB = 1L << 20;
    static final long PART = PartSize.SMALLEST;
    static final CopySettings SETTINGS = new CopySettings(3, new PartSize(PART, 4 * PART), Duration.ofMillis(20),
            Duration.ofMillis(200));

    final FilmServer server;
    final ToldReports reports = new ToldReports();
    final PartBuffers buffers = new PartBuffers(4 * PART, 2, PART);
    private final String bucketName = RealS3.shared().freshBucket();
    private final BucketContent content = BucketContent.of(bucketName);
    private final ConfigurableApplicationContext adapters;

    private CopyStage(FilmServer server) {
        this.server = server;
        var storage = RealS3.shared();
        adapters = new SpringApplicationBuilder(StorageConfiguration.class, SourceConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.location=optional:none/", "spring.main.banner-mode=off",
                        "kulti.storage.endpoint=" + storage.endpoint(), "kulti.storage.region=" + storage.region(),
                        "kulti.storage.access-key=" + storage.accessKey(),
                        "kulti.storage.secret-key=" + storage.secretKey(), "kulti.storage.bucket=" + bucketName,
                        "kulti.mirror.allowed-hosts=" + server.origin() + ",files.example.com")
                .run();
    }

    /** With a server that shows this film. */
    static CopyStage of(TestFilm film) {
        try {
            return new CopyStage(FilmServer.of(film));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FilmCopy films() {
        return films(bucket -> bucket);
    }

    FilmCopy films(UnaryOperator<Bucket> between) {
        return films(between, plans -> plans);
    }

    FilmCopy films(UnaryOperator<Bucket> between, UnaryOperator<Plans> betweenPlans) {
        return new FilmCopy(adapters.getBean(Source.class), between.apply(adapters.getBean(Bucket.class)),
                betweenPlans.apply(adapters.getBean(Plans.class)), reports, buffers, patience(),
                SETTINGS,
                new CopyWatch() {
                    @Override
                    public void began(Underway copy) {}

                    @Override
                    public void read(long bytes) {}

                    @Override
                    public void stored(long bytes) {}

                    @Override
                    public void ended(Underway copy, Ending ending) {}
                }, System::nanoTime);
    }

    /** As it is seen at another time, by whoever asks {@code between} for it. */
    Sweep sweep(UnaryOperator<Bucket> between, InstantSource clock) {
        return new Sweep(between.apply(adapters.getBean(Bucket.class)), clock);
    }

    Removal removal() {
        return removal(bucket -> bucket);
    }

    Removal removal(UnaryOperator<Bucket> between) {
        return new Removal(between.apply(adapters.getBean(Bucket.class)), adapters.getBean(Plans.class), patience());
    }

    /** What has been noted of a copy. */
    Optional<CopyPlan> plan(States state) throws Trouble, CannotCopy {
        return adapters.getBean(Plans.class).find(state.id());
    }

    private static Patience patience() {
        return new Patience(RetryPolicy.builder().includes(Trouble.class).maxRetries(3).delay(Duration.ofMillis(5))
                .build());
    }

    Ending copy(States state) throws InterruptedException {
        return films().run(order(state));
    }

    static CopyOrder order(States state) {
        return order(state, new AtomicBoolean());
    }

    static CopyOrder order(States state, AtomicBoolean stopping) {
        var source = state.wanting(MirrorWish.COPY).source();
        return new CopyOrder(state.id(), state.objectKey(), state.asset(), state.size(), state::revision,
                () -> source == null ? null : source.url(), stopping::get);
    }

    /** A state whose source is the server's film. */
    States state() {
        return States.any().at(server.url());
    }

    HeadObjectResponse head(States state) {
        return content.head(state.objectKey());
    }

    String sha256(States state) {
        return content.sha256(state.objectKey());
    }

    /** All that lies in the bucket. */
    List<String> keys() {
        return content.keys();
    }

    int unfinishedUploads() {
        return content.unfinishedUploads();
    }

    /** Copies, and insists that the object is the film and that nothing else is left. */
    void assertCopied(States state, TestFilm film) throws InterruptedException {
        assertThat(copy(state)).isEqualTo(new Ending.Verified(film.size(), film.crc32c()));
        assertThat(sha256(state)).isEqualTo(film.sha256());
        assertThat(unfinishedUploads()).isZero();
        assertThat(buffers.inUse()).isZero();
    }

    /** Tries to copy, and insists that it is refused, without telling a secret, and that nothing is left. */
    void assertRefused(States state, RefusedBecause reason) throws InterruptedException {
        assertThat(copy(state)).isInstanceOfSatisfying(Ending.Refused.class, refused -> {
            assertThat(refused.flaw().reason()).isEqualTo(reason);
            assertThat(refused.flaw().detail()).doesNotContain("secret");
        });
        assertThat(keys()).isEmpty();
        assertThat(unfinishedUploads()).isZero();
        assertThat(buffers.inUse()).isZero();
    }

    static String planOf(RecordingId id) {
        return ".copies/" + id + ".json";
    }

    @Override
    public void close() {
        adapters.close();
        server.close();
    }
}
