"""Two records of one person: merged, one goes on with what both have; parted, each has what was its own."""

from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from casework.actions.merge_cases import merge_cases
from casework.actions.merge_citizens import merge_citizens
from casework.actions.open_case import Intake, open_case
from casework.actions.unmerge_citizens import unmerge_citizens
from casework.actions.update_citizen import Correction, update_citizen
from casework.citizen_records import Identifier
from casework.errors import RefusalCode
from casework.identifiers import unseal
from models import CitizenIdentifier, table_of
from models.privacy_words import ErasureGround
from models.vocabulary import CaseState, Channel, IdentifierKind, SeatKind
from tests.casework import situations
from tests.casework.conftest import Directory
from tests.casework.refusals import refused_unchanged
from tests.casework.whole_person import erase, hold, release
from tests.world import COORDINATOR, MENTOR, OTHER_VOLUNTEER, TAMBON, VOLUNTEER, World

identifier = table_of(CitizenIdentifier)
PASSPORT = IdentifierKind.PASSPORT


async def version(world: World, citizen_id: int) -> int:
    found: int = await world.value("SELECT version FROM citizen WHERE id = :id", id=citizen_id)
    return found


async def merge(world: World, source: int, target: int, *, by: str = COORDINATOR) -> int:
    versions = {
        "expected_version": await version(world, source),
        "expected_into_version": await version(world, target),
    }
    return await world.act(by, merge_citizens, source_id=source, target_id=target, **versions)


async def part(world: World, source: int, *, by: str = COORDINATOR) -> int:
    expected = await version(world, source)
    return await world.act(by, unmerge_citizens, citizen_id=source, expected_version=expected)


async def known(world: World, by: str = VOLUNTEER, **more: Any) -> int:
    """Register a citizen with a case, so that the coordinator sees both."""
    citizen_id = await world.citizen(by, **more)
    await world.case(by, citizen_id=citizen_id, area=TAMBON if by == VOLUNTEER else by.split()[1])
    return citizen_id


async def facts(world: World, citizen_id: int) -> dict[str, Any]:
    """Give all that one record says, to the byte; what counts its changes is left out."""
    of = {"id": citizen_id}
    return {
        "citizen": await world.rows(
            "SELECT id, title, given_name, family_name, language, area_code, birth_year, registered_by_seat_id,"
            " registered_at, erased_at, merged_into_citizen_id FROM citizen WHERE id = :id",
            **of,
        ),
        "contacts": await world.rows("SELECT * FROM citizen_contact WHERE citizen_id = :id ORDER BY id", **of),
        "documents": await documents(world, citizen_id),
        "cases": await world.rows('SELECT * FROM "case" WHERE citizen_id = :id ORDER BY id', **of),
        "search": await world.rows("SELECT words::text, sounds FROM citizen_search WHERE citizen_id = :id", **of),
    }


async def documents(world: World, citizen_id: int) -> list[Any]:
    async with world.owner.connect() as connection:
        rows = select(identifier).where(identifier.c.citizen_id == citizen_id).order_by(identifier.c.id)
        return list((await connection.execute(rows)).all())


async def words(world: World) -> list[Any]:
    return await world.rows("SELECT case_id, tsvector_to_array(words) AS words FROM case_search ORDER BY case_id")


