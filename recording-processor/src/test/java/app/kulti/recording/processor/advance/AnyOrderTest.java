package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.HOST;
import static app.kulti.recording.processor.advance.House.NOON;
import static app.kulti.recording.processor.advance.House.ROOM;
import static app.kulti.recording.processor.advance.House.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.WireForm;
import app.kulti.recording.processor.advance.House.Message;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.trial.Trials;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever lies on the four topics, in any order and however often: the same end. Two of each kind, which contradict each
 * other where they can.
 */
class AnyOrderTest {
    private static final CommandId STARTED = new CommandId(new UUID(3, 1));
    private static final RecordingId RECORDING = RecordingId.startedBy(STARTED);
    private static final Instant BEGUN = NOON.plusSeconds(10);
    private static final Instant ENDED = NOON.plusSeconds(70);

    /** What comes from outside, and can come in any order. */
    private static final List<Message> EVIDENCE = Stream.of(webhooks(), looks(), clocks(), reports(), wishes())
            .flatMap(List::stream).toList();

    /** What is judged by how things are when it comes, so that its order counts. */
    private static final List<Message> JUDGED = List.of(
            command("another start", House.start(new CommandId(new UUID(3, 2)), NOON.plusSeconds(300))),
            command("yet another start", House.start(new CommandId(new UUID(3, 3)), NOON.plusSeconds(400))),
            command("delete", new RecordingCommand.Delete(new CommandId(new UUID(3, 4)), SESSION, HOST,
                    NOON.plusSeconds(500), RECORDING)),
            command("delete of another", new RecordingCommand.Delete(new CommandId(new UUID(3, 5)), SESSION, HOST,
                    NOON.plusSeconds(500), RecordingId.adopting("beam_id", "beam-2"))));

    @Test
    void evidenceGivesOneEnd() {
        Trials.of(2_000, random -> some(EVIDENCE, random), (messages, random) -> {
            var another = new ArrayList<>(messages);
            another.addAll(messages.stream().filter(_ -> random.nextInt(3) == 0).toList());
            Collections.shuffle(another, Random.from(random));

            assertThat(after(another).store.states()).isEqualTo(after(messages).store.states());
        });
    }

    @Test
    void whetherTheyComeOneByOneOrInOneBatchMakesNoDifference() {
        Trials.of(1_000, random -> some(all(), random), (messages, _) -> {
            var topics = messages.stream()
                    .collect(Collectors.groupingBy(AnyOrderTest::topicOf, TreeMap::new, Collectors.toList())).values();
            var oneByOne = after(topics.stream().flatMap(List::stream).toList());
            var atOnce = after(List.of());
            topics.forEach(atOnce::hearsAtOnce);

            assertThat(atOnce.store.recordings).isEqualTo(oneByOne.store.recordings);
            assertThat(atOnce.store.tombstones).isEqualTo(oneByOne.store.tombstones);
            assertThat(atOnce.store.starts).isEqualTo(oneByOne.store.starts);
            assertThat(decisions(atOnce)).isEqualTo(decisions(oneByOne));
        });
    }

    private static String topicOf(Message message) {
        return message.content().getClass().getInterfaces()[0].getSimpleName();
    }

    private static Set<String> decisions(House house) {
        return house.store.notes.values().stream().map(note -> "%s, %s: %s, %s, %s".formatted(note.cause().event(),
                note.recording(), note.decision(), note.reason(), note.outcome())).collect(Collectors.toSet());
    }

