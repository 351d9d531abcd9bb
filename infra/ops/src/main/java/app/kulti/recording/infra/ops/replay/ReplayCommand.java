package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.OperatorAction.Selection;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Moments;
import app.kulti.recording.infra.ops.OpsCommand;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.hms.HmsApi;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kulti-ops replay}. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Puts webhooks on their topic again, while everything keeps running. Without --confirm it only shows what would change.",
        "Moments are 2026-11-22T12:00:00Z, 2026-11-22 (UTC), or 90m, 6h, 2d for so long ago."})
public final class ReplayCommand implements Callable<Integer> {
    private static final int USUAL_RATE = 50;

    @ParentCommand
    @Nullable
    OpsCommand ops;

    @Option(names = "--from", paramLabel = "MOMENT", description = "Webhooks that came in since then; may be left out with --session and --recording.")
    @Nullable
    Instant from;

    @Option(names = "--to", paramLabel = "MOMENT", description = "Webhooks that came in before then (default: now).")
    @Nullable
    Instant to;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only 100ms's events of this type, as in 'beam.*'; may be repeated.")
    List<String> types = List.of();

    @Option(names = "--room", paramLabel = "ID", description = "Only those of this 100ms room.")
    @Nullable
    String room;

    @Option(names = "--session", paramLabel = "ID", description = "Only those of the rooms of this Kulti session.")
    @Nullable
    UUID session;

    @Option(names = "--recording", paramLabel = "ID", description = "Only those of this recording of ours.")
    @Nullable
    UUID recording;

    @Option(names = "--file", paramLabel = "FILE", description = "Raw webhooks from a file, one JSON object a line, instead of those on the topic.")
    @Nullable
    Path file;

    @Option(names = "--from-100ms", description = "Everything that 100ms has for the window and that is missing here: by its delivery history, its replay and its list of recordings.")
    boolean fromHms;

    @Option(names = "--group", paramLabel = "SERVICE", description = "Kafka's own way instead: set the consumer groups of this service (processor, mirror) back to --from. The service must stand still for it.")
    @Nullable
    ServiceName group;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "With --group: only this topic.")
    @Nullable
    String topic;

    @Option(names = "--resume", paramLabel = "REPLAY", arity = "0..1", fallbackValue = "last", description = "Go on with a replay that was interrupted, by its id, or the last one.")
    @Nullable
    String resume;

    @Option(names = "--confirm", description = "Do it.")
    boolean confirm;

    @Option(names = "--rate", paramLabel = "N", description = "At most so many webhooks a second (default: 50, or what a resumed one began with).")
    @Nullable
    Integer rate;

    @Mixin
    Why why = new Why();

    @Override
    public Integer call() {
        if (ops == null) {
            throw new IllegalStateException("picocli sets the parent");
        }
        return ops.say(answer(ops));
    }

    private Answer answer(OpsCommand command) {
        var desk = command.desk();
        requireOneKind();
        if (rate != null && (rate < 1 || rate > 10_000)) {
            throw Told.usage("--rate takes 1 to 10000 a second, not %d.".formatted(rate));
        }
        var now = desk.clock().instant();
        if (group != null) {
            return new Rewind(desk).run(group, topic, needed(from, "--group"), now,
                    confirm ? why.said(desk.settings()) : null);
        }
        if (topic != null) {
            throw Told.usage("--topic goes with --group only; a replay is of hms.webhooks.");
        }
        if (fromHms) {
            var start = needed(from, "--from-100ms");
            var end = to == null ? now : to;
            Moments.requireWindow(start, end, now, HmsApi.KEPT, "100ms's delivery history");
            return new Recovery(desk).run(start, end, room, confirm ? why.said(desk.settings()) : null);
        }
        try (var replay = new Replay(desk)) {
            if (resume != null) {
                return replay.resume(resume, file, rate, why.said(desk.settings()));
            }
            return replay.run(file == null ? selection(now) : null, file,
                    rate == null ? USUAL_RATE : rate, confirm ? why.said(desk.settings()) : null);
        }
    }

    private void requireOneKind() {
        var selects = from != null || to != null || !types.isEmpty() || room != null || session != null
                || recording != null;
        if (resume != null && (selects || confirm || fromHms || group != null)) {
            throw Told.usage(
                    "--resume knows what it goes on with; it takes only --reason, --by, --rate and the same --file.");
        }
        if (file != null && (selects || fromHms || group != null)) {
            throw Told.usage("--file replays the whole file; filters, --from-100ms and --group do not go with it.");
        }
        if (fromHms && (!types.isEmpty() || session != null || recording != null || group != null)) {
            throw Told.usage("--from-100ms takes a window and perhaps --room.");
        }
        if (group != null && (to != null || !types.isEmpty() || room != null || session != null || recording != null)) {
            throw Told.usage("--group takes --from and perhaps --topic: everything after it is read again.");
        }
        if (session != null && recording != null) {
            throw Told.usage("Name a session or a recording, not both.");
        }
    }

    private static Instant needed(@Nullable Instant from, String beside) {
        if (from == null) {
            throw Told.usage("%s needs --from.".formatted(beside));
        }
        return from;
    }

    private Selection selection(Instant now) {
        var kept = Topics.WEBHOOKS.kept();
        if (from == null && session == null && recording == null) {
            throw Told.usage("Say what to replay: --from, --session, --recording, --file, --from-100ms, or --group.");
        }
        var start = from == null ? now.minus(kept) : from;
        var end = to == null ? now : to;
        Moments.requireWindow(start, end, now, kept, Topics.WEBHOOKS.name());
        return new Selection(start, end, types, room == null ? null : new RoomId(room),
                session == null ? null : new SessionId(session), recording == null ? null : new RecordingId(recording));
    }
}
