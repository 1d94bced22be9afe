-- Monthly statements of posts: counted from the journal inside the wall, frozen version by version, and disputed.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'VISIT_PLANNED', 'VISIT_RECORDED', 'TASK_MADE', 'TASK_COMPLETED', 'TASK_DROPPED', 'DOCUMENT_CHECKED', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'ATTACHMENT_ADDED', 'ATTACHMENT_SCANNED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'INCUMBENT_CORRECTED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED', 'SEAT_HANDED_OVER', 'HANDOVER_CONFIRMED', 'STATEMENT_FROZEN', 'STATEMENT_DISPUTED', 'STATEMENT_CORRECTED', 'STATEMENT_UPHELD', 'NOTICE_ADDRESS_SET', 'WEBHOOK_REGISTERED', 'WEBHOOK_UPDATED', 'WEBHOOK_SECRET_ROTATED', 'WEBHOOK_REMOVED', 'WEBHOOK_DISABLED', 'DELIVERY_REPEATED', 'ACTIVITY_CREATED', 'ACTIVITY_UPDATED', 'ACTIVITY_CANCELLED', 'PARTICIPANTS_INVITED', 'ATTENDANCE_RECORDED', 'ACTIVITY_OUTCOME_RECORDED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- What a post did, in the order in which it did it.
CREATE INDEX event_of_actor ON event (actor_seat_id, recorded_at) WHERE actor_seat_id IS NOT NULL;

CREATE TABLE statement (
    seat_id BIGINT NOT NULL,
    month DATE NOT NULL,
    version INTEGER NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    people_served INTEGER NOT NULL,
    cases_opened INTEGER NOT NULL,
    cases_advanced INTEGER NOT NULL,
    cases_closed INTEGER NOT NULL,
    visits_made INTEGER NOT NULL,
    visits_not_met INTEGER NOT NULL,
    promises_kept INTEGER NOT NULL,
    promises_missed INTEGER NOT NULL,
    activities_attended INTEGER NOT NULL,
    open_held INTEGER NOT NULL,
    open_taken_part INTEGER NOT NULL,
    vacancy_days INTEGER NOT NULL,
    cover_days INTEGER NOT NULL,
    cases_in_area INTEGER NOT NULL,
    PRIMARY KEY (seat_id, month, version),
    CONSTRAINT month_by_its_first_day CHECK (extract(day FROM month) = 1),
    CONSTRAINT versions_from_one CHECK (version > 0),
    FOREIGN KEY(seat_id) REFERENCES seat (id)
);

CREATE TABLE statement_outcome (
    seat_id BIGINT NOT NULL,
    month DATE NOT NULL,
    version INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    problems INTEGER NOT NULL,
    recovered NUMERIC(20, 2) NOT NULL,
    PRIMARY KEY (seat_id, month, version, outcome),
    CONSTRAINT outcome_word CHECK (outcome IN ('PAID', 'BENEFIT_APPROVED', 'ORDERED', 'SETTLED', 'REGISTERED', 'PLACED', 'TRAINED', 'ADVISED', 'REJECTED', 'UNREACHABLE')),
    FOREIGN KEY(seat_id, month, version) REFERENCES statement (seat_id, month, version)
);

CREATE TABLE statement_dispute (
    id BIGINT NOT NULL,
    seat_id BIGINT NOT NULL,
    month DATE NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    disputed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    disputed_by_account_id BIGINT NOT NULL,
    answered_at TIMESTAMP WITH TIME ZONE,
    answered_by_seat_id BIGINT,
    answered_by_account_id BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('PENDING', 'CORRECTED', 'UPHELD')),
    CONSTRAINT answered_by_somebody CHECK (num_nonnulls(answered_at, answered_by_seat_id, answered_by_account_id) = CASE WHEN state = 'PENDING' THEN 0 ELSE 3 END),
    FOREIGN KEY(seat_id, month, version) REFERENCES statement (seat_id, month, version),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(disputed_by_account_id) REFERENCES account (id),
    FOREIGN KEY(answered_by_seat_id) REFERENCES seat (id),
    FOREIGN KEY(answered_by_account_id) REFERENCES account (id)
);

CREATE UNIQUE INDEX one_dispute_of_a_version ON statement_dispute (seat_id, month, version);

