-- A link that is opened before the film was copied may need a fresh URL of 100ms's, which is asked for on behalf of the
-- host who shared it; a download has a name with a date; a refused file says why. The columns of before stay.
SET ROLE kulti_owner;

DROP FUNCTION kulti_recording.open_share(bytea);
CREATE FUNCTION kulti_recording.open_share(token_hash bytea)
RETURNS TABLE (recording_id uuid, session_id uuid, title text, duration integer, status text, recording_url text,
               mirrored boolean, source_url text, source_url_expires_at timestamptz, shared_by uuid,
               created_at timestamptz, refused_because text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  WITH opened AS (
    UPDATE kulti_recording.share_links l
    SET opened_count = l.opened_count + 1, last_opened_at = now()
    WHERE l.token_hash = open_share.token_hash AND l.revoked_at IS NULL AND l.expires_at > now()
    RETURNING l.recording_id, l.created_by)
  SELECT r.id, r.session_id, s.title, r.duration, r.status, r.recording_url,
         r.metadata ->> 'storage' IS NOT DISTINCT FROM 'supabase', p.source_url, p.source_url_expires_at,
         opened.created_by, r.created_at,
         CASE WHEN p.mirror_state = 'refused' THEN coalesce(r.metadata -> 'mirror' ->> 'reason', 'reason unknown') END
  FROM opened
  JOIN public.recordings r ON r.id = opened.recording_id
  JOIN public.sessions s ON s.id = r.session_id
  LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
$$;
GRANT EXECUTE ON FUNCTION kulti_recording.open_share(bytea) TO kulti_gateway;

RESET ROLE;
