-- The gateway's own three tables, written as the calling user: row level security is the wall here too.
SET ROLE kulti_owner;

CREATE TABLE kulti_recording.share_links (
  id uuid PRIMARY KEY,
  recording_id uuid NOT NULL REFERENCES public.recordings (id) ON DELETE CASCADE,
  session_id uuid NOT NULL,
  created_by uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32), -- SHA-256 of the token, never the token
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  opened_count bigint NOT NULL DEFAULT 0,
  last_opened_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX share_links_recording ON kulti_recording.share_links (recording_id);

-- "I know that this is recorded."
CREATE TABLE kulti_recording.acknowledgements (
  recording_id uuid NOT NULL REFERENCES public.recordings (id) ON DELETE CASCADE,
  user_id uuid NOT NULL,
  acknowledged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (recording_id, user_id)
);

-- Outlives the recording, and therefore says itself whose it was.
CREATE TABLE kulti_recording.deletion_requests (
  id uuid PRIMARY KEY,
  recording_id uuid NOT NULL,
  session_id uuid NOT NULL,
  host_id uuid NOT NULL,
  requester uuid NOT NULL,
  reason text,
  created_at timestamptz NOT NULL DEFAULT now(),
  decided_at timestamptz,
  decision text CHECK (decision IN ('accepted', 'declined')),
  command_id uuid, -- the delete that an accepted request became
  CHECK ((decided_at IS NULL) = (decision IS NULL)),
  CHECK ((command_id IS NOT NULL) = (decision IS NOT DISTINCT FROM 'accepted'))
);
CREATE UNIQUE INDEX one_open_deletion_request
  ON kulti_recording.deletion_requests (recording_id, requester) WHERE decided_at IS NULL;
CREATE INDEX deletion_requests_recording ON kulti_recording.deletion_requests (recording_id);
CREATE INDEX deletion_requests_requester ON kulti_recording.deletion_requests (requester);
CREATE INDEX deletion_requests_host ON kulti_recording.deletion_requests (host_id);

GRANT SELECT (id, recording_id, session_id, created_by, expires_at, revoked_at, opened_count, last_opened_at,
              created_at),
      INSERT (id, recording_id, session_id, created_by, token_hash, expires_at),
      UPDATE (revoked_at)
  ON kulti_recording.share_links TO authenticated;
GRANT SELECT, INSERT (recording_id, user_id) ON kulti_recording.acknowledgements TO authenticated;
GRANT SELECT, INSERT (id, recording_id, session_id, host_id, requester, reason),
      UPDATE (decided_at, decision, command_id)
  ON kulti_recording.deletion_requests TO authenticated;

GRANT SELECT (id, recording_id, session_id, created_by, expires_at, revoked_at, opened_count, last_opened_at,
              created_at)
  ON kulti_recording.share_links TO kulti_ops;
GRANT SELECT ON kulti_recording.acknowledgements, kulti_recording.deletion_requests TO kulti_ops;

ALTER TABLE kulti_recording.share_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE kulti_recording.acknowledgements ENABLE ROW LEVEL SECURITY;
ALTER TABLE kulti_recording.deletion_requests ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Ops read" ON kulti_recording.share_links FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Ops read" ON kulti_recording.acknowledgements FOR SELECT TO kulti_ops USING (true);
CREATE POLICY "Ops read" ON kulti_recording.deletion_requests FOR SELECT TO kulti_ops USING (true);

CREATE POLICY "Hosts see their links" ON kulti_recording.share_links
  FOR SELECT TO authenticated
  USING (session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())));
CREATE POLICY "Hosts share their recordings" ON kulti_recording.share_links
  FOR INSERT TO authenticated
  WITH CHECK (created_by = (SELECT kulti_recording.registered_caller())
    AND session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions()))
    AND EXISTS (SELECT FROM public.recordings r
                WHERE r.id = share_links.recording_id AND r.session_id = share_links.session_id));
CREATE POLICY "Hosts revoke their links" ON kulti_recording.share_links
  FOR UPDATE TO authenticated
  USING (session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())))
  WITH CHECK (revoked_at IS NOT NULL);

CREATE POLICY "Who sees a recording acknowledges it" ON kulti_recording.acknowledgements
  FOR INSERT TO authenticated
  WITH CHECK (user_id = (SELECT kulti_recording.caller())
    AND EXISTS (SELECT FROM public.recordings r WHERE r.id = acknowledgements.recording_id));
CREATE POLICY "Hosts see all, others their own" ON kulti_recording.acknowledgements
  FOR SELECT TO authenticated
  USING (user_id = (SELECT kulti_recording.caller())
    OR EXISTS (SELECT FROM public.recordings r WHERE r.id = acknowledgements.recording_id
                 AND r.session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions()))));

CREATE POLICY "Who sees a recording may ask" ON kulti_recording.deletion_requests
  FOR INSERT TO authenticated
  WITH CHECK (requester = (SELECT kulti_recording.caller())
    AND host_id = kulti_recording.host_of(session_id)
    AND EXISTS (SELECT FROM public.recordings r
                WHERE r.id = deletion_requests.recording_id AND r.session_id = deletion_requests.session_id));
CREATE POLICY "Hosts and requesters see" ON kulti_recording.deletion_requests
  FOR SELECT TO authenticated
  USING (requester = (SELECT kulti_recording.caller())
    OR host_id = (SELECT kulti_recording.registered_caller())
    OR session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())));
-- Who was the host when it was asked but is no more cannot decide. A decision stands; asking again is a new request.
CREATE POLICY "The present host decides" ON kulti_recording.deletion_requests
  FOR UPDATE TO authenticated
  USING (decided_at IS NULL AND session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())))
  WITH CHECK (decided_at IS NOT NULL);

-- Whether a request is done is read from the tombstone; its requester may see that also when the session is gone or
-- left.
CREATE POLICY "Who asked for its deletion" ON kulti_recording.deleted_recordings
  FOR SELECT TO authenticated
  USING (recording_id = ANY (ARRAY(SELECT d.recording_id FROM kulti_recording.deletion_requests d)));

-- A share link that holds: counts the opening and tells what its player needs; no row when it has expired or was
-- revoked. recording_url is the object's key once `mirrored`; before that source_url plays, while it lasts.
CREATE FUNCTION kulti_recording.open_share(token_hash bytea)
RETURNS TABLE (recording_id uuid, session_id uuid, title text, duration integer, status text, recording_url text,
               mirrored boolean, source_url text, source_url_expires_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
  WITH opened AS (
    UPDATE kulti_recording.share_links l
    SET opened_count = l.opened_count + 1, last_opened_at = now()
    WHERE l.token_hash = open_share.token_hash AND l.revoked_at IS NULL AND l.expires_at > now()
    RETURNING l.recording_id)
  SELECT r.id, r.session_id, s.title, r.duration, r.status, r.recording_url,
         r.metadata ->> 'storage' IS NOT DISTINCT FROM 'supabase', p.source_url, p.source_url_expires_at
  FROM opened
  JOIN public.recordings r ON r.id = opened.recording_id
  JOIN public.sessions s ON s.id = r.session_id
  LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
$$;
GRANT EXECUTE ON FUNCTION kulti_recording.open_share(bytea) TO kulti_gateway;

RESET ROLE;
