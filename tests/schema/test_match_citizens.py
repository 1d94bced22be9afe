"""Is this person known already? Candidates among those whom one sees; of all others a yes, for a number alone."""

from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.merge_citizens import merge_citizens
from casework.citizen_records import Identifier
from models.vocabulary import IdentifierKind
from resolvers.matching import MOST_AN_HOUR
from tests.api import Api
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

QUERY = """query ($input: MatchCitizensInput!) { matchCitizens(input: $input) {
  candidates { score because citizen { id name phones } } knownElsewhere } }"""
PHONE, PASSPORT = "0812345678", "AA123456"
NAMES = {"givenName": "สมหยิง", "familyName": "ใจดี"}
DOCUMENT = {"kind": "PASSPORT", "number": "aa 123456"}
NOBODY: dict[str, Any] = {"candidates": [], "knownElsewhere": False}
ELSEWHERE = {**NOBODY, "knownElsewhere": True}


@pytest.fixture
async def citizen(world: World) -> int:
    """สมหญิง ใจดี, whose case a volunteer holds."""
    document = Identifier(IdentifierKind.PASSPORT, PASSPORT)
    citizen_id = await world.citizen(phones=[PHONE], identifiers=[document], birth_year=1980)
    await world.case(citizen_id=citizen_id)
    async with world.owner.begin() as connection:  # the one that `world.case` registers besides
        await connection.execute(
            text("UPDATE citizen_search SET sounds = '{}' WHERE citizen_id <> :id"), {"id": citizen_id}
        )
    return citizen_id


async def match(api: Api, by: str, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(QUERY, by, input=given))["matchCitizens"]
    return found


async def looks(world: World) -> list[Any]:
    await world.recorder.flush()
    return await world.rows("SELECT citizen_id, seat_id, purpose, level FROM citizen_access ORDER BY id")


async def test_a_name_in_another_spelling_finds_whom_one_sees_and_that_is_a_look(
    world: World, api: Api, citizen: int
) -> None:
    for by, phones in ((VOLUNTEER, ["+66812345678"]), (MENTOR, None)):
        found = await match(api, by, **NAMES, area="430116", birthYear=1981)
        assert found == {
            "candidates": [
                {
                    "score": 100,
                    "because": ["NAME_SAME", "AREA_SAME", "AGE_LIKE"],
                    "citizen": {"id": api.id("Citizen", citizen), "name": "สมหญิง ใจดี", "phones": phones},
                }
            ],
            "knownElsewhere": False,
        }
    seats = [(await world.actor(by)).seat_id for by in (VOLUNTEER, MENTOR)]
    assert await looks(world) == [(citizen, seats[0], "MATCH", 4), (citizen, seats[1], "MATCH", 3)]


@pytest.mark.usefixtures("citizen")
@pytest.mark.parametrize("by", [OTHER_VOLUNTEER, DLPW])
async def test_a_name_beyond_sight_finds_nobody_and_is_no_look(world: World, api: Api, by: str) -> None:
    assert await match(api, by, **NAMES, area="430116", birthYear=1980) == NOBODY
    assert await looks(world) == []


@pytest.mark.parametrize("given", [{"phones": ["081-234-5678"]}, {"identifiers": [DOCUMENT]}])
async def test_a_number_beyond_sight_is_known_elsewhere_and_stands_in_the_list_of_looks(
    world: World, api: Api, citizen: int, given: dict[str, Any]
) -> None:
    assert await match(api, OTHER_VOLUNTEER, **NAMES, **given) == ELSEWHERE
    seat = (await world.actor(OTHER_VOLUNTEER)).seat_id
    assert await looks(world) == [(citizen, seat, "MATCH", 1)]
    log = "query ($id: ID!) { node(id: $id) { ... on Citizen { accessLog(first: 9) { nodes { purpose level } } } } }"
    told = await api.ask(log, COORDINATOR, id=api.id("Citizen", citizen))
    assert told["node"]["accessLog"]["nodes"] == [{"purpose": "MATCH", "level": "STATUS"}]


async def test_a_number_that_the_level_hides_does_not_say_whose_it_is(world: World, api: Api, citizen: int) -> None:
    """The mentor sees the name, at level WORK, and no phone: the same answer as of somebody unseen."""
    assert await match(api, MENTOR, phones=[PHONE]) == ELSEWHERE
    named = await match(api, MENTOR, **NAMES, phones=[PHONE])
    assert [one["because"] for one in named["candidates"]] == [["NAME_SAME"]]
    assert named["knownElsewhere"] is True
    assert [(row.citizen_id, row.level) for row in await looks(world)] == [(citizen, 1), (citizen, 1), (citizen, 3)]


