-- The file of an export that is fetched in pieces is fetched once: the journal tells of each link, not of each request.

ALTER TABLE export ADD COLUMN fetched_until TIMESTAMP WITH TIME ZONE;

GRANT UPDATE (fetched_until) ON export TO prasan_app;

GRANT SELECT (fetched_until) ON export TO prasan_app;

CREATE POLICY fetched ON export FOR UPDATE TO prasan_app
    USING (seat_id = wall_seat() AND account_id = wall_account())
    WITH CHECK (seat_id = wall_seat() AND account_id = wall_account());
