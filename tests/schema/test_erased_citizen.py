"""How an erased citizen and the cases look to clients, and what they may still do."""

from tests.api import Api
from tests.casework.whole_person import FAMILY, PLANTED, erase, whole_person
from tests.world import AUDITOR, COORDINATOR, VOLUNTEER, World

CASE = """query ($id: ID!) { node(id: $id) { ... on Case {
    title narrative workplaceName erasedAt
    reopen: viewerCan(action: REOPEN) { allowed reason }
    citizen { name givenName familyName title erasedAt phones addresses identifiers { lastFour }
        update: viewerCan(action: UPDATE) { allowed reason } }
    parties { name phones } notes(first: 10) { nodes { text } } referrals(first: 5) { nodes { reason reply report } }
} } }"""
REFUSED = {"allowed": False, "reason": "CITIZEN_ERASED"}


async def test_the_coordinator_sees_that_it_is_erased_and_can_do_nothing_more(world: World, api: Api) -> None:
    whole = await whole_person(world)
    await erase(world, whole.citizen_id)
    at = f"{await world.value('SELECT erased_at FROM citizen'):%Y-%m-%dT%H:%M:%SZ}"
    found = await api.ask(CASE, COORDINATOR, id=api.id("Case", whole.case_id))
    assert [word for word in PLANTED if word in str(found)] == []
    case = found["node"]
    assert (case["erasedAt"], case["narrative"], case["workplaceName"], case["reopen"]) == (at, "", None, REFUSED)
    citizen = case["citizen"]
    assert citizen.pop("update") == REFUSED
    assert citizen == {
        "name": "(erased)", "givenName": "", "familyName": "", "title": None, "erasedAt": at,
        "phones": [], "addresses": [], "identifiers": [],
    }  # fmt: skip
    assert case["parties"] == [{"name": "", "phones": []}]
    assert {note["text"] for note in case["notes"]["nodes"]} == {""}


async def test_the_auditor_sees_that_a_case_is_erased_without_its_citizen(world: World, api: Api) -> None:
    whole = await whole_person(world)
    await erase(world, whole.citizen_id)
    found = await api.ask(CASE, AUDITOR, id=api.id("Case", whole.case_id))
    assert found["node"]["erasedAt"] is not None
    assert found["node"]["citizen"] is None


async def test_a_correction_is_refused_with_a_sentence(world: World, api: Api) -> None:
    citizen_id = await world.citizen()
    await erase(world, citizen_id)
    citizen = {"id": api.id("Citizen", citizen_id)}
    refusal = await api.do("updateCitizen", VOLUNTEER, citizen=citizen, expectedVersion=2, givenName="สมศรี")
    assert (refusal["code"], refusal["message"]) == ("CITIZEN_ERASED", "The data were erased; register anew.")
    assert await world.value("SELECT given_name FROM citizen") == ""


async def test_the_name_finds_nobody_any_more(world: World, api: Api) -> None:
    whole = await whole_person(world)
    query = """query ($words: String!) {
        cases(first: 5, filter: {search: $words}) { nodes { id } }
        citizens(first: 5, filter: {search: $words}) { nodes { id } }
    }"""
    found = await api.ask(query, COORDINATOR, words=FAMILY)
    assert [len(found[root]["nodes"]) for root in ("cases", "citizens")] == [2, 1]
    await erase(world, whole.citizen_id)
    assert await api.ask(query, COORDINATOR, words=FAMILY) == {"cases": {"nodes": []}, "citizens": {"nodes": []}}
