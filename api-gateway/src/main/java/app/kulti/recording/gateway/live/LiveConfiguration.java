package app.kulti.recording.gateway.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Event streams. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {
    /** Of one copy. 5,000 take less than 512 MiB. */
    private static final int MOST_STREAMS = 10_000;
    /** Pages and devices of one user. */
    private static final int MOST_STREAMS_OF_ONE = 20;
    private static final int MOST_RECORDINGS = 100_000;

    @Bean
    LiveStreams liveStreams(Clock clock) {
        return new LiveStreams(clock, MOST_STREAMS, MOST_STREAMS_OF_ONE);
    }

    @Bean
    StreamKeeper streamKeeper(LiveStreams streams) {
        return new StreamKeeper(streams);
    }

    @Bean
    Revisions revisions() {
        return new Revisions(MOST_RECORDINGS);
    }

    /** One thread: what it writes to a stream is put into the order of a queue anyway. */
    @Bean(destroyMethod = "dispose")
    Scheduler liveDelivery() {
        return Schedulers.newSingle("live-delivery", true);
    }

    @Bean
    LiveEvents liveEvents(LiveStreams streams, Audiences audiences, Revisions revisions, JsonMapper json,
            Scheduler liveDelivery) {
        return new LiveEvents(streams, new BrieflyKnownAudiences(audiences), revisions, json, liveDelivery);
    }

    @Bean
    LiveRoutes liveRoutes(LiveStreams streams, ChangedRecordings changes, Revisions revisions,
            HearsOutcomes hearsOutcomes, JsonMapper json, Clock clock) {
        return new LiveRoutes(streams, changes, revisions, hearsOutcomes, json, clock);
    }

    @Bean
    Gauge openStreams(LiveStreams streams, MeterRegistry meters) {
        return Gauge.builder("kulti.gateway.streams", streams, LiveStreams::open)
                .description("Event streams that are open").register(meters);
    }
}
