"""Open a case."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from casework.actions.open_case import MOST_PROBLEMS, Intake, open_case
from casework.errors import Refusal, RefusalCode
from casework.work import Work
from models.vocabulary import Channel, EventKind, Priority, SeatKind
from tests.casework.conftest import Directory
from tests.casework.refusals import refused_unchanged
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    MONDAY,
    OTHER_VOLUNTEER,
    TAMBON,
    VOLUNTEER,
    World,
)

Code = RefusalCode


async def test_the_case_its_problems_its_holder_and_the_first_event_are_written(world: World) -> None:
    case_id = await world.case(
        VOLUNTEER,
        "UNPAID_WAGES",
        "SEVERANCE",
        workplace_area_code="4302",
        workplace_name=" โรงน้ำแข็ง ",
        priority=Priority.URGENT,
    )
    by, opened_at = await world.actor(VOLUNTEER), MONDAY.replace(hour=3)
    (case,) = await world.rows('SELECT * FROM "case"')
    assert (case.id, case.reference, case.state, case.version) == (case_id, "43-2569-00001-4", "NEW", 1)
    assert (case.title, case.priority) == ("ค่าจ้างค้างจ่าย และค่าชดเชย ต.หนองกอมเกาะ", "URGENT")
    assert (case.area_code, case.amphoe_code, case.province_code) == (TAMBON, "4301", "43")
    assert (case.holder_seat_id, case.holder_office_id, case.volunteer_seat_id) == (by.seat_id, None, by.seat_id)
    assert (case.opened_at, case.updated_at, case.due_at, case.ended_at) == (opened_at, opened_at, None, None)
    assert (case.channel, case.sensitive, case.journal_length) == ("VOLUNTEER", False, 1)
    (content,) = await world.rows("SELECT * FROM case_content")
    assert tuple(content) == (case_id, "นายจ้างค้างค่าจ้างสองเดือน", "4302", "โรงน้ำแข็ง")
    problems = await world.rows("SELECT problem_type_code, position, outcome FROM case_problem ORDER BY position")
    assert [tuple(problem) for problem in problems] == [("UNPAID_WAGES", 1, None), ("SEVERANCE", 2, None)]
    (holding,) = await world.rows("SELECT case_id, seat_id, office_id, since, until FROM case_holding")
    assert tuple(holding) == (case_id, by.seat_id, None, opened_at, None)
    parts = await world.rows("SELECT seat_id, level, source, until FROM participation ORDER BY source")
    assert [tuple(part) for part in parts] == [(by.seat_id, 4, "HOLDER", None), (by.seat_id, 4, "OPENED", None)]
    (event,) = await world.rows("SELECT * FROM event WHERE subject_kind = 'CASE'")
    assert (event.kind, event.seq, event.recorded_at, event.audience) == (EventKind.CASE_OPENED, 1, opened_at, "CASE")
    assert event.payload == {
        "problemTypes": ["UNPAID_WAGES", "SEVERANCE"],
        "channel": "VOLUNTEER",
        "area": TAMBON,
        "seat": by.seat_id,
        "office": None,
    }


@pytest.mark.parametrize(
    ("by", "office", "sources"),
    [
        (MENTOR, None, ["HOLDER"]),
        (DLPW, "DLPW-43", ["HOLDER"]),
        ("head DLPW-43", "DLPW-43", ["HOLDER"]),
        (COORDINATOR, "OPS-43", ["HOLDER"]),
    ],
)
async def test_a_mentor_holds_itself_and_for_all_others_their_office_does(
    world: World, by: str, office: str | None, sources: list[str]
) -> None:
    await world.case(by)
    (case,) = await world.rows('SELECT holder_seat_id, holder_office_id, volunteer_seat_id FROM "case"')
    seat_id = (await world.actor(by)).seat_id
    assert tuple(case) == ((None, world.office(office), None) if office else (seat_id, None, None))
    assert [row.source for row in await world.rows("SELECT source FROM participation")] == sources


async def test_a_title_that_was_given_is_kept_on_one_line(world: World) -> None:
    await world.case(title="  ลูกจ้าง\nโรงน้ำแข็ง  ")
    assert await world.value('SELECT title FROM "case"') == "ลูกจ้าง โรงน้ำแข็ง"


async def test_a_citizen_may_have_several_cases(world: World) -> None:
    citizen_id = await world.citizen()
    for _ in range(2):
        intake = Intake(citizen_id, ["UNPAID_WAGES"], TAMBON, "ค้างค่าจ้าง", Channel.HOTLINE)
        await world.act(VOLUNTEER, open_case, intake=intake)
    rows = await world.rows('SELECT reference, citizen_id FROM "case" ORDER BY id')
    assert [tuple(row) for row in rows] == [("43-2569-00001-4", citizen_id), ("43-2569-00002-2", citizen_id)]


async def test_cases_are_numbered_for_each_province_and_buddhist_year_of_bangkok(
    world: World, directory: Directory
) -> None:
    await directory.appoint(SeatKind.OFFICER, office="OPS-10", handle="bangkok")
    first = await world.case("bangkok", area="100101")
    world.now = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # the citizen at 23:00, the case at midnight
    second, third = await world.case("bangkok", area="100101"), await world.case()
    rows = await world.rows('SELECT id, left(reference, -2) AS reference FROM "case" ORDER BY id')
    assert [tuple(row) for row in rows] == [
        (first, "10-2569-00001"),
        (second, "10-2570-00001"),
        (third, "43-2570-00001"),
    ]


async def test_a_refused_opening_leaves_no_gap_and_concurrent_ones_share_no_number(world: World) -> None:
    citizen_id = await world.citizen()
    good = Intake(citizen_id, ["UNPAID_WAGES"], TAMBON, "ค้างค่าจ้าง", Channel.VOLUNTEER)

    async def open_and_fail(work: Work) -> int:
        await open_case(work, intake=good)
        raise Refusal(Code.NOT_PERMITTED)

    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.act(VOLUNTEER, open_and_fail)
    await asyncio.gather(*(world.act(VOLUNTEER, open_case, intake=good) for _ in range(5)))
    rows = await world.rows('SELECT substr(reference, 9, 5) AS number FROM "case" ORDER BY 1')
    assert [row.number for row in rows] == ["00001", "00002", "00003", "00004", "00005"]


@pytest.mark.parametrize("by", [AUDITOR, ADMIN])
async def test_auditors_and_admins_open_no_cases(world: World, by: str) -> None:
    citizen_id = await world.citizen()
    intake = Intake(citizen_id, ["UNPAID_WAGES"], TAMBON, "ค้างค่าจ้าง", Channel.VOLUNTEER)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.act(by, open_case, intake=intake)


@pytest.mark.parametrize("by", [OTHER_VOLUNTEER, MENTOR, DLPW, COORDINATOR])
async def test_a_citizen_whom_one_does_not_see_is_as_unknown_as_one_who_does_not_exist(world: World, by: str) -> None:
    for citizen_id in (await world.citizen(), 999_999_999_999):
        intake = Intake(citizen_id, ["UNPAID_WAGES"], TAMBON, "ค้างค่าจ้าง", Channel.VOLUNTEER)
        async with refused_unchanged(world, Code.NOT_FOUND, "input", "citizen"):
            await world.act(by, open_case, intake=intake)


async def test_a_further_case_is_opened_only_by_those_who_see_the_whole_citizen(world: World) -> None:
    """Opening a case gives level FULL: it must not lead to the contacts of a person whom one sees by name only."""
    await world.case()
    citizen_id = await world.value("SELECT id FROM citizen")
    intake = Intake(citizen_id, ["SEVERANCE"], TAMBON, "เลิกจ้าง", Channel.VOLUNTEER)
    async with refused_unchanged(world, Code.NOT_PERMITTED, "input", "citizen"):
        await world.act(MENTOR, open_case, intake=intake)
    await world.act(COORDINATOR, open_case, intake=intake)


TYPES = ["UNPAID_WAGES", "OVERTIME_PAY", "SEVERANCE", "UNFAIR_DISMISSAL", "WORK_SAFETY", "HOME_WORK"]


WRONG: list[tuple[dict[str, Any], RefusalCode, tuple[str, ...]]] = [
    ({"area_code": "999999"}, Code.AREA_UNKNOWN, ("area",)),
    ({"area_code": ""}, Code.AREA_UNKNOWN, ("area",)),
    ({"area_code": "100101"}, Code.AREA_OUTSIDE_PROVINCE, ("area",)),
    ({"area_code": "43"}, Code.AREA_NOT_TAMBON, ("area",)),
    ({"area_code": "4301"}, Code.AREA_NOT_TAMBON, ("area",)),
    ({"problem_type_codes": []}, Code.PROBLEM_MISSING, ("problemTypes",)),
    ({"problem_type_codes": ["X"] * (MOST_PROBLEMS + 1)}, Code.TOO_MANY, ("problemTypes",)),
    ({"problem_type_codes": ["SEVERANCE", "SEVERANCE"]}, Code.PROBLEM_REPEATED, ("problemTypes",)),
    ({"problem_type_codes": ["SEVERANCE", "TAX"]}, Code.PROBLEM_TYPE_UNKNOWN, ("problemTypes", "1")),
    ({"narrative": " \u200b "}, Code.TEXT_MISSING, ("narrative",)),
    ({"narrative": "ก" * 10_001}, Code.TEXT_TOO_LONG, ("narrative",)),
    ({"narrative": "ก" * 1_048_576}, Code.TEXT_TOO_LONG, ("narrative",)),
    ({"narrative": "ก\x00"}, Code.TEXT_BROKEN, ("narrative",)),
    ({"title": ""}, Code.TEXT_MISSING, ("title",)),
    ({"title": "ก" * 301}, Code.TEXT_TOO_LONG, ("title",)),
    ({"workplace_area_code": "9"}, Code.AREA_UNKNOWN, ("workplaceArea",)),
    ({"workplace_name": "\ud800"}, Code.TEXT_BROKEN, ("workplaceName",)),
]


async def test_a_wrong_value_is_named_and_no_case_is_opened(world: World) -> None:
    known = {"citizen_id": await world.citizen(), "problem_type_codes": TYPES, "area_code": TAMBON, "narrative": "ก"}
    for given, code, path in WRONG:
        intake = Intake(**{**known, "channel": Channel.VOLUNTEER, **given})
        async with refused_unchanged(world, code, "input", *path):
            await world.act(VOLUNTEER, open_case, intake=intake)


async def test_the_refusal_of_too_many_problems_tells_the_limit(world: World) -> None:
    intake = Intake(1, ["X"] * 11, TAMBON, "ก", Channel.VOLUNTEER)
    with pytest.raises(Refusal) as caught:
        await world.act(VOLUNTEER, open_case, intake=intake)
    assert caught.value.sentence(thai=False) == "Give at most 10."
