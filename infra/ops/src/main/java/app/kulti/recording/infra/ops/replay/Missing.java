package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.infra.ops.hms.HmsDelivery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which of the webhooks that 100ms remembers are not on the topic. 100ms names its memory of a webhook otherwise than the
 * webhook, and shows a part of its data only; so one is there when some webhook of its type and room agrees with all that is
 * shown. Where that is too little to tell two apart, the list of recordings does.
 */
final class Missing {
    /** Families of events that say nothing about a recording: the door lets them go, so none of them is ever here. */
    private static final Set<String> UNRELATED = Set.of("peer", "session", "room", "role", "ingest");

    private final Map<Place, List<Map<String, String>>> here = new HashMap<>();
    private final Map<Place, Set<String>> shown;

    private record Place(String type, String room) {}

    private final List<HmsDelivery> remembered;

    /** Of what 100ms remembers; what is here is told by {@link #isHere}. */
    Missing(Collection<HmsDelivery> remembered) {
        this.remembered = remembered.stream()
                .filter(delivery -> !UNRELATED.contains(delivery.type().split("\\.", 2)[0])).toList();
        this.shown = new HashMap<>();
        this.remembered.forEach(delivery -> shown.computeIfAbsent(place(delivery), _ -> new HashSet<>())
                .addAll(delivery.data().keySet()));
    }

    private static Place place(HmsDelivery delivery) {
        return new Place(delivery.type(), delivery.room());
    }

    /** One that lies on the topic. Of its data only what 100ms shows of others of its kind is kept. */
    void isHere(HmsWebhook webhook) {
        var room = webhook.roomId();
        var place = new Place(webhook.type(), room == null ? "" : room.value());
        var fields = shown.get(place);
        if (fields != null) {
            here.computeIfAbsent(place, _ -> new ArrayList<>()).add(data(webhook, fields));
        }
    }

    private static Map<String, String> data(HmsWebhook webhook, Set<String> fields) {
        var shown = new HashMap<String, String>();
        try {
            var data = JsonMapper.shared().readTree(webhook.body().bytes()).path("data");
            fields.stream().filter(field -> data.path(field).isString())
                    .forEach(field -> shown.put(field, data.path(field).stringValue()));
        } catch (JacksonException _) {
            // It agrees with nothing, then.
        }
        return shown;
    }

    /** Those that are not here, each once however often it was tried. */
    List<HmsDelivery> webhooks() {
        var once = new HashSet<Object>();
        return remembered.stream().filter(delivery -> !isHere(delivery))
                .filter(delivery -> once.add(Map.entry(place(delivery), delivery.data()))).toList();
    }

    private boolean isHere(HmsDelivery delivery) {
        return here.getOrDefault(place(delivery), List.of()).stream()
                .anyMatch(data -> data.entrySet().containsAll(delivery.data().entrySet()));
    }
}
