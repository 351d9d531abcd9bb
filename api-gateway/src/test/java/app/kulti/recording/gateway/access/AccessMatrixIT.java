package app.kulti.recording.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Every kind of caller at every route, for a recording that is theirs to see, somebody else's, and none at all. */
class AccessMatrixIT {
    private static final UUID HOST = UUID.randomUUID();
    private static final UUID PARTICIPANT = UUID.randomUUID();
    private static final UUID SESSION = Gateway.app().session("Matrix", HOST, PARTICIPANT);

    enum Who {
        HOST, PARTICIPANT, STRANGER, ANONYMOUS_PARTICIPANT, ANONYMOUS_HOST, NO_TOKEN, EXPIRED, WRONG_KEY, ANON_KEY, SERVICE_KEY;

        boolean isSignedIn() {
            return compareTo(ANONYMOUS_HOST) <= 0;
        }

        boolean mayWatch() {
            return this == HOST || this == PARTICIPANT || this == ANONYMOUS_PARTICIPANT;
        }

        @Nullable
        String token() {
            return switch (this) {
                case HOST -> Tokens.of(AccessMatrixIT.HOST);
                case PARTICIPANT -> Tokens.of(AccessMatrixIT.PARTICIPANT);
                case STRANGER -> Tokens.of(UUID.randomUUID());
                case ANONYMOUS_PARTICIPANT -> Tokens.anonymous(AccessMatrixIT.PARTICIPANT);
                case ANONYMOUS_HOST -> Tokens.anonymous(AccessMatrixIT.HOST);
                case NO_TOKEN -> null;
                case EXPIRED -> Tokens.of(AccessMatrixIT.HOST,
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(7200)))
                                .expirationTime(Date.from(Instant.now().minusSeconds(3600))));
                case WRONG_KEY -> Tokens.signed(Tokens.claimsOf(AccessMatrixIT.HOST).build(), "w".repeat(40));
                case ANON_KEY -> Tokens.key("anon");
                case SERVICE_KEY -> Tokens.key("service_role");
            };
        }
    }

    enum What {
        THEIRS, ANOTHERS, MISSING
    }

    enum Route {
        START, STOP, LIST, ACTIVE, ONE, PLAYBACK, DELETE
    }

    /** The session and the recording in question; anew each time, for some routes change it. */
    private record Subject(UUID session, UUID recording) {
        static Subject of(What what) {
            return switch (what) {
                case THEIRS -> new Subject(SESSION, Gateway.app().mirrored(SESSION));
                case ANOTHERS -> {
                    var session = Gateway.app().session("Somebody else's", UUID.randomUUID());
                    yield new Subject(session, Gateway.app().mirrored(session));
                }
                case MISSING -> new Subject(UUID.randomUUID(), UUID.randomUUID());
            };
        }
    }

    @TestFactory
    List<DynamicTest> everybodyGetsWhatIsTheirs() {
        var tests = new ArrayList<DynamicTest>();
        for (var who : Who.values()) {
            for (var what : What.values()) {
                for (var route : Route.values()) {
                    tests.add(DynamicTest.dynamicTest("%s %s %s".formatted(who, route, what), () -> {
                        var subject = Subject.of(what);
                        var answer = ask(who, route, subject);
                        assertThat(answer.getStatus().value()).as(answer.toString())
                                .isEqualTo(expected(who, route, what));
                        assertThat(answer.getResponseHeaders().getFirst("Cache-Control"))
                                .isEqualTo("private, no-store");
                        var body = String.valueOf(answer.getResponseBody());
                        if (answer.getStatus().isError()) {
                            assertThat(answer.getResponseHeaders().getContentType())
                                    .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
                            assertThat(body).doesNotContain("Exception", "SELECT", "kulti_recording", "Matrix");
                        } else if (what != What.THEIRS) {
                            assertThat(body).doesNotContain(subject.recording().toString());
                        }
                        if (answer.getStatus().value() == 401) {
                            assertThat(answer.getResponseHeaders().getFirst("WWW-Authenticate")).startsWith("Bearer");
                        }
                    }));
                }
            }
        }
        return tests;
    }

    private static int expected(Who who, Route route, What what) {
        if (!who.isSignedIn()) {
            return 401;
        }
        var mayWatch = who.mayWatch() && what == What.THEIRS;
        return switch (route) {
            // The local app shows every session to every signed-in user.
            case START, STOP -> what == What.MISSING ? 404 : who == Who.HOST && what == What.THEIRS ? 200 : 403;
            case LIST, ACTIVE -> 200;
            case ONE -> mayWatch ? 200 : 404;
            case PLAYBACK -> mayWatch ? 302 : 404;
            case DELETE -> !mayWatch ? 404 : who == Who.HOST ? 200 : 403;
        };
    }

    private static EntityExchangeResult<String> ask(Who who, Route route,
            Subject subject) {
        var token = who.token();
        var client = token == null ? Gateway.shared().http() : Gateway.shared().as(token);
        return (switch (route) {
            case START -> post(client, "/api/hms/start-recording", Map.of("sessionId", subject.session(), "roomId",
                    App.roomOf(subject.session())));
            case STOP -> post(client, "/api/hms/stop-recording", Map.of("sessionId", subject.session()));
            case LIST -> client.get().uri("/api/recordings/list?limit=100");
            case ACTIVE -> client.get().uri("/api/recordings/active?sessionId=" + subject.session());
            case ONE -> client.get().uri("/api/recordings/" + subject.recording());
            case PLAYBACK -> client.get().uri("/api/recordings/" + subject.recording() + "/playback");
            case DELETE -> client.method(HttpMethod.DELETE).uri("/api/recordings/" + subject.recording());
        }).exchange().expectBody(String.class).returnResult();
    }

    private static WebTestClient.RequestHeadersSpec<?> post(WebTestClient client, String path, Map<String, ?> body) {
        return client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
