package app.kulti.recording.infra.local.hms.movie;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/** Draws one frame: colour bars, the title, a running clock, and a ball that crosses the picture once in ten seconds. */
final class TestPicture {
    private static final Color[] BARS = {new Color(0xc0c0c0), new Color(0xc0c000), new Color(0x00c0c0),
            new Color(0x00c000), new Color(0xc000c0), new Color(0xc00000), new Color(0x0000c0)};
    private static final Color GROUND = new Color(0x14182a);
    private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter
            .ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final BufferedImage image;
    private final Script script;

    TestPicture(Script script, int width, int height) {
        this.script = script;
        this.image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    /** The picture at that time of the movie, in the encoder's RGB form (each channel less 128). */
    Picture at(Duration elapsed) {
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            draw(g, elapsed);
        } finally {
            g.dispose();
        }
        return rgb();
    }

    private void draw(Graphics2D g, Duration elapsed) {
        int width = image.getWidth();
        int height = image.getHeight();
        int margin = width / 20;
        g.setColor(GROUND);
        g.fillRect(0, 0, width, height);
        for (int i = 0; i < BARS.length; i++) {
            g.setColor(BARS[i]);
            g.fillRect(i * width / BARS.length, 0, width / BARS.length + 1, height / 5);
        }

        g.setColor(Color.WHITE);
        g.setFont(fitted(g, new Font(Font.SANS_SERIF, Font.BOLD, height / 9), script.title(), width - 2 * margin));
        g.drawString(script.title(), margin, height * 2 / 5);
        g.setFont(new Font(Font.MONOSPACED, Font.BOLD, height / 6));
        g.drawString(clock(elapsed), margin, height * 3 / 5);
        g.setColor(Color.LIGHT_GRAY);
        Font small = new Font(Font.MONOSPACED, Font.PLAIN, Math.max(8, height / 20));
        String where = WALL_CLOCK.format(beganAt(elapsed)) + "  " + script.caption();
        g.setFont(fitted(g, small, where, width - 2 * margin));
        g.drawString(where, margin, height * 7 / 10);

        int ball = height / 7;
        double way = elapsed.toMillis() % 10_000 / 10_000.0;
        g.setColor(new Color(0xff9020));
        g.fillOval((int) ((width - ball) * way), height - ball - height / 16, ball, ball);
        g.setColor(Color.WHITE);
        g.fillRect(0, height - height / 40, (int) (width * elapsed.toMillis() / (script.seconds() * 1000.0)),
                height / 40);
    }

    private Instant beganAt(Duration elapsed) {
        return script.began().plus(elapsed);
    }

    private static String clock(Duration elapsed) {
        return "%02d:%02d:%02d.%d".formatted(elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart(),
                elapsed.toMillisPart() / 100);
    }

    private static Font fitted(Graphics2D g, Font font, String text, int width) {
        int wide = g.getFontMetrics(font).stringWidth(text);
        return wide <= width ? font : font.deriveFont(font.getSize2D() * width / wide);
    }

    private Picture rgb() {
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Picture picture = Picture.create(image.getWidth(), image.getHeight(), ColorSpace.RGB);
        byte[] rgb = picture.getPlaneData(0);
        for (int i = 0; i < bgr.length; i += 3) {
            rgb[i] = (byte) (bgr[i + 2] - 128);
            rgb[i + 1] = (byte) (bgr[i + 1] - 128);
            rgb[i + 2] = (byte) (bgr[i] - 128);
        }
        return picture;
    }
}
