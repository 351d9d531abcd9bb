package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Exit;
import app.kulti.recording.infra.ops.hms.HmsDelivery;
import java.util.List;
import java.util.stream.Stream;

/** What was missing and what of it is back. */
record RecoveryAnswer(boolean done, boolean interrupted, int missingWebhooks, int recoveredWebhooks,
        int missingRecordings, int recoveredRecordings, List<String> stillMissing) implements Answer {
    static RecoveryAnswer shown(Recovery.Gap gap) {
        return new RecoveryAnswer(false, false, gap.webhooks().size(), 0, gap.recordings().size(), 0, List.of());
    }

    static RecoveryAnswer done(List<HmsDelivery> webhooks, List<HmsDelivery> webhooksLeft,
            List<HmsRecording> recordings, List<HmsRecording> recordingsLeft, boolean interrupted) {
        return new RecoveryAnswer(true, interrupted, webhooks.size(), webhooks.size() - webhooksLeft.size(),
                recordings.size(), recordings.size() - recordingsLeft.size(),
                recordingsLeft.stream().map(one -> "%s in room %s (%s)".formatted(one.id(), one.roomId(),
                        one.status())).toList());
    }

    @Override
    public int exit() {
        if (interrupted) {
            return Exit.CANCELLED;
        }
        return done && (recoveredWebhooks < missingWebhooks || !stillMissing.isEmpty()) ? Exit.DIFFERENT : Exit.DONE;
    }

    @Override
    public Stream<String> lines() {
        if (!done) {
            return Stream.of("webhooks: %d missing".formatted(missingWebhooks),
                    "recordings: %d missing or behind".formatted(missingRecordings),
                    missingWebhooks + missingRecordings == 0
                            ? "Everything that 100ms has is here."
                            : "Nothing was done. To bring them back, add: --confirm --reason \"…\"");
        }
        return Stream.of(
                Stream.of("webhooks: %d missing → %d recovered".formatted(missingWebhooks, recoveredWebhooks),
                        "recordings: %d missing → %d recovered".formatted(missingRecordings,
                                recoveredRecordings)),
                stillMissing.stream().map(one -> "  not recovered: " + one),
                interrupted
                        ? Stream.of("Interrupted. The same command goes on where it stopped.")
                        : stillMissing.isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of("A recording whose room belongs to no Kulti session stays unmatched; "
                                        + "kulti-ops stuck shows them."))
                .flatMap(line -> line);
    }
}