CREATE TABLE statement_dispute_text (
    dispute_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    answer TEXT,
    PRIMARY KEY (dispute_id),
    FOREIGN KEY(dispute_id) REFERENCES statement_dispute (id)
);

-- Does the post that asks stand above this one: the mentor of its amphoe above a volunteer, the coordinator of its
-- province above volunteers and mentors, whoever leads its office above an officer?
CREATE FUNCTION wall_stands_above(the_seat BIGINT) RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM seat s WHERE s.id = the_seat AND CASE s.kind
        WHEN 'VOLUNTEER' THEN left(s.area_code, 4) = wall_amphoe() OR left(s.area_code, 2) = wall_province()
        WHEN 'MENTOR' THEN left(s.area_code, 2) = wall_province()
        WHEN 'OFFICER' THEN wall_leads(s.office_id) END);

CREATE FUNCTION wall_reads_statements(the_seat BIGINT) RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM seat s WHERE s.id = the_seat AND s.kind NOT IN ('AUDITOR', 'ADMIN')
        AND (s.id = wall_seat() OR wall_audits() OR wall_stands_above(s.id)));

ALTER TABLE statement ENABLE ROW LEVEL SECURITY;

ALTER TABLE statement FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON statement TO prasan_owner USING (true);

CREATE POLICY of_wall ON statement TO prasan_wall USING (true);

CREATE POLICY of_worker ON statement FOR SELECT TO prasan_worker USING (true);

CREATE POLICY seen ON statement FOR SELECT TO prasan_app USING (wall_reads_statements(seat_id));

ALTER TABLE statement_outcome ENABLE ROW LEVEL SECURITY;

ALTER TABLE statement_outcome FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON statement_outcome TO prasan_owner USING (true);

CREATE POLICY of_wall ON statement_outcome TO prasan_wall USING (true);

CREATE POLICY seen ON statement_outcome FOR SELECT TO prasan_app USING (wall_reads_statements(seat_id));

ALTER TABLE statement_dispute ENABLE ROW LEVEL SECURITY;

ALTER TABLE statement_dispute FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON statement_dispute TO prasan_owner USING (true);

CREATE POLICY of_wall ON statement_dispute TO prasan_wall USING (true);

CREATE POLICY seen ON statement_dispute FOR SELECT TO prasan_app USING (wall_reads_statements(seat_id));

CREATE POLICY made ON statement_dispute FOR INSERT TO prasan_app
    WITH CHECK (seat_id = wall_seat() AND disputed_by_account_id = wall_account());

CREATE POLICY answered ON statement_dispute FOR UPDATE TO prasan_app
    USING (wall_stands_above(seat_id) AND state = 'PENDING' AND disputed_by_account_id <> wall_account())
    WITH CHECK (answered_by_seat_id = wall_seat() AND answered_by_account_id = wall_account());

-- Words for those who dispute and those who answer; not for auditors.
ALTER TABLE statement_dispute_text ENABLE ROW LEVEL SECURITY;

ALTER TABLE statement_dispute_text FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON statement_dispute_text TO prasan_owner USING (true);

CREATE POLICY seen ON statement_dispute_text FOR SELECT TO prasan_app USING (EXISTS (SELECT FROM statement_dispute d
    WHERE d.id = dispute_id AND (d.seat_id = wall_seat() OR wall_stands_above(d.seat_id))));

CREATE POLICY made ON statement_dispute_text FOR INSERT TO prasan_app WITH CHECK (EXISTS (SELECT FROM statement_dispute d
    WHERE d.id = dispute_id AND d.seat_id = wall_seat()));

CREATE POLICY answered ON statement_dispute_text FOR UPDATE TO prasan_app USING (EXISTS (SELECT FROM statement_dispute d
    WHERE d.id = dispute_id AND wall_stands_above(d.seat_id)));

GRANT SELECT ON statement, statement_outcome, statement_dispute, statement_dispute_text TO prasan_app;

GRANT INSERT ON statement_dispute, statement_dispute_text TO prasan_app;

GRANT UPDATE (state, answered_at, answered_by_seat_id, answered_by_account_id) ON statement_dispute TO prasan_app;

GRANT UPDATE (answer) ON statement_dispute_text TO prasan_app;

GRANT SELECT ON statement TO prasan_worker;

GRANT UPDATE (journal_length, journal_head) ON seat TO prasan_worker;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

