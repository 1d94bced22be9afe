-- A case that comes back later was not the post's on the day that the post had named before it left: no promise is missed.

CREATE OR REPLACE FUNCTION month_figures(the_seats BIGINT[], the_month DATE, at TIMESTAMP WITH TIME ZONE)
    RETURNS TABLE (seat_id BIGINT, people_served INTEGER, cases_opened INTEGER, cases_advanced INTEGER,
                   cases_closed INTEGER, visits_made INTEGER, visits_not_met INTEGER, promises_kept INTEGER,
                   promises_missed INTEGER, activities_attended INTEGER, open_held INTEGER, open_taken_part INTEGER, vacancy_days INTEGER,
                   cover_days INTEGER, cases_in_area INTEGER)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    zone CONSTANT TEXT := 'Asia/Bangkok';
    next_month CONSTANT DATE := the_month + interval '1 month';
    since CONSTANT TIMESTAMP WITH TIME ZONE := the_month::TIMESTAMP AT TIME ZONE zone;
    till CONSTANT TIMESTAMP WITH TIME ZONE := next_month::TIMESTAMP AT TIME ZONE zone;
    last_instant CONSTANT TIMESTAMP WITH TIME ZONE := least(till - interval '1 microsecond', at);
    today CONSTANT DATE := (at AT TIME ZONE zone)::DATE;
    a_year_before CONSTANT TIMESTAMP WITH TIME ZONE := since - interval '367 days';
