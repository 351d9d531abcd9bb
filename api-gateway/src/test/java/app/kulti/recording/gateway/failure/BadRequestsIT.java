package app.kulti.recording.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.net.URI;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

/** Requests that are wrong by themselves: each gets its status, its type and, where there is one, the field. */
class BadRequestsIT {
    private static final UUID SESSION = UUID.randomUUID();
    private static final String START = "/api/hms/start-recording";

    private final WebTestClient client = Gateway.shared().as(Tokens.of(UUID.randomUUID()));

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("", 400, null),
                Arguments.of("{", 400, null),
                Arguments.of("not json", 400, null),
                Arguments.of("null", 400, null),
                Arguments.of("[]", 400, null),
                Arguments.of("7", 400, null),
                Arguments.of("{}", 400, null),
                Arguments.of("{\"sessionId\": 7, \"roomId\": \"r\"}", 400, "sessionId"),
                Arguments.of("{\"sessionId\": {}, \"roomId\": \"r\"}", 400, "sessionId"),
                Arguments.of("{\"sessionId\": null, \"roomId\": \"r\"}", 400, "sessionId"),
                Arguments.of("{\"sessionId\": \"\", \"roomId\": \"r\"}", 400, "sessionId"),
                Arguments.of("{\"sessionId\": \"1-1-1-1-1\", \"roomId\": \"r\"}", 400, "sessionId"),
                Arguments.of("{\"sessionId\": \"AAAAAAAAAAAAAAAAAAAAAA==\", \"roomId\": \"r\"}", 400, "sessionId"),
                Arguments.of("{\"sessionId\": \"%s\"}".formatted(SESSION), 400, "roomId"),
                Arguments.of("{\"sessionId\": \"%s\", \"roomId\": \" \"}".formatted(SESSION), 400, "roomId"),
                Arguments.of("{\"sessionId\": \"%s\", \"roomId\": 7}".formatted(SESSION), 400, "roomId"),
                Arguments.of("{\"sessionId\": \"%s\", \"roomId\": [\"r\"]}".formatted(SESSION), 400, "roomId"),
                Arguments.of("{\"sessionId\": \"%s\", \"roomId\": \"%s\"}".formatted(SESSION, "r".repeat(201)), 400,
                        "roomId"),
                Arguments.of("{\"sessionId\": \"%1$s\", \"sessionId\": \"%1$s\", \"roomId\": \"r\"}".formatted(SESSION),
                        400, null),
                Arguments.of("{\"sessionId\": \"%s\", \"roomId\": \"r\"} {}".formatted(SESSION), 400, null),
                Arguments.of("{\"sessionId\": \"%s\", \"roomId\": \"r\", \"unknown\": [1]}".formatted(SESSION), 404,
                        null),
                Arguments.of("{\"sessionId\": \"%s\", \"roomId\": \"r\", \"x\": \"%s\"}".formatted(SESSION,
                        "x".repeat(11_000)), 413, null));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatIsNotWhatItShouldBe(String body, int status, @Nullable String field) {
        var answer = client.post().uri(START).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
        var problem = problem(answer, status);
        if (field != null) {
            problem.jsonPath("$.field").isEqualTo(field);
        }
    }

    @Test
    void aBodyWithoutAnEndIsTooLargeToo() {
        var chunks = Flux.range(0, 100).map(i -> "{\"a%d\": \"%s\",".formatted(i, "x".repeat(1000)));
        problem(client.post().uri(START).contentType(MediaType.APPLICATION_JSON).body(chunks, String.class).exchange(),
                413);
    }

    @Test
    void aBodyOfAnotherTypeIsNotRead() {
        problem(client.post().uri(START).contentType(MediaType.TEXT_PLAIN).bodyValue("{}").exchange(), 415)
                .jsonPath("$.type").isEqualTo("https://kulti.app/problems/unsupported-media-type");
        problem(client.post().uri(START).exchange(), 415);
    }

    @Test
    void anotherMethodIsToldWhichOneIsRight() {
        client.method(HttpMethod.DELETE).uri(START).exchange().expectStatus().isEqualTo(405)
                .expectHeader().valueEquals("Allow", "POST")
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void anAddressThatIsNone(String path, int status) {
        problem(client.get().uri(URI.create("http://127.0.0.1:" + Gateway.shared().port() + path)).exchange(), status);
    }

    static Stream<Arguments> addresses() {
        return Stream.of(
                Arguments.of("/", 404),
                Arguments.of("/nothing", 404),
                Arguments.of("/api", 404),
                Arguments.of("/api/nothing", 404),
                Arguments.of("/actuator/health", 404),
                Arguments.of("/api/recordings/not-a-uuid", 400),
                Arguments.of("/api/recordings/1-1-1-1-1", 400),
                Arguments.of("/api/recordings/%00", 400),
                Arguments.of("/api/recordings/..%2f..%2fetc", 400),
                Arguments.of("/api/recordings/" + SESSION + "/nothing", 404),
                Arguments.of("/api/recordings/" + SESSION, 404),
                Arguments.of("/api/recordings/" + SESSION + "/playback?download=perhaps", 400));
    }

    /** Whichever part of the address it stands in. */
    @ParameterizedTest
    @CsvSource({"GET, /api/recordings/x, id", "GET, /api/recordings/x/timeline, id", "PUT, /api/recordings/x/keep, id",
            "DELETE, /api/recordings/{any}/shares/x, shareId",
            "POST, /api/recordings/{any}/deletion-requests/x/accept, requestId",
            "GET, /api/recordings/active, sessionId", "GET, /api/recordings/active?sessionId=x, sessionId",
            "GET, /api/recordings/{any}/playback?download=perhaps, download"})
    void whatIsWrongWithAnAddressIsNamed(HttpMethod method, String address, String field) {
        problem(client.method(method).uri(address.replace("{any}", SESSION.toString())).exchange(), 400)
                .jsonPath("$.field").isEqualTo(field)
                .jsonPath("$.detail").value(String.class, detail -> assertThat(detail).startsWith(field + " "));
    }

    @Test
    void theApiAnswersOnItsOwnPortOnly() {
        Gateway.shared().management().get().uri("/api/recordings/list")
                .header("Authorization", "Bearer " + Tokens.of(UUID.randomUUID())).exchange()
                .expectStatus().isNotFound();
    }

    @Test
    void aKeyThatIsNoneIsNamed() {
        problem(client.delete().uri("/api/recordings/" + SESSION).header("Idempotency-Key", "two words").exchange(),
                400)
                .jsonPath("$.field").isEqualTo("Idempotency-Key");
    }

    @Test
    void withoutATokenNothingElseIsJudged() {
        Gateway.shared().http().post().uri(START).bodyValue("nonsense").exchange().expectStatus().isUnauthorized()
                .expectHeader().valueEquals("WWW-Authenticate", "Bearer")
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
        Gateway.shared().http().get().uri("/api/nothing").exchange().expectStatus().isUnauthorized();
        Gateway.shared().http().get()
                .uri("/api/recordings/list?access_token=" + Tokens.of(UUID.randomUUID())).exchange()
                .expectStatus().isUnauthorized();
    }

    @Test
    void everyAnswerIsHardToMisuse() {
        client.get().uri("/api/recordings/list").exchange().expectStatus().isOk()
                .expectHeader().valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader().valueEquals("X-Frame-Options", "DENY")
                .expectHeader().valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader().valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .expectHeader().doesNotExist("Server");
    }

    @Test
    void soIsWhatIsTurnedAwayAtTheDoor() {
        var crooked = URI.create("http://127.0.0.1:%d/api/recordings/..%%2fetc".formatted(Gateway.shared().port()));
        problem(hardToMisuse(client.get().uri(crooked).exchange()), 400);
        problem(hardToMisuse(client.method(HttpMethod.TRACE).uri("/api/recordings/list").exchange()
                .expectHeader().exists("Allow")), 405);
        problem(hardToMisuse(client.get().uri("/api/recordings/list").header("Origin", "https://evil.test").exchange()),
                403).jsonPath("$.type").isEqualTo("https://kulti.app/problems/origin-not-allowed");
    }

    private static ResponseSpec hardToMisuse(ResponseSpec answer) {
        return answer.expectHeader().valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader().valueEquals("X-Frame-Options", "DENY")
                .expectHeader().valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader().valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .expectHeader().valueEquals("Cache-Control", "private, no-store");
    }

    @Test
    void onlyPagesOfTheConfiguredOriginsMayCall() {
        preflight("https://kulti.app").expectStatus().isOk()
                .expectHeader().valueEquals("Access-Control-Allow-Origin", "https://kulti.app")
                .expectHeader().value("Access-Control-Allow-Headers",
                        headers -> assertThat(headers).contains("Authorization", "Idempotency-Key"));
        preflight("https://evil.test").expectStatus().isForbidden()
                .expectHeader().doesNotExist("Access-Control-Allow-Origin");
    }

    private static ResponseSpec preflight(String origin) {
        return Gateway.shared().http().options().uri(START).header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "Authorization, Idempotency-Key").exchange();
    }

    private static WebTestClient.BodyContentSpec problem(ResponseSpec answer, int status) {
        return answer.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.status").isEqualTo(status).jsonPath("$.title").isNotEmpty()
                .jsonPath("$.error").value(String.class,
                        error -> assertThat(error).isNotBlank().doesNotContain("Exception", "java", "app.kulti"));
    }
}
