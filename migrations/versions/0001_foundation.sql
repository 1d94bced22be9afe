-- Tables, indexes, triggers and rights of the first version. Statements are separated by blank lines.

CREATE SEQUENCE prasan_id;

CREATE SEQUENCE prasan_event_id;

CREATE TABLE account (
    id BIGINT NOT NULL,
    subject UUID NOT NULL,
    title VARCHAR NOT NULL,
    given_name VARCHAR NOT NULL,
    family_name VARCHAR NOT NULL,
    given_name_en VARCHAR NOT NULL,
    family_name_en VARCHAR NOT NULL,
    phone VARCHAR,
    PRIMARY KEY (id),
    UNIQUE (subject)
);

CREATE TABLE agency (
    code VARCHAR NOT NULL,
    name_th VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    hotline VARCHAR,
    position INTEGER NOT NULL,
    PRIMARY KEY (code)
);

CREATE TABLE area (
    code VARCHAR NOT NULL,
    level TEXT NOT NULL,
    parent_code VARCHAR,
    name_th VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    PRIMARY KEY (code),
    CONSTRAINT level_word CHECK (level IN ('PROVINCE', 'AMPHOE', 'TAMBON')),
    FOREIGN KEY(parent_code) REFERENCES area (code)
);

CREATE INDEX ix_area_parent_code ON area (parent_code);

CREATE TABLE feed_pending (
    event_id BIGINT NOT NULL,
    PRIMARY KEY (event_id)
);

CREATE TABLE legal_clock (
    code VARCHAR NOT NULL,
    effective_from DATE NOT NULL,
    effective_until DATE,
    name_th VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    kind TEXT NOT NULL,
    problem_type_codes TEXT[] NOT NULL,
    starts_on VARCHAR NOT NULL,
    amount INTEGER NOT NULL,
    unit TEXT NOT NULL,
    extension INTEGER,
    pauses BOOLEAN NOT NULL,
    law_th VARCHAR NOT NULL,
    law_en VARCHAR NOT NULL,
    section VARCHAR,
    source VARCHAR NOT NULL,
    certainty TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    PRIMARY KEY (code, effective_from),
    CONSTRAINT kind_word CHECK (kind IN ('AGENCY_DUTY', 'CITIZEN_RIGHT', 'THIRD_PARTY_DUTY')),
    CONSTRAINT unit_word CHECK (unit IN ('HOUR', 'DAY', 'CALENDAR_DAY', 'MONTH', 'YEAR')),
    CONSTRAINT certainty_word CHECK (certainty IN ('H', 'M', 'L'))
);

CREATE TABLE reference_version (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE service_standard (
    code VARCHAR NOT NULL,
    kind TEXT NOT NULL,
    priority TEXT NOT NULL,
    effective_from DATE NOT NULL,
    effective_until DATE,
    working_days INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    PRIMARY KEY (code, kind, priority, effective_from),
    CONSTRAINT kind_word CHECK (kind IN ('REFER', 'TRANSFER')),
    CONSTRAINT priority_word CHECK (priority IN ('LOW', 'NORMAL', 'URGENT'))
);

CREATE TABLE severance_tier (
    employed INTEGER NOT NULL,
    employed_unit TEXT NOT NULL,
    effective_from DATE NOT NULL,
    effective_until DATE,
    wage_days INTEGER NOT NULL,
    section VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    certainty TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    PRIMARY KEY (employed, employed_unit, effective_from),
    CONSTRAINT certainty_word CHECK (certainty IN ('H', 'M', 'L')),
    CONSTRAINT employed_unit_word CHECK (employed_unit IN ('HOUR', 'DAY', 'CALENDAR_DAY', 'MONTH', 'YEAR'))
);

CREATE TABLE case_counter (
    province_code VARCHAR NOT NULL,
    buddhist_year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (province_code, buddhist_year),
    FOREIGN KEY(province_code) REFERENCES area (code)
);

CREATE TABLE office (
    id BIGINT NOT NULL,
    code VARCHAR NOT NULL,
    agency_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL,
    name_th VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code),
    FOREIGN KEY(agency_code) REFERENCES agency (code),
    FOREIGN KEY(province_code) REFERENCES area (code)
);

CREATE INDEX ix_office_agency_code ON office (agency_code);

