package app.kulti.recording.events.wire;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingFinding;
import java.time.Duration;
import java.util.List;

/** The five topics, and the operators' own. Operators may put a dead letter back, unchanged, on the one it came from. */
public final class Topics {
    private static final int LARGEST_RECORD = 1024 * 1024;

    /** Read by the processor. */
    public static final Topic<RecordingCommand> COMMANDS = new Topic<>("recording.commands", ServiceName.GATEWAY,
            RecordingCommand.class, command -> command.sessionId().toString(), 12, Duration.ofDays(7), LARGEST_RECORD);

    /** Read by the processor; operators write it too, to bring back what ingest never got. */
    public static final Topic<HmsWebhook> WEBHOOKS = new Topic<>("hms.webhooks", ServiceName.INGEST, HmsWebhook.class,
            HmsWebhook::key, 12, Duration.ofDays(30), LARGEST_RECORD);

    /** Read by the processor, which writes it from its schedules and its calls to 100ms; operators write it too. */
    public static final Topic<RecordingFinding> FINDINGS = new Topic<>("recording.findings", ServiceName.PROCESSOR,
            RecordingFinding.class, finding -> finding.recordingId().toString(), 12, Duration.ofDays(30),
            LARGEST_RECORD);

    /** Read by the mirror and by every copy of the gateway. */
    public static final Topic<RecordingEvent> EVENTS = new Topic<>("recording.events", ServiceName.PROCESSOR,
            RecordingEvent.class, RecordingEvent::key, 48, Duration.ofDays(30), LARGEST_RECORD);

    /** Read by the processor. */
    public static final Topic<MirrorReport> REPORTS = new Topic<>("mirror.reports", ServiceName.MIRROR,
            MirrorReport.class, report -> report.recordingId().toString(), 12, Duration.ofDays(30), LARGEST_RECORD);

    /** What operators did; read by people, and by the operators' own tool to take up what was left. */
    public static final Topic<OperatorAction> AUDIT = new Topic<>("ops.audit", ServiceName.OPS, OperatorAction.class,
            OperatorAction::by, 1, Duration.ofDays(365), LARGEST_RECORD);

    /** The five that recordings pass, in that order. */
    public static final List<Topic<?>> ALL = List.of(COMMANDS, WEBHOOKS, FINDINGS, EVENTS, REPORTS);

    /** Every dead-letter topic that a reader may need. */
    public static final List<Topic.DeadLetters> DEAD_LETTERS = List.of(COMMANDS.deadLettersOf(ServiceName.PROCESSOR),
            WEBHOOKS.deadLettersOf(ServiceName.PROCESSOR), FINDINGS.deadLettersOf(ServiceName.PROCESSOR),
            REPORTS.deadLettersOf(ServiceName.PROCESSOR), EVENTS.deadLettersOf(ServiceName.MIRROR),
            EVENTS.deadLettersOf(ServiceName.GATEWAY));

    private Topics() {}
}
