package app.kulti.recording.processor.recording;

import java.util.Comparator;

/** What 100ms calls a recording, or a part of it. */
public record OutsideId(Kind kind, String id) implements Comparable<OutsideId> {
    private static final Comparator<OutsideId> ORDER = Comparator.comparing(OutsideId::kind)
            .thenComparing(OutsideId::id);

    @Override
    public int compareTo(OutsideId other) {
        return ORDER.compare(this, other);
    }

    /** In the order of how well it names the recording: the first that is known is the one that is shown. */
    public enum Kind {
        /** The API's recording id. */
        JOB("job_id", true),

        /** The running browser; in every {@code beam.*} webhook. */
        BEAM("beam_id", true),

        /** Of the webhook that brings the file; what it names is not documented. */
        RECORDING("recording_id", true),

        ASSET("asset_id", false),

        /** Where the file lies in 100ms's storage. */
        PATH("path", false);

        private final String wireName;
        private final boolean isOnePerRecording;

        Kind(String wireName, boolean isOnePerRecording) {
            this.wireName = wireName;
            this.isOnePerRecording = isOnePerRecording;
        }

        /** The kind in tables. */
        public String wireName() {
            return wireName;
        }

        /** Whether two ids of this kind are two recordings. */
        boolean isOnePerRecording() {
            return isOnePerRecording;
        }

        /** The kind of that name in tables. */
        public static Kind of(String wireName) {
            for (var kind : values()) {
                if (kind.wireName.equals(wireName)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of outside id is called " + wireName);
        }
    }
}
