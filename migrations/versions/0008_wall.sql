-- The second wall: row-level security on every table with case or personal data. Statements are separated by blank lines.
--
-- It says in its own words who sees which rows (the first wall is casework/policy/visibility.py), and believes only
-- which post asks, in which account and when: enter() looks up the rest. Nothing is set: nothing is seen.
-- Policies read columns of their own row, "case" and participation, whose policy refers to no other table.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prasan_wall') THEN
        RAISE EXCEPTION 'the role prasan_wall is missing: run server/roles.sql again, then migrate'
            USING ERRCODE = 'undefined_object';
    END IF;
END
$$;

CREATE FUNCTION wall_account() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.account', true), '')::BIGINT;

CREATE FUNCTION wall_seat() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.seat', true), '')::BIGINT;

CREATE FUNCTION wall_taker() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.taker', true), '')::BIGINT;

CREATE FUNCTION wall_office() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.office', true), '')::BIGINT;

CREATE FUNCTION wall_agency() RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.agency', true), '');

CREATE FUNCTION wall_amphoe() RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.amphoe', true), '');

CREATE FUNCTION wall_province() RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.province', true), '');

CREATE FUNCTION wall_trusts() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('prasan.trusts', true) = 'true', false);

CREATE FUNCTION wall_audits() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('prasan.audits', true) = 'true', false);

CREATE FUNCTION wall_now() RETURNS TIMESTAMP WITH TIME ZONE LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.now', true), '')::TIMESTAMP WITH TIME ZONE;

-- Until the end of the transaction this post asks: mentors see their amphoe, coordinators their province, and all but
-- auditors and administrators what they take part in; whoever is trusted with sensitive cases also sees those in which
-- only the office takes part.
CREATE FUNCTION enter(the_account BIGINT, the_seat BIGINT, at TIMESTAMP WITH TIME ZONE) RETURNS VOID
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    post RECORD;
BEGIN
    SELECT s.kind, s.area_code, s.office_id, s.handles_sensitive, o.agency_code, o.province_code INTO STRICT post
        FROM seat s LEFT JOIN office o ON o.id = s.office_id WHERE s.id = the_seat;
    PERFORM set_config('prasan.account', the_account::TEXT, true),
        set_config('prasan.seat', the_seat::TEXT, true),
        set_config('prasan.taker', CASE WHEN post.kind IN ('AUDITOR', 'ADMIN') THEN '' ELSE the_seat::TEXT END, true),
        set_config('prasan.office', coalesce(post.office_id::TEXT, ''), true),
        set_config('prasan.agency', coalesce(post.agency_code, ''), true),
        set_config('prasan.amphoe', CASE post.kind WHEN 'MENTOR' THEN post.area_code ELSE '' END, true),
        set_config('prasan.province', CASE post.kind WHEN 'COORDINATOR' THEN post.province_code ELSE '' END, true),
        set_config('prasan.trusts', (post.kind = 'COORDINATOR' OR post.handles_sensitive)::TEXT, true),
        set_config('prasan.audits', (post.kind = 'AUDITOR')::TEXT, true),
        set_config('prasan.now', at::TEXT, true);
END $$;

-- What participations give now; what the post that asks takes or took part in, by itself and by its office; and every
-- case with the level (1 STATUS to 4 FULL, null: not at all) at which the post sees it. Views of prasan_wall, whose own
-- policies hide nothing from it.
CREATE VIEW wall_part AS
    SELECT p.case_id, p.seat_id, p.office_id,
        CASE WHEN p.until IS NOT NULL THEN 1
             WHEN p.expires_at IS NULL OR p.expires_at > wall_now() THEN p.level
             ELSE least(p.level, 2) END AS level,
        CASE WHEN p.until IS NULL AND (p.expires_at IS NULL OR p.expires_at > wall_now())
             THEN p.discloses ELSE 0 END AS discloses
    FROM participation p;

