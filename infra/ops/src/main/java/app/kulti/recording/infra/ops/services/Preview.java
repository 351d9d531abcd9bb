package app.kulti.recording.infra.ops.services;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What webhooks would change, asked of the processor ({@code POST /ops/preview}), which judges them with its own translator
 * and join.
 */
public final class Preview {
    /** What the processor takes at once. */
    private static final int MOST = 5_000;
    private static final int LARGEST = 7 * 1024 * 1024;

    private final Management management;
    private final JsonMapper json = JsonMapper.shared();

    public Preview(Management management) {
        this.management = management;
    }

    /** A webhook as the processor reads it; {@code body} is exactly what 100ms sent. */
    private record Line(String id, Instant time, String type, @Nullable String roomId, String body) {}

    private record Judged(int webhooks, Map<String, Map<String, Integer>> types, List<Met> recordings) {}

    private record Met(RecordingId recording, @Nullable State now, @Nullable State after) {}

    private record State(String status, long revision) {}

    /**
     * What would become of {@code webhooks}, were they published in this order.
     *
     * @throws Told when the processor cannot be asked
     */
    public Promise of(List<Envelope<HmsWebhook>> webhooks) {
        var promise = Promise.NOTHING;
        var part = new StringBuilder();
        var size = 0;
        var bytes = 0;
        for (var webhook : byRoom(webhooks)) {
            var line = line(webhook);
            var length = line.getBytes(StandardCharsets.UTF_8).length + 1;
            if (size == MOST || (size > 0 && bytes + length > LARGEST)) {
                promise = promise.and(ask(part.toString()));
                part.setLength(0);
                size = 0;
                bytes = 0;
            }
            part.append(line).append('\n');
            size++;
            bytes += length;
        }
        return size == 0 ? promise : promise.and(ask(part.toString()));
    }

    /** Webhooks of one room side by side, so that what is asked in parts is judged together as far as can be. */
    private static List<Envelope<HmsWebhook>> byRoom(List<Envelope<HmsWebhook>> webhooks) {
        var rooms = new LinkedHashMap<String, List<Envelope<HmsWebhook>>>();
        webhooks.forEach(webhook -> rooms.computeIfAbsent(webhook.message().key(), _ -> new ArrayList<>())
                .add(webhook));
        return rooms.values().stream().flatMap(List::stream).toList();
    }

    private String line(Envelope<HmsWebhook> webhook) {
        var message = webhook.message();
        var room = message.roomId();
        return json.writeValueAsString(new Line(webhook.id().toString(), webhook.time(), message.type(),
                room == null ? null : room.value(), new String(message.body().bytes(), StandardCharsets.UTF_8)));
    }

    private Promise ask(String lines) {
        var said = management.post(ServiceName.PROCESSOR, "/ops/preview", "application/x-ndjson", lines);
        if (said.status() == 404) {
            throw Told.unreachable("The processor at KULTI_OPS_PROCESSOR knows no /ops/preview: is that its management "
                    + "port, and is it this version?", null);
        }
        if (said.status() != 200) {
            throw Told.unreachable("The processor could not judge the webhooks (%d %s).".formatted(said.status(),
                    said.json().path("error").asString("")), null);
        }
        var judged = Answer.mapper().readValue(said.body(), Judged.class);
        return new Promise(judged.webhooks(), new TreeMap<>(judged.types()), judged.recordings().stream()
                .map(met -> new Promise.Change(met.recording(), status(met.now()), status(met.after())))
                .collect(Collectors.toMap(Promise.Change::recording, change -> change, Promise.Change::then,
                        LinkedHashMap::new)));
    }

    private static @Nullable String status(@Nullable State state) {
        return state == null ? null : state.status();
    }
}
