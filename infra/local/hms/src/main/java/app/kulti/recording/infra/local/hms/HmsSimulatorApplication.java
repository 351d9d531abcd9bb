package app.kulti.recording.infra.local.hms;

import app.kulti.recording.infra.local.hms.api.AnalyticsRoutes;
import app.kulti.recording.infra.local.hms.api.Calls;
import app.kulti.recording.infra.local.hms.api.HmsRoutes;
import app.kulti.recording.infra.local.hms.api.ManagementTokens;
import app.kulti.recording.infra.local.hms.api.RequestCounts;
import app.kulti.recording.infra.local.hms.beam.Announcements;
import app.kulti.recording.infra.local.hms.beam.Archive;
import app.kulti.recording.infra.local.hms.beam.AssetSettings;
import app.kulti.recording.infra.local.hms.beam.Assets;
import app.kulti.recording.infra.local.hms.beam.Ledger;
import app.kulti.recording.infra.local.hms.beam.LedgerFile;
import app.kulti.recording.infra.local.hms.beam.MeetingLinks;
import app.kulti.recording.infra.local.hms.beam.ObjectIds;
import app.kulti.recording.infra.local.hms.beam.Rooms;
import app.kulti.recording.infra.local.hms.beam.Studio;
import app.kulti.recording.infra.local.hms.beam.TimingSettings;
import app.kulti.recording.infra.local.hms.control.ControlRoutes;
import app.kulti.recording.infra.local.hms.fault.Faults;
import app.kulti.recording.infra.local.hms.file.FileRoutes;
import app.kulti.recording.infra.local.hms.file.LinkSettings;
import app.kulti.recording.infra.local.hms.file.SignedLinks;
import app.kulti.recording.infra.local.hms.movie.Movies;
import app.kulti.recording.infra.local.hms.movie.PictureSettings;
import app.kulti.recording.infra.local.hms.webhook.DeliveryLog;
import app.kulti.recording.infra.local.hms.webhook.Replays;
import app.kulti.recording.infra.local.hms.webhook.WebhookSettings;
import app.kulti.recording.infra.local.hms.webhook.Webhooks;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The map of the simulator: every part, and what it is given. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({SimulatorSettings.class, TimingSettings.class, PictureSettings.class,
        LinkSettings.class,
        WebhookSettings.class})
class HmsSimulatorApplication {
    private static final Logger log = LoggerFactory.getLogger(HmsSimulatorApplication.class);

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        SpringApplication.run(HmsSimulatorApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    // 100ms's samples have their fields in an order that readers recognise, and so have the maps and records here.
    @Bean
    JsonMapper jsonMapper() {
        return JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
    }

    @Bean
    PublicAddress publicAddress(LinkSettings links) {
        return new PublicAddress(links.publicUrl());
    }

    @Bean
    SignedLinks signedLinks(SimulatorSettings settings, PublicAddress publicAddress, Clock clock) {
        return new SignedLinks(settings.appSecret(), publicAddress, clock);
    }

    @Bean
    LedgerFile ledgerFile(SimulatorSettings settings, JsonMapper json) {
        return new LedgerFile(settings.data().resolve("ledger.json"), json);
    }

    @Bean
    Ledger ledger(LedgerFile file) {
        return file.ledger();
    }

    @Bean
    Movies movies(SimulatorSettings settings, PictureSettings picture) {
        return new Movies(settings.data().resolve("movies"), picture);
    }

    @Bean
    Faults faults() {
        return new Faults();
    }

    @Bean
    DeliveryLog deliveryLog() {
        return new DeliveryLog();
    }

    @Bean
    RequestCounts requestCounts() {
        return new RequestCounts();
    }

    // Its own, not the JVM's: closing one simulator must not take the threads of another. The pool bounds what waits for a
    // receiver that hangs.
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setConnectionProviderSupplier(() -> ConnectionProvider.builder("webhooks").maxConnections(64)
                .pendingAcquireMaxCount(10_000).pendingAcquireTimeout(Duration.ofSeconds(10)).build());
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }

