-- So that what happens to a recording hours later can be seen in one trace with the click that began it.
SET ROLE kulti_owner;

ALTER TABLE kulti_recording.recording_starts ADD COLUMN trace text; -- W3C traceparent; null where nobody traces

RESET ROLE;
