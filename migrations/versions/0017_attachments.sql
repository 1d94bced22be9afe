-- Files on cases: what is known of each, who may read it, and the objects whose bytes are still to be deleted.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'VISIT_PLANNED', 'VISIT_RECORDED', 'TASK_MADE', 'TASK_COMPLETED', 'TASK_DROPPED', 'DOCUMENT_CHECKED', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'ATTACHMENT_ADDED', 'ATTACHMENT_SCANNED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

CREATE TABLE attachment (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    author_seat_id BIGINT NOT NULL,
    author_agency_code VARCHAR,
    audience TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    sha256 BYTEA NOT NULL,
    object_key UUID NOT NULL,
    state TEXT NOT NULL,
    fault TEXT,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    captured_at TIMESTAMP WITH TIME ZONE,
    scanned_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    UNIQUE (object_key),
    CONSTRAINT audience_word CHECK (audience IN ('CASE', 'OWN_AGENCY', 'HOLDER_ONLY', 'CITIZEN')),
    CONSTRAINT media_type_word CHECK (media_type IN ('JPEG', 'PNG', 'WEBP', 'HEIC', 'PDF', 'M4A')),
    CONSTRAINT state_word CHECK (state IN ('REQUESTED', 'QUARANTINED', 'CLEAN', 'REFUSED', 'EXPIRED')),
    CONSTRAINT fault_word CHECK (fault IN ('INFECTED', 'DISGUISED', 'LOST')),
    CONSTRAINT not_empty CHECK (byte_count > 0),
    CONSTRAINT whole_hash CHECK (octet_length(sha256) = 32),
    CONSTRAINT refused_for_something CHECK ((fault IS NOT NULL) = (state = 'REFUSED')),
    CONSTRAINT confirmed_once CHECK ((confirmed_at IS NULL) = (state IN ('REQUESTED', 'EXPIRED'))),
    CONSTRAINT scanned_once CHECK ((scanned_at IS NOT NULL) = (state IN ('CLEAN', 'REFUSED'))),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(author_seat_id) REFERENCES seat (id),
    FOREIGN KEY(author_agency_code) REFERENCES agency (code)
);

CREATE INDEX attachment_of_case ON attachment (case_id, requested_at DESC, id DESC);

CREATE INDEX attachment_to_scan ON attachment (id) WHERE state = 'QUARANTINED';

CREATE INDEX attachment_awaited ON attachment (requested_at) WHERE state = 'REQUESTED';

CREATE TABLE discarded_object (
    object_key UUID NOT NULL,
    discarded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (object_key)
);

-- Whoever takes the row away, by whichever way: the bytes are not forgotten.
CREATE FUNCTION discard_object() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO discarded_object VALUES (OLD.object_key, now()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION discard_object() FROM PUBLIC;

-- The limit counts also what the one who asks may not read.
CREATE FUNCTION attachment_count(the_case BIGINT) RETURNS BIGINT LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT count(*) FROM attachment WHERE case_id = the_case AND state IN ('REQUESTED', 'QUARANTINED', 'CLEAN') $$;

REVOKE ALL ON FUNCTION attachment_count(BIGINT) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION attachment_count(BIGINT) TO prasan_app;

CREATE TRIGGER object_of_deleted AFTER DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION discard_object();

CREATE TRIGGER object_of_refused AFTER UPDATE OF state ON attachment FOR EACH ROW
    WHEN (NEW.state IN ('REFUSED', 'EXPIRED') AND OLD.state NOT IN ('REFUSED', 'EXPIRED')) EXECUTE FUNCTION discard_object();

ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;

ALTER TABLE attachment FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON attachment TO prasan_owner USING (true);

CREATE POLICY of_worker ON attachment TO prasan_worker USING (true);

CREATE POLICY heard ON attachment FOR SELECT TO prasan_app USING (
    wall_level(case_id) >= 3 AND (author_seat_id = wall_seat() OR state NOT IN ('REQUESTED', 'EXPIRED') AND (
        audience IN ('CASE', 'CITIZEN')
        OR audience = 'OWN_AGENCY' AND author_agency_code = wall_agency()
        OR audience = 'HOLDER_ONLY' AND wall_holds(case_id)))
);

CREATE POLICY requested ON attachment FOR INSERT TO prasan_app
    WITH CHECK (author_seat_id = wall_seat() AND state = 'REQUESTED' AND wall_level(case_id) >= 3);

CREATE POLICY confirmed ON attachment FOR UPDATE TO prasan_app
    USING (author_seat_id = wall_seat() AND state = 'REQUESTED' AND wall_level(case_id) >= 3)
    WITH CHECK (author_seat_id = wall_seat() AND state = 'QUARANTINED' AND wall_level(case_id) >= 3);

GRANT SELECT, INSERT, UPDATE (state, confirmed_at, captured_at) ON attachment TO prasan_app;

-- The one who scans sees no name of a file.
GRANT SELECT (id, case_id, author_seat_id, author_agency_code, audience, media_type, byte_count, sha256, object_key, state, fault, requested_at, confirmed_at, scanned_at), UPDATE (state, fault, scanned_at) ON attachment TO prasan_worker;

GRANT SELECT, DELETE ON discarded_object TO prasan_worker;
