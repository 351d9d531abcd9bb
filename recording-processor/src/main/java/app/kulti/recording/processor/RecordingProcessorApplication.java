package app.kulti.recording.processor;

import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.infra.observability.checking.Check;
import app.kulti.recording.processor.advance.Advance.Announcements;
import app.kulti.recording.processor.advance.Advance;
import app.kulti.recording.processor.advance.AppliedEvents;
import app.kulti.recording.processor.advance.ApplyCommands;
import app.kulti.recording.processor.advance.ApplyFindings;
import app.kulti.recording.processor.advance.ApplyReports;
import app.kulti.recording.processor.advance.ApplyWebhooks;
import app.kulti.recording.processor.advance.CallHms;
import app.kulti.recording.processor.advance.Duplicates;
import app.kulti.recording.processor.advance.Findings;
import app.kulti.recording.processor.advance.Hms;
import app.kulti.recording.processor.advance.Outcomes;
import app.kulti.recording.processor.advance.PreviewWebhooks;
import app.kulti.recording.processor.advance.Recognition;
import app.kulti.recording.processor.advance.RecordingStore;
import app.kulti.recording.processor.advance.RecordingTraces;
import app.kulti.recording.processor.figures.FigureSettings;
import app.kulti.recording.processor.figures.LooksAtAll;
import app.kulti.recording.processor.figures.StandingGauges;
import app.kulti.recording.processor.hms.HmsConfiguration;
import app.kulti.recording.processor.kafka.KafkaConfiguration;
import app.kulti.recording.processor.ops.CheckNeighbours;
import app.kulti.recording.processor.ops.DatabaseLogin;
import app.kulti.recording.processor.postgres.PostgresConfiguration;
import app.kulti.recording.processor.reconcile.DueWork;
import app.kulti.recording.processor.reconcile.ReconcileSettings;
import app.kulti.recording.processor.reconcile.Schedule;
import app.kulti.recording.processor.reconcile.TakeUpDueWork;
import app.kulti.recording.processor.recording.Lifetime;
import app.kulti.recording.processor.retention.Ages;
import app.kulti.recording.processor.retention.LifetimeSettings;
import app.kulti.recording.processor.retention.RetentionSettings;
import app.kulti.recording.processor.retention.WatchAges;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The map of the processor. Commands, webhooks, findings and reports → decide and store a batch → events, and calls to
 * 100ms, whose answers come back as findings; what a dead copy left is taken up on a schedule.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({ReconcileSettings.class, LifetimeSettings.class, RetentionSettings.class,
        FigureSettings.class})
@Import({PostgresConfiguration.class, HmsConfiguration.class, KafkaConfiguration.class})
public class RecordingProcessorApplication {
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(30);
    private static final int CALLS_IN_THE_AIR = 256;

    /** Runs the service. */
    public static void main(String[] args) {
        SpringApplication.run(RecordingProcessorApplication.class, args);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }

    @Bean
    CallHms callHms(Hms hms, RecordingStore store, Findings findings, InstantSource clock, MeterRegistry meters,
            Traces traces) {
        return new CallHms(hms, store, findings, clock, CALLS_IN_THE_AIR, meters, traces);
    }

    @Bean
    Outcomes outcomes(MeterRegistry meters) {
        return new Outcomes(meters);
    }

    @Bean
    Advance advance(RecordingStore store, Announcements announcements, CallHms calls, InstantSource clock,
            Outcomes outcomes, Traces traces) {
        return new Advance(store, announcements, calls, clock, BATCH_LIMIT, outcomes, new RecordingTraces(traces));
    }

    @Bean
    Lifetime lifetime(LifetimeSettings settings) {
        return settings.lifetime();
    }

    @Bean
    Duplicates duplicates(AppliedEvents applied, MeterRegistry meters) {
        return new Duplicates(applied, BATCH_LIMIT, meters);
    }

    @Bean
    Recognition recognition(MeterRegistry meters) {
        return new Recognition(meters);
    }

    @Bean
    ApplyCommands applyCommands(Advance advance, Duplicates duplicates) {
        return new ApplyCommands(advance, duplicates);
    }

    @Bean
    ApplyWebhooks applyWebhooks(Advance advance, Duplicates duplicates, Recognition recognition) {
        return new ApplyWebhooks(advance, duplicates, recognition);
    }

    @Bean
    ApplyFindings applyFindings(Advance advance, Duplicates duplicates, Recognition recognition, Lifetime lifetime) {
        return new ApplyFindings(advance, duplicates, recognition, lifetime);
    }

    @Bean
    ApplyReports applyReports(Advance advance, Duplicates duplicates) {
        return new ApplyReports(advance, duplicates);
    }

    @Bean
    Schedule takingUpDueWork(DueWork due, CallHms calls, Findings findings, InstantSource clock,
            ReconcileSettings settings, MeterRegistry meters) {
        return new Schedule(new TakeUpDueWork(due, calls, findings, clock, meters).run(), settings.every());
    }

    @Bean
    WatchAges watchAges(Ages ages, Findings findings, Lifetime lifetime, RetentionSettings settings,
            InstantSource clock) {
        return new WatchAges(ages, findings, lifetime, settings, clock);
    }

    @Bean
    Schedule watchingLimits(WatchAges ages, ReconcileSettings settings) {
        return new Schedule(ages.limits(), settings.every());
    }

    @Bean
    Schedule watchingExpiries(WatchAges ages, RetentionSettings settings) {
        return new Schedule(ages.expiries(), settings.every());
    }

    @Bean
    StandingGauges standingGauges(LooksAtAll recordings, FigureSettings settings, InstantSource clock,
            MeterRegistry meters) {
        return new StandingGauges(recordings, settings, clock, meters);
    }

    @Bean
    Schedule lookingAtAll(StandingGauges gauges, FigureSettings settings) {
        return new Schedule(gauges.look(), settings.every());
    }

    @Bean
    PreviewWebhooks previewWebhooks(RecordingStore store, InstantSource clock) {
        return new PreviewWebhooks(store, clock);
    }

    @Bean
    Check neighboursCheck(Hms hms, DatabaseLogin database, InstantSource clock) {
        return new CheckNeighbours(hms::time, database, clock);
    }
}
