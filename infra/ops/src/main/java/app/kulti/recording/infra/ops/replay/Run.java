package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.OperatorAction.Position;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Progress;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.kafka.Audit;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.TopicWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Republishes webhooks at a limited rate. Every few seconds it notes in {@code ops.audit} what is acknowledged; whatever
 * ends it, going on from there repeats a few seconds at most, which changes nothing.
 */
final class Run {
    private static final Duration NOTED_EVERY = Duration.ofSeconds(2);

    private final Desk desk;
    private final Broker broker;
    private final Audit audit;
    private final OperatorAction.ReplayBegun begun;
    private final int perSecond;
    private final Map<Integer, Long> next = new HashMap<>();
    private long published;
    private long sentNow;

    /** @param perSecond at most so many webhooks, which need not be what it began with */
    Run(Desk desk, Broker broker, Audit audit, OperatorAction.ReplayBegun begun, int perSecond) {
        this.desk = desk;
        this.broker = broker;
        this.audit = audit;
        this.begun = begun;
        this.perSecond = perSecond;
    }

    /** Goes on where an earlier run stood. */
    Run from(OperatorAction.ReplayStands stands) {
        stands.next().forEach(position -> next.put(position.partition(), position.offset()));
        published = stands.published();
        return this;
    }

    /**
     * How it ended.
     *
     * @param reached what the topic's readers have to reach to have seen all of it
     */
    record Ended(boolean complete, long published, Map<Integer, Long> reached) {}

    /** Publishes until all is done or the operator wants it to stop. */
    Ended publish(Source source) {
        try (var writer = new TopicWriter<>(broker, Topics.WEBHOOKS);
                var progress = Progress.of(desk, "replay", begun.promised())) {
            var noted = new Instant[]{desk.clock().instant()};
            var start = desk.clock().instant();
            source.each(item -> {
                if (item.offset() < next.getOrDefault(item.partition(), 0L)) {
                    return true;
                }
                if (isToWait(start)) {
                    return false;
                }
                writer.write(again(item.webhook()));
                next.put(item.partition(), item.offset() + 1);
                published++;
                sentNow++;
                progress.at(published);
                if (Duration.between(noted[0], desk.clock().instant()).compareTo(NOTED_EVERY) >= 0) {
                    note(writer);
                    noted[0] = desk.clock().instant();
                }
                return true;
            });
            note(writer);
            return new Ended(!desk.stop().isRequested(), published, writer.reached());
        } catch (Told e) {
            throw Told.unreachable(
                    "%s%nAt most %d of %d were published. Go on with: kulti-ops replay --resume %s --reason \"…\""
                            .formatted(
                                    e.words(), published, begun.promised(), begun.replay()),
                    e);
        }
    }

    /** Holds the rate; true when it is to stop instead. */
    private boolean isToWait(Instant start) {
        var due = start.plusNanos(sentNow * Duration.ofSeconds(1).toNanos() / perSecond);
        var pause = Duration.between(desk.clock().instant(), due);
        return pause.isPositive() ? desk.stop().within(pause) : desk.stop().isRequested();
    }

    /** The same id and time; who and why are this replay's, and the old trace has ended. */
    private Envelope<HmsWebhook> again(Envelope<HmsWebhook> webhook) {
        return new Envelope<>(webhook.id(), webhook.time(), webhook.writer(), webhook.message(),
                new Envelope.Replay(begun.by(), begun.reason()), null);
    }

    private void note(TopicWriter<HmsWebhook> writer) {
        writer.flush();
        audit.note(new OperatorAction.ReplayStands(begun.replay(), begun.by(), begun.reason(),
                next.entrySet().stream().map(at -> new Position(at.getKey(), at.getValue())).toList(), published));
    }

    /** What a replay that begins now notes first. */
    static OperatorAction.ReplayBegun begin(UUID id, Why.Said said, Source source, long promised, int perSecond) {
        return new OperatorAction.ReplayBegun(id, said.by(), said.reason(), source.described(), promised, perSecond);
    }
}
