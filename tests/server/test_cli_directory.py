"""The commands about the directory: a list looked at and carried out, and what they say when they cannot."""

import csv
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import structlog
from typer.testing import CliRunner, Result

from casework.demo.network import subject_of
from casework.keys import Keys
from casework.rules.list_columns import Sheet
from casework.rules.list_lines import EXAMPLE, Line
from casework.rules.list_plan import Row
from casework.rules.roster_steps import Step
from models.directory_words import RowNote, RowOutcome
from server import sheet_reader
from server.cli import app
from server.cli_directory import _import, _lines
from server.database import DatabaseUrls
from server.directory_report import HEADINGS, SHOWN, table, tell, write_report
from server.directory_template import COLUMNS, template
from server.problems import StartupProblem
from tests.casework.refusals import nothing_changes
from tests.casework.rules.listing import areas, gazetteer, line, person, planned, post, roster
from tests.server.office_list import office_list
from tests.world import ADMIN, VOLUNTEER, World

RING = Keys(b"the secret of the tests, 32 bytes")
NEW: dict[str, Any] = {"province": "บึงกาฬ", "amphoe": "เมืองบึงกาฬ", "tambon": "บึงกาฬ", "phone": "081-234-5678"}


@pytest.fixture(autouse=True)
def _own_logs() -> Iterator[None]:
    """A command in this process writes its logs where nobody reads them afterwards."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def prasan(*command: str) -> Result:
    return CliRunner().invoke(app, ["directory", *command])


async def enact(urls: DatabaseUrls, *lines: Line, by: UUID | None = None) -> list[RowOutcome]:
    rows, _ = await _import(urls, RING, lines, by=by)
    return [row.outcome for row in rows]


def office_lines() -> list[Line]:
    return _lines([Sheet(**sheet) for sheet in sheet_reader.read(office_list(areas()))])


async def test_the_offices_own_list_of_nong_khai_says_what_the_directory_says(world: World, urls: DatabaseUrls) -> None:
    async with nothing_changes(world):
        assert await enact(urls, *office_lines(), by=subject_of(ADMIN)) == [RowOutcome.UNCHANGED] * 71


async def test_the_offices_own_list_fills_an_empty_directory() -> None:
    assert [row.outcome for row in planned(roster(), *office_lines())] == [RowOutcome.SEAT_MADE_AND_FILLED] * 71


async def test_a_list_is_shown_and_then_carried_out_in_the_administrators_name(
    world: World, urls: DatabaseUrls
) -> None:
    async with nothing_changes(world):
        assert await enact(urls, line(**NEW)) == [RowOutcome.SEAT_MADE_AND_FILLED]
    assert await enact(urls, line(**NEW), by=subject_of(ADMIN)) == [RowOutcome.SEAT_MADE_AND_FILLED]
    authors = await world.rows("SELECT DISTINCT actor_account_id FROM event")
    assert authors == [((await world.actor(ADMIN)).account_id,)]
    assert await enact(urls, line(**NEW), by=subject_of(ADMIN)) == [RowOutcome.UNCHANGED]


@pytest.mark.parametrize("subject", [subject_of(VOLUNTEER), UUID(int=9)])
async def test_who_is_no_administrator_changes_nothing(world: World, urls: DatabaseUrls, subject: UUID) -> None:
    async with nothing_changes(world):
        with pytest.raises(StartupProblem, match="somebody who is administrator now"):
            await enact(urls, line(**NEW), by=subject)


def test_the_template_is_an_empty_list_with_every_column_explained(tmp_path: Path) -> None:
    path = tmp_path / "seats.xlsx"
    assert prasan("template", str(path)).exit_code == 0
    listed, explained = sheet_reader.read(path.read_bytes())
    assert listed["rows"][0][1:] == [row[0] for row in explained["rows"][1 : len(COLUMNS) + 1]]
    assert listed["rows"][1][0] == EXAMPLE
    with pytest.raises(StartupProblem, match="fill it in first"):
        _lines([Sheet(**sheet) for sheet in (listed, explained)])
    written = path.read_bytes()
    assert prasan("template", str(path)).exit_code == 1
    assert path.read_bytes() == written
    assert prasan("template", str(tmp_path / "nowhere" / "seats.xlsx")).exit_code == 1


def test_the_example_of_the_template_is_a_right_row() -> None:
    listed, _ = sheet_reader.read(template())
    listed["rows"][1][0] = "1"
    (row,) = planned(roster(), *_lines([Sheet(**listed)]))
    assert (row.outcome, row.written) == (RowOutcome.SEAT_MADE_AND_FILLED, "นาง สมหญิง ใจดี")


@pytest.mark.parametrize(
    "command",
    [
        ("list.csv", "--apply"),
        ("list.csv", "--report", "report.txt"),
        ("list.csv", "--report", "nowhere/report.csv"),
        ("list.csv", "--report", "list.csv"),
        ("list.csv", "--report", f"{'a' * 300}.csv"),
        ("nothing.csv",),
        ("list.csv",),
    ],
    ids=[
        "in nobody's name",
        "a report of another kind",
        "a report nowhere",
        "a report over the list",
        "a report of a name too long",
        "no file",
        "no list",
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("ก,ข\n", encoding="utf-8")
    done = prasan("import", *command)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def every_kind_of_row() -> list[Row]:
    malee = person("มาลี", "ดวงดี")
    return list(
        planned(
            roster(post(malee)),
            line("=1+1", row=2, tambon="มีชัย"),
            line("\x1b[31m[red]แดง[/red]", row=3, tambon="ปะโค"),
            line("นายไก่ ขัน", row=4, since="1 ม.ค. 2570", until="31 ม.ค. 2570"),
            line("ว่าง", row=5, sheet="สอง", tambon="สีกาย"),
            line("ว่าง", row=6, sheet="สอง", tambon="สีกาย"),
            line("นายมาลี ดวงดี", row=7, tambon="ในเมือง", since="1 ต.ค. 2562"),
        )
    )


def test_a_report_for_excel_has_no_formula_and_is_for_the_owner_alone(tmp_path: Path) -> None:
    told = tell(every_kind_of_row(), gazetteer())
    (tmp_path / "report.csv").touch(mode=0o644)
    for name in ("report.csv", "report.xlsx"):
        write_report(tmp_path / name, told)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == HEADINGS
    assert [row[2] for row in rows[1:]] == ["'=1+1", "[31m[red]แดง[/red]", "นายไก่ ขัน", "ว่าง", "ว่าง", "นายมาลี ดวงดี"]
    (sheet,) = sheet_reader.read((tmp_path / "report.xlsx").read_bytes())
    assert sheet["rows"][1][2] == "=1+1"  # a text: nothing was worked out
    assert rows[3][3:6] == [
        "อาสาสมัครแรงงาน ต.หนองกอมเกาะ อ.เมืองหนองคาย จ.หนองคาย",
        "เปลี่ยนตัว / REPLACED",
        "นายมาลี ดวงดี อยู่ในตำแหน่งถึง 31 ธ.ค. 2569; ตั้งแต่ 1 ม.ค. 2570; ถึง 31 ม.ค. 2570",
    ]
    write_report(tmp_path / "report.xlsx", [told[0]._replace(written="<r>ก & ข</r>")])
    (sheet,) = sheet_reader.read((tmp_path / "report.xlsx").read_bytes())
    assert sheet["rows"][1][2] == "<r>ก & ข</r>"
    (folder := tmp_path / "folder.csv").mkdir()
    with pytest.raises(StartupProblem, match="cannot be written"):
        write_report(folder, told)


def test_a_long_list_shows_what_is_not_unchanged() -> None:
    rows = every_kind_of_row()
    assert table(tell(rows, gazetteer()), rows).row_count == len(rows)
    same = [Row(line(row=9), step=Step(RowOutcome.UNCHANGED, post(), notes=[RowNote.PAST]))] * SHOWN
    assert table(tell([*same, *rows], gazetteer()), [*same, *rows]).row_count == 5  # one of them is unchanged
