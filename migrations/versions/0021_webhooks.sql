-- Webhooks of offices, addresses of people for notices, and what is sent to both.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'VISIT_PLANNED', 'VISIT_RECORDED', 'TASK_MADE', 'TASK_COMPLETED', 'TASK_DROPPED', 'DOCUMENT_CHECKED', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'ATTACHMENT_ADDED', 'ATTACHMENT_SCANNED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED', 'SEAT_HANDED_OVER', 'HANDOVER_CONFIRMED', 'NOTICE_ADDRESS_SET', 'WEBHOOK_REGISTERED', 'WEBHOOK_UPDATED', 'WEBHOOK_SECRET_ROTATED', 'WEBHOOK_REMOVED', 'WEBHOOK_DISABLED', 'DELIVERY_REPEATED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT subject_kind_word;

ALTER TABLE event ADD CONSTRAINT subject_kind_word CHECK (subject_kind IN ('CASE', 'CITIZEN', 'SEAT', 'WEBHOOK')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT subject_kind_word;

CREATE TABLE webhook (
    id BIGINT NOT NULL,
    office_id BIGINT NOT NULL,
    url VARCHAR NOT NULL,
    event_kinds TEXT[] NOT NULL,
    state TEXT NOT NULL,
    secret VARCHAR NOT NULL,
    previous_secret VARCHAR,
    previous_until TIMESTAMP WITH TIME ZONE,
    registered_by_seat_id BIGINT NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    position BIGINT NOT NULL,
    failures INTEGER NOT NULL,
    failing_since TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    leased_until TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    journal_length INTEGER NOT NULL,
    journal_head BYTEA NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('ACTIVE', 'PAUSED', 'DISABLED', 'REMOVED')),
    FOREIGN KEY(office_id) REFERENCES office (id),
    FOREIGN KEY(registered_by_seat_id) REFERENCES seat (id)
);

CREATE INDEX ix_webhook_office_id ON webhook (office_id);

CREATE INDEX webhook_to_tell ON webhook (position, id) WHERE state = 'ACTIVE';

CREATE TABLE webhook_delivery (
    id BIGINT NOT NULL,
    webhook_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    event_kind VARCHAR NOT NULL,
    case_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    message_id UUID NOT NULL,
    state TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts INTEGER NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE,
    attempted_at TIMESTAMP WITH TIME ZONE,
    status INTEGER,
    fault TEXT,
    redelivered BOOLEAN NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('PENDING', 'DELIVERED', 'WITHHELD', 'FAILED')),
    CONSTRAINT fault_word CHECK (fault IN ('STATUS', 'TIMEOUT', 'UNREACHABLE', 'ADDRESS_REFUSED')),
    FOREIGN KEY(webhook_id) REFERENCES webhook (id),
    FOREIGN KEY(event_id) REFERENCES event (id)
);

CREATE INDEX webhook_delivery_done ON webhook_delivery (done_at) WHERE done_at IS NOT NULL;

CREATE INDEX webhook_delivery_listed ON webhook_delivery (webhook_id, made_at, id);

CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (webhook_id, event_id);

CREATE INDEX webhook_delivery_pending ON webhook_delivery (webhook_id, position) WHERE state = 'PENDING';

CREATE TABLE notice_address (
    account_id BIGINT NOT NULL,
    channel TEXT NOT NULL,
    address VARCHAR NOT NULL,
    PRIMARY KEY (account_id, channel),
    CONSTRAINT channel_word CHECK (channel IN ('EMAIL')),
    FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE outgoing_notice (
    id BIGINT NOT NULL,
    notice_id BIGINT,
    webhook_id BIGINT,
    seat_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts INTEGER NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT channel_word CHECK (channel IN ('EMAIL')),
    CONSTRAINT state_word CHECK (state IN ('PENDING', 'DELIVERED', 'WITHHELD', 'FAILED')),
    CONSTRAINT one_matter CHECK (num_nonnulls(notice_id, webhook_id) = 1),
    FOREIGN KEY(notice_id) REFERENCES notice (id),
    FOREIGN KEY(webhook_id) REFERENCES webhook (id),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX outgoing_notice_done ON outgoing_notice (done_at) WHERE done_at IS NOT NULL;

CREATE INDEX outgoing_notice_due ON outgoing_notice (next_at, id) WHERE state = 'PENDING';

-- Until the end of the transaction an office itself asks, as no post of it: what only a post's own part or the special
-- trust in a post shows is hidden.
CREATE FUNCTION enter_office(the_office BIGINT, at TIMESTAMP WITH TIME ZONE) RETURNS VOID
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found RECORD;
BEGIN
    SELECT o.agency_code INTO STRICT found FROM office o WHERE o.id = the_office;
    PERFORM set_config('prasan.account', '', true),
        set_config('prasan.seat', '', true),
        set_config('prasan.taker', '', true),
        set_config('prasan.office', the_office::TEXT, true),
        set_config('prasan.agency', found.agency_code, true),
        set_config('prasan.amphoe', '', true),
        set_config('prasan.province', '', true),
        set_config('prasan.trusts', 'false', true),
        set_config('prasan.audits', 'false', true),
        set_config('prasan.now', at::TEXT, true);
END $$;

-- Does the post that asks lead this office?
CREATE FUNCTION wall_leads(the_office BIGINT) RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN the_office = wall_office() AND EXISTS (
        SELECT FROM seat s WHERE s.id = wall_seat() AND s.kind IN ('OFFICE_HEAD', 'COORDINATOR'));

ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;

ALTER TABLE webhook FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON webhook TO prasan_owner USING (true);

CREATE POLICY of_worker ON webhook TO prasan_worker USING (true);

CREATE POLICY led ON webhook TO prasan_app USING (wall_leads(office_id));

GRANT SELECT, INSERT ON webhook TO prasan_app;

GRANT UPDATE (url, event_kinds, state, secret, previous_secret, previous_until, failures, failing_since, due_at, version,
    journal_length, journal_head) ON webhook TO prasan_app;

GRANT SELECT ON webhook TO prasan_worker;

GRANT UPDATE (state, position, failures, failing_since, due_at, leased_until, version, journal_length, journal_head)
    ON webhook TO prasan_worker;

ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON webhook_delivery TO prasan_owner USING (true);

CREATE POLICY of_worker ON webhook_delivery TO prasan_worker USING (true);

CREATE POLICY led ON webhook_delivery TO prasan_app
    USING (EXISTS (SELECT FROM webhook w WHERE w.id = webhook_id AND wall_leads(w.office_id)));

GRANT SELECT ON webhook_delivery TO prasan_app;

GRANT UPDATE (state, since, attempts, next_at, redelivered, done_at) ON webhook_delivery TO prasan_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_delivery TO prasan_worker;

-- A person's own.
ALTER TABLE notice_address ENABLE ROW LEVEL SECURITY;

ALTER TABLE notice_address FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON notice_address TO prasan_owner USING (true);

CREATE POLICY of_worker ON notice_address FOR SELECT TO prasan_worker USING (true);

CREATE POLICY own ON notice_address TO prasan_app USING (account_id = wall_account());

GRANT SELECT, INSERT, UPDATE, DELETE ON notice_address TO prasan_app;

GRANT SELECT ON notice_address TO prasan_worker;

GRANT SELECT (account_id) ON incumbency TO prasan_worker;

-- The worker's alone: whom it tells outside the service.
ALTER TABLE outgoing_notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE outgoing_notice FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON outgoing_notice TO prasan_owner USING (true);

CREATE POLICY of_worker ON outgoing_notice TO prasan_worker USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON outgoing_notice TO prasan_worker;
