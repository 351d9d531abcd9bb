package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.EventJson;
import app.kulti.recording.processor.advance.Changes;
import app.kulti.recording.processor.advance.Changes.Change;
import app.kulti.recording.processor.advance.Changes.Deletion;
import app.kulti.recording.processor.advance.Due;
import app.kulti.recording.processor.advance.Note;
import app.kulti.recording.processor.advance.Start;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.postgres.AtOnce.Part;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Tombstone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes what was decided about a batch: one part for each kind of row that there is any of. A row that is there although it
 * was not when it was looked for was made by another writer meanwhile, and fails the whole, which is then decided again;
 * only an event without a recording may wait already.
 */
final class Writing {
    private static final String PROGRESS_COLUMNS = """
            recording_id, session_id, revision, room_id, hms_session_id, begun_at, ended_at, facts, source_url,
            source_url_expires_at, mirror_state, mirror_bytes, mirror_attempts, mirror_reported_at, due_at, stop_wanted_at,
            stop_reason, kept, expires_at""";
    private static final String PROGRESS_ROWS = """
            unnest(:ids, :sessions, :revisions, :rooms, :hmsSessions, :begun, :ended, :facts, :urls, :expiries,
              :mirrorStates, :mirrorBytes, :mirrorAttempts, :mirrorReported, :due, :stopWanted, :stopReasons, :kept, :expires)
              AS n (%s)""".formatted(PROGRESS_COLUMNS);
    private static final String START_COLUMNS = """
            recording_id, command_id, session_id, room_id, started_by, issued_at, deadline, attempts, called_at,
            stop_wanted_at, stop_command_id, due_at, settled_at, outcome, trace""";
    private static final String START_ROWS = """
            unnest(:ids, :commands, :sessions, :rooms, :users, :issued, :deadlines, :attempts, :called, :stopAt, :stopCommands,
              :due, :settled, :outcomes, :traces) AS n (%s)""".formatted(START_COLUMNS);

    private final DatabaseClient database;
    private final Instant now;

    Writing(DatabaseClient database, Instant now) {
        this.database = database;
        this.now = now;
    }

    /** Deletions by themselves: the trigger makes the tombstones that are written next. */
    Mono<Void> write(Changes changes) {
        var fresh = Stream.concat(changes.created().stream(),
                changes.changed().stream().filter(Writing::hadNoProgress).map(Change::after)).toList();
        var known = changes.changed().stream().filter(change -> !hadNoProgress(change)).map(Change::after).toList();
        var rows = List.of(insertStarts(changes.begun()), updateStarts(changes.starts()),
                updateRecordings(shown(changes.changed())), insertRecordings(changes.created()),
                insertProgress(fresh), updateProgress(known),
                // In one order, so that two writers who learn the same names do not wait for each other.
                insertNames(changes.names().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()),
                // A note that gives way leaves the recording that it named to a new one.
                updateNotes(changes.notes().stream().filter(note -> note.row() != null).toList()),
                insertNotes(changes.notes().stream().filter(note -> note.row() == null).toList()),
                UnmatchedRows.insert(changes.unmatched(), now));
        return AtOnce.write(database, rows).then(delete(changes.deleted()))
                .then(AtOnce.write(database, List.of(updateTombstones(changes.tombstones()))));
    }

    private static boolean hadNoProgress(Change change) {
        return change.before().recording().revision() == 0;
    }

    /** Only where the app would see a difference. */
    private static List<Shown> shown(List<Change> changed) {
        return changed.stream().flatMap(change -> {
            var after = Shown.of(change.after());
            return after.row().equals(RecordingRow.of(change.before().recording())) ? Stream.empty() : Stream.of(after);
        }).toList();
    }

    private record Shown(Recording recording, RecordingRow row) {
        static Shown of(Stored stored) {
            return new Shown(stored.recording(), RecordingRow.of(stored.recording()));
        }
    }

    private static Part insertRecordings(List<Stored> stored) {
        return Part.of("recordings", stored.stream().map(Shown::of).toList(), """
                INSERT INTO public.recordings
                  (id, session_id, hms_recording_id, recording_url, duration, status, metadata, created_at)
                SELECT n.id, n.session_id, n.hms, n.url, n.duration, n.status, jsonb_strip_nulls(n.metadata),
                  coalesce(n.begun, now())
                FROM unnest(:ids, :sessions, :hms, :urls, :durations, :statuses,
                  :metadata, :begun)
                  AS n (id, session_id, hms, url, duration, status, metadata, begun)
                """, columns -> recordingColumns(columns)
                .uuid("sessions", shown -> shown.recording().session().value())
                .time("begun", shown -> shown.recording().startedAt()));
    }