@pytest.mark.usefixtures("citizen")
async def test_a_number_that_one_sees_finds_the_citizen_whatever_the_name(api: Api) -> None:
    for given, score, because in (
        ({"phones": [PHONE]}, 60, ["PHONE"]),
        ({"identifiers": [DOCUMENT]}, 100, ["IDENTIFIER"]),
        ({"givenName": "บัว", "familyName": "คำแสน", "phones": [PHONE]}, 60, ["PHONE"]),
        ({**NAMES, "phones": [PHONE], "identifiers": [DOCUMENT]}, 100, ["IDENTIFIER", "PHONE", "NAME_SAME"]),
    ):
        found = await match(api, VOLUNTEER, **given)
        assert [(one["score"], one["because"]) for one in found["candidates"]] == [(score, because)]
        assert found["knownElsewhere"] is False


@pytest.mark.usefixtures("citizen")
async def test_what_nobody_has_is_known_nowhere(world: World, api: Api) -> None:
    other = {"kind": "PASSPORT", "number": "ZZ999999"}
    assert await match(api, OTHER_VOLUNTEER, phones=["0899999999"], identifiers=[other]) == NOBODY
    assert await looks(world) == []


async def test_a_merged_record_is_found_by_its_name_as_the_one_that_goes_on(
    world: World, api: Api, citizen: int
) -> None:
    target = await world.citizen(given_name="บุญมา", family_name="ทองคำ")
    await world.case(citizen_id=target)
    versions = {"expected_version": 1, "expected_into_version": 1}
    await world.act(COORDINATOR, merge_citizens, source_id=citizen, target_id=target, **versions)
    found = await match(api, VOLUNTEER, **NAMES, phones=[PHONE], identifiers=[DOCUMENT])
    best = found["candidates"][0]
    assert (best["citizen"]["id"], best["because"]) == (api.id("Citizen", target), ["IDENTIFIER", "PHONE", "NAME_SAME"])
    assert api.id("Citizen", citizen) not in [one["citizen"]["id"] for one in found["candidates"]]
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Citizen {
        mergedInto { id } mergedRecords { id } cases(first: 9) { totalCount { count } } } } }"""
    ids = [api.id("Citizen", one) for one in (citizen, target)]
    assert (await api.ask(query, VOLUNTEER, ids=ids))["nodes"] == [
        {"mergedInto": {"id": ids[1]}, "mergedRecords": [], "cases": {"totalCount": {"count": 0}}},
        {"mergedInto": None, "mergedRecords": [{"id": ids[0]}], "cases": {"totalCount": {"count": 2}}},
    ]
    assert (await api.ask(query, OTHER_VOLUNTEER, ids=ids))["nodes"] == [None, None]


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({}, "NOTHING_TO_MATCH", ["input"]),
        ({"area": "430116", "birthYear": 1980}, "NOTHING_TO_MATCH", ["input"]),
        ({"givenName": "สมหญิง"}, "TEXT_MISSING", ["input", "familyName"]),
        ({**NAMES, "birthYear": 2523}, "BUDDHIST_YEAR", ["input", "birthYear"]),
        ({**NAMES, "area": "99"}, "AREA_UNKNOWN", ["input", "area"]),
        ({"phones": ["12"]}, "PHONE_INVALID", ["input", "phones", "0"]),
    ],
)
async def test_what_cannot_be_asked_is_refused(api: Api, given: dict[str, Any], code: str, path: list[str]) -> None:
    (error,) = (await api.answer(QUERY, VOLUNTEER, input=given))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["path"]) == (code, path)


@pytest.mark.parametrize("by", [AUDITOR, ADMIN])
async def test_who_registers_nobody_asks_for_nobody(api: Api, by: str) -> None:
    (error,) = (await api.answer(QUERY, by, input=NAMES))["errors"]
    assert error["extensions"]["code"] == "NOT_PERMITTED"


async def test_an_account_may_not_try_numbers_through(world: World, api: Api, citizen: int) -> None:
    for _ in range(MOST_AN_HOUR):
        assert await match(api, OTHER_VOLUNTEER, phones=["0899999999"]) == NOBODY
    answer = await api.answer(QUERY, OTHER_VOLUNTEER, input={"phones": [PHONE]})
    assert answer["data"] == {"matchCitizens": None}
    assert answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert await looks(world) == []
    assert (await match(api, COORDINATOR, phones=[PHONE]))["candidates"][0]["citizen"]["id"] == api.id(
        "Citizen", citizen
    )


async def test_the_statements_do_not_grow_with_the_candidates(world: World, api: Api) -> None:
    query = QUERY.replace(" phones", "")
    counts = []
    for more in (1, 12):
        for _ in range(more):
            await world.citizen()
        with api.statements() as seen:
            found = (await api.ask(query, VOLUNTEER, input=NAMES))["matchCitizens"]
        counts.append((len(found["candidates"]), len(seen)))
    assert [shown for shown, _ in counts] == [1, 10]
    assert counts[0][1] == counts[1][1]
