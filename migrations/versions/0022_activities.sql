-- Activities of offices, who takes part in them, and the cases that come from campaigns.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'VISIT_PLANNED', 'VISIT_RECORDED', 'TASK_MADE', 'TASK_COMPLETED', 'TASK_DROPPED', 'DOCUMENT_CHECKED', 'PARTY_ADDED', 'INCIDENT_JOINED', 'INCIDENT_REFERRED', 'INCIDENT_DISMISSED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'ATTACHMENT_ADDED', 'ATTACHMENT_SCANNED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED', 'SEAT_HANDED_OVER', 'HANDOVER_CONFIRMED', 'NOTICE_ADDRESS_SET', 'WEBHOOK_REGISTERED', 'WEBHOOK_UPDATED', 'WEBHOOK_SECRET_ROTATED', 'WEBHOOK_REMOVED', 'WEBHOOK_DISABLED', 'DELIVERY_REPEATED', 'ACTIVITY_CREATED', 'ACTIVITY_UPDATED', 'ACTIVITY_CANCELLED', 'PARTICIPANTS_INVITED', 'ATTENDANCE_RECORDED', 'ACTIVITY_OUTCOME_RECORDED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT subject_kind_word;

ALTER TABLE event ADD CONSTRAINT subject_kind_word CHECK (subject_kind IN ('CASE', 'CITIZEN', 'SEAT', 'WEBHOOK', 'ACTIVITY')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT subject_kind_word;

CREATE TABLE activity (
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    host_office_id BIGINT NOT NULL,
    province_code VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    round INTEGER NOT NULL,
    venue VARCHAR NOT NULL,
    begins_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE,
    objectives TEXT NOT NULL,
    topics TEXT[] NOT NULL,
    channels TEXT[] NOT NULL,
    knowledge_before INTEGER,
    knowledge_after INTEGER,
    people_reached INTEGER,
    outcome_notes TEXT,
    closed_at TIMESTAMP WITH TIME ZONE,
    created_by_seat_id BIGINT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    journal_length INTEGER NOT NULL,
    journal_head BYTEA NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('TRAINING', 'CAMPAIGN', 'MEETING', 'FIELD_DAY')),
    CONSTRAINT state_word CHECK (state IN ('PLANNED', 'CLOSED', 'CANCELLED')),
    CONSTRAINT ends_after_it_begins CHECK (ends_at > begins_at),
    CONSTRAINT round_from_one CHECK (round > 0),
    CONSTRAINT closed_with_an_outcome CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL)),
    CONSTRAINT knowledge_before_in_percent CHECK (knowledge_before BETWEEN 0 AND 100),
    CONSTRAINT knowledge_after_in_percent CHECK (knowledge_after BETWEEN 0 AND 100),
    CONSTRAINT people_are_counted CHECK (people_reached >= 0),
    CONSTRAINT publicity_of_campaigns
        CHECK (kind = 'CAMPAIGN' OR topics = '{}' AND channels = '{}' AND people_reached IS NULL),
    FOREIGN KEY(host_office_id) REFERENCES office (id),
    FOREIGN KEY(province_code) REFERENCES area (code),
    FOREIGN KEY(area_code) REFERENCES area (code),
    FOREIGN KEY(created_by_seat_id) REFERENCES seat (id)
);

CREATE UNIQUE INDEX one_round_of_a_project ON activity (host_office_id, fiscal_year, project, round)
    WHERE state <> 'CANCELLED';

CREATE INDEX activity_of_province ON activity (province_code, begins_at DESC, id DESC);

CREATE INDEX activity_listed ON activity (begins_at DESC, id DESC);

CREATE TABLE activity_participant (
    id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    seat_id BIGINT,
    amphoe_code VARCHAR,
    account_id BIGINT,
    invited_at TIMESTAMP WITH TIME ZONE NOT NULL,
    invited_by_seat_id BIGINT NOT NULL,
    attended BOOLEAN,
    attendance_at TIMESTAMP WITH TIME ZONE,
    attendance_by_seat_id BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT role_word CHECK (role IN ('VOLUNTEER', 'MENTOR', 'STAFF', 'GUEST')),
    CONSTRAINT in_a_post_or_a_guest CHECK ((role = 'GUEST') = (seat_id IS NULL)),
    CONSTRAINT attendance_seen_once CHECK ((attended IS NULL) = (attendance_at IS NULL)),
    FOREIGN KEY(activity_id) REFERENCES activity (id),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(amphoe_code) REFERENCES area (code),
    FOREIGN KEY(account_id) REFERENCES account (id),
    FOREIGN KEY(invited_by_seat_id) REFERENCES seat (id),
    FOREIGN KEY(attendance_by_seat_id) REFERENCES seat (id)
);