CREATE VIEW wall_own AS SELECT p.case_id, p.level, p.discloses FROM wall_part p WHERE p.seat_id = wall_taker();

CREATE VIEW wall_by_office AS SELECT p.case_id, p.level, p.discloses FROM wall_part p WHERE p.office_id = wall_office();

CREATE VIEW wall_case AS
    SELECT c.id, c.citizen_id, c.reference,
        CASE WHEN c.province_code = wall_province() AND NOT c.sensitive THEN 4
        ELSE greatest(
            CASE WHEN c.province_code = wall_province() THEN 3
                 WHEN c.amphoe_code = wall_amphoe() THEN CASE WHEN c.sensitive THEN 1 ELSE 3 END
                 WHEN wall_audits() THEN 2 END,
            (SELECT max(p.level) FROM wall_own p WHERE p.case_id = c.id),
            (SELECT max(p.level) FROM wall_by_office p WHERE p.case_id = c.id AND (wall_trusts() OR NOT c.sensitive)))
        END AS level,
        coalesce((SELECT bit_or(p.discloses) FROM wall_own p WHERE p.case_id = c.id), 0)
            | coalesce((SELECT bit_or(p.discloses) FROM wall_by_office p
                        WHERE p.case_id = c.id AND (wall_trusts() OR NOT c.sensitive)), 0) AS discloses
    FROM "case" c;

CREATE VIEW wall_work AS SELECT s.id, s.citizen_id FROM wall_case s WHERE s.level >= 3;

-- Policies ask by functions: spelled out in every policy, planning a statement took longer than running it. Names are
-- qualified instead of SET search_path, which would cost more than the question.
CREATE FUNCTION has_a_case(the_citizen BIGINT) RETURNS BOOLEAN
    LANGUAGE plpgsql STABLE COST 200 SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public."case" c WHERE c.citizen_id = the_citizen);
END $$;

