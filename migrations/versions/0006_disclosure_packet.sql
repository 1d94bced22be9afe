-- The disclosure packet of a referral ends; posts are made through the API.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'IDENTIFIER_REVEALED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'PARTY_ADDED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

ALTER TABLE referral ADD COLUMN disclosure_expires_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE participation ADD COLUMN expires_at TIMESTAMP WITH TIME ZONE;

-- Six weeks after the last thing that is waited for, as the rule gives for new ones. What is open lasts two weeks more at
-- the least: no office loses overnight what it works on, and its sender has time to renew it.
UPDATE referral SET disclosure_expires_at = greatest(
    coalesce(result_by, respond_by, sent_at) + interval '42 days',
    CASE WHEN ended_at IS NULL THEN now() + interval '14 days' END);

UPDATE participation p SET expires_at = r.disclosure_expires_at
    FROM referral r WHERE r.id = p.referral_id AND p.source = 'REFERRAL' AND p.level > 2;

ALTER TABLE referral ADD CONSTRAINT disclosure_ends CHECK (disclosure_expires_at IS NOT NULL) NOT VALID;

ALTER TABLE referral VALIDATE CONSTRAINT disclosure_ends;

ALTER TABLE referral ALTER COLUMN disclosure_expires_at SET NOT NULL;

-- squawk-ignore ban-drop-constraint
ALTER TABLE referral DROP CONSTRAINT disclosure_ends;

GRANT INSERT ON seat TO prasan_app;
