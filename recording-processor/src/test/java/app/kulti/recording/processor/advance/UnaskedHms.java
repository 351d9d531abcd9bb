package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A 100ms that a test expects nothing to be asked of, but what it answers itself. */
class UnaskedHms implements Hms {
    @Override
    public Mono<HmsAnswer> start(RoomId room, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<HmsAnswer> stop(String hmsRecordingId, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<HmsAnswer> stop(RoomId room, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<HmsAnswer> look(String hmsRecordingId, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Reply<List<HmsRecording>>> list(RoomId room, Instant since, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Reply<AssetUrl>> sign(String assetId, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Reply<Optional<Instant>>> time(Duration limit) {
        throw new UnsupportedOperationException();
    }
}