-- Since when a post exists: its first event, or the first time that somebody filled it; null: it never did.
CREATE FUNCTION seat_begins(the_seat BIGINT) RETURNS TIMESTAMP WITH TIME ZONE
    LANGUAGE plpgsql STABLE COST 200 SECURITY DEFINER AS $$
BEGIN
    RETURN least(
        (SELECT e.recorded_at FROM public.event e WHERE e.subject_kind = 'SEAT' AND e.subject_id = the_seat AND e.seq = 1),
        (SELECT min(i.since) FROM public.incumbency i WHERE i.seat_id = the_seat));
END $$;

-- Months that have ended by an instant, that some post lived through, and of which it has no statement.
CREATE FUNCTION months_to_freeze(at TIMESTAMP WITH TIME ZONE) RETURNS TABLE (month DATE)
    LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    last_month CONSTANT TIMESTAMP := date_trunc('month', at AT TIME ZONE 'Asia/Bangkok') - interval '1 month';
BEGIN
    RETURN QUERY WITH post AS MATERIALIZED (
        SELECT s.id, date_trunc('month', seat_begins(s.id) AT TIME ZONE 'Asia/Bangkok') AS first_month
        FROM seat s WHERE s.kind NOT IN ('AUDITOR', 'ADMIN')
    ), lived AS (
        SELECT p.id, m.month::DATE AS month
        FROM post p CROSS JOIN LATERAL generate_series(p.first_month, last_month, interval '1 month') m (month)
    )
    SELECT DISTINCT l.month FROM lived l
    WHERE NOT EXISTS (SELECT FROM statement t WHERE t.seat_id = l.id AND t.month = l.month)
    ORDER BY 1;
END $$;

-- What posts did in a month of Bangkok, as the journal and the rows that it names tell at an instant; a post that did
-- not exist yet has no row. Days are counted up to that instant. Called by the functions below alone.
CREATE FUNCTION month_figures(the_seats BIGINT[], the_month DATE, at TIMESTAMP WITH TIME ZONE)
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

-- The outcomes that posts reached in a month: of several results of one problem the last. Baht count where that result
-- is the last of all: the amounts stand in the problem's row, and the journal keeps none.
CREATE FUNCTION month_outcomes(the_seats BIGINT[], the_month DATE)
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
    FROM reached r LEFT JOIN case_problem p
        ON p.case_id = r.case_id AND p.problem_type_code = r.type AND p.outcome_at = r.recorded_at
    GROUP BY r.seat_id, r.outcome;
END $$;

-- A month of posts as it stands now, for who may read their statements.
CREATE FUNCTION figures_now(the_seats BIGINT[], the_month DATE)
    RETURNS TABLE (seat_id BIGINT, people_served INTEGER, cases_opened INTEGER, cases_advanced INTEGER,
                   cases_closed INTEGER, visits_made INTEGER, visits_not_met INTEGER, promises_kept INTEGER,
                   promises_missed INTEGER, activities_attended INTEGER, open_held INTEGER, open_taken_part INTEGER, vacancy_days INTEGER,
                   cover_days INTEGER, cases_in_area INTEGER)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT * FROM month_figures(
        ARRAY(SELECT s.id FROM seat s WHERE s.id = ANY (the_seats) AND wall_reads_statements(s.id)), the_month, wall_now());
END $$;

CREATE FUNCTION outcomes_now(the_seats BIGINT[], the_month DATE)
    RETURNS TABLE (seat_id BIGINT, outcome TEXT, problems INTEGER, recovered NUMERIC)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT * FROM month_outcomes(
        ARRAY(SELECT s.id FROM seat s WHERE s.id = ANY (the_seats) AND wall_reads_statements(s.id)), the_month);
END $$;