CREATE FUNCTION wall_level(the_case BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql STABLE COST 500 SECURITY DEFINER AS $$
BEGIN
    RETURN (SELECT s.level FROM public.wall_case s WHERE s.id = the_case);
END $$;

CREATE FUNCTION wall_level_of_citizen(the_citizen BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql STABLE COST 800 SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT FROM public.citizen z WHERE z.id = the_citizen AND z.registered_by_seat_id = public.wall_seat())
       AND NOT public.has_a_case(the_citizen) THEN
        RETURN 4;
    END IF;
    RETURN (SELECT max(s.level) FROM public.wall_case s WHERE s.citizen_id = the_citizen);
END $$;

CREATE FUNCTION wall_discloses(the_citizen BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql STABLE COST 800 SECURITY DEFINER AS $$
BEGIN
    RETURN (SELECT bit_or(s.discloses) FROM public.wall_case s WHERE s.citizen_id = the_citizen AND s.level >= 3);
END $$;

CREATE FUNCTION wall_holds(the_case BIGINT) RETURNS BOOLEAN
    LANGUAGE plpgsql STABLE COST 200 SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public."case" c WHERE c.id = the_case
                   AND (c.holder_seat_id = public.wall_seat() OR c.holder_office_id = public.wall_office()));
END $$;

-- The search: @@ may not come before a policy, so an index could not serve it. These look first, and then show what
-- the post sees: all hits where `most` or fewer rows have the words; else, with all_found false, only those by reference.
CREATE FUNCTION search_cases(wanted TSQUERY, the_reference TEXT, the_sequence TEXT, most INTEGER,
                             OUT all_found BOOLEAN, OUT ids BIGINT[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    by_words BIGINT[];
BEGIN
    SELECT coalesce(array_agg(h.case_id), '{}') INTO by_words
        FROM (SELECT w.case_id FROM case_search w WHERE w.words @@ wanted LIMIT most + 1) h;
    all_found := cardinality(by_words) <= most;
    SELECT coalesce(array_agg(s.id), '{}') INTO ids FROM (
        SELECT s.id FROM wall_case s WHERE all_found AND s.id = ANY (by_words) AND s.level >= 3
        UNION
        SELECT s.id FROM wall_case s WHERE s.reference = the_reference AND s.level >= 1
        UNION
        SELECT s.id FROM wall_case s WHERE split_part(s.reference, '-', 3) = the_sequence AND s.level >= 1
    ) s;
END $$;

CREATE FUNCTION search_citizens(wanted TSQUERY, most INTEGER, OUT all_found BOOLEAN, OUT ids BIGINT[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    by_words BIGINT[];
BEGIN
    SELECT coalesce(array_agg(h.citizen_id), '{}') INTO by_words
        FROM (SELECT w.citizen_id FROM citizen_search w WHERE w.words @@ wanted LIMIT most + 1) h;
    all_found := cardinality(by_words) <= most;
    SELECT coalesce(array_agg(z.id), '{}') INTO ids FROM citizen z
        WHERE all_found AND z.id = ANY (by_words) AND wall_level_of_citizen(z.id) >= 3;
END $$;

-- A name changes in the words of all cases of a citizen, also of those that the post does not see. Words of names have
-- the weight A; the others stay as they are, and nobody reads them.
CREATE FUNCTION rename_in_search(the_citizen BIGINT, names TSVECTOR) RETURNS VOID
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE case_search w SET words = ts_filter(w.words, '{d}') || names
        FROM "case" c WHERE c.id = w.case_id AND c.citizen_id = the_citizen AND wall_level_of_citizen(the_citizen) >= 3;
END $$;

-- An office refuses what it may not read yet: what it answers is written without showing why it was asked.
CREATE FUNCTION answer_referral(the_referral BIGINT, the_reply TEXT, the_report TEXT) RETURNS VOID
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE referral_content t SET reply = coalesce(the_reply, t.reply), report = coalesce(the_report, t.report)
        FROM referral r
        WHERE t.referral_id = the_referral AND r.id = the_referral
        AND (r.to_office_id = wall_office() AND wall_level(r.case_id) >= 1 OR wall_level(r.case_id) >= 3);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such referral' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- The citizen's own window: nobody asks, and a status card is all there is to see.
CREATE FUNCTION status_card(the_reference TEXT)
    RETURNS TABLE (id BIGINT, tracking_generation INTEGER, reference VARCHAR, state TEXT,
                   opened_at TIMESTAMP WITH TIME ZONE, updated_at TIMESTAMP WITH TIME ZONE,
                   due_at TIMESTAMP WITH TIME ZONE)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT c.id, c.tracking_generation, c.reference, c.state, c.opened_at, c.updated_at, c.due_at
    FROM "case" c WHERE c.reference = the_reference;
END;

CREATE FUNCTION status_problems(the_case BIGINT) RETURNS TABLE (problem_type_code VARCHAR)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT p.problem_type_code FROM case_problem p WHERE p.case_id = the_case ORDER BY p.position, p.id;
END;

CREATE FUNCTION status_offices(the_case BIGINT) RETURNS TABLE (office_id BIGINT)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT p.office_id FROM participation p WHERE p.case_id = the_case AND p.office_id IS NOT NULL
    GROUP BY p.office_id ORDER BY min(p.since), p.office_id;
END;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

ALTER VIEW wall_part OWNER TO prasan_wall;

ALTER VIEW wall_own OWNER TO prasan_wall;

ALTER VIEW wall_by_office OWNER TO prasan_wall;

ALTER VIEW wall_case OWNER TO prasan_wall;

ALTER VIEW wall_work OWNER TO prasan_wall;

ALTER FUNCTION has_a_case(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION wall_level(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION wall_level_of_citizen(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION wall_discloses(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION wall_holds(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION search_cases(TSQUERY, TEXT, TEXT, INTEGER) OWNER TO prasan_wall;

ALTER FUNCTION search_citizens(TSQUERY, INTEGER) OWNER TO prasan_wall;

ALTER FUNCTION rename_in_search(BIGINT, TSVECTOR) OWNER TO prasan_wall;

ALTER FUNCTION answer_referral(BIGINT, TEXT, TEXT) OWNER TO prasan_wall;

ALTER FUNCTION status_card(TEXT) OWNER TO prasan_wall;

ALTER FUNCTION status_problems(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION status_offices(BIGINT) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION
    has_a_case(BIGINT), wall_level(BIGINT), wall_level_of_citizen(BIGINT), wall_discloses(BIGINT),
    wall_holds(BIGINT), search_cases(TSQUERY, TEXT, TEXT, INTEGER), search_citizens(TSQUERY, INTEGER),
    rename_in_search(BIGINT, TSVECTOR), answer_referral(BIGINT, TEXT, TEXT), status_card(TEXT),
    status_problems(BIGINT), status_offices(BIGINT)
    FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    has_a_case(BIGINT), wall_level(BIGINT), wall_level_of_citizen(BIGINT), wall_discloses(BIGINT),
    wall_holds(BIGINT), search_cases(TSQUERY, TEXT, TEXT, INTEGER), search_citizens(TSQUERY, INTEGER),
    rename_in_search(BIGINT, TSVECTOR), answer_referral(BIGINT, TEXT, TEXT), status_card(TEXT),
    status_problems(BIGINT), status_offices(BIGINT)
    TO prasan_app;

GRANT EXECUTE ON FUNCTION
    has_a_case(BIGINT), wall_level(BIGINT), wall_level_of_citizen(BIGINT), wall_discloses(BIGINT),
    wall_holds(BIGINT), search_cases(TSQUERY, TEXT, TEXT, INTEGER), search_citizens(TSQUERY, INTEGER),
    rename_in_search(BIGINT, TSVECTOR), answer_referral(BIGINT, TEXT, TEXT), status_card(TEXT),
    status_problems(BIGINT), status_offices(BIGINT)
    TO prasan_owner;

GRANT SELECT ON wall_own, wall_by_office, wall_work TO prasan_app;

RESET ROLE;

GRANT SELECT (id, citizen_id, reference, state, sensitive, amphoe_code, province_code, holder_seat_id, holder_office_id,
    opened_at, updated_at, due_at, tracking_generation) ON "case" TO prasan_wall;

GRANT SELECT ON participation, case_search, citizen_search TO prasan_wall;

GRANT SELECT (id, registered_by_seat_id) ON citizen TO prasan_wall;

GRANT SELECT (id, case_id, position, problem_type_code) ON case_problem TO prasan_wall;

GRANT UPDATE (words) ON case_search TO prasan_wall;

GRANT SELECT (id, case_id, to_office_id) ON referral TO prasan_wall;

GRANT SELECT (referral_id, reply, report), UPDATE (reply, report) ON referral_content TO prasan_wall;

-- The post and its office always; others as far as the post sees the case.
ALTER TABLE participation ENABLE ROW LEVEL SECURITY;

ALTER TABLE participation FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON participation TO prasan_owner USING (true);

CREATE POLICY of_wall ON participation TO prasan_wall USING (true);

CREATE POLICY of_worker ON participation TO prasan_worker USING (true);

CREATE POLICY seen ON participation FOR SELECT TO prasan_app
    USING (seat_id = wall_seat() OR office_id = wall_office() OR wall_level(case_id) >= 1);

CREATE POLICY begun ON participation FOR INSERT TO prasan_app
    WITH CHECK (wall_level(case_id) >= 1 OR wall_holds(case_id));

CREATE POLICY ended ON participation FOR UPDATE TO prasan_app USING (wall_level(case_id) >= 1);

-- Areas see all of theirs; whoever takes or took part sees it for ever, by an office only if not too sensitive.
ALTER TABLE "case" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "case" FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON "case" TO prasan_owner USING (true);

CREATE POLICY of_wall ON "case" TO prasan_wall USING (true);

CREATE POLICY of_worker ON "case" TO prasan_worker USING (true);

CREATE POLICY seen ON "case" FOR SELECT TO prasan_app USING (
    province_code = (SELECT wall_province()) OR amphoe_code = (SELECT wall_amphoe()) OR (SELECT wall_audits())
    OR EXISTS (SELECT FROM wall_own p WHERE p.case_id = "case".id)
    OR ((SELECT wall_trusts()) OR NOT sensitive) AND EXISTS (SELECT FROM wall_by_office p WHERE p.case_id = "case".id)
);

CREATE POLICY opened ON "case" FOR INSERT TO prasan_app
    WITH CHECK (holder_seat_id = wall_seat() OR holder_office_id = wall_office());

CREATE POLICY changed ON "case" FOR UPDATE TO prasan_app USING (wall_level(id) >= 1) WITH CHECK (true);

-- Level STATUS.
ALTER TABLE case_problem ENABLE ROW LEVEL SECURITY;

ALTER TABLE case_problem FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON case_problem TO prasan_owner USING (true);

CREATE POLICY of_wall ON case_problem TO prasan_wall USING (true);

CREATE POLICY seen ON case_problem TO prasan_app USING (wall_level(case_id) >= 1);

ALTER TABLE case_holding ENABLE ROW LEVEL SECURITY;

ALTER TABLE case_holding FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON case_holding TO prasan_owner USING (true);

CREATE POLICY seen ON case_holding TO prasan_app USING (wall_level(case_id) >= 1);

ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;

ALTER TABLE assignment FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON assignment TO prasan_owner USING (true);

CREATE POLICY of_worker ON assignment TO prasan_worker USING (true);

CREATE POLICY seen ON assignment TO prasan_app USING (wall_level(case_id) >= 1);

ALTER TABLE referral ENABLE ROW LEVEL SECURITY;

ALTER TABLE referral FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON referral TO prasan_owner USING (true);

CREATE POLICY of_wall ON referral TO prasan_wall USING (true);

CREATE POLICY of_worker ON referral TO prasan_worker USING (true);

CREATE POLICY seen ON referral TO prasan_app USING (wall_level(case_id) >= 1);

ALTER TABLE case_merge ENABLE ROW LEVEL SECURITY;

ALTER TABLE case_merge FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON case_merge TO prasan_owner USING (true);

CREATE POLICY seen ON case_merge TO prasan_app USING (wall_level(source_case_id) >= 1);

-- A post's own.
ALTER TABLE follow ENABLE ROW LEVEL SECURITY;

ALTER TABLE follow FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON follow TO prasan_owner USING (true);

CREATE POLICY own ON follow TO prasan_app USING (seat_id = wall_seat());

-- Level ANONYMOUS, within the audience; whoever sees a subject may tell what they did.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;

ALTER TABLE event FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON event TO prasan_owner USING (true);

CREATE POLICY of_worker ON event TO prasan_worker USING (true);

CREATE POLICY heard ON event FOR SELECT TO prasan_app USING (
    subject_kind = 'CASE' AND wall_level(subject_id) >= 2 AND (
        audience IN ('CASE', 'CITIZEN') OR actor_seat_id = wall_seat()
        OR audience = 'OWN_AGENCY' AND actor_agency_code = wall_agency()
        OR audience = 'HOLDER_ONLY' AND wall_holds(subject_id))
);

CREATE POLICY told ON event FOR INSERT TO prasan_app WITH CHECK (
    actor_seat_id = wall_seat() AND CASE subject_kind
        WHEN 'CASE' THEN wall_level(subject_id) >= 1
        WHEN 'CITIZEN' THEN wall_level_of_citizen(subject_id) >= 3
        ELSE true END
);

-- Level WORK, notes within their audience.
ALTER TABLE case_content ENABLE ROW LEVEL SECURITY;

ALTER TABLE case_content FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON case_content TO prasan_owner USING (true);

CREATE POLICY seen ON case_content TO prasan_app USING (wall_level(case_id) >= 3);

ALTER TABLE case_party ENABLE ROW LEVEL SECURITY;

ALTER TABLE case_party FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON case_party TO prasan_owner USING (true);

CREATE POLICY seen ON case_party TO prasan_app USING (wall_level(case_id) >= 3);

ALTER TABLE note ENABLE ROW LEVEL SECURITY;

ALTER TABLE note FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON note TO prasan_owner USING (true);

CREATE POLICY heard ON note FOR SELECT TO prasan_app USING (
    wall_level(case_id) >= 3 AND (
        audience IN ('CASE', 'CITIZEN') OR author_seat_id = wall_seat()
        OR audience = 'OWN_AGENCY' AND author_agency_code = wall_agency()
        OR audience = 'HOLDER_ONLY' AND wall_holds(case_id))
);

CREATE POLICY written ON note FOR INSERT TO prasan_app
    WITH CHECK (author_seat_id = wall_seat() AND wall_level(case_id) >= 1);

ALTER TABLE referral_content ENABLE ROW LEVEL SECURITY;

ALTER TABLE referral_content FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON referral_content TO prasan_owner USING (true);

CREATE POLICY of_wall ON referral_content TO prasan_wall USING (true);

CREATE POLICY seen ON referral_content TO prasan_app
    USING (wall_level((SELECT r.case_id FROM referral r WHERE r.id = referral_id)) >= 3);

-- Level FULL.
ALTER TABLE party_contact ENABLE ROW LEVEL SECURITY;

ALTER TABLE party_contact FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON party_contact TO prasan_owner USING (true);

CREATE POLICY seen ON party_contact TO prasan_app
    USING (wall_level((SELECT p.case_id FROM case_party p WHERE p.id = party_id)) >= 4);

-- Citizens: from level WORK on a case of theirs; until the first one, to the post that registered them.
ALTER TABLE citizen ENABLE ROW LEVEL SECURITY;

ALTER TABLE citizen FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON citizen TO prasan_owner USING (true);

CREATE POLICY of_wall ON citizen TO prasan_wall USING (true);

CREATE POLICY seen ON citizen FOR SELECT TO prasan_app USING (
    EXISTS (SELECT FROM wall_work s WHERE s.citizen_id = citizen.id)
    OR registered_by_seat_id = wall_seat() AND NOT has_a_case(id)
);

CREATE POLICY registered ON citizen FOR INSERT TO prasan_app WITH CHECK (registered_by_seat_id = wall_seat());

CREATE POLICY changed ON citizen FOR UPDATE TO prasan_app USING (wall_level_of_citizen(id) >= 3);

ALTER TABLE citizen_search ENABLE ROW LEVEL SECURITY;

ALTER TABLE citizen_search FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON citizen_search TO prasan_owner USING (true);

CREATE POLICY of_wall ON citizen_search TO prasan_wall USING (true);

CREATE POLICY seen ON citizen_search TO prasan_app USING (
    EXISTS (SELECT FROM wall_work s WHERE s.citizen_id = citizen_search.citizen_id)
    OR wall_level_of_citizen(citizen_id) >= 3
);

-- Walked along by long lists: spelled out, so that a row costs less.
ALTER TABLE case_search ENABLE ROW LEVEL SECURITY;

ALTER TABLE case_search FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON case_search TO prasan_owner USING (true);

CREATE POLICY of_wall ON case_search TO prasan_wall USING (true);

CREATE POLICY seen ON case_search TO prasan_app USING (
    EXISTS (SELECT FROM wall_work s WHERE s.id = case_search.case_id)
);

-- Contacts and documents: level FULL, or what a referral discloses: 1 phones, 2 addresses, 4 documents.
ALTER TABLE citizen_contact ENABLE ROW LEVEL SECURITY;

ALTER TABLE citizen_contact FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON citizen_contact TO prasan_owner USING (true);

CREATE POLICY known ON citizen_contact TO prasan_app USING (wall_level_of_citizen(citizen_id) >= 4);

CREATE POLICY disclosed ON citizen_contact FOR SELECT TO prasan_app
    USING (wall_discloses(citizen_id) & CASE kind WHEN 'PHONE' THEN 1 ELSE 2 END <> 0);

ALTER TABLE citizen_identifier ENABLE ROW LEVEL SECURITY;

ALTER TABLE citizen_identifier FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON citizen_identifier TO prasan_owner USING (true);

CREATE POLICY known ON citizen_identifier TO prasan_app USING (wall_level_of_citizen(citizen_id) >= 4);

CREATE POLICY disclosed ON citizen_identifier FOR SELECT TO prasan_app
    USING (wall_discloses(citizen_id) & 4 <> 0);

-- Who was shown a whole document, and why: those who were, and coordinators at level FULL.
ALTER TABLE identifier_reveal ENABLE ROW LEVEL SECURITY;

ALTER TABLE identifier_reveal FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON identifier_reveal TO prasan_owner USING (true);

CREATE POLICY seen ON identifier_reveal FOR SELECT TO prasan_app USING (
    revealed_by_account_id = wall_account()
    OR wall_province() IS NOT NULL AND wall_level_of_citizen(citizen_id) >= 4
);

CREATE POLICY own ON identifier_reveal FOR INSERT TO prasan_app WITH CHECK (revealed_by_account_id = wall_account());

-- Who looked: coordinators at level FULL. The recorder writes for everybody, after they have left.
ALTER TABLE citizen_access ENABLE ROW LEVEL SECURITY;

ALTER TABLE citizen_access FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON citizen_access TO prasan_owner USING (true);

CREATE POLICY told ON citizen_access FOR SELECT TO prasan_app
    USING (wall_province() IS NOT NULL AND wall_level_of_citizen(citizen_id) >= 4);

CREATE POLICY noted ON citizen_access FOR INSERT TO prasan_app WITH CHECK (true);

-- What an account did.
ALTER TABLE operation ENABLE ROW LEVEL SECURITY;

ALTER TABLE operation FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON operation TO prasan_owner USING (true);

CREATE POLICY own ON operation TO prasan_app USING (account_id = wall_account());

-- Orders that data must stay: the owner's alone.
ALTER TABLE legal_hold ENABLE ROW LEVEL SECURITY;

ALTER TABLE legal_hold FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON legal_hold TO prasan_owner USING (true);

-- The columns that the policy on "case" reads stand in the indexes of the areas, so that a count needs no rows.
DROP INDEX case_of_province;

CREATE INDEX case_of_province ON "case" (province_code, updated_at DESC, id DESC) INCLUDE (amphoe_code, sensitive);

DROP INDEX case_of_amphoe;

CREATE INDEX case_of_amphoe ON "case" (amphoe_code, updated_at DESC, id DESC) INCLUDE (province_code, sensitive);

-- The system's own verbs (prasan tend) are the worker's: it sees every case and no person.
GRANT SELECT ON "case", participation, assignment, referral TO prasan_worker;

GRANT UPDATE ON "case", participation, assignment, referral TO prasan_worker;

GRANT INSERT ON event TO prasan_worker;

GRANT USAGE ON SEQUENCE prasan_id, prasan_event_id TO prasan_worker;

-- At commit the holder must agree also where the one who gave the case away does not see it any more.
ALTER FUNCTION case_holder_agrees() SECURITY DEFINER;

REVOKE ALL ON FUNCTION case_holder_agrees() FROM PUBLIC;

-- Words of names get the weight A: prasan serve makes them anew.
DELETE FROM case_search;
