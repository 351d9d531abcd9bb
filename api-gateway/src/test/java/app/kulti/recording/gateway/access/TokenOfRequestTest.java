package app.kulti.recording.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.gateway.Tokens;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;

class TokenOfRequestTest {
    private static final String TOKEN = Tokens.of(UUID.randomUUID());
    private static final TokenOfRequest WITH_COOKIES = new TokenOfRequest(
            new SessionCookie(Tokens.COOKIE, JsonMapper.shared()), List.of("https://kulti.app"));

    @Test
    void aSessionIsReadFromOneCookie() {
        var cookies = SessionCookies.of(TOKEN);
        assertThat(cookies).containsOnlyKeys(Tokens.COOKIE);
        assertThat(token(get(cookies))).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 2500, 5000, 7000})
    void aSessionIsReadFromSeveralCookies(int size) {
        var cookies = SessionCookies.of(TOKEN, "x".repeat(size));
        assertThat(cookies).hasSizeGreaterThan(1).containsKey(Tokens.COOKIE + ".0");
        assertThat(token(get(cookies))).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void aSessionIsReadAlsoWhereItIsPlainJson(int size) {
        assertThat(token(get(SessionCookies.raw(TOKEN, "ü🎉".repeat(size))))).isEqualTo(TOKEN);
    }

    @Test
    void chunksOfAnEarlierAndLongerSessionAreNotRead() {
        var cookies = SessionCookies.of(TOKEN, "x".repeat(3000));
        cookies.add(Tokens.COOKIE + ".7", new HttpCookie(Tokens.COOKIE + ".7", "stale"));
        assertThat(token(get(cookies))).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64-", "base64-!!", "base64-bm8ganNvbg", "{", "[]", "{}", "null",
            "{\"access_token\":7}",
            "{\"access_token\":null}", "%zz", "%7B%7D", "base64-eyJhIjox"})
    void whatIsNoSessionIsNoSignIn(String value) {
        assertThatExceptionOfType(InvalidBearerTokenException.class)
                .isThrownBy(() -> token(get(SessionCookies.cookie(value))));
    }

    @Test
    void withoutASessionThereIsNoToken() {
        assertThat(token(get(SessionCookies.cookie("")))).isNull();
        var another = new LinkedMultiValueMap<String, HttpCookie>();
        SessionCookies.of(TOKEN).forEach((_, cookies) -> another.add("sb-another-auth-token",
                new HttpCookie("sb-another-auth-token", cookies.getFirst().getValue())));
        assertThat(token(get(another))).isNull();
    }

    @Test
    void cookiesAreNotReadUnlessThatIsSwitchedOn() {
        var exchange = MockServerWebExchange.from(get(SessionCookies.of(TOKEN)));
        assertThat(new TokenOfRequest(null, List.of()).convert(exchange).block()).isNull();
    }

    @Test
    void theHeaderComesFirst() {
        var other = Tokens.of(UUID.randomUUID());
        assertThat(token(get(SessionCookies.of(TOKEN)).header("Authorization", "Bearer " + other))).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({"https://kulti.app, true", "https://gateway.test, true", ", false", "null, false",
            "http://gateway.test, false", "https://gateway.test:8443, false", "https://evil.test, false",
            "https://kulti.app.evil.test, false", "https://KULTI.app.evil.test, false", "kulti.app, false"})
    void withACookieOnlyAPageOfOursMayChangeAnything(@Nullable String origin, boolean allowed) {
        for (var method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.PATCH)) {
            var request = MockServerHttpRequest.method(method, "https://gateway.test/api/hms/start-recording");
            SessionCookies.of(TOKEN).values().forEach(cookies -> cookies.forEach(request::cookie));
            if (origin != null) {
                request.header("Origin", origin);
            }
            if (allowed) {
                assertThat(token(request)).isEqualTo(TOKEN);
            } else {
                assertThatExceptionOfType(Problem.class).isThrownBy(() -> token(request))
                        .matches(problem -> problem.type() == ProblemType.ORIGIN_NOT_ALLOWED);
            }
        }
    }

    @Test
    void aTokenThatThePageAddsByItselfNeedsNoOrigin() {
        assertThat(token(MockServerHttpRequest.post("https://gateway.test/api/hms/start-recording")
                .header("Authorization", "Bearer " + TOKEN))).isEqualTo(TOKEN);
    }

    @Test
    void whatIsWrongWithACookieIsNotQuoted() {
        var secret = Base64.getUrlEncoder().encodeToString("secret".getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(InvalidBearerTokenException.class)
                .isThrownBy(() -> token(get(SessionCookies.cookie("base64-" + secret))))
                .matches(e -> !String.valueOf(e.getMessage()).contains("secret")
                        && !e.getError().toString().contains("secret"));
    }

    private static MockServerHttpRequest.BaseBuilder<?> get(MultiValueMap<String, HttpCookie> cookies) {
        var request = MockServerHttpRequest.get("https://gateway.test/api/recordings/list");
        cookies.values().forEach(all -> all.forEach(request::cookie));
        return request;
    }

    private static @Nullable String token(MockServerHttpRequest.BaseBuilder<?> request) {
        var authentication = WITH_COOKIES.convert(MockServerWebExchange.from(request)).block();
        return authentication instanceof BearerTokenAuthenticationToken bearer ? bearer.getToken() : null;
    }
}
