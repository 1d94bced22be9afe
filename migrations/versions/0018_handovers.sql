-- Handovers of posts with their receipts, the languages of incumbents, and whom not to suggest for a case.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'VISIT_PLANNED', 'VISIT_RECORDED', 'TASK_MADE', 'TASK_COMPLETED', 'TASK_DROPPED', 'DOCUMENT_CHECKED', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'ATTACHMENT_ADDED', 'ATTACHMENT_SCANNED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED', 'SEAT_HANDED_OVER', 'HANDOVER_CONFIRMED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- What an incumbent speaks besides Thai.
ALTER TABLE incumbency ADD COLUMN languages TEXT[] NOT NULL DEFAULT '{}';

ALTER TABLE incumbency ADD CONSTRAINT languages_known CHECK (languages <@ ARRAY['TH', 'LO', 'MY', 'KM', 'VI', 'ZH', 'EN']) NOT VALID;

ALTER TABLE incumbency VALIDATE CONSTRAINT languages_known;

CREATE INDEX referral_from_seat ON referral (from_seat_id, state) WHERE from_seat_id IS NOT NULL;

CREATE TABLE handover (
    id BIGINT NOT NULL,
    seat_id BIGINT NOT NULL,
    from_incumbency_id BIGINT,
    to_incumbency_id BIGINT,
    by_seat_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    confirmed_by_account_id BIGINT,
    cases INTEGER NOT NULL,
    proposals INTEGER NOT NULL,
    referrals INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    promises INTEGER NOT NULL,
    deadlines INTEGER NOT NULL,
    tasks INTEGER NOT NULL,
    follows INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT reason_word CHECK (reason IN ('RESIGNED', 'TERM_ENDED', 'MOVED', 'DIED', 'REPLACED', 'FILLED')),
    CONSTRAINT somebody_hands_over CHECK (num_nonnulls(from_incumbency_id, to_incumbency_id) > 0),
    CONSTRAINT confirmed_by_somebody CHECK ((confirmed_at IS NULL) = (confirmed_by_account_id IS NULL)),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(from_incumbency_id) REFERENCES incumbency (id),
    FOREIGN KEY(to_incumbency_id) REFERENCES incumbency (id),
    FOREIGN KEY(by_seat_id) REFERENCES seat (id),
    FOREIGN KEY(confirmed_by_account_id) REFERENCES account (id)
);

CREATE INDEX handover_of_seat ON handover (seat_id, at, id);

