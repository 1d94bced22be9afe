-- Incidents: cases of a province that share an employer, a recruiter, a phone or a bank account.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE party_contact DROP CONSTRAINT kind_word;

ALTER TABLE party_contact ADD CONSTRAINT kind_word CHECK (kind IN ('PHONE', 'ADDRESS', 'BANK_ACCOUNT')) NOT VALID;

ALTER TABLE party_contact VALIDATE CONSTRAINT kind_word;

CREATE TABLE party_trace (
    party_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    blind_index BYTEA NOT NULL,
    case_id BIGINT NOT NULL,
    traced_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (party_id, kind, blind_index),
    CONSTRAINT kind_word CHECK (kind IN ('EMPLOYER', 'RECRUITER', 'PHONE', 'BANK_ACCOUNT')),
    FOREIGN KEY(party_id) REFERENCES case_party (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX trace_by_index ON party_trace (kind, blind_index, traced_at);

CREATE INDEX ix_party_trace_case_id ON party_trace (case_id);

CREATE TABLE incident (
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    blind_index BYTEA NOT NULL,
    province_code VARCHAR NOT NULL,
    state TEXT NOT NULL,
    dismissal TEXT,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE,
    dismissed_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('EMPLOYER', 'RECRUITER', 'PHONE', 'BANK_ACCOUNT')),
    CONSTRAINT state_word CHECK (state IN ('PROPOSED', 'REFERRED', 'DISMISSED')),
    CONSTRAINT dismissal_word CHECK (dismissal IN ('DIFFERENT_PARTIES', 'UNRELATED', 'DEALT_WITH')),
    CONSTRAINT dismissed_for_a_reason CHECK ((state = 'DISMISSED') = (dismissal IS NOT NULL)),
    CONSTRAINT proposed_until_decided CHECK ((state = 'PROPOSED') = (decided_at IS NULL)),
    FOREIGN KEY(province_code) REFERENCES area (code)
);

CREATE UNIQUE INDEX one_incident_of_a_trace ON incident (province_code, kind, blind_index);

CREATE INDEX incident_of_province ON incident (province_code, last_at DESC, id DESC);

CREATE TABLE incident_case (
    incident_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    joined_at TIMESTAMP WITH TIME ZONE NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (incident_id, case_id),
    FOREIGN KEY(incident_id) REFERENCES incident (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_incident_case_case_id ON incident_case (case_id);

CREATE INDEX incident_case_untold ON incident_case (case_id) WHERE told_at IS NULL;

-- The service leaves traces and reads none: no role of a request could try out names on them.
ALTER TABLE party_trace ENABLE ROW LEVEL SECURITY;

ALTER TABLE party_trace FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON party_trace TO prasan_owner USING (true);

CREATE POLICY of_wall ON party_trace TO prasan_wall USING (true);

CREATE POLICY left_behind ON party_trace FOR INSERT TO prasan_app WITH CHECK (wall_level(case_id) >= 3);

-- Incidents are the coordinator's of their province; others are told a count, by common_causes.
ALTER TABLE incident ENABLE ROW LEVEL SECURITY;

ALTER TABLE incident FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON incident TO prasan_owner USING (true);

CREATE POLICY of_wall ON incident TO prasan_wall USING (true);

CREATE POLICY of_worker ON incident TO prasan_worker USING (true);

CREATE POLICY led ON incident TO prasan_app USING (province_code = (SELECT wall_province()));

ALTER TABLE incident_case ENABLE ROW LEVEL SECURITY;

ALTER TABLE incident_case FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON incident_case TO prasan_owner USING (true);

CREATE POLICY of_wall ON incident_case TO prasan_wall USING (true);

CREATE POLICY of_worker ON incident_case TO prasan_worker USING (true);

CREATE POLICY led ON incident_case FOR SELECT TO prasan_app
    USING (EXISTS (SELECT FROM incident i WHERE i.id = incident_id) AND wall_level(case_id) >= 3);

-- A trace was left in a case: if another citizen's case of the province has it too, both belong to the incident of that
-- trace. Whoever left it need not see the other case, is told nothing, and must have left it in a case that they see.
-- `indexes` are the trace under every key, the newest first; each is locked, or two who come at once would both see nobody.
CREATE FUNCTION join_incident(the_case BIGINT, the_kind TEXT, indexes BYTEA[], since TIMESTAMP WITH TIME ZONE,
                              at TIMESTAMP WITH TIME ZONE) RETURNS VOID
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own RECORD;
    found_id BIGINT;
    is_new BOOLEAN := false;
    joined INTEGER;
BEGIN
    SELECT c.citizen_id, c.province_code INTO own FROM "case" c
        WHERE c.id = the_case AND wall_level(c.id) >= 3 AND EXISTS (
            SELECT FROM party_trace t WHERE t.case_id = c.id AND t.kind = the_kind AND t.blind_index = indexes[1]);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such trace' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(the_kind || encode(i, 'hex'), 15))
        FROM (SELECT i FROM unnest(indexes) i ORDER BY i) i;
    IF NOT EXISTS (
        SELECT FROM party_trace t JOIN "case" c ON c.id = t.case_id
        WHERE t.kind = the_kind AND t.blind_index = ANY (indexes) AND t.traced_at >= since
            AND c.province_code = own.province_code AND c.citizen_id <> own.citizen_id
            AND c.state NOT IN ('WITHDRAWN', 'OUT_OF_SCOPE')
    ) THEN
        RETURN;
    END IF;
    SELECT i.id INTO found_id FROM incident i
        WHERE i.province_code = own.province_code AND i.kind = the_kind AND i.blind_index = ANY (indexes)
        ORDER BY i.id LIMIT 1 FOR UPDATE;
    IF found_id IS NULL THEN
        is_new := true;
        found_id := nextval('prasan_id');
        INSERT INTO incident (id, kind, blind_index, province_code, state, first_at, last_at, version)
            VALUES (found_id, the_kind, indexes[1], own.province_code, 'PROPOSED', at, at, 1);
    END IF;
    INSERT INTO incident_case (incident_id, case_id, joined_at)
        SELECT found_id, t.case_id, min(t.traced_at) FROM party_trace t JOIN "case" c ON c.id = t.case_id
        WHERE t.kind = the_kind AND t.blind_index = ANY (indexes) AND t.traced_at >= since
            AND c.province_code = own.province_code AND c.state NOT IN ('WITHDRAWN', 'OUT_OF_SCOPE')
        GROUP BY t.case_id
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS joined = ROW_COUNT;
    IF joined > 0 THEN
        UPDATE incident i SET state = 'PROPOSED', dismissal = NULL, decided_at = NULL,
            first_at = least(i.first_at, (SELECT min(m.joined_at) FROM incident_case m WHERE m.incident_id = i.id)),
            last_at = greatest(i.last_at, at), version = i.version + CASE WHEN is_new THEN 0 ELSE 1 END
            WHERE i.id = found_id;
    END IF;
END $$;

-- What cases share with others, for whoever sees them at level WORK: the coordinator of the province counts all citizens,
-- others those whose case is not sensitive, on a case that is not sensitive; fewer than two are not told. What was
-- dismissed is told to others again when a case joins that they may count: one that they may not must not show itself so.
CREATE FUNCTION common_causes(the_cases BIGINT[])
    RETURNS TABLE (case_id BIGINT, incident_id BIGINT, kind TEXT, since TIMESTAMP WITH TIME ZONE, counted BIGINT)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT m.case_id, i.id, i.kind, shared.since, shared.counted
    FROM incident_case m JOIN incident i ON i.id = m.incident_id JOIN "case" c ON c.id = m.case_id,
        LATERAL (
            SELECT min(n.joined_at) AS since, count(DISTINCT o.citizen_id) AS counted
            FROM incident_case n JOIN "case" o ON o.id = n.case_id
            WHERE n.incident_id = i.id AND o.state NOT IN ('WITHDRAWN', 'OUT_OF_SCOPE')
                AND (NOT o.sensitive OR i.province_code = wall_province())
        ) shared
    WHERE m.case_id = ANY (the_cases) AND i.state <> 'DISMISSED' AND shared.counted >= 2
        AND (i.province_code = wall_province() OR i.dismissed_at IS NULL OR EXISTS (
            SELECT FROM incident_case n JOIN "case" o ON o.id = n.case_id
            WHERE n.incident_id = i.id AND NOT o.sensitive AND n.joined_at > i.dismissed_at))
        AND (NOT c.sensitive OR i.province_code = wall_province()) AND wall_level(m.case_id) >= 3
    ORDER BY m.case_id, shared.since, i.id;
END;

-- A case that was merged into another one leaves its place in incidents to it, whoever may see them.
CREATE FUNCTION inherit_incidents(the_source BIGINT, the_target BIGINT) RETURNS VOID
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(wall_level(the_target), 0) < 3 OR NOT EXISTS (
        SELECT FROM "case" c WHERE c.id = the_source AND c.merged_into_case_id = the_target) THEN
        RAISE EXCEPTION 'no such merge' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM incident i JOIN incident_case m ON m.incident_id = i.id
        WHERE m.case_id = the_source ORDER BY i.id FOR UPDATE OF i;
    WITH added AS (
        INSERT INTO incident_case (incident_id, case_id, joined_at, told_at)
            SELECT m.incident_id, the_target, m.joined_at, m.told_at FROM incident_case m WHERE m.case_id = the_source
            ON CONFLICT DO NOTHING RETURNING incident_id
    )
    UPDATE incident i SET version = i.version + 1 WHERE i.id IN (SELECT a.incident_id FROM added a);
END $$;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

ALTER FUNCTION inherit_incidents(BIGINT, BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION join_incident(BIGINT, TEXT, BYTEA[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE)
    OWNER TO prasan_wall;

ALTER FUNCTION common_causes(BIGINT[]) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION
    join_incident(BIGINT, TEXT, BYTEA[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE), common_causes(BIGINT[]),
    inherit_incidents(BIGINT, BIGINT)
    FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    join_incident(BIGINT, TEXT, BYTEA[], TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE), common_causes(BIGINT[]),
    inherit_incidents(BIGINT, BIGINT)
    TO prasan_app, prasan_owner;

RESET ROLE;

GRANT USAGE ON SEQUENCE prasan_id TO prasan_wall;

GRANT SELECT ON party_trace TO prasan_wall;

GRANT SELECT, INSERT, UPDATE ON incident TO prasan_wall;

GRANT SELECT, INSERT ON incident_case TO prasan_wall;

GRANT INSERT ON party_trace TO prasan_app;

GRANT SELECT, UPDATE ON incident TO prasan_app;

GRANT SELECT ON incident_case TO prasan_app;

-- Each case is told in its timeline by the system.
GRANT SELECT ON incident TO prasan_worker;

GRANT SELECT, UPDATE ON incident_case TO prasan_worker;