CREATE INDEX ix_office_province_code ON office (province_code);

CREATE TABLE operation (
    account_id BIGINT NOT NULL,
    operation_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    fingerprint BYTEA NOT NULL,
    result_id BIGINT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (account_id, operation_id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE problem_type (
    code VARCHAR NOT NULL,
    agency_code VARCHAR NOT NULL,
    also_agency_codes TEXT[] NOT NULL,
    name_th VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    title_th VARCHAR NOT NULL,
    sensitive BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (code),
    FOREIGN KEY(agency_code) REFERENCES agency (code)
);

CREATE TABLE office_area (
    office_id BIGINT NOT NULL,
    area_code VARCHAR NOT NULL,
    PRIMARY KEY (office_id, area_code),
    FOREIGN KEY(office_id) REFERENCES office (id),
    FOREIGN KEY(area_code) REFERENCES area (code)
);

CREATE INDEX ix_office_area_area_code ON office_area (area_code);

CREATE TABLE seat (
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    area_code VARCHAR,
    office_id BIGINT,
    number INTEGER NOT NULL,
    handles_sensitive BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('VOLUNTEER', 'MENTOR', 'OFFICER', 'OFFICE_HEAD', 'COORDINATOR', 'AUDITOR', 'ADMIN')),
    CONSTRAINT place CHECK (CASE WHEN kind IN ('VOLUNTEER', 'MENTOR') THEN area_code IS NOT NULL AND office_id IS NULL WHEN kind IN ('OFFICER', 'OFFICE_HEAD', 'COORDINATOR') THEN office_id IS NOT NULL AND area_code IS NULL ELSE area_code IS NULL AND office_id IS NULL END),
    FOREIGN KEY(area_code) REFERENCES area (code),
    FOREIGN KEY(office_id) REFERENCES office (id)
);

CREATE INDEX ix_seat_area_code ON seat (area_code);

CREATE INDEX ix_seat_office_id ON seat (office_id);

CREATE UNIQUE INDEX one_mentor_seat_an_area ON seat (area_code) WHERE kind = 'MENTOR';

CREATE TABLE citizen (
    id BIGINT NOT NULL,
    title VARCHAR,
    given_name VARCHAR NOT NULL,
    family_name VARCHAR NOT NULL,
    language TEXT NOT NULL,
    area_code VARCHAR,
    registered_by_seat_id BIGINT NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    journal_length INTEGER NOT NULL,
    journal_head BYTEA NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT language_word CHECK (language IN ('TH', 'LO', 'MY', 'KM', 'VI', 'ZH', 'EN')),
    FOREIGN KEY(area_code) REFERENCES area (code),
    FOREIGN KEY(registered_by_seat_id) REFERENCES seat (id)
);

CREATE INDEX ix_citizen_area_code ON citizen (area_code);

CREATE INDEX ix_citizen_registered_by_seat_id ON citizen (registered_by_seat_id);

CREATE TABLE event (
    id BIGINT DEFAULT nextval('prasan_event_id') NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_seat_id BIGINT,
    actor_account_id BIGINT,
    actor_agency_code VARCHAR,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    captured_at TIMESTAMP WITH TIME ZONE,
    audience TEXT NOT NULL,
    operation_id UUID,
    payload JSONB NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT subject_kind_word CHECK (subject_kind IN ('CASE', 'CITIZEN')),
    CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED')),
    CONSTRAINT audience_word CHECK (audience IN ('CASE', 'OWN_AGENCY', 'HOLDER_ONLY', 'CITIZEN')),
    FOREIGN KEY(actor_seat_id) REFERENCES seat (id),
    FOREIGN KEY(actor_account_id) REFERENCES account (id),
    FOREIGN KEY(actor_agency_code) REFERENCES agency (code)
);

CREATE UNIQUE INDEX event_of_subject ON event (subject_kind, subject_id, seq);

CREATE TABLE incumbency (
    id BIGINT NOT NULL,
    seat_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('PRIMARY', 'COVER')),
    CONSTRAINT one_primary_at_a_time EXCLUDE USING gist (int8range(seat_id, seat_id, '[]') WITH &&, tstzrange(since, until) WITH &&) WHERE (kind = 'PRIMARY'),
    CONSTRAINT ends_after_it_begins CHECK (until IS NULL OR until > since),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_incumbency_account_id ON incumbency (account_id);

CREATE INDEX ix_incumbency_seat_id ON incumbency (seat_id);

CREATE TABLE "case" (
    id BIGINT NOT NULL,
    reference VARCHAR NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    title TEXT NOT NULL,
    priority TEXT NOT NULL,
    sensitive BOOLEAN NOT NULL,
    area_code VARCHAR NOT NULL,
    amphoe_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL,
    citizen_id BIGINT NOT NULL,
    holder_seat_id BIGINT,
    holder_office_id BIGINT,
    volunteer_seat_id BIGINT,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    review_on DATE,
    ended_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    journal_length INTEGER NOT NULL,
    journal_head BYTEA NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('NEW', 'SCREENING', 'IN_PROGRESS', 'WAITING_CITIZEN', 'WAITING_AGENCY', 'RESOLVED', 'CLOSED', 'WITHDRAWN', 'MERGED', 'OUT_OF_SCOPE')),
    CONSTRAINT channel_word CHECK (channel IN ('VOLUNTEER', 'WALK_IN', 'HOTLINE', 'ONLINE')),
    CONSTRAINT priority_word CHECK (priority IN ('LOW', 'NORMAL', 'URGENT')),
    CONSTRAINT one_holder CHECK (num_nonnulls(holder_seat_id, holder_office_id) = 1),
    CONSTRAINT waiting_has_a_review CHECK ((state IN ('WAITING_CITIZEN', 'WAITING_AGENCY')) = (review_on IS NOT NULL)),
    UNIQUE (reference),
    FOREIGN KEY(area_code) REFERENCES area (code),
    FOREIGN KEY(amphoe_code) REFERENCES area (code),
    FOREIGN KEY(province_code) REFERENCES area (code),
    FOREIGN KEY(citizen_id) REFERENCES citizen (id),
    FOREIGN KEY(holder_seat_id) REFERENCES seat (id),
    FOREIGN KEY(holder_office_id) REFERENCES office (id),
    FOREIGN KEY(volunteer_seat_id) REFERENCES seat (id)
);

