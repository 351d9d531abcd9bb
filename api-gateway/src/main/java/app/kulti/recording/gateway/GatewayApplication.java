package app.kulti.recording.gateway;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.gateway.access.AccessConfiguration;
import app.kulti.recording.gateway.command.CommandRoutes;
import app.kulti.recording.gateway.command.CommandSettings;
import app.kulti.recording.gateway.command.Commands;
import app.kulti.recording.gateway.command.DeleteRecording;
import app.kulti.recording.gateway.command.KeepRecording;
import app.kulti.recording.gateway.command.SendCommand;
import app.kulti.recording.gateway.command.Sessions;
import app.kulti.recording.gateway.command.StartRecording;
import app.kulti.recording.gateway.command.StopRecording;
import app.kulti.recording.gateway.consent.Acknowledgements;
import app.kulti.recording.gateway.consent.ConsentRoutes;
import app.kulti.recording.gateway.consent.DecideDeletion;
import app.kulti.recording.gateway.consent.DeletionRequests;
import app.kulti.recording.gateway.failure.FailureConfiguration;
import app.kulti.recording.gateway.kafka.KafkaConfiguration;
import app.kulti.recording.gateway.limit.LimitSettings;
import app.kulti.recording.gateway.limit.UserLimit;
import app.kulti.recording.gateway.live.HearsOutcomes;
import app.kulti.recording.gateway.live.LiveConfiguration;
import app.kulti.recording.gateway.live.Outcomes;
import app.kulti.recording.gateway.openapi.OpenApiConfiguration;
import app.kulti.recording.gateway.playback.ObjectLinks;
import app.kulti.recording.gateway.playback.PlayLinks;
import app.kulti.recording.gateway.playback.PlayableRecordings;
import app.kulti.recording.gateway.playback.Playback;
import app.kulti.recording.gateway.playback.PlaybackRoutes;
import app.kulti.recording.gateway.playback.SteadyLinks;
import app.kulti.recording.gateway.postgres.PostgresConfiguration;
import app.kulti.recording.gateway.query.HostedRecordings;
import app.kulti.recording.gateway.query.PriceSettings;
import app.kulti.recording.gateway.query.QueryRoutes;
import app.kulti.recording.gateway.query.RecordingAnswers;
import app.kulti.recording.gateway.query.Recordings;
import app.kulti.recording.gateway.query.RetentionSettings;
import app.kulti.recording.gateway.query.StatsRoutes;
import app.kulti.recording.gateway.query.TimelineRoutes;
import app.kulti.recording.gateway.query.Timelines;
import app.kulti.recording.gateway.s3.StorageConfiguration;
import app.kulti.recording.gateway.sharing.Shares;
import app.kulti.recording.gateway.sharing.Sharing;
import app.kulti.recording.gateway.sharing.SharingRoutes;
import app.kulti.recording.gateway.sharing.TokenFreeTraces;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import reactor.netty.ReactorNetty;