async def draw(world: World, chance: Random, at: int) -> int:
    """Register somebody with some contacts, documents and cases; at least one case."""
    numbers = chance.sample(range(10), 4)
    citizen_id = await world.citizen(
        given_name=chance.choice(["สมหญิง", "สมหยิง", "Somying"]),
        family_name="ใจดี",
        birth_year=chance.choice([None, 1980]),
        phones=[f"+6681000000{number}" for number in numbers[: chance.randint(0, 3)]],
        addresses=[f"{at}/{number}" for number in numbers[: chance.randint(0, 2)]],
        identifiers=[Identifier(PASSPORT, f"AA000{number}") for number in numbers[: chance.randint(0, 2)]],
    )
    for _ in range(chance.randint(1, 2)):
        await world.case(citizen_id=citizen_id)
    return citizen_id


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_merged_and_parted_is_as_it_was_and_what_came_since_stays(world: World, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing is kept secret by it
    source, target = [await draw(world, chance, at) for at in range(2)]
    before = [await facts(world, one) for one in (source, target)]
    told = await words(world)
    await merge(world, source, target)
    merged = [await facts(world, one) for one in (source, target)]
    for kept in ("contacts", "documents", "search"):
        assert merged[0][kept] == before[0][kept]
        if kept != "search":
            assert [row for row in merged[1][kept] if row.from_citizen_id is None] == before[1][kept]
    assert merged[0]["cases"] == []
    phones = [{row.value for row in one["contacts"]} for one in (*before, merged[1])]
    assert phones[2] == phones[0] | phones[1]
    numbers = [{unseal(world.keys, row) for row in one["documents"]} for one in (*before, merged[1])]
    assert numbers[2] == numbers[0] | numbers[1]
    assert {case.id for case in merged[1]["cases"]} == {case.id for one in before for case in one["cases"]}
    since = await world.case(citizen_id=target) if chance.random() < 0.5 else None
    await part(world, source)
    after = [await facts(world, one) for one in (source, target)]
    assert after[0] == before[0]
    assert [row.id for row in after[1]["cases"]] == [
        *(row.id for row in before[1]["cases"]),
        *([since] if since else []),
    ]
    after[1]["cases"] = [case for case in after[1]["cases"] if case.id != since]
    assert after[1] == before[1]
    assert [row for row in await words(world) if row.case_id != since] == told


async def test_a_contact_that_was_corrected_meanwhile_stays_with_the_one_that_went_on(world: World) -> None:
    source, target = await known(world, phones=["0811111111"]), await known(world, phones=["0822222222"])
    await merge(world, source, target)
    correction = Correction(phones=["0811111111", "0833333333"])
    await world.act(
        VOLUNTEER,
        update_citizen,
        citizen_id=target,
        expected_version=await version(world, target),
        correction=correction,
    )
    await part(world, source)
    assert [row.value for row in (await facts(world, target))["contacts"]] == ["+66811111111", "+66833333333"]
    assert [row.value for row in (await facts(world, source))["contacts"]] == ["+66811111111"]


async def test_it_is_told_in_both_chains_and_found_by_both_names(world: World) -> None:
    source, target = await known(world, given_name="Boonma"), await known(world, given_name="Somying")
    await merge(world, source, target)
    events = "SELECT subject_id, kind, payload FROM event WHERE kind LIKE 'CITIZEN_%ED' ORDER BY id DESC LIMIT 2"
    assert await world.rows(events) == [
        (target, "CITIZEN_ABSORBED", {"citizen": source, "cases": 1}),
        (source, "CITIZEN_MERGED", {"citizen": target, "cases": 1}),
    ]
    found = "SELECT citizen_id FROM citizen_search WHERE words @@ '''boonma''' AND words @@ '''somying'''"
    assert await world.rows(found) == [(target,)]
    both = "SELECT count(*) FROM case_search WHERE words @@ '''boonma''' AND words @@ '''somying'''"
    assert await world.value(both) == 2
    await part(world, source)
    assert (await world.rows(found), await world.value(both)) == ([], 0)
    assert await world.rows(events) == [
        (source, "CITIZEN_UNMERGED", {"citizen": target, "cases": 1}),
        (target, "CITIZEN_RELEASED", {"citizen": source, "cases": 1}),
    ]


async def test_a_record_is_not_merged_with_itself(world: World) -> None:
    citizen = await known(world)
    async with refused_unchanged(world, RefusalCode.CITIZENS_SAME, "input", "into"):
        await merge(world, citizen, citizen)


async def test_only_a_coordinator_who_sees_both_merges_and_parts(world: World) -> None:
    source, target = await known(world), await known(world)
    for by, code in (
        (VOLUNTEER, RefusalCode.NOT_PERMITTED),
        (MENTOR, RefusalCode.NOT_PERMITTED),
        (OTHER_VOLUNTEER, RefusalCode.NOT_FOUND),
    ):
        async with refused_unchanged(world, code):
            await merge(world, source, target, by=by)
    unseen = await world.citizen()
    async with refused_unchanged(world, RefusalCode.NOT_FOUND):
        await merge(world, source, unseen)
    await merge(world, source, target)
    for by, code in ((VOLUNTEER, RefusalCode.NOT_PERMITTED), (OTHER_VOLUNTEER, RefusalCode.NOT_FOUND)):
        async with refused_unchanged(world, code):
            await part(world, source, by=by)


async def test_an_outdated_version_of_either_is_refused(world: World) -> None:
    source, target = await known(world), await known(world)
    for versions, name in (((2, 1), "expectedVersion"), ((1, 2), "expectedIntoVersion")):
        given = {"expected_version": versions[0], "expected_into_version": versions[1]}
        async with refused_unchanged(world, RefusalCode.VERSION_CONFLICT, "input", name):
            await world.act(COORDINATOR, merge_citizens, source_id=source, target_id=target, **given)


async def test_records_are_merged_one_deep_and_in_no_ring(world: World) -> None:
    one, two, three = [await known(world) for _ in range(3)]
    await merge(world, one, two)
    for source, target, code, path in (
        (one, three, RefusalCode.CITIZEN_MERGED, ()),
        (three, one, RefusalCode.CITIZEN_MERGED, ()),
        (two, one, RefusalCode.CITIZEN_MERGED, ()),
        (two, three, RefusalCode.CITIZEN_HAS_MERGED, ("input", "citizen")),
    ):
        async with refused_unchanged(world, code, *path):
            await merge(world, source, target)
    await merge(world, three, two)
    async with refused_unchanged(world, RefusalCode.CITIZEN_NOT_MERGED):
        await part(world, two)
    before = await facts(world, three)
    await part(world, one)
    assert await facts(world, three) == before
    await part(world, three)


async def test_a_merged_record_rests_until_it_is_parted(world: World) -> None:
    source, target = await known(world), await known(world)
    await merge(world, source, target)
    intake = Intake(source, ["SEVERANCE"], TAMBON, "ถูกเลิกจ้าง", Channel.VOLUNTEER)
    async with refused_unchanged(world, RefusalCode.CITIZEN_MERGED, "input", "citizen"):
        await world.act(VOLUNTEER, open_case, intake=intake)
    async with refused_unchanged(world, RefusalCode.CITIZEN_MERGED):
        correction = Correction(given_name="บัว")
        await world.act(VOLUNTEER, update_citizen, citizen_id=source, expected_version=2, correction=correction)
    await part(world, source)
    await world.act(VOLUNTEER, open_case, intake=intake)


async def test_records_whose_cases_are_merged_are_parted_after_these(world: World) -> None:
    source, target = await known(world), await known(world)
    await merge(world, source, target)
    cases = [case for (case,) in await world.rows('SELECT id FROM "case" ORDER BY id')]
    versions = {"expected_version": 1, "expected_into_version": 1}
    await world.act(VOLUNTEER, merge_cases, source_id=cases[0], target_id=cases[1], **versions)
    async with refused_unchanged(world, RefusalCode.CITIZENS_SHARE_CASES):
        await part(world, source)


async def test_cases_in_another_amphoe_go_along_and_their_volunteer_sees_the_one_that_goes_on(world: World) -> None:
    source, target = await known(world, OTHER_VOLUNTEER, phones=["0811111111"]), await known(world)
    await merge(world, source, target)
    seen = "SELECT c.id, t.value FROM citizen c JOIN citizen_contact t ON t.citizen_id = c.id ORDER BY c.id"
    for by in (VOLUNTEER, OTHER_VOLUNTEER):
        async with world.looking(by) as connection:
            rows = [tuple(row) for row in await connection.exec_driver_sql(seen)]
        assert rows == [(source, "+66811111111"), (target, "+66811111111")]
    await part(world, source)
    async with world.looking(VOLUNTEER) as connection:
        assert (await connection.exec_driver_sql(seen)).all() == []


async def test_an_erasure_takes_all_records_of_the_person_whichever_is_named(world: World) -> None:
    case_id = await situations.closed(world)
    target = await world.value('SELECT citizen_id FROM "case"')
    source = await known(world, given_name="บัว", phones=["0811111111"], birth_year=1980)
    (other,) = [case for (case,) in await world.rows('SELECT id FROM "case"') if case != case_id]
    await merge(world, source, target)
    await hold(world, source)
    assert not (await erase(world, target)).done
    await release(world, source)
    assert not (await erase(world, source)).done  # a case goes on
    await situations.status(world, other, CaseState.WITHDRAWN, reason="ผู้ร้องขอถอนเรื่อง")
    assert (await erase(world, source, ErasureGround.UNLAWFUL)).done
    left = """SELECT given_name, family_name, birth_year, erased_at IS NOT NULL AS erased, words::text, sounds
        FROM citizen JOIN citizen_search ON citizen_id = id WHERE id = ANY (:ids)"""
    assert await world.rows(left, ids=[source, target]) == [("", "", None, True, "", [])] * 2
    assert await world.value("SELECT count(*) FROM citizen_contact") == 0
    async with refused_unchanged(world, RefusalCode.CITIZEN_ERASED):
        await part(world, source)


async def test_who_would_not_see_both_by_themselves_does_not_part_them(world: World, directory: Directory) -> None:
    await directory.appoint(SeatKind.COORDINATOR, handle="deputy", office="OPS-43")
    source, target = await known(world), await world.citizen(COORDINATOR)
    await merge(world, source, target)
    async with refused_unchanged(world, RefusalCode.NOT_PERMITTED):
        await part(world, source, by="deputy")
    await part(world, source)
    assert await world.value("SELECT count(*) FROM citizen WHERE merged_into_citizen_id IS NOT NULL") == 0


async def test_who_has_more_documents_than_one_may_register_is_corrected_all_the_same(world: World) -> None:
    source, target = [
        await known(world, identifiers=[Identifier(PASSPORT, f"AA{at}00{number}") for number in range(4)])
        for at in (1, 2)
    ]
    await merge(world, source, target)
    assert len(await documents(world, target)) == 8
    given = {"citizen_id": target, "expected_version": await version(world, target)}
    await world.act(VOLUNTEER, update_citizen, **given, correction=Correction(given_name="บัวลอย"))
    assert await world.value("SELECT given_name FROM citizen WHERE id = :id", id=target) == "บัวลอย"
