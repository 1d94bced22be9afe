-- Streams that go on: what a cursor remembers of the event it stands behind, and whom the news of a case concern.

-- The beginning of the hash of the event at a position: another history has another one there. It tells nothing of the event.
CREATE FUNCTION feed_mark(the_position BIGINT) RETURNS BYTEA LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT substring(e.hash FROM 1 FOR 8) FROM feed f JOIN event e ON e.id = f.event_id WHERE f.position = the_position $$;

REVOKE ALL ON FUNCTION feed_mark(BIGINT) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION feed_mark(BIGINT) TO prasan_app;

-- The feed of each process rings the bells of those whom a case concerns, followers among them.
CREATE INDEX follow_of_case ON follow (case_id);

CREATE POLICY of_worker ON follow FOR SELECT TO prasan_worker USING (true);

GRANT SELECT ON follow TO prasan_worker;
