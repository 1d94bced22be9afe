-- What the journal tells of cases, whatever the audience of its events: who sees a case at level STATUS may know where it
-- stood, and its policy shows events from level ANONYMOUS on. Below that, what the level hides is left out here.
CREATE FUNCTION case_story(the_cases BIGINT[])
    RETURNS TABLE (case_id BIGINT, seq INTEGER, kind TEXT, recorded_at TIMESTAMP WITH TIME ZONE,
                   actor_seat_id BIGINT, payload JSONB)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT e.subject_id, e.seq, e.kind, e.recorded_at, e.actor_seat_id,
        CASE WHEN s.level >= 2 THEN e.payload
             ELSE e.payload - '{outcome,outcomes,category,discloses,legalBasis,note,party,partyKind}'::TEXT[] END
    FROM wall_case s JOIN event e ON e.subject_kind = 'CASE' AND e.subject_id = s.id
    WHERE s.id = ANY (the_cases) AND s.level >= 1
    ORDER BY e.subject_id, e.seq;
END;

-- How long cases stayed with whom in which state: holdings cut by the states that the journal tells. Stays that lasted
-- at some time of the period, and all that last now (`until` is null).
CREATE FUNCTION case_stays(the_cases BIGINT[], since TIMESTAMP WITH TIME ZONE, till TIMESTAMP WITH TIME ZONE)
    RETURNS TABLE (case_id BIGINT, seat_id BIGINT, office_id BIGINT, state TEXT,
                   began_at TIMESTAMP WITH TIME ZONE, ended_at TIMESTAMP WITH TIME ZONE)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    WITH steps AS (
        SELECT e.subject_id, coalesce(e.payload ->> 'to', 'NEW') AS state, e.recorded_at AS began_at,
            lead(e.recorded_at) OVER (PARTITION BY e.subject_id ORDER BY e.seq) AS ended_at
        FROM wall_case s JOIN event e ON e.subject_kind = 'CASE' AND e.subject_id = s.id
        WHERE s.id = ANY (the_cases) AND s.level >= 1 AND (e.payload ? 'to' OR e.kind = 'CASE_OPENED')
    )
    SELECT t.subject_id, h.seat_id, h.office_id, t.state, greatest(t.began_at, h.since), least(t.ended_at, h.until)
    FROM steps t JOIN case_holding h ON h.case_id = t.subject_id
        AND h.since < coalesce(t.ended_at, 'infinity') AND t.began_at < coalesce(h.until, 'infinity')
    WHERE least(t.ended_at, h.until) IS NULL
        OR least(t.ended_at, h.until) > case_stays.since AND greatest(t.began_at, h.since) < till;
END;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

ALTER FUNCTION case_story(BIGINT[]) OWNER TO prasan_wall;

ALTER FUNCTION case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION
    case_story(BIGINT[]), case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    case_story(BIGINT[]), case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) TO prasan_app;

GRANT EXECUTE ON FUNCTION
    case_story(BIGINT[]), case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) TO prasan_owner;

RESET ROLE;

GRANT SELECT (subject_kind, subject_id, seq, kind, recorded_at, actor_seat_id, payload) ON event TO prasan_wall;

GRANT SELECT (case_id, seat_id, office_id, since, until) ON case_holding TO prasan_wall;

CREATE POLICY of_wall ON event TO prasan_wall USING (true);

CREATE POLICY of_wall ON case_holding TO prasan_wall USING (true);
