-- The history by month, first half: beside everything that runs. Not a migration: see infra/docs/capacity.md for when it is
-- worth it. With psql, outside a transaction, as an administrator:
--   psql "$DATABASE" -v ON_ERROR_STOP=1 -f history_by_month_prepare.sql
-- Then the second half, within a month: from the one after next on this table takes no rows any more.
SET ROLE kulti_owner;

CREATE UNIQUE INDEX CONCURRENTLY recording_history_before_pkey
  ON kulti_recording.recording_history (id, decided_at);
CREATE INDEX CONCURRENTLY recording_history_before_event ON kulti_recording.recording_history (event_id);

-- So that the second half need not read the table to know that all of it is older than the first month.
DO $$
BEGIN
  EXECUTE format('ALTER TABLE kulti_recording.recording_history
    ADD CONSTRAINT before_the_months CHECK (decided_at < %L) NOT VALID',
    date_trunc('month', now()) + interval '2 months');
END
$$;
ALTER TABLE kulti_recording.recording_history VALIDATE CONSTRAINT before_the_months;

RESET ROLE;
