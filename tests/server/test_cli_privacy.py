"""The commands of the data protection officer, as real processes on the demo."""

import json
import re
import stat

import asyncpg
import pytest

from casework.keys import Keys
from casework.rules.references import make_reference
from schema.ids import sealed_id
from tests.server.installation import SECRET, Installation

KEYS = Keys(SECRET.encode())
CLOSED = """SELECT c.reference FROM "case" c WHERE state = 'CLOSED' AND erased_at IS NULL
    AND NOT EXISTS (SELECT FROM "case" o WHERE o.citizen_id = c.citizen_id AND o.ended_at IS NULL)
    ORDER BY id LIMIT 1"""
OPEN = "SELECT reference FROM \"case\" WHERE state = 'IN_PROGRESS' ORDER BY id LIMIT 1"
CITIZEN = 'SELECT citizen_id FROM "case" WHERE reference = $1'
NAME = "SELECT given_name || family_name FROM citizen WHERE id = $1"
OF_CITIZEN = "SELECT count(*) FROM event WHERE subject_kind = 'CITIZEN' AND subject_id = $1 AND kind = $2"


@pytest.fixture
async def closed(installation: Installation) -> str:
    """The reference of a case that is closed and the only one of its citizen."""
    reference: str = await installation.value(CLOSED)
    return reference


def last(installation: Installation, *command: str) -> tuple[int, str]:
    done = installation.run("privacy", *command)
    assert done.stdout == ""
    return done.returncode, done.stderr.splitlines()[-1]


async def test_a_copy_is_written_for_the_owner_alone_and_recorded(installation: Installation, closed: str) -> None:
    citizen_id = await installation.value(CITIZEN, closed)
    public = sealed_id(KEYS, "Citizen", citizen_id)
    for who in (closed, public):
        done = installation.run("privacy", "export", who, "--out", ".")
        assert done.returncode == 0, done.stderr
    paths = [installation.folder / f"prasan-{public}.{kind}" for kind in ("json", "html")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600, 0o600]
    told = json.loads(paths[0].read_text(encoding="utf-8"))
    assert told["citizen"]["givenName"] + told["citizen"]["familyName"] == await installation.value(NAME, citizen_id)
    assert [case["reference"] for case in told["cases"]] == [closed]
    assert [look["purpose"]["code"] for look in told["looks"]] == ["EXPORT", "EXPORT"]
    assert closed in paths[1].read_text(encoding="utf-8")
    assert await installation.value(OF_CITIZEN, citizen_id, "CITIZEN_EXPORTED") == 2
    for path in paths:
        path.unlink()


async def test_a_hold_refuses_the_erasure_and_its_release_lets_it_happen_once(
    installation: Installation, closed: str
) -> None:
    citizen_id = await installation.value(CITIZEN, closed)
    litigation = ("--reason", "LITIGATION", "--by", "นค 0027/1")
    erasing = ("erase", closed, "--reason", "CONSENT_WITHDRAWN")
    assert last(installation, "hold", closed, *litigation, "--note", "คดีแดง 1/2569") == (0, "Held.")
    assert last(installation, "hold", closed, *litigation) == (0, "Nothing to do: a hold for this reason stands.")
    held = "มีคำสั่งให้เก็บข้อมูลไว้ ต้องยกเลิกคำสั่งก่อน / A legal hold stands; it is released first."
    assert last(installation, *erasing, "--yes") == (2, held)
    assert last(installation, "release", closed, *litigation) == (0, "Released.")
    assert last(installation, "release", closed, *litigation) == (0, "Nothing to do: no hold for this reason stands.")

    dry = installation.run("privacy", *erasing)
    assert dry.stderr.splitlines()[-1] == "ยังไม่ได้ลบ / Nothing is erased yet: add --yes to do it."
    assert "  ชื่อ ภาษา ปีเกิด และภูมิลำเนา / name, language, year of birth and home: 1" in dry.stderr.splitlines()
    assert await installation.value(NAME, citizen_id) != ""
    assert last(installation, *erasing, "--yes") == (0, "ลบแล้ว / Erased.")
    assert await installation.value(NAME, citizen_id) == ""
    code, again = last(installation, *erasing, "--yes")
    assert (code, again.split(" / ")[1]) == (0, "Erased already; nothing to do.")
    assert await installation.value(OF_CITIZEN, citizen_id, "CITIZEN_ERASED") == 1
    assert installation.run("verify-journal").returncode == 0


