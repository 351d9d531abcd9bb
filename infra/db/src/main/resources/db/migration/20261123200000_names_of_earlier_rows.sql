-- What 100ms says of a recording that the app had begun names it by the id that the app has stored: without it known here,
-- such a webhook would make a second row. Nothing kept the app from storing an id twice; then the newest row has it.
SET ROLE kulti_owner;

INSERT INTO kulti_recording.recording_aliases (kind, outside_id, recording_id)
SELECT DISTINCT ON (r.hms_recording_id) 'job_id', r.hms_recording_id, r.id
FROM public.recordings r
WHERE r.hms_recording_id <> ''
  AND NOT EXISTS (SELECT FROM kulti_recording.recording_progress p WHERE p.recording_id = r.id)
ORDER BY r.hms_recording_id, r.created_at DESC, r.id
ON CONFLICT DO NOTHING;

RESET ROLE;
