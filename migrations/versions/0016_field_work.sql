-- Work in the field: visits, tasks, and the checklist of documents.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'VISIT_PLANNED', 'VISIT_RECORDED', 'TASK_MADE', 'TASK_COMPLETED', 'TASK_DROPPED', 'DOCUMENT_CHECKED', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

CREATE TABLE visit (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    planned_for DATE,
    visited_at TIMESTAMP WITH TIME ZONE,
    note_id BIGINT,
    made_by_seat_id BIGINT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by_seat_id BIGINT,
    recorded_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('PLANNED', 'DONE', 'NOT_MET', 'CANCELLED')),
    CONSTRAINT planned_for_a_day CHECK (state <> 'PLANNED' OR planned_for IS NOT NULL),
    CONSTRAINT visited_or_not CHECK ((state IN ('DONE', 'NOT_MET')) = (visited_at IS NOT NULL)),
    CONSTRAINT recorded_or_planned CHECK ((state = 'PLANNED') = (recorded_at IS NULL)),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(note_id) REFERENCES note (id),
    FOREIGN KEY(made_by_seat_id) REFERENCES seat (id),
    FOREIGN KEY(recorded_by_seat_id) REFERENCES seat (id)
);

CREATE TABLE task (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    rule_code VARCHAR,
    rule_from DATE,
    occasion BIGINT,
    who TEXT NOT NULL,
    seat_id BIGINT,
    due_on DATE NOT NULL,
    state TEXT NOT NULL,
    visit_id BIGINT,
    referral_id BIGINT,
    made_by_seat_id BIGINT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_by_seat_id BIGINT,
    ended_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT who_word CHECK (who IN ('VOLUNTEER', 'HOLDER', 'SEAT')),
    CONSTRAINT state_word CHECK (state IN ('OPEN', 'DONE', 'DROPPED')),
    CONSTRAINT by_a_rule_or_not CHECK (num_nonnulls(rule_code, rule_from, occasion) IN (0, 3)),
    CONSTRAINT made_by_a_rule_or_a_post CHECK ((rule_code IS NULL) = (made_by_seat_id IS NOT NULL)),
    CONSTRAINT of_a_post_or_not CHECK ((who = 'SEAT') = (seat_id IS NOT NULL)),
    CONSTRAINT open_or_ended CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CONSTRAINT ended_by_somebody CHECK (state <> 'OPEN' OR ended_by_seat_id IS NULL),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(referral_id) REFERENCES referral (id),
    FOREIGN KEY(made_by_seat_id) REFERENCES seat (id),
    FOREIGN KEY(ended_by_seat_id) REFERENCES seat (id)
);

CREATE TABLE task_text (
    task_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (task_id),
    FOREIGN KEY(task_id) REFERENCES task (id),
    FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE TABLE case_document (
    case_id BIGINT NOT NULL,
    document_code VARCHAR NOT NULL,
    state TEXT NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    checked_by_seat_id BIGINT NOT NULL,
    PRIMARY KEY (case_id, document_code),
    CONSTRAINT state_word CHECK (state IN ('NEEDED', 'RECEIVED', 'NOT_AVAILABLE')),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(checked_by_seat_id) REFERENCES seat (id)
);

CREATE INDEX visit_of_case ON visit (case_id, made_at DESC, id DESC);

CREATE UNIQUE INDEX one_task_of_an_occasion ON task (case_id, rule_code, occasion);

CREATE INDEX task_of_case ON task (case_id, due_on, id);

CREATE INDEX task_open ON task (due_on, id) WHERE state = 'OPEN';

CREATE INDEX ix_task_text_case_id ON task_text (case_id);

-- Verbs keep the tasks of a case in step, also those of offices that see no person of it: days, words and posts at level
-- STATUS, as in the journal. The door shows visits and tasks from level WORK on, and what people wrote is walled there.
ALTER TABLE visit ENABLE ROW LEVEL SECURITY;

ALTER TABLE visit FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON visit TO prasan_owner USING (true);

CREATE POLICY seen ON visit FOR SELECT TO prasan_app USING (wall_level(case_id) >= 1);

CREATE POLICY told ON visit FOR INSERT TO prasan_app WITH CHECK (wall_level(case_id) >= 3);

CREATE POLICY telling ON visit FOR UPDATE TO prasan_app USING (wall_level(case_id) >= 3);

ALTER TABLE task ENABLE ROW LEVEL SECURITY;

ALTER TABLE task FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON task TO prasan_owner USING (true);

CREATE POLICY of_worker ON task TO prasan_worker USING (true);

CREATE POLICY seen ON task TO prasan_app USING (wall_level(case_id) >= 1);

ALTER TABLE task_text ENABLE ROW LEVEL SECURITY;

ALTER TABLE task_text FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON task_text TO prasan_owner USING (true);

CREATE POLICY seen ON task_text TO prasan_app USING (wall_level(case_id) >= 3);

ALTER TABLE case_document ENABLE ROW LEVEL SECURITY;

ALTER TABLE case_document FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON case_document TO prasan_owner USING (true);

CREATE POLICY seen ON case_document TO prasan_app USING (wall_level(case_id) >= 3);

-- The citizen's answer by tracking code ends tasks, or takes them up again.
CREATE POLICY answered ON visit FOR SELECT TO prasan_app USING (case_id = (SELECT wall_window()));

CREATE POLICY answering ON task TO prasan_app USING (case_id = (SELECT wall_window()));

GRANT SELECT, INSERT, UPDATE ON task TO prasan_worker;

GRANT SELECT, INSERT, UPDATE ON visit, task, case_document TO prasan_app;

GRANT SELECT, INSERT ON task_text TO prasan_app;
