"""The command line as operators use it: real processes on a database of their own."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from joserfc import jwt
from joserfc.jwk import OctKey

from casework.demo.network import subject_of
from casework.keys import Keys
from schema.contract import sdl
from tests.server.installation import SECRET, Installation, Service

EVENTS = "SELECT count(*) FROM event"
SUBJECTS = "SELECT count(DISTINCT (subject_kind, subject_id)) FROM event"


async def test_the_commands_fill_an_empty_database(installation: Installation) -> None:
    said = {command: words.splitlines() for command, words in installation.said.items()}
    assert said["migrate"] == ["Migrated."]
    assert said["reference load"] == [
        "Checking the reference data …",
        "  areas: 8441",
        "  agencies: 5",
        "  offices: 385",
        "  office areas: 385",
        "  problem types: 31",
        "  legal clocks: 10",
        "  severance tiers: 6",
        "  service standards: 48",
        "Loaded.",
    ]
    assert said["demo load"] == [
        "Checking the demo data …",
        "  demo cases: 400",
        "Freezing the statements of the demo's months …",
        "Loaded 400 cases.",
    ]
    network = "SELECT count(*) FROM seat WHERE kind IN ('VOLUNTEER', 'MENTOR') OR office_id = $1"
    provincial = await installation.value("SELECT id FROM office WHERE code = 'OPS-43'")
    assert await installation.value(network, provincial) == 62 + 9 + 5


def test_a_second_load_says_that_there_is_nothing_to_do(installation: Installation) -> None:
    for command, last in (
        ("migrate", "Nothing to do: the schema is this version's."),
        ("demo load", "Nothing to do: the demo is there."),
    ):
        done = installation.run(*command.split())
        assert (done.returncode, done.stderr.splitlines()[-1]) == (0, last)


def test_the_schema_is_exported_to_standard_output(installation: Installation) -> None:
    done = installation.run("export-schema")
    assert (done.returncode, done.stdout, done.stderr) == (0, sdl(), "")


async def test_a_token_stands_alone_on_standard_output_and_is_taken(
    installation: Installation, service: Service
) -> None:
    done = installation.run("token", "--days", "1", "officer DLPW-43")
    assert (done.returncode, done.stderr) == (0, "")
    token = done.stdout.strip()
    claims = jwt.decode(
        token, OctKey.import_key(Keys(SECRET.encode()).derive("demo tokens")), algorithms=["HS256"]
    ).claims
    assert (UUID(claims["sub"]), claims["exp"] - claims["iat"]) == (subject_of("officer DLPW-43"), 86_400)
    assert len((await service.ask("{ agencies { code } }"))["agencies"]) == 5


WRONG: tuple[tuple[tuple[str, ...], dict[str, str], str], ...] = (
    (("token", "minister"), {}, "Name a post of the demo network, such as 'volunteer 430101' or 'officer DLPW-43'"),
    (("token", "auditor"), {"PRASAN_DEMO": "false"}, "Set PRASAN_DEMO=true: tokens are issued in demo mode only."),
    (
        ("tend",),
        {"PRASAN_DATABASE_URL": "postgresql://prasan_app@127.0.0.1:1/x"},
        "Check PRASAN_DATABASE_URL and that PostgreSQL is running: ",
    ),
    (("migrate",), {"PRASAN_PORT": "many"}, "Set PRASAN_PORT to another value: "),
    (
        ("serve",),
        {"PRASAN_OIDC_ISSUER": "https://id.example", "PRASAN_OIDC_AUDIENCE": "prasan"},
        "Set PRASAN_DEMO=false, or PRASAN_DEMO_WITH_ISSUER=true as well: ",
    ),
    (("serve",), {"PRASAN_OIDC_AUDIENCE": "prasan"}, "Set both PRASAN_OIDC_ISSUER and PRASAN_OIDC_AUDIENCE"),
    (("serve",), {"PRASAN_DEMO": "false", "PRASAN_SECRET": "demo-" + SECRET}, "Set PRASAN_SECRET to a new random text"),
    (
        ("serve",),
        {"PRASAN_OWNER_URL": "postgresql://prasan_owner@127.0.0.1:1/x"},
        "Check PRASAN_OWNER_URL and that PostgreSQL is running: ",
    ),
)


def test_what_is_wrong_is_one_sentence_and_exit_code_1(installation: Installation) -> None:
    with ThreadPoolExecutor() as pool:
        running = [(pool.submit(installation.run, *command, **settings), told) for command, settings, told in WRONG]
        for process, told in running:
            done = process.result()
            assert (done.returncode, done.stdout) == (1, ""), told
            (sentence,) = done.stderr.splitlines()
            assert sentence.startswith(told)


def test_a_taken_port_is_one_sentence(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = installation.run("serve", PRASAN_PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is taken: stop what uses it, or set PRASAN_PORT to another one.\n"


async def test_what_is_due_is_done_once_and_by_nobody(installation: Installation) -> None:
    """One referral is made to wait for a year; whatever of the demo is due besides is done with it."""
    lapsed = "SELECT count(*) FROM referral WHERE state = 'LAPSED'"
    closed = "SELECT count(*) FROM \"case\" WHERE state = 'CLOSED'"
    unanswered = "SELECT id FROM referral WHERE state = 'SENT' AND respond_by IS NOT NULL ORDER BY id LIMIT 1"
    wait = "UPDATE referral SET respond_by = respond_by - interval '1 year' WHERE id = $1"
    referral_id = await installation.value(unanswered)
    await installation.value(wait, referral_id)
    before = await installation.value(lapsed), await installation.value(closed)
    done = installation.run("tend")
    now = await installation.value(lapsed), await installation.value(closed)
    said = f"{now[0] - before[0]} referrals lapsed, {now[1] - before[1]} cases closed, "
    said += f"{await installation.value('SELECT count(*) FROM notice')} notices given, 0 ended."
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (0, "", said)
    assert await installation.value("SELECT state FROM referral WHERE id = $1", referral_id) == "LAPSED"
    by_nobody = "SELECT actor_seat_id IS NULL AND actor_account_id IS NULL FROM event"
    by_nobody += " WHERE kind = 'REFERRAL_LAPSED' AND (payload->>'referral')::bigint = $1"
    assert await installation.value(by_nobody, referral_id) is True

    again = installation.run("tend")
    nothing = "0 referrals lapsed, 0 cases closed, 0 notices given, 0 ended."
    assert (again.returncode, again.stderr.splitlines()[-1]) == (0, nothing)


async def test_a_case_that_cannot_be_looked_at_holds_up_no_month(installation: Installation) -> None:
    """A referral that may not lapse, and a post whose months are all missing."""
    unanswered = "SELECT id FROM referral WHERE state = 'SENT' AND respond_by IS NOT NULL ORDER BY id LIMIT 1"
    referral_id = await installation.value(unanswered)
    wait = "UPDATE referral SET respond_by = respond_by - interval '1 year' WHERE id = $1 RETURNING case_id"
    case_id = await installation.value(wait, referral_id)
    await installation.value("UPDATE watch SET look_at = now() WHERE case_id = $1", case_id)
    frozen = "SELECT count(*) FROM statement WHERE seat_id = 1"
    made = "INSERT INTO seat (id, kind, area_code, number, handles_sensitive, version, journal_length, journal_head)"
    await installation.value(f"{made} VALUES (1, 'VOLUNTEER', '430117', 9, false, 1, 0, '')")
    served = "INSERT INTO incumbency (id, seat_id, account_id, kind, since) SELECT 1, 1, min(id), 'PRIMARY', $1"
    await installation.value(f"{served} FROM account", datetime.now(UTC) - timedelta(days=40))
    check = f"CHECK (NOT (id = {referral_id} AND state = 'LAPSED'))"
    await installation.value(f"ALTER TABLE referral ADD CONSTRAINT broken {check} NOT VALID")
    done = installation.run("tend")
    await installation.value("ALTER TABLE referral DROP CONSTRAINT broken")
    assert (done.returncode, await installation.value(frozen) > 0) == (1, True)
    assert installation.run("tend").returncode == 0


async def test_the_journal_is_verified_and_a_broken_chain_ends_with_exit_code_2(installation: Installation) -> None:
    events, subjects = await installation.value(EVENTS), await installation.value(SUBJECTS)
    whole = installation.run("verify-journal")
    assert whole.returncode == 0
    assert whole.stderr.splitlines()[-1] == f"{events} events of {subjects} subjects, 0 broken chains."

    connection = await asyncpg.connect(installation.url())
    await connection.execute("ALTER TABLE event DISABLE TRIGGER journal_is_append_only")
    second = "SELECT subject_id, id FROM event WHERE subject_kind = 'CASE' AND seq = 2 ORDER BY id LIMIT 1"
    ((case_id, event_id),) = await connection.fetch(second)
    change = "UPDATE event SET recorded_at = recorded_at + $2 WHERE id = $1"
    await connection.execute(change, event_id, timedelta(microseconds=1))
    broken = installation.run("verify-journal")
    await connection.execute(change, event_id, timedelta(microseconds=-1))
    await connection.execute("ALTER TABLE event ENABLE TRIGGER journal_is_append_only")
    await connection.close()
    assert broken.returncode == 2
    assert broken.stderr.splitlines()[-2:] == [
        f"CASE {case_id}, event 2: the event was changed",
        f"{events} events of {subjects} subjects, 1 broken chains.",
    ]
