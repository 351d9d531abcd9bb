package app.kulti.recording.mirror.figures;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.PartBuffers;
import app.kulti.recording.mirror.mirroring.Underway;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MeteredCopiesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MeteredCopies copies = new MeteredCopies(meters, new PartBuffers(1 << 20, 1, 1 << 20));

    @Test
    void eachCopyIsShownWhileItIsUnderWay() {
        var copy = new Copy(new RecordingId(UUID.randomUUID()), 30, 70, 12.5);
        copies.began(copy);

        assertThat(ofCopy("kulti.mirror.copy.stored", copy)).isEqualTo(30);
        assertThat(ofCopy("kulti.mirror.copy.remaining", copy)).isEqualTo(70);
        assertThat(ofCopy("kulti.mirror.copy.rate", copy)).isEqualTo(12.5);
        assertThat(meters.get("kulti.mirror.copies.active").gauge().value()).isEqualTo(1);

        copies.ended(copy, new Ending.HandedOver());

        assertThat(meters.find("kulti.mirror.copy.stored").gauge()).isNull();
        assertThat(meters.get("kulti.mirror.copies.active").gauge().value()).isZero();
    }

    @Test
    void whatHasNotHappenedYetIsCountedAsNever() {
        assertThat(count("verified", "none")).isZero();
        assertThat(count("refused", "no-moov")).isZero();
        assertThat(count("not-now", "source")).isZero();
    }

    @Test
    void endingsAreCountedByTheirCause() {
        end(new Ending.Verified(1, "0"));
        end(new Ending.Refused(RefusedBecause.CUT_SHORT, "detail"));
        end(new Ending.NotNow(Fault.BUCKET, "the bucket answered 544"));
        end(new Ending.NotNow(Fault.BUCKET, "the bucket answered 429"));
        end(new Ending.SourceExpired());

        assertThat(count("verified", "none")).isEqualTo(1);
        assertThat(count("refused", "cut-short")).isEqualTo(1);
        assertThat(count("not-now", "bucket")).isEqualTo(2);
        assertThat(count("source-expired", "none")).isEqualTo(1);
    }

    @Test
    void bytesAreCountedOnTheirWayInAndOnTheirWayOut() {
        copies.read(7);
        copies.stored(5);

        assertThat(meters.get("kulti.mirror.read").counter().count()).isEqualTo(7);
        assertThat(meters.get("kulti.mirror.stored").counter().count()).isEqualTo(5);
    }

    private void end(Ending ending) {
        var copy = new Copy(new RecordingId(UUID.randomUUID()), 0, 0, 0);
        copies.began(copy);
        copies.ended(copy, ending);
    }

    private double count(String outcome, String cause) {
        return meters.get("kulti.mirror.copies").tags("outcome", outcome, "cause", cause).counter().count();
    }

    private double ofCopy(String gauge, Copy copy) {
        return meters.get(gauge).tag("recording", copy.recordingId().toString()).gauge().value();
    }

    private record Copy(RecordingId recordingId, long storedBytes, long remainingBytes,
            double bytesPerSecond) implements Underway {
        @Override
        public String objectKey() {
            return recordingId + ".mp4";
        }
    }
}
