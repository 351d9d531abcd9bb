package app.kulti.recording.infra.local.hms.beam;

/** Takes notice of what happened to recordings; never blocks and never throws. */
@FunctionalInterface
public interface Announcements {

    /**
     * Takes notice.
     *
     * @param recording as it is right after the event
     */
    void announce(Event event, Recording recording);

    /** What is worth a webhook, in both dialects' words. */
    enum Event {
        STARTED("beam.started.success", "recording.started"), STOPPED("beam.stopped.success",
                "recording.stopped"), SUCCEEDED("beam.recording.success",
                        "recording.success"), FAILED("beam.failure", "recording.failed");

        private final String beam;
        private final String simple;

        Event(String beam, String simple) {
            this.beam = beam;
            this.simple = simple;
        }

        /** The event's type as that dialect calls it. */
        public String in(Dialect dialect) {
            return switch (dialect) {
                case BEAM -> beam;
                case SIMPLE -> simple;
            };
        }
    }
}
