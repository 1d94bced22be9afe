-- Who looked at a citizen's data. No foreign keys: checking one would lock the rows that were only read.

CREATE TABLE citizen_access (
    id BIGINT NOT NULL,
    citizen_id BIGINT NOT NULL,
    case_id BIGINT,
    seat_id BIGINT,
    account_id BIGINT,
    purpose TEXT NOT NULL,
    level SMALLINT NOT NULL,
    reveal_id BIGINT,
    request_id UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT purpose_word CHECK (purpose IN ('LIST', 'SEARCH', 'RECORD', 'LIVE', 'CHANGE', 'REVEAL', 'ACCESS_LOG', 'EXPORT')),
    CONSTRAINT level_range CHECK (level BETWEEN 3 AND 4),
    CONSTRAINT looker CHECK (num_nulls(seat_id, account_id) = CASE purpose WHEN 'EXPORT' THEN 2 ELSE 0 END),
    CONSTRAINT reason_of_a_reveal CHECK ((reveal_id IS NOT NULL) = (purpose = 'REVEAL'))
);

CREATE INDEX access_of_citizen ON citizen_access (citizen_id, at DESC, id DESC);

-- Whole numbers that were shown before this table was there.
INSERT INTO citizen_access (id, citizen_id, seat_id, account_id, purpose, level, reveal_id, at)
SELECT nextval('prasan_id'), citizen_id, revealed_by_seat_id, revealed_by_account_id, 'REVEAL', 4, id, revealed_at
FROM identifier_reveal;

-- No row is changed or deleted, not even by its owner's mistake.
CREATE FUNCTION access_is_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'who looked is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER access_is_append_only BEFORE UPDATE OR DELETE ON citizen_access
    FOR EACH STATEMENT EXECUTE FUNCTION access_is_append_only();

GRANT SELECT, INSERT ON citizen_access TO prasan_app;
