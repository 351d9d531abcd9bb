package app.kulti.recording.events.wire;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.OperatorAction.ReplaySource;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingCopy;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingSource;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One of each message, and beside it where its form differs, another. */
final class Samples {
    private static final UUID REPLAY = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final CommandId COMMAND = CommandId.of(UserId.of("11111111-1111-4111-8111-111111111111"), "start",
            "click-1");
    private static final RecordingId RECORDING = RecordingId.startedBy(COMMAND);
    private static final SessionId SESSION = SessionId.of("22222222-2222-4222-8222-222222222222");
    private static final UserId HOST = UserId.of("11111111-1111-4111-8111-111111111111");
    private static final RoomId ROOM = new RoomId("6425320e94091a5af8414500");
    private static final SignedUrl URL = new SignedUrl(URI.create("https://files.100ms.live/rec.mp4?signature=s"));
    private static final RecordingSource SOURCE = new RecordingSource("6425320e94091a5af841456f", "s3://hms/rec.mp4",
            URL, NOON.plusSeconds(3600), 26_361_961L, 55L, "1280x720", "mp4");
    private static final RecordingCopy COPY = new RecordingCopy(SESSION + "/" + RECORDING + ".mp4",
            "6425320e94091a5af841456f", 26_361_961L, "e3069283", NOON.plusSeconds(90));
    private static final RecordingState ACTIVE = state(1, RecordingStatus.RECORDING, MirrorWish.NOTHING);
    private static final RecordingState COMPLETED = new RecordingState(RECORDING, SESSION, ROOM, 7,
            RecordingStatus.COMPLETED, "6425320e94091a5af8414561", NOON, NOON.plusSeconds(55), SOURCE, COPY,
            MirrorWish.COPY, "UPLOAD_ERROR", "client request", true, false);
    private static final HmsRecording AT_HMS = new HmsRecording("6425320e94091a5af8414561", ROOM,
            "6425320e94091a5af8414562", "completed", NOON, NOON.plusSeconds(3), NOON.plusSeconds(58),
            List.of(new HmsRecording.Asset("6425320e94091a5af841456f", "room-composite", "completed",
                    "s3://hms/rec.mp4", 26_361_961L, 55L, "1280x720", NOON.plusSeconds(60))));

    /** A golden file: its name, the topic it belongs to and what it holds. */
    record Golden<M>(String name, Topic<M> topic, Envelope<M> envelope) {
        @Override
        public String toString() {
            return name;
        }
    }

    private Samples() {}

