package app.kulti.recording.infra.local.hms.beam;

/** What a recording was asked to be; the simulator's pictures are smaller, see {@code PictureSettings}. */
public record Resolution(int width, int height) {
    /** 100ms's default. */
    public static final Resolution HD = new Resolution(1280, 720);

    /** 100ms's documented limits: each side, and at most one side above 1080. */
    public boolean allowed() {
        return width >= 500 && width <= 1920 && height >= 480 && height <= 1920 && (width <= 1080 || height <= 1080);
    }
}
