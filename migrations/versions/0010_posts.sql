-- The citizen answers a result by reference and tracking code, without an account.

-- What the citizen wrote has no post as its author.
-- squawk-ignore ban-drop-not-null
ALTER TABLE note ALTER COLUMN author_seat_id DROP NOT NULL;

CREATE TABLE citizen_operation (
    case_id BIGINT NOT NULL,
    operation_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    fingerprint BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (case_id, operation_id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

GRANT SELECT, INSERT ON citizen_operation TO prasan_app;

-- The case whose reference and code opened the window, until the transaction ends. Nobody asks: no post is set.
CREATE FUNCTION wall_window() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('prasan.window', true), '')::BIGINT;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

-- A code that was renewed opens nothing: the service judges the code, the generation is asked for again here.
CREATE FUNCTION enter_window(the_case BIGINT, generation INTEGER) RETURNS VOID
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('prasan.window', c.id::TEXT, true)
        FROM "case" c WHERE c.id = the_case AND c.tracking_generation = generation;
END $$;

ALTER FUNCTION enter_window(BIGINT, INTEGER) OWNER TO prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION enter_window(BIGINT, INTEGER) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION enter_window(BIGINT, INTEGER) TO prasan_app, prasan_owner;

-- The card tells whether an answer is awaited, and until when.
-- squawk-ignore ban-drop-function
DROP FUNCTION status_card(TEXT);

RESET ROLE;

GRANT SELECT (resolved_at) ON "case" TO prasan_wall;

CREATE FUNCTION status_card(the_reference TEXT)
    RETURNS TABLE (id BIGINT, tracking_generation INTEGER, reference VARCHAR, state TEXT, sensitive BOOLEAN,
                   opened_at TIMESTAMP WITH TIME ZONE, updated_at TIMESTAMP WITH TIME ZONE,
                   due_at TIMESTAMP WITH TIME ZONE, resolved_at TIMESTAMP WITH TIME ZONE)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT c.id, c.tracking_generation, c.reference, c.state, c.sensitive, c.opened_at, c.updated_at, c.due_at,
        c.resolved_at
    FROM "case" c WHERE c.reference = the_reference;
END;

ALTER FUNCTION status_card(TEXT) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION status_card(TEXT) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION status_card(TEXT) TO prasan_app, prasan_owner;

RESET ROLE;

-- Through the window: that one case, what ends with it, and the two events that an answer makes.
CREATE POLICY answered ON "case" FOR SELECT TO prasan_app USING (id = (SELECT wall_window()));

CREATE POLICY answering ON "case" FOR UPDATE TO prasan_app USING (id = (SELECT wall_window()));

CREATE POLICY answers_only ON "case" AS RESTRICTIVE FOR UPDATE TO prasan_app
    USING (true) WITH CHECK (wall_window() IS NULL OR state IN ('RESOLVED', 'CLOSED', 'IN_PROGRESS'));

CREATE POLICY answered ON participation FOR SELECT TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answering ON participation FOR UPDATE TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answered ON assignment FOR SELECT TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answering ON assignment FOR UPDATE TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answered ON referral FOR SELECT TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answered ON event FOR INSERT TO prasan_app WITH CHECK (
    subject_kind = 'CASE' AND subject_id = wall_window() AND kind IN ('CASE_CLOSED', 'CLOSING_DISPUTED')
    AND num_nonnulls(actor_seat_id, actor_account_id, actor_agency_code) = 0
);

CREATE POLICY answered ON note FOR INSERT TO prasan_app
    WITH CHECK (case_id = wall_window() AND num_nonnulls(author_seat_id, author_agency_code) = 0);

ALTER TABLE citizen_operation ENABLE ROW LEVEL SECURITY;

ALTER TABLE citizen_operation FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON citizen_operation TO prasan_owner USING (true);

CREATE POLICY answered ON citizen_operation TO prasan_app USING (case_id = wall_window());

-- How much a post has on its hands: counts alone, for the post itself, its mentor and its coordinator, whether or not
-- they see each case. All others get no row.
GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

CREATE FUNCTION seat_loads(the_seats BIGINT[], the_day DATE)
    RETURNS TABLE (seat_id BIGINT, open_held INTEGER, open_taken_part INTEGER, proposed INTEGER, overdue INTEGER)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT s.id,
        (SELECT count(*) FROM "case" c WHERE c.holder_seat_id = s.id
            AND c.state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE'))::INTEGER,
        (SELECT count(DISTINCT c.id) FROM participation p JOIN "case" c ON c.id = p.case_id
            WHERE p.seat_id = s.id AND p.until IS NULL AND p.level >= 3
            AND c.state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE'))::INTEGER,
        (SELECT count(*) FROM assignment a WHERE a.seat_id = s.id AND a.state = 'PROPOSED')::INTEGER,
        (SELECT count(*) FROM "case" c WHERE c.holder_seat_id = s.id
            AND c.state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE')
            AND (c.due_at < wall_now() OR c.review_on < the_day))::INTEGER
    FROM seat s
    WHERE s.id = ANY (the_seats)
        AND (s.id = wall_seat() OR left(s.area_code, 4) = wall_amphoe() OR left(s.area_code, 2) = wall_province());
END;

ALTER FUNCTION seat_loads(BIGINT[], DATE) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION seat_loads(BIGINT[], DATE) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION seat_loads(BIGINT[], DATE) TO prasan_app, prasan_owner;

RESET ROLE;

GRANT SELECT (id, area_code) ON seat TO prasan_wall;

GRANT SELECT (review_on) ON "case" TO prasan_wall;

GRANT SELECT (case_id, seat_id, state) ON assignment TO prasan_wall;

CREATE POLICY of_wall ON assignment TO prasan_wall USING (true);

-- Absence with a cover: an incumbency COVER that says who is away. One that was cancelled before it began is empty.
ALTER TABLE incumbency ADD COLUMN absent_account_id BIGINT;

ALTER TABLE incumbency ADD FOREIGN KEY(absent_account_id) REFERENCES account (id) NOT VALID;

ALTER TABLE incumbency VALIDATE CONSTRAINT incumbency_absent_account_id_fkey;

-- squawk-ignore ban-drop-constraint
ALTER TABLE incumbency DROP CONSTRAINT ends_after_it_begins;

ALTER TABLE incumbency ADD CONSTRAINT ends_after_it_begins CHECK (until > since OR until = since AND absent_account_id IS NOT NULL) NOT VALID;

ALTER TABLE incumbency VALIDATE CONSTRAINT ends_after_it_begins;

ALTER TABLE incumbency ADD CONSTRAINT covers_another CHECK (absent_account_id IS NULL OR kind = 'COVER' AND until IS NOT NULL AND account_id <> absent_account_id) NOT VALID;

ALTER TABLE incumbency VALIDATE CONSTRAINT covers_another;

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'PARTY_ADDED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;
