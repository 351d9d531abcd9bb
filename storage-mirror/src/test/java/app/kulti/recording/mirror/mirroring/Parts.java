package app.kulti.recording.mirror.mirroring;

/** Parts for those who only send them. */
public final class Parts {
    private Parts() {}

    /** One without bytes. */
    public static PartBuffer empty() {
        return new PartBuffer(new byte[0][], _ -> {});
    }
}
