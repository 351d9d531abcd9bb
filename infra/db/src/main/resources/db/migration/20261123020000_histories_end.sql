-- What happened to a recording is known for 90 days after its deletion. The tombstone stays: late events are recognised by it.
SET ROLE kulti_owner;

ALTER TABLE kulti_recording.deleted_recordings ADD COLUMN history_ended_at timestamptz;
-- Compared, since the same recording may be made and deleted once more.
CREATE INDEX deleted_recordings_history ON kulti_recording.deleted_recordings (deleted_at)
  WHERE history_ended_at IS NULL OR history_ended_at < deleted_at;
GRANT UPDATE (history_ended_at) ON kulti_recording.deleted_recordings TO kulti_processor;

RESET ROLE;
