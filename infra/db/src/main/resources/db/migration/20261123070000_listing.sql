-- A list counts all that its caller sees, and sorts them by age. The index says both, so that of a list without filters only
-- a page's rows are read from the table, and what vacuum has not come to: half the time among a million recordings.
SET ROLE kulti_owner;

-- In this order, so that lists have the old one while the new one is made.
CREATE INDEX idx_recordings_listing ON public.recordings (session_id) INCLUDE (created_at, id);
DROP INDEX IF EXISTS public.idx_recordings_session_id;
ALTER INDEX public.idx_recordings_listing RENAME TO idx_recordings_session_id;

RESET ROLE;
