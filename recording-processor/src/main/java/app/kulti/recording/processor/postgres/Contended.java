package app.kulti.recording.processor.postgres;

/** Another writer made the same row at the same time, when there was none to lock yet. Whoever reads again will see it. */
final class Contended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Contended(String what) {
        super("another writer was faster with " + what);
    }
}