/** HTTP for the frontend: each use case with what it is given. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({CommandSettings.class, LimitSettings.class, RetentionSettings.class,
        PriceSettings.class})
@Import({AccessConfiguration.class, FailureConfiguration.class, PostgresConfiguration.class, KafkaConfiguration.class,
        StorageConfiguration.class, LiveConfiguration.class, OpenApiConfiguration.class, StrictInput.class})
public class GatewayApplication {
    private static final int WAITING_COMMANDS = 1_000;
    private static final Duration COMMANDS_COUNTED = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Starts the service. */
    public static void main(String[] arguments) {
        // As many event loops as cores, two at the least: of Reactor Netty's own four, those that are too many take turns.
        System.getProperties().putIfAbsent(ReactorNetty.IO_WORKER_COUNT,
                Integer.toString(Math.max(2, Runtime.getRuntime().availableProcessors())));
        SpringApplication.run(GatewayApplication.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    // Commands

    @Bean
    Outcomes outcomes() {
        return new Outcomes(WAITING_COMMANDS);
    }

    @Bean
    Commands commands(SendCommand channel, Outcomes outcomes, HearsOutcomes hearsOutcomes, CommandSettings settings,
            LimitSettings limits) {
        return new Commands(channel, outcomes, hearsOutcomes, new UserLimit(limits.commands(), COMMANDS_COUNTED),
                settings.patience());
    }

    @Bean
    StartRecording startRecording(Sessions sessions, Commands commands, Clock clock) {
        return new StartRecording(sessions, commands, clock);
    }

    @Bean
    StopRecording stopRecording(Sessions sessions, Commands commands, Clock clock) {
        return new StopRecording(sessions, commands, clock);
    }

    @Bean
    DeleteRecording deleteRecording(Sessions sessions, Commands commands, Clock clock) {
        return new DeleteRecording(sessions, commands, clock);
    }

    @Bean
    KeepRecording keepRecording(Sessions sessions, Commands commands, Clock clock) {
        return new KeepRecording(sessions, commands, clock);
    }

    @Bean
    CommandRoutes commandRoutes(StartRecording start, StopRecording stop, DeleteRecording delete, KeepRecording keep) {
        return new CommandRoutes(start, stop, delete, keep, () -> UUID.randomUUID().toString());
    }

    // Playback

    @Bean
    PlayLinks playLinks(ObjectLinks objects, Clock clock) {
        return new PlayLinks(objects, clock);
    }

    @Bean
    Playback playback(PlayableRecordings recordings, PlayLinks links, Commands commands, Clock clock) {
        return new Playback(recordings, links, commands, clock, () -> new CommandId(UUID.randomUUID()));
    }

    @Bean
    PlaybackRoutes playbackRoutes(Playback playback) {
        return new PlaybackRoutes(playback);
    }

    // Queries

    @Bean
    RecordingAnswers recordingAnswers(ObjectLinks objects, RetentionSettings settings, Clock clock) {
        return new RecordingAnswers(new PlayLinks(new SteadyLinks(objects, clock), clock), settings.retention());
    }

    @Bean
    QueryRoutes queryRoutes(Recordings recordings, RecordingAnswers answers, RetentionSettings settings, Clock clock) {
        return new QueryRoutes(recordings, answers, settings, clock);
    }

    @Bean
    TimelineRoutes timelineRoutes(Timelines timelines) {
        return new TimelineRoutes(timelines);
    }

    @Bean
    StatsRoutes statsRoutes(HostedRecordings recordings, PriceSettings prices) {
        return new StatsRoutes(recordings, prices);
    }

    // Sharing

    /** What strangers ask for on a host's behalf is counted apart: it must not use up what the host may ask for. */
    @Bean
    Sharing sharing(Shares shares, PlayableRecordings recordings, PlayLinks links, SendCommand channel,
            Outcomes outcomes, HearsOutcomes hearsOutcomes, CommandSettings settings, LimitSettings limits,
            Clock clock) {
        var ofStrangers = commands(channel, outcomes, hearsOutcomes, settings, limits);
        return new Sharing(shares, playback(recordings, links, ofStrangers, clock), clock, UUID::randomUUID,
                GatewayApplication::unforeseeable);
    }

    @Bean
    SharingRoutes sharingRoutes(Sharing sharing, Clock clock) {
        return new SharingRoutes(sharing, clock);
    }

    @Bean
    TokenFreeTraces tokenFreeTraces() {
        return new TokenFreeTraces();
    }

    // Consent

    @Bean
    DecideDeletion decideDeletion(DeletionRequests requests, Commands commands, Clock clock) {
        return new DecideDeletion(requests, commands, clock);
    }

    @Bean
    ConsentRoutes consentRoutes(Acknowledgements acknowledgements, DeletionRequests requests, DecideDeletion decide) {
        return new ConsentRoutes(acknowledgements, requests, decide, UUID::randomUUID);
    }

    private static byte[] unforeseeable() {
        var bytes = new byte[Sharing.RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
