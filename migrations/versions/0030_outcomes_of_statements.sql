-- Outcomes and baht of sensitive cases stand in no statement: mentors and heads read it who do not read them in the case.

CREATE OR REPLACE FUNCTION month_outcomes(the_seats BIGINT[], the_month DATE)
    RETURNS TABLE (seat_id BIGINT, outcome TEXT, problems INTEGER, recovered NUMERIC)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY WITH reached AS (
        SELECT DISTINCT ON (e.actor_seat_id, e.subject_id, e.payload ->> 'problemType')
            e.actor_seat_id AS seat_id, e.subject_id AS case_id, e.payload ->> 'problemType' AS type,
            e.payload ->> 'outcome' AS outcome, e.recorded_at
        FROM event e
        WHERE e.actor_seat_id = ANY (the_seats) AND e.subject_kind = 'CASE'
            AND e.recorded_at >= the_month::TIMESTAMP AT TIME ZONE 'Asia/Bangkok'
            AND e.recorded_at < (the_month + interval '1 month') AT TIME ZONE 'Asia/Bangkok'
            AND e.kind IN ('OUTCOME_RECORDED', 'REFERRAL_COMPLETED') AND e.payload ->> 'outcome' IS NOT NULL
        ORDER BY e.actor_seat_id, e.subject_id, e.payload ->> 'problemType', e.seq DESC
    )
    SELECT r.seat_id, r.outcome, count(*)::INTEGER, coalesce(sum(p.amount_recovered), 0)
    FROM reached r JOIN "case" c ON c.id = r.case_id AND NOT c.sensitive LEFT JOIN case_problem p
        ON p.case_id = r.case_id AND p.problem_type_code = r.type AND p.outcome_at = r.recorded_at
    GROUP BY r.seat_id, r.outcome;
END $$;