-- Writes the next version of each of these posts' month; for the worker, and for the correction below. Whoever calls it
-- has locked the posts. Tells the version that each post has now.
CREATE FUNCTION draw_up_statements(the_seats BIGINT[], the_month DATE, at TIMESTAMP WITH TIME ZONE)
    RETURNS TABLE (seat_id BIGINT, version INTEGER)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF (the_month + interval '1 month') AT TIME ZONE 'Asia/Bangkok' > at THEN
        RAISE EXCEPTION 'the month has not ended' USING ERRCODE = 'check_violation';
    END IF;
    RETURN QUERY WITH last AS (
        SELECT t.seat_id, max(t.version) AS version FROM statement t
        WHERE t.seat_id = ANY (the_seats) AND t.month = the_month GROUP BY t.seat_id
    ), drawn_up AS (
        INSERT INTO statement
            SELECT f.seat_id, the_month, coalesce(l.version, 0) + 1, at, f.people_served, f.cases_opened,
                f.cases_advanced, f.cases_closed, f.visits_made, f.visits_not_met, f.promises_kept, f.promises_missed,
                f.activities_attended, f.open_held, f.open_taken_part, f.vacancy_days, f.cover_days, f.cases_in_area
            FROM month_figures(the_seats, the_month, at) f LEFT JOIN last l ON l.seat_id = f.seat_id
        RETURNING seat_id, version
    ), outcomes AS (
        INSERT INTO statement_outcome
            SELECT d.seat_id, the_month, d.version, o.outcome, o.problems, o.recovered
            FROM drawn_up d JOIN month_outcomes(the_seats, the_month) o ON o.seat_id = d.seat_id
    )
    SELECT d.seat_id, d.version FROM drawn_up d;
END $$;

-- Answers a dispute with the next version; for who stands above the post, and is not the one who disputed.
CREATE FUNCTION correct_statement(the_dispute BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found RECORD;
BEGIN
    SELECT d.seat_id, d.month INTO STRICT found FROM statement_dispute d
        WHERE d.id = the_dispute AND d.state = 'PENDING' AND wall_stands_above(d.seat_id)
        AND d.disputed_by_account_id <> wall_account();
    RETURN (SELECT v.version FROM draw_up_statements(ARRAY[found.seat_id], found.month, wall_now()) v);
END $$;

ALTER FUNCTION seat_begins(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION month_figures(BIGINT[], DATE, TIMESTAMP WITH TIME ZONE) OWNER TO prasan_wall;

ALTER FUNCTION month_outcomes(BIGINT[], DATE) OWNER TO prasan_wall;

ALTER FUNCTION figures_now(BIGINT[], DATE) OWNER TO prasan_wall;

ALTER FUNCTION outcomes_now(BIGINT[], DATE) OWNER TO prasan_wall;

ALTER FUNCTION draw_up_statements(BIGINT[], DATE, TIMESTAMP WITH TIME ZONE) OWNER TO prasan_wall;

ALTER FUNCTION correct_statement(BIGINT) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION
    seat_begins(BIGINT), month_figures(BIGINT[], DATE, TIMESTAMP WITH TIME ZONE), month_outcomes(BIGINT[], DATE),
    figures_now(BIGINT[], DATE), outcomes_now(BIGINT[], DATE),
    draw_up_statements(BIGINT[], DATE, TIMESTAMP WITH TIME ZONE), correct_statement(BIGINT)
    FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    seat_begins(BIGINT), figures_now(BIGINT[], DATE), outcomes_now(BIGINT[], DATE), correct_statement(BIGINT)
    TO prasan_app;

GRANT EXECUTE ON FUNCTION seat_begins(BIGINT), draw_up_statements(BIGINT[], DATE, TIMESTAMP WITH TIME ZONE)
    TO prasan_worker;

GRANT EXECUTE ON FUNCTION
    seat_begins(BIGINT), figures_now(BIGINT[], DATE), outcomes_now(BIGINT[], DATE), correct_statement(BIGINT),
    draw_up_statements(BIGINT[], DATE, TIMESTAMP WITH TIME ZONE)
    TO prasan_owner;

RESET ROLE;

GRANT SELECT (kind, office_id) ON seat TO prasan_wall;

GRANT SELECT (id, province_code) ON office TO prasan_wall;

GRANT SELECT (kind) ON incumbency TO prasan_wall;

GRANT SELECT (state, begins_at) ON activity TO prasan_wall;

GRANT SELECT (area_code, ended_at) ON "case" TO prasan_wall;

GRANT SELECT (outcome_at, amount_recovered) ON case_problem TO prasan_wall;

GRANT SELECT (id, state, visited_at, recorded_at) ON visit TO prasan_wall;

GRANT SELECT (ended_at) ON task TO prasan_wall;

GRANT SELECT, INSERT ON statement, statement_outcome TO prasan_wall;

GRANT SELECT (id, seat_id, month, version, state, disputed_by_account_id) ON statement_dispute TO prasan_wall;

CREATE POLICY of_wall ON visit TO prasan_wall USING (true);
