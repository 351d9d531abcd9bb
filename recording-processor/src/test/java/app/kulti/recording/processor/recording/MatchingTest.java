package app.kulti.recording.processor.recording;

import static app.kulti.recording.processor.recording.Said100ms.ROOM;
import static app.kulti.recording.processor.recording.Said100ms.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.recording.Matching.Candidate;
import app.kulti.recording.processor.recording.Matching.Match;
import app.kulti.recording.processor.recording.OutsideId.Kind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static final RecordingId FIRST = new RecordingId(new UUID(0, 1));
    private static final RecordingId SECOND = new RecordingId(new UUID(0, 2));

    @Test
    void aBeginningBelongsToTheStartInFlightOfItsRoom() {
        assertThat(Matching.find(begins(at(3)), List.of(start(FIRST, 0)))).isEqualTo(new Match.To(FIRST));
    }

    @Test
    void aBeginningWithoutATimeDoesToo() {
        assertThat(Matching.find(begins(null), List.of(start(FIRST, 0)))).isEqualTo(new Match.To(FIRST));
    }

    @Test
    void whatBeganBeforeTheStartWasAskedForIsNotIts() {
        assertThat(Matching.find(begins(at(94)), List.of(start(FIRST, 100)))).isEqualTo(new Match.None());
        assertThat(Matching.find(begins(at(95)), List.of(start(FIRST, 100)))).isEqualTo(new Match.To(FIRST));
    }

    @Test
    void aStartThatWasGivenUpMayStillHaveBegunWithinItsTime() {
        var givenUp = List.of(new Candidate.Start(FIRST, ROOM, at(0), at(80)));

        assertThat(Matching.find(begins(at(80)), givenUp)).isEqualTo(new Match.To(FIRST));
        assertThat(Matching.find(begins(at(81)), givenUp)).isEqualTo(new Match.None());
        assertThat(Matching.find(begins(null), givenUp)).isEqualTo(new Match.None());
    }

    @Test
    void anEndWithoutAKnownBeginningIsNotThatOfTheStartInFlight() {
        assertThat(Matching.find(ended(null, at(200)), List.of(start(FIRST, 100)))).isEqualTo(new Match.None());
    }

    @Test
    void anotherRoomsStartIsNotIts() {
        var elsewhere = new Candidate.Start(FIRST, new RoomId("room-2"), at(0), null);

        assertThat(Matching.find(begins(at(3)), List.of(elsewhere))).isEqualTo(new Match.None());
    }

    @Test
    void twoRecordingsInOneHmsSessionAreToldApartByTheirTimes() {
        var both = List.of(known(FIRST, 0, 100, "hms-1"), known(SECOND, 200, 300, "hms-1"));

        assertThat(Matching.find(ended(at(4), at(99)), both)).isEqualTo(new Match.To(FIRST));
        assertThat(Matching.find(ended(at(203), at(299)), both)).isEqualTo(new Match.To(SECOND));
    }

    @Test
    void twoThatFitAreNoneToChooseFrom() {
        var both = List.of(known(FIRST, 0, null, "hms-1"), known(SECOND, 1, null, "hms-1"));

        assertThat(Matching.find(ended(at(4), at(99)), both)).isEqualTo(new Match.Several(2));
    }

    @Test
    void anotherHmsSessionsRecordingIsNotIt() {
        assertThat(Matching.find(ended(at(4), at(99)), List.of(known(FIRST, 0, 100, "hms-2"))))
                .isEqualTo(new Match.None());
    }

    @Test
    void aRecordingThatWasNeverToldItsSessionIsKnownByItsRoom() {
        assertThat(Matching.find(ended(at(4), at(99)), List.of(known(FIRST, 0, 100, null))))
                .isEqualTo(new Match.To(FIRST));
    }

    @Test
    void aRecordingWithAnotherBeamIsNotItHoweverWellItsTimesFit() {
        var other = new Candidate.Known(FIRST, List.of(new OutsideId(Kind.BEAM, "beam-7")), ROOM, "hms-1", at(0),
                at(100));

        assertThat(Matching.find(ended(at(4), at(99)), List.of(other))).isEqualTo(new Match.None());
    }

    @Test
    void whatBeganLaterThanTheOnlyOneThatMayStillRunIsNotGuessedToBeIt() {
        var running = List.of(known(FIRST, 0, null, "hms-1"));

        assertThat(Matching.find(ended(at(60), at(99)), running)).isEqualTo(new Match.To(FIRST));
        assertThat(Matching.find(ended(at(61), at(99)), running)).isEqualTo(new Match.Perhaps(1));
        assertThat(Matching.find(ended(null, at(99)), running)).isEqualTo(new Match.Perhaps(1));
        assertThat(Matching.find(ended(at(203), at(299)), List.of(known(FIRST, 0, null, "hms-1"),
                known(SECOND, 200, null, "hms-1")))).isEqualTo(new Match.To(SECOND));
    }

    @Test
    void anotherBeginningInTheSameSessionIsAnotherBeam() {
        assertThat(Matching.find(begins(at(300)), List.of(known(FIRST, 0, null, "hms-1")))).isEqualTo(new Match.None());
    }

    @Test
    void theFileOfAStreamBesideItIsNotMistakenForIt() {
        var stream = new Candidate.Known(SECOND, List.of(new OutsideId(Kind.ASSET, "layer-0")), ROOM, "hms-1", null,
                null);

        assertThat(Matching.find(ended(at(4), at(99)), List.of(known(FIRST, 0, 100, "hms-1"), stream)))
                .isEqualTo(new Match.To(FIRST));
    }

    @Test
    void aFileThatEndedBeforeTheRecordingBeganIsNotIts() {
        assertThat(Matching.find(ended(null, at(90)), List.of(known(FIRST, 100, null, "hms-1"))))
                .isEqualTo(new Match.None());
    }

    @Test
    void whatThisSystemNeverStartsIsKnownByItsNamesAlone() {
        var sfu = new Sighting(List.of(), List.of(), ROOM, "hms-1", at(4), at(99), at(100), false, false);

        assertThat(Matching.find(sfu, List.of(known(FIRST, 0, 100, "hms-1"), start(SECOND, 0))))
                .isEqualTo(new Match.None());
    }

    private static Candidate start(RecordingId id, int issuedAt) {
        return new Candidate.Start(id, ROOM, at(issuedAt), null);
    }

    private static Candidate known(RecordingId id, int begun, @Nullable Integer ended, @Nullable String hmsSession) {
        return new Candidate.Known(id, List.of(new OutsideId(Kind.JOB, "job-" + id)), ROOM, hmsSession, at(begun),
                ended == null ? null : at(ended));
    }

    private static Sighting begins(@Nullable Instant at) {
        return new Sighting(List.of(new OutsideId(Kind.BEAM, "beam-1")), List.of(), ROOM, "hms-1", at, null, at, true,
                true);
    }

    private static Sighting ended(@Nullable Instant begun, Instant ended) {
        return new Sighting(List.of(new OutsideId(Kind.BEAM, "beam-1")), List.of(), ROOM, "hms-1", begun, ended, ended,
                false, true);
    }
}