CREATE INDEX case_by_opening ON "case" (opened_at DESC, id DESC);

CREATE INDEX case_by_update ON "case" (updated_at DESC, id DESC);

CREATE INDEX case_of_amphoe ON "case" (amphoe_code, updated_at DESC, id DESC);

CREATE INDEX case_of_holder_office ON "case" (holder_office_id, state, updated_at DESC, id DESC);

CREATE INDEX case_of_holder_seat ON "case" (holder_seat_id, state, updated_at DESC, id DESC);

CREATE INDEX case_of_province ON "case" (province_code, updated_at DESC, id DESC);

CREATE INDEX case_of_volunteer ON "case" (volunteer_seat_id, state, updated_at DESC, id DESC);

CREATE INDEX ix_case_area_code ON "case" (area_code);

CREATE INDEX ix_case_citizen_id ON "case" (citizen_id);

CREATE TABLE citizen_contact (
    id BIGINT NOT NULL,
    citizen_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('PHONE', 'ADDRESS')),
    FOREIGN KEY(citizen_id) REFERENCES citizen (id)
);

CREATE INDEX ix_citizen_contact_citizen_id ON citizen_contact (citizen_id);

CREATE TABLE citizen_identifier (
    id BIGINT NOT NULL,
    citizen_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    blind_index BYTEA NOT NULL,
    last_four VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('NATIONAL_ID', 'PASSPORT', 'PINK_CARD')),
    FOREIGN KEY(citizen_id) REFERENCES citizen (id)
);

CREATE INDEX ix_citizen_identifier_blind_index ON citizen_identifier (blind_index);

CREATE INDEX ix_citizen_identifier_citizen_id ON citizen_identifier (citizen_id);

CREATE TABLE feed (
    position BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    PRIMARY KEY (position),
    UNIQUE (event_id),
    FOREIGN KEY(event_id) REFERENCES event (id)
);

CREATE TABLE assignment (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    seat_id BIGINT NOT NULL,
    proposed_by_seat_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    answered_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('PROPOSED', 'ACCEPTED', 'DECLINED', 'SUPERSEDED')),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(proposed_by_seat_id) REFERENCES seat (id)
);

