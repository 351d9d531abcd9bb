package app.kulti.recording.infra.ops;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who wants a change, and why: it stands in the headers of what is published and in {@code ops.audit}. */
public final class Why {
    // RFC 9110 keeps no limit; a header that is a novel helps nobody.
    private static final int LONGEST = 500;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; needed for whatever changes something.")
    @Nullable
    String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who you are (default: KULTI_OPS_OPERATOR, else the user of this machine).")
    @Nullable
    String by;

    /** Who and why, complete. */
    public record Said(String by, String reason) {}

    /** Insists on a reason. */
    public Said said(OpsSettings settings) {
        var why = Optional.ofNullable(reason).map(String::strip).filter(text -> !text.isEmpty())
                .orElseThrow(() -> Told.usage("Say why, with --reason \"…\": it is kept beside what is changed."));
        var who = Optional.ofNullable(by).map(String::strip).filter(text -> !text.isEmpty())
                .orElseGet(settings::operator);
        if (why.length() > LONGEST || who.length() > LONGEST) {
            throw Told.usage("--reason and --by have at most %d characters.".formatted(LONGEST));
        }
        return new Said(who, why);
    }
}
