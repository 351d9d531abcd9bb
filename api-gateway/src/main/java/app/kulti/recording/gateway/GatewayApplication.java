package app.kulti.recording.gateway;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.gateway.access.AccessConfiguration;
import app.kulti.recording.gateway.command.CommandRoutes;
import app.kulti.recording.gateway.command.CommandSettings;
import app.kulti.recording.gateway.command.Commands;
import app.kulti.recording.gateway.command.DeleteRecording;
import app.kulti.recording.gateway.command.SendCommand;
import app.kulti.recording.gateway.command.Sessions;
import app.kulti.recording.gateway.command.StartRecording;
import app.kulti.recording.gateway.command.StopRecording;
import app.kulti.recording.gateway.failure.FailureConfiguration;
import app.kulti.recording.gateway.kafka.KafkaAdapters;
import app.kulti.recording.gateway.live.HearsOutcomes;
import app.kulti.recording.gateway.live.Outcomes;
import app.kulti.recording.gateway.playback.ObjectLinks;
import app.kulti.recording.gateway.playback.PlayLinks;
import app.kulti.recording.gateway.playback.PlayableRecordings;
import app.kulti.recording.gateway.playback.Playback;
import app.kulti.recording.gateway.playback.PlaybackRoutes;
import app.kulti.recording.gateway.postgres.PostgresAdapters;
import app.kulti.recording.gateway.query.QueryRoutes;
import app.kulti.recording.gateway.query.RecordingAnswers;
import app.kulti.recording.gateway.query.Recordings;
import app.kulti.recording.gateway.query.RetentionSettings;
import app.kulti.recording.gateway.s3.S3Adapters;
import java.time.Clock;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** HTTP for the frontend: each use case with what it is given. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({CommandSettings.class, RetentionSettings.class})
@Import({AccessConfiguration.class, FailureConfiguration.class, PostgresAdapters.class, KafkaAdapters.class,
        S3Adapters.class, StrictInput.class})
public class GatewayApplication {
    private static final int WAITING_COMMANDS = 1_000;

    public static void main(String[] arguments) {
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
    Commands commands(SendCommand channel, Outcomes outcomes, HearsOutcomes hearsOutcomes, CommandSettings settings) {
        return new Commands(channel, outcomes, hearsOutcomes, settings.patience());
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
    CommandRoutes commandRoutes(StartRecording start, StopRecording stop, DeleteRecording delete) {
        return new CommandRoutes(start, stop, delete, () -> UUID.randomUUID().toString());
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
    RecordingAnswers recordingAnswers(PlayLinks links, RetentionSettings settings) {
        return new RecordingAnswers(links, settings.retention());
    }

    @Bean
    QueryRoutes queryRoutes(Recordings recordings, RecordingAnswers answers) {
        return new QueryRoutes(recordings, answers);
    }
}
