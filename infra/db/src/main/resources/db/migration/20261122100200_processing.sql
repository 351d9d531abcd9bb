-- What the processor remembers beside the recording itself.
SET ROLE kulti_owner;

-- One per recording; its row lock is what makes applying an event safe.
CREATE TABLE kulti_recording.recording_progress (
  recording_id uuid PRIMARY KEY REFERENCES public.recordings (id) ON DELETE CASCADE,
  session_id uuid NOT NULL, -- the recording's; here so that the policy for users needs no join
  revision bigint NOT NULL,
  room_id text,
  hms_session_id text,
  begun_at timestamptz,
  ended_at timestamptz,
  facts jsonb NOT NULL, -- the join's own record; keys are only ever added
  source_url text, -- the newest signed URL; nowhere else, so that only the gateway's callers and the processor see it
  source_url_expires_at timestamptz,
  mirror_state text NOT NULL DEFAULT 'none'
    CHECK (mirror_state IN ('none', 'wanted', 'copying', 'verified', 'refused')),
  mirror_bytes bigint, -- copied so far
  mirror_attempts integer NOT NULL DEFAULT 0,
  mirror_reported_at timestamptz,
  due_at timestamptz, -- when the schedule looks at it next
  stop_wanted_at timestamptz,
  stop_reason text,
  kept boolean NOT NULL DEFAULT false,
  applied_at timestamptz
);
CREATE INDEX recording_progress_due ON kulti_recording.recording_progress (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX recording_progress_room ON kulti_recording.recording_progress (room_id, begun_at);
CREATE INDEX recording_progress_hms_session ON kulti_recording.recording_progress (hms_session_id, begun_at);

-- Written before 100ms is asked, so that a start survives the copy of the processor that made it.
CREATE TABLE kulti_recording.recording_starts (
  recording_id uuid PRIMARY KEY,
  command_id uuid NOT NULL UNIQUE,
  session_id uuid NOT NULL,
  room_id text NOT NULL,
  started_by uuid NOT NULL,
  issued_at timestamptz NOT NULL,
  deadline timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  called_at timestamptz, -- the last call to 100ms
  stop_wanted_at timestamptz,
  stop_command_id uuid,
  due_at timestamptz,
  settled_at timestamptz,
  outcome text
);
CREATE UNIQUE INDEX one_unsettled_start_per_session
  ON kulti_recording.recording_starts (session_id) WHERE settled_at IS NULL;
CREATE INDEX recording_starts_room ON kulti_recording.recording_starts (room_id) WHERE settled_at IS NULL;
CREATE INDEX recording_starts_due ON kulti_recording.recording_starts (due_at) WHERE due_at IS NOT NULL;

-- Without a foreign key: a start in flight and a deleted recording have outside ids too.
CREATE TABLE kulti_recording.recording_aliases (
  kind text NOT NULL,
  outside_id text NOT NULL,
  recording_id uuid NOT NULL,
  PRIMARY KEY (kind, outside_id)
);
CREATE INDEX recording_aliases_recording ON kulti_recording.recording_aliases (recording_id);

-- Every event that was applied, refused or found no recording. Kept as long as the recording, then 90 days: no foreign
-- key.
CREATE TABLE kulti_recording.recording_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recording_id uuid,
  event_id uuid NOT NULL,
  type text NOT NULL,
  source_topic text NOT NULL,
  source_partition integer NOT NULL,
  source_offset bigint NOT NULL,
  occurred_at timestamptz, -- by 100ms's own time; some of its events have none
  decided_at timestamptz NOT NULL,
  decision text NOT NULL CHECK (decision IN ('applied', 'refused', 'unmatched')),
  reason text,
  outcome jsonb, -- a command's final answer, announced again when the command comes again
  replayed_by text,
  replay_reason text,
  UNIQUE NULLS NOT DISTINCT (event_id, recording_id)
);
CREATE INDEX recording_history_recording ON kulti_recording.recording_history (recording_id);
CREATE INDEX recording_history_unmatched ON kulti_recording.recording_history (decided_at)
  WHERE decision = 'unmatched';
-- Rows come in order of time, so a block range index finds what is older than 90 days at a thousandth of the size.
CREATE INDEX recording_history_decided ON kulti_recording.recording_history
  USING brin (decided_at) WITH (autosummarize = on);

GRANT SELECT, INSERT, UPDATE, DELETE ON kulti_recording.recording_progress, kulti_recording.recording_starts,
  kulti_recording.recording_aliases, kulti_recording.recording_history TO kulti_processor;
GRANT SELECT (recording_id, session_id, revision, room_id, hms_session_id, begun_at, ended_at, facts,
              source_url_expires_at, mirror_state, mirror_bytes, mirror_attempts, mirror_reported_at, due_at,
              stop_wanted_at, stop_reason, kept, applied_at)
  ON kulti_recording.recording_progress TO kulti_ops;
GRANT SELECT ON kulti_recording.recording_starts, kulti_recording.recording_aliases,
  kulti_recording.recording_history TO kulti_ops;
-- What an answer of the gateway shows beside the recording's own columns.
GRANT SELECT (recording_id, session_id, revision, begun_at, ended_at, source_url, source_url_expires_at,
              mirror_state, mirror_bytes, mirror_reported_at, stop_wanted_at, stop_reason, kept)
  ON kulti_recording.recording_progress TO authenticated;
GRANT SELECT (id, recording_id, event_id, type, source_topic, source_partition, source_offset, occurred_at,
              decided_at, decision, reason)
  ON kulti_recording.recording_history TO authenticated;

ALTER TABLE kulti_recording.recording_progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE kulti_recording.recording_starts ENABLE ROW LEVEL SECURITY;
ALTER TABLE kulti_recording.recording_aliases ENABLE ROW LEVEL SECURITY;
ALTER TABLE kulti_recording.recording_history ENABLE ROW LEVEL SECURITY;

CREATE POLICY "The processor writes" ON kulti_recording.recording_progress
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "The processor writes" ON kulti_recording.recording_starts
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "The processor writes" ON kulti_recording.recording_aliases
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "The processor writes" ON kulti_recording.recording_history
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);

CREATE POLICY "Ops read" ON kulti_recording.recording_progress FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Ops read" ON kulti_recording.recording_starts FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Ops read" ON kulti_recording.recording_aliases FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Ops read" ON kulti_recording.recording_history FOR SELECT TO kulti_ops USING (true);

CREATE POLICY "Who sees the recording" ON kulti_recording.recording_progress
  FOR SELECT TO authenticated
  USING (session_id = ANY (ARRAY(SELECT kulti_recording.visible_sessions())));
-- Asked for one recording at a time, so a look by primary key for each of its few rows is the cheap form here.
CREATE POLICY "Who sees the recording" ON kulti_recording.recording_history
  FOR SELECT TO authenticated
  USING (EXISTS (SELECT FROM public.recordings r WHERE r.id = recording_id));

RESET ROLE;
