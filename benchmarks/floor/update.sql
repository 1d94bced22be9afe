-- Version check, change, journal event with a hash that `prasan verify-journal` takes, answer: one statement.
WITH before AS (
    SELECT * FROM "case" WHERE id = $1 AND version = $2 FOR UPDATE
), fact AS (
    SELECT b.*, clock_timestamp() AS at, jsonb_strip_nulls(jsonb_build_object(
        'from', b.state, 'to', $3::text, 'reviewOn', $4::date)) AS payload FROM before b
), chained AS (
    SELECT f.*, sha256(f.journal_head || convert_to(format(
        '{"actor_account_id":%s,"actor_agency_code":%s,"actor_seat_id":%s,"audience":"CASE","captured_at":null,'
        '"kind":"CASE_STATUS_CHANGED","operation_id":null,"payload":{"from":"%s",%s"to":"%s"},"recorded_at":"%s",'
        '"seq":%s,"subject_id":%s,"subject_kind":"CASE"}',
        $5::bigint, coalesce(to_json($6::text)::text, 'null'), $7::bigint, f.state,
        CASE WHEN $4 IS NOT NULL THEN format('"reviewOn":"%s",', $4::date) ELSE '' END, $3::text,
        to_char(f.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
        f.journal_length + 1, f.id), 'UTF8')) AS hash
    FROM fact f
), written AS (
    INSERT INTO event (id, subject_kind, subject_id, seq, kind, actor_seat_id, actor_account_id, actor_agency_code,
                       recorded_at, audience, payload, previous_hash, hash)
    SELECT nextval('prasan_event_id'), 'CASE', id, journal_length + 1, 'CASE_STATUS_CHANGED', $7, $5, $6, at, 'CASE',
           payload, journal_head, hash FROM chained
), changed AS (
    UPDATE "case" c SET state = $3, review_on = $4, updated_at = n.at, version = c.version + 1,
        journal_length = c.journal_length + 1, journal_head = n.hash
    FROM chained n WHERE c.id = n.id RETURNING c.*
)
SELECT json_build_object('data', json_build_object('updateCaseStatus', json_build_object('case', json_build_object(
    'reference', reference, 'state', state, 'version', version, 'title', title, 'priority', priority,
    'updatedAt', updated_at, 'dueAt', dueat, 'reviewOn', review_on))))::text
FROM (SELECT *, due_at AS dueat FROM changed) c
