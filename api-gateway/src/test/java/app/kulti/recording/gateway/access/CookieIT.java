package app.kulti.recording.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MultiValueMap;

/** The product spec's own page, which sends nothing but what its browser adds. */
class CookieIT {
    private static final String SAME_ORIGIN = "http://127.0.0.1:" + Gateway.shared().port();

    private final UUID host = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Yoga", host);

    @Test
    void itsSnippetsWorkAsTheyAre() {
        start(with(SessionCookies.of(Tokens.of(host), "x".repeat(3000))), SAME_ORIGIN).expectStatus().isOk()
                .expectBody().jsonPath("$.recording.status").isEqualTo("recording");
        with(SessionCookies.of(Tokens.of(host))).get().uri("/api/recordings/list").exchange().expectStatus().isOk();
    }

    @Test
    void aPageOfAConfiguredOriginMayUseItToo() {
        start(with(SessionCookies.of(Tokens.of(host))), "https://kulti.app").expectStatus().isOk()
                .expectHeader().valueEquals("Access-Control-Allow-Origin", "https://kulti.app")
                .expectHeader().valueEquals("Access-Control-Allow-Credentials", "true");
    }

    @Test
    void anotherPageMayNot() {
        problem(start(with(SessionCookies.of(Tokens.of(host))), "https://evil.test"));
        problem(with(SessionCookies.of(Tokens.of(host))).delete().uri("/api/recordings/" + UUID.randomUUID())
                .exchange());
        assertThat(Gateway.processor().heardAbout(session)).isEmpty();
    }

    private static void problem(WebTestClient.ResponseSpec answer) {
        answer.expectStatus().isForbidden().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader().doesNotExist("Access-Control-Allow-Origin")
                .expectHeader().valueEquals("X-Content-Type-Options", "nosniff")
                .expectBody().jsonPath("$.type").isEqualTo("https://kulti.app/problems/origin-not-allowed");
    }

    @Test
    void aSessionThatHasExpiredIsNone() {
        var expired = Tokens.of(host, claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(7200)))
                .expirationTime(Date.from(Instant.now().minusSeconds(3600))));
        with(SessionCookies.of(expired)).get().uri("/api/recordings/list").exchange().expectStatus().isUnauthorized()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
        with(SessionCookies.cookie("base64-broken")).get().uri("/api/recordings/list").exchange()
                .expectStatus().isUnauthorized();
    }

    private WebTestClient.ResponseSpec start(WebTestClient page, String origin) {
        return page.post().uri("/api/hms/start-recording").header("Origin", origin)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"sessionId\": \"%s\", \"roomId\": \"%s\"}".formatted(session, App.roomOf(session)))
                .exchange();
    }

    private static WebTestClient with(MultiValueMap<String, HttpCookie> cookies) {
        return Gateway.shared().http().mutate().defaultCookies(all -> cookies.values()
                .forEach(some -> some.forEach(cookie -> all.add(cookie.getName(), cookie.getValue())))).build();
    }
}
