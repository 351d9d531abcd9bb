package app.kulti.recording.gateway.query;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.gateway.playback.PlayLinks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Recordings as the API shows them: the product spec's fields, and what a page needs beside them. */
public final class RecordingAnswers {
    private final PlayLinks links;
    private final Duration retention;

    public RecordingAnswers(PlayLinks links, Duration retention) {
        this.links = links;
        this.retention = retention;
    }

    /** Of a list, or by itself. */
    Shown shown(Recording recording) {
        var host = recording.host();
        var session = new Session(recording.session().value(), recording.title(), host == null ? null : host.value());
        return new Shown(recording.id().value(), recording.session().value(), recording.hmsRecordingId(),
                links.to(recording.file()).map(link -> link.url().uri()).orElse(null), recording.duration(),
                recording.status(), recording.metadata(), recording.createdAt(), recording.mirror(),
                recording.stopReason(), recording.kept() ? null : recording.createdAt().plus(retention), session);
    }

    /**
     * A recording.
     *
     * @param recordingUrl a link that plays it now; null when there is none
     * @param duration     seconds
     * @param expiresAt    when retention deletes it; null when it is kept
     * @param sessions     its session; plural as in the product spec
     */
    @Schema(name = "Recording")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Shown(UUID id, UUID sessionId, String hmsRecordingId, @Nullable URI recordingUrl,
            @Nullable Integer duration, RecordingStatus status, JsonNode metadata, Instant createdAt,
            Recording.Mirror mirror, @Nullable String stopReason, @Nullable Instant expiresAt, Session sessions) {}

    /**
     * Its session.
     *
     * @param title  null where the app does not show the session itself to the caller
     * @param hostId likewise
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Session(UUID id, @Nullable String title, @Nullable UUID hostId) {}

    /** One recording; null only where a question for the active one finds none. */
    record One(@Nullable Shown recording) {}

    /** A page of them. */
    record Listed(List<Shown> recordings, Pagination pagination) {}

    /** Where the page lies. */
    record Pagination(int limit, long offset, long total, boolean hasMore) {}
}
