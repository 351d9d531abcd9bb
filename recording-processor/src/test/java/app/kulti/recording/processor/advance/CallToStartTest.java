package app.kulti.recording.processor.advance;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.processor.recording.OutsideId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One command never starts two, whatever 100ms answers and whenever. */
class CallToStartTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RoomId ROOM = new RoomId("room-1");
    private static final HmsAnswer AWAY = new HmsAnswer.Unavailable("timeout");

    private final Script hms = new Script();
    private final MemoryStore store = new MemoryStore();
    private Instant now = NOON.plusSeconds(1);

    @Test
    void whatHmsStartsIsTheAnswer() {
        hms.starts.add(new HmsAnswer.Found(recording("job-1", "starting")));

        assertThat(answer(false)).isEqualTo(new HmsAnswer.Found(recording("job-1", "starting")));
        assertThat(hms.asked).containsExactly("start");
    }

    @Test
    void afterAnUnknownAnswerTheRoomIsLookedAtBeforeItIsAskedAgain() {
        hms.starts.add(AWAY);
        hms.rooms.add(List.of(recording("job-1", "running")));

        assertThat(answer(false)).isEqualTo(new HmsAnswer.Found(recording("job-1", "running")));
        assertThat(hms.asked).containsExactly("start", "list");
    }

    @Test
    void withNothingInTheRoomItIsAskedAgain() {
        hms.starts.addAll(List.of(AWAY, new HmsAnswer.Found(recording("job-2", "starting"))));
        hms.rooms.add(List.of());

        assertThat(answer(false)).isEqualTo(new HmsAnswer.Found(recording("job-2", "starting")));
        assertThat(hms.asked).containsExactly("start", "list", "start");
    }

    @Test
    void whatBelongsToAnotherIsNotTakenForOurs() {
        store.names.put(new OutsideId(OutsideId.Kind.JOB, "job-1"), new RecordingId(new UUID(9, 9)));
        hms.starts.addAll(List.of(AWAY, new HmsAnswer.Found(recording("job-2", "starting"))));
        hms.rooms.add(List.of(recording("job-1", "running")));

        assertThat(answer(false)).isEqualTo(new HmsAnswer.Found(recording("job-2", "starting")));
    }

    @Test
    void whatWasTakenUpIsLookedForFirst() {
        hms.rooms.add(List.of(recording("job-1", "running")));

        assertThat(answer(true)).isEqualTo(new HmsAnswer.Found(recording("job-1", "running")));
        assertThat(hms.asked).containsExactly("list");
    }

    @Test
    void pastTheDeadlineTheRoomIsOnlyLookedAt() {
        now = NOON.plusSeconds(21);
        hms.rooms.add(List.of());

        assertThat(answer(true)).isInstanceOf(HmsAnswer.Unavailable.class);
        assertThat(hms.asked).containsExactly("list");
    }

    @Test
    void pastTheDeadlineHmsIsNotAskedToStart() {
        now = NOON.plusSeconds(20);

        assertThat(answer(false)).isInstanceOf(HmsAnswer.Unavailable.class);
        assertThat(hms.asked).isEmpty();
    }

    @Test
    void whatIsAskedForAgainMuchLaterHasItsTimeAnew() {
        now = NOON.plus(Duration.ofHours(1));
        hms.starts.add(new HmsAnswer.Found(recording("job-1", "starting")));

        assertThat(answer(false, now.plusSeconds(20), () -> now).block(Duration.ofSeconds(10)))
                .isEqualTo(new HmsAnswer.Found(recording("job-1", "starting")));
    }

    @Test
    void aConflictSaysWhatRunsInTheRoom() {
        hms.starts.add(new HmsAnswer.Conflict(null));
        hms.rooms.add(List.of(recording("job-2", "stopping"), recording("job-1", "running")));

        assertThat(answer(false)).isEqualTo(new HmsAnswer.Conflict(recording("job-1", "running")));
    }

    @Test
    void whatRunsInTheRoomMayHaveBegunLongBefore() {
        hms.starts.add(new HmsAnswer.Conflict(null));
        hms.rooms.add(List.of(recording("job-1", "running")));

        answer(false);

        assertThat(hms.since).isEqualTo(NOON.minus(Duration.ofHours(12)));
    }

    @Test
    void theRoomIsLookedAtSinceTheStartWasAskedForLessTheClocksDifference() {
        hms.rooms.add(List.of(recording("job-1", "running")));

        answer(true);

        assertThat(hms.since).isEqualTo(NOON.minusSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void howeverLong100msTakesWhoAskedIsAnsweredByTheDeadline(boolean lookFirst) {
        hms.isHanging = true;

        StepVerifier.withVirtualTime(() -> answer(lookFirst,
                () -> NOON.plusMillis(VirtualTimeScheduler.get().now(TimeUnit.MILLISECONDS))))
                .thenAwait(Duration.ofSeconds(19)).expectNext(AWAY).expectComplete().verify(Duration.ofSeconds(5));
    }

    private HmsAnswer answer(boolean lookFirst) {
        return answer(lookFirst, () -> now).blockOptional(Duration.ofSeconds(10)).orElseThrow();
    }

    private Mono<HmsAnswer> answer(boolean lookFirst, InstantSource clock) {
        return answer(lookFirst, NOON.plusSeconds(20), clock);
    }

    private Mono<HmsAnswer> answer(boolean lookFirst, Instant deadline, InstantSource clock) {
        var start = new Start(new RecordingId(new UUID(0, 1)), new CommandId(new UUID(0, 2)),
                new SessionId(new UUID(0, 3)), ROOM, new UserId(new UUID(0, 4)), NOON, deadline, 1, NOON,
                null, null, null, null, null);
        return new CallToStart(hms, store, clock).answer(new HmsCall.ToStart(start, lookFirst));
    }

    private static HmsRecording recording(String id, String status) {
        return new HmsRecording(id, ROOM, null, status, NOON, null, null, List.of());
    }

    /** Answers as it was told to, in turn, and remembers what it was asked. */
    private static final class Script extends UnaskedHms {
        final Deque<HmsAnswer> starts = new ArrayDeque<>();
        final Deque<List<HmsRecording>> rooms = new ArrayDeque<>();
        final List<String> asked = new ArrayList<>();
        Instant since = Instant.EPOCH;
        /** As the client sees a 100ms that takes connections and says nothing. */
        boolean isHanging;

        @Override
        public Mono<HmsAnswer> start(RoomId room, Duration limit) {
            asked.add("start");
            return isHanging ? Mono.delay(limit).thenReturn(AWAY) : Mono.just(starts.remove());
        }

        @Override
        public Mono<Reply<List<HmsRecording>>> list(RoomId room, Instant from, Duration limit) {
            asked.add("list");
            since = from;
            return isHanging
                    ? Mono.delay(limit).thenReturn(new Reply.Withheld<>(AWAY))
                    : Mono.just(new Reply.Given<>(rooms.remove()));
        }
    }
}
