"""Lists inside a list of cases: every case gets its own page, and a level that hides a list gives null."""

from typing import Any

import pytest

from casework.actions.add_note import add_note
from casework.actions.recall_referral import recall_referral
from models.vocabulary import Audience, ReasonCategory
from tests.api import Api
from tests.schema.stage import screened
from tests.world import AUDITOR, DLPW, VOLUNTEER, World

NOTES = "notes(%s) { nodes { text } pageInfo { hasNextPage hasPreviousPage } totalCount { count } }"
OFFICES = ("DLPW-43", "SSO-43", "DOE-43")


async def _cases(world: World) -> dict[int, list[str]]:
    """Give three cases with 0, 1 and 3 notes, the latest first."""
    made: dict[int, list[str]] = {}
    for count in (0, 1, 3):
        case_id = await world.case()
        texts = [f"บันทึก {number} ของ {case_id}" for number in range(count)]
        for text in texts:
            await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text=text)
        made[case_id] = texts[::-1]
    return made


@pytest.mark.parametrize("page", ["first: 2", "last: 2"])
async def test_every_case_gets_its_own_page(world: World, api: Api, page: str) -> None:
    made = await _cases(world)
    query = f"{{ cases(first: 10) {{ nodes {{ id {NOTES % page} }} }} }}"
    found = (await api.ask(query, VOLUNTEER))["cases"]["nodes"]
    assert len(found) == 3
    for number, texts in made.items():
        (notes,) = [node["notes"] for node in found if node["id"] == api.id("Case", number)]
        shown = texts[:2] if page == "first: 2" else texts[-2:]
        assert [note["text"] for note in notes["nodes"]] == shown
        more = len(texts) > 2
        info = {"hasNextPage": more and page == "first: 2", "hasPreviousPage": more and page == "last: 2"}
        assert notes["pageInfo"] == info
        assert notes["totalCount"] == {"count": len(texts)}


async def test_two_pages_of_the_same_list_in_one_document_do_not_mix(world: World, api: Api) -> None:
    made = await _cases(world)
    query = f"{{ cases(first: 10) {{ nodes {{ id a: {NOTES % 'first: 1'} b: {NOTES % 'last: 2'} }} }} }}"
    for node in (await api.ask(query, VOLUNTEER))["cases"]["nodes"]:
        (texts,) = [texts for number, texts in made.items() if api.id("Case", number) == node["id"]]
        assert [note["text"] for note in node["a"]["nodes"]] == texts[:1]
        assert [note["text"] for note in node["b"]["nodes"]] == texts[-2:]


async def test_the_cursor_of_a_nested_list_leads_on_in_it(world: World, api: Api) -> None:
    made = await _cases(world)
    case_id, texts = max(made.items(), key=lambda item: len(item[1]))
    query = """query ($id: ID!, $after: String) { node(id: $id) { ... on Case { notes(first: 1, after: $after) {
      nodes { text } pageInfo { endCursor hasNextPage } } } } }"""
    found, after = [], None
    for _ in texts:
        page = (await api.ask(query, VOLUNTEER, id=api.id("Case", case_id), after=after))["node"]["notes"]
        found += [note["text"] for note in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert (found, page["pageInfo"]["hasNextPage"]) == (texts, False)


async def test_a_level_that_hides_a_list_gives_null_and_the_others_their_pages(world: World, api: Api) -> None:
    shown, over = await screened(world), await screened(world)
    for case_id in (shown, over):
        await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text="โทรแล้ว")
        referral_id = await world.referral(case_id)
    why: dict[str, Any] = {"reason": "ส่งผิด", "category": ReasonCategory.SENT_IN_ERROR}
    await world.on_referral(VOLUNTEER, recall_referral, referral_id, **why)
    query = """{ cases(first: 10) { nodes { id title citizen { name } viewerAccess { level }
      timeline(first: 1) { nodes { kind } } notes(first: 1) { nodes { text } }
      referrals(first: 1) { nodes { state reason reasonCategory } } } } }"""
    nodes = {node["id"]: node for node in (await api.ask(query, DLPW))["cases"]["nodes"]}
    anonymous, status = nodes[api.id("Case", shown)], nodes[api.id("Case", over)]
    assert (anonymous["viewerAccess"], status["viewerAccess"]) == ({"level": "ANONYMOUS"}, {"level": "STATUS"})
    assert (anonymous["timeline"], status["timeline"]) == ({"nodes": [{"kind": "CASE_OPENED"}]}, None)
    assert anonymous["notes"] is status["notes"] is anonymous["citizen"] is status["citizen"] is None
    assert (anonymous["title"] is None, status["title"]) == (False, None)
    assert anonymous["referrals"]["nodes"] == [{"state": "SENT", "reason": None, "reasonCategory": "COMPETENCE"}]
    assert status["referrals"]["nodes"] == [{"state": "RECALLED", "reason": None, "reasonCategory": None}]
    assert [node["notes"] for node in (await api.ask(query, AUDITOR))["cases"]["nodes"]] == [None, None]


async def test_a_case_followed_through_three_offices_keeps_them_in_order(world: World, api: Api) -> None:
    case_id = await screened(world)
    for office in OFFICES:
        await world.referral(case_id, to=office)
    query = """query ($id: ID!) { node(id: $id) { ... on Case {
      referrals(first: 5) { nodes { toOffice { code } } }
      departments { office { code } level until }
    } } }"""
    found = (await api.ask(query, VOLUNTEER, id=api.id("Case", case_id)))["node"]
    assert [node["toOffice"]["code"] for node in found["referrals"]["nodes"]] == list(OFFICES[::-1])
    assert found["departments"] == [{"office": {"code": code}, "level": "ANONYMOUS", "until": None} for code in OFFICES]
