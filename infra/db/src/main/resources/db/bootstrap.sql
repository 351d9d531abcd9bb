-- Logins and the few rights that only the database's administrator can give. Run it once, before the migrations, as
-- that administrator: on Supabase as `postgres` (SQL editor or psql), elsewhere as the superuser. Running it again
-- changes nothing. It sets no password; afterwards, in psql: \password kulti_owner (and the other three, unless the
-- migration job is given theirs).
--
-- Why kulti_owner has BYPASSRLS: who may see a recording is decided by public.sessions and
-- public.session_participants, whose policies belong to the Kulti app. Our helper functions run as kulti_owner and must
-- read both tables whole; a policy of our own on them would still be evaluated together with the app's (whatever is
-- granted there TO public), and policies that look at each other end in "infinite recursion" (42P17). BYPASSRLS opens
-- no table by itself: kulti_owner can read the columns granted below, and nothing else of the app.

DO $$
DECLARE
  login text;
  manages_logins CONSTANT boolean := current_setting('server_version_num')::int >= 160000;
BEGIN
  IF to_regrole('authenticated') IS NULL OR to_regrole('anon') IS NULL OR to_regrole('service_role') IS NULL THEN
    RAISE EXCEPTION 'the roles authenticated, anon and service_role are missing'
      USING HINT = 'Supabase has them. For a local database apply db/local/app.sql first.';
  END IF;
  IF to_regclass('public.sessions') IS NULL OR to_regclass('public.session_participants') IS NULL THEN
    RAISE EXCEPTION 'public.sessions or public.session_participants is missing'
      USING HINT = 'They belong to the Kulti app: apply its migrations first (for a local database db/local/app.sql).';
  END IF;

  IF to_regrole('kulti_owner') IS NULL THEN
    -- Before PostgreSQL 16 CREATEROLE reaches every role that is no superuser, so there the administrator sets the
    -- passwords himself; from 16 on it reaches the three logins below and no other.
    EXECUTE 'CREATE ROLE kulti_owner LOGIN BYPASSRLS' || CASE WHEN manages_logins THEN ' CREATEROLE' ELSE '' END;
  END IF;
  IF to_regrole('kulti_gateway') IS NULL THEN
    -- NOINHERIT before it is granted `authenticated`: without SET ROLE it has that role's rights not at all.
    CREATE ROLE kulti_gateway LOGIN NOINHERIT;
  END IF;
  FOREACH login IN ARRAY ARRAY['kulti_processor', 'kulti_ops'] LOOP
    IF to_regrole(login) IS NULL THEN
      EXECUTE format('CREATE ROLE %I LOGIN', login);
    END IF;
  END LOOP;
  IF manages_logins THEN
    EXECUTE 'GRANT kulti_gateway, kulti_processor, kulti_ops TO kulti_owner'
      || ' WITH ADMIN OPTION, INHERIT FALSE, SET FALSE';
  END IF;

  FOREACH login IN ARRAY ARRAY['kulti_owner', 'kulti_gateway', 'kulti_processor', 'kulti_ops'] LOOP
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), login);
  END LOOP;
END
$$;

GRANT authenticated TO kulti_gateway;

-- So that the administrator can hand tables over to kulti_owner, and apply the migrations himself.
GRANT kulti_owner TO CURRENT_USER;

-- No statement and no forgotten transaction lives for ever.
ALTER ROLE kulti_gateway SET statement_timeout = '10s';
ALTER ROLE kulti_gateway SET idle_in_transaction_session_timeout = '15s';
ALTER ROLE kulti_processor SET statement_timeout = '60s';
ALTER ROLE kulti_processor SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE kulti_ops SET statement_timeout = '60s';
ALTER ROLE kulti_ops SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE kulti_ops SET default_transaction_read_only = on;

CREATE SCHEMA IF NOT EXISTS kulti_recording AUTHORIZATION kulti_owner;

GRANT USAGE, CREATE ON SCHEMA public TO kulti_owner;
GRANT SELECT (id, title, host_id, hms_room_id, status, started_at, ended_at, created_at), REFERENCES (id)
  ON public.sessions TO kulti_owner;
GRANT SELECT (session_id, user_id) ON public.session_participants TO kulti_owner;

-- A table that the app once made becomes ours; its rows and its place in publications stay.
ALTER TABLE IF EXISTS public.recordings OWNER TO kulti_owner;

-- Our look-ups go through these columns on every request. The tables are the app's, so this only says what is missing.
DO $$
DECLARE
  looked_up record;
BEGIN
  FOR looked_up IN
    SELECT wanted.relation, wanted.attribute
    FROM (VALUES ('sessions', 'host_id'), ('sessions', 'hms_room_id'),
                 ('session_participants', 'session_id'), ('session_participants', 'user_id'))
           AS wanted (relation, attribute)
    JOIN pg_attribute a ON a.attrelid = ('public.' || wanted.relation)::regclass AND a.attname = wanted.attribute
    WHERE NOT EXISTS (SELECT FROM pg_index i
                      WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum AND i.indpred IS NULL)
  LOOP
    RAISE WARNING 'public.% has no index that begins with %: CREATE INDEX ON public.% (%);',
      looked_up.relation, looked_up.attribute, looked_up.relation, looked_up.attribute;
  END LOOP;
END
$$;
