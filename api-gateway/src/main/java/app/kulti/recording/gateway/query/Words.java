package app.kulti.recording.gateway.query;

import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Pattern;

/** Names of events in words that a host understands. */
final class Words {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            said("kulti.command.start.v1", "The host asked for the recording."),
            said("kulti.command.stop.v1", "The host asked to stop recording."),
            said("kulti.command.delete.v1", "The host asked to delete the recording."),
            said("kulti.command.keep.v1", "The host decided whether the recording is kept for good."),
            said("kulti.command.refresh-source.v1", "Somebody wanted to watch; 100ms was asked for a fresh link."),

            said("beam.started.success", "100ms began to record."),
            said("beam.stopped.success", "100ms stopped recording."),
            said("beam.recording.success", "100ms delivered the film."),
            said("beam.failure", "100ms could not record."),
            said("hls.recording.success", "100ms delivered the film of the live stream."),
            said("recording.started", "100ms began to record."),
            said("recording.stopped", "100ms stopped recording."),
            said("recording.success", "100ms delivered the film."),
            said("recording.failed", "100ms could not record."),

            said("kulti.finding.start-answered.v1", "100ms answered the request to record."),
            said("kulti.finding.stop-answered.v1", "100ms answered the request to stop."),
            said("kulti.finding.looked.v1", "We looked at 100ms how the recording is."),
            said("kulti.finding.source-renewed.v1", "100ms gave a fresh link to its film."),
            said("kulti.finding.source-not-renewed.v1", "100ms gave no fresh link to its film."),
            said("kulti.finding.limit-nears.v1", "The recording came close to the longest time that it may last."),
            said("kulti.finding.limit-reached.v1", "The recording reached the longest time that it may last."),
            said("kulti.finding.start-overdue.v1", "100ms never confirmed that it records."),
            said("kulti.finding.mirror-overdue.v1", "The copy was overdue and was asked for again."),
            said("kulti.finding.expiry-nears.v1", "The recording will soon be old enough to be deleted."),
            said("kulti.finding.expired.v1", "The recording is old enough to be deleted."),
            said("kulti.finding.taken-over.v1", "The recording was made before recordings were followed here."),
            said("kulti.finding.row-deleted.v1", "The recording was deleted."),

            said("kulti.mirror.copying.v1", "The film is being copied to our storage."),
            said("kulti.mirror.verified.v1", "The copy in our storage is complete and was checked."),
            said("kulti.mirror.refused.v1", "What 100ms delivered is no film that could be stored."),
            said("kulti.mirror.not-now.v1", "The film could not be copied at that time; it is tried again."),
            said("kulti.mirror.source-expired.v1", "100ms's link had ended before the film was copied."),
            said("kulti.mirror.removed.v1", "The copy was removed from our storage."));

    /** What our own names have around the words. */
    private static final Pattern FRAME = Pattern.compile("^kulti\\.|\\.v\\d+$");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[._-]+");

    private Words() {}

    /** A sentence for every name, also for one that was not known when this was written. */
    static String of(String type) {
        var sentence = SENTENCES.get(type);
        if (sentence != null) {
            return sentence;
        }
        var words = BETWEEN_WORDS.matcher(FRAME.matcher(type).replaceAll("")).replaceAll(" ").strip();
        return words.isEmpty() ? "Something happened." : "Something else was reported: " + words + ".";
    }

    private static Entry<String, String> said(String type, String sentence) {
        return Map.entry(type, sentence);
    }
}
