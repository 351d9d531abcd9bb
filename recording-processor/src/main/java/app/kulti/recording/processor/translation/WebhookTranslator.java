package app.kulti.recording.processor.translation;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.UnreadableMessage;
import java.util.Optional;

/**
 * Reads 100ms's webhooks: {@code beam.*} (composite recordings), version 1.0 of {@code recording.*} (SFU), {@code hls.*}
 * with single files, and the simple {@code recording.*} of the product spec. Two of these share names.
 */
public final class WebhookTranslator {
    private static final String FAILURE = "failure:";

    private WebhookTranslator() {}

    /**
     * What the webhook says about a recording.
     *
     * @param id of the record that carries it
     * @return empty when it says nothing about one: its type is another family's, or unknown
     * @throws UnreadableMessage when its body is no JSON object
     */
    public static Optional<Translation> translate(HmsWebhook webhook, EventId id) {
        return switch (webhook.type()) {
            case "beam.started.success", "beam.stopped.success", "beam.recording.success", "beam.failure" ->
                Beam.translate(Message.of(webhook, id));
            case "hls.recording.success" -> LayerFile.translate(Message.of(webhook, id));
            case "recording.started", "recording.stopped", "recording.success", "recording.failed" -> {
                var message = Message.of(webhook, id);
                yield SfuFile.isIn(message) ? SfuFile.translate(message) : Simple.translate(message);
            }
            default -> Optional.empty();
        };
    }

    /** A stop whose reason is a failure, {@code failure: UPLOAD_ERROR}, is one. */
    static Optional<String> failureIn(String reason) {
        return reason.startsWith(FAILURE) ? Optional.of(reason.substring(FAILURE.length()).strip()) : Optional.empty();
    }
}
