-- Every verb of the handshake: questions, disputes, closing, merging, parties, followers, appointments.
-- Widened lists of words are dropped and added anew; nobody waits for an answer to an information (INFORM).

-- squawk-ignore ban-drop-constraint
ALTER TABLE service_standard DROP CONSTRAINT kind_word;

ALTER TABLE service_standard ADD CONSTRAINT kind_word CHECK (kind IN ('REFER', 'TRANSFER', 'CONSULT', 'INFORM')) NOT VALID;

ALTER TABLE service_standard VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT subject_kind_word;

ALTER TABLE event ADD CONSTRAINT subject_kind_word CHECK (subject_kind IN ('CASE', 'CITIZEN', 'SEAT')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT subject_kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'PARTY_ADDED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE referral DROP CONSTRAINT kind_word;

ALTER TABLE referral ADD CONSTRAINT kind_word CHECK (kind IN ('REFER', 'TRANSFER', 'CONSULT', 'INFORM')) NOT VALID;

ALTER TABLE referral VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE referral DROP CONSTRAINT state_word;

ALTER TABLE referral ADD CONSTRAINT state_word CHECK (state IN ('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'NEEDS_INFO', 'COMPLETED', 'DISPUTED', 'REJECTED', 'RECALLED', 'RETURNED', 'LAPSED')) NOT VALID;

ALTER TABLE referral VALIDATE CONSTRAINT state_word;

-- squawk-ignore ban-drop-not-null
ALTER TABLE referral ALTER COLUMN respond_by DROP NOT NULL;

ALTER TABLE referral ADD COLUMN asked_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE referral ADD COLUMN asked_from TEXT;

ALTER TABLE referral ADD CONSTRAINT asked_from_word CHECK (asked_from IN ('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'NEEDS_INFO', 'COMPLETED', 'DISPUTED', 'REJECTED', 'RECALLED', 'RETURNED', 'LAPSED')) NOT VALID;

ALTER TABLE referral VALIDATE CONSTRAINT asked_from_word;

ALTER TABLE referral ADD CONSTRAINT asked_while_it_needs_info CHECK ((state = 'NEEDS_INFO') = (asked_from IS NOT NULL) AND (state = 'NEEDS_INFO') = (asked_at IS NOT NULL)) NOT VALID;

ALTER TABLE referral VALIDATE CONSTRAINT asked_while_it_needs_info;

ALTER TABLE referral ADD CONSTRAINT all_but_information_wait_for_an_answer CHECK ((kind = 'INFORM') = (respond_by IS NULL)) NOT VALID;

ALTER TABLE referral VALIDATE CONSTRAINT all_but_information_wait_for_an_answer;

DROP INDEX one_open_referral;

CREATE UNIQUE INDEX one_open_referral ON referral (problem_id, to_office_id)
    WHERE state IN ('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'NEEDS_INFO', 'DISPUTED');

ALTER TABLE "case" ADD COLUMN resolved_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE "case" ADD COLUMN resolved_by_account_id BIGINT;

ALTER TABLE "case" ADD COLUMN merged_into_case_id BIGINT;

ALTER TABLE "case" ADD CONSTRAINT case_resolved_by_account_id_fkey FOREIGN KEY (resolved_by_account_id) REFERENCES account (id) NOT VALID;

ALTER TABLE "case" VALIDATE CONSTRAINT case_resolved_by_account_id_fkey;

ALTER TABLE "case" ADD CONSTRAINT case_merged_into_case_id_fkey FOREIGN KEY (merged_into_case_id) REFERENCES "case" (id) NOT VALID;

ALTER TABLE "case" VALIDATE CONSTRAINT case_merged_into_case_id_fkey;

ALTER TABLE "case" ADD CONSTRAINT merged_into_another CHECK ((state = 'MERGED') = (merged_into_case_id IS NOT NULL)) NOT VALID;

ALTER TABLE "case" VALIDATE CONSTRAINT merged_into_another;

ALTER TABLE "case" ADD CONSTRAINT not_merged_into_itself CHECK (merged_into_case_id <> id) NOT VALID;

ALTER TABLE "case" VALIDATE CONSTRAINT not_merged_into_itself;

CREATE INDEX ix_case_merged_into_case_id ON "case" (merged_into_case_id);

UPDATE "case" c SET resolved_at = c.updated_at,
    resolved_by_account_id = (SELECT e.actor_account_id FROM event e WHERE e.subject_kind = 'CASE' AND e.subject_id = c.id
                              AND e.kind = 'CASE_STATUS_CHANGED' ORDER BY e.seq DESC LIMIT 1)
    WHERE c.state = 'RESOLVED';

ALTER TABLE case_problem ADD COLUMN from_case_id BIGINT;

ALTER TABLE case_problem ADD CONSTRAINT case_problem_from_case_id_fkey FOREIGN KEY (from_case_id) REFERENCES "case" (id) NOT VALID;

ALTER TABLE case_problem VALIDATE CONSTRAINT case_problem_from_case_id_fkey;

CREATE TABLE case_merge (
    id BIGINT NOT NULL,
    source_case_id BIGINT NOT NULL,
    target_case_id BIGINT NOT NULL,
    source_state TEXT NOT NULL,
    target_version INTEGER NOT NULL,
    merged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    unmerged_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT source_state_word CHECK (source_state IN ('NEW', 'SCREENING', 'IN_PROGRESS', 'WAITING_CITIZEN', 'WAITING_AGENCY', 'RESOLVED', 'CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE')),
    FOREIGN KEY(source_case_id) REFERENCES "case" (id),
    FOREIGN KEY(target_case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_case_merge_target_case_id ON case_merge (target_case_id);

CREATE UNIQUE INDEX one_merge_at_a_time ON case_merge (source_case_id) WHERE unmerged_at IS NULL;

CREATE TABLE case_party (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name VARCHAR NOT NULL,
    area_code VARCHAR,
    added_by_seat_id BIGINT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('EMPLOYER', 'RECRUITER', 'WITNESS', 'HEIR', 'REPRESENTATIVE')),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(area_code) REFERENCES area (code),
    FOREIGN KEY(added_by_seat_id) REFERENCES seat (id)
);

CREATE INDEX ix_case_party_case_id ON case_party (case_id);

CREATE TABLE party_contact (
    id BIGINT NOT NULL,
    party_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('PHONE', 'ADDRESS')),
    FOREIGN KEY(party_id) REFERENCES case_party (id)
);

CREATE INDEX ix_party_contact_party_id ON party_contact (party_id);

CREATE TABLE follow (
    seat_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (seat_id, case_id),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

ALTER TABLE seat ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE seat ADD COLUMN journal_length INTEGER NOT NULL DEFAULT 0;

ALTER TABLE seat ADD COLUMN journal_head BYTEA NOT NULL DEFAULT '';

GRANT SELECT, INSERT ON case_merge, case_party, party_contact, follow TO prasan_app;

GRANT UPDATE ON case_merge TO prasan_app;

GRANT DELETE ON follow, citizen_contact, citizen_identifier, case_problem TO prasan_app;

GRANT INSERT ON account TO prasan_app;

GRANT INSERT, UPDATE ON incumbency TO prasan_app;

GRANT UPDATE (version, journal_length, journal_head) ON seat TO prasan_app;
