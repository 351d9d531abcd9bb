package app.kulti.recording.mirror.checking;

import org.jspecify.annotations.Nullable;

/**
 * One thing that must be right for copies to be made.
 *
 * @param check what was tried
 * @param ok    whether it worked
 * @param mend  what to do about it; absent when it worked
 */
public record Finding(String check, boolean ok, @Nullable String mend) {
    /** It works. */
    public static Finding fine(String check) {
        return new Finding(check, true, null);
    }

    /** It does not; {@code mend} says why and what helps, without secrets. */
    public static Finding wrong(String check, String mend) {
        return new Finding(check, false, mend);
    }
}