    static Stream<Golden<?>> all() {
        return Stream.of(
                command("command-start", new RecordingCommand.Start(COMMAND, SESSION, HOST, NOON, RECORDING, ROOM,
                        NOON.plusSeconds(20))),
                command("command-stop", new RecordingCommand.Stop(COMMAND, SESSION, HOST, NOON)),
                command("command-delete", new RecordingCommand.Delete(COMMAND, SESSION, HOST, NOON, RECORDING)),
                command("command-keep", new RecordingCommand.Keep(COMMAND, SESSION, HOST, NOON, RECORDING, true)),
                command("command-refresh-source", new RecordingCommand.RefreshSource(COMMAND, SESSION, HOST, NOON,
                        RECORDING)),
                webhook("webhook-delivered", new HmsWebhook.Delivered("beam.recording.success", ROOM,
                        "6425320e94091a5af8414563", body())),
                webhook("webhook-recovered", new HmsWebhook.Recovered("beam.recording.success", ROOM, null, body())),
                finding("finding-start-answered", new RecordingFinding.StartAnswered(RECORDING, SESSION, ROOM,
                        COMMAND, 1, new HmsAnswer.Found(AT_HMS))),
                finding("finding-start-answered-conflict", new RecordingFinding.StartAnswered(RECORDING, SESSION,
                        ROOM, COMMAND, 1, new HmsAnswer.Conflict(null))),
                finding("finding-stop-answered", new RecordingFinding.StopAnswered(RECORDING, COMMAND, 1,
                        new HmsAnswer.NotFound())),
                finding("finding-stop-answered-refused", new RecordingFinding.StopAnswered(RECORDING, null, 2,
                        new HmsAnswer.Refused(403, "user does not have required permission"))),
                finding("finding-looked", new RecordingFinding.Looked(RECORDING, new HmsAnswer.Unavailable("timeout"))),
                finding("finding-source-renewed", new RecordingFinding.SourceRenewed(RECORDING,
                        "6425320e94091a5af841456f", "s3://hms/rec.mp4", URL, NOON.plusSeconds(3600), COMMAND)),
                finding("finding-source-not-renewed", new RecordingFinding.SourceNotRenewed(RECORDING,
                        new HmsAnswer.NotFound(), null)),
                finding("finding-limit-nears", new RecordingFinding.LimitNears(RECORDING, NOON)),
                finding("finding-limit-reached", new RecordingFinding.LimitReached(RECORDING, NOON)),
                finding("finding-start-overdue", new RecordingFinding.StartOverdue(RECORDING, NOON)),
                finding("finding-mirror-overdue", new RecordingFinding.MirrorOverdue(RECORDING, NOON)),
                finding("finding-expiry-nears", new RecordingFinding.ExpiryNears(RECORDING, NOON)),
                finding("finding-expired", new RecordingFinding.Expired(RECORDING, NOON)),
                finding("finding-taken-over", new RecordingFinding.TakenOver(RECORDING)),
                finding("finding-row-deleted", new RecordingFinding.RowDeleted(RECORDING, NOON)),
                event("event-started", new RecordingEvent.Started(ACTIVE)),
                event("event-stopped", new RecordingEvent.Stopped(state(2, RecordingStatus.PROCESSING,
                        MirrorWish.NOTHING))),
                event("event-completed", new RecordingEvent.Completed(COMPLETED)),
                event("event-failed", new RecordingEvent.Failed(state(3, RecordingStatus.FAILED,
                        MirrorWish.NOTHING))),
                event("event-changed", new RecordingEvent.Changed(COMPLETED)),
                event("event-announced", new RecordingEvent.Announced(COMPLETED)),
                event("event-limit-nears", new RecordingEvent.LimitNears(ACTIVE, NOON)),
                event("event-expiry-nears", new RecordingEvent.ExpiryNears(COMPLETED, NOON)),
                event("event-deleted", new RecordingEvent.Deleted(state(8, RecordingStatus.COMPLETED,
                        MirrorWish.REMOVE))),
                event("event-command-answered", new RecordingEvent.CommandAnswered(COMMAND, SESSION, RECORDING,
                        new Answer.Done(), ACTIVE)),
                event("event-command-answered-refused", new RecordingEvent.CommandAnswered(COMMAND, SESSION, null,
                        new Answer.Refused(Refusal.NOTHING_ACTIVE, "nothing is being recorded"), null)),
                report("mirror-copying", new MirrorReport.Copying(RECORDING, 7, SOURCE.identity(), 8_388_608, null)),
                report("mirror-verified", new MirrorReport.Verified(RECORDING, 7, SOURCE.identity(),
                        COPY.objectKey(), COPY.size(), COPY.crc32c())),
                report("mirror-refused", new MirrorReport.Refused(RECORDING, 7, SOURCE.identity(),
                        MirrorReport.RefusedBecause.HTML, "the first bytes are a page")),
                report("mirror-refused-size", new MirrorReport.Refused(RECORDING, 7, SOURCE.identity(),
                        MirrorReport.RefusedBecause.NO_MOOV, "there is no moov box", 26_361_961L)),
                report("mirror-not-now", new MirrorReport.NotNow(RECORDING, 7, SOURCE.identity(), "503")),
                report("mirror-source-expired", new MirrorReport.SourceExpired(RECORDING, 7, SOURCE.identity())),
                report("mirror-removed", new MirrorReport.Removed(RECORDING, 8)),
                action("ops-replay-begun", new OperatorAction.ReplayBegun(REPLAY, "ada", "the door was shut",
                        new ReplaySource.OfTopic(new OperatorAction.Selection(NOON, NOON.plusSeconds(3600),
                                List.of("beam.*"), ROOM, SESSION, RECORDING),
                                List.of(new OperatorAction.Span(3, 17, 42))),
                        12, 50)),
                action("ops-replay-begun-file", new OperatorAction.ReplayBegun(REPLAY, "ada", "the door was shut",
                        new ReplaySource.OfFile("day.ndjson",
                                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                        12, 50)),
                action("ops-replay-stands", new OperatorAction.ReplayStands(REPLAY, "ada", "the door was shut",
                        List.of(new OperatorAction.Position(3, 20)), 3)),
                action("ops-replay-ended", new OperatorAction.ReplayEnded(REPLAY, "ada", "the door was shut", 12, 0)),
                action("ops-history-asked", new OperatorAction.HistoryAsked("ada", "the door was shut", NOON,
                        NOON.plusSeconds(3600), ROOM, 12, 4)),
                action("ops-offsets-rewound", new OperatorAction.OffsetsRewound("ada", "a better parser",
                        "kulti.processor.hms.webhooks", "hms.webhooks", List.of(new OperatorAction.Move(3, 42, 17)))),
                action("ops-dead-letter-retried", new OperatorAction.DeadLetterRetried("ada", "mended",
                        "hms.webhooks.processor.dlt", 0, 5, 1)),
                action("ops-dead-letter-parked", new OperatorAction.DeadLetterParked("ada", "no message at all",
                        "hms.webhooks.processor.dlt", 0, 5)),
                action("ops-reconciled", new OperatorAction.Reconciled("ada", "a host asked", RECORDING,
                        EventId.of("looked", RECORDING.toString(), "now"))));
    }

    private static Golden<OperatorAction> action(String name, OperatorAction message) {
        return new Golden<>(name, Topics.AUDIT, Envelope.of(EventId.of(name, "ada", "1"), NOON, ServiceName.OPS,
                message));
    }

    private static Golden<RecordingCommand> command(String name, RecordingCommand message) {
        return new Golden<>(name, Topics.COMMANDS, Envelope.of(EventId.of(COMMAND), NOON, ServiceName.GATEWAY,
                message));
    }

    private static Golden<HmsWebhook> webhook(String name, HmsWebhook message) {
        return new Golden<>(name, Topics.WEBHOOKS, new Envelope<>(EventId.ofBody(message.body().bytes()), NOON,
                ServiceName.OPS, message, new Envelope.Replay("ada", "the door was shut"),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    private static Golden<RecordingFinding> finding(String name, RecordingFinding message) {
        return new Golden<>(name, Topics.FINDINGS, Envelope.of(EventId.of(name, RECORDING.toString(), "1"), NOON,
                ServiceName.PROCESSOR, message));
    }

    private static Golden<RecordingEvent> event(String name, RecordingEvent message) {
        return new Golden<>(name, Topics.EVENTS, Envelope.of(EventId.of(name, message.key(), "1"), NOON,
                ServiceName.PROCESSOR, message));
    }

    private static Golden<MirrorReport> report(String name, MirrorReport message) {
        return new Golden<>(name, Topics.REPORTS, Envelope.of(EventId.of(name, RECORDING.toString(), "1"), NOON,
                ServiceName.MIRROR, message));
    }

    private static RecordingState state(long revision, RecordingStatus status, MirrorWish wanted) {
        return new RecordingState(RECORDING, SESSION, ROOM, revision, status, "6425320e94091a5af8414561", NOON, null,
                null, null, wanted, null, null, false, wanted == MirrorWish.REMOVE);
    }

    private static RawBody body() {
        // Not as any serialiser of ours would write it: the bytes must survive, spaces and order included.
        return RawBody
                .of("{ \"type\":\"beam.recording.success\",  \"data\": {\"room_id\": \"6425320e94091a5af8414500\"} }"
                        .getBytes(StandardCharsets.UTF_8));
    }
}
