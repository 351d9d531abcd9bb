-- A stand-in for what Supabase and the Kulti app bring along, for the local run and for tests only: the API roles,
-- auth.uid() and the two tables of the app that recordings refer to. Never apply it to a real project.

DO $$
BEGIN
  IF to_regrole('anon') IS NULL THEN
    CREATE ROLE anon NOLOGIN;
  END IF;
  IF to_regrole('authenticated') IS NULL THEN
    CREATE ROLE authenticated NOLOGIN;
  END IF;
  IF to_regrole('service_role') IS NULL THEN
    CREATE ROLE service_role NOLOGIN BYPASSRLS;
  END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;

CREATE SCHEMA IF NOT EXISTS auth;
GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role;

-- Word for word what Supabase's schema dumps show.
CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
  )::uuid
$$;

CREATE TABLE IF NOT EXISTS public.sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title text NOT NULL,
  host_id uuid NOT NULL,
  hms_room_id text,
  status text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'live', 'ended')),
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS idx_sessions_host_id ON public.sessions (host_id);
CREATE INDEX IF NOT EXISTS idx_sessions_hms_room_id ON public.sessions (hms_room_id);

-- Who left has no row any more: a former participant is a stranger.
CREATE TABLE IF NOT EXISTS public.session_participants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id uuid NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  user_id uuid NOT NULL,
  role text NOT NULL DEFAULT 'viewer' CHECK (role IN ('host', 'presenter', 'viewer')),
  joined_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (session_id, user_id)
);
CREATE INDEX IF NOT EXISTS idx_session_participants_user_id ON public.session_participants (user_id);

-- Supabase grants everything on public tables to its API roles; row level security is what holds.
GRANT ALL ON public.sessions, public.session_participants TO anon, authenticated, service_role;
ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.session_participants ENABLE ROW LEVEL SECURITY;

-- As in the app, a function asks for the caller's part in a session, since policies of two tables that look at each
-- other recurse without end.
CREATE OR REPLACE FUNCTION public.is_session_host(session uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.sessions s WHERE s.id = session AND s.host_id = (SELECT auth.uid()))
$$;
CREATE OR REPLACE FUNCTION public.is_session_participant(session uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM public.session_participants p
                 WHERE p.session_id = session AND p.user_id = (SELECT auth.uid()))
$$;

DROP POLICY IF EXISTS "Signed-in users see sessions" ON public.sessions;
CREATE POLICY "Signed-in users see sessions" ON public.sessions
  FOR SELECT TO authenticated USING (true);
DROP POLICY IF EXISTS "Hosts manage their sessions" ON public.sessions;
CREATE POLICY "Hosts manage their sessions" ON public.sessions
  FOR ALL TO authenticated USING (host_id = (SELECT auth.uid())) WITH CHECK (host_id = (SELECT auth.uid()));

DROP POLICY IF EXISTS "Those in a session see each other" ON public.session_participants;
CREATE POLICY "Those in a session see each other" ON public.session_participants
  FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid())
         OR public.is_session_participant(session_id) OR public.is_session_host(session_id));
DROP POLICY IF EXISTS "Users join by themselves" ON public.session_participants;
CREATE POLICY "Users join by themselves" ON public.session_participants
  FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()) AND role = 'viewer');
DROP POLICY IF EXISTS "Users leave, hosts remove" ON public.session_participants;
CREATE POLICY "Users leave, hosts remove" ON public.session_participants
  FOR DELETE TO authenticated USING (user_id = (SELECT auth.uid()) OR public.is_session_host(session_id));
