"""A page of fifty cases costs as many statements as a page of one; canonical operations cost what is written here."""

from typing import Any
from uuid import uuid4

import pytest

from casework.actions.add_note import add_note
from models.export_words import ExportLanguage
from models.list_words import CaseOrder
from models.vocabulary import Audience
from resolvers.case_filters import CaseFilter
from resolvers.context import Context
from resolvers.exported_cases import ids_in_order, lines_of
from tests.api import Api
from tests.files import PHOTO, attach
from tests.resolvers.herd import herd
from tests.schema.stage import screened, seat_id
from tests.world import COORDINATOR, DLPW, VOLUNTEER, World

BOARD = """query ($office: String!, $first: Int!) {
  cases(first: $first, orderBy: UPDATED, filter: {office: {code: $office}, states: [SCREENING]}) {
    nodes {
      reference title state priority openedAt dueAt
      citizen { name }
      volunteer { name area { name } }
      holder { ... on Volunteer { name } ... on Mentor { name } ... on Office { name } }
      referrals(first: 5) { nodes { toOffice { name } state } }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""
FILTERS = """states: [SCREENING], search: "ค่าจ้าง", problemTypes: ["UNPAID_WAGES"], agency: "DLPW", area: "4301",
    sensitive: false, overdue: false, openedBetween: {from: "2026-01-01T00:00:00Z"}, updatedBetween: {}"""
FOLLOW = """query ($reference: String!) { caseByReference(reference: $reference) {
  id reference state version title priority sensitive channel openedAt openedAtThai updatedAt updatedAtThai
  dueAt dueAtThai reviewOn reviewOnThai endedAt area { name parent { name parent { name } } }
  citizen { name phones addresses identifiers { kind lastFour } area { name } viewerLevel }
  narrative workplaceName workplaceArea { name }
  problems { type { name legalClocks { name } } responsibleAgency { name } outcome amountClaimed amountRecovered }
  holder { ... on Volunteer { name } ... on Mentor { name } ... on Office { name } }
  volunteer { name incumbent { name } } proposedVolunteer { name }
  referrals(first: 20) { nodes { kind state toOffice { name } fromSeat { name } reason reply report isOverdue } }
  departments { office { name } level since until }
  journey { holder { ... on Volunteer { name } ... on Office { name } } since until dwellThai }
  timeline(last: 20) { nodes { recordedAt summary actor { name } actorAgency { code } note { text } } }
  notes(first: 20) { nodes { text author { name } } }
  eventsCursor viewerAccess { level reason } viewerCan(action: REFER) { allowed reason }
} }"""
QUEUE = """query ($seat: ID!, $first: Int!) { cases(first: $first, filter: {holder: {seat: $seat}}) {
  nodes { reference title state priority dueAt citizen { name } problems { type { name } } area { name } }
  pageInfo { hasNextPage }
} }"""
LISTS = {
    "plain": ("id state title area { name }", 2),
    "citizen": ("citizen { name area { name } }", 3),
    "phones": ("citizen { phones }", 5),
    "contacts": ("citizen { phones addresses identifiers { lastFour } }", 5),
    "content": ("narrative", 3),
    "problems": ("problems { type { name } responsibleAgency { name } }", 3),
    "holder": ("holder { ... on Volunteer { name incumbent { name } } }", 3),
    "volunteer": ("volunteer { name incumbent { name } area { name } }", 3),
    "departments": ("departments { office { name agency { name } } level }", 3),
    "journey": ("journey { holder { ... on Volunteer { name } } since }", 4),
    "referrals": ("referrals(first: 5) { nodes { state toOffice { name } } }", 3),
    "referrals' texts": ("referrals(first: 5) { nodes { reason } }", 4),
    "referrals' case": ("referrals(first: 5) { nodes { case { reference } } }", 4),
    "referrals' permission": ("referrals(first: 5) { nodes { viewerCan(action: RECEIVE) { allowed } } }", 4),
    "referrals counted": ("referrals(first: 5) { totalCount { count } }", 4),
    "timeline": ("timeline(last: 20) { nodes { kind recordedAt } }", 3),
    "timeline's actors": ("timeline(last: 20) { nodes { actor { name } } }", 4),
    "timeline's notes": ("timeline(last: 20) { nodes { note { text } } }", 4),
    "timeline's referrals": ("timeline(last: 20) { nodes { referral { state } } }", 4),
    "attachments": ("attachments(first: 20) { nodes { fileName author { name } download { url } } }", 4),
    "notes": ("notes(first: 20) { nodes { text author { name } } }", 4),
    "access": ("viewerAccess { level reason } viewerCan(action: REFER) { allowed }", 3),
    "cursor": ("eventsCursor", 3),
}


async def _cases(world: World, count: int) -> int:
    """Make screened cases, each with a note and a referral to DLPW."""
    model = await screened(world)
    await world.referral(model)
    await attach(world, model, PHOTO)
    await world.act(VOLUNTEER, add_note, case_id=model, audience=Audience.CASE, text="โทรแล้ว")
    await herd(world, model, count - 1)
    return model


async def _count(api: Api, query: str, by: str, *, cases: int, **variables: Any) -> int:
    await api.ask(query, by, **variables)  # a connection's first statements ask for types
    with api.statements() as seen:
        found = await api.ask(query, by, **variables)
    assert len(found["cases"]["nodes"]) == cases
    return len(seen)


@pytest.mark.parametrize("by", [VOLUNTEER, COORDINATOR])
async def test_every_list_costs_the_same_at_one_case_and_at_fifty(world: World, api: Api, by: str) -> None:
    await _cases(world, 50)
    counted = {}
    for name, (fields, _) in LISTS.items():
        query = f"query ($first: Int!) {{ cases(first: $first) {{ nodes {{ {fields} }} }} }}"
        counted[name] = tuple([await _count(api, query, by, cases=first, first=first) for first in (1, 50)])
    assert counted == {name: (statements, statements) for name, (_, statements) in LISTS.items()}


async def test_a_department_board_costs_five_statements_at_one_case_and_at_fifty(world: World, api: Api) -> None:
    await _cases(world, 50)
    for first in (1, 50):
        given = {"office": "DLPW-43", "first": first}
        assert await _count(api, BOARD, COORDINATOR, cases=first, **given) == 5
        assert await _count(api, BOARD, DLPW, cases=first, **given) == 4


async def test_a_board_with_every_filter_a_search_and_its_tabs_costs_seven_at_one_case_and_at_fifty(
    world: World, api: Api
) -> None:
    await _cases(world, 50)
    query = BOARD.replace("states: [SCREENING]", FILTERS).replace(
        "pageInfo {", "totalCount { count } stateCounts { count } pageInfo {"
    )
    for order in ("UPDATED", "OPENED", "DUE", "PRIORITY"):
        asked = query.replace("orderBy: UPDATED", f"orderBy: {order}")
        for first in (1, 50):
            assert await _count(api, asked, COORDINATOR, cases=first, office="DLPW-43", first=first) == 7


async def test_a_case_with_all_its_fields_is_followed_with_twenty_three_statements(world: World, api: Api) -> None:
    await _cases(world, 1)
    reference = await world.value('SELECT reference FROM "case"')
    await api.ask(FOLLOW, VOLUNTEER, reference=reference)
    with api.statements() as seen:
        found = (await api.ask(FOLLOW, VOLUNTEER, reference=reference))["caseByReference"]
    assert [event["note"] for event in found["timeline"]["nodes"]][-1] == {"text": "โทรแล้ว"}
    assert len(seen) == 23


async def test_a_volunteers_queue_costs_four_statements(world: World, api: Api) -> None:
    await _cases(world, 20)
    seat = await seat_id(api, VOLUNTEER)
    for first in (1, 20):
        assert await _count(api, QUEUE, VOLUNTEER, cases=first, seat=seat, first=first) == 4


async def test_the_public_directory_costs_no_statement(api: Api) -> None:
    query = """{ agencies { offices { name province { name } } } problemTypes { code legalClocks { law } }
      areas(first: 100) { nodes { parent { name } } totalCount { count } } offices(first: 100) { nodes { name } } }"""
    with api.statements() as seen:
        await api.ask(query)
    assert seen == []


async def test_who_asks_costs_one_statement_and_their_post_another(api: Api) -> None:
    query = "{ viewer { person { name } seat { name } office { name } agency { name } } }"
    await api.ask(query, DLPW)
    with api.statements() as seen:
        await api.ask(query, DLPW)
    assert len(seen) == 3


async def test_a_piece_of_a_file_costs_four_statements_for_one_case_and_for_fifty(world: World, api: Api) -> None:
    await _cases(world, 50)
    by = await world.actor(COORDINATOR)
    services = world.services()
    for most in (1, 50):
        context = Context(services, thai=True, reference=world.reference, now=world.now, request_id=uuid4().hex)
        await context.stand_in(by.account_id, by.seat_id)
        ids = await ids_in_order(context, CaseFilter(), CaseOrder.UPDATED, most=most)
        with api.statements() as seen:
            assert len(await lines_of(context, ids, ExportLanguage.TH)) == most
        await context.close()
        assert len(seen) == 4
