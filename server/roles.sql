-- Prasan's roles. May be run again at any time, by Prasan or by a database administrator:
--
--     psql --file server/roles.sql postgres
--     createdb --owner prasan_owner --encoding UTF8 --locale C --template template0 prasan
--
-- prasan_owner   owns the database and migrates it; serves nothing
-- prasan_app     answers requests
-- prasan_worker  feeds subscribers and escalates what is overdue
-- prasan_wall    logs in nowhere; owns the functions that tell row-level security what a caller may not read itself
--
-- None of them may step around row-level security. What each may read and write is granted, table by table, by the
-- migrations. Passwords are the administrator's to set (\password prasan_app); none is kept here.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['prasan_owner', 'prasan_app', 'prasan_worker'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format(
                'CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION', wanted);
        -- Changed only when wrong: an administrator who is no superuser may run this, and two runs do not collide.
        ELSIF EXISTS (
            SELECT FROM pg_roles
            WHERE rolname = wanted
              AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication OR NOT rolcanlogin)
        ) THEN
            EXECUTE format(
                'ALTER ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION', wanted);
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prasan_wall') THEN
        CREATE ROLE prasan_wall NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
    END IF;
    IF NOT pg_has_role('prasan_owner', 'prasan_wall', 'MEMBER') THEN
        GRANT prasan_wall TO prasan_owner;
    END IF;
END
$$;