CREATE INDEX ix_assignment_case_id ON assignment (case_id);

CREATE INDEX ix_assignment_seat_id ON assignment (seat_id);

CREATE UNIQUE INDEX one_open_assignment ON assignment (case_id) WHERE state = 'PROPOSED';

CREATE TABLE case_content (
    case_id BIGINT NOT NULL,
    narrative TEXT NOT NULL,
    workplace_area_code VARCHAR,
    workplace_name VARCHAR,
    PRIMARY KEY (case_id),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(workplace_area_code) REFERENCES area (code)
);

CREATE TABLE case_holding (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    seat_id BIGINT,
    office_id BIGINT,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT one_holder CHECK (num_nonnulls(seat_id, office_id) = 1),
    CONSTRAINT one_holder_at_any_instant EXCLUDE USING gist (int8range(case_id, case_id, '[]') WITH &&, tstzrange(since, until) WITH &&),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(office_id) REFERENCES office (id)
);

CREATE INDEX ix_case_holding_case_id ON case_holding (case_id);

CREATE UNIQUE INDEX one_holder_now ON case_holding (case_id) WHERE until IS NULL;

CREATE TABLE case_problem (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    problem_type_code VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    outcome TEXT,
    amount_claimed NUMERIC(14, 2),
    amount_recovered NUMERIC(14, 2),
    outcome_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT outcome_word CHECK (outcome IN ('PAID', 'BENEFIT_APPROVED', 'ORDERED', 'SETTLED', 'REGISTERED', 'PLACED', 'TRAINED', 'ADVISED', 'REJECTED', 'UNREACHABLE')),
    CONSTRAINT amounts_not_negative CHECK (amount_claimed >= 0 AND amount_recovered >= 0),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(problem_type_code) REFERENCES problem_type (code)
);

CREATE UNIQUE INDEX one_problem_of_a_type ON case_problem (case_id, problem_type_code);

CREATE TABLE note (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    author_seat_id BIGINT NOT NULL,
    author_agency_code VARCHAR,
    audience TEXT NOT NULL,
    text TEXT NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    captured_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT audience_word CHECK (audience IN ('CASE', 'OWN_AGENCY', 'HOLDER_ONLY', 'CITIZEN')),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(author_seat_id) REFERENCES seat (id),
    FOREIGN KEY(author_agency_code) REFERENCES agency (code)
);

CREATE INDEX note_of_case ON note (case_id, written_at DESC, id DESC);

