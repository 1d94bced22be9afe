"""Starts, kills, spoils and restarts real embedded servers."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from server.embedded import EmbeddedServer
from server.problems import StartupProblem
from server.provision import provision

PATIENCE_SECONDS = 30

# Another Prasan, as its own process: starts, says so, and sleeps until it is killed.
SERVE = """
import sys, time
from pathlib import Path
from server.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), durable=False)
server.start()
print("ready", flush=True)
time.sleep(600)
"""

# Gives up root, once everything is imported, and tells why it cannot start.
SERVE_AS_NOBODY = """
import os, sys
from pathlib import Path
from server.embedded import EmbeddedServer
from server.problems import StartupProblem
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    EmbeddedServer(Path(sys.argv[1])).start()
except StartupProblem as problem:
    print(problem)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that was started and stopped once; tests take turns on it and leave its server stopped."""
    path = tmp_path_factory.mktemp("shared") / "ข้อมูล ของเรา"
    server = EmbeddedServer(path, durable=False)
    server.start()
    server.stop()
    return path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def make(said: list[str]) -> Iterator[Callable[[Path], EmbeddedServer]]:
    """Make servers that are stopped at the end."""
    made: list[EmbeddedServer] = []

    def make_one(folder: Path) -> EmbeddedServer:
        made.append(EmbeddedServer(folder, say=said.append, durable=False))
        return made[-1]

    yield make_one
    for server in made:
        server.stop()


Make = Callable[[Path], EmbeddedServer]


async def ask(url: str, question: str) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def eventually(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # A killed process whose parent was killed too stays a zombie until somebody reaps it; macOS has no /proc.
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().split()[0])


def room_of(server: EmbeddedServer) -> Path:
    return Path(parse_qs(urlsplit(server.url("prasan_app")).query)["host"][0])


def serve_elsewhere(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", SERVE, folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def kill(service: "subprocess.Popen[str]") -> None:
    service.kill()
    service.communicate()


def until_ready(service: "subprocess.Popen[str]") -> None:
    assert service.stdout is not None
    assert service.stdout.readline() == "ready\n"


async def test_a_first_start_makes_the_database_in_a_folder_with_spaces_and_thai_letters(
    tmp_path: Path, make: Make, said: list[str]
) -> None:
    folder = tmp_path / "ข้อมูล ของเรา"
    server = make(folder)
    server.start()
    encoding_and_order = "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate FROM pg_database WHERE datname = "
    assert (
        await ask(server.url("prasan_app"), "SELECT current_user || '@' || current_database()") == "prasan_app@prasan"
    )
    assert await ask(server.url("prasan_app"), f"{encoding_and_order} 'prasan'") == "UTF8 C"
    assert said == [f"Setting up a private PostgreSQL in {folder}: a few seconds, only this first time."]
    assert (folder / "postgres").stat().st_mode & 0o777 == 0o700


async def test_a_second_start_keeps_what_the_first_wrote(folder: Path, make: Make, said: list[str]) -> None:
    server = make(folder)
    server.start()
    await ask(server.url("prasan_owner"), "CREATE TABLE written AS SELECT 'คำร้อง' AS word")
    server.stop()
    server.start()
    assert await ask(server.url("prasan_owner"), "SELECT word FROM written") == "คำร้อง"
    assert said == []


async def test_no_role_of_ours_may_step_around_row_level_security(folder: Path, make: Make) -> None:
    server = make(folder)
    server.start()
    powers = "rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication"
    told = f"rolname || CASE WHEN {powers} THEN ' has powers' WHEN rolcanlogin THEN ' logs in' ELSE '' END"
    roles = f"SELECT array_agg({told} ORDER BY rolname) FROM pg_roles WHERE rolname ~ '^prasan_'"
    assert await ask(server.url("prasan_app"), roles) == [
        "prasan_app logs in",
        "prasan_owner logs in",
        "prasan_wall",
        "prasan_worker logs in",
    ]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(server.url("prasan_app"), "CREATE TABLE forbidden ()")


async def test_several_provisionings_at_once_agree(folder: Path, make: Make) -> None:
    server = make(folder)
    server.start()
    superuser = server.url("postgres", "postgres")
    await ask(superuser, "ALTER ROLE prasan_app SUPERUSER")
    await asyncio.gather(*(provision(superuser, 'the "ห้อง" %s') for _ in range(4)))
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert await ask(server.url("prasan_worker", 'the "ห้อง" %s'), owner) == "prasan_owner"
    assert await ask(superuser, "SELECT rolsuper FROM pg_roles WHERE rolname = 'prasan_app'") is False


async def test_only_we_can_reach_the_server(folder: Path, make: Make) -> None:
    server = make(folder)
    server.start()
    assert await ask(server.url("prasan_app"), "SHOW listen_addresses") == ""
    assert room_of(server).stat().st_mode & 0o777 == 0o700


def test_a_stop_leaves_no_process_and_no_socket_folder(folder: Path, make: Make) -> None:
    server = make(folder)
    server.start()
    process, room = postmaster(folder), room_of(server)
    server.stop()
    server.stop()
    assert not lives(process)
    assert not room.exists()
    with pytest.raises(StartupProblem, match=r"No PostgreSQL runs on .*: start Prasan with `make run`"):
        server.url("prasan_app")


def test_a_second_prasan_on_the_same_folder_is_told_so(folder: Path, make: Make) -> None:
    make(folder).start()
    with pytest.raises(StartupProblem, match=r"Another Prasan is already using .*: stop it, or set PRASAN_DATA_FOLDER"):
        make(folder).start()


async def test_another_process_learns_how_to_connect(folder: Path, make: Make) -> None:
    service = serve_elsewhere(folder)
    until_ready(service)
    assert await ask(make(folder).url("prasan_worker"), "SELECT current_user") == "prasan_worker"
    kill(service)
    make(folder).start()  # ends the server that was left behind


async def test_the_server_that_a_killed_prasan_left_running_is_replaced(
    folder: Path, make: Make, said: list[str]
) -> None:
    service = serve_elsewhere(folder)
    until_ready(service)
    server = make(folder)
    await ask(server.url("prasan_owner"), "CREATE TABLE kept AS SELECT 7 AS number")
    left_behind, room = postmaster(folder), room_of(server)
    kill(service)
    assert lives(left_behind)
    server.start()
    assert not lives(left_behind)
    assert not room.exists()
    assert await ask(server.url("prasan_owner"), "SELECT number FROM kept") == 7
    assert said == ["Stopping the PostgreSQL that an earlier, killed Prasan left running."]


async def test_what_was_committed_before_everything_was_killed_is_recovered(folder: Path, make: Make) -> None:
    service = serve_elsewhere(folder)
    until_ready(service)
    server = make(folder)
    await ask(server.url("prasan_owner"), "CREATE TABLE committed AS SELECT 7 AS number")
    os.kill(postmaster(folder), signal.SIGKILL)
    kill(service)
    server.start()
    assert await ask(server.url("prasan_owner"), "SELECT number FROM committed") == 7
    assert "automatic recovery in progress" in (folder / "postgres.log").read_text()


async def test_a_server_that_was_killed_is_started_again_and_keeps_what_was_committed(
    folder: Path, make: Make, said: list[str]
) -> None:
    server = make(folder)
    server.start()
    await ask(server.url("prasan_owner"), "CREATE TABLE survived AS SELECT 7 AS number")
    url = server.url("prasan_owner")
    for _ in range(2):
        killed = postmaster(folder)
        os.kill(killed, signal.SIGKILL)
        eventually(lambda killed=killed: postmaster(folder) != killed)  # type: ignore[misc]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await answer_of(url) != 7:  # noqa: ASYNC110 - another process recovers
                await asyncio.sleep(0.02)
    assert said == ["PostgreSQL has died; starting it again."] * 2
    last = postmaster(folder)
    server.stop()
    assert not lives(last)


async def answer_of(url: str) -> Any:
    """Ask a server that may still be recovering."""
    try:
        return await ask(url, "SELECT number FROM survived")
    except (OSError, asyncpg.PostgresError):
        return None


def test_a_stranger_with_the_process_id_of_a_dead_server_is_left_alone(folder: Path, make: Make) -> None:
    with subprocess.Popen(["sleep", "600"], user=(folder / "postgres").stat().st_uid) as stranger:
        (folder / "postgres" / "postmaster.pid").write_text(
            f"{stranger.pid}\n{folder}\n1\n5432\n/nowhere\n\n 1 1\nready\n"
        )
        make(folder).start()
        assert stranger.poll() is None
        stranger.kill()


def test_a_first_start_that_was_killed_is_begun_anew(tmp_path: Path, make: Make) -> None:
    unfinished = tmp_path / "postgres.unfinished"
    service = serve_elsewhere(tmp_path)
    eventually((unfinished / "PG_VERSION").exists)
    room = Path((tmp_path / "postgres.lock").read_text())
    kill(service)
    assert not (tmp_path / "postgres").exists()
    make(tmp_path).start()
    assert not unfinished.exists()
    assert not room.exists()


def test_data_of_another_major_version_is_refused(tmp_path: Path, make: Make) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(StartupProblem, match="was written by PostgreSQL 16 and this Prasan brings 18: dump it"):
        make(tmp_path).start()


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path, make: Make) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "letters.txt").write_text("mine")
    with pytest.raises(StartupProblem, match="is no PostgreSQL data folder: move it away"):
        make(tmp_path).start()
    assert (tmp_path / "postgres" / "letters.txt").read_text() == "mine"


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    told = subprocess.run(
        [sys.executable, "-c", SERVE_AS_NOBODY, closed / "data"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert told.stdout == (
        f"Prasan cannot use {closed / 'data'} (Permission denied): start it as the user who owns that folder, "
        "or set PRASAN_DATA_FOLDER to a folder of yours.\n"
    )


def test_a_server_that_dies_at_its_start_is_quoted_and_leaves_the_folder_free(folder: Path, make: Make) -> None:
    settings = folder / "postgres" / "postgresql.auto.conf"
    settings.write_text("no_such_setting = 1\n")
    server = make(folder)
    with pytest.raises(StartupProblem) as refused:
        server.start()
    assert str(refused.value) == (
        f'PostgreSQL did not start (FATAL:  configuration file "{settings}" contains errors): '
        f"the rest is in {folder / 'postgres.log'}."
    )
    settings.write_text("")
    server.start()
    assert lives(postmaster(folder))


def test_a_socket_folder_too_long_for_the_system_is_avoided(
    folder: Path, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("ยาว" * 12)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    server = make(folder)
    server.start()
    assert list(long.iterdir()) == []
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(str(room_of(server) / ".s.PGSQL.5432"))
