package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.OperatorAction.Selection;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.infra.ops.postgres.Recordings.Names;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which webhooks a replay means. */
final class Filter implements Predicate<Envelope<HmsWebhook>> {
    private static final List<String> IDS = List.of("job_id", "beam_id", "recording_id", "id");

    private final Selection selection;
    private final @Nullable Names names;
    private final @Nullable Pattern types;

    /** @param names of the selection's session or recording, where it has one */
    Filter(Selection selection, @Nullable Names names) {
        this.selection = selection;
        this.names = names;
        this.types = selection.types().isEmpty() ? null : pattern(selection.types());
    }

    private static Pattern pattern(List<String> types) {
        return Pattern.compile(types.stream().map(type -> Stream.of(type.split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.joining(".*"))).collect(Collectors.joining("|")));
    }

    @Override
    public boolean test(Envelope<HmsWebhook> webhook) {
        return !isReplay(webhook) && isInTime(webhook) && isOfType(webhook.message()) && isOfRoom(webhook.message())
                && isNamed(webhook.message());
    }

    /**
     * Replays are never replayed again: their first copy is, where it is meant. What an operator recovered from a file never
     * lay there before, so it is its own first copy.
     */
    private static boolean isReplay(Envelope<HmsWebhook> webhook) {
        return webhook.replay() != null && webhook.message() instanceof HmsWebhook.Delivered;
    }

    private boolean isInTime(Envelope<HmsWebhook> webhook) {
        return !webhook.time().isBefore(selection.from()) && webhook.time().isBefore(selection.to());
    }

    private boolean isOfType(HmsWebhook webhook) {
        return types == null || types.matcher(webhook.type()).matches();
    }

    private boolean isOfRoom(HmsWebhook webhook) {
        return selection.room() == null || selection.room().equals(webhook.roomId());
    }

    /** By room for a session. Of a recording's room, what has one of its ids, or none at all and its session at 100ms. */
    private boolean isNamed(HmsWebhook webhook) {
        if (names == null) {
            return true;
        }
        var room = webhook.roomId();
        if (room != null && !names.rooms().contains(room.value())) {
            return false;
        }
        if (selection.recording() == null) {
            return room != null;
        }
        var named = webhook.hmsRecordingId();
        if (named != null && names.outsideIds().contains(named)) {
            return true;
        }
        var data = data(webhook);
        var ids = IDS.stream().map(field -> data.path(field).asString("")).filter(id -> !id.isEmpty()).toList();
        return ids.isEmpty()
                ? names.hmsSessions().contains(data.path("session_id").asString(""))
                : ids.stream().anyMatch(names.outsideIds()::contains);
    }

    private static JsonNode data(HmsWebhook webhook) {
        try {
            return JsonMapper.shared().readTree(webhook.body().bytes()).path("data");
        } catch (JacksonException _) {
            return JsonMapper.shared().missingNode();
        }
    }
}
