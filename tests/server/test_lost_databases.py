"""A command that meets another database than it needs, or loses it on its way, says so in a sentence."""

import asyncpg
import pytest
import typer

from server.commands import told
from server.problems import CONNECTION_LOST, MIGRATE_FIRST
from tests.server.installation import Installation


@pytest.mark.parametrize("command", ["tend", "reference load", "demo load", "verify-journal", "keys rotate"])
async def test_on_a_database_without_tables_a_command_is_one_sentence(fresh: Installation, command: str) -> None:
    done = fresh.run(*command.split())
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-2:]) == (1, "", MIGRATE_FIRST.splitlines())


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (asyncpg.CannotConnectNowError("the database system is starting up"), CONNECTION_LOST),
        (asyncpg.AdminShutdownError("terminating connection"), CONNECTION_LOST),
        (asyncpg.ConnectionDoesNotExistError("connection was closed"), CONNECTION_LOST),
        (asyncpg.UndefinedColumnError("column does not exist"), MIGRATE_FIRST),
    ],
    ids=repr,
)
def test_a_database_that_is_lost_on_the_way_is_one_sentence(
    error: Exception, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        told(_raising)(error)
    assert capsys.readouterr().err == sentence + "\n"


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_database() -> None:
    with pytest.raises(asyncpg.UniqueViolationError):
        told(_raising)(asyncpg.UniqueViolationError("twice"))


def _raising(error: Exception) -> None:
    raise error
