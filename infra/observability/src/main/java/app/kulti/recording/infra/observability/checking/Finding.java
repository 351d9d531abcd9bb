package app.kulti.recording.infra.observability.checking;

import org.jspecify.annotations.Nullable;

/**
 * One thing that must be right for a service to do its work.
 *
 * @param name   what was tried
 * @param ok     whether it worked
 * @param detail why it did not, and what to do about it, without secrets; absent when it worked
 */
public record Finding(String name, boolean ok, @Nullable String detail) {
    /** It works. */
    public static Finding fine(String name) {
        return new Finding(name, true, null);
    }

    /** It does not. */
    public static Finding wrong(String name, String detail) {
        return new Finding(name, false, detail);
    }
}
