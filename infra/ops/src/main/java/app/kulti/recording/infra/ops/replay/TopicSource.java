package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.OperatorAction.ReplaySource;
import app.kulti.recording.events.OperatorAction.Selection;
import app.kulti.recording.events.OperatorAction.Span;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.infra.ops.kafka.WebhookTopic;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/** Webhooks that lie on the topic, as far as it reached when this was made: what comes later, replays included, is not meant. */
final class TopicSource implements Source {
    private final WebhookTopic topic;
    private final Selection selection;
    private final List<Span> spans;
    private final Filter filter;

    TopicSource(WebhookTopic topic, Selection selection, List<Span> spans, Filter filter) {
        this.topic = topic;
        this.selection = selection;
        this.spans = List.copyOf(spans);
        this.filter = filter;
    }

    @Override
    public void each(Predicate<Item> more) {
        var seen = new HashSet<EventId>();
        topic.each(spans, stored -> !filter.test(stored.webhook()) || !seen.add(stored.webhook().id())
                || more.test(new Item(stored.partition(), stored.offset(), stored.webhook())));
    }

    @Override
    public ReplaySource described() {
        return new ReplaySource.OfTopic(selection, spans);
    }
}