    private static Part updateRecordings(List<Shown> recordings) {
        return Part.of("moved_recordings", recordings, """
                UPDATE public.recordings r
                SET hms_recording_id = n.hms, recording_url = n.url, duration = n.duration, status = n.status,
                  metadata = jsonb_strip_nulls(coalesce(r.metadata, '{}') || n.metadata)
                FROM unnest(:ids, :hms, :urls, :durations, :statuses,
                  :metadata)
                  AS n (id, hms, url, duration, status, metadata)
                WHERE r.id = n.id
                """, Writing::recordingColumns);
    }

    private static Columns<Shown> recordingColumns(Columns<Shown> columns) {
        return columns.uuid("ids", shown -> shown.recording().id().value())
                .text("hms", shown -> shown.row().hmsRecordingId()).text("urls", shown -> shown.row().recordingUrl())
                .integer("durations", shown -> shown.row().duration()).text("statuses", shown -> shown.row().status())
                .json("metadata", shown -> shown.row().metadataJson());
    }

    private Part insertProgress(List<Stored> stored) {
        return Part.of("progress", stored, """
                INSERT INTO kulti_recording.recording_progress (%s, applied_at)
                SELECT %s, :now FROM %s
                """.formatted(PROGRESS_COLUMNS, PROGRESS_COLUMNS, PROGRESS_ROWS), this::progressColumns);
    }

    private Part updateProgress(List<Stored> stored) {
        return Part.of("moved_progress", stored, """
                UPDATE kulti_recording.recording_progress p
                SET (%s, applied_at) = ROW(n.*, :now) FROM %s WHERE p.recording_id = n.recording_id
                """.formatted(PROGRESS_COLUMNS, PROGRESS_ROWS), this::progressColumns);
    }

    private Columns<Stored> progressColumns(Columns<Stored> columns) {
        return columns.uuid("ids", of(recording -> recording.id().value()))
                .uuid("sessions", of(recording -> recording.session().value()))
                .number("revisions", of(Recording::revision))
                .text("rooms", of(recording -> recording.room() == null ? null : recording.room().value()))
                .text("hmsSessions", of(recording -> recording.facts().names().session()))
                .time("begun", of(Recording::startedAt)).time("ended", of(Recording::endedAt))
                .json("facts", of(recording -> FactsJson.write(recording.facts())))
                .text("urls", of(recording -> recording.facts().url() == null
                        ? null
                        : recording.facts().url().uri().toString()))
                .time("expiries", of(recording -> recording.source() == null
                        ? null
                        : recording.source().urlExpiresAt()))
                .text("mirrorStates", of(recording -> recording.mirror().wireName()))
                .number("mirrorBytes", of(Recording::copiedBytes))
                .integer("mirrorAttempts", Stored::mirrorAttempts).time("mirrorReported", Stored::mirrorReportedAt)
                .time("due", Stored::dueAt).time("stopWanted", of(Recording::stopWantedAt))
                .text("stopReasons", of(Recording::stopReason)).bool("kept", one -> one.recording().kept())
                .time("expires", of(Recording::expiresAt)).value("now", now);
    }

    private static <V> Function<Stored, @Nullable V> of(Function<Recording, @Nullable V> column) {
        return stored -> column.apply(stored.recording());
    }

    private static Part insertStarts(List<Start> starts) {
        return Part.of("starts", starts, """
                INSERT INTO kulti_recording.recording_starts (%s) SELECT %s FROM %s
                """.formatted(START_COLUMNS, START_COLUMNS, START_ROWS), Writing::startColumns);
    }

    private static Part updateStarts(List<Start> starts) {
        return Part.of("moved_starts", starts, """
                UPDATE kulti_recording.recording_starts s SET (%s) = ROW(n.*) FROM %s WHERE s.recording_id = n.recording_id
                """.formatted(START_COLUMNS, START_ROWS), Writing::startColumns);
    }

    private static Columns<Start> startColumns(Columns<Start> columns) {
        return columns.uuid("ids", start -> start.recording().value())
                .uuid("commands", start -> start.command().value()).uuid("sessions", start -> start.session().value())
                .text("rooms", start -> start.room().value()).uuid("users", start -> start.startedBy().value())
                .time("issued", Start::issuedAt).time("deadlines", Start::deadline)
                .integer("attempts", Start::attempts).time("called", Start::calledAt)
                .time("stopAt", start -> start.stop() == null ? null : start.stop().at())
                .uuid("stopCommands", start -> start.stop() == null ? null : start.stop().command().value())
                .time("due", Start::dueAt).time("settled", Start::settledAt).text("outcomes", Start::outcome)
                .text("traces", Start::trace);
    }

