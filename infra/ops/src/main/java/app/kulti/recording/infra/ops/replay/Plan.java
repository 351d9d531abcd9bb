package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.infra.ops.Interruption;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.services.Preview;
import app.kulti.recording.infra.ops.services.Promise;
import java.util.ArrayList;
import java.util.List;

/** What a replay would do, before it is done. */
final class Plan {
    /** Held in memory while they are judged: a room's webhooks share a partition and are judged together. */
    private static final int MOST_OF_A_PARTITION = 200_000;

    private final Preview preview;
    private final Interruption stop;
    private final List<Envelope<HmsWebhook>> partition = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
    private int current = -1;

    private Plan(Preview preview, Interruption stop) {
        this.preview = preview;
        this.stop = stop;
    }

    /**
     * Has all of them judged.
     *
     * @throws Told when there are too many for one replay, or the processor cannot be asked
     */
    static Promise of(Source source, Preview preview, Interruption stop) {
        var plan = new Plan(preview, stop);
        source.each(plan::take);
        if (stop.isRequested()) {
            throw Told.interrupted("Interrupted before anything was published.");
        }
        plan.judge();
        return Promise.sum(plan.promises);
    }

    private boolean take(Source.Item item) {
        if (item.partition() != current) {
            judge();
            current = item.partition();
        }
        if (partition.size() == MOST_OF_A_PARTITION) {
            throw Told.usage("These are too many webhooks for one replay: narrow the window, or the types.");
        }
        partition.add(item.webhook());
        return !stop.isRequested();
    }

    private void judge() {
        if (!partition.isEmpty()) {
            promises.add(preview.of(partition));
            partition.clear();
        }
    }
}
