package app.kulti.recording.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.observability.checking.Check;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

class PortsApartIT {
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        service = new SpringApplicationBuilder(Service.class).run("--server.port=0", "--management.server.port=0",
                "--spring.main.banner-mode=off", "--spring.jmx.enabled=false", "--logging.level.root=warn");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
            "/api/controller,   200, 404",
            "/api/mapping,      200, 404",
            "/api/function,     200, 404",
            "/page.html,        200, 404",
            "/actuator/health,  404, 200",
            "/actuator,         404, 200",
            "/ops/preview,      404, 200",
            "/%6Fps/preview,    404, 200",
            "/ops;x=1/preview,  404, 200",
            "/opsimist,         200, 404",
            "/nothing,          404, 404"})
    void eachPortAnswersItsOwnPublic(String path, int own, int management) throws Exception {
        assertThat(status("local.server.port", path)).isEqualTo(own);
        assertThat(status("local.management.port", path)).isEqualTo(management);
    }

    @Test
    void whatItsChecksFindIsToldToOperatorsOnly() throws Exception {
        var told = ask("local.management.port", "/ops/check", "POST");
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).contains("\"ok\":false,\"checks\":[", "\"name\":\"the key works\",\"ok\":true",
                "\"name\":\"the login works\"", "\"detail\":\"it is locked: unlock it\"");
        assertThat(ask("local.server.port", "/ops/check", "POST").statusCode()).isEqualTo(404);
        assertThat(status("local.management.port", "/ops/check")).as("by GET").isEqualTo(404);
    }

    private static int status(String port, String path) throws Exception {
        return ask(port, path, "GET").statusCode();
    }

    private static HttpResponse<String> ask(String port, String path, String method) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty(port) + path))
                    .method(method, BodyPublishers.noBody()).timeout(Duration.ofSeconds(10)).build(),
                    BodyHandlers.ofString());
        }
    }

    /** With routes of every kind that Spring knows; its page lies in {@code static}. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Routes.class)
    static class Service {
        @Bean
        RouterFunction<ServerResponse> function() {
            return RouterFunctions.route().GET("/api/function", _ -> ServerResponse.ok().build()).build();
        }

        @Bean
        Check key() {
            return Check.of("the key works", Mono.empty());
        }

        @Bean
        Check login() {
            return Check.of("the login works", Mono.just("it is locked: unlock it"));
        }

        /** The kind that the management server takes for its own. */
        @Bean
        HandlerMapping mapping() {
            WebHandler answer = exchange -> exchange.getResponse().setComplete();
            return new SimpleUrlHandlerMapping(
                    Map.of("/api/mapping", answer, "/ops/preview", answer, "/opsimist", answer),
                    Ordered.HIGHEST_PRECEDENCE);
        }
    }

    @RestController
    static class Routes {
        @GetMapping("/api/controller")
        String answer() {
            return "ok";
        }
    }
}
