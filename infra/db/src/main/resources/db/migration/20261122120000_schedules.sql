-- What the processor's schedules need beside what was there.
SET ROLE kulti_owner;

-- When retention deletes it, as its host was told; until somebody was told, nothing is deleted.
ALTER TABLE kulti_recording.recording_progress ADD COLUMN expires_at timestamptz;
CREATE INDEX recording_progress_expiry ON kulti_recording.recording_progress (expires_at) WHERE expires_at IS NOT NULL;
GRANT SELECT (expires_at) ON kulti_recording.recording_progress TO authenticated, kulti_ops;

-- A start that was given up can still turn out to have begun.
CREATE INDEX recording_starts_open ON kulti_recording.recording_starts (room_id)
  WHERE settled_at IS NULL OR outcome = 'failed';
DROP INDEX kulti_recording.recording_starts_room;

-- Events that found no recording, and by what 100ms can be asked about them. A row goes when its event has found one, or
-- when 100ms has nothing more to say.
CREATE TABLE kulti_recording.unmatched_events (
  event_id uuid PRIMARY KEY,
  adopted_id uuid NOT NULL, -- what it would be adopted under
  names jsonb NOT NULL, -- [{kind, id}], what it calls its recording; once one of them is known it has found it
  room_id text,
  since timestamptz NOT NULL, -- between these two something was recorded
  until timestamptz NOT NULL,
  noticed_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL
);
CREATE INDEX unmatched_events_due ON kulti_recording.unmatched_events (due_at);

-- Which schedule ran last, so that of all copies one runs it.
CREATE TABLE kulti_recording.schedule_turns (
  schedule text PRIMARY KEY,
  taken_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON kulti_recording.unmatched_events TO kulti_processor;
GRANT SELECT, INSERT, UPDATE ON kulti_recording.schedule_turns TO kulti_processor;
GRANT SELECT ON kulti_recording.unmatched_events, kulti_recording.schedule_turns TO kulti_ops;

ALTER TABLE kulti_recording.unmatched_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE kulti_recording.schedule_turns ENABLE ROW LEVEL SECURITY;
CREATE POLICY "The processor writes" ON kulti_recording.unmatched_events
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "The processor writes" ON kulti_recording.schedule_turns
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "Ops read" ON kulti_recording.unmatched_events FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Ops read" ON kulti_recording.schedule_turns FOR SELECT TO kulti_ops USING (true);

RESET ROLE;
