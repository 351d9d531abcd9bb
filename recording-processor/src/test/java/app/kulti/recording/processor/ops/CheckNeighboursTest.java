package app.kulti.recording.processor.ops;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.infra.observability.checking.Finding;
import app.kulti.recording.processor.advance.Hms.Reply;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the processor says of its credentials and its clock. */
class CheckNeighboursTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String CREDENTIALS = "100ms takes the app's credentials";
    private static final String LOGIN = "the database login works, and may read what is its own";

    @Test
    void allIsWellWithinTheSkewThatClocksMayHave() {
        assertThat(findings(at(NOON.plusSeconds(6)), Mono.just(NOON.minusSeconds(6)))).containsExactly(
                Finding.fine(CREDENTIALS), Finding.fine("its clock agrees with that of 100ms"), Finding.fine(LOGIN),
                Finding.fine("its clock agrees with that of PostgreSQL"));
    }

    @Test
    void a100msThatDoesNotTellItsTimeIsNoFault() {
        assertThat(findings(new Reply.Given<>(Optional.empty()), Mono.just(NOON))).hasSize(3)
                .allMatch(Finding::ok);
    }

    @Test
    void clocksThatAreApartAreToldWithTheirDirection() {
        assertThat(findings(at(NOON.plusSeconds(61)), Mono.just(NOON.minusSeconds(7)))).filteredOn(one -> !one.ok())
                .containsExactly(
                        Finding.wrong("its clock agrees with that of 100ms",
                                "it is 61 s behind: synchronise that machine's clock (chrony, NTP)"),
                        Finding.wrong("its clock agrees with that of PostgreSQL",
                                "it is 7 s ahead: synchronise that machine's clock (chrony, NTP)"));
    }

    @Test
    void whatIsNotTakenIsToldWithItsSettings() {
        assertThat(findings(new Reply.Withheld<>(new HmsAnswer.Refused(401, "Token validation error")),
                Mono.error(new IllegalStateException("jdbc:secret", new ConnectException("10.0.0.7")))))
                .containsExactly(Finding.wrong(CREDENTIALS,
                        "401 Token validation error: compare KULTI_HMS_ACCESSKEY and KULTI_HMS_APPSECRET with its dashboard"),
                        Finding.wrong(LOGIN, "ConnectException: compare SPRING_R2DBC_URL, SPRING_R2DBC_USERNAME and "
                                + "SPRING_R2DBC_PASSWORD, and apply the migrations"));
        assertThat(findings(new Reply.Withheld<>(new HmsAnswer.Unavailable("timeout")), Mono.just(NOON)))
                .contains(Finding.wrong(CREDENTIALS,
                        "timeout: compare KULTI_HMS_BASEURL, and see whether it can be reached from here"));
    }

    private static Reply<Optional<Instant>> at(Instant time) {
        return new Reply.Given<>(Optional.of(time));
    }

    private static List<Finding> findings(Reply<Optional<Instant>> hms, Mono<Instant> database) {
        return Objects.requireNonNull(new CheckNeighbours(_ -> Mono.just(hms), () -> database, () -> NOON).run()
                .block(Duration.ofSeconds(10)));
    }
}
