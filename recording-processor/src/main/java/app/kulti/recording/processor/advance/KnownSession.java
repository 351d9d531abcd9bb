package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the processor may know of one of the app's sessions.
 *
 * @param live    it is going on
 * @param begunAt when it was started, else when it was made
 */
public record KnownSession(SessionId id, UserId host, @Nullable RoomId room, boolean live, Instant begunAt) {}
