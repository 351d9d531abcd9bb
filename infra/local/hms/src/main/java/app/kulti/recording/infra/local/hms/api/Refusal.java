package app.kulti.recording.infra.local.hms.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that 100ms refuses. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Body body;

    /** How 100ms words errors. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(int code, String message, @Nullable List<String> details) {}

    Refusal(int status, String message, String... details) {
        super(message, null, false, false);
        this.body = new Body(status, message, details.length == 0 ? null : List.of(details));
    }

    Body body() {
        return body;
    }

    static Refusal badInput() {
        return new Refusal(400, "invalid input");
    }

    static Refusal noPermission() {
        return new Refusal(403, "user does not have required permission");
    }

    static Refusal noBeam() {
        return new Refusal(404, "beam not found");
    }
}
