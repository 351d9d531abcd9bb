package app.kulti.recording.processor.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.processor.recording.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class WatchAgesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RecordingId ID = new RecordingId(new UUID(0, 1));
    private static final Duration RETENTION = Duration.ofDays(90);

    private final Known ages = new Known();
    private final List<Envelope<RecordingFinding>> said = new ArrayList<>();

    @Test
    void whatLastsTooLongIsSaidUnderTheSameIdBySeveralCopies() {
        ages.over = List.of(new Ages.Aged(ID, NOON.minus(Duration.ofHours(3))));

        watch().limits().block(Duration.ofSeconds(1));
        watch().limits().block(Duration.ofSeconds(1));

        var limitAt = NOON.minus(Duration.ofHours(1));
        assertThat(said).hasSize(2).extracting(Envelope::message)
                .containsOnly(new RecordingFinding.LimitReached(ID, limitAt));
        assertThat(said).extracting(Envelope::id)
                .containsOnly(EventId.of("limit-reached", ID.toString(), limitAt.toString()));
        assertThat(ages.overBegunBy).isEqualTo(NOON.minus(Duration.ofHours(2)));
        assertThat(ages.nearBegunBy).as("five minutes before").isEqualTo(NOON.minus(Duration.ofMinutes(115)));
    }

    @Test
    void aDateIsToldThatIsAWeekAwayAtLeast() {
        ages.old = List.of(new Ages.Aged(ID, NOON.minus(Duration.ofDays(83))),
                new Ages.Aged(ID, NOON.minus(Duration.ofDays(400))));

        watch().expiries().block(Duration.ofSeconds(1));

        assertThat(said).extracting(Envelope::message)
                .containsOnly(new RecordingFinding.ExpiryNears(ID, NOON.plus(Duration.ofDays(7))));
    }

    @Test
    void historiesEndNinetyDaysAfterTheDeletionAndSoDoesWhatMetNoRecording() {
        watch().expiries().block(Duration.ofSeconds(1));

        assertThat(ages.historiesEndedBy).isEqualTo(NOON.minus(Duration.ofDays(90)));
        assertThat(ages.straysEndedBy).isEqualTo(NOON.minus(Duration.ofDays(90)));
    }

    @Test
    void whatCannotBeFoundDoesNotHoldUpTheRest() {
        ages.old = List.of(new Ages.Aged(ID, NOON.minus(Duration.ofDays(400))));
        ages.isAwayForDates = true;

        assertThatIllegalStateException().isThrownBy(() -> watch().expiries().block(Duration.ofSeconds(1)));

        assertThat(said).extracting(Envelope::message)
                .containsOnly(new RecordingFinding.ExpiryNears(ID, NOON.plus(Duration.ofDays(7))));
        assertThat(ages.historiesEndedBy).isEqualTo(NOON.minus(Duration.ofDays(90)));
        assertThat(ages.straysEndedBy).isEqualTo(NOON.minus(Duration.ofDays(90)));
    }

    @Test
    void whoseTurnItIsNotSaysNothing() {
        ages.isOurTurn = false;
        ages.old = List.of(new Ages.Aged(ID, NOON.minus(Duration.ofDays(400))));

        watch().expiries().block(Duration.ofSeconds(1));

        assertThat(said).isEmpty();
    }

    private WatchAges watch() {
        return new WatchAges(ages, finding -> {
            said.add(finding);
            return Mono.empty();
        }, new Lifetime(Duration.ofHours(2), RETENTION), new RetentionSettings(Duration.ofMinutes(10), 100),
                () -> NOON);
    }

    private static final class Known implements Ages {
        List<Aged> over = List.of();
        List<Aged> old = List.of();
        boolean isOurTurn = true;
        boolean isAwayForDates;
        Instant overBegunBy = Instant.EPOCH;
        Instant nearBegunBy = Instant.EPOCH;
        Instant historiesEndedBy = Instant.EPOCH;
        Instant straysEndedBy = Instant.EPOCH;

        @Override
        public Mono<List<Aged>> nearLimit(Instant begunBy, int most) {
            nearBegunBy = begunBy;
            return Mono.just(List.of());
        }

        @Override
        public Mono<List<Aged>> overLimit(Instant begunBy, int most) {
            overBegunBy = begunBy;
            return Mono.just(over);
        }

        @Override
        public Mono<List<Aged>> nearExpiry(Instant begunBy, Duration retention, int most) {
            return Mono.just(old);
        }

        @Override
        public Mono<List<Aged>> expired(Instant now, Duration retention, int most) {
            return isAwayForDates ? Mono.error(new IllegalStateException("no dates")) : Mono.just(List.of());
        }

        @Override
        public Mono<Long> endHistories(Instant deletedBy, int most) {
            historiesEndedBy = deletedBy;
            return Mono.just(0L);
        }

        @Override
        public Mono<Long> endStrays(Instant decidedBy, int most) {
            straysEndedBy = decidedBy;
            return Mono.just(0L);
        }

        @Override
        public Mono<Boolean> takeTurn(Duration every) {
            return Mono.just(isOurTurn);
        }
    }
}
