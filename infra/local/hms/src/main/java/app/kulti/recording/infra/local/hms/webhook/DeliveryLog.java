package app.kulti.recording.infra.local.hms.webhook;

import app.kulti.recording.infra.local.hms.webhook.Delivery.Attempt;
import app.kulti.recording.infra.local.hms.webhook.Delivery.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The last deliveries and their attempts. */
public final class DeliveryLog {
    private static final int MOST = 10_000;

    private final SequencedMap<Long, Delivery> deliveries = new LinkedHashMap<>();
    private long last;

    synchronized Delivery open(Instant at, @Nullable String eventId, String type, String roomId, String recordingId,
            String body) {
        Delivery delivery = new Delivery(++last, at, eventId, type, roomId, recordingId, body, State.PENDING,
                List.of());
        deliveries.put(delivery.number(), delivery);
        if (deliveries.size() > MOST) {
            deliveries.pollFirstEntry();
        }
        return delivery;
    }

    void attempted(long number, Attempt attempt) {
        change(number, old -> old.with(attempt));
    }

    void settled(long number, State state) {
        change(number, old -> old.with(state));
    }

    private synchronized void change(long number, UnaryOperator<Delivery> change) {
        deliveries.computeIfPresent(number, (_, old) -> change.apply(old));
    }

    /** Oldest first; of one room, or of all for null. */
    public synchronized List<Delivery> list(@Nullable String roomId) {
        return deliveries.values().stream().filter(delivery -> roomId == null || delivery.roomId().equals(roomId))
                .toList();
    }

    /** Forgets all. */
    public synchronized void clear() {
        deliveries.clear();
    }
}
