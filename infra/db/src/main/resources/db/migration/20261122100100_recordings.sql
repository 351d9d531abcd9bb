-- public.recordings as the product spec has it, made new or taken over from the app with its rows.
SET ROLE kulti_owner;

-- gen_random_uuid() is part of PostgreSQL; the spec's uuid_generate_v4() needs the extension uuid-ossp and the right to
-- use its schema. Both give random (v4) ids, and the gateway brings its own id anyway.
CREATE TABLE IF NOT EXISTS public.recordings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id uuid NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  hms_recording_id text NOT NULL,
  recording_url text,
  duration integer, -- seconds
  status text NOT NULL DEFAULT 'recording'
    CHECK (status IN ('recording', 'processing', 'completed', 'failed')),
  metadata jsonb DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.recordings ALTER COLUMN id SET DEFAULT gen_random_uuid();

CREATE INDEX IF NOT EXISTS idx_recordings_session_id ON public.recordings (session_id);
CREATE INDEX IF NOT EXISTS idx_recordings_status ON public.recordings (status);
CREATE INDEX IF NOT EXISTS idx_recordings_created_at ON public.recordings (created_at DESC);

-- Policies and the updated_at trigger of an earlier life go: permissive policies add up, so one that is left could show
-- more than ours, and cost more.
DO $$
DECLARE
  earlier record;
BEGIN
  FOR earlier IN SELECT polname FROM pg_policy WHERE polrelid = 'public.recordings'::regclass LOOP
    EXECUTE format('DROP POLICY %I ON public.recordings', earlier.polname);
  END LOOP;
  FOR earlier IN
    SELECT t.tgname FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
    WHERE t.tgrelid = 'public.recordings'::regclass AND NOT t.tgisinternal
      AND f.proname IN ('update_updated_at_column', 'touch_updated_at')
  LOOP
    EXECUTE format('DROP TRIGGER %I ON public.recordings', earlier.tgname);
  END LOOP;
END
$$;

-- One active per session. 100ms runs one beam per room, so of several rows that claim to be recording only the newest
-- can be right; the others wait for a look at 100ms like any other in processing.
UPDATE public.recordings r SET status = 'processing', updated_at = now()
WHERE r.status = 'recording'
  AND EXISTS (SELECT FROM public.recordings newer
              WHERE newer.session_id = r.session_id AND newer.status = 'recording'
                AND (newer.created_at, newer.id) > (r.created_at, r.id));
CREATE UNIQUE INDEX IF NOT EXISTS one_active_recording_per_session
  ON public.recordings (session_id) WHERE status = 'recording';

-- An update that changes nothing leaves updated_at alone, so that a replay leaves no trace.
CREATE OR REPLACE FUNCTION kulti_recording.touch_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.recordings
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION kulti_recording.touch_updated_at();

-- Supabase grants all on a new public table to its API roles. Users read and delete, the processor alone writes; the
-- app's server (service_role) may do what users may.
REVOKE ALL ON public.recordings FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT, DELETE ON public.recordings TO authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.recordings TO kulti_processor;
GRANT SELECT ON public.recordings TO kulti_ops;

ALTER TABLE public.recordings ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Hosts and participants read" ON public.recordings
  FOR SELECT TO authenticated
  USING (session_id = ANY (ARRAY(SELECT kulti_recording.visible_sessions())));
CREATE POLICY "Hosts delete" ON public.recordings
  FOR DELETE TO authenticated
  USING (session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())));
CREATE POLICY "The processor writes" ON public.recordings
  FOR ALL TO kulti_processor USING (true) WITH CHECK (true);
CREATE POLICY "Ops read" ON public.recordings
  FOR SELECT TO kulti_ops USING (true);

RESET ROLE;
