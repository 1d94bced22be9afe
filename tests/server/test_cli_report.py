"""The command that writes the monthly report: the file, and what it says when it cannot."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import structlog
from sqlalchemy import text
from typer.testing import CliRunner, Result

from casework.demo.network import subject_of
from casework.rules.months import read_month
from server.cli import app
from server.cli_report import Wanted, _make, _write
from server.database import DatabaseUrls
from server.problems import StartupProblem
from server.settings import Settings
from tests.world import AUDITOR, COORDINATOR, VOLUNTEER, World

SECRET = b"the secret of the tests, 32 bytes"
OCTOBER = date(2026, 10, 1)
NOBODY = "Name with --as the `sub` of somebody who is coordinator or auditor now."


@pytest.fixture(autouse=True)
def _own_logs() -> Iterator[None]:
    """A command in this process writes its logs where nobody reads them afterwards."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def monthly(*options: str) -> Result:
    return CliRunner().invoke(app, ["report", "monthly", "--province", "43", *options])


async def made(urls: DatabaseUrls, province: str, day: date, subject: UUID | None = None) -> bytes:
    return await _make(Settings(), urls, SECRET, Wanted(province, day, subject))


@pytest.mark.usefixtures("world")
async def test_the_report_is_that_of_the_provinces_coordinator(urls: DatabaseUrls) -> None:
    assert (await made(urls, "43", OCTOBER)).startswith(b"%PDF-1.7")


def test_a_file_that_exists_is_replaced_as_a_whole(folder: Path) -> None:
    path = folder / "รายงาน.pdf"
    path.write_bytes(b"of last month")
    _write(path, b"%PDF")
    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [("รายงาน.pdf", b"%PDF")]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("province", "day", "by", "said"),
    [
        ("99", OCTOBER, None, "There is no province with the code '99': write two digits, such as 43."),
        ("4301", OCTOBER, AUDITOR, "There is no province with the code '4301': write two digits, such as 43."),
        ("43", date(2199, 1, 1), None, "Check the date: it lies in the future."),
        ("10", OCTOBER, None, "Nobody is coordinator of the province now: say with --as who is to see it."),
        ("10", OCTOBER, COORDINATOR, "ask the coordinator of that province."),
        ("43", OCTOBER, VOLUNTEER, NOBODY),
        ("43", OCTOBER, "nobody of the network", NOBODY),
    ],
)
async def test_what_cannot_be_made_is_said_in_a_sentence(
    urls: DatabaseUrls, province: str, day: date, by: str | None, said: str
) -> None:
    with pytest.raises(StartupProblem) as problem:
        await made(urls, province, day, None if by is None else subject_of(by))
    assert str(problem.value).endswith(said)


async def test_whoever_has_several_posts_sees_it_in_the_one_that_may(world: World, urls: DatabaseUrls) -> None:
    """The coordinator of Nong Khai audits too: another province is seen as its auditor sees it."""
    async with world.owner.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO incumbency (id, seat_id, account_id, kind, since)"
                " SELECT 1, (SELECT id FROM seat WHERE kind = 'AUDITOR'), account_id, 'COVER', now() - interval '1 day'"
                " FROM incumbency JOIN seat ON seat.id = seat_id WHERE seat.kind = 'COORDINATOR'"
            )
        )
    assert (await made(urls, "10", OCTOBER, subject_of(COORDINATOR))).startswith(b"%PDF-1.7")


def test_the_file_may_be_read_by_whom_the_umask_lets(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        _write(folder / "a.pdf", b"%PDF")
    finally:
        os.umask(before)
    assert (folder / "a.pdf").stat().st_mode & 0o777 == 0o640


def test_what_is_written_wrong_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    output, nowhere, text = (str(tmp_path / name) for name in ("a.pdf", "nowhere/a.pdf", "a.txt"))
    for month, path in (("ตุลาคม", output), ("2569-13", output), ("2569-10", nowhere), ("2569-10", text)):
        assert monthly("--month", month, "--output", path).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(StartupProblem, match="cannot be written"):
        _write(tmp_path / "a.pdf", b"%PDF")
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2569-10", date(2026, 10, 1)),
        ("2026-10", date(2026, 10, 1)),
        ("2569-1", date(2026, 1, 1)),
        ("2569-13", None),
        ("2569-00", None),
        ("69-10", None),
        ("ตุลาคม 2569", None),
    ],
)
def test_a_month_is_read_in_either_era(written: str, month: date | None) -> None:
    assert read_month(written) == month
