"""The reference data and the network of the document, counted in the database."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from casework.demo.loader import load_posts
from casework.reference.data import current_version, read_reference_data
from casework.reference.loader import load_reference
from models import Agency, Area, LegalClock, Office, OfficeArea, ProblemType, ServiceStandard, SeveranceTier, table_of
from tests.world import World

COUNTS: dict[type[SQLModel], int] = {
    Area: 8441,
    Agency: 5,
    Office: 385,
    OfficeArea: 385,
    ProblemType: 31,
    LegalClock: 10,
    SeveranceTier: 6,
    ServiceStandard: 48,
}
OFFICIALS = ("จิรศักดิ์", "ศรีคชา", "วรรณกานต์", "ขาวลาภ")
"""The officials that the document of 2562 names."""


@pytest.fixture
async def owner(world: World) -> AsyncIterator[AsyncConnection]:
    """The owner in a transaction that is rolled back."""
    async with world.owner.connect() as connection, connection.begin() as transaction:
        yield connection
        await transaction.rollback()


async def count_rows(connection: AsyncConnection, model: type[SQLModel]) -> int:
    return (await connection.execute(select(func.count()).select_from(table_of(model)))).scalar_one()


async def load(connection: AsyncConnection, *, force: bool = False) -> list[tuple[str, int, int]]:
    """Load and give what was told about the progress; nothing when nothing was to do."""
    told: list[tuple[str, int, int]] = []
    loaded = await load_reference(connection, progress=lambda *step: told.append(step), force=force)
    assert loaded == bool(told)
    return told


async def test_the_areas_of_thailand_are_77_provinces_928_amphoe_and_7436_tambon(world: World) -> None:
    rows = await world.rows("SELECT level, count(*), min(length(code)), max(length(code)) FROM area GROUP BY level")
    assert {row[0]: tuple(row[1:]) for row in rows} == {
        "PROVINCE": (77, 2, 2),
        "AMPHOE": (928, 4, 4),
        "TAMBON": (7436, 6, 6),
    }
    lost = (
        "SELECT count(*) FROM area WHERE parent_code <> left(code, -2) OR (parent_code IS NULL) <> (level = 'PROVINCE')"
    )
    assert await world.value(lost) == 0


async def test_the_people_of_thailand_are_counted_by_tambon_and_add_up(world: World) -> None:
    """66,171,439 on 31 December 2564, and Nong Khai 516,843: as the Department of Provincial Administration told."""
    counted = (
        "SELECT level, sum(residents), count(residents), array_agg(DISTINCT residents_on) FROM area GROUP BY level"
    )
    counts = {"PROVINCE": 77, "AMPHOE": 928, "TAMBON": 7436}
    assert {row[0]: tuple(row[1:]) for row in await world.rows(counted)} == {
        level: (66_171_439, count, [date(2021, 12, 31)]) for level, count in counts.items()
    }
    differ = "SELECT a.code FROM area a JOIN area c ON c.parent_code = a.code GROUP BY a.code"
    assert await world.rows(f"{differ} HAVING sum(c.residents) <> a.residents") == []
    told = {"43": 516_843, "4509": 66_469, "450907": 10_130, "1008": 40_418, "100804": 6_090, "430116": 11_934}
    reference = world.reference.areas
    assert {code: reference[code].residents for code in told} == told


async def test_there_are_5_agencies_with_385_offices_and_31_problem_types(owner: AsyncConnection) -> None:
    assert {model: await count_rows(owner, model) for model in COUNTS} == COUNTS
    offices = text("SELECT agency_code, count(DISTINCT province_code) FROM office GROUP BY agency_code")
    assert sorted(tuple(row) for row in await owner.execute(offices)) == [
        ("DLPW", 77),
        ("DOE", 77),
        ("DSD", 77),
        ("OPS", 77),
        ("SSO", 77),
    ]


async def test_a_second_load_finds_nothing_to_do(owner: AsyncConnection) -> None:
    assert await load(owner) == []


async def test_a_forced_load_tells_its_progress_and_keeps_every_row_and_id(owner: AsyncConnection) -> None:
    offices = text("SELECT array_agg((id, code) ORDER BY code)::text FROM office")
    before, version = (await owner.execute(offices)).scalar_one(), await current_version(owner)
    told = await load(owner, force=True)
    assert [step for step in told if step[1] == step[2]] == [
        ("areas", 8441, 8441),
        ("agencies", 5, 5),
        ("offices", 385, 385),
        ("office areas", 385, 385),
        ("problem types", 31, 31),
        ("legal clocks", 10, 10),
        ("severance tiers", 6, 6),
        ("service standards", 48, 48),
    ]
    assert (await owner.execute(offices)).scalar_one() == before
    assert {model: await count_rows(owner, model) for model in COUNTS} == COUNTS
    assert await current_version(owner) == version + 1


async def test_a_load_brings_back_what_was_changed_and_takes_away_rules_that_are_no_more(
    owner: AsyncConnection,
) -> None:
    right = await read_reference_data(owner)
    for change in (
        "UPDATE office SET name_th = 'ผิด', verified = NOT verified",
        "UPDATE problem_type SET sensitive = NOT sensitive",
        "UPDATE service_standard SET working_days = 99",
        "DELETE FROM legal_clock",
        "UPDATE area SET residents = NULL, residents_on = NULL",
        "INSERT INTO service_standard VALUES ('OLD', 'REFER', 'LOW', '2025-10-01', NULL, 1, 'x', false)",
        "UPDATE reference_version SET digest = 'of yesterday'",
    ):
        await owner.execute(text(change))
    assert await load(owner)
    loaded = await read_reference_data(owner)
    assert loaded.version == right.version + 1
    for name in ("areas", "agencies", "offices", "problem_types", "legal_clocks", "coverage"):
        assert getattr(loaded, name) == getattr(right, name)
    assert sorted(loaded.standards) == sorted(right.standards)


async def test_in_memory_areas_know_their_children_and_offices_what_they_cover(world: World) -> None:
    reference = world.reference
    assert len(reference.children[None]) == 77
    assert len(reference.children["43"]) == 9
    assert sum(len(reference.children[amphoe.code]) for amphoe in reference.children["43"]) == 62
    office = world.office("SSO-43")
    covered = [reference.covers(office, code) for code in ("43", "4301", "430116", "10", "100101")]
    assert covered == [True, True, True, False, False]
    assert not reference.covers(0, "43")


async def test_the_76_people_of_the_document_fill_their_posts(world: World) -> None:
    filled = """
        SELECT seat.kind, count(*), count(DISTINCT seat.id), count(DISTINCT account.id), count(DISTINCT area_code)
        FROM seat JOIN incumbency ON incumbency.seat_id = seat.id AND incumbency.kind = 'PRIMARY' AND until IS NULL
        JOIN account ON account.id = incumbency.account_id LEFT JOIN office ON office.id = seat.office_id
        WHERE seat.area_code LIKE '43%' OR office.code = 'OPS-43' GROUP BY seat.kind
    """
    found: dict[str, tuple[int, ...]] = {row[0]: tuple(row[1:]) for row in await world.rows(filled)}
    assert found == {
        "VOLUNTEER": (62, 62, 62, 62),
        "MENTOR": (9, 9, 9, 9),
        "COORDINATOR": (1, 1, 1, 0),
        "OFFICER": (4, 4, 4, 0),
    }
    assert sum(row[0] for row in found.values()) == 62 + 9 + 5 == 76
    empty = (
        "SELECT count(*) FROM seat WHERE NOT EXISTS (SELECT FROM incumbency WHERE seat_id = seat.id AND until IS NULL)"
    )
    assert await world.value(empty) == 0


async def test_every_tambon_and_every_amphoe_of_the_province_has_its_seat(world: World) -> None:
    for kind, level in (("VOLUNTEER", "TAMBON"), ("MENTOR", "AMPHOE")):
        without = (
            "SELECT count(*) FROM area WHERE level = :level AND code LIKE '43%'"
            " AND NOT EXISTS (SELECT FROM seat WHERE kind = :kind AND area_code = code)"
        )
        assert await world.value(without, level=level, kind=kind) == 0


async def test_the_other_four_offices_have_a_head_and_two_officers(world: World) -> None:
    rows = await world.rows(
        "SELECT code, array_agg(kind || handles_sensitive ORDER BY kind, number) FROM seat"
        " JOIN office ON office.id = office_id WHERE code <> 'OPS-43' GROUP BY code ORDER BY code"
    )
    people = ["OFFICERfalse", "OFFICERtrue", "OFFICE_HEADtrue"]
    assert [tuple(row) for row in rows] == [(f"{agency}-43", people) for agency in ("DLPW", "DOE", "DSD", "SSO")]


async def test_no_official_of_the_document_is_among_the_invented_people(world: World) -> None:
    for (person,) in await world.rows("SELECT a::text FROM account a"):
        assert not [name for name in OFFICIALS if name in person]


async def test_posts_that_are_there_are_not_written_again(world: World) -> None:
    posts = await world.value("SELECT count(*) FROM seat")
    assert await load_posts(world.owner, world.reference) == 0
    assert posts == await world.value("SELECT count(*) FROM seat") == 62 + 9 + 5 + 4 * 3 + 2
