package app.kulti.recording.processor.hms;

import java.util.regex.Pattern;

/**
 * The size of the film, within what 100ms takes: 500 to 1920 wide, 480 to 1920 high, and only one side above 1080.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/api-reference/recordings/start-recording-for-room">start</a>
 */
record Resolution(int width, int height) {
    private static final Pattern FORM = Pattern.compile("(\\d{3,4})x(\\d{3,4})");

    Resolution {
        if (width < 500 || width > 1920 || height < 480 || height > 1920 || (width > 1080 && height > 1080)) {
            throw new IllegalArgumentException(("%dx%d is outside what 100ms takes: 500 to 1920 wide, 480 to 1920 high,"
                    + " and only one side above 1080").formatted(width, height));
        }
    }

    /** Reads {@code 1280x720}. Public because Spring finds only a public one to bind settings with. */
    public static Resolution of(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form 1280x720");
        }
        return new Resolution(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
    }
}
