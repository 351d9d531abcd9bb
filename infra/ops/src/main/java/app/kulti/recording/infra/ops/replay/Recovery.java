package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.OperatorAction.Span;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Progress;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.hms.HmsApi;
import app.kulti.recording.infra.ops.hms.HmsDelivery;
import app.kulti.recording.infra.ops.kafka.Audit;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.Groups;
import app.kulti.recording.infra.ops.kafka.TopicRead;
import app.kulti.recording.infra.ops.kafka.TopicWriter;
import app.kulti.recording.infra.ops.kafka.WebhookTopic;
import app.kulti.recording.infra.ops.postgres.Database;
import app.kulti.recording.infra.ops.postgres.OneAtATime;
import app.kulti.recording.infra.ops.postgres.Recordings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what never arrived: 100ms sends again, through the door, the webhooks that it remembers and that are not on
 * the topic; then each recording that it lists and that is unknown or behind here is looked up, and what is seen becomes a
 * finding. Going through it twice changes nothing, so nothing needs to be remembered to resume it.
 */
final class Recovery {
    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE / 2);
    private static final Duration LAST_TO_ARRIVE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** 100ms sends ten a second; so much slower it may be. */
    private static final Duration PER_WEBHOOK = Duration.ofSeconds(1);

    private final Desk desk;

    Recovery(Desk desk) {
        this.desk = desk;
    }

    /** What 100ms has and is missing here. */
    record Gap(List<HmsDelivery> webhooks, List<HmsRecording> recordings) {}

    /**
     * Looks, or brings it back.
     *
     * @param said null to look only
     */
    Answer run(Instant from, Instant to, @Nullable String room, Why.@Nullable Said said) {
        var hms = new HmsApi(desk);
        try (var broker = new Broker(desk.settings());
                var database = new Database(desk.settings(), "kulti-ops replay")) {
            var recordings = new Recordings(database);
            if (said == null) {
                return RecoveryAnswer.shown(gap(broker, recordings, hms, from, to, room));
            }
            try (var _ = OneAtATime.take(desk.settings(), said, "replay --from-100ms");
                    var audit = new Audit(desk, broker)) {
                var gap = gap(broker, recordings, hms, from, to, room);
                audit.note(new OperatorAction.HistoryAsked(said.by(), said.reason(), from, to,
                        room == null ? null : new RoomId(room), gap.webhooks().size(), gap.recordings().size()));
                return close(gap, broker, recordings, hms, from, to, room, said);
            }
        }
    }

    private Gap gap(Broker broker, Recordings recordings, HmsApi hms, Instant from, Instant to, @Nullable String room) {
        var topic = new WebhookTopic(broker);
        var missing = missing(topic, hms.deliveries(from, to, room), topic.between(from, END_OF_TIME));
        var gap = new Gap(missing, behind(recordings, hms.recordings(from, to, room)));
        // What was read of 100ms's history by then may be a part of it.
        if (desk.stop().isRequested()) {
            throw Told.interrupted("Interrupted before anything was brought back. The same command begins again.");
        }
        return gap;
    }

    private static List<HmsDelivery> missing(WebhookTopic topic, List<HmsDelivery> remembered, List<Span> where) {
        var missing = new Missing(remembered);
        if (!remembered.isEmpty()) {
            topic.each(where, stored -> {
                missing.isHere(stored.webhook().message());
                return true;
            });
        }
        return missing.webhooks();
    }

    private static List<HmsRecording> behind(Recordings recordings, List<HmsRecording> listed) {
        var known = recordings.byJob(listed.stream().map(HmsRecording::id).toList());
        return listed.stream().filter(one -> {
            var standing = known.get(one.id());
            return !Statuses.atLeast(standing == null ? null : standing.status(), Statuses.ofHms(one.status()));
        }).toList();
    }

    private Answer close(Gap gap, Broker broker, Recordings recordings, HmsApi hms, Instant from, Instant to,
            @Nullable String room, Why.Said said) {
        var webhooks = gap.webhooks();
        if (!webhooks.isEmpty()) {
            var before = new WebhookTopic(broker).offsets().ends();
            var types = webhooks.stream().map(HmsDelivery::type).distinct().sorted().toList();
            sentAgain(hms, hms.replay(from, to, room, types, webhooks.stream().anyMatch(HmsDelivery::received)),
                    webhooks.size());
            webhooks = arrived(new WebhookTopic(broker), webhooks, before);
            readUpTo(broker, Topics.WEBHOOKS.name());
        }
        var behind = behind(recordings, gap.recordings());
        if (!behind.isEmpty() && !desk.stop().isRequested()) {
            look(broker, recordings, hms, behind, said);
            readUpTo(broker, Topics.FINDINGS.name());
            behind = behind(recordings, behind);
        }
        return RecoveryAnswer.done(gap.webhooks(), webhooks, gap.recordings(), behind, desk.stop().isRequested());
    }

    private void sentAgain(HmsApi hms, List<String> workflows, int webhooks) {
        var end = desk.clock().instant().plus(desk.patience()).plus(PER_WEBHOOK.multipliedBy(webhooks));
        try (var progress = Progress.of(desk, "100ms sends", webhooks)) {
            for (var workflow : workflows) {
                var replay = hms.replay(workflow);
                while (replay.running() && desk.clock().instant().isBefore(end) && !desk.stop().within(PAUSE)) {
                    progress.at(replay.sent());
                    replay = hms.replay(workflow);
                }
                if (replay.failed() > 0) {
                    desk.note(
                            "%d of %d webhooks that 100ms sent again were not taken at the door: is webhook-ingest up?"
                                    .formatted(replay.failed(), replay.total()));
                }
            }
        }
    }

    /** What is missing still, once what was sent again had the time to arrive. */
    private List<HmsDelivery> arrived(WebhookTopic topic, List<HmsDelivery> missing, Map<Integer, Long> before) {
        var end = desk.clock().instant().plus(LAST_TO_ARRIVE);
        var left = missing(topic, missing, topic.offsets().since(before));
        while (!left.isEmpty() && desk.clock().instant().isBefore(end) && !desk.stop().within(PAUSE)) {
            left = missing(topic, left, topic.offsets().since(before));
        }
        return left;
    }

    private void readUpTo(Broker broker, String topic) {
        var ends = new TopicRead(broker, topic).ends();
        if (!new Groups(broker).await(desk, Groups.of(ServiceName.PROCESSOR, topic), topic, ends)) {
            desk.note("The processor has not read all of %s yet.".formatted(topic));
        }
    }

    /** What 100ms shows of each becomes a finding, under the id by which it is known or will be adopted. */
    private void look(Broker broker, Recordings recordings, HmsApi hms, List<HmsRecording> behind, Why.Said said) {
        var known = recordings.byJob(behind.stream().map(HmsRecording::id).toList());
        try (var writer = new TopicWriter<>(broker, Topics.FINDINGS);
                var progress = Progress.of(desk, "look", behind.size())) {
            var done = 0;
            for (var one : behind) {
                if (desk.stop().isRequested()) {
                    break;
                }
                // What it does not show is no evidence, but a fault of ours or of the moment.
                if (hms.look(one.id()) instanceof HmsAnswer.Found found) {
                    writer.write(finding(found, known.get(one.id()), said));
                }
                progress.at(++done);
            }
            writer.flush();
        }
    }

    private Envelope<RecordingFinding> finding(HmsAnswer.Found found, Recordings.@Nullable Standing known,
            Why.Said said) {
        var job = found.recording().id();
        var id = known == null ? RecordingId.adopting("job_id", job) : known.id();
        var now = desk.clock().instant();
        return new Envelope<>(EventId.of("looked", id.toString(), "ops " + now), now, ServiceName.OPS,
                new RecordingFinding.Looked(id, found), new Envelope.Replay(said.by(), said.reason()), null);
    }
}
