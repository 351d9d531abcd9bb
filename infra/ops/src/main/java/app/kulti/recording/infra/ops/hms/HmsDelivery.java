package app.kulti.recording.infra.ops.hms;

import java.time.Instant;
import java.util.Map;

/**
 * What 100ms remembers of sending one webhook.
 *
 * @param type     of the event that it told of
 * @param room     empty for an event without one
 * @param data     of the event's data what 100ms shows, which need not be all
 * @param received whether our door answered 200
 */
public record HmsDelivery(String type, String room, Instant at, Map<String, String> data, boolean received) {}
