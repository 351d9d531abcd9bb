package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.NOON;
import static app.kulti.recording.processor.advance.House.ROOM;
import static app.kulti.recording.processor.advance.House.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.House.Message;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What finds no recording is remembered with what 100ms can be asked by, and 100ms's answer finds it. */
class UnmatchedTest {
    private final House house = new House();

    @Test
    void aFileThatFitsTwoRecordingsIsAttachedToNoneAndAskedAbout() {
        var first = recorded(1, 0, 100);
        var second = recorded(2, 4, 103);

        house.hears(film("a", 2, 101));

        assertThat(recording(first).status()).isEqualTo(RecordingStatus.PROCESSING);
        assertThat(recording(second).status()).isEqualTo(RecordingStatus.PROCESSING);
        assertThat(house.store.unmatched).singleElement().satisfies(unmatched -> {
            assertThat(unmatched.room()).isEqualTo(ROOM);
            assertThat(unmatched.job()).isNull();
            assertThat(unmatched.since()).isEqualTo(at(2));
            assertThat(unmatched.until()).isEqualTo(at(101));
            assertThat(unmatched.adopted()).isEqualTo(RecordingId.adopting("beam_id", "beam-a"));
        });
    }

    @Test
    void what100msSaysOfTheRoomGoesToTheRecordingItNames() {
        recorded(1, 0, 100);
        var second = recorded(2, 4, 103);
        house.hears(film("a", 2, 101));

        house.hears(looked("job-2", at(4), at(103), "a"));

        assertThat(recording(second).status()).isEqualTo(RecordingStatus.COMPLETED);
        assertThat(house.store.names).containsEntry(new OutsideId(OutsideId.Kind.PATH, "s3://hms/a.mp4"), second);
    }

    @Test
    void aRoomThatNoSessionHasIsAskedAboutUntilOneHasIt() {
        house.store.sessions.clear();
        house.hears(film("a", 0, 100));
        assertThat(house.store.unmatched).hasSize(1);

        house.store.sessions.add(new KnownSession(SESSION, House.HOST, ROOM, true, NOON.minusSeconds(60)));
        house.hears(looked("job-7", at(0), at(100), "a"));

        assertThat(house.store.recordings).containsOnlyKeys(RecordingId.adopting("job_id", "job-7"));
        assertThat(house.store.names).containsKey(new OutsideId(OutsideId.Kind.PATH, "s3://hms/a.mp4"));
    }

    @Test
    void what100msSaysOfTheVeryRecordingIsAdoptedUnderTheIdThatTheEventWouldHaveHad() {
        var adopted = RecordingId.adopting("beam_id", "beam-a");

        house.hears(Message.of("looked", NOON, new RecordingFinding.Looked(adopted,
                new HmsAnswer.Found(atHms("job-7", "running", at(0), null, null)))));

        assertThat(house.store.recordings).containsOnlyKeys(adopted);
    }

    @Test
    void aRecordingKnownByItsBeamAloneLearnsItsOtherNameFromALook() {
        house.hears(Message.webhook("beam.started.success", """
                {"type":"beam.started.success","timestamp":"%s","data":{"beam_id":"beam-a","room_id":"room-1",
                 "session_id":"hms-1"}}""".formatted(at(3))));
        var adopted = RecordingId.adopting("beam_id", "beam-a");

        house.hears(looked("job-7", at(3), at(100), "a"));

        assertThat(house.store.recordings).containsOnlyKeys(adopted);
        assertThat(recording(adopted).facts().names().job()).isEqualTo("job-7");
        assertThat(recording(adopted).status()).isEqualTo(RecordingStatus.COMPLETED);
    }

    @Test
    void aFindingThatFindsNoneIsNotAskedAboutAgain() {
        house.store.sessions.clear();
        house.hears(looked("job-7", at(0), at(100), "a"));

        assertThat(house.store.notes.values()).singleElement()
                .returns(Note.Decision.UNMATCHED, Note::decision);
        assertThat(house.store.unmatched).isEmpty();
    }

    private Recording recording(RecordingId id) {
        return Objects.requireNonNull(house.store.recordings.get(id)).recording();
    }

    private RecordingId recorded(int number, int begun, int ended) {
        var command = new CommandId(new UUID(3, number));
        var id = RecordingId.startedBy(command);
        house.hears(Message.of("start " + number, at(begun), House.start(command, at(begun))));
        var job = "job-" + number;
        house.hears(Message.of("started " + number, at(begun), new RecordingFinding.StartAnswered(id, SESSION, ROOM,
                command, 1, new HmsAnswer.Found(atHms(job, "starting", at(begun), null, null)))));
        house.hears(Message.of("stopped " + number, at(ended), new RecordingFinding.Looked(id,
                new HmsAnswer.Found(atHms(job, "stopping", at(begun), at(ended), null)))));
        return id;
    }

    private static Message film(String name, int begun, int ended) {
        return Message.webhook("beam.recording.success", """
                {"type":"beam.recording.success","timestamp":"%s","data":{"beam_id":"beam-%s","room_id":"room-1",
                 "session_id":"hms-1","recording_path":"s3://hms/%s.mp4","started_at":"%s","stopped_at":"%s"}}"""
                .formatted(at(ended), name, name, at(begun), at(ended)));
    }

    private static Message looked(String job, Instant begun, Instant ended, String film) {
        return Message.of("looked " + job, ended, new RecordingFinding.Looked(RecordingId.adopting("job_id", job),
                new HmsAnswer.Found(atHms(job, "completed", begun, ended, film))));
    }

    private static HmsRecording atHms(String job, String status, Instant begun,
            @Nullable Instant ended, @Nullable String film) {
        return new HmsRecording(job, ROOM, "hms-1", status, begun, begun, ended, film == null
                ? List.of()
                : List.of(new HmsRecording.Asset("asset-" + film, "room-composite", "completed",
                        "s3://hms/" + film + ".mp4", 9L, 60L, null, ended)));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
