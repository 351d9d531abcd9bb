package app.kulti.recording.events;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operator did that changed something, or began to do; also how far a replay has come, so that it can be resumed. */
public sealed interface OperatorAction {
    /** The operator. */
    String by();

    /** In the operator's words. */
    String reason();

    /**
     * A replay of webhooks has begun.
     *
     * @param promised  webhooks to republish
     * @param perSecond its rate limit
     */
    @JsonTypeName("kulti.ops.replay-begun.v1")
    record ReplayBegun(UUID replay, String by, String reason, ReplaySource source, long promised, int perSecond)
            implements
                OperatorAction {}

    /** So far it has come: everything before {@code next} is done. Said every few seconds, and when it stops. */
    @JsonTypeName("kulti.ops.replay-stands.v1")
    record ReplayStands(UUID replay, String by, String reason, List<Position> next, long published)
            implements
                OperatorAction {
        public ReplayStands {
            next = List.copyOf(next);
        }
    }

    /** Everything of it is published; whether what was promised has happened is {@code differences}, zero for yes. */
    @JsonTypeName("kulti.ops.replay-ended.v1")
    record ReplayEnded(UUID replay, String by, String reason, long published, int differences)
            implements
                OperatorAction {}

    /**
     * 100ms was asked for what is missing here.
     *
     * @param webhooks   that were missing and that it was asked to send again
     * @param recordings that were missing or behind and that it was looked at for
     */
    @JsonTypeName("kulti.ops.history-asked.v1")
    record HistoryAsked(String by, String reason, Instant from, Instant to, @Nullable RoomId room, int webhooks,
            int recordings) implements OperatorAction {}

    /** A consumer group was set back. */
    @JsonTypeName("kulti.ops.offsets-rewound.v1")
    record OffsetsRewound(String by, String reason, String group, String topic, List<Move> moves)
            implements
                OperatorAction {
        public OffsetsRewound {
            moves = List.copyOf(moves);
        }
    }

    /**
     * A dead letter lies on its topic again.
     *
     * @param topic   the dead-letter topic
     * @param attempt counts retries of that record from 1
     */
    @JsonTypeName("kulti.ops.dead-letter-retried.v1")
    record DeadLetterRetried(String by, String reason, String topic, int partition, long offset, int attempt)
            implements
                OperatorAction {}

    /** A dead letter is not to be tried again. */
    @JsonTypeName("kulti.ops.dead-letter-parked.v1")
    record DeadLetterParked(String by, String reason, String topic, int partition, long offset)
            implements
                OperatorAction {}

    /** A finding about one recording was published at once, instead of when its time came. */
    @JsonTypeName("kulti.ops.reconciled.v1")
    record Reconciled(String by, String reason, RecordingId recordingId, EventId finding) implements OperatorAction {}

    /** Where replayed webhooks come from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    sealed interface ReplaySource {
        /** The topic itself, as far as it reached when the replay was promised. */
        @JsonTypeName("topic")
        record OfTopic(Selection selection, List<Span> spans) implements ReplaySource {
            public OfTopic {
                spans = List.copyOf(spans);
            }
        }

        /**
         * A file of raw webhooks, one a line.
         *
         * @param sha256 of all of it, in hex
         */
        @JsonTypeName("file")
        record OfFile(String name, String sha256) implements ReplaySource {}
    }

    /**
     * Which webhooks are meant: those for which everything that is given holds.
     *
     * @param from  the first moment, by the webhook's own {@code ce_time}
     * @param to    the moment after the last
     * @param types 100ms's event types, each possibly ending in {@code *}; empty for all
     */
    record Selection(Instant from, Instant to, List<String> types, @Nullable RoomId room, @Nullable SessionId session,
            @Nullable RecordingId recording) {
        public Selection {
            types = List.copyOf(types);
        }
    }

    /** Offsets {@code from} to before {@code to} of a partition. */
    record Span(int partition, long from, long to) {}

    /** The next offset of a partition, or the next line of a file, which has partition 0. */
    record Position(int partition, long offset) {}

    /** A partition's offset before and after. */
    record Move(int partition, long from, long to) {}
}
