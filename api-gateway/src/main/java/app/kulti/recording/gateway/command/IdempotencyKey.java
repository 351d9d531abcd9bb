package app.kulti.recording.gateway.command;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.Problem;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes a repeated request the same request; for one user and one route. */
record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";

    /** Visible ASCII. With a comma it could be two headers, which arrive as one. */
    private static final Pattern FORM = Pattern.compile("[!-+.-~-]{1,200}");

    /** The caller's own, else a new one, which is theirs as soon as an answer tells it. */
    static IdempotencyKey of(@Nullable String header, Supplier<String> random) {
        if (header == null) {
            return new IdempotencyKey(random.get());
        }
        if (!FORM.matcher(header).matches()) {
            throw Problem.invalid(HEADER,
                    HEADER + " has to be 1 to 200 visible ASCII characters without commas, such as a UUID.");
        }
        return new IdempotencyKey(header);
    }

    /** On any copy of the gateway the same. */
    CommandId command(Caller caller, String route) {
        return CommandId.of(caller.id(), route, value);
    }
}
