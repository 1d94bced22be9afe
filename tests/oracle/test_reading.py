"""Whatever is read, by whomever, in whatever world: the answer is the one that the domain's table gives."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from models import (
    Activity,
    ActivityParticipant,
    Attachment,
    Case,
    CaseParty,
    CaseProblem,
    Citizen,
    Event,
    Incident,
    Note,
    Participation,
    Referral,
    Task,
    Visit,
)
from models.list_words import CaseOrder
from models.vocabulary import Level, SeatKind, SubjectKind
from tests.api import Api
from tests.oracle import activities
from tests.oracle.conftest import Drawn, seeded
from tests.oracle.drawing import chance_of
from tests.oracle.facts import Facts, Viewer
from tests.oracle.field_work import to_do
from tests.oracle.lists import cases_of, citizens_of, draw_case_filter, draw_citizen_filter
from tests.oracle.mirror import Listed, Mirror
from tests.oracle.readers import mirror
from tests.oracle.shapes import paths, tree, written

SEEDS = st.integers(0, 2**32)
DEPTH = 3
PAGE = 4
LISTED = """query ($filter: CaseFilter, $order: CaseOrder!) {
  found: cases(filter: $filter, orderBy: $order, first: 100) {
    nodes { id } totalCount { count isExact } stateCounts { state count isExact } } }"""
CITIZENS = """query ($filter: CitizenFilter) {
  found: citizens(filter: $filter, first: 100) { nodes { id } totalCount { count isExact } } }"""
FORWARD = """query ($order: CaseOrder!, $first: Int!, $after: String) {
  cases(orderBy: $order, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }"""
BACKWARD = """query ($order: CaseOrder!, $first: Int!, $after: String) {
  cases(orderBy: $order, last: $first, before: $after) {
    nodes { id } pageInfo { hasNextPage: hasPreviousPage endCursor: startCursor } } }"""


def some_of(facts: Facts, chance: Random, number: int) -> list[Viewer]:
    """Draw viewers: of every kind one, and further ones."""
    drawn = chance.sample(facts.viewers, len(facts.viewers))
    one_each = {viewer.kind: viewer for viewer in drawn}
    return [*one_each.values(), *(v for v in drawn if v not in one_each.values())][:number]


async def _check_list_part(seen: Mirror, kind: str, rows: Sequence[Any], part: Any) -> None:
    """Ask for a part of what can be seen from a list, and expect what the mirror says."""
    field = {"Case": "cases", "Citizen": "citizens", "Activity": "activities"}[kind]
    shown = "edges" if "edges" in part else "nodes"
    query = f"{{ {field}(first: 100) {{ {written(part, f'{kind}Connection')} }} }}"
    answer = await seen.api.ask(query, seen.by.handle)
    assert answer[field] == seen.answer(f"{kind}Connection", Listed(rows), part), (seen.by, shown, list(part[shown]))


def parts(kind: str, *, edges: bool, depth: int = DEPTH) -> Iterator[dict[str, Any]]:
    for part in paths(kind, depth, edges=edges):
        yield {"edges": {"node": part}} if edges else {"nodes": part}


@seeded(3)
@given(seed=SEEDS)
async def test_every_path_from_a_list_answers_what_the_table_says(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        chance = chance_of(seed)
        for by in some_of(facts, chance, 9):
            seen = mirror(facts, by, api)
            for part in parts("Case", edges=chance.random() < 0.5):
                cases = cases_of(seen, {}, CaseOrder.UPDATED)
                await _check_list_part(seen, "Case", cases, part)
            for part in parts("Citizen", edges=chance.random() < 0.5):
                await _check_list_part(seen, "Citizen", citizens_of(seen, {}), part)
            for part in parts("Activity", edges=chance.random() < 0.5, depth=2):
                await _check_list_part(seen, "Activity", activities.all_of(seen), part)


@seeded(4)
@given(seed=SEEDS)
async def test_every_filter_order_and_count_knows_only_what_is_seen(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        chance = chance_of(seed)
        for by in some_of(facts, chance, 8):
            seen = mirror(facts, by, api)
            for names in (0, *[1] * 8, 2, 2):
                await _check_list(api, seen, by, chance, names)
            for _ in range(2):
                wanted = draw_citizen_filter(seen, chance)
                found = (await api.ask(CITIZENS, by.handle, filter=wanted))["found"]
                rows = citizens_of(seen, wanted)
                assert found == seen.answer("CitizenConnection", Listed(rows), COUNTED), (by, wanted)


WORKSET = """query ($since: String) { changes(since: $since, first: 50) {
  upserts { id citizen { id } } cursor hasMore } }"""
STAMP = "INSERT INTO feed (position, event_id) SELECT row_number() OVER (ORDER BY id), id FROM event"


@seeded(2)
@given(seed=SEEDS)
async def test_a_workset_holds_the_posts_own_cases_that_it_works_on(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        async with api.world.owner.begin() as connection:
            await connection.execute(text("DELETE FROM feed"))
            await connection.execute(text(STAMP))
        told = {event.subject_id for event in facts.all(Event) if event.subject_kind is SubjectKind.CASE}
        compared = 0
        for by in some_of(facts, chance_of(seed), 12):
            seen = mirror(facts, by, api)
            own = {part.case_id for part in facts.all(Participation) if part.seat_id == by.seat_id} & told
            expected = [case for case in seen.cases() if case.id in own and _is_kept(seen, case)]
            found = await _workset(api, by)
            assert {case["id"]: case["citizen"] for case in found} == {
                api.id("Case", case.id): {"id": api.id("Citizen", case.citizen_id)} for case in expected
            }, by
            compared += len(expected)
        assert compared > 0


def _is_kept(seen: Mirror, case: Case) -> bool:
    lately = case.ended_at is None or case.ended_at > seen.facts.now - timedelta(days=30)
    return seen.reaches(case.id, Level.WORK) and case.erased_at is None and lately


async def _workset(api: Api, by: Viewer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    since, more = None, True
    while more:
        page = (await api.ask(WORKSET, by.handle, since=since))["changes"]
        found += page["upserts"]
        since, more = page["cursor"], page["hasMore"]
    return found


COUNTED: Any = {"nodes": {"id": None}, "totalCount": {"count": None, "isExact": None}}
TALLIED: Any = {"stateCounts": {"state": None, "count": None, "isExact": None}}


async def _check_list(api: Api, seen: Mirror, by: Viewer, chance: Random, names: int) -> None:
    wanted, order = draw_case_filter(seen, chance, names=names), chance.choice(list(CaseOrder))
    found = (await api.ask(LISTED, by.handle, filter=wanted, order=order.value))["found"]
    in_any_state = {name: value for name, value in wanted.items() if name != "states"}
    assert found == {
        **seen.answer("CaseConnection", Listed(cases_of(seen, wanted, order)), COUNTED),
        **seen.answer("CaseConnection", Listed(cases_of(seen, in_any_state, order)), TALLIED),
    }, (by, wanted, order)


@seeded(3)
@given(seed=SEEDS)
async def test_pages_in_every_order_and_direction_hold_every_row_that_is_seen_once(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        for by in some_of(facts, chance_of(seed), 8):
            seen = mirror(facts, by, api)
            for order in CaseOrder:
                expected = [api.id("Case", case.id) for case in cases_of(seen, {}, order)]
                assert await _walk(api, by, FORWARD, order) == expected
                assert sorted(await _walk(api, by, BACKWARD, order)) == sorted(expected)


async def _walk(api: Api, by: Viewer, query: str, order: CaseOrder) -> list[str]:
    met: list[str] = []
    after = None
    while True:
        page = (await api.ask(query, by.handle, order=order.value, first=PAGE, after=after))["cases"]
        met += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return met


@seeded(3)
@given(seed=SEEDS)
async def test_a_look_up_finds_exactly_what_is_seen_and_null_for_all_else(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        for by in some_of(facts, chance_of(seed), 10):
            seen = mirror(facts, by, api)
            for kind, rows in every_node(facts).items():
                await _check_nodes(api, seen, by, kind, rows)
            asked = [f'of{c.id}: caseByReference(reference: "{c.reference}") {{ id }}' for c in facts.all(Case)]
            assert await api.ask(f"{{ {' '.join(asked)} }}", by.handle) == {
                f"of{case.id}": {"id": api.id("Case", case.id)} if seen.level(case.id) else None
                for case in facts.all(Case)
            }


def every_node(facts: Facts) -> dict[str, Sequence[Any]]:
    """Give the rows that have ids of their own, by the types that show them."""
    events = facts.of(Event, subject_kind=SubjectKind.CASE)
    return {
        "Case": facts.all(Case),
        "Citizen": facts.all(Citizen),
        "Referral": facts.all(Referral),
        "Problem": facts.all(CaseProblem),
        "Party": facts.all(CaseParty),
        "Note": facts.all(Note),
        "Visit": facts.all(Visit),
        "Task": facts.all(Task),
        "Attachment": facts.all(Attachment),
        "TimelineEvent": events,
        "Incident": facts.all(Incident),
        "Activity": facts.all(Activity),
        "ActivityParticipant": facts.all(ActivityParticipant),
    }


ALONE: dict[str, Callable[[Mirror, Any], bool]] = {
    "Incident": Mirror.leads,
    "Activity": activities.sees,
    "ActivityParticipant": activities.is_listed,
    "Attachment": activities.shows_file,
}
"""What need not belong to a case, and who sees it."""


def is_seen(seen: Mirror, kind: str, row: Any) -> bool:
    if kind == "Case":
        return seen.level(row.id) is not None
    if kind == "Citizen":
        return seen.citizen_level(row) is not None
    if kind in ALONE:
        return ALONE[kind](seen, row)
    if kind == "TimelineEvent":
        return row in seen.events(seen.facts.one(Case, id=row.subject_id))
    return seen.visible(type(row), row.id) is not None


async def _check_nodes(api: Api, seen: Mirror, by: Viewer, kind: str, rows: Sequence[Any]) -> None:
    own = tree(kind, 1)
    query = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {kind} {{ {written(own, kind)} }} }} }}"
    for at in range(0, len(rows), 100):
        some = rows[at : at + 100]
        found = (await api.ask(query, by.handle, ids=[api.id(kind, row.id) for row in some]))["nodes"]
        assert found == [seen.answer(kind, row, own) if is_seen(seen, kind, row) else None for row in some], (by, kind)


TO_DO = "{{ viewer {{ tasks(first: 100) {{ totalCount {{ count isExact }} nodes {{ {} }} }} }} }}"


@seeded(2)
@given(seed=SEEDS)
async def test_what_is_to_be_done_is_what_is_open_and_for_the_own_post_or_office(drawn: Drawn, seed: int) -> None:
    own = tree("Task", 1)
    listed: Any = {"totalCount": {"count": None, "isExact": None}, "nodes": own}
    found = 0
    async with drawn(seed) as (facts, api):
        for by in facts.viewers:
            seen = mirror(facts, by, api)
            wanted = sorted(to_do(seen), key=lambda task: (task.due_on, task.id))
            answer = (await api.ask(TO_DO.format(written(own, "Task")), by.handle))["viewer"]["tasks"]
            assert answer == seen.answer("TaskConnection", Listed(wanted), listed), by
            found += len(wanted)
    assert found > 0


LOGS = "{ citizens(first: 100) { nodes { id accessLog(first: 100) { nodes { case { id } } } } } }"


@seeded(2)
@given(seed=SEEDS)
async def test_who_looked_is_told_to_coordinators_and_names_no_case_that_they_do_not_see(
    drawn: Drawn, seed: int
) -> None:
    async with drawn(seed) as (facts, api):
        for by in facts.viewers:
            seen = mirror(facts, by, api)
            found = {one["id"]: one["accessLog"] for one in (await api.ask(LOGS, by.handle))["citizens"]["nodes"]}
            for citizen in seen.citizens():
                log = found[api.id("Citizen", citizen.id)]
                may = by.kind is SeatKind.COORDINATOR and seen.citizen_level(citizen) is Level.FULL
                assert (log is not None) is may, (by, citizen.id)
                if log is not None:
                    named = {entry["case"]["id"] for entry in log["nodes"] if entry["case"]}
                    cases = facts.of(Case, citizen_id=citizen.id)
                    assert named == {api.id("Case", case.id) for case in cases if seen.level(case.id)}, by
