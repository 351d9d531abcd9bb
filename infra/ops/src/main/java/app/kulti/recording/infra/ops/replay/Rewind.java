package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.OperatorAction.Move;
import app.kulti.recording.events.OperatorAction.Selection;
import app.kulti.recording.events.OperatorAction.Span;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Moments;
import app.kulti.recording.infra.ops.Exit;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.kafka.Audit;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.Groups;
import app.kulti.recording.infra.ops.kafka.TopicRead;
import app.kulti.recording.infra.ops.kafka.WebhookTopic;
import app.kulti.recording.infra.ops.postgres.OneAtATime;
import app.kulti.recording.infra.ops.services.Management;
import app.kulti.recording.infra.ops.services.Preview;
import app.kulti.recording.infra.ops.services.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kafka's own way: a service's consumer groups are set back, and it reads again what lies there, all of it. */
final class Rewind {
    private static final Map<ServiceName, List<Topic<?>>> READ = Map.of(
            ServiceName.PROCESSOR, List.of(Topics.COMMANDS, Topics.WEBHOOKS, Topics.FINDINGS, Topics.REPORTS),
            ServiceName.MIRROR, List.of(Topics.EVENTS));

    private final Desk desk;

    Rewind(Desk desk) {
        this.desk = desk;
    }

    /** One group, and what setting it back means: by partition where it is and where it will be. */
    private record Setback(String group, String topic, List<Move> moves) {
        long records() {
            return moves.stream().mapToLong(move -> move.from() - move.to()).sum();
        }
    }

    /**
     * What a rewind does, or has done.
     *
     * @param preview what the processor says of the webhooks among it; null where it cannot be asked
     */
    record Rewound(boolean done, List<Group> groups, @Nullable List<Promise.Change> preview) implements Answer {
        record Group(String group, String topic, long records) {}

        @Override
        public Stream<String> lines() {
            var rows = groups.stream().map(group -> List.of(group.group(), group.records() + " records "
                    + (done ? "will be read again" : "would be read again"))).toList();
            var changes = preview == null ? List.<Promise.Change>of() : preview;
            return Stream.of(Answer.table(rows),
                    preview == null
                            ? Stream.of("What it changes cannot be shown: the processor does not answer.")
                            : Stream.of("By its webhooks %d recordings change%s".formatted(changes.size(),
                                    changes.isEmpty() ? "." : ":")),
                    Answer.table(changes.stream().map(change -> List.of(change.recording().toString(),
                            change.now() + " → " + change.after())).toList()),
                    Stream.of(done
                            ? "Start the service again; it begins there."
                            : "Nothing was moved. Stop the service, then add: --confirm --reason \"…\""))
                    .flatMap(line -> line);
        }
    }

    /**
     * Shows it, or does it.
     *
     * @param said null to show only
     */
    Answer run(ServiceName service, @Nullable String only, Instant from, Instant now, Why.@Nullable Said said) {
        var topics = topics(service, only);
        topics.forEach(topic -> Moments.requireWindow(from, now, now, topic.kept(), topic.name()));
        try (var broker = new Broker(desk.settings())) {
            if (said == null) {
                var plans = plans(broker, service, topics, from);
                return answer(false, plans, preview(broker, plans, now));
            }
            try (var _ = OneAtATime.take(desk.settings(), said, "rewind"); var audit = new Audit(desk, broker)) {
                topics.forEach(topic -> requireStill(broker, service, topic));
                var plans = plans(broker, service, topics, from);
                var preview = preview(broker, plans, now);
                if (desk.stop().isRequested()) {
                    throw Told.interrupted("Interrupted before anything was moved.");
                }
                for (var plan : plans) {
                    new Groups(broker).move(plan.group(), plan.topic(), plan.moves().stream()
                            .collect(Collectors.toMap(Move::partition, Move::to)));
                    audit.note(new OperatorAction.OffsetsRewound(said.by(), said.reason(), plan.group(), plan.topic(),
                            plan.moves()));
                }
                return answer(true, plans, preview);
            }
        }
    }

    private static List<Topic<?>> topics(ServiceName service, @Nullable String only) {
        var read = READ.get(service);
        if (read == null) {
            throw Told.usage("The %s reads in no group that could be set back; --group takes processor or mirror."
                    .formatted(service.wireName()));
        }
        var topics = read.stream().filter(topic -> only == null || topic.name().equals(only)).toList();
        if (topics.isEmpty()) {
            throw Told.usage("The %s does not read %s, but %s.".formatted(service.wireName(), only,
                    read.stream().map(Topic::name).collect(Collectors.joining(", "))));
        }
        return topics;
    }

    private static void requireStill(Broker broker, ServiceName service, Topic<?> topic) {
        var group = Groups.of(service, topic.name());
        var members = new Groups(broker).members(group);
        if (members > 0) {
            throw Told.busy(
                    ("%s is being read by %d members, and Kafka moves a group only while nobody reads. Stop every "
                            + "copy of the %s (its members leave within 45 s), repeat this, then start it again. "
                            + "To replay webhooks while it runs, leave out --group.")
                            .formatted(group, members, service.wireName()));
        }
    }

    private static List<Setback> plans(Broker broker, ServiceName service, List<Topic<?>> topics, Instant from) {
        var plans = new ArrayList<Setback>();
        for (var topic : topics) {
            var group = Groups.of(service, topic.name());
            var positions = new Groups(broker).positions(group, topic.name());
            var starts = new HashMap<Integer, Long>();
            new TopicRead(broker, topic.name()).between(from, Instant.ofEpochMilli(Long.MAX_VALUE / 2))
                    .forEach(span -> starts.put(span.partition(), span.from()));
            var moves = positions.entrySet().stream()
                    // Only ever back: what was not read yet is read in any case.
                    .filter(at -> starts.getOrDefault(at.getKey(), Long.MAX_VALUE) < at.getValue())
                    .map(at -> new Move(at.getKey(), at.getValue(), starts.getOrDefault(at.getKey(), at.getValue())))
                    .toList();
            if (!moves.isEmpty()) {
                plans.add(new Setback(group, topic.name(), moves));
            }
        }
        if (plans.isEmpty()) {
            throw Told.notThere("Nothing was read since %s, so there is nothing to read again.".formatted(from));
        }
        return plans;
    }

    private @Nullable List<Promise.Change> preview(Broker broker, List<Setback> plans, Instant now) {
        var webhooks = plans.stream().filter(plan -> plan.topic().equals(Topics.WEBHOOKS.name())).findFirst();
        if (webhooks.isEmpty()) {
            return List.of();
        }
        var selection = new Selection(Instant.EPOCH, now.plusSeconds(3600), List.of(), null, null, null);
        var spans = webhooks.get().moves().stream().map(move -> new Span(move.partition(), move.to(), move.from()))
                .toList();
        try {
            return Plan.of(
                    new TopicSource(new WebhookTopic(broker), selection, spans, new Filter(selection, null)),
                    new Preview(new Management(desk.settings())), desk.stop()).changes();
        } catch (Told e) {
            if (e.exit() == Exit.CANCELLED) {
                throw e;
            }
            // The one that answers is the one that has to stand still.
            desk.note(e.words());
            return null;
        }
    }

    private static Rewound answer(boolean done, List<Setback> plans, @Nullable List<Promise.Change> preview) {
        return new Rewound(done, plans.stream().map(plan -> new Rewound.Group(plan.group(), plan.topic(),
                plan.records())).toList(), preview);
    }
}
