package app.kulti.recording.gateway;

import app.kulti.recording.gateway.openapi.DescribedApi;
import app.kulti.recording.infra.local.testing.RealKafka;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The gateway as it runs in production, on ports of its own; whatever blocks one of its event loops fails. */
public final class Gateway implements AutoCloseable {
    static {
        BlockingCalls.watch();
    }

    private static final class Shared {
        private static final CompletableFuture<String> STARTING = CompletableFuture.supplyAsync(Gateway::brokers);
        private static final App APP = new App();
        private static final String BROKERS = STARTING.join();
        private static final Gateway GATEWAY = against(BROKERS, APP);
        private static final TinyProcessor PROCESSOR = new TinyProcessor(BROKERS);
    }

    private static final AtomicReference<@Nullable DescribedApi> API = new AtomicReference<>();

    private final ConfigurableApplicationContext context;

    private Gateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** What it says of itself; the same on every copy. */
    public DescribedApi api() {
        var known = API.get();
        if (known != null) {
            return known;
        }
        var api = DescribedApi.at(port());
        API.set(api);
        return api;
    }

    /** One for all tests of this JVM that only ask it things, with {@link #processor()} behind it. */
    public static Gateway shared() {
        return Shared.GATEWAY;
    }

    public static App app() {
        return Shared.APP;
    }

    public static TinyProcessor processor() {
        return Shared.PROCESSOR;
    }

    /** The shared broker, with the topics of the contract. */
    public static String brokers() {
        var servers = RealKafka.shared().bootstrapServers();
        createTopics(servers);
        return servers;
    }

    /** The topics of the contract. */
    public static void createTopics(String bootstrapServers) {
        try (var admin = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers))) {
            TopicProvisioning.createMissing(admin, (short) 1, Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ready to be asked. */
    public static Gateway against(String bootstrapServers, App app, String... settings) {
        var gateway = starting(bootstrapServers, app.r2dbcUrl(), settings);
        gateway.awaitReady();
        return gateway;
    }

    /** Started, whether its neighbours are there or not. */
    public static Gateway starting(String bootstrapServers, String r2dbcUrl, String... settings) {
        var arguments = Stream.concat(Stream.of("server.port=0", "management.server.port=0",
                "spring.kafka.bootstrap-servers=" + bootstrapServers, "spring.r2dbc.url=" + r2dbcUrl,
                "spring.r2dbc.username=" + App.username(), "spring.r2dbc.password=" + App.password(),
                "kulti.auth.jwt-secret=" + Tokens.SECRET, "kulti.storage.endpoint=https://storage.test/storage/v1/s3",
                "kulti.storage.region=eu-central-1", "kulti.storage.access-key=access",
                "kulti.storage.secret-key=secret", "kulti.storage.bucket=recordings",
                // Tests ask faster than people.
                "kulti.limits.commands=10000", "kulti.auth.cookie=" + Tokens.COOKIE,
                "kulti.cors.origins=https://kulti.app", "springdoc.api-docs.enabled=true"), Arrays.stream(settings))
                // The later of two: given twice, an argument is a list.
                .collect(Collectors.toMap(setting -> setting.substring(0, setting.indexOf('=')),
                        setting -> "--" + setting,
                        (_, later) -> later, LinkedHashMap::new))
                .values().toArray(String[]::new);
        return new Gateway(new SpringApplicationBuilder(GatewayApplication.class, OwnEventLoops.class).run(arguments));
    }

    /** So that the end of one gateway is not the end of the others in this JVM. */
    @TestConfiguration(proxyBeanMethods = false)
    static class OwnEventLoops {
        @Bean
        ReactorResourceFactory eventLoops() {
            var eventLoops = new ReactorResourceFactory();
            eventLoops.setUseGlobalResources(false);
            eventLoops.setShutdownQuietPeriod(Duration.ZERO);
            return eventLoops;
        }
    }

    public void awaitReady() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> health("readiness") == 200);
    }

    /** Status of a health group. */
    public int health(String group) {
        return client("local.management.port").get().uri("/actuator/health/" + group).exchange()
                .returnResult(String.class).getStatus().value();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Without a token. Whatever it is answered with has to be as the gateway describes itself. */
    public WebTestClient http() {
        var api = api();
        return client("local.server.port").mutate().filter((request, next) -> next.exchange(request)
                .flatMap(answer -> checked(api, request, answer))).build();
    }

    private static Mono<ClientResponse> checked(DescribedApi api, ClientRequest request, ClientResponse answer) {
        var headers = answer.headers().asHttpHeaders();
        if (MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(headers.getContentType())) {
            api.check(request.method(), request.url().getRawPath(), answer.statusCode().value(), headers, "");
            return Mono.just(answer);
        }
        return answer.bodyToMono(byte[].class).defaultIfEmpty(new byte[0])
                // The schema library reads its words from a file when something is wrong.
                .publishOn(Schedulers.boundedElastic())
                .map(body -> {
                    api.check(request.method(), request.url().getRawPath(), answer.statusCode().value(), headers,
                            new String(body, StandardCharsets.UTF_8));
                    return answer.mutate()
                            .body(Flux.<DataBuffer>just(DefaultDataBufferFactory.sharedInstance.wrap(body))).build();
                });
    }

    /** With a token. */
    public WebTestClient as(String token) {
        return http().mutate().defaultHeader("Authorization", "Bearer " + token).build();
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public WebTestClient management() {
        return client("local.management.port");
    }

    private WebTestClient client(String port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port))
                .responseTimeout(Duration.ofSeconds(30)).build();
    }

    @Override
    public void close() {
        context.close();
    }
}
