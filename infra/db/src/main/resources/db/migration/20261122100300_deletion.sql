-- A tombstone for every recording that goes, whoever deletes it: the API, PostgREST, a cascade from its session, an
-- administrator. It is all that is left to stop a beam, to remove the object and to recognise late events.
SET ROLE kulti_owner;

CREATE TABLE kulti_recording.deleted_recordings (
  recording_id uuid PRIMARY KEY,
  session_id uuid NOT NULL,
  room_id text,
  hms_session_id text,
  outside_ids jsonb NOT NULL, -- kind → [ids], as learnt until then; what is learnt later is in recording_aliases
  was_active boolean NOT NULL, -- it recorded, or its start was unsettled: its beam has to be stopped
  begun_at timestamptz NOT NULL,
  ended_at timestamptz,
  revision bigint NOT NULL, -- the last one used; the tombstone's own events go on from here
  actor text NOT NULL,
  deleted_at timestamptz NOT NULL,
  stopped_at timestamptz, -- when 100ms agreed that no beam of it runs any more
  removed_at timestamptz, -- when the mirror reported that object, plan and uploads are gone
  removal_attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz
);
CREATE INDEX deleted_recordings_due ON kulti_recording.deleted_recordings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deleted_recordings_room ON kulti_recording.deleted_recordings (room_id, begun_at);
CREATE INDEX deleted_recordings_hms_session ON kulti_recording.deleted_recordings (hms_session_id, begun_at);
CREATE INDEX deleted_recordings_session ON kulti_recording.deleted_recordings (session_id, deleted_at);

CREATE FUNCTION kulti_recording.bury() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  progress kulti_recording.recording_progress;
  start kulti_recording.recording_starts;
BEGIN
  -- Locked, so that an event which is being applied right now is counted in the revision.
  SELECT * INTO progress FROM kulti_recording.recording_progress p WHERE p.recording_id = OLD.id FOR UPDATE;
  SELECT * INTO start FROM kulti_recording.recording_starts s WHERE s.recording_id = OLD.id;

  INSERT INTO kulti_recording.deleted_recordings AS earlier (recording_id, session_id, room_id, hms_session_id,
    outside_ids, was_active, begun_at, ended_at, revision, actor, deleted_at, due_at)
  VALUES (
    OLD.id, OLD.session_id, coalesce(progress.room_id, start.room_id), progress.hms_session_id,
    jsonb_build_object('hms_recording_id', jsonb_build_array(OLD.hms_recording_id)) || coalesce(
      (SELECT jsonb_object_agg(known.kind, known.ids)
       FROM (SELECT a.kind, jsonb_agg(a.outside_id ORDER BY a.outside_id) AS ids
             FROM kulti_recording.recording_aliases a WHERE a.recording_id = OLD.id GROUP BY a.kind) known), '{}'),
    OLD.status = 'recording' OR (start.recording_id IS NOT NULL AND start.settled_at IS NULL),
    coalesce(progress.begun_at, OLD.created_at), progress.ended_at,
    coalesce(progress.revision, 0),
    -- A signed-in user, whoever carries out the statement; else whom the processor acts for; else the role that was set
    -- (inside this function current_user is its owner), else the login.
    coalesce(kulti_recording.caller()::text, nullif(current_setting('kulti.actor', true), ''),
             nullif(current_setting('role', true), 'none'), session_user),
    now(), now())
  ON CONFLICT (recording_id) DO UPDATE SET
    outside_ids = excluded.outside_ids, was_active = excluded.was_active, begun_at = excluded.begun_at,
    ended_at = excluded.ended_at, revision = greatest(earlier.revision, excluded.revision), actor = excluded.actor,
    deleted_at = excluded.deleted_at, stopped_at = NULL, removed_at = NULL, removal_attempts = 0,
    due_at = excluded.due_at;
  RETURN OLD;
END
$$;
-- BEFORE, since by AFTER the cascade may have taken the progress row already.
DROP TRIGGER IF EXISTS bury ON public.recordings;
CREATE TRIGGER bury BEFORE DELETE ON public.recordings
  FOR EACH ROW EXECUTE FUNCTION kulti_recording.bury();

CREATE FUNCTION kulti_recording.refuse_truncate() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION 'recordings cannot be truncated: their files would stay behind'
    USING HINT = 'Use DELETE, which leaves a tombstone by which the stored file is removed.';
END
$$;
DROP TRIGGER IF EXISTS refuse_truncate ON public.recordings;
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.recordings
  FOR EACH STATEMENT EXECUTE FUNCTION kulti_recording.refuse_truncate();

-- Never inserted nor deleted by anyone but the trigger.
GRANT SELECT, UPDATE (revision, stopped_at, removed_at, removal_attempts, due_at, ended_at)
  ON kulti_recording.deleted_recordings TO kulti_processor;
GRANT SELECT ON kulti_recording.deleted_recordings TO kulti_ops;
GRANT SELECT (recording_id, session_id, revision, deleted_at, removed_at)
  ON kulti_recording.deleted_recordings TO authenticated;

ALTER TABLE kulti_recording.deleted_recordings ENABLE ROW LEVEL SECURITY;
CREATE POLICY "The processor reads" ON kulti_recording.deleted_recordings
  FOR SELECT TO kulti_processor USING (true);
CREATE POLICY "The processor notes what was done" ON kulti_recording.deleted_recordings
  FOR UPDATE TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "Ops read" ON kulti_recording.deleted_recordings
  FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Who saw the recording" ON kulti_recording.deleted_recordings
  FOR SELECT TO authenticated
  USING (session_id = ANY (ARRAY(SELECT kulti_recording.visible_sessions())));

RESET ROLE;
