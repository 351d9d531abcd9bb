package app.kulti.recording.gateway.playback;

import app.kulti.recording.events.SignedUrl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link that plays the film for whoever has it.
 *
 * @param expiresAt when it stops working; absent when 100ms did not say
 */
public record PlayLink(SignedUrl url, @Nullable Instant expiresAt) {}
