-- Late notes: what somebody did offline in a case that was no longer theirs, kept for the present holder.

ALTER TABLE note ADD COLUMN late BOOLEAN DEFAULT false NOT NULL;

ALTER POLICY written ON note
    WITH CHECK (author_seat_id = wall_seat() AND wall_level(case_id) >= 1 AND (NOT late OR audience = 'HOLDER_ONLY'));

-- In which of its own cases, past ones too, something happened behind a position of the feed, and at which position last.
-- The events themselves are hidden from a post whose part has ended; that something happened its status card tells too.
CREATE FUNCTION own_changes(behind BIGINT, most INTEGER) RETURNS TABLE (case_id BIGINT, last_position BIGINT)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT own.case_id, f.position
    FROM (SELECT DISTINCT p.case_id FROM participation p WHERE p.seat_id = wall_seat()) own
    CROSS JOIN LATERAL (
        SELECT e.id FROM event e WHERE e.subject_kind = 'CASE' AND e.subject_id = own.case_id ORDER BY e.seq DESC LIMIT 1
    ) latest
    JOIN feed f ON f.event_id = latest.id
    WHERE f.position > behind
    ORDER BY f.position
    LIMIT most;
END;

GRANT CREATE ON SCHEMA public TO prasan_wall;

ALTER FUNCTION own_changes(BIGINT, INTEGER) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION own_changes(BIGINT, INTEGER) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION own_changes(BIGINT, INTEGER) TO prasan_app, prasan_owner;

RESET ROLE;

GRANT SELECT (id) ON event TO prasan_wall;

GRANT SELECT ON feed TO prasan_wall;
