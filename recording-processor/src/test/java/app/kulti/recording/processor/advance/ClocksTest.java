package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.HOST;
import static app.kulti.recording.processor.advance.House.NOON;
import static app.kulti.recording.processor.advance.House.ROOM;
import static app.kulti.recording.processor.advance.House.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.House.Message;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the clock found is judged again, by the clock and the state of when it is applied. */
class ClocksTest {
    private static final CommandId START = new CommandId(new UUID(3, 1));
    private static final RecordingId ID = RecordingId.startedBy(START);
    private static final Instant BEGUN = NOON.plusSeconds(1);
    private static final Instant LIMIT = BEGUN.plus(Duration.ofHours(2));
    private static final Instant EXPIRY = BEGUN.plus(Duration.ofDays(90));

    private final House house = new House();
    private int said;

    @Test
    void itsHostIsToldFiveMinutesBeforeItIsStopped() {
        recording();
        at(LIMIT.minus(Duration.ofMinutes(5)).minusSeconds(1), new RecordingFinding.LimitNears(ID, LIMIT));
        assertThat(house.events).noneMatch(RecordingEvent.LimitNears.class::isInstance);

        at(LIMIT.minus(Duration.ofMinutes(5)), new RecordingFinding.LimitNears(ID, LIMIT));
        assertThat(house.events.getLast()).isEqualTo(new RecordingEvent.LimitNears(recordingNow().state(), LIMIT));
    }

    @Test
    void atItsLimitItIsStoppedAndNotASecondBefore() {
        recording();
        at(LIMIT.minusSeconds(1), new RecordingFinding.LimitReached(ID, LIMIT));
        assertThat(recordingNow().isStopDue()).isFalse();
        assertThat(decisions()).containsExactly("refused: it may go on");

        at(LIMIT, new RecordingFinding.LimitReached(ID, LIMIT));
        assertThat(recordingNow().isStopDue()).isTrue();
    }

    @Test
    void whatIsOverIsNotStoppedForItsLength() {
        over();
        at(LIMIT.plusSeconds(9), new RecordingFinding.LimitReached(ID, LIMIT));

        assertThat(recordingNow().isStopDue()).isFalse();
        assertThat(decisions()).containsExactly("applied: it is being stopped or over");
    }

    @Test
    void itsHostIsToldAWeekBeforeItIsDeletedAndThenItIs() {
        over();
        at(EXPIRY.minus(Duration.ofDays(7)), new RecordingFinding.ExpiryNears(ID, EXPIRY));
        assertThat(house.events.getLast()).isEqualTo(new RecordingEvent.ExpiryNears(recordingNow().state(), EXPIRY));

        at(EXPIRY.minusSeconds(1), new RecordingFinding.Expired(ID, EXPIRY));
        assertThat(house.store.recordings).containsKey(ID);
        at(EXPIRY, new RecordingFinding.Expired(ID, EXPIRY));
        assertThat(house.store.recordings).doesNotContainKey(ID);
        assertThat(house.events.getLast()).isInstanceOf(RecordingEvent.Deleted.class);
    }

    @Test
    void whatNobodyWasToldOfIsNotDeletedHoweverOldItIs() {
        over();
        at(EXPIRY.plus(Duration.ofDays(400)), new RecordingFinding.Expired(ID, EXPIRY));

        assertThat(house.store.recordings).containsKey(ID);
        assertThat(decisions()).containsExactly("refused: it may stay");
    }

    @Test
    void aClockThatJumpsAYearGivesItsHostAWeekAllTheSame() {
        over();
        var jumped = NOON.plus(Duration.ofDays(365));
        at(jumped, new RecordingFinding.ExpiryNears(ID, EXPIRY));
        at(jumped, new RecordingFinding.Expired(ID, EXPIRY));
        assertThat(house.store.recordings).containsKey(ID);
        assertThat(recordingNow().expiresAt()).isEqualTo(jumped.plus(Duration.ofDays(7)));

        at(jumped.plus(Duration.ofDays(7)), new RecordingFinding.Expired(ID, EXPIRY));
        assertThat(house.store.recordings).doesNotContainKey(ID);
    }

