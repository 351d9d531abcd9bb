package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.processor.advance.CallHms;
import app.kulti.recording.processor.advance.Findings;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.reconcile.DueWork;
import app.kulti.recording.processor.reconcile.TakeUpDueWork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

/** What the mirror reports, and what it is asked for again. */
class MirrorIT extends RunningProcessor {
    @Autowired
    private DueWork due;
    @Autowired
    private CallHms calls;
    @Autowired
    private Findings findings;

    @Test
    void anExpiredSourceIsRenewedAndWantedAgain() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        hms.finish(job, "s3://hms/" + job + ".mp4");
        fileReady(job);
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        var source = completed.state().source();
        assertThat(source).isNotNull();

        traffic.send(new MirrorReport.SourceExpired(start.recordingId(), completed.state().revision(),
                source.identity()));

        var renewed = traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().source() != null && "asset-%s".formatted(job).equals(
                        changed.state().source().assetId()));
        assertThat(renewed.state().wanted()).isEqualTo(MirrorWish.COPY);
    }

    @Test
    void aRecordingThatWasForgottenIsLookedAt() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        hms.finish(job, "s3://hms/" + job + ".mp4");
        database.execute("UPDATE kulti_recording.recording_progress SET due_at = now() WHERE recording_id = ?",
                start.recordingId().value());

        traffic.event(RecordingEvent.Completed.class, start.recordingId());
        traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().wanted() == MirrorWish.COPY);
    }

    @Test
    void aRefusedFileLeavesTheRecordingCompletedAndSaysWhy() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        fileReady(job);
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        var source = completed.state().source();
        assertThat(source).isNotNull();

        traffic.send(new MirrorReport.Refused(start.recordingId(), completed.state().revision(), source.identity(),
                MirrorReport.RefusedBecause.HTML, "a page"));

        traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().wanted() == MirrorWish.NOTHING);
        assertThat(row(start.recordingId())).containsEntry("status", "completed");
        assertThat(text(row(start.recordingId()), "metadata"))
                .contains("\"mirror\": {\"state\": \"refused\", \"reason\": \"html\"}");
    }

    @Test
    void whatTheMirrorSaysNothingOfIsAnnouncedAgain() {
        var start = started();
        fileReady(hms.in(room).getFirst().id());
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());

        database.execute("UPDATE kulti_recording.recording_progress SET due_at = now() WHERE recording_id = ?",
                start.recordingId().value());

        var again = traffic.event(RecordingEvent.Announced.class, start.recordingId());
        assertThat(again.state()).isEqualTo(completed.state());
        assertThat(again.state().wanted()).isEqualTo(MirrorWish.COPY);
        assertThat(progress(start.recordingId())).containsEntry("mirror_attempts", 1);
    }

    @Test
    void ofWhatIsDueTheOldestIsTakenFirstAndEachByOneCopyOnly() {
        var oldest = completed(13);
        var younger = List.of(completed(12), completed(11), completed(10));
        var at = Instant.now().plus(Duration.ofHours(2));

        var first = taken(due.takeUnmirrored(at, 1));
        var next = Mono.zip(due.takeUnmirrored(at, 2), due.takeUnmirrored(at, 1)).blockOptional(LIMIT).orElseThrow();

        assertThat(first).containsExactly(oldest);
        assertThat(Stream.of(next.getT1(), next.getT2()).flatMap(List::stream)
                .map(stored -> stored.recording().id())).containsExactlyInAnyOrderElementsOf(younger);
    }

    /** So many days ago; whoever schedules it looks at it in an hour. */
    private RecordingId completed(int days) {
        var beam = "beam-%d-%s".formatted(days, room);
        var ended = Instant.now().minus(Duration.ofDays(days));
        webhook("beam.recording.success", beam, """
                "recording_path":"s3://hms/%s.mp4","recording_presigned_url":"https://files.example/%s.mp4?s=1",
                "started_at":"%s","stopped_at":"%s"
                """.formatted(beam, beam, ended.minusSeconds(60), ended), ended);
        var id = RecordingId.adopting("beam_id", beam);
        traffic.event(RecordingEvent.Completed.class, id);
        database.execute("UPDATE kulti_recording.recording_progress SET due_at = now() + interval '1 hour'"
                + " WHERE recording_id = ?", id.value());
        return id;
    }

    private static List<RecordingId> taken(Mono<List<Stored>> taking) {
        return taking.blockOptional(LIMIT).orElseThrow().stream().map(stored -> stored.recording().id()).toList();
    }

    @Test
    void whatTheAppHadLeftInProcessingIsLookedAt() {
        var id = ofTheApp("processing", finished(), "{}", "1 hour");
        takeOver();

        traffic.event(RecordingEvent.Completed.class, id);
        assertThat(row(id)).containsEntry("status", "completed");
        assertThat(progress(id)).containsEntry("room_id", room.value());
    }

    @Test
    void whatTheAppHadCompletedIsMirroredWhile100msHasItsFilm() {
        var id = ofTheApp("completed", finished(), "{}", "1 hour");
        takeOver();

        traffic.event(RecordingEvent.Changed.class, id, changed -> changed.state().wanted() == MirrorWish.COPY);
        assertThat(progress(id)).containsEntry("mirror_state", "wanted");
    }

    @Test
    void whatTheAppHadCompletedStaysAsItIsWhen100msHasItsFilmNoMore() {
        var id = ofTheApp("completed", "gone-" + room, "{\"size\":7}", "1 hour");
        database.execute("UPDATE public.recordings SET recording_url = 'https://app.example/film', duration = 60"
                + " WHERE id = ?", id.value());
        takeOver();

        await().atMost(LIMIT).until(() -> history(id, "applied") == 2);
        assertThat(row(id)).containsEntry("recording_url", "https://app.example/film").containsEntry("duration", 60)
                .containsEntry("status", "completed");
        assertThat(text(row(id), "metadata")).isEqualTo("{\"size\": 7}");
        assertThat(progress(id)).containsEntry("due_at", null);
    }

    @Test
    void whatTheAppHadCopiedIsLeftAlone() {
        var copied = ofTheApp("completed", finished(), "{\"storage\":\"supabase\"}", "1 hour");
        var other = ofTheApp("processing", "other-" + room, "{}", "1 hour");

        assertThat(due.inherited(Instant.now(), 10_000).blockOptional(LIMIT).orElseThrow()).contains(other)
                .doesNotContain(copied);
    }

    @Test
    void whatTheAppHadCopiedIsLeftAloneWhenItIsKeptToo() {
        var copied = ofTheApp("completed", finished(), "{\"storage\":\"supabase\"}", "1 hour");
        var keep = new RecordingCommand.Keep(new CommandId(UUID.randomUUID()), session, host, Instant.now(), copied,
                true);

        traffic.send(keep);

        assertThat(traffic.answerTo(keep.commandId()).answer()).isEqualTo(new Answer.Done());
        assertThat(progress(copied)).containsEntry("due_at", null);
    }

    private String finished() {
        var made = hms.startedElsewhere(room, Instant.now());
        hms.finish(made.id(), "s3://hms/" + room + ".mp4");
        return made.id();
    }

    /** As when the service starts: it has looked for such rows by now, and found none. */
    private void takeOver() {
        new TakeUpDueWork(due, calls, findings, InstantSource.system(), new SimpleMeterRegistry()).run().block(LIMIT);
    }

    @Test
    void aReportPutsTheNextAnnouncementOffByFiveMinutes() {
        var start = started();
        fileReady(hms.in(room).getFirst().id());
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        database.execute(
                "UPDATE kulti_recording.recording_progress SET due_at = now() + interval '1 minute' WHERE recording_id = ?",
                start.recordingId().value());

        traffic.send(new MirrorReport.Copying(start.recordingId(), completed.state().revision(), "s3://x", 1, null));

        await().atMost(LIMIT).until(() -> database.rows("SELECT 1 FROM kulti_recording.recording_progress"
                + " WHERE recording_id = ? AND due_at > now() + interval '4 minutes'", start.recordingId().value())
                .size() == 1);
    }

    @Test
    void whoeverWantsToPlayWhatHasNoCopyGetsAFreshUrl() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        hms.finish(job, "s3://hms/" + job + ".mp4");
        fileReady(job);
        traffic.event(RecordingEvent.Completed.class, start.recordingId());
        var refresh = new RecordingCommand.RefreshSource(new CommandId(UUID.randomUUID()), session,
                new UserId(UUID.randomUUID()), Instant.now(), start.recordingId());

        traffic.send(refresh);

        var answer = traffic.answerTo(refresh.commandId());
        assertThat(answer.answer()).isEqualTo(new Answer.Done());
        assertThat(answer.state()).isNotNull().extracting(state -> String.valueOf(state.source())).asString()
                .contains("https://files.example/asset-" + job);
    }

    @Test
    void aRefusedFileIsWantedAgainWhen100msNamesAnotherSize() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        fileReady(job);
        var completed = traffic.event(RecordingEvent.Completed.class, start.recordingId());
        traffic.send(new MirrorReport.Refused(start.recordingId(), completed.state().revision(),
                "s3://hms/" + job + ".mp4", MirrorReport.RefusedBecause.CUT_SHORT, "it ended early", 1_000L));
        traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().wanted() == MirrorWish.NOTHING);

        traffic.webhook("recording.success", room, """
                {"type":"recording.success","timestamp":"%s","data":{"id":"%s","room_id":"%s","size":2000,
                 "recording_path":"s3://hms/%s.mp4","recording_url":"https://files.100ms.live/%s.mp4?signature=2"}}
                """.formatted(Instant.now(), job, room, job, job));

        traffic.event(RecordingEvent.Changed.class, start.recordingId(),
                changed -> changed.state().wanted() == MirrorWish.COPY);
    }
}
