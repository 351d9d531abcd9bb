-- Whether somebody hosts the session or takes part in it: live events go to a participant who signed in anonymously, but
-- such a sign-in hosts nothing, as in every other read. A host who takes part as well has two rows. The column of before
-- stays.
SET ROLE kulti_owner;

DROP FUNCTION kulti_recording.audience(uuid);
CREATE FUNCTION kulti_recording.audience(session uuid) RETURNS TABLE (person uuid, hosts boolean)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
  SELECT s.host_id, true FROM public.sessions s WHERE s.id = session
  UNION ALL
  SELECT p.user_id, false FROM public.session_participants p WHERE p.session_id = session
$$;
GRANT EXECUTE ON FUNCTION kulti_recording.audience(uuid) TO kulti_gateway;

RESET ROLE;