    @Test
    void whatComesAgainChangesNothingAndIsCounted() {
        Trials.of(1_000, random -> some(all(), random), (messages, random) -> {
            var house = after(messages);
            var recordings = List.copyOf(house.store.recordings.values());
            var tombstones = house.store.tombstones.values().stream().map(stone -> stone.announced().state()).toList();
            var notes = house.store.notes.values().stream().map(note -> note.cause().event()).toList();
            var counted = house.duplicates();
            var again = new ArrayList<>(messages.stream().filter(message -> isApplied(house, message)).toList());
            Collections.shuffle(again, Random.from(random));

            house.hears(again);

            assertThat(house.store.recordings.values()).containsExactlyElementsOf(recordings);
            assertThat(house.store.tombstones.values().stream().map(stone -> stone.announced().state()))
                    .containsExactlyElementsOf(tombstones);
            assertThat(house.store.notes.values()).map(note -> note.cause().event()).containsExactlyElementsOf(notes);
            assertThat(house.duplicates() - counted).isEqualTo(again.size());
        });
    }

    @Test
    void whateverComesWhatIsDeletedStaysDeletedAndEveryRevisionIsOneState() {
        Trials.of(1_000, random -> some(all(), random), (messages, _) -> {
            var house = after(messages);

            assertThat(Collections.disjoint(house.store.recordings.keySet(), house.store.tombstones.keySet())).isTrue();
            var states = new HashMap<String, Object>();
            var revisions = new HashMap<RecordingId, Long>();
            for (var event : house.events) {
                var state = event.state();
                if (state != null) {
                    assertThat(states.merge(state.recordingId() + "/" + state.revision(), state,
                            (known, _) -> known)).isEqualTo(state);
                    assertThat(state.revision()).isGreaterThanOrEqualTo(revisions.merge(state.recordingId(),
                            state.revision(), Math::max));
                }
            }
        });
    }

    @Test
    void ofASessionsBeamsAtMostOneIsActiveAndThatIsTheNewest() {
        Trials.of(1_000, random -> some(EVIDENCE, random), (messages, _) -> {
            var beams = after(messages).store.recordings.values().stream().map(Stored::recording)
                    .filter(recording -> recording.facts().names().isBeam()).toList();
            var active = beams.stream().filter(beam -> beam.status() == RecordingStatus.RECORDING).toList();

            assertThat(active).hasSizeLessThanOrEqualTo(1);
            assertThat(active).allSatisfy(one -> assertThat(beams).noneMatch(other -> isNewer(other, one)));
        });
    }

    private static boolean isNewer(Recording other, Recording one) {
        var begun = other.startedAt();
        return begun != null && one.startedAt() != null && begun.isAfter(one.startedAt());
    }

    @Test
    void everyMessageThatIsAppliedRefusedOrUnmatchedHasOneNoteForEachRecordingWithItsSource() {
        Trials.of(300, random -> some(all(), random), (messages, _) -> {
            var house = after(messages);

            var about = new HashSet<String>();
            for (var note : house.store.notes.values()) {
                assertThat(about.add(note.cause().event() + "/" + note.recording())).as("%s", note).isTrue();
                assertThat(note.cause().origin().topic()).isNotBlank();
                assertThat(note.decision() == Note.Decision.APPLIED || note.reason() != null).as("%s", note).isTrue();
            }
            assertThat(messages).filteredOn(message -> !message.name().startsWith("says nothing"))
                    .allSatisfy(message -> assertThat(house.store.notes.values())
                            .anyMatch(note -> note.cause().event().equals(message.id())));
        });
    }