CREATE TABLE referral (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    problem_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    from_seat_id BIGINT,
    from_office_id BIGINT,
    to_office_id BIGINT NOT NULL,
    suggested_office_id BIGINT,
    reason_category TEXT NOT NULL,
    reply_category TEXT,
    legal_basis TEXT NOT NULL,
    discloses TEXT[] NOT NULL,
    respond_by TIMESTAMP WITH TIME ZONE NOT NULL,
    result_by TIMESTAMP WITH TIME ZONE,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    accepted_at TIMESTAMP WITH TIME ZONE,
    started_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT kind_word CHECK (kind IN ('REFER', 'TRANSFER')),
    CONSTRAINT state_word CHECK (state IN ('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'REJECTED', 'RECALLED', 'RETURNED')),
    CONSTRAINT legal_basis_word CHECK (legal_basis IN ('CONSENT', 'PUBLIC_TASK', 'LEGAL_DUTY', 'VITAL_INTEREST')),
    CONSTRAINT reason_category_word CHECK (reason_category IN ('COMPETENCE', 'SPECIALIST', 'LOCATION', 'JOINT_WORK', 'NOT_COMPETENT', 'DUPLICATE', 'INCOMPLETE', 'SENT_IN_ERROR', 'CIRCUMSTANCES_CHANGED')),
    CONSTRAINT reply_category_word CHECK (reply_category IN ('COMPETENCE', 'SPECIALIST', 'LOCATION', 'JOINT_WORK', 'NOT_COMPETENT', 'DUPLICATE', 'INCOMPLETE', 'SENT_IN_ERROR', 'CIRCUMSTANCES_CHANGED')),
    CONSTRAINT one_sender CHECK (num_nonnulls(from_seat_id, from_office_id) = 1),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(problem_id) REFERENCES case_problem (id),
    FOREIGN KEY(from_seat_id) REFERENCES seat (id),
    FOREIGN KEY(from_office_id) REFERENCES office (id),
    FOREIGN KEY(to_office_id) REFERENCES office (id),
    FOREIGN KEY(suggested_office_id) REFERENCES office (id)
);

CREATE UNIQUE INDEX one_open_referral ON referral (problem_id, to_office_id) WHERE state IN ('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS');

CREATE INDEX referral_of_case ON referral (case_id, sent_at DESC, id DESC);

CREATE INDEX referral_to_office ON referral (to_office_id, state);

CREATE TABLE participation (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    seat_id BIGINT,
    office_id BIGINT,
    level SMALLINT NOT NULL,
    discloses SMALLINT NOT NULL,
    source TEXT NOT NULL,
    referral_id BIGINT,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT source_word CHECK (source IN ('OPENED', 'HOLDER', 'ASSIGNMENT', 'REFERRAL', 'AREA', 'AUDIT')),
    CONSTRAINT seat_or_office CHECK (num_nonnulls(seat_id, office_id) = 1),
    CONSTRAINT level_range CHECK (level BETWEEN 1 AND 4),
    FOREIGN KEY(case_id) REFERENCES "case" (id),
    FOREIGN KEY(seat_id) REFERENCES seat (id),
    FOREIGN KEY(office_id) REFERENCES office (id),
    FOREIGN KEY(referral_id) REFERENCES referral (id)
);

CREATE INDEX participation_of_case ON participation (case_id);

CREATE INDEX participation_of_office ON participation (office_id, case_id) WHERE office_id IS NOT NULL;

CREATE INDEX participation_of_seat ON participation (seat_id, case_id) WHERE seat_id IS NOT NULL;

CREATE TABLE referral_content (
    referral_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    reply TEXT,
    report TEXT,
    PRIMARY KEY (referral_id),
    FOREIGN KEY(referral_id) REFERENCES referral (id)
);

-- The case says who holds it now, the history says who held it when: at commit both agree, exactly one holds.
CREATE FUNCTION case_holder_agrees() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    the_case bigint := CASE WHEN TG_TABLE_NAME = 'case' THEN (to_jsonb(NEW) ->> 'id')::bigint
                            ELSE (to_jsonb(NEW) ->> 'case_id')::bigint END;
BEGIN
    IF NOT EXISTS (
        SELECT FROM "case" c JOIN case_holding h ON h.case_id = c.id AND h.until IS NULL
        WHERE c.id = the_case
          AND h.seat_id IS NOT DISTINCT FROM c.holder_seat_id
          AND h.office_id IS NOT DISTINCT FROM c.holder_office_id
    ) THEN
        RAISE EXCEPTION 'case % and its holding disagree about the holder', the_case USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER case_holder_agrees AFTER INSERT OR UPDATE OF holder_seat_id, holder_office_id ON "case"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION case_holder_agrees();

CREATE CONSTRAINT TRIGGER case_holder_agrees AFTER INSERT OR UPDATE ON case_holding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION case_holder_agrees();

-- No event can miss the feed, whoever writes it; the writer needs no right on the feed itself.
CREATE FUNCTION event_awaits_position() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO feed_pending (event_id) SELECT id FROM fresh;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION event_awaits_position() FROM PUBLIC;

CREATE TRIGGER event_awaits_position AFTER INSERT ON event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION event_awaits_position();

-- No row of the journal is changed or deleted, not even by its owner's mistake.
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();

GRANT USAGE ON SCHEMA public TO prasan_app, prasan_worker;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO prasan_app;

GRANT SELECT ON event, feed, feed_pending TO prasan_worker;

REVOKE ALL ON feed_pending FROM prasan_app;

GRANT USAGE ON SEQUENCE prasan_id, prasan_event_id TO prasan_app;

GRANT INSERT ON citizen, citizen_contact, citizen_identifier, "case", case_content, case_problem, case_holding,
    case_counter, participation, assignment, referral, referral_content, note, event, operation TO prasan_app;

GRANT UPDATE ON citizen, "case", case_problem, case_holding, case_counter, participation, assignment, referral,
    referral_content, operation TO prasan_app;

GRANT INSERT ON feed TO prasan_worker;

GRANT DELETE ON feed_pending TO prasan_worker;