    @Bean
    Webhooks webhooks(WebhookSettings settings, LinkSettings linkSettings, SignedLinks links, Ledger ledger,
            Faults faults,
            DeliveryLog deliveries, ReactorResourceFactory resources, JsonMapper json, Clock clock) {
        WebClient http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(resources, Function.identity())).build();
        return new Webhooks(settings, links, linkSettings.webhook(), ledger, faults, deliveries, http,
                json,
                clock, UUID::randomUUID);
    }

    @Bean
    ObjectIds objectIds(Clock clock) {
        return new ObjectIds(clock, new SecureRandom());
    }

    @Bean
    MeetingLinks meetingLinks(SimulatorSettings settings, Clock clock) {
        return new MeetingLinks(settings.accessKey(), settings.appSecret(), clock);
    }

    @Bean
    Rooms rooms(Ledger ledger, ObjectIds ids, Clock clock) {
        return new Rooms(ledger, ids, clock);
    }

    @Bean
    Assets assets(Ledger ledger, Movies movies, ObjectIds ids, SimulatorSettings settings, Clock clock) {
        var where = new AssetSettings("kulti-local-recordings", "627cdddff2e4e30487862ad1",
                settings.maxRecordings());
        return new Assets(ledger, movies, ids, where, clock);
    }

    @Bean
    Studio studio(Ledger ledger, Assets assets, Announcements announcements, MeetingLinks meetingLinks, ObjectIds ids,
            TimingSettings timing, Clock clock) {
        return new Studio(ledger, assets, announcements, meetingLinks, ids, timing, clock);
    }

    @Bean
    Archive archive(Ledger ledger, Assets assets, Announcements announcements, MeetingLinks meetingLinks, ObjectIds ids,
            Clock clock) {
        return new Archive(ledger, assets, announcements, meetingLinks, ids, clock);
    }

    @Bean
    Calls calls(SimulatorSettings settings, Faults faults, RequestCounts counts, Clock clock) {
        return new Calls(new ManagementTokens(settings.accessKey(), settings.appSecret(), clock), faults, counts);
    }

    @Bean
    RouterFunction<ServerResponse> hmsRoutes(Studio studio, Rooms rooms, Ledger ledger, Calls calls,
            LinkSettings linkSettings, SignedLinks links, JsonMapper json) {
        return new HmsRoutes(studio, rooms, ledger, calls, links, linkSettings.presigned(), json).routes();
    }

    @Bean
    Replays replays(Webhooks webhooks, DeliveryLog deliveries, WebhookSettings settings, Clock clock) {
        return new Replays(webhooks, deliveries, settings.replayPause(), clock);
    }

    @Bean
    RouterFunction<ServerResponse> analyticsRoutes(Calls calls, DeliveryLog deliveries, Replays replays,
            JsonMapper json, Clock clock) {
        return new AnalyticsRoutes(calls, deliveries, replays, json, clock).routes();
    }

    @Bean
    RouterFunction<ServerResponse> fileRoutes(Ledger ledger, Movies movies, SignedLinks links, Faults faults,
            Clock clock) {
        return new FileRoutes(ledger, movies, links, faults, clock).routes();
    }

    @Bean
    RouterFunction<ServerResponse> controlRoutes(Studio studio, Rooms rooms, Archive archive, Ledger ledger,
            Movies movies, SignedLinks links, Faults faults, DeliveryLog deliveries, RequestCounts counts,
            JsonMapper json) {
        return new ControlRoutes(studio, rooms, archive, ledger, movies, links, faults, deliveries, counts, json)
                .routes();
    }

    @Bean
    RequestLimit requestLimit(SimulatorSettings settings) {
        return new RequestLimit(settings.maxRequests());
    }

    /** As every server with a clock does; a client reads from it how far the two clocks are apart. */
    @Bean
    WebFilter date(Clock clock) {
        return (exchange, chain) -> {
            exchange.getResponse().getHeaders().setDate(clock.millis());
            return chain.filter(exchange);
        };
    }

    @Bean
    static ApplicationListener<WebServerInitializedEvent> rememberPort(PublicAddress publicAddress) {
        return event -> publicAddress.listensOn(event.getWebServer().getPort());
    }

    // Resumed only now, since the links in the first webhook need the port.
    @Bean
    ApplicationListener<ApplicationReadyEvent> begin(Studio studio, PublicAddress publicAddress,
            SimulatorSettings settings) {
        return event -> {
            studio.resume();
            if (settings.dieWithParent()) {
                ParentWatch.start(System.in, () -> System.exit(SpringApplication.exit(event.getApplicationContext())));
            }
            log.info("100ms simulator ready: {}", publicAddress.get());
        };
    }
}
