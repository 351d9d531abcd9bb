package app.kulti.recording.mirror;

import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.mirror.figures.MeteredCopies;
import app.kulti.recording.mirror.figures.TracedCopies;
import app.kulti.recording.mirror.kafka.TopicsConfiguration;
import app.kulti.recording.mirror.mirroring.Bucket;
import app.kulti.recording.mirror.mirroring.CopySettings;
import app.kulti.recording.mirror.mirroring.FilmCopy;
import app.kulti.recording.mirror.mirroring.Mirror;
import app.kulti.recording.mirror.mirroring.PartBuffers;
import app.kulti.recording.mirror.mirroring.Patience;
import app.kulti.recording.mirror.mirroring.Plans;
import app.kulti.recording.mirror.mirroring.Removal;
import app.kulti.recording.mirror.mirroring.Reports;
import app.kulti.recording.mirror.mirroring.Source;
import app.kulti.recording.mirror.mirroring.Sweep;
import app.kulti.recording.mirror.mirroring.Trouble;
import app.kulti.recording.mirror.s3.StorageConfiguration;
import app.kulti.recording.mirror.source.SourceConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

/** The map of storage-mirror: recording.events → mirror → film copy (source → bucket) or removal → mirror.reports. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@EnableConfigurationProperties(MirrorSettings.class)
@Import({TopicsConfiguration.class, SourceConfiguration.class, StorageConfiguration.class})
public class MirrorApplication {
    private static final Duration NOTES_EVERY = Duration.ofSeconds(2);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(30);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final Duration FIRST_SWEEP_AFTER = Duration.ofMinutes(5);

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(MirrorApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Five tries within some seconds; what takes longer is reported, and announced again by the processor. */
    @Bean
    Patience patience() {
        return new Patience(RetryPolicy.builder().includes(Trouble.class).maxRetries(4)
                .delay(Duration.ofMillis(250)).multiplier(2.5).jitter(Duration.ofMillis(100))
                .maxDelay(Duration.ofSeconds(5)).build());
    }

    @Bean
    PartBuffers partBuffers(MirrorSettings settings) {
        return new PartBuffers(settings.memory().toBytes(), settings.parallelism(), settings.partSize().toBytes());
    }

    @Bean
    MeteredCopies meteredCopies(MeterRegistry meters, PartBuffers buffers) {
        return new MeteredCopies(meters, buffers);
    }

    @Bean
    FilmCopy filmCopy(Source source, Bucket bucket, Plans plans, Reports reports, PartBuffers buffers,
            Patience patience, MirrorSettings settings, MeteredCopies figures, Traces traces) {
        return new FilmCopy(source, bucket, plans, reports, buffers, patience,
                new CopySettings(settings.ranges(), settings.partSizes(), NOTES_EVERY, REPORT_EVERY),
                traces.areOn() ? new TracedCopies(figures, traces) : figures, System::nanoTime);
    }

    @Bean
    Removal removal(Bucket bucket, Plans plans, Patience patience) {
        return new Removal(bucket, plans, patience);
    }

    @Bean
    Mirror mirror(FilmCopy films, Removal removal, Reports reports, MirrorSettings settings) {
        return new Mirror(films, removal, reports, settings.parallelism(), settings.filmsOfOneHost());
    }

    @Bean
    Sweep sweep(Bucket bucket, Clock clock) {
        return new Sweep(bucket, clock);
    }

    @Bean
    SchedulingConfigurer sweeping(Sweep sweep) {
        return tasks -> tasks.addFixedDelayTask(new FixedDelayTask(sweep::run, SWEEP_EVERY, FIRST_SWEEP_AFTER));
    }
}