CREATE UNIQUE INDEX participant_once ON activity_participant (activity_id, seat_id);

CREATE INDEX participant_of_activity ON activity_participant (activity_id, id);

CREATE INDEX participant_of_seat ON activity_participant (seat_id, activity_id);

CREATE TABLE activity_guest (
    participant_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    organisation VARCHAR,
    PRIMARY KEY (participant_id),
    FOREIGN KEY(participant_id) REFERENCES activity_participant (id),
    FOREIGN KEY(activity_id) REFERENCES activity (id)
);

CREATE INDEX ix_activity_guest_activity_id ON activity_guest (activity_id);

ALTER TABLE "case" ADD COLUMN campaign_id BIGINT REFERENCES activity (id);

CREATE INDEX case_of_campaign ON "case" (campaign_id, updated_at DESC, id DESC) WHERE campaign_id IS NOT NULL;

-- The province in which the post that asks stands; null for national posts. Read from the directory of posts alone.
CREATE FUNCTION wall_home() RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT coalesce(o.province_code, left(s.area_code, 2)) FROM seat s LEFT JOIN office o ON o.id = s.office_id
            WHERE s.id = wall_seat());

CREATE FUNCTION wall_is_national() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM seat s WHERE s.id = wall_seat() AND s.kind IN ('AUDITOR', 'ADMIN'));

GRANT SELECT (id, kind, area_code, office_id) ON seat TO prasan_wall;

GRANT SELECT (id, province_code) ON office TO prasan_wall;

GRANT SELECT (id, province_code, host_office_id) ON activity TO prasan_wall;

GRANT SELECT (activity_id, role, seat_id, attended) ON activity_participant TO prasan_wall;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

-- Activities and their participants ask about each other: by functions, whose own policies hide nothing.
CREATE FUNCTION wall_is_invited(the_activity BIGINT) RETURNS BOOLEAN
    LANGUAGE plpgsql STABLE COST 200 SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.activity_participant p
                   WHERE p.activity_id = the_activity AND p.seat_id = public.wall_seat());
END $$;

CREATE FUNCTION wall_leads_activity(the_activity BIGINT) RETURNS BOOLEAN
    LANGUAGE plpgsql STABLE COST 200 SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.activity a WHERE a.id = the_activity
                   AND (a.host_office_id = public.wall_office() OR a.province_code = public.wall_province()));
END $$;

-- How many are invited and came, told to all who see the activity, also where the participants are not.
CREATE FUNCTION activity_attendance(the_activities BIGINT[])
    RETURNS TABLE (activity_id BIGINT, role TEXT, invited BIGINT, attended BIGINT)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT p.activity_id, p.role, count(*), count(*) FILTER (WHERE p.attended)
    FROM activity a JOIN activity_participant p ON p.activity_id = a.id
    WHERE a.id = ANY (the_activities)
    AND (a.province_code = wall_home() OR wall_is_national() OR wall_is_invited(a.id))
    GROUP BY p.activity_id, p.role;
END;

