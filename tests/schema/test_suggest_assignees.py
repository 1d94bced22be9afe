"""`Case.suggestAssignees`: for those who may assign it, with reasons, and without telling what they may not know."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from casework.accounts import NewAccount
from casework.actions.add_party import Party, add_party
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.end_incumbency import end_incumbency
from casework.actions.plan_absence import Absence, plan_absence
from models.vocabulary import IncumbencyKind, Language, PartyKind
from tests.api import Api
from tests.casework import situations
from tests.resolvers.herd import herd
from tests.schema.stage import NEIGHBOUR
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    TAMBON,
    VOLUNTEER,
    World,
)

ASK = """query ($id: ID!, $most: Int!) { node(id: $id) { ... on Case { suggestAssignees(most: $most) {
    volunteer { id area { code } } score reasons { kind value text } } } } }"""
HERE = "อาสาสมัครแรงงานตำบล"


async def suggested(api: Api, by: str, case_id: int, most: int = 20) -> Any:
    return (await api.ask(ASK, by, id=api.id("Case", case_id), most=most))["node"]["suggestAssignees"]


def areas(found: Any) -> list[str]:
    return [one["volunteer"]["area"]["code"] for one in found]


def kinds(found: Any, area: str) -> list[str]:
    (one,) = [one for one in found if one["volunteer"]["area"]["code"] == area]
    return [reason["kind"] for reason in one["reasons"]]


async def taken_by_mentor(world: World, **intake: Any) -> int:
    """A case of TAMBON that no volunteer has."""
    return await world.case(MENTOR, **intake)


async def test_the_tambons_own_volunteer_comes_first_then_the_amphoe_with_reasons_in_words(
    world: World, api: Api
) -> None:
    case_id = await taken_by_mentor(world)
    first, second = await suggested(api, MENTOR, case_id, most=2)
    assert first == {
        "volunteer": {"id": api.id("Seat", (await world.actor(VOLUNTEER)).seat_id), "area": {"code": TAMBON}},
        "score": 40,
        "reasons": [{"kind": "AREA_SAME", "value": None, "text": "It is the volunteer's own tambon."}],
    }
    assert second["reasons"] == [{"kind": "AREA_NEAR", "value": 1, "text": "The same amphoe."}]
    answer = await api.answer(ASK, MENTOR, language="th", id=api.id("Case", case_id), most=1)
    (told,) = answer["data"]["node"]["suggestAssignees"]
    assert told["reasons"][0]["text"] == "ตำบลเดียวกัน"


@pytest.mark.parametrize("by", [DLPW, OTHER_VOLUNTEER, AUDITOR])
async def test_it_is_null_for_who_sees_the_case_and_may_not_assign_it(world: World, api: Api, by: str) -> None:
    case_id = await situations.screened(world)
    await world.referral(case_id)
    await situations.asked(world, case_id)
    assert await suggested(api, by, case_id) is None
    assert len(await suggested(api, VOLUNTEER, case_id)) == 20


async def test_it_is_null_for_a_case_that_has_ended_and_the_case_is_not_there_for_strangers(
    world: World, api: Api
) -> None:
    assert await suggested(api, VOLUNTEER, await situations.closed(world)) is None
    hidden = api.id("Case", await world.case())
    for by in (OTHER_MENTOR, ADMIN):
        assert await api.ask(ASK, by, id=hidden, most=1) == {"node": None}


@pytest.mark.parametrize("most", [0, 21])
async def test_how_many_is_from_one_to_twenty(world: World, api: Api, most: int) -> None:
    answer = await api.answer(ASK, MENTOR, id=api.id("Case", await taken_by_mentor(world)), most=most)
    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["message"]) == ("NUMBER_OUT_OF_RANGE", "Give a number from 1 to 20.")


async def test_who_has_it_is_asked_or_has_left_is_not_suggested_and_who_declined_comes_last(
    world: World, api: Api
) -> None:
    case_id = await world.case()
    await situations.declined(world, case_id, "volunteer 430101")
    await situations.asked(world, case_id, NEIGHBOUR)
    seat_id = (await world.actor("volunteer 430118")).seat_id
    running = await world.value("SELECT id FROM incumbency WHERE seat_id = :s", s=seat_id)
    ends = {"seat_id": seat_id, "expected_version": 1, "incumbency_id": running}
    await world.act(COORDINATOR, end_incumbency, **ends)
    found = await suggested(api, MENTOR, case_id)
    assert {TAMBON, "430117", "430118"}.isdisjoint(areas(found))
    province = """query ($id: ID!) { node(id: $id) { ... on Case { suggestAssignees(most: 20) { score } } } }"""
    assert len((await api.ask(province, COORDINATOR, id=api.id("Case", case_id)))["node"]["suggestAssignees"]) == 20
    async with world.owner.begin() as connection:  # all but two leave: who declined is still there, at the end
        keep = [(await world.actor(one)).seat_id for one in ("volunteer 430101", OTHER_VOLUNTEER)]
        leave = "UPDATE incumbency SET until = :now WHERE kind = 'PRIMARY' AND since < :now AND seat_id <> ALL(:keep)"
        volunteers = " AND seat_id IN (SELECT id FROM seat WHERE kind = 'VOLUNTEER')"
        await connection.execute(text(leave + volunteers), {"now": world.now, "keep": keep})
    found = await suggested(api, MENTOR, case_id)
    assert [(one["volunteer"]["area"]["code"], one["score"]) for one in found] == [("430201", 0), ("430101", -100)]
    assert kinds(found, "430101") == ["AREA_NEAR", "DECLINED"]


async def test_the_load_is_told_to_those_who_may_read_it_alone(world: World, api: Api) -> None:
    await world.case(NEIGHBOUR)
    await world.case(NEIGHBOUR)
    case_id = await world.case()
    assert kinds(await suggested(api, MENTOR, case_id), "430117") == ["AREA_NEAR", "LOAD_HIGH"]
    assert kinds(await suggested(api, COORDINATOR, case_id), "430117") == ["AREA_NEAR", "LOAD_HIGH"]
    (busy,) = [one for one in await suggested(api, MENTOR, case_id) if one["volunteer"]["area"]["code"] == "430117"]
    assert busy["reasons"][1] == {"kind": "LOAD_HIGH", "value": 2, "text": "More to do than most. Open cases: 2."}
    assert kinds(await suggested(api, VOLUNTEER, case_id), "430117") == ["AREA_NEAR"]


async def appointed(world: World, handle: str, **appointment: Any) -> None:
    """Let somebody new look after a post too."""
    person = {"title": "นาย", "given_name": "คำใส", "family_name": "วงศ์ลาว"}
    name = {**person, **{key: appointment.pop(key) for key in tuple(appointment) if key in person or key == "phone"}}
    new = NewAccount(uuid4(), given_name_en="Khamsai", family_name_en="Wonglao", **name)
    seat_id = (await world.actor(handle)).seat_id
    version = await world.value("SELECT version FROM seat WHERE id = :id", id=seat_id)
    given = Appointment(new, IncumbencyKind.COVER, **appointment)
    await world.act(COORDINATOR, appoint_incumbent, seat_id=seat_id, expected_version=version, appointment=given)


async def test_a_language_is_a_reason_and_a_look_from_level_work_on_only(world: World, api: Api) -> None:
    await appointed(world, NEIGHBOUR, languages=frozenset({Language.LO, Language.EN}))
    citizen_id = await world.citizen(MENTOR, language=Language.LO)
    case_id = await world.case(MENTOR, citizen_id=citizen_id)
    await world.recorder.flush()
    seen = "SELECT citizen_id, case_id, level FROM citizen_access"
    assert await world.rows(seen) == []
    assert kinds(await suggested(api, MENTOR, case_id), "430117") == ["AREA_NEAR", "LANGUAGE"]
    await world.recorder.flush()
    assert await world.rows(seen) == [(citizen_id, case_id, 4)]
    sensitive = await world.case(DLPW, "HARASSMENT", citizen_id=await world.citizen(DLPW, language=Language.LO))
    assert kinds(await suggested(api, MENTOR, sensitive), "430117") == ["AREA_NEAR"]  # at level STATUS
    assert kinds(await suggested(api, COORDINATOR, sensitive), "430117") == ["AREA_NEAR", "LANGUAGE"]


async def test_who_is_away_comes_after_those_who_are_here(world: World, api: Api) -> None:
    seats = [(await world.actor(by)).seat_id for by in (VOLUNTEER, NEIGHBOUR)]
    absence = Absence(seats[1], until=world.now + timedelta(days=7))
    await world.act(VOLUNTEER, plan_absence, seat_id=seats[0], expected_version=1, absence=absence)
    found = await suggested(api, MENTOR, await taken_by_mentor(world))
    assert areas(found).index(TAMBON) == 15  # behind all others of the amphoe, before those of the next
    assert kinds(found, TAMBON) == ["AREA_SAME", "ABSENT"]


@pytest.mark.parametrize("way", ["phone of the citizen", "name of the citizen", "phone of a party", "name of a party"])
async def test_a_party_to_the_case_is_not_suggested_and_nobody_is_told_why(world: World, api: Api, way: str) -> None:
    phone, name = "0812223334", {"given_name": "คำใส", "family_name": "วงศ์ลาว"}
    await appointed(world, NEIGHBOUR, phone=phone)
    of_citizen: dict[str, dict[str, Any]] = {
        "phone of the citizen": {"phones": [phone]},
        "name of the citizen": {**name},
    }
    known = of_citizen.get(way, {})
    case_id = await world.case(MENTOR, citizen_id=await world.citizen(MENTOR, **known))
    beside = await taken_by_mentor(world)
    if way == "phone of a party":
        party = Party(PartyKind.EMPLOYER, "หจก.โขงทรัพย์", phones=["081-222-3334"])
        await world.act(MENTOR, add_party, case_id=case_id, party=party)
    elif way == "name of a party":
        await world.act(MENTOR, add_party, case_id=case_id, party=Party(PartyKind.EMPLOYER, "นายคำใส วงศ์ลาว"))
    for by in (MENTOR, COORDINATOR):
        assert "430117" not in areas(await suggested(api, by, case_id))
        assert "430117" in areas(await suggested(api, by, beside))


async def test_conflicts_of_a_case_that_is_not_seen_are_not_told_by_the_database(world: World) -> None:
    await appointed(world, NEIGHBOUR)
    citizen_id = await world.citizen(given_name="คำใส", family_name="วงศ์ลาว")
    case_id = await world.case(citizen_id=citizen_id)
    found = text("SELECT conflicted_seats(:id)")
    neighbour = (await world.actor(NEIGHBOUR)).seat_id
    for by, told in ((VOLUNTEER, [neighbour]), (MENTOR, [neighbour]), (OTHER_VOLUNTEER, []), (ADMIN, [])):
        async with world.looking(by) as connection:
            assert (await connection.execute(found, {"id": case_id})).scalar_one() == told, by


async def test_fifty_cases_cost_three_statements_more_as_one_does(world: World, api: Api) -> None:
    await herd(world, await taken_by_mentor(world), 49)
    bare = "query ($first: Int!) { cases(first: $first) { nodes { id } } }"
    asking = bare.replace("{ id }", "{ id suggestAssignees(most: 3) { score volunteer { name } reasons { text } } }")
    counted = []
    for query in (bare, asking):
        for first in (1, 50):
            await api.ask(query, MENTOR, first=first)
            with api.statements() as seen:
                nodes = (await api.ask(query, MENTOR, first=first))["cases"]["nodes"]
            assert len(nodes) == first
            counted.append(len(seen))
    assert counted == [counted[0]] * 2 + [counted[0] + 3] * 2
