-- A reader of live events who comes back is told what has changed since: for what changes beside the recording's own row,
-- this is when.
SET ROLE kulti_owner;

GRANT SELECT (applied_at) ON kulti_recording.recording_progress TO authenticated;

RESET ROLE;