async def test_an_open_case_refuses_the_erasure(installation: Installation) -> None:
    reference = await installation.value(OPEN)
    citizen_id = await installation.value(CITIZEN, reference)
    done = installation.run("privacy", "erase", reference, "--reason", "OBJECTION", "--yes")
    told = "ยังมีเรื่องที่ไม่สิ้นสุด ต้องดำเนินการให้สิ้นสุดก่อน / A case has not ended; it is brought to its end first."
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", told)
    assert await installation.value(NAME, citizen_id) != ""


async def test_whom_nobody_knows_is_not_found_and_what_was_typed_is_not_repeated(
    installation: Installation, closed: str
) -> None:
    citizen_id = await installation.value(CITIZEN, closed)
    unknown = "ไม่พบผู้ร้อง / There is no such citizen, and no case with this reference."
    other_kind = "This is no citizen's id of this service: give `Citizen.id`, or a case's reference."
    no_reference = "เลขที่เรื่องไม่ถูกต้อง กรุณาตรวจสอบตัวเลข / Check the reference: a digit is wrong or missing."
    wrong = {
        make_reference(province="43", buddhist_year=2569, sequence=99999): unknown,
        sealed_id(KEYS, "Citizen", 1): unknown,
        sealed_id(KEYS, "Case", citizen_id): other_kind,
        "p1": other_kind,
        "สมหญิง <b>ใจดี</b>": no_reference,
        "1234545678781": no_reference,
    }
    for who, told in wrong.items():
        assert last(installation, "erase", who, "--reason", "UNLAWFUL", "--yes") == (1, told)
    thai = closed.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert last(installation, "erase", thai, "--reason", "UNLAWFUL")[0] == 0


def test_a_folder_that_is_missing_is_one_sentence_and_nothing_is_recorded(
    installation: Installation, closed: str
) -> None:
    assert last(installation, "export", closed, "--out", "nowhere") == (1, "Name a folder that exists with --out.")


async def test_retention_is_a_dry_run_until_it_is_applied(installation: Installation) -> None:
    erased = "SELECT count(*) FROM citizen WHERE erased_at IS NOT NULL"
    old = "UPDATE \"case\" SET ended_at = ended_at - interval '20 years', opened_at = opened_at - interval '20 years'"
    connection = await asyncpg.connect(installation.url())
    ids = [row[0] for row in await connection.fetch(
        "SELECT citizen_id FROM \"case\" GROUP BY citizen_id HAVING bool_and(state = 'WITHDRAWN') ORDER BY 1 LIMIT 2"
    )]  # fmt: skip
    await connection.execute(f"{old} WHERE citizen_id = ANY($1)", ids)
    await connection.close()
    before = await installation.value(erased)
    dry = installation.run("privacy", "retention")
    found = re.fullmatch(r"(\d+) citizens are due. Add --apply to erase their data.", dry.stderr.splitlines()[-1])
    assert found is not None, dry.stderr
    assert "ถอนเรื่อง / WITHDRAWN" in dry.stderr
    assert await installation.value(erased) == before
    done = installation.run("privacy", "retention", "--apply")
    assert done.stderr.splitlines()[-1] == f"{found[1]} citizens erased, 0 spared since the survey."
    assert await installation.value(erased) == before + int(found[1])
    assert await installation.value(f"{erased} AND id = ANY($1)", ids) == 2
    assert last(installation, "retention", "--apply") == (0, "0 citizens erased, 0 spared since the survey.")
    assert installation.run("verify-journal").returncode == 0
