-- The citizen's own window, its rate limits, and who was shown whole identifiers.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'IDENTIFIER_REVEALED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'PARTY_ADDED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

ALTER TABLE "case" ADD COLUMN tracking_generation INTEGER NOT NULL DEFAULT 1;

-- What it holds may be lost: after a crash of the server everybody may ask anew.
CREATE UNLOGGED TABLE rate_limit (
    key BYTEA NOT NULL,
    spent_until TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (key)
);

CREATE INDEX ix_rate_limit_spent_until ON rate_limit (spent_until);

CREATE TABLE identifier_reveal (
    id BIGINT NOT NULL,
    citizen_id BIGINT NOT NULL,
    identifier_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    revealed_by_seat_id BIGINT NOT NULL,
    revealed_by_account_id BIGINT NOT NULL,
    revealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('NATIONAL_ID', 'PASSPORT', 'PINK_CARD')),
    FOREIGN KEY(citizen_id) REFERENCES citizen (id),
    FOREIGN KEY(revealed_by_seat_id) REFERENCES seat (id),
    FOREIGN KEY(revealed_by_account_id) REFERENCES account (id)
);

CREATE INDEX ix_identifier_reveal_citizen_id ON identifier_reveal (citizen_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO prasan_app;

GRANT SELECT, INSERT ON identifier_reveal TO prasan_app;
