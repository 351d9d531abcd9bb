-- A recording is looked for by its room only while 100ms's session is not known. Such rows are few, and every step of every
-- other recording wrote this index.
SET ROLE kulti_owner;

CREATE INDEX recording_progress_room_alone ON kulti_recording.recording_progress (room_id)
  WHERE hms_session_id IS NULL;
DROP INDEX kulti_recording.recording_progress_room;
ALTER INDEX kulti_recording.recording_progress_room_alone RENAME TO recording_progress_room;

RESET ROLE;
