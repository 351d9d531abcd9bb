-- How many people each session of the caller has, for the estimate of what recording them costs. The app's own policies
-- on participants are asked for each row, and need not show a host all of them.
SET ROLE kulti_owner;

CREATE FUNCTION kulti_recording.hosted_audiences() RETURNS TABLE (session_id uuid, people bigint)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' ROWS 100 AS $$
  SELECT s.id, 1 + count(p.user_id) FILTER (WHERE p.user_id <> s.host_id)
  FROM public.sessions s LEFT JOIN public.session_participants p ON p.session_id = s.id
  WHERE s.host_id = (SELECT kulti_recording.registered_caller())
  GROUP BY s.id
$$;
GRANT EXECUTE ON FUNCTION kulti_recording.hosted_audiences() TO authenticated;

RESET ROLE;