    /** A new kind that is not tried here makes this fail. */
    @Test
    void everyKindOfMessageIsTriedTwice() {
        var times = all().stream().collect(Collectors.groupingBy(message -> message.content().getClass(),
                Collectors.counting()));
        for (var topic : List.of(Topics.COMMANDS, Topics.FINDINGS, Topics.REPORTS)) {
            assertThat(new WireForm<>(topic).types().values())
                    .allSatisfy(kind -> assertThat(times.getOrDefault(kind, 0L)).as("%s", kind).isGreaterThan(1));
        }
        var answers = all().stream().map(message -> switch (message.content()) {
            case RecordingFinding.Looked looked -> looked.answer();
            case RecordingFinding.StopAnswered stop -> stop.answer();
            case RecordingFinding.StartAnswered start -> start.answer();
            default -> null;
        }).filter(Objects::nonNull).<Class<?>>map(Object::getClass).collect(Collectors.toSet());
        assertThat(answers).containsExactlyInAnyOrder(HmsAnswer.class.getPermittedSubclasses());
        assertThat(all().stream().map(Message::content).filter(HmsWebhook.class::isInstance)
                .map(webhook -> ((HmsWebhook) webhook).type()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("beam.started.success", "beam.stopped.success", "beam.recording.success",
                        "beam.failure", "hls.recording.success", "recording.started", "recording.stopped",
                        "recording.success", "recording.failed", "room.end.success");
    }

    private static List<Message> all() {
        return Stream.concat(EVIDENCE.stream(), JUDGED.stream()).toList();
    }

    private static List<Message> some(List<Message> of, RandomGenerator random) {
        var chosen = new ArrayList<>(of);
        Collections.shuffle(chosen, Random.from(random));
        return List.copyOf(chosen.subList(0, random.nextInt(16)));
    }

    private static boolean isApplied(House house, Message message) {
        return house.store.notes.values().stream().anyMatch(
                note -> note.cause().event().equals(message.id()) && note.decision() == Note.Decision.APPLIED);
    }

    /** A recording was started here; all else has still to be said. */
    private static House after(List<Message> messages) {
        var house = new House();
        house.hears(command("start", House.start(STARTED, NOON)));
        house.hears(finding("started", NOON.plusSeconds(2), new RecordingFinding.StartAnswered(RECORDING, SESSION, ROOM,
                STARTED, 1, new HmsAnswer.Found(atHms("starting", null)))));
        house.now = NOON.plusSeconds(600);
        house.hears(messages);
        return house;
    }

    private static List<Message> webhooks() {
        return List.of(
                beam("beam.started.success", "beam-1", BEGUN, ",\"job_id\":\"job-1\""),
                beam("beam.started.success", "beam-2", NOON.plusSeconds(400), ",\"job_id\":\"job-2\""),
                beam("beam.stopped.success", "beam-1", ENDED, ",\"duration\":60,\"reason\":\"client request\""),
                beam("beam.stopped.success", "beam-1", ENDED.plusSeconds(1),
                        ",\"duration\":61,\"reason\":\"room ended\""),
                beam("beam.stopped.success", "beam-2", NOON.plusSeconds(460),
                        ",\"job_id\":\"job-2\",\"duration\":60,\"reason\":\"failure: UPLOAD_ERROR\""),
                beam("beam.failure", "beam-1", ENDED, ",\"duration\":60,\"error_type\":\"UPLOAD_ERROR\""),
                beam("beam.failure", "beam-2", NOON.plusSeconds(461),
                        ",\"job_id\":\"job-2\",\"error_type\":\"BEAM_STOPPED\""),
                film("beam-1", "a", ENDED.plusSeconds(1)),
                film("beam-1", "b", ENDED.plusSeconds(2)),
                Message.webhook("hls.recording.success", """
                        {"type":"hls.recording.success","timestamp":"2026-11-22T12:05:00Z","data":{"room_id":"room-1",
                         "session_id":"hms-1","duration":56,"recording_single_files":[{"asset_id":"layer-0","layer":"0",
                         "recording_path":"s3://hms/layer.mp4","size":10}]}}"""),
                Message.webhook("recording.success", """
                        {"version":"1.0","type":"recording.success","timestamp":"2026-11-22T12:06:00Z","data":{
                         "room_id":"room-1","session_id":"hms-1","recording_path":"s3://hms/sfu.mp4","size":10,
                         "session_started_at":"2026-11-22T12:00:00Z","session_stopped_at":"2026-11-22T12:06:00Z"}}"""),
                simple("recording.started", ""), simple("recording.stopped", ",\"reason\":\"max\""),
                simple("recording.success", ",\"recording_url\":\"https://f.example/c.mp4?s=1\",\"size\":7"),
                simple("recording.success", ",\"recording_url\":\"https://f.example/d.mp4?s=2\",\"size\":8"),
                simple("recording.failed", ",\"error\":\"E1\""), simple("recording.failed", ",\"error\":\"E2\""),
                new Message("says nothing", Message.webhook("room.end.success", "{}").id(), NOON,
                        Message.webhook("room.end.success", "{}").content()));
    }

    private static Message beam(String type, String beam, Instant at, String fields) {
        return Message.webhook(type, """
                {"type":"%s","timestamp":"%s","data":{"beam_id":"%s","room_id":"room-1","session_id":"hms-1"%s}}"""
                .formatted(type, at, beam, fields));
    }

    private static Message film(String beam, String name, Instant at) {
        return beam("beam.recording.success", beam, at, """
                ,"recording_path":"s3://hms/%s.mp4","recording_presigned_url":"https://f.example/%s.mp4?s=1","size":9,
                 "started_at":"%s","stopped_at":"%s"
                """.formatted(name, name, BEGUN, ENDED));
    }

    private static Message simple(String type, String fields) {
        return Message.webhook(type,
                "{\"type\":\"%s\",\"data\":{\"id\":\"job-1\",\"room_id\":\"room-1\"%s}}".formatted(type, fields));
    }

    private static List<Message> looks() {
        var second = ENDED.plusSeconds(5);
        return List.of(
                finding("start answered again", second, new RecordingFinding.StartAnswered(RECORDING, SESSION, ROOM,
                        STARTED, 2, new HmsAnswer.Conflict(atHms("running", null)))),
                finding("start refused, late", second, new RecordingFinding.StartAnswered(RECORDING, SESSION, ROOM,
                        STARTED, 3, new HmsAnswer.Unavailable("timeout"))),
                looked("running", new HmsAnswer.Found(atHms("running", null))),
                looked("post_processing", new HmsAnswer.Found(atHms("post_processing", null))),
                looked("film a", new HmsAnswer.Found(atHms("completed", "a"))),
                looked("film b", new HmsAnswer.Found(atHms("completed", "b"))),
                looked("failed", new HmsAnswer.Found(atHms("failed", null))),
                looked("gone", new HmsAnswer.NotFound()), looked("refused", new HmsAnswer.Refused(403, "no")),
                looked("away", new HmsAnswer.Unavailable("timeout")),
                finding("stopped", ENDED, stop(1, new HmsAnswer.Found(atHms("stopping", null)))),
                finding("had stopped", second, stop(2, new HmsAnswer.NotFound())),
                finding("stop refused", second, stop(3, new HmsAnswer.Refused(403, "no"))),
                renewed("a", 1), renewed("b", 2),
                finding("not renewed", second,
                        new RecordingFinding.SourceNotRenewed(RECORDING, new HmsAnswer.NotFound(), null)),
                finding("not renewed, away", second,
                        new RecordingFinding.SourceNotRenewed(RECORDING, new HmsAnswer.Unavailable("x"), null)));
    }

    private static RecordingFinding.StopAnswered stop(int attempt, HmsAnswer answer) {
        return new RecordingFinding.StopAnswered(RECORDING, null, attempt, answer);
    }

    private static Message looked(String name, HmsAnswer answer) {
        return finding("looked: " + name, ENDED.plusSeconds(9), new RecordingFinding.Looked(RECORDING, answer));
    }

    private static Message renewed(String file, int signature) {
        return finding("renewed " + file, ENDED.plusSeconds(20 + signature),
                new RecordingFinding.SourceRenewed(RECORDING, "asset-" + file, "s3://hms/" + file + ".mp4",
                        new SignedUrl(URI.create("https://f.example/%s.mp4?s=%d".formatted(file, signature))),
                        ENDED.plusSeconds(3600), null));
    }

    private static HmsRecording atHms(String status, @Nullable String film) {
        var isOver = film != null || status.equals("failed");
        return new HmsRecording("job-1", ROOM, "hms-1", status, NOON.plusSeconds(1),
                status.equals("starting") ? null : BEGUN, isOver ? ENDED : null, film == null
                        ? List.of()
                        : List.of(new HmsRecording.Asset("asset-" + film, "room-composite", "completed",
                                "s3://hms/" + film + ".mp4", 9L, 60L, "1280x720", ENDED.plusSeconds(film.charAt(0)))));
    }

    /** The clock stands where none of them leads to a deletion. */
    private static List<Message> clocks() {
        var both = new ArrayList<Message>();
        for (var n = 1; n <= 2; n++) {
            var at = NOON.plus(Duration.ofHours(n));
            both.add(finding("limit nears " + n, at, new RecordingFinding.LimitNears(RECORDING, at)));
            both.add(finding("limit reached " + n, at, new RecordingFinding.LimitReached(RECORDING, at)));
            both.add(finding("start overdue " + n, at, new RecordingFinding.StartOverdue(RECORDING, at)));
            both.add(finding("mirror overdue " + n, at, new RecordingFinding.MirrorOverdue(RECORDING, at)));
            both.add(finding("expiry nears " + n, at, new RecordingFinding.ExpiryNears(RECORDING, at)));
            both.add(finding("expired " + n, at, new RecordingFinding.Expired(RECORDING, at)));
            both.add(finding("taken over " + n, at, new RecordingFinding.TakenOver(RECORDING)));
            both.add(finding("row deleted " + n, at, new RecordingFinding.RowDeleted(RECORDING, at)));
        }
        return both;
    }

    private static List<Message> reports() {
        var both = new ArrayList<Message>();
        var number = 0;
        for (var file : Set.of("s3://hms/a.mp4", "asset-b")) {
            var at = ENDED.plusSeconds(100 + number++);
            both.add(report("copying", file, at, new MirrorReport.Copying(RECORDING, 3, file, 5, 9L)));
            both.add(report("verified", file, at, new MirrorReport.Verified(RECORDING, 3, file, "key", 9, "crc")));
            both.add(report("found again", file, at.plusSeconds(5),
                    new MirrorReport.Verified(RECORDING, 4, file, "key", 9, null)));
            both.add(report("refused", file, at,
                    new MirrorReport.Refused(RECORDING, 3, file, RefusedBecause.HTML, "a page", 9L)));
            both.add(report("not now", file, at, new MirrorReport.NotNow(RECORDING, 3, file, "503")));
            both.add(report("expired", file, at, new MirrorReport.SourceExpired(RECORDING, 3, file)));
            both.add(report("removed", file, at, new MirrorReport.Removed(RECORDING, 3)));
        }
        return both;
    }

    private static List<Message> wishes() {
        var all = new ArrayList<Message>();
        for (var n = 1; n <= 2; n++) {
            var at = NOON.plusSeconds(100 + n);
            all.add(command("stop " + n, new RecordingCommand.Stop(new CommandId(new UUID(4, n)), SESSION, HOST, at)));
            all.add(command("keep " + n,
                    new RecordingCommand.Keep(new CommandId(new UUID(5, n)), SESSION, HOST, at, RECORDING, n == 1)));
            all.add(command("refresh " + n, new RecordingCommand.RefreshSource(new CommandId(new UUID(6, n)), SESSION,
                    HOST, at, RECORDING)));
        }
        return all;
    }

    private static Message command(String name, RecordingCommand command) {
        return Message.of(name, command.issuedAt(), command);
    }

    private static Message finding(String name, Instant at, RecordingFinding finding) {
        return Message.of(name, at, finding);
    }

    private static Message report(String name, String file, Instant at, MirrorReport report) {
        return Message.of(name + " " + file, at, report);
    }
}