CREATE TABLE handover_item (
    handover_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    about_id BIGINT,
    due_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (handover_id, position),
    CONSTRAINT kind_word CHECK (kind IN ('CASE', 'PROPOSAL', 'REFERRAL', 'QUESTION', 'PROMISE', 'DEADLINE', 'TASK', 'FOLLOW')),
    FOREIGN KEY(handover_id) REFERENCES handover (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_handover_item_case_id ON handover_item (case_id);

GRANT SELECT, INSERT ON handover TO prasan_app;

GRANT UPDATE (confirmed_at, confirmed_by_account_id) ON handover TO prasan_app;

GRANT SELECT ON handover_item TO prasan_app;

-- Whose handovers a post may read: its own, those of the volunteers of its amphoe for a mentor, of the volunteers and
-- mentors of its province for a coordinator, and all for the administrator. It reads the directory of posts alone.
CREATE FUNCTION wall_knows_post(the_seat BIGINT) RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN the_seat = wall_seat()
        OR EXISTS (SELECT FROM seat s WHERE s.id = the_seat
                   AND (left(s.area_code, 4) = wall_amphoe() OR left(s.area_code, 2) = wall_province()))
        OR EXISTS (SELECT FROM seat a WHERE a.id = wall_seat() AND a.kind = 'ADMIN');

ALTER TABLE handover ENABLE ROW LEVEL SECURITY;

ALTER TABLE handover FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON handover TO prasan_owner USING (true);

CREATE POLICY of_wall ON handover TO prasan_wall USING (true);

CREATE POLICY seen ON handover FOR SELECT TO prasan_app USING (wall_knows_post(seat_id));

CREATE POLICY made ON handover FOR INSERT TO prasan_app
    WITH CHECK (by_seat_id = wall_seat() AND wall_knows_post(seat_id));

CREATE POLICY confirmed ON handover FOR UPDATE TO prasan_app
    USING (wall_knows_post(seat_id)) WITH CHECK (confirmed_by_account_id = wall_account());

-- Items as far as the case is seen; what a post follows is its own.
ALTER TABLE handover_item ENABLE ROW LEVEL SECURITY;

ALTER TABLE handover_item FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON handover_item TO prasan_owner USING (true);

CREATE POLICY of_wall ON handover_item TO prasan_wall USING (true);

CREATE POLICY seen ON handover_item FOR SELECT TO prasan_app USING (
    wall_level(case_id) >= 1
    AND EXISTS (SELECT FROM handover h WHERE h.id = handover_id AND (kind <> 'FOLLOW' OR h.seat_id = wall_seat()))
);

GRANT SELECT (id, seat_id, by_seat_id, at) ON handover TO prasan_wall;

GRANT UPDATE (cases, proposals, referrals, questions, promises, deadlines, tasks, follows) ON handover TO prasan_wall;

GRANT SELECT, INSERT ON handover_item TO prasan_wall;

GRANT SELECT (volunteer_seat_id) ON "case" TO prasan_wall;

GRANT SELECT (id) ON assignment TO prasan_wall;

GRANT SELECT (from_seat_id, state, respond_by, result_by) ON referral TO prasan_wall;

GRANT SELECT (id, case_id, referral_id, due_at, ended_at) ON deadline TO prasan_wall;

GRANT SELECT ON follow TO prasan_wall;

GRANT SELECT (id, case_id, who, seat_id, due_on, state) ON task TO prasan_wall;

CREATE POLICY of_wall ON task TO prasan_wall USING (true);

CREATE POLICY of_wall ON deadline TO prasan_wall USING (true);

CREATE POLICY of_wall ON follow TO prasan_wall USING (true);

-- Whom not to suggest: an incumbent who is the citizen or another party, by phone or by the whole name.
CREATE INDEX account_by_phone ON account (phone);

CREATE INDEX account_by_name ON account (family_name, given_name);

GRANT SELECT (id, title, given_name, family_name, phone) ON account TO prasan_wall;

GRANT SELECT (seat_id, account_id, since, until) ON incumbency TO prasan_wall;

GRANT SELECT (given_name, family_name) ON citizen TO prasan_wall;

GRANT SELECT (id, case_id, name) ON case_party TO prasan_wall;

GRANT SELECT (party_id, kind, value) ON party_contact TO prasan_wall;

CREATE POLICY of_wall ON case_party TO prasan_wall USING (true);

CREATE POLICY of_wall ON party_contact TO prasan_wall USING (true);

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

-- Writes the receipt of a handover that the post that asks has just made, whatever cases it sees, and tells no case.
CREATE FUNCTION draw_up_handover(the_handover BIGINT) RETURNS VOID
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    the_seat BIGINT;
BEGIN
    SELECT h.seat_id INTO STRICT the_seat FROM handover h
        WHERE h.id = the_handover AND h.by_seat_id = wall_seat() AND h.at = wall_now()
        AND NOT EXISTS (SELECT FROM handover_item i WHERE i.handover_id = h.id);
    WITH going AS MATERIALIZED (
        SELECT c.id, c.holder_seat_id, c.volunteer_seat_id, c.review_on FROM "case" c
        WHERE c.state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE')
        AND (c.holder_seat_id = the_seat OR c.volunteer_seat_id = the_seat OR c.id IN (
            SELECT p.case_id FROM participation p WHERE p.seat_id = the_seat AND p.until IS NULL AND p.level >= 3))
    ), sent AS MATERIALIZED (
        SELECT r.id, r.case_id, r.state, CASE WHEN r.state IN ('SENT', 'RECEIVED') THEN r.respond_by
            WHEN r.state <> 'NEEDS_INFO' THEN r.result_by END AS due_at
        FROM referral r WHERE r.state IN ('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'NEEDS_INFO', 'DISPUTED')
        AND (r.from_seat_id = the_seat OR r.case_id IN (SELECT g.id FROM going g))
    ), item AS (
        SELECT 'CASE' AS kind, g.id AS case_id, NULL::BIGINT AS about_id, NULL::TIMESTAMP WITH TIME ZONE AS due_at
            FROM going g
        UNION ALL
        SELECT 'PROPOSAL', a.case_id, a.id, NULL FROM assignment a WHERE a.state = 'PROPOSED'
            AND (a.seat_id = the_seat OR a.case_id IN (SELECT g.id FROM going g))
        UNION ALL
        SELECT CASE s.state WHEN 'NEEDS_INFO' THEN 'QUESTION' ELSE 'REFERRAL' END, s.case_id, s.id, s.due_at FROM sent s
        UNION ALL
        SELECT 'PROMISE', g.id, NULL, (g.review_on + 1)::TIMESTAMP AT TIME ZONE 'Asia/Bangkok' FROM going g
            WHERE g.review_on IS NOT NULL AND g.holder_seat_id = the_seat
        UNION ALL
        SELECT 'DEADLINE', d.case_id, d.id, d.due_at FROM deadline d WHERE d.ended_at IS NULL
            AND (d.case_id IN (SELECT g.id FROM going g) OR d.referral_id IN (SELECT s.id FROM sent s))
        UNION ALL
        SELECT 'TASK', t.case_id, t.id, (t.due_on + 1)::TIMESTAMP AT TIME ZONE 'Asia/Bangkok' FROM task t
            LEFT JOIN going g ON g.id = t.case_id
            WHERE t.state = 'OPEN' AND CASE t.who
                WHEN 'SEAT' THEN t.seat_id = the_seat
                WHEN 'VOLUNTEER' THEN coalesce(g.volunteer_seat_id, g.holder_seat_id) = the_seat
                ELSE g.holder_seat_id = the_seat END
        UNION ALL
        SELECT 'FOLLOW', f.case_id, NULL, NULL FROM follow f JOIN "case" c ON c.id = f.case_id
            WHERE f.seat_id = the_seat AND c.state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE')
    )
    INSERT INTO handover_item (handover_id, position, kind, case_id, about_id, due_at)
        SELECT the_handover, row_number() OVER (ORDER BY item.due_at, item.case_id, item.kind, item.about_id),
            item.kind, item.case_id, item.about_id, item.due_at FROM item;
    UPDATE handover h SET cases = n.cases, proposals = n.proposals, referrals = n.referrals, questions = n.questions,
            promises = n.promises, deadlines = n.deadlines, tasks = n.tasks, follows = n.follows
        FROM (SELECT count(*) FILTER (WHERE i.kind = 'CASE') AS cases,
                count(*) FILTER (WHERE i.kind = 'PROPOSAL') AS proposals,
                count(*) FILTER (WHERE i.kind = 'REFERRAL') AS referrals,
                count(*) FILTER (WHERE i.kind = 'QUESTION') AS questions,
                count(*) FILTER (WHERE i.kind = 'PROMISE') AS promises,
                count(*) FILTER (WHERE i.kind = 'DEADLINE') AS deadlines,
                count(*) FILTER (WHERE i.kind = 'TASK') AS tasks,
                count(*) FILTER (WHERE i.kind = 'FOLLOW') AS follows
            FROM handover_item i WHERE i.handover_id = the_handover) n
        WHERE h.id = the_handover;
END $$;

-- Posts of volunteers that are not to be suggested for a case that the post that asks sees: one who fills it now is
-- the citizen or another party. Who they are is not told: such a post is left out as an empty one is.
CREATE FUNCTION conflicted_seats(the_case BIGINT) RETURNS BIGINT[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF wall_level(the_case) IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN (
        WITH about AS (SELECT c.id, c.citizen_id FROM "case" c WHERE c.id = the_case),
        phone AS (
            SELECT k.value FROM citizen_contact k JOIN about ON k.citizen_id = about.citizen_id WHERE k.kind = 'PHONE'
            UNION
            SELECT k.value FROM party_contact k JOIN case_party p ON p.id = k.party_id
                WHERE p.case_id = the_case AND k.kind = 'PHONE'
        ),
        known AS (
            SELECT a.id FROM account a JOIN phone ON a.phone = phone.value
            UNION
            SELECT a.id FROM account a JOIN citizen z ON a.family_name = z.family_name AND a.given_name = z.given_name
                JOIN about ON z.id = about.citizen_id
            UNION
            SELECT a.id FROM case_party p JOIN account a ON a.family_name = split_part(p.name, ' ', -1)
                AND p.name IN (concat(a.given_name, ' ', a.family_name), concat(a.title, a.given_name, ' ', a.family_name))
                WHERE p.case_id = the_case
        )
        SELECT coalesce(array_agg(DISTINCT i.seat_id), '{}') FROM incumbency i JOIN known ON known.id = i.account_id
            WHERE i.since <= wall_now() AND (i.until IS NULL OR i.until > wall_now())
    );
END $$;

ALTER FUNCTION draw_up_handover(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION conflicted_seats(BIGINT) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION draw_up_handover(BIGINT), conflicted_seats(BIGINT) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION draw_up_handover(BIGINT), conflicted_seats(BIGINT) TO prasan_app, prasan_owner;

RESET ROLE;
