-- Statistics: cases are counted inside the wall, by views whose conditions are told once for a whole statement and not by
-- a function for each row. Whoever reads them sees the rows that the policies show; the public, nothing but what is counted.
CREATE FUNCTION wall_publishes() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('prasan.publishes', true) = 'true', false);

-- Until the end of the transaction the public asks, as nobody: all tables stay closed, and only these views show rows.
CREATE FUNCTION enter_public(at TIMESTAMP WITH TIME ZONE) RETURNS VOID
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('prasan.account', '', true),
        set_config('prasan.seat', '', true),
        set_config('prasan.taker', '', true),
        set_config('prasan.office', '', true),
        set_config('prasan.agency', '', true),
        set_config('prasan.amphoe', '', true),
        set_config('prasan.province', '', true),
        set_config('prasan.trusts', 'false', true),
        set_config('prasan.audits', 'false', true),
        set_config('prasan.publishes', 'true', true),
        set_config('prasan.now', at::TEXT, true);
END $$;

-- The cases that the post sees at level STATUS, and those that it sees at level ANONYMOUS.
CREATE VIEW wall_counted AS
    SELECT c.id FROM "case" c
    WHERE c.province_code = (SELECT wall_province())
        OR c.amphoe_code = (SELECT wall_amphoe())
        OR c.id IN (SELECT p.case_id FROM wall_own p)
        OR ((SELECT wall_trusts()) OR NOT c.sensitive) AND c.id IN (SELECT p.case_id FROM wall_by_office p);

CREATE VIEW wall_opened AS
    SELECT c.id FROM "case" c
    WHERE c.province_code = (SELECT wall_province())
        OR c.amphoe_code = (SELECT wall_amphoe()) AND NOT c.sensitive
        OR c.id IN (SELECT p.case_id FROM wall_own p WHERE p.level >= 2)
        OR ((SELECT wall_trusts()) OR NOT c.sensitive)
            AND c.id IN (SELECT p.case_id FROM wall_by_office p WHERE p.level >= 2);

-- For the public alone: posts count the rows of "case" that its own policy shows them.
CREATE VIEW published_case AS
    SELECT c.id, c.citizen_id, c.area_code, c.amphoe_code, c.province_code, c.opened_at, c.resolved_at, c.ended_at,
        c.sensitive
    FROM "case" c WHERE (SELECT wall_publishes());

-- Auditors and the public see all of these: asked first, it spares them a look at each case.
CREATE VIEW counted_problem AS
    SELECT p.case_id, p.problem_type_code FROM case_problem p
    WHERE (SELECT wall_audits()) OR (SELECT wall_publishes()) OR p.case_id IN (SELECT s.id FROM wall_counted s);

-- Of a merged case, what it brought along stands in the case in which it goes on: it counts once.
CREATE VIEW counted_outcome AS
    SELECT p.case_id, p.problem_type_code, p.outcome, p.outcome_at, p.amount_claimed, p.amount_recovered
    FROM case_problem p
    WHERE ((SELECT wall_audits()) OR (SELECT wall_publishes()) OR p.case_id IN (SELECT s.id FROM wall_opened s))
        AND NOT EXISTS (SELECT FROM "case" m WHERE m.id = p.case_id AND m.merged_into_case_id IS NOT NULL);

CREATE VIEW counted_clock AS
    SELECT d.case_id, d.started_at, d.due_at, d.paused_at, d.ended_at, d.ending FROM deadline d
    WHERE ((SELECT wall_audits()) OR (SELECT wall_publishes()) OR d.case_id IN (SELECT s.id FROM wall_counted s))
        AND (d.referral_id IS NOT NULL OR NOT EXISTS (
            SELECT FROM "case" m WHERE m.id = d.case_id AND m.merged_into_case_id IS NOT NULL));

CREATE VIEW counted_office AS
    SELECT DISTINCT p.office_id, p.case_id FROM participation p
    WHERE p.office_id IS NOT NULL AND (
        (SELECT wall_audits()) OR (SELECT wall_publishes()) OR p.case_id IN (SELECT s.id FROM wall_counted s));

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

ALTER VIEW wall_counted OWNER TO prasan_wall;

ALTER VIEW wall_opened OWNER TO prasan_wall;

ALTER VIEW published_case OWNER TO prasan_wall;

ALTER VIEW counted_problem OWNER TO prasan_wall;

ALTER VIEW counted_outcome OWNER TO prasan_wall;

ALTER VIEW counted_clock OWNER TO prasan_wall;

ALTER VIEW counted_office OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

GRANT SELECT ON published_case, counted_problem, counted_outcome, counted_clock, counted_office TO prasan_app;

RESET ROLE;

GRANT SELECT (area_code, resolved_at, ended_at) ON "case" TO prasan_wall;

GRANT SELECT (outcome, outcome_at, amount_claimed, amount_recovered) ON case_problem TO prasan_wall;

GRANT SELECT (case_id, started_at, due_at, paused_at, ended_at, ending) ON deadline TO prasan_wall;