    @Test
    void whatIsKeptStaysAndWhoGivesItFreeHasAnotherWeek() {
        over();
        at(EXPIRY.minus(Duration.ofDays(7)), new RecordingFinding.ExpiryNears(ID, EXPIRY));
        keep(true, EXPIRY.minus(Duration.ofDays(3)));
        at(EXPIRY, new RecordingFinding.Expired(ID, EXPIRY));
        assertThat(house.store.recordings).containsKey(ID);

        var freed = EXPIRY.plus(Duration.ofDays(100));
        keep(false, freed);
        at(freed.plusSeconds(1), new RecordingFinding.Expired(ID, EXPIRY));
        assertThat(house.store.recordings).as("what was told before it was kept counts no more").containsKey(ID);
        at(freed.plusSeconds(2), new RecordingFinding.ExpiryNears(ID, EXPIRY));
        assertThat(recordingNow().expiresAt()).isEqualTo(freed.plusSeconds(2).plus(Duration.ofDays(7)));
    }

    @Test
    void aDateIsToldOnce() {
        over();
        at(EXPIRY.minus(Duration.ofDays(7)), new RecordingFinding.ExpiryNears(ID, EXPIRY));
        at(EXPIRY.minus(Duration.ofDays(6)), new RecordingFinding.ExpiryNears(ID, EXPIRY));

        assertThat(house.events).filteredOn(RecordingEvent.ExpiryNears.class::isInstance).hasSize(1);
        assertThat(decisions()).contains("refused: it is not about to expire");
    }

    @Test
    void whatRecordsIsNotDeleted() {
        recording();
        at(EXPIRY, new RecordingFinding.ExpiryNears(ID, EXPIRY));
        at(EXPIRY.plus(Duration.ofDays(8)), new RecordingFinding.Expired(ID, EXPIRY));

        assertThat(house.store.recordings).containsKey(ID);
    }

    @Test
    void aDeletedBeamIsStoppedUntil100msAgreesOrItCannotRunAnyMore() {
        house.store.tombstones.put(ID, new Tombstone(ID, SESSION, ROOM, "hms-1", "job-1", BEGUN, null, true, 3, 1, NOON,
                null, NOON));
        var refused = new RecordingFinding.StopAnswered(ID, null, 2, new HmsAnswer.Refused(401, "no"));

        at(NOON.plus(Duration.ofHours(12)), refused);
        assertThat(house.store.tombstones.get(ID)).isNotNull().extracting(Tombstone::stoppedAt).isNull();

        at(NOON.plus(Duration.ofHours(12)).plusSeconds(1), refused);
        assertThat(house.store.tombstones.get(ID)).isNotNull().extracting(Tombstone::stoppedAt).isNotNull();
    }

    private void recording() {
        house.hears(Message.of("start", NOON, House.start(START, NOON)));
        house.hears(Message.of("started", NOON, new RecordingFinding.StartAnswered(ID, SESSION, ROOM, START, 1,
                new HmsAnswer.Found(atHms("starting")))));
    }

    private void over() {
        recording();
        house.hears(Message.of("over", NOON, new RecordingFinding.Looked(ID, new HmsAnswer.Found(atHms("failed")))));
    }

    private static HmsRecording atHms(String status) {
        return new HmsRecording("job-1", ROOM, "hms-1", status, BEGUN, null, null, List.of());
    }

    private void at(Instant now, RecordingFinding finding) {
        house.now = now;
        house.hears(Message.of("said " + said++, now, finding));
    }

    private void keep(boolean kept, Instant at) {
        house.now = at;
        house.hears(Message.of("keep", at, new RecordingCommand.Keep(new CommandId(new UUID(5, said++)), SESSION, HOST,
                at, ID, kept)));
    }

    private Recording recordingNow() {
        return Objects.requireNonNull(house.store.recordings.get(ID)).recording();
    }

    /** About what was said after the recording was there. */
    private List<String> decisions() {
        return house.store.notes.values().stream().filter(note -> note.reason() != null)
                .map(note -> note.decision().wireName() + ": " + note.reason()).toList();
    }
}
