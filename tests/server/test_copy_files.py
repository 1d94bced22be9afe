"""The two files of a copy: whole or not there, for their owner alone, and nothing that somebody wrote is markup."""

import json
import re
import stat
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from casework.named import Named
from casework.personal_copy import OF_CASE, OF_CITIZEN, SECTIONS, Piece, key_of
from casework.personal_data import INVENTORY
from server.copy_files import Written, write_copy
from server.copy_page import labels
from server.problems import StartupProblem

MADE = datetime(2026, 11, 16, 2, tzinfo=UTC)
HTML = "<script>alert('สมหญิง')</script> & \"ใจดี\""
CASE = {
    "reference": "43-2569-00001-7",
    "state": Named("CLOSED", "ยุติเรื่อง"),
    "sensitive": False,
    "reviewOn": date(2026, 11, 16),
    "narrative": f"{HTML}\nบรรทัดที่สอง",
    "notes": [{"text": None, "withheld": True}, {"text": HTML}],
    "problems": [{"amountClaimed": Decimal("1200.50")}],
    "referrals": [],
}
PIECES = [
    Piece("citizen", {"givenName": HTML, "erasedAt": None}),
    Piece("identifiers", {"kind": Named("PASSPORT", "หนังสือเดินทาง"), "number": "AA1234567"}),
    Piece("identifiers", {"kind": Named("PINK_CARD", "บัตรชมพู"), "number": "0012345678901"}),
    Piece("cases", CASE),
    Piece("cases", {"reference": "43-2569-00002-5"}),
]


async def given(pieces: list[Piece]) -> AsyncIterator[Piece]:
    for piece in pieces:
        yield piece


async def written(folder: Path, pieces: list[Piece]) -> Written:
    return await write_copy(given(pieces), folder, "prasan-x", made_at=MADE)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_the_json_has_every_section_in_order_also_the_empty_ones(folder: Path) -> None:
    told = json.loads((await written(folder, PIECES)).json.read_text(encoding="utf-8"))
    assert list(told) == ["format", "madeAt", *SECTIONS]
    assert (told["format"], told["madeAt"]) == ("prasan-personal-data-1", "2026-11-16T02:00:00Z")
    assert told["citizen"] == {"givenName": HTML, "erasedAt": None}
    assert [identifier["number"] for identifier in told["identifiers"]] == ["AA1234567", "0012345678901"]
    assert (told["contacts"], told["looks"], told["events"]) == ([], [], [])
    assert told["cases"][0]["state"] == {"code": "CLOSED", "name": "ยุติเรื่อง"}
    assert told["cases"][0]["problems"] == [{"amountClaimed": "1200.50"}]
    assert told["cases"][1] == {"reference": "43-2569-00002-5"}


async def test_of_a_citizen_without_anything_every_list_is_empty(folder: Path) -> None:
    files = await written(folder, PIECES[:1])
    told = json.loads(files.json.read_text(encoding="utf-8"))
    assert {section: told[section] for section in SECTIONS[1:]} == {section: [] for section in SECTIONS[1:]}
    page = files.page.read_text(encoding="utf-8")
    assert page.count("<h2>") == len(SECTIONS)
    assert page.count("<p>–</p>") == len(SECTIONS) - 1


async def test_the_page_is_thai_whole_and_without_any_markup_that_somebody_wrote(folder: Path) -> None:
    page = (await written(folder, PIECES)).page.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#x27;สมหญิง&#x27;)&lt;/script&gt; &amp; &quot;ใจดี&quot;<br>บรรทัดที่สอง" in page
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []
    for opened in re.findall(r"<(table|tbody|thead|section|dl|tr|td|th|dt|dd|h\d)[ >]", page):
        assert page.count(f"<{opened}>") == page.count(f"</{opened}>"), opened
    assert "16 พ.ย. 2569 09:00 น." in page
    assert "<dt>วันติดตาม</dt><dd>16 พ.ย. 2569</dd>" in page
    assert page.index("<h2>เลขประจำตัว</h2>") < page.index("AA1234567") < page.index("<h2>เรื่องของท่าน</h2>")
    assert [page.count(f"<h2>{name}</h2>") for name in map(labels().sections.get, SECTIONS)] == [1] * len(SECTIONS)


async def test_the_files_are_their_owners_alone_and_replace_older_ones(folder: Path) -> None:
    (folder / "prasan-x.json").write_text("before")
    files = await written(folder, PIECES)
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600, 0o600]
    assert names_in(folder) == ["prasan-x.html", "prasan-x.json"]


async def test_a_copy_that_fails_on_its_way_leaves_nothing(folder: Path) -> None:
    async def failing() -> AsyncIterator[Piece]:
        yield PIECES[0]
        raise LookupError

    with pytest.raises(LookupError):
        await write_copy(failing(), folder, "prasan-x", made_at=MADE)
    assert names_in(folder) == []


async def test_a_folder_that_takes_no_file_is_one_sentence(folder: Path) -> None:
    with pytest.raises(StartupProblem, match="Name a folder that can be written to"):
        await written(folder / "missing", PIECES)


def test_every_section_and_value_has_its_thai() -> None:
    keys = {key_of(column) for kept in INVENTORY.values() for column in kept.gives.split()} | {"withheld"}
    assert set(labels().values) == keys
    assert set(labels().sections) == {*SECTIONS, *OF_CASE}
    assert set(OF_CITIZEN) < set(SECTIONS)
