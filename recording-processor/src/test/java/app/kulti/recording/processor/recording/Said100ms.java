package app.kulti.recording.processor.recording;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one recording of these tests, and short ways to say something about it. */
final class Said100ms {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final RecordingId RECORDING = RecordingId.of("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    static final SessionId SESSION = SessionId.of("22222222-2222-4222-8222-222222222222");
    static final RoomId ROOM = new RoomId("room-1");

    private Said100ms() {}

    static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    static Stamp stamp(@Nullable Integer second, int id) {
        return new Stamp(second == null ? null : at(second), new EventId(new UUID(0, id)));
    }

    static Recording recording(Evidence... evidence) {
        return Recording.unknown(RECORDING, SESSION, ROOM).with(List.of(evidence));
    }

    static Film film(String path) {
        return new Film(null, path, address(path), 1_000L, 60L, "1280x720", "mp4", null, null);
    }

    static String address(String path) {
        return "https://files.100ms.live/" + path;
    }

    static SignedUrl url(String path, int signature) {
        return new SignedUrl(URI.create(address(path) + "?signature=" + signature));
    }

    static Evidence.FileReady fileReady(@Nullable Integer second, int id, String path) {
        return new Evidence.FileReady(stamp(second, id), film(path), Link.to(null, path, url(path, id), null));
    }

    static Evidence.Verified verified(int second, int id, String identity, @Nullable String crc32c) {
        return new Evidence.Verified(stamp(second, id), at(second), identity, SESSION + "/" + RECORDING + ".mp4", 1_000,
                crc32c);
    }

    static Evidence.Identified identified(int id, OutsideId... ids) {
        return new Evidence.Identified(stamp(0, id), List.of(ids), "hms-session-1");
    }
}