ALTER FUNCTION wall_is_invited(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION wall_leads_activity(BIGINT) OWNER TO prasan_wall;

ALTER FUNCTION activity_attendance(BIGINT[]) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION wall_is_invited(BIGINT), wall_leads_activity(BIGINT), activity_attendance(BIGINT[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION wall_is_invited(BIGINT), wall_leads_activity(BIGINT), activity_attendance(BIGINT[])
    TO prasan_app, prasan_owner;

RESET ROLE;

-- The province of the host, national posts, and whoever is invited.
ALTER TABLE activity ENABLE ROW LEVEL SECURITY;

ALTER TABLE activity FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON activity TO prasan_owner USING (true);

CREATE POLICY of_wall ON activity TO prasan_wall USING (true);

CREATE POLICY of_worker ON activity TO prasan_worker USING (true);

CREATE POLICY seen ON activity FOR SELECT TO prasan_app
    USING (province_code = (SELECT wall_home()) OR (SELECT wall_is_national()) OR wall_is_invited(id));

CREATE POLICY made ON activity FOR INSERT TO prasan_app
    WITH CHECK (created_by_seat_id = wall_seat() AND (host_office_id = wall_office() OR province_code = wall_province()));

CREATE POLICY changed ON activity FOR UPDATE TO prasan_app
    USING (province_code = (SELECT wall_home())) WITH CHECK (province_code = (SELECT wall_home()));

-- Who takes part: the host office and the coordinator, everybody for the own post, and the mentor in its amphoe, if it
-- sees the activity.
ALTER TABLE activity_participant ENABLE ROW LEVEL SECURITY;

ALTER TABLE activity_participant FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON activity_participant TO prasan_owner USING (true);

CREATE POLICY of_wall ON activity_participant TO prasan_wall USING (true);

CREATE POLICY seen ON activity_participant FOR SELECT TO prasan_app
    USING (seat_id = wall_seat() OR wall_leads_activity(activity_id)
        OR amphoe_code = wall_amphoe() AND EXISTS (SELECT FROM activity a WHERE a.id = activity_id));

CREATE POLICY invited ON activity_participant FOR INSERT TO prasan_app
    WITH CHECK (invited_by_seat_id = wall_seat() AND wall_leads_activity(activity_id));

CREATE POLICY recorded ON activity_participant FOR UPDATE TO prasan_app
    USING (amphoe_code = wall_amphoe() OR wall_leads_activity(activity_id))
    WITH CHECK (attendance_by_seat_id = wall_seat());

ALTER TABLE activity_guest ENABLE ROW LEVEL SECURITY;

ALTER TABLE activity_guest FORCE ROW LEVEL SECURITY;

CREATE POLICY of_owner ON activity_guest TO prasan_owner USING (true);

CREATE POLICY of_worker ON activity_guest TO prasan_worker USING (true);

CREATE POLICY led ON activity_guest TO prasan_app USING (wall_leads_activity(activity_id));

-- Files of an activity, for all who see it once they are confirmed.
-- squawk-ignore ban-drop-not-null
ALTER TABLE attachment ALTER COLUMN case_id DROP NOT NULL;

ALTER TABLE attachment ADD COLUMN activity_id BIGINT REFERENCES activity (id);

ALTER TABLE attachment ADD CONSTRAINT of_a_case_or_an_activity CHECK (num_nonnulls(case_id, activity_id) = 1) NOT VALID;

ALTER TABLE attachment VALIDATE CONSTRAINT of_a_case_or_an_activity;

ALTER TABLE attachment ADD CONSTRAINT materials_are_for_all CHECK (activity_id IS NULL OR audience = 'CASE') NOT VALID;

ALTER TABLE attachment VALIDATE CONSTRAINT materials_are_for_all;

CREATE INDEX attachment_of_activity ON attachment (activity_id, requested_at DESC, id DESC);

CREATE FUNCTION material_count(the_activity BIGINT) RETURNS BIGINT LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT count(*) FROM attachment WHERE activity_id = the_activity AND state IN ('REQUESTED', 'QUARANTINED', 'CLEAN') $$;

REVOKE ALL ON FUNCTION material_count(BIGINT) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION material_count(BIGINT) TO prasan_app;

CREATE POLICY shown_with_activity ON attachment FOR SELECT TO prasan_app USING (
    EXISTS (SELECT FROM activity a WHERE a.id = activity_id)
    AND (author_seat_id = wall_seat() OR state NOT IN ('REQUESTED', 'EXPIRED'))
);

CREATE POLICY requested_for_activity ON attachment FOR INSERT TO prasan_app
    WITH CHECK (author_seat_id = wall_seat() AND state = 'REQUESTED' AND wall_leads_activity(activity_id));

CREATE POLICY confirmed_for_activity ON attachment FOR UPDATE TO prasan_app
    USING (author_seat_id = wall_seat() AND state = 'REQUESTED' AND wall_leads_activity(activity_id))
    WITH CHECK (author_seat_id = wall_seat() AND state = 'QUARANTINED' AND wall_leads_activity(activity_id));

GRANT SELECT (activity_id) ON attachment TO prasan_worker;

GRANT SELECT, INSERT ON activity, activity_participant, activity_guest TO prasan_app;

GRANT UPDATE (state, area_code, project, fiscal_year, round, venue, begins_at, ends_at, objectives, topics, channels,
    knowledge_before, knowledge_after, people_reached, outcome_notes, closed_at, version, journal_length, journal_head)
    ON activity TO prasan_app;

GRANT UPDATE (account_id, attended, attendance_at, attendance_by_seat_id) ON activity_participant TO prasan_app;

-- The worker tells an activity what the scan of its files found; it takes the names of guests away when their time has
-- passed, and reads none of them.
GRANT SELECT, UPDATE (version, journal_length, journal_head) ON activity TO prasan_worker;

GRANT SELECT (participant_id, activity_id), DELETE ON activity_guest TO prasan_worker;
