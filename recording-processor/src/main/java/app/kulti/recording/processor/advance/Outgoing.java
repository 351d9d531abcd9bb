package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.processor.recording.Tombstone;
import app.kulti.recording.processor.advance.Changes.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said and asked once a batch is written. The same batch, coming again, gives its events the same ids. */
final class Outgoing {
    private final Map<EventId, Envelope<RecordingEvent>> events = new LinkedHashMap<>();
    private final Set<RecordingId> again = new HashSet<>();
    private final List<Asked> calls = new ArrayList<>();
    private final Instant now;

    Outgoing(Instant now) {
        this.now = now;
    }

    /** Says what happened to a recording. */
    void announce(Cause cause, RecordingEvent event) {
        var state = event.state();
        var revision = state == null ? "" : Long.toString(state.revision());
        add(cause, EventId.of("recording", event.key() + "/" + revision, cause.event().toString()), event);
    }

    /** Says how a recording is, once a batch however often that is asked for. */
    void announceAgain(Cause cause, RecordingState state) {
        if (again.add(state.recordingId())) {
            add(cause, EventId.of("announced", state.recordingId() + "/" + state.revision(), cause.event().toString()),
                    new RecordingEvent.Announced(state));
        }
    }

    /** Says what became of a command. */
    void answer(Cause cause, CommandId command, SessionId session, @Nullable RecordingId recording, Answer answer,
            @Nullable RecordingState state) {
        add(cause, EventId.of("answered", command.toString(), cause.event().toString()),
                new CommandAnswered(command, session, recording, answer, state));
    }

    /** Says that a recording is gone. */
    Tombstone bury(Cause cause, Draft draft, Tombstone tombstone) {
        var announced = tombstone.announced();
        draft.put(announced);
        announce(cause, new RecordingEvent.Deleted(announced.state()));
        return announced;
    }

    private void add(Cause cause, EventId id, RecordingEvent event) {
        events.put(id, new Envelope<>(id, now, ServiceName.PROCESSOR, event, null, cause.traceparent()));
    }

    void call(Cause cause, HmsCall call) {
        calls.add(new Asked(call, cause.traceparent()));
    }

    List<Envelope<RecordingEvent>> events() {
        return List.copyOf(events.values());
    }

    List<Asked> calls() {
        return List.copyOf(calls);
    }
}