    private static Part insertNames(List<Map.Entry<OutsideId, RecordingId>> names) {
        return Part.of("names", names, """
                INSERT INTO kulti_recording.recording_aliases (kind, outside_id, recording_id)
                SELECT * FROM unnest(:kinds, :ids, :recordings)
                """, columns -> columns.text("kinds", name -> name.getKey().kind().wireName())
                .text("ids", name -> name.getKey().id()).uuid("recordings", name -> name.getValue().value()));
    }

    private Part insertNotes(List<Note> notes) {
        return Part.of("notes", notes, """
                INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic, source_partition,
                  source_offset, occurred_at, decided_at, decision, reason, outcome, replayed_by, replay_reason)
                SELECT n.recording_id, n.event_id, n.type, n.topic, n.part, n.offs, n.occurred, :now, n.decision, n.reason,
                  n.outcome, n.replayed_by, n.replay_reason
                FROM unnest(:recordings, :events, :types, :topics, :partitions, :offsets, :occurred, :decisions, :reasons,
                  :outcomes, :replayedBy, :replayReasons)
                  AS n (recording_id, event_id, type, topic, part, offs, occurred, decision, reason, outcome, replayed_by,
                    replay_reason)
                """, columns -> noteColumns(columns).uuid("events", note -> note.cause().event().value())
                .text("types", note -> note.cause().type()).time("occurred", note -> note.cause().occurredAt()));
    }

    private Part updateNotes(List<Note> notes) {
        return Part.of("moved_notes", notes, """
                UPDATE kulti_recording.recording_history h
                SET recording_id = n.recording_id, source_topic = n.topic, source_partition = n.part, source_offset = n.offs,
                  decided_at = :now, decision = n.decision, reason = n.reason, outcome = n.outcome,
                  replayed_by = n.replayed_by, replay_reason = n.replay_reason
                FROM unnest(:rows, :recordings, :topics, :partitions, :offsets, :decisions, :reasons,
                  :outcomes, :replayedBy, :replayReasons)
                  AS n (id, recording_id, topic, part, offs, decision, reason, outcome, replayed_by, replay_reason)
                WHERE h.id = n.id
                """, columns -> noteColumns(columns).number("rows", Note::row));
    }

    private Columns<Note> noteColumns(Columns<Note> columns) {
        return columns.value("now", now)
                .uuid("recordings", note -> note.recording() == null ? null : note.recording().value())
                .text("topics", note -> note.cause().origin().topic())
                .integer("partitions", note -> note.cause().origin().partition())
                .number("offsets", note -> note.cause().origin().offset())
                .text("decisions", note -> note.decision().wireName()).text("reasons", Note::reason)
                .json("outcomes", note -> note.outcome() == null
                        ? null
                        : EventJson.mapper().writeValueAsString(note.outcome()))
                .text("replayedBy", note -> note.cause().replay() == null ? null : note.cause().replay().by())
                .text("replayReasons", note -> note.cause().replay() == null ? null : note.cause().replay().reason());
    }

    /** The trigger that makes the tombstones reads who wants it from a setting of the transaction. */
    private Mono<Void> delete(List<Deletion> deletions) {
        return Flux.fromIterable(deletions.stream().collect(Collectors.groupingBy(Deletion::actor)).entrySet())
                .concatMap(each -> database.sql("SELECT set_config('kulti.actor', :actor, true)")
                        .bind("actor", each.getKey()).fetch().all()
                        .thenMany(database.sql("DELETE FROM public.recordings WHERE id = ANY (:ids)")
                                .bind("ids", each.getValue().stream().map(deletion -> deletion.recording().value())
                                        .toArray(UUID[]::new))
                                .fetch().rowsUpdated()))
                .then();
    }

    private Part updateTombstones(List<Tombstone> tombstones) {
        return Part.of("tombstones", tombstones, """
                UPDATE kulti_recording.deleted_recordings d
                SET revision = n.revision, removal_attempts = n.attempts, stopped_at = n.stopped, removed_at = n.removed,
                  due_at = n.due
                FROM unnest(:ids, :revisions, :attempts, :stopped, :removed, :due)
                  AS n (id, revision, attempts, stopped, removed, due)
                WHERE d.recording_id = n.id
                """, columns -> columns.uuid("ids", tombstone -> tombstone.id().value())
                .number("revisions", Tombstone::revision)
                .integer("attempts", Tombstone::announcements).time("stopped", Tombstone::stoppedAt)
                .time("removed", Tombstone::removedAt).time("due", tombstone -> Due.of(tombstone, now)));
    }
}