BEGIN
    RETURN QUERY WITH post AS MATERIALIZED (
        SELECT s.id, coalesce(s.area_code, o.province_code) AS area,
            greatest(the_month, (seat_begins(s.id) AT TIME ZONE zone)::DATE) AS first_day
        FROM seat s LEFT JOIN office o ON o.id = s.office_id
        WHERE s.id = ANY (the_seats) AND s.kind NOT IN ('AUDITOR', 'ADMIN') AND seat_begins(s.id) < till
    ), done AS MATERIALIZED (
        SELECT e.actor_seat_id AS seat_id, e.subject_id AS case_id, e.kind, e.payload FROM event e
        WHERE e.actor_seat_id = ANY (the_seats) AND e.recorded_at >= since AND e.recorded_at < till
            AND e.subject_kind = 'CASE' AND e.kind NOT IN ('CASE_FOLLOWED', 'CASE_UNFOLLOWED')
    ), counted AS (
        SELECT d.seat_id, count(*) FILTER (WHERE d.kind = 'CASE_OPENED') AS opened,
            count(DISTINCT d.case_id) FILTER (
                WHERE d.kind IN ('OUTCOME_RECORDED', 'ASSIGNMENT_ACCEPTED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED',
                    'REFERRAL_ACCEPTED', 'REFERRAL_STARTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_COMPLETED')
                OR d.kind = 'CASE_STATUS_CHANGED' AND d.payload ->> 'to' NOT IN ('WITHDRAWN', 'OUT_OF_SCOPE')
            ) AS advanced,
            count(*) FILTER (WHERE d.kind = 'VISIT_RECORDED' AND d.payload ->> 'visitState' = 'DONE') AS met,
            count(*) FILTER (WHERE d.kind = 'VISIT_RECORDED' AND d.payload ->> 'visitState' = 'NOT_MET') AS not_met
        FROM done d GROUP BY d.seat_id
    ), served AS (
        SELECT d.seat_id, count(DISTINCT c.citizen_id) AS people FROM (SELECT DISTINCT seat_id, case_id FROM done) d
            JOIN "case" c ON c.id = d.case_id
        GROUP BY d.seat_id
    ), said AS MATERIALIZED (
        SELECT e.actor_seat_id AS seat_id, e.subject_id AS case_id, e.seq, e.kind, e.payload,
            (e.payload ->> CASE e.kind WHEN 'VISIT_PLANNED' THEN 'day' WHEN 'TASK_MADE' THEN 'due' ELSE 'reviewOn' END)::DATE
                AS day
        FROM event e
        WHERE e.actor_seat_id = ANY (the_seats) AND e.recorded_at >= a_year_before AND e.recorded_at < till
            AND e.subject_kind = 'CASE' AND e.kind IN ('VISIT_PLANNED', 'TASK_MADE', 'CASE_STATUS_CHANGED')
    ), closed AS (
        SELECT d.seat_id, d.case_id FROM done d
            WHERE d.kind = 'CASE_CLOSED'
            OR d.kind = 'CASE_STATUS_CHANGED' AND d.payload ->> 'to' IN ('WITHDRAWN', 'OUT_OF_SCOPE')
        UNION
        SELECT s.seat_id, s.case_id FROM said s CROSS JOIN LATERAL (
            SELECT n.kind, n.recorded_at FROM event n
            WHERE n.subject_kind = 'CASE' AND n.subject_id = s.case_id AND n.seq > s.seq
                AND n.kind IN ('CASE_STATUS_CHANGED', 'CASE_CLOSED', 'CASE_REOPENED', 'CLOSING_DISPUTED')
            ORDER BY n.seq LIMIT 1) n
            WHERE s.kind = 'CASE_STATUS_CHANGED' AND s.payload ->> 'to' = 'RESOLVED'
            AND n.kind = 'CASE_CLOSED' AND n.recorded_at >= since AND n.recorded_at < till
    ), closings AS (
        SELECT c.seat_id, count(*) AS closed FROM closed c GROUP BY c.seat_id
    ), ended AS (
        SELECT s.seat_id, s.case_id, s.seq, (
                SELECT min(n.recorded_at) FROM event n
                WHERE n.subject_kind = 'CASE' AND n.subject_id = s.case_id AND n.seq > s.seq
                    AND (n.kind IN ('CASE_CLOSED', 'CASE_MERGED') OR n.kind = 'CASE_STATUS_CHANGED'
                        AND n.payload ->> 'to' IN ('WITHDRAWN', 'OUT_OF_SCOPE'))
            ) AS ended_at, (
                SELECT CASE WHEN bool_and(p.until IS NOT NULL) THEN max(p.until) END FROM participation p
                WHERE p.case_id = s.case_id AND p.seat_id = s.seat_id AND p.level >= 3
                    AND p.since < (s.day + 1)::TIMESTAMP AT TIME ZONE zone
            ) AS left_at
        FROM said s WHERE s.kind IN ('VISIT_PLANNED', 'TASK_MADE') AND s.day >= the_month AND s.day < next_month
    ), promise AS (
        SELECT s.seat_id, s.day,
            CASE WHEN v.state IN ('DONE', 'NOT_MET') THEN (v.visited_at AT TIME ZONE zone)::DATE END AS kept_on,
            (least(CASE WHEN v.state = 'CANCELLED' THEN v.recorded_at END, e.ended_at, e.left_at) AT TIME ZONE zone)::DATE
                AS void_on
            FROM said s JOIN ended e USING (seat_id, case_id, seq) JOIN visit v ON v.id = (s.payload ->> 'visit')::BIGINT
            WHERE s.kind = 'VISIT_PLANNED'
        UNION ALL
        SELECT s.seat_id, s.day,
            CASE WHEN t.state = 'DONE' AND t.seat_id = s.seat_id THEN (t.ended_at AT TIME ZONE zone)::DATE END,
            (least(CASE WHEN t.state = 'DROPPED' THEN t.ended_at END, e.ended_at, e.left_at) AT TIME ZONE zone)::DATE
            FROM said s JOIN ended e USING (seat_id, case_id, seq) JOIN task t ON t.id = (s.payload ->> 'task')::BIGINT
            WHERE s.kind = 'TASK_MADE' AND t.who = 'SEAT'
        UNION ALL
        SELECT s.seat_id, s.day, CASE WHEN NOT n.voids THEN n.day END, CASE WHEN n.voids THEN n.day END
            FROM said s LEFT JOIN LATERAL (
                SELECT (n.recorded_at AT TIME ZONE zone)::DATE AS day,
                    n.kind IN ('CASE_HOLDER_CHANGED', 'CASE_MERGED')
                        OR coalesce(n.payload ->> 'to' IN ('WITHDRAWN', 'OUT_OF_SCOPE'), false) AS voids
                FROM event n
                WHERE n.subject_kind = 'CASE' AND n.subject_id = s.case_id AND n.seq > s.seq
                    AND n.kind IN ('CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'CASE_CLOSED', 'CASE_MERGED')
                ORDER BY n.seq LIMIT 1) n ON true
            WHERE s.kind = 'CASE_STATUS_CHANGED' AND s.day >= the_month AND s.day < next_month
    ), promised AS (
        SELECT p.seat_id, count(*) FILTER (WHERE p.kept_on <= p.day) AS kept,
            count(*) FILTER (WHERE (p.kept_on <= p.day) IS NOT TRUE AND (p.void_on <= p.day) IS NOT TRUE AND p.day < today)
                AS missed
        FROM promise p GROUP BY p.seat_id
    ), attended AS (
        SELECT p.seat_id, count(*) AS activities FROM activity_participant p JOIN activity a ON a.id = p.activity_id
        WHERE p.seat_id = ANY (the_seats) AND p.attended AND a.state <> 'CANCELLED'
            AND a.begins_at >= since AND a.begins_at < till
        GROUP BY p.seat_id
    ), took_part AS (
        SELECT p.seat_id, p.case_id, bool_or(p.source = 'HOLDER') AS held FROM participation p
        WHERE p.seat_id = ANY (the_seats) AND p.level >= 3
            AND p.since <= last_instant AND (p.until IS NULL OR p.until > last_instant)
        GROUP BY p.seat_id, p.case_id
    ), load AS (
        SELECT t.seat_id, count(*) FILTER (WHERE t.held) AS held, count(*) AS took_part FROM took_part t
        CROSS JOIN LATERAL (
            SELECT n.payload ->> 'to' AS state FROM event n
            WHERE n.subject_kind = 'CASE' AND n.subject_id = t.case_id AND n.recorded_at <= last_instant
                AND n.kind IN ('CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_CLOSED', 'CASE_REOPENED', 'CLOSING_DISPUTED',
                    'CASE_MERGED', 'CASE_UNMERGED')
            ORDER BY n.seq DESC LIMIT 1) last
        WHERE last.state IS NULL OR last.state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE')
        GROUP BY t.seat_id
    ), filled AS (
        SELECT p.id, i.kind, sum(upper(d) - lower(d)) AS days
        FROM post p CROSS JOIN (VALUES ('PRIMARY'), ('COVER')) i (kind) CROSS JOIN LATERAL (
            SELECT unnest(range_agg(daterange((n.since AT TIME ZONE zone)::DATE,
                    ((n.until - interval '1 microsecond') AT TIME ZONE zone)::DATE, '[]'))
                * datemultirange(daterange(p.first_day, greatest(p.first_day, least(next_month, today + 1)))))
            FROM incumbency n WHERE n.seat_id = p.id AND n.kind = i.kind AND (n.until IS NULL OR n.until > n.since)
        ) d (d)
        GROUP BY p.id, i.kind
    ), opened AS (
        SELECT left(c.area_code, digits) AS area, count(*) AS cases FROM "case" c CROSS JOIN (VALUES (2), (4), (6)) d (digits)
        WHERE c.province_code = ANY (SELECT left(p.area, 2) FROM post p) AND c.opened_at >= since AND c.opened_at < till
        GROUP BY 1
    )
    SELECT p.id, coalesce(v.people, 0)::INTEGER, coalesce(n.opened, 0)::INTEGER, coalesce(n.advanced, 0)::INTEGER,
        coalesce(x.closed, 0)::INTEGER,
        coalesce(n.met, 0)::INTEGER, coalesce(n.not_met, 0)::INTEGER,
        coalesce(k.kept, 0)::INTEGER, coalesce(k.missed, 0)::INTEGER, coalesce(a.activities, 0)::INTEGER,
        coalesce(l.held, 0)::INTEGER, coalesce(l.took_part, 0)::INTEGER,
        (greatest(least(next_month, today + 1) - p.first_day, 0) - coalesce(f.days, 0))::INTEGER,
        coalesce(r.days, 0)::INTEGER, coalesce(o.cases, 0)::INTEGER
    FROM post p
        LEFT JOIN counted n ON n.seat_id = p.id
        LEFT JOIN served v ON v.seat_id = p.id
        LEFT JOIN closings x ON x.seat_id = p.id
        LEFT JOIN promised k ON k.seat_id = p.id
        LEFT JOIN attended a ON a.seat_id = p.id
        LEFT JOIN load l ON l.seat_id = p.id
        LEFT JOIN filled f ON f.id = p.id AND f.kind = 'PRIMARY'
        LEFT JOIN filled r ON r.id = p.id AND r.kind = 'COVER'
        LEFT JOIN opened o ON o.area = p.area;
END $$;
