package app.kulti.recording.ingest.intake;

import app.kulti.recording.ingest.authenticity.Authenticity.Doubt;
import org.springframework.http.HttpStatus;

/** Why a request is not taken. What it says goes to whoever sent it; it quotes nothing of the body. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private Refusal(Reason reason, String message, Throwable cause) {
        // Its place is no news, and a flood of them must be cheap.
        super(message, cause, false, false);
        this.reason = reason;
    }

    private Refusal(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static Refusal unauthentic(Doubt doubt) {
        return new Refusal(switch (doubt) {
            case ADDRESS -> Reason.ADDRESS;
            case SECRET -> Reason.SECRET;
            case SIGNATURE -> Reason.SIGNATURE;
        }, "the request could not be authenticated");
    }

    static Refusal malformed(String message) {
        return new Refusal(Reason.MALFORMED, message);
    }

    static Refusal notJson() {
        return new Refusal(Reason.NOT_JSON, "the Content-Type must be application/json");
    }

    static Refusal tooLarge(int limit) {
        return new Refusal(Reason.TOO_LARGE, "the body is larger than %d KiB".formatted(limit / 1024));
    }

    static Refusal cutShort(Throwable cause) {
        return new Refusal(Reason.CUT_SHORT, "the body did not arrive whole and in time", cause);
    }

    static Refusal unavailable(Throwable cause) {
        return new Refusal(Reason.UNAVAILABLE, "the webhook could not be stored; send it again", cause);
    }

    Reason reason() {
        return reason;
    }

    /** Each with its status, and its own count and log line. */
    enum Reason {
        ADDRESS(HttpStatus.UNAUTHORIZED), SECRET(HttpStatus.UNAUTHORIZED), SIGNATURE(
                HttpStatus.UNAUTHORIZED), MALFORMED(HttpStatus.BAD_REQUEST), NOT_JSON(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE), TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE), CUT_SHORT(
                                HttpStatus.REQUEST_TIMEOUT), UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

        private final HttpStatus status;

        Reason(HttpStatus status) {
            this.status = status;
        }

        HttpStatus status() {
            return status;
        }
    }
}
