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

-- Only steps of cases and changes of their holders, with all that is asked of them.
CREATE INDEX event_of_steps ON event (subject_id, seq) INCLUDE (kind, recorded_at, payload)
    WHERE subject_kind = 'CASE' AND kind IN ('CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'CASE_CLOSED',
        'CASE_REOPENED', 'CLOSING_DISPUTED', 'CASE_MERGED', 'CASE_UNMERGED');

-- How long cases stayed with whom in which state before they ended, as the journal tells: stays that lasted at some time
-- of the period, and all that last now (`ended_at` is null).
CREATE FUNCTION case_stays(the_cases BIGINT[], since TIMESTAMP WITH TIME ZONE, till TIMESTAMP WITH TIME ZONE)
    RETURNS TABLE (case_id BIGINT, seat_id BIGINT, office_id BIGINT, state TEXT,
                   began_at TIMESTAMP WITH TIME ZONE, ended_at TIMESTAMP WITH TIME ZONE)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    WITH told AS (
        SELECT e.subject_id, e.seq, e.recorded_at, e.payload,
            CASE WHEN e.kind = 'CASE_OPENED' THEN 'NEW' ELSE e.payload ->> 'to' END AS state
        FROM wall_case s JOIN event e ON e.subject_id = s.id
        WHERE s.id = ANY (the_cases) AND s.level >= 1 AND e.subject_kind = 'CASE'
            AND e.kind IN ('CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'CASE_CLOSED',
                           'CASE_REOPENED', 'CLOSING_DISPUTED', 'CASE_MERGED', 'CASE_UNMERGED')
    ), numbered AS (
        SELECT t.*, count(t.state) OVER so_far AS nth_state,
            count(*) FILTER (WHERE t.payload ? 'office') OVER so_far AS nth_holder,
            lead(t.recorded_at) OVER so_far AS ended_at
        FROM told t WINDOW so_far AS (PARTITION BY t.subject_id ORDER BY t.seq)
    ), stays AS (
        SELECT n.subject_id, n.recorded_at AS began_at, n.ended_at,
            first_value(n.state) OVER (PARTITION BY n.subject_id, n.nth_state ORDER BY n.seq) AS state,
            first_value(n.payload) OVER (PARTITION BY n.subject_id, n.nth_holder ORDER BY n.seq) AS held
        FROM numbered n
    )
    SELECT y.subject_id, (y.held ->> 'seat')::BIGINT, (y.held ->> 'office')::BIGINT, y.state, y.began_at, y.ended_at
    FROM stays y
    WHERE y.state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE')
        AND (y.ended_at IS NULL OR y.ended_at > y.began_at AND y.ended_at > case_stays.since AND y.began_at < till);
END;

-- What became of referrals, by the office addressed: what was sent, given back with a reason, or lapsed in the period;
-- and what waits too long for an answer now. Whoever has had a referral knows its state: level STATUS.
CREATE FUNCTION case_answers(the_cases BIGINT[], since TIMESTAMP WITH TIME ZONE, till TIMESTAMP WITH TIME ZONE)
    RETURNS TABLE (office_id BIGINT, sent BIGINT, lapsed BIGINT, late_now BIGINT,
                   rejected BIGINT, returned BIGINT, recalled BIGINT)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    WITH answered AS (
        SELECT r.to_office_id, r.state, r.sent_at >= case_answers.since AND r.sent_at < till AS is_sent,
            r.ended_at >= case_answers.since AND r.ended_at < till AS is_over,
            r.state IN ('SENT', 'RECEIVED') AND r.respond_by < wall_now() AS is_late,
            r.reply_category IS NOT NULL AS by_reason
        FROM wall_case s JOIN referral r ON r.case_id = s.id
        WHERE s.id = ANY (the_cases) AND s.level >= 1
    )
    SELECT a.to_office_id, count(*) FILTER (WHERE a.is_sent),
        count(*) FILTER (WHERE a.is_over AND a.state = 'LAPSED'), count(*) FILTER (WHERE a.is_late),
        count(*) FILTER (WHERE a.is_over AND a.by_reason AND a.state = 'REJECTED'),
        count(*) FILTER (WHERE a.is_over AND a.by_reason AND a.state = 'RETURNED'),
        count(*) FILTER (WHERE a.is_over AND a.by_reason AND a.state = 'RECALLED')
    FROM answered a GROUP BY a.to_office_id;
END;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

ALTER FUNCTION case_story(BIGINT[]) OWNER TO prasan_wall;

ALTER FUNCTION case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) OWNER TO prasan_wall;

ALTER FUNCTION case_answers(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION
    case_story(BIGINT[]), case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE),
    case_answers(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    case_story(BIGINT[]), case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE),
    case_answers(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) TO prasan_app;

GRANT EXECUTE ON FUNCTION
    case_story(BIGINT[]), case_stays(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE),
    case_answers(BIGINT[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) TO prasan_owner;

RESET ROLE;

GRANT SELECT (subject_kind, subject_id, seq, kind, recorded_at, actor_seat_id, payload) ON event TO prasan_wall;

GRANT SELECT (state, sent_at, respond_by, ended_at, reply_category) ON referral TO prasan_wall;

CREATE POLICY of_wall ON event TO prasan_wall USING (true);
