-- People: is this person known already; two records of one person, merged and parted again without loss.

-- squawk-ignore ban-drop-constraint
ALTER TABLE event DROP CONSTRAINT kind_word;

ALTER TABLE event ADD CONSTRAINT kind_word CHECK (kind IN ('CITIZEN_REGISTERED', 'CITIZEN_UPDATED', 'CITIZEN_MERGED', 'CITIZEN_ABSORBED', 'CITIZEN_UNMERGED', 'CITIZEN_RELEASED', 'IDENTIFIER_REVEALED', 'CITIZEN_EXPORTED', 'CITIZEN_ERASED', 'LEGAL_HOLD_PLACED', 'LEGAL_HOLD_RELEASED', 'CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'OUTCOME_RECORDED', 'CLOSING_DISPUTED', 'CASE_CLOSED', 'CASE_REOPENED', 'CASE_MERGED', 'CASE_UNMERGED', 'CASE_ABSORBED', 'CASE_RELEASED', 'KEY_DATE_RECORDED', 'DEADLINE_EXTENDED', 'NOTICE_GIVEN', 'PARTY_ADDED', 'CASE_FOLLOWED', 'CASE_UNFOLLOWED', 'TRACKING_CODE_RENEWED', 'ASSIGNMENT_PROPOSED', 'ASSIGNMENT_ACCEPTED', 'ASSIGNMENT_DECLINED', 'NOTE_ADDED', 'REFERRAL_SENT', 'REFERRAL_RECEIVED', 'REFERRAL_ACCEPTED', 'REFERRAL_REJECTED', 'REFERRAL_STARTED', 'REFERRAL_COMPLETED', 'REFERRAL_INFO_REQUESTED', 'REFERRAL_INFO_ANSWERED', 'REFERRAL_DISPUTED', 'REFERRAL_RECALLED', 'REFERRAL_RETURNED', 'REFERRAL_LAPSED', 'DISCLOSURE_RENEWED', 'SEAT_CREATED', 'INCUMBENT_APPOINTED', 'INCUMBENCY_ENDED', 'ABSENCE_PLANNED', 'ABSENCE_CANCELLED')) NOT VALID;

ALTER TABLE event VALIDATE CONSTRAINT kind_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE citizen_access DROP CONSTRAINT purpose_word;

ALTER TABLE citizen_access ADD CONSTRAINT purpose_word CHECK (purpose IN ('LIST', 'SEARCH', 'RECORD', 'MATCH', 'LIVE', 'CHANGE', 'REVEAL', 'ACCESS_LOG', 'EXPORT')) NOT VALID;

ALTER TABLE citizen_access VALIDATE CONSTRAINT purpose_word;

-- squawk-ignore ban-drop-constraint
ALTER TABLE citizen_access DROP CONSTRAINT level_range;

ALTER TABLE citizen_access ADD CONSTRAINT level_range CHECK (level BETWEEN 3 AND 4 OR level = 1 AND purpose = 'MATCH') NOT VALID;

ALTER TABLE citizen_access VALIDATE CONSTRAINT level_range;

-- The year of birth, and the record in which a merged one goes on.
ALTER TABLE citizen ADD COLUMN birth_year INTEGER;

ALTER TABLE citizen ADD COLUMN merged_into_citizen_id BIGINT;

ALTER TABLE citizen ADD FOREIGN KEY(merged_into_citizen_id) REFERENCES citizen (id) NOT VALID;

ALTER TABLE citizen VALIDATE CONSTRAINT citizen_merged_into_citizen_id_fkey;

ALTER TABLE citizen ADD CONSTRAINT merged_into_another CHECK (merged_into_citizen_id <> id) NOT VALID;

ALTER TABLE citizen VALIDATE CONSTRAINT merged_into_another;

-- squawk-ignore ban-drop-constraint
ALTER TABLE citizen DROP CONSTRAINT erased_is_nameless;

ALTER TABLE citizen ADD CONSTRAINT erased_is_nameless CHECK (erased_at IS NULL OR (given_name = '' AND family_name = '' AND title IS NULL AND birth_year IS NULL)) NOT VALID;

ALTER TABLE citizen VALIDATE CONSTRAINT erased_is_nameless;

CREATE INDEX ix_citizen_merged_into_citizen_id ON citizen (merged_into_citizen_id);

-- What a merge brought to the record that goes on: copies of contacts and documents, and the cases themselves.
ALTER TABLE citizen_contact ADD COLUMN from_citizen_id BIGINT;

ALTER TABLE citizen_contact ADD FOREIGN KEY(from_citizen_id) REFERENCES citizen (id) NOT VALID;

ALTER TABLE citizen_contact VALIDATE CONSTRAINT citizen_contact_from_citizen_id_fkey;

CREATE INDEX ix_citizen_contact_from_citizen_id ON citizen_contact (from_citizen_id);

CREATE INDEX contact_by_phone ON citizen_contact (value) WHERE kind = 'PHONE';

ALTER TABLE citizen_identifier ADD COLUMN from_citizen_id BIGINT;

ALTER TABLE citizen_identifier ADD FOREIGN KEY(from_citizen_id) REFERENCES citizen (id) NOT VALID;

ALTER TABLE citizen_identifier VALIDATE CONSTRAINT citizen_identifier_from_citizen_id_fkey;

CREATE INDEX ix_citizen_identifier_from_citizen_id ON citizen_identifier (from_citizen_id);

ALTER TABLE "case" ADD COLUMN from_citizen_id BIGINT;

ALTER TABLE "case" ADD FOREIGN KEY(from_citizen_id) REFERENCES citizen (id) NOT VALID;

ALTER TABLE "case" VALIDATE CONSTRAINT case_from_citizen_id_fkey;

CREATE INDEX ix_case_from_citizen_id ON "case" (from_citizen_id);

-- How names sound is made by prasan serve, together with their words: it needs Python.
DELETE FROM citizen_search;

-- squawk-ignore adding-required-field
ALTER TABLE citizen_search ADD COLUMN sounds TEXT[] NOT NULL;

CREATE INDEX citizen_search_sounds ON citizen_search USING gin (sounds);

GRANT SELECT (merged_into_citizen_id), UPDATE (merged_into_citizen_id) ON citizen TO prasan_wall;

GRANT SELECT (from_citizen_id, merged_into_case_id) ON "case" TO prasan_wall;

GRANT UPDATE (citizen_id, from_citizen_id) ON "case" TO prasan_wall;

GRANT SELECT (citizen_id, kind, value) ON citizen_contact TO prasan_wall;

GRANT SELECT (citizen_id, blind_index) ON citizen_identifier TO prasan_wall;

GRANT INSERT ON citizen_access TO prasan_wall;

GRANT USAGE ON SEQUENCE prasan_id TO prasan_wall;

CREATE POLICY of_wall ON citizen_contact FOR SELECT TO prasan_wall USING (true);

CREATE POLICY of_wall ON citizen_identifier FOR SELECT TO prasan_wall USING (true);

CREATE POLICY of_wall ON citizen_access FOR INSERT TO prasan_wall WITH CHECK (true);

-- A merged record is seen as the one in which it goes on: its cases are there.
CREATE POLICY merged ON citizen FOR SELECT TO prasan_app
    USING (merged_into_citizen_id IS NOT NULL AND wall_level_of_citizen(id) >= 3);

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

SET LOCAL ROLE prasan_wall;

CREATE FUNCTION goes_on_as(the_citizen BIGINT) RETURNS BIGINT
    LANGUAGE plpgsql STABLE COST 50 SECURITY DEFINER AS $$
BEGIN
    RETURN (SELECT coalesce(z.merged_into_citizen_id, z.id) FROM public.citizen z WHERE z.id = the_citizen);
END $$;

CREATE OR REPLACE FUNCTION has_a_case(the_citizen BIGINT) RETURNS BOOLEAN
    LANGUAGE plpgsql STABLE COST 200 SECURITY DEFINER AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public."case" c WHERE c.citizen_id = public.goes_on_as(the_citizen));
END $$;

CREATE OR REPLACE FUNCTION wall_level_of_citizen(the_citizen BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql STABLE COST 800 SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT FROM public.citizen z WHERE z.id = the_citizen AND z.registered_by_seat_id = public.wall_seat())
       AND NOT public.has_a_case(the_citizen) THEN
        RETURN 4;
    END IF;
    RETURN (SELECT max(s.level) FROM public.wall_case s WHERE s.citizen_id = public.goes_on_as(the_citizen));
END $$;

CREATE OR REPLACE FUNCTION wall_discloses(the_citizen BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql STABLE COST 800 SECURITY DEFINER AS $$
BEGIN
    RETURN (SELECT bit_or(s.discloses) FROM public.wall_case s
            WHERE s.citizen_id = public.goes_on_as(the_citizen) AND s.level >= 3);
END $$;

-- The cases of a merged record, also those that the coordinator does not see: the person is one everywhere.
CREATE FUNCTION join_cases(the_source BIGINT, the_target BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved INTEGER;
BEGIN
    IF wall_province() IS NULL OR goes_on_as(the_source) <> the_target
       OR coalesce(wall_level_of_citizen(the_target), 0) < 4
       OR EXISTS (SELECT FROM "case" c WHERE c.citizen_id = the_source)
           AND coalesce((SELECT max(s.level) FROM wall_case s WHERE s.citizen_id = the_source), 0) < 4 THEN
        RAISE EXCEPTION 'no such citizens' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM "case" c WHERE c.citizen_id = the_source ORDER BY c.id FOR NO KEY UPDATE;
    UPDATE "case" c SET citizen_id = the_target, from_citizen_id = the_source WHERE c.citizen_id = the_source;
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;

-- At what level the post will see a record by itself, once the two are parted: by its own cases, or as who registered it.
CREATE FUNCTION sight_apart(the_record BIGINT, the_source BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    best INTEGER;
    has_any BOOLEAN;
BEGIN
    SELECT max(s.level), count(*) > 0 INTO best, has_any FROM "case" c LEFT JOIN wall_case s ON s.id = c.id
        WHERE c.citizen_id = goes_on_as(the_source)
        AND (c.from_citizen_id IS NOT DISTINCT FROM the_source) = (the_record = the_source);
    RETURN CASE WHEN has_any THEN coalesce(best, 0)
        WHEN EXISTS (SELECT FROM citizen z WHERE z.id = the_record AND z.registered_by_seat_id = wall_seat()) THEN 4
        ELSE 0 END;
END $$;

-- And back. Nothing is done, and the answer is null, while a case of one record is merged into a case of the other; it is
-- -1 where the post would not see both any more.
CREATE FUNCTION part_cases(the_source BIGINT) RETURNS INTEGER
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved INTEGER;
BEGIN
    IF wall_province() IS NULL OR coalesce(wall_level_of_citizen(the_source), 0) < 4 THEN
        RAISE EXCEPTION 'no such citizen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM "case" c WHERE c.citizen_id = goes_on_as(the_source) ORDER BY c.id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM "case" c JOIN "case" t ON t.id = c.merged_into_case_id
               WHERE c.citizen_id = goes_on_as(the_source)
               AND (c.from_citizen_id IS NOT DISTINCT FROM the_source)
                   <> (t.from_citizen_id IS NOT DISTINCT FROM the_source)) THEN
        RETURN NULL;
    END IF;
    IF least(sight_apart(the_source, the_source), sight_apart(goes_on_as(the_source), the_source)) < 4 THEN
        RETURN -1;
    END IF;
    UPDATE "case" c SET citizen_id = the_source, from_citizen_id = NULL WHERE c.from_citizen_id = the_source;
    GET DIAGNOSTICS moved = ROW_COUNT;
    UPDATE citizen z SET merged_into_citizen_id = NULL WHERE z.id = the_source;
    RETURN moved;
END $$;

-- Who may be meant at intake, among those whom the post sees: by the sound of a name the best `most`, by a phone and by
-- a document as far as it sees these. `elsewhere`: a phone or a document is known, and not shown to it.
CREATE FUNCTION match_citizens(the_sounds TEXT[], the_phones TEXT[], the_indexes BYTEA[], most INTEGER,
                               OUT by_name BIGINT[], OUT by_phone BIGINT[], OUT by_identifier BIGINT[],
                               OUT elsewhere BOOLEAN)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    phoned BIGINT[];
    identified BIGINT[];
BEGIN
    SELECT coalesce(array_agg(f.id), '{}') INTO by_name FROM (
        SELECT h.id FROM (
            SELECT w.citizen_id AS id, (SELECT count(*) FROM unnest(w.sounds) s WHERE s = ANY (the_sounds)) AS shared
            FROM citizen_search w WHERE w.sounds && the_sounds
        ) h JOIN citizen z ON z.id = h.id
        WHERE z.merged_into_citizen_id IS NULL AND (
            EXISTS (SELECT FROM wall_work s WHERE s.citizen_id = h.id)
            OR z.registered_by_seat_id = wall_seat() AND NOT has_a_case(h.id))
        ORDER BY h.shared DESC, h.id LIMIT most
    ) f;
    SELECT coalesce(array_agg(DISTINCT t.citizen_id), '{}') INTO phoned
        FROM citizen_contact t JOIN citizen z ON z.id = t.citizen_id
        WHERE t.kind = 'PHONE' AND t.value = ANY (the_phones) AND z.merged_into_citizen_id IS NULL;
    SELECT coalesce(array_agg(DISTINCT t.citizen_id), '{}') INTO identified
        FROM citizen_identifier t JOIN citizen z ON z.id = t.citizen_id
        WHERE t.blind_index = ANY (the_indexes) AND z.merged_into_citizen_id IS NULL;
    SELECT coalesce(array_agg(p.id), '{}') INTO by_phone FROM unnest(phoned) AS p (id)
        WHERE wall_level_of_citizen(p.id) >= 4 OR wall_discloses(p.id) & 1 <> 0;
    SELECT coalesce(array_agg(p.id), '{}') INTO by_identifier FROM unnest(identified) AS p (id)
        WHERE wall_level_of_citizen(p.id) >= 4 OR wall_discloses(p.id) & 4 <> 0;
    elsewhere := cardinality(by_phone) < cardinality(phoned) OR cardinality(by_identifier) < cardinality(identified);
END $$;

-- That somebody was told "known": whose number it was stands in that citizen's list of looks, and is told to nobody.
CREATE FUNCTION note_match(the_phones TEXT[], the_indexes BYTEA[], the_request UUID) RETURNS INTEGER
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    noted INTEGER;
BEGIN
    INSERT INTO citizen_access (id, citizen_id, case_id, seat_id, account_id, purpose, level, reveal_id, request_id, at)
    SELECT nextval('prasan_id'), f.id, NULL, wall_seat(), wall_account(), 'MATCH', 1, NULL, the_request, wall_now()
    FROM (
        SELECT t.citizen_id AS id, 1 AS shown_by FROM citizen_contact t
            WHERE t.kind = 'PHONE' AND t.value = ANY (the_phones)
        UNION
        SELECT t.citizen_id, 4 FROM citizen_identifier t WHERE t.blind_index = ANY (the_indexes)
    ) f JOIN citizen z ON z.id = f.id
    WHERE z.merged_into_citizen_id IS NULL AND coalesce(wall_level_of_citizen(f.id), 0) < 4
    GROUP BY f.id HAVING bool_or(coalesce(wall_discloses(f.id), 0) & f.shown_by = 0);
    GET DIAGNOSTICS noted = ROW_COUNT;
    RETURN noted;
END $$;

REVOKE ALL ON FUNCTION
    goes_on_as(BIGINT), sight_apart(BIGINT, BIGINT), join_cases(BIGINT, BIGINT), part_cases(BIGINT),
    match_citizens(TEXT[], TEXT[], BYTEA[], INTEGER), note_match(TEXT[], BYTEA[], UUID)
    FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    join_cases(BIGINT, BIGINT), part_cases(BIGINT),
    match_citizens(TEXT[], TEXT[], BYTEA[], INTEGER), note_match(TEXT[], BYTEA[], UUID)
    TO prasan_app, prasan_owner;

RESET ROLE;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;
