package app.kulti.recording.gateway.failure;

import java.net.URI;
import org.springframework.http.HttpStatus;

/** Every way in which a request can fail. The type's URI and status are part of the API; the words may change. */
public enum ProblemType {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "invalid-request", "The request is not as it should be"),

    NOT_SIGNED_IN(HttpStatus.UNAUTHORIZED, "not-signed-in", "Not signed in"),

    NOT_HOST(HttpStatus.FORBIDDEN, "not-host", "Only the session's host may do this"),

    /** A request by cookie that may come from somebody else's page. */
    ORIGIN_NOT_ALLOWED(HttpStatus.FORBIDDEN, "origin-not-allowed", "Not from this page"),

    /** No such route. */
    NO_SUCH_ROUTE(HttpStatus.NOT_FOUND, "no-such-route", "There is nothing at this address"),

    /** It does not exist, or not for this caller. */
    SESSION_NOT_FOUND(HttpStatus.NOT_FOUND, "session-not-found", "Session not found"),

    /** It does not exist, or not for this caller. */
    RECORDING_NOT_FOUND(HttpStatus.NOT_FOUND, "recording-not-found", "Recording not found"),

    /** There never was such a link, it has expired, or it was revoked. */
    SHARE_NOT_FOUND(HttpStatus.NOT_FOUND, "share-not-found", "There is no such link, or it is valid no more"),

    /** It does not exist, or not for this caller. */
    DELETION_REQUEST_NOT_FOUND(HttpStatus.NOT_FOUND, "deletion-request-not-found", "Deletion request not found"),

    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "Another method is needed"),

    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "The answer cannot be had in that form"),

    CONTENT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "content-too-large", "The request's body is too large"),

    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type",
            "The request's body has to be JSON"),

    ROOM_MISSING(HttpStatus.BAD_REQUEST, "room-missing", "The session has no room"),

    ROOM_DIFFERS(HttpStatus.BAD_REQUEST, "room-differs", "The session has another room"),

    ALREADY_RECORDING(HttpStatus.BAD_REQUEST, "already-recording", "Recording already in progress"),

    NOTHING_ACTIVE(HttpStatus.BAD_REQUEST, "no-active-recording", "No active recording"),

    STILL_RECORDING(HttpStatus.CONFLICT, "still-recording", "It is still being recorded"),

    /** A decision stands. */
    ALREADY_DECIDED(HttpStatus.CONFLICT, "already-decided", "It was decided otherwise"),

    NOT_PLAYABLE_YET(HttpStatus.CONFLICT, "not-playable-yet", "The film is not there yet"),

    /** There is no film, and there will be none. */
    NOT_PLAYABLE(HttpStatus.CONFLICT, "not-playable", "There is no film to play"),

    /** One idempotency key, two requests. */
    KEY_USED_OTHERWISE(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
            "The idempotency key belongs to another request"),

    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "Too many requests"),

    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side"),

    /** 100ms said no, and would say no again. */
    HMS_REFUSED(HttpStatus.BAD_GATEWAY, "recording-service-refused", "The recording service refused"),

    /** 100ms could not be asked in time. */
    HMS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "recording-service-unavailable",
            "The recording service cannot be reached"),

    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Not available at the moment"),

    /** The command was accepted, and is carried out or refused later. */
    NO_OUTCOME_YET(HttpStatus.GATEWAY_TIMEOUT, "no-outcome-yet", "Accepted, but without an outcome yet");

    private final HttpStatus status;
    private final String slug;
    private final URI uri;
    private final String title;

    ProblemType(HttpStatus status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.uri = URI.create("https://kulti.app/problems/" + slug);
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    /** The last segment of {@link #uri()}. */
    public String slug() {
        return slug;
    }

    /** Stable name of the problem, for programs. */
    public URI uri() {
        return uri;
    }

    /** What it is, in a few words, the same each time. */
    public String title() {
        return title;
    }
}
