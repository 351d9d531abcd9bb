-- The history by month, second half: one transaction of a second, for which the processor waits. What was there becomes the
-- first part, as it is; each month from the one after next gets its own.
--   psql "$DATABASE" -v ON_ERROR_STOP=1 --single-transaction -f history_by_month_switch.sql
SET LOCAL ROLE kulti_owner;
SET LOCAL lock_timeout = '5s';

ALTER TABLE kulti_recording.recording_history RENAME TO recording_history_before;
ALTER INDEX kulti_recording.recording_history_recording RENAME TO recording_history_before_recording;
ALTER INDEX kulti_recording.recording_history_unmatched RENAME TO recording_history_before_unmatched;
ALTER TABLE kulti_recording.recording_history_before DROP CONSTRAINT recording_history_pkey;
ALTER TABLE kulti_recording.recording_history_before
  ADD CONSTRAINT recording_history_before_pkey PRIMARY KEY USING INDEX recording_history_before_pkey;
-- Before PostgreSQL 17 a table of parts cannot number its rows by itself.
ALTER TABLE kulti_recording.recording_history_before ALTER id DROP IDENTITY;
CREATE SEQUENCE kulti_recording.recording_history_ids;
SELECT setval('kulti_recording.recording_history_ids', coalesce(max(id), 0) + 1, false)
  FROM kulti_recording.recording_history_before;

CREATE TABLE kulti_recording.recording_history (
  LIKE kulti_recording.recording_history_before INCLUDING CONSTRAINTS, PRIMARY KEY (id, decided_at)
) PARTITION BY RANGE (decided_at);
ALTER TABLE kulti_recording.recording_history DROP CONSTRAINT before_the_months;
ALTER TABLE kulti_recording.recording_history
  ALTER id SET DEFAULT nextval('kulti_recording.recording_history_ids');
ALTER SEQUENCE kulti_recording.recording_history_ids OWNED BY kulti_recording.recording_history.id;
CREATE INDEX recording_history_event ON kulti_recording.recording_history (event_id);
CREATE INDEX recording_history_recording ON kulti_recording.recording_history (recording_id);
CREATE INDEX recording_history_unmatched ON kulti_recording.recording_history (decided_at)
  WHERE decision = 'unmatched';

-- Who may do what: as in the migrations.
GRANT USAGE ON SEQUENCE kulti_recording.recording_history_ids TO kulti_processor;
GRANT SELECT, INSERT, UPDATE, DELETE ON kulti_recording.recording_history TO kulti_processor;
GRANT SELECT ON kulti_recording.recording_history TO kulti_ops;
GRANT SELECT (id, recording_id, event_id, type, source_topic, source_partition, source_offset, occurred_at,
              decided_at, decision, reason)
  ON kulti_recording.recording_history TO authenticated;
ALTER TABLE kulti_recording.recording_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY "The processor writes" ON kulti_recording.recording_history
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "Ops read" ON kulti_recording.recording_history FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Who sees the recording" ON kulti_recording.recording_history
  FOR SELECT TO authenticated
  USING (EXISTS (SELECT FROM public.recordings r WHERE r.id = recording_id));
-- Nobody goes past the whole to a part.
REVOKE ALL ON kulti_recording.recording_history_before FROM kulti_processor, kulti_ops, authenticated;

DO $$
BEGIN
  EXECUTE format('ALTER TABLE kulti_recording.recording_history
    ATTACH PARTITION kulti_recording.recording_history_before FOR VALUES FROM (MINVALUE) TO (%L)',
    (SELECT substring(pg_get_constraintdef(oid) FROM '''([^'']+)''') FROM pg_constraint
     WHERE conrelid = 'kulti_recording.recording_history_before'::regclass AND conname = 'before_the_months'));
END
$$;
ALTER TABLE kulti_recording.recording_history_before DROP CONSTRAINT before_the_months;

-- For what comes when nobody has made its month: rather there than nowhere.
CREATE TABLE kulti_recording.recording_history_later PARTITION OF kulti_recording.recording_history DEFAULT;
ALTER TABLE kulti_recording.recording_history_later ENABLE ROW LEVEL SECURITY;

-- Makes the months that are missing, from the one after next on. Run it once a month (pg_cron, a CronJob).
CREATE FUNCTION kulti_recording.make_history_months(ahead integer) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  month timestamptz;
  part text;
BEGIN
  FOR month IN SELECT pg_catalog.generate_series(pg_catalog.date_trunc('month', pg_catalog.now()) + interval '2 months',
      pg_catalog.date_trunc('month', pg_catalog.now()) + pg_catalog.make_interval(months => ahead + 1),
      interval '1 month') LOOP
    part := 'recording_history_' || pg_catalog.to_char(month, 'YYYY_MM');
    CONTINUE WHEN pg_catalog.to_regclass('kulti_recording.' || part) IS NOT NULL;
    EXECUTE pg_catalog.format('CREATE TABLE kulti_recording.%I PARTITION OF kulti_recording.recording_history
      FOR VALUES FROM (%L) TO (%L)', part, month, month + interval '1 month');
    EXECUTE pg_catalog.format('CREATE UNIQUE INDEX %I ON kulti_recording.%I (event_id, recording_id) NULLS NOT DISTINCT',
      part || '_once', part);
    EXECUTE pg_catalog.format('ALTER TABLE kulti_recording.%I ENABLE ROW LEVEL SECURITY', part);
  END LOOP;
END
$$;
SELECT kulti_recording.make_history_months(12);

-- Empties a part but for what is still to be kept, which is the history of recordings that are there or were until 90 days
-- ago; returns how many rows stay. Frees the disk at once, where a DELETE would leave it to vacuum.
CREATE FUNCTION kulti_recording.forget_history(part regclass) RETURNS bigint
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  staying bigint;
BEGIN
  EXECUTE pg_catalog.format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', part);
  EXECUTE pg_catalog.format('CREATE TEMPORARY TABLE staying_history ON COMMIT DROP AS SELECT h.* FROM %s h
    WHERE h.decided_at > pg_catalog.now() - interval ''90 days''
      OR EXISTS (SELECT FROM public.recordings r WHERE r.id = h.recording_id)
      OR EXISTS (SELECT FROM kulti_recording.deleted_recordings d WHERE d.recording_id = h.recording_id
                 AND d.deleted_at > pg_catalog.now() - interval ''90 days'')', part);
  EXECUTE pg_catalog.format('TRUNCATE %s', part);
  EXECUTE pg_catalog.format('INSERT INTO %s SELECT * FROM pg_temp.staying_history', part);
  GET DIAGNOSTICS staying = ROW_COUNT;
  DROP TABLE pg_temp.staying_history;
  RETURN staying;
END
$$;
REVOKE ALL ON FUNCTION kulti_recording.make_history_months(integer), kulti_recording.forget_history(regclass)
  FROM PUBLIC;

RESET ROLE;
