-- Who asks, and which sessions are theirs. The functions that read the app's tables run as kulti_owner (see
-- bootstrap.sql for why) and are executable only by those who are named.
SET ROLE kulti_owner;

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

REVOKE ALL ON SCHEMA kulti_recording FROM PUBLIC;
GRANT USAGE ON SCHEMA kulti_recording TO authenticated, kulti_gateway, kulti_processor, kulti_ops;

-- The signed-in user of this transaction, null when there is none. The same expression as Supabase's auth.uid(), which
-- kulti_owner cannot call: the right to use schema auth is not the administrator's to pass on there.
CREATE FUNCTION kulti_recording.caller() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = '' AS $$
  SELECT coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;

-- The caller, unless the sign-in is anonymous: such users may watch, but never host or share.
CREATE FUNCTION kulti_recording.registered_caller() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = '' AS $$
  SELECT CASE
    WHEN (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'is_anonymous')::boolean THEN NULL
    ELSE kulti_recording.caller()
  END
$$;

-- Policies use these two as `session_id = ANY (ARRAY(SELECT …))`: uncorrelated, so PostgreSQL evaluates the array once
-- per statement (an InitPlan) and finds the rows by index. The product spec's correlated EXISTS is evaluated once per
-- row of the table instead: a hundred times the cost among a million recordings.
CREATE FUNCTION kulti_recording.hosted_sessions() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' ROWS 100 AS $$
  SELECT s.id FROM public.sessions s WHERE s.host_id = (SELECT kulti_recording.registered_caller())
$$;

CREATE FUNCTION kulti_recording.visible_sessions() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' ROWS 100 AS $$
  SELECT s.id FROM public.sessions s WHERE s.host_id = (SELECT kulti_recording.registered_caller())
  UNION
  SELECT p.session_id FROM public.session_participants p WHERE p.user_id = (SELECT kulti_recording.caller())
$$;

-- The host of a session that the caller is part of, else null.
CREATE FUNCTION kulti_recording.host_of(session uuid) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
  SELECT s.host_id FROM public.sessions s
  WHERE s.id = session AND s.id IN (SELECT kulti_recording.visible_sessions())
$$;

-- Host and participants of a session: whom live events go to. Empty for a session that is gone.
CREATE FUNCTION kulti_recording.audience(session uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
  SELECT s.host_id FROM public.sessions s WHERE s.id = session
  UNION
  SELECT p.user_id FROM public.session_participants p WHERE p.session_id = session
$$;

-- What the processor may know of the app's sessions.
CREATE FUNCTION kulti_recording.sessions_by_id(ids uuid[])
RETURNS TABLE (id uuid, host_id uuid, hms_room_id text, title text, status text,
               started_at timestamptz, ended_at timestamptz, created_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
  SELECT s.id, s.host_id, s.hms_room_id, s.title, s.status, s.started_at, s.ended_at, s.created_at
  FROM public.sessions s WHERE s.id = ANY (ids)
$$;

-- Several sessions may have had one room, one after the other; all of them are returned.
CREATE FUNCTION kulti_recording.sessions_by_room(rooms text[])
RETURNS TABLE (id uuid, host_id uuid, hms_room_id text, title text, status text,
               started_at timestamptz, ended_at timestamptz, created_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
  SELECT s.id, s.host_id, s.hms_room_id, s.title, s.status, s.started_at, s.ended_at, s.created_at
  FROM public.sessions s WHERE s.hms_room_id = ANY (rooms)
$$;

GRANT EXECUTE ON FUNCTION kulti_recording.caller(), kulti_recording.registered_caller(),
  kulti_recording.hosted_sessions(), kulti_recording.visible_sessions(), kulti_recording.host_of(uuid)
  TO authenticated;
GRANT EXECUTE ON FUNCTION kulti_recording.audience(uuid) TO kulti_gateway;
GRANT EXECUTE ON FUNCTION kulti_recording.sessions_by_id(uuid[]), kulti_recording.sessions_by_room(text[])
  TO kulti_processor, kulti_ops;

RESET ROLE;
