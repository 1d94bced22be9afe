-- Clocks of cases: the days they count from, how they stand, and the ledger of what moved them.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'PARTY_ADDED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE legal_clock DROP CONSTRAINT kind_word;

-- squawk-ignore constraint-missing-not-valid
ALTER TABLE legal_clock ADD CONSTRAINT kind_word CHECK (kind IN ('AGENCY_DUTY', 'CITIZEN_RIGHT', 'SERVICE_STANDARD', 'THIRD_PARTY_DUTY'));

CREATE TABLE key_date (
    case_id BIGINT NOT NULL,
    event TEXT NOT NULL,
    day DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (case_id, event),
    CONSTRAINT event_word CHECK (event IN ('COMPLAINT_FILED', 'ORDER_SERVED', 'ORDER_OBEYED', 'ORDER_CHALLENGED', 'EMPLOYMENT_ENDED', 'UNEMPLOYMENT_REGISTERED', 'INJURY', 'EMPLOYER_KNEW', 'INJURY_REPORTED', 'ILLNESS_KNOWN', 'COMPENSATION_CLAIMED')),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE TABLE deadline (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    referral_id BIGINT,
    kind TEXT NOT NULL,
    code VARCHAR NOT NULL,
    rule_from DATE NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    extension INTEGER NOT NULL,
    paused_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    ending TEXT,
    steps INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('AGENCY_DUTY', 'CITIZEN_RIGHT', 'SERVICE_STANDARD', 'THIRD_PARTY_DUTY')),
    CONSTRAINT ending_word CHECK (ending IN ('MET', 'DROPPED')),
    CONSTRAINT ended_somehow CHECK ((ended_at IS NULL) = (ending IS NULL)),
    CONSTRAINT standards_are_of_referrals CHECK ((kind = 'SERVICE_STANDARD') = (referral_id IS NOT NULL)),
    CONSTRAINT extension_not_negative CHECK (extension >= 0),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(referral_id) REFERENCES referral (id)
);

CREATE TABLE deadline_step (
    deadline_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    case_id BIGINT NOT NULL,
    move TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (deadline_id, position),
    CONSTRAINT move_word CHECK (move IN ('STARTED', 'PAUSED', 'RESUMED', 'EXTENDED', 'MOVED', 'MET', 'DROPPED', 'REOPENED')),
    FOREIGN KEY(deadline_id) REFERENCES deadline (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

-- The clocks of the referrals that are there: as they stand, without the pauses that are over.
INSERT INTO deadline (id, case_id, referral_id, kind, code, rule_from, started_at, due_at, extension, paused_at, ended_at, ending, steps)
SELECT nextval('prasan_id'), r.case_id, r.id, 'SERVICE_STANDARD', 'REFERRAL_RESPOND', DATE '2025-10-01', r.sent_at, r.respond_by, 0,
    CASE WHEN r.accepted_at IS NULL AND r.state = 'NEEDS_INFO' THEN r.asked_at END,
    coalesce(r.accepted_at, r.ended_at),
    CASE WHEN r.accepted_at IS NOT NULL OR r.state IN ('REJECTED', 'COMPLETED') THEN 'MET' WHEN r.ended_at IS NOT NULL THEN 'DROPPED' END,
    0
FROM referral r WHERE r.respond_by IS NOT NULL;

INSERT INTO deadline (id, case_id, referral_id, kind, code, rule_from, started_at, due_at, extension, paused_at, ended_at, ending, steps)
SELECT nextval('prasan_id'), r.case_id, r.id, 'SERVICE_STANDARD', 'REFERRAL_RESULT', DATE '2025-10-01', r.accepted_at, r.result_by, 0,
    CASE WHEN r.state = 'NEEDS_INFO' THEN r.asked_at END,
    r.ended_at,
    CASE WHEN r.state = 'COMPLETED' THEN 'MET' WHEN r.ended_at IS NOT NULL THEN 'DROPPED' END,
    0
FROM referral r WHERE r.result_by IS NOT NULL AND r.accepted_at IS NOT NULL;

INSERT INTO deadline_step (deadline_id, position, case_id, move, at, due_at)
SELECT d.id, row_number() OVER (PARTITION BY d.id ORDER BY line.at, line.position), d.case_id, line.move, line.at, d.due_at
FROM deadline d, LATERAL (VALUES (1, 'STARTED', d.started_at), (2, 'PAUSED', d.paused_at), (3, d.ending, d.ended_at)) AS line (position, move, at)
WHERE line.at IS NOT NULL;

UPDATE deadline d SET steps = (SELECT count(*) FROM deadline_step s WHERE s.deadline_id = d.id);

CREATE UNIQUE INDEX one_clock_of_a_law ON deadline (case_id, code) WHERE referral_id IS NULL;

CREATE UNIQUE INDEX one_clock_of_a_referral ON deadline (referral_id, code);

CREATE INDEX deadline_of_case ON deadline (case_id, due_at, id);

CREATE INDEX deadline_open ON deadline (kind, due_at, id) WHERE ended_at IS NULL;

CREATE INDEX ix_deadline_step_case_id ON deadline_step (case_id);

ALTER TABLE key_date ENABLE ROW LEVEL SECURITY;

ALTER TABLE key_date FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON key_date TO prasan_owner USING (true);

CREATE POLICY of_worker ON key_date TO prasan_worker USING (true);

CREATE POLICY seen ON key_date TO prasan_app USING (wall_level(case_id) >= 1);

ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;

ALTER TABLE deadline FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON deadline TO prasan_owner USING (true);

CREATE POLICY of_worker ON deadline TO prasan_worker USING (true);

CREATE POLICY seen ON deadline TO prasan_app USING (wall_level(case_id) >= 1);

ALTER TABLE deadline_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE deadline_step FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON deadline_step TO prasan_owner USING (true);

CREATE POLICY of_worker ON deadline_step TO prasan_worker USING (true);

CREATE POLICY seen ON deadline_step TO prasan_app USING (wall_level(case_id) >= 1);

-- The citizen's own answer ends the clocks of the one case.
CREATE POLICY answered ON key_date FOR SELECT TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answered ON case_problem FOR SELECT TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answering ON deadline TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answering ON deadline_step FOR INSERT TO prasan_app WITH CHECK (case_id = (SELECT wall_window()));

-- The system's verbs end and give back, and the clocks follow.
CREATE POLICY of_worker ON case_problem TO prasan_worker USING (true);

GRANT SELECT (case_id, problem_type_code, outcome_at) ON case_problem TO prasan_worker;

GRANT SELECT ON key_date, deadline TO prasan_worker;

GRANT INSERT, UPDATE ON deadline TO prasan_worker;

GRANT INSERT ON deadline_step TO prasan_worker;

GRANT SELECT, INSERT, UPDATE ON key_date, deadline TO prasan_app;

GRANT SELECT, INSERT ON deadline_step TO prasan_app;
