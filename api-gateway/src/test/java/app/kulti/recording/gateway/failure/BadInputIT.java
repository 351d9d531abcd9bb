package app.kulti.recording.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import app.kulti.recording.gateway.failure.Hostile.Victim;
import app.kulti.recording.gateway.failure.RawHttp.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;

/** Whatever is sent, the answer is the documented one, comes at once, and nothing is left of the request. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final int FEWEST = 12;
    private static final int MOST_TRIES = 3;

    private static final Map<String, Function<Victim, List<Hostile>>> CLASSES = classes();

    private final RawHttp http = new RawHttp(Gateway.shared().port());
    private final Map<String, List<Hostile>> hostile = new LinkedHashMap<>();
    private Trace before = Trace.EMPTY;

    private static Map<String, Function<Victim, List<Hostile>>> classes() {
        var classes = new LinkedHashMap<String, Function<Victim, List<Hostile>>>();
        classes.put("ids", HostileAddresses::ids);
        classes.put("paging", HostileAddresses::paging);
        classes.put("filters", HostileAddresses::filters);
        classes.put("body shapes", HostileBodies::shapes);
        classes.put("sizes", HostileBodies::sizes);
        classes.put("encodings", HostileBodies::encodings);
        classes.put("duplicate and extra fields", HostileBodies::fields);
        classes.put("JWT header", HostileTokens::headers);
        classes.put("JWT claims", HostileTokens::claims);
        classes.put("cookies and origins", HostileOrigins::cookiesAndOrigins);
        classes.put("methods and content types", HostileHeaders::methodsAndContentTypes);
        classes.put("header and title injection", HostileHeaders::injections);
        classes.put("idempotency keys", HostileHeaders::idempotencyKeys);
        return classes;
    }

    @BeforeAll
    void aVictimWhoMayDoEverything() {
        var user = UUID.randomUUID();
        var session = Gateway.app().session("Victim", user);
        var victim = new Victim(user, Tokens.of(user), session, App.roomOf(session), Gateway.app().mirrored(session));
        CLASSES.forEach((name, requests) -> hostile.put(name, requests.apply(victim)));
        before = Trace.of(Gateway.app(), Gateway.brokers());
    }

    @TestFactory
    Stream<DynamicNode> hostileRequests(CapturedOutput log) {
        var classes = hostile.entrySet().stream().map(group -> dynamicContainer(group.getKey(), Stream.concat(
                Stream.of(dynamicTest("are at least " + FEWEST,
                        () -> assertThat(group.getValue()).hasSizeGreaterThanOrEqualTo(FEWEST))),
                group.getValue().stream().map(request -> dynamicTest(request.name(), () -> judge(request))))));
        return Stream.concat(classes, Stream.of(dynamicTest("leave no error in the log", () -> leavesNoErrorIn(log))));
    }

    /** Which somebody could fill with pages of our faults otherwise, or with a line each for what is no HTTP. */
    private static void leavesNoErrorIn(CapturedOutput log) {
        LoggerFactory.getLogger(BadInputIT.class).warn("That was all of them");
        assertThat(log.getOut()).contains("That was all of them").doesNotContain(" ERROR ", "Decoding failed");
    }

    @AfterAll
    void nothingIsLeftOfThem() {
        assertThat(Trace.of(Gateway.app(), Gateway.brokers())).isEqualTo(before);
    }

    private void judge(Hostile request) {
        var answer = http.send(request.bytes());
        // It may be the first of its kind, for which classes are loaded, or the machine was busy; not each time.
        for (int again = 1; again < MOST_TRIES && answer.took().compareTo(AT_ONCE) > 0; again++) {
            answer = http.send(request.bytes());
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(request.status());
        assertThat(answer.took()).isLessThan(AT_ONCE);
        assertThat(answer.headers().headerNames()).doesNotContain("Set-Cookie", "X-Evil", "Server");
        assertThat(answer.body()).doesNotContain("Exception", "at app.kulti", "SELECT", "kulti_recording");
        if (!isOfTheServerItself(answer)) {
            Gateway.shared().api().check(HttpMethod.valueOf(request.method()), request.path(), answer.status(),
                    answer.headers(), answer.body());
        }
    }

    /** What is no HTTP, or too long for it, does not get as far as the API. */
    private static boolean isOfTheServerItself(Answer answer) {
        return answer.body().isEmpty() && List.of(400, 414, 431).contains(answer.status());
    }
}
