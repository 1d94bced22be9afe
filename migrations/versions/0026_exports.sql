-- Exports: lists of cases that posts have written into files, kept for a day.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'VISIT_PLANNED', 'VISIT_RECORDED', 'TASK_MADE', 'TASK_COMPLETED', 'TASK_DROPPED', 'DOCUMENT_CHECKED', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'ATTACHMENT_ADDED', 'ATTACHMENT_SCANNED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'INCUMBENT_CORRECTED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED', 'SEAT_HANDED_OVER', 'HANDOVER_CONFIRMED', 'STATEMENT_FROZEN', 'STATEMENT_DISPUTED', 'STATEMENT_CORRECTED', 'STATEMENT_UPHELD', 'EXPORT_REQUESTED', 'EXPORT_READY', 'EXPORT_FAILED', 'EXPORT_DOWNLOADED', 'NOTICE_ADDRESS_SET', 'WEBHOOK_REGISTERED', 'WEBHOOK_UPDATED', 'WEBHOOK_SECRET_ROTATED', 'WEBHOOK_REMOVED', 'WEBHOOK_DISABLED', 'DELIVERY_REPEATED', 'ACTIVITY_CREATED', 'ACTIVITY_UPDATED', 'ACTIVITY_CANCELLED', 'PARTICIPANTS_INVITED', 'ATTENDANCE_RECORDED', 'ACTIVITY_OUTCOME_RECORDED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE citizen_access DROP CONSTRAINT purpose_word;

ALTER TABLE citizen_access ADD CONSTRAINT purpose_word CHECK (purpose IN ('LIST', 'SEARCH', 'RECORD', 'MATCH', 'LIVE', 'CHANGE', 'REVEAL', 'ACCESS_LOG', 'CASE_FILE', 'EXPORT')) NOT VALID;

ALTER TABLE citizen_access VALIDATE CONSTRAINT purpose_word;

CREATE TABLE export (
    id BIGINT NOT NULL,
    seat_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    format TEXT NOT NULL,
    dates TEXT NOT NULL,
    headings TEXT NOT NULL,
    sealed TEXT,
    row_count INTEGER NOT NULL,
    rows_done INTEGER NOT NULL,
    state TEXT NOT NULL,
    fault TEXT,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts INTEGER NOT NULL,
    leased_until TIMESTAMP WITH TIME ZONE,
    object_key UUID,
    byte_count BIGINT,
    sha256 BYTEA,
    ended_at TIMESTAMP WITH TIME ZONE,
    expires_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT format_word CHECK (format IN ('XLSX', 'CSV')),
    CONSTRAINT dates_word CHECK (dates IN ('GREGORIAN', 'BUDDHIST')),
    CONSTRAINT headings_word CHECK (headings IN ('TH', 'EN')),
    CONSTRAINT state_word CHECK (state IN ('WAITING', 'RUNNING', 'READY', 'FAILED', 'EXPIRED')),
    CONSTRAINT fault_word CHECK (fault IN ('POST_ENDED', 'TOO_LARGE', 'NOT_WRITTEN')),
    CONSTRAINT filter_until_written CHECK ((sealed IS NOT NULL) = (state IN ('WAITING', 'RUNNING'))),
    CONSTRAINT bytes_while_there CHECK ((object_key IS NOT NULL) = (state IN ('RUNNING', 'READY'))),
    CONSTRAINT failed_for_something CHECK ((fault IS NOT NULL) = (state = 'FAILED')),
    CONSTRAINT ended_once CHECK ((ended_at IS NOT NULL) = (state IN ('READY', 'FAILED', 'EXPIRED'))),
    CONSTRAINT whole_when_ready CHECK (num_nonnulls(byte_count, sha256, expires_at) = CASE WHEN state IN ('READY', 'EXPIRED') THEN 3 ELSE 0 END),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX export_of_asker ON export (seat_id, account_id, requested_at, id);

CREATE INDEX export_to_expire ON export (expires_at) WHERE state = 'READY';

CREATE INDEX export_to_write ON export (requested_at, id) WHERE state IN ('WAITING', 'RUNNING');

-- Whoever lets go of the bytes, by whichever way: they are not forgotten.
CREATE TRIGGER object_of_deleted AFTER DELETE ON export FOR EACH ROW
    WHEN (OLD.object_key IS NOT NULL) EXECUTE FUNCTION discard_object();

CREATE TRIGGER object_of_another AFTER UPDATE OF object_key ON export FOR EACH ROW
    WHEN (OLD.object_key IS NOT NULL AND NEW.object_key IS DISTINCT FROM OLD.object_key) EXECUTE FUNCTION discard_object();

ALTER TABLE export ENABLE ROW LEVEL SECURITY;

ALTER TABLE export FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON export TO prasan_owner USING (true);

CREATE POLICY of_worker ON export TO prasan_worker USING (true);

CREATE POLICY own ON export FOR SELECT TO prasan_app USING (seat_id = wall_seat() AND account_id = wall_account());

CREATE POLICY asked ON export FOR INSERT TO prasan_app
    WITH CHECK (seat_id = wall_seat() AND account_id = wall_account() AND state = 'WAITING');

-- What was looked for may be a name: sealed, and for the one who writes alone.
GRANT SELECT (id, seat_id, account_id, format, dates, headings, row_count, rows_done, state, fault, requested_at, object_key, byte_count, sha256, ended_at, expires_at), INSERT ON export TO prasan_app;

GRANT SELECT, DELETE, UPDATE (sealed, row_count, rows_done, state, fault, attempts, leased_until, object_key, byte_count, sha256, ended_at, expires_at) ON export TO prasan_worker;
