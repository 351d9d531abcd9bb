package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.processor.translation.Translation;
import app.kulti.recording.processor.translation.WebhookTranslator;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What webhooks would change, were they put on their topic now: the same translation, recognition and join as when they are
 * applied, on what is stored, with nothing written, announced or asked.
 */
public final class PreviewWebhooks {
    private final RecordingStore store;
    private final InstantSource clock;
    /** Counts nowhere: what is only looked at has not happened. */
    private final Recognition recognition = new Recognition(new CompositeMeterRegistry());

    /** Takes what is stored. */
    public PreviewWebhooks(RecordingStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What would become of a webhook. */
    public enum Fate {
        /** It would be applied. */
        APPLIED,
        /** It was applied before, or comes twice. */
        DUPLICATE,
        /** Its recording was deleted, say. */
        REFUSED,
        /** Nobody knows which recording it speaks of. */
        UNMATCHED,
        /** It says nothing about a recording. */
        SILENT,
        /** Its body cannot be read. */
        UNREADABLE
    }

    /**
     * What would become of all.
     *
     * @param types      type → fate → how many
     * @param recordings each that they meet
     */
    public record Preview(int webhooks, SortedMap<String, SortedMap<Fate, Integer>> types, List<Met> recordings) {}

    /**
     * A recording as it is and as it would be.
     *
     * @param now   absent when there is none
     * @param after absent when there would be none
     */
    public record Met(RecordingId recording, SessionId session, @Nullable Standing now, @Nullable Standing after) {}

    /** How a recording stands. */
    public record Standing(RecordingStatus status, long revision) {
        static @Nullable Standing of(@Nullable RecordingState state) {
            return state == null ? null : new Standing(state.status(), state.revision());
        }
    }

    /** Reads and judges them all, in this order, as one batch. */
    public Mono<Preview> of(List<Envelope<HmsWebhook>> webhooks) {
        return Mono.defer(() -> {
            var scope = Scope.empty();
            var read = webhooks.stream().map(PreviewWebhooks::read).toList();
            read.forEach(one -> {
                scope.event(one.cause().event());
                if (one.said() != null) {
                    scope.sighting(one.said().sighting());
                }
            });
            return store.consider(scope, snapshot -> judge(snapshot, read));
        });
    }

    private static Read read(Envelope<HmsWebhook> webhook) {
        var cause = new Cause(webhook.id(), webhook.message().type(), webhook.time(), null,
                new Cause.Origin(Topics.WEBHOOKS.name(), -1, -1), webhook.replay(), null);
        try {
            return WebhookTranslator.translate(webhook.message(), webhook.id())
                    .map(said -> new Read(cause, said, null)).orElseGet(() -> new Read(cause, null, Fate.SILENT));
        } catch (UnreadableMessage _) {
            return new Read(cause, null, Fate.UNREADABLE);
        }
    }

    /** A webhook that says something, or what becomes of it because it does not. */
    private record Read(Cause cause, @Nullable Translation said, @Nullable Fate fate) {}

    private Preview judge(Snapshot snapshot, List<Read> webhooks) {
        var draft = new Draft(snapshot, clock.instant());
        var types = new TreeMap<String, SortedMap<Fate, Integer>>();
        var met = new LinkedHashSet<RecordingId>();
        for (var webhook : webhooks) {
            types.computeIfAbsent(webhook.cause().type(), _ -> new TreeMap<>()).merge(fate(draft, webhook), 1,
                    Integer::sum);
            draft.history().about(webhook.cause().event()).stream().map(Note::recording).filter(Objects::nonNull)
                    .forEach(met::add);
        }
        return new Preview(webhooks.size(), types, recordings(snapshot, draft, met));
    }

    private Fate fate(Draft draft, Read webhook) {
        var event = webhook.cause().event();
        var said = webhook.said();
        if (said == null) {
            return Objects.requireNonNullElse(webhook.fate(), Fate.SILENT);
        }
        if (!draft.history().applied(event).isEmpty()) {
            return Fate.DUPLICATE;
        }
        recognition.hear(draft, webhook.cause(), said);
        return draft.history().about(event).stream().map(note -> switch (note.decision()) {
            case APPLIED -> Fate.APPLIED;
            case REFUSED -> Fate.REFUSED;
            case UNMATCHED -> Fate.UNMATCHED;
        }).min(Fate::compareTo).orElse(Fate.SILENT);
    }

    private static List<Met> recordings(Snapshot snapshot, Draft draft, Set<RecordingId> met) {
        var before = new LinkedHashMap<RecordingId, RecordingState>();
        snapshot.recordings().forEach(stored -> before.put(stored.recording().id(), stored.recording().state()));
        var all = new ArrayList<Met>();
        for (var id : met) {
            var now = before.get(id);
            var recording = draft.recording(id);
            var after = recording == null ? null : recording.state();
            var either = after == null ? now : after;
            if (either != null) {
                all.add(new Met(id, either.sessionId(), Standing.of(now), Standing.of(after)));
            }
        }
        return all;
    }
}
