package app.kulti.recording.infra.local.hms.movie;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the movies look. Encoding is pure Java and costs about 40 ms of CPU per frame at the default size.
 *
 * @param width     of the picture in pixels, even, 64 to 1920
 * @param height    of the picture in pixels, even, 64 to 1080
 * @param fps       frames per second of a short recording, 1 to 30
 * @param maxFrames most frames in one movie, 1 to 10,000; in a longer recording each frame stands longer
 */
@ConfigurationProperties("kulti.simulator.picture")
public record PictureSettings(@DefaultValue("640") int width, @DefaultValue("360") int height,
        @DefaultValue("4") int fps, @DefaultValue("100") int maxFrames) {

    public PictureSettings {
        require("width", width, 64, 1920);
        require("height", height, 64, 1080);
        require("fps", fps, 1, 30);
        require("max-frames", maxFrames, 1, 10_000);
        if (width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException(
                    "kulti.simulator.picture.width and .height must be even, as 4:2:0 colour needs, but are " + width
                            + "x" + height);
        }
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "kulti.simulator.picture.%s must be from %d to %d, but is %d".formatted(name, least, most, value));
        }
    }
}
