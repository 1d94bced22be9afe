-- How many people are registered in an area, with the day of that count; and what it was when a statement was drawn up.

ALTER TABLE area ADD COLUMN residents INTEGER, ADD COLUMN residents_on DATE;

ALTER TABLE area ADD CONSTRAINT residents_with_their_day CHECK (num_nonnulls(residents, residents_on) <> 1) NOT VALID;

ALTER TABLE area VALIDATE CONSTRAINT residents_with_their_day;

ALTER TABLE statement ADD COLUMN residents INTEGER, ADD COLUMN residents_on DATE;

ALTER TABLE statement ADD CONSTRAINT residents_with_their_day CHECK (num_nonnulls(residents, residents_on) <> 1) NOT VALID;

ALTER TABLE statement VALIDATE CONSTRAINT residents_with_their_day;

GRANT SELECT (code, residents, residents_on) ON area TO prasan_wall;

GRANT USAGE, CREATE ON SCHEMA public TO prasan_wall;

SET LOCAL ROLE prasan_wall;

-- squawk-ignore ban-drop-function
DROP FUNCTION figures_now(BIGINT[], DATE);

RESET ROLE;

-- Of which area a post's figures are: its tambon, its amphoe, or the province of its office.
CREATE FUNCTION residents_of_posts(the_seats BIGINT[])
    RETURNS TABLE (seat_id BIGINT, residents INTEGER, residents_on DATE)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT s.id, a.residents, a.residents_on
        FROM seat s LEFT JOIN office o ON o.id = s.office_id JOIN area a ON a.code = coalesce(s.area_code, o.province_code)
        WHERE s.id = ANY (the_seats);
END $$;

CREATE FUNCTION figures_now(the_seats BIGINT[], the_month DATE)
    RETURNS TABLE (seat_id BIGINT, people_served INTEGER, cases_opened INTEGER, cases_advanced INTEGER,
                   cases_closed INTEGER, visits_made INTEGER, visits_not_met INTEGER, promises_kept INTEGER,
                   promises_missed INTEGER, activities_attended INTEGER, open_held INTEGER, open_taken_part INTEGER, vacancy_days INTEGER,
                   cover_days INTEGER, cases_in_area INTEGER, residents INTEGER, residents_on DATE)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT f.*, r.residents, r.residents_on FROM month_figures(
        ARRAY(SELECT s.id FROM seat s WHERE s.id = ANY (the_seats) AND wall_reads_statements(s.id)), the_month, wall_now()) f
        LEFT JOIN residents_of_posts(the_seats) r ON r.seat_id = f.seat_id;
END $$;

CREATE OR REPLACE FUNCTION draw_up_statements(the_seats BIGINT[], the_month DATE, at TIMESTAMP WITH TIME ZONE)
    RETURNS TABLE (seat_id BIGINT, version INTEGER)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF (the_month + interval '1 month') AT TIME ZONE 'Asia/Bangkok' > at THEN
        RAISE EXCEPTION 'the month has not ended' USING ERRCODE = 'check_violation';
    END IF;
    RETURN QUERY WITH last AS (
        SELECT t.seat_id, max(t.version) AS version FROM statement t
        WHERE t.seat_id = ANY (the_seats) AND t.month = the_month GROUP BY t.seat_id
    ), drawn_up AS (
        INSERT INTO statement
            SELECT f.seat_id, the_month, coalesce(l.version, 0) + 1, at, f.people_served, f.cases_opened,
                f.cases_advanced, f.cases_closed, f.visits_made, f.visits_not_met, f.promises_kept, f.promises_missed,
                f.activities_attended, f.open_held, f.open_taken_part, f.vacancy_days, f.cover_days, f.cases_in_area,
                r.residents, r.residents_on
            FROM month_figures(the_seats, the_month, at) f LEFT JOIN last l ON l.seat_id = f.seat_id
                LEFT JOIN residents_of_posts(the_seats) r ON r.seat_id = f.seat_id
        RETURNING seat_id, version
    ), outcomes AS (
        INSERT INTO statement_outcome
            SELECT d.seat_id, the_month, d.version, o.outcome, o.problems, o.recovered
            FROM drawn_up d JOIN month_outcomes(the_seats, the_month) o ON o.seat_id = d.seat_id
    )
    SELECT d.seat_id, d.version FROM drawn_up d;
END $$;

ALTER FUNCTION residents_of_posts(BIGINT[]) OWNER TO prasan_wall;

ALTER FUNCTION figures_now(BIGINT[], DATE) OWNER TO prasan_wall;

REVOKE CREATE ON SCHEMA public FROM prasan_wall;

SET LOCAL ROLE prasan_wall;

REVOKE ALL ON FUNCTION residents_of_posts(BIGINT[]), figures_now(BIGINT[], DATE) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION figures_now(BIGINT[], DATE) TO prasan_app, prasan_owner;

RESET ROLE;
