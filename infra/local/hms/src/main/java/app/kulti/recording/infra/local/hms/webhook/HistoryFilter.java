package app.kulti.recording.infra.local.hms.webhook;

import app.kulti.recording.infra.local.hms.webhook.Delivery.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries a question about the past is about.
 *
 * @param from   the first moment
 * @param to     the moment after the last
 * @param roomId null for all rooms
 * @param types  of events; empty for all
 */
public record HistoryFilter(Instant from, Instant to, @Nullable String roomId, List<String> types, Outcome outcome) {
    /** Nothing older can be asked for. */
    public static final Duration KEPT = Duration.ofDays(30);
    /** Nothing longer can be asked for at once. */
    public static final Duration LONGEST = Duration.ofDays(14);

    /** What the history and the replay know; the list of 100ms's page has no failures of beams. */
    private static final Set<String> KNOWN = Set.of("session.open.success", "session.close.success",
            "peer.join.success", "peer.leave.success", "recording.success", "recording.failed",
            "transcription.success", "beam.started.success", "beam.stopped.success", "beam.recording.success",
            "hls.recording.success", "stream.recording.success");

    /** How a delivery ended. */
    public enum Outcome {
        ALL, FAILED, SUCCESS
    }

    public HistoryFilter {
        types = List.copyOf(types);
    }

    /** Those of {@code deliveries} that are meant and have ended, in their order. */
    public Stream<Delivery> of(List<Delivery> deliveries) {
        return deliveries.stream().filter(this::means);
    }

    private boolean means(Delivery delivery) {
        return KNOWN.contains(delivery.type()) && (types.isEmpty() || types.contains(delivery.type()))
                && (roomId == null || roomId.equals(delivery.roomId()))
                && !delivery.at().isBefore(from) && delivery.at().isBefore(to) && ended(delivery.state());
    }

    private boolean ended(State state) {
        return switch (state) {
            case PENDING, NO_TARGET -> false;
            case DELIVERED -> outcome != Outcome.FAILED;
            case GIVEN_UP, DROPPED, OVERFLOW -> outcome != Outcome.SUCCESS;
        };
    }
}
