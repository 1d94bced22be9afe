"""`caseByReference(asOf:)`: how a case stood, for whoever sees it now; nothing of then can be acted on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.actions.add_note import add_note
from casework.actions.reopen_case import reopen_case
from casework.actions.unmerge_cases import unmerge_cases
from casework.rules.references import make_reference
from models.vocabulary import Audience, ReferralState
from tests.api import Api
from tests.casework import situations
from tests.schema.scenes_of_endings import merged
from tests.schema.snapshots import forgotten, whole
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    DOE,
    MENTOR,
    MONDAY,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    VOLUNTEER,
    World,
)

BRIEF = """query ($reference: String!, $at: DateTime) { case: caseByReference(reference: $reference, asOf: $at) {
  asOf state narrative problems { outcome } referrals(first: 5) { nodes { asOf state reason } }
  notes(first: 5) { nodes { text } } timeline(first: 9) { nodes { kind } } viewerAccess { level } } }"""
ONE = "query ($r: String!, $at: DateTime) { caseByReference(reference: $r, asOf: $at) { state } }"


async def _reference(world: World, case_id: int) -> str:
    found: str = await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
    return found


async def _told(world: World) -> tuple[str, datetime]:
    """A case that was referred and asked about, then reported, noted and closed; give the instant in between."""
    sent = await situations.referral_in(world, ReferralState.NEEDS_INFO)
    between = world.now
    world.now += timedelta(hours=1)
    await world.act(VOLUNTEER, add_note, case_id=sent.case_id, audience=Audience.CASE, text="โทรแล้ว")
    return await _reference(world, sent.case_id), between


LEVELS = {VOLUNTEER: "FULL", MENTOR: "WORK", COORDINATOR: "FULL", AUDITOR: "ANONYMOUS", DLPW: "WORK"}


@pytest.mark.parametrize("by", LEVELS)
async def test_whoever_sees_the_case_now_is_told_how_it_stood_at_their_level_of_now(
    world: World, api: Api, by: str
) -> None:
    reference, between = await _told(world)
    now = (await api.ask(BRIEF, by, reference=reference))["case"]
    then = (await api.ask(BRIEF, by, reference=reference, at=between.isoformat()))["case"]
    at = between.isoformat().replace("+00:00", "Z")
    reads = LEVELS[by] != "ANONYMOUS"
    assert then == {
        "asOf": at,
        "state": "SCREENING",
        "narrative": "นายจ้างค้างค่าจ้างสองเดือน" if reads else None,
        "problems": [{"outcome": None}],
        "referrals": {
            "nodes": [
                {"asOf": at, "state": "NEEDS_INFO", "reason": "อยู่ในอำนาจของสำนักงาน" if reads else None},
            ]
        },
        "notes": {"nodes": [{"text": "มีสลิปเงินเดือนหรือไม่"}]} if reads else None,
        "timeline": {"nodes": now["timeline"]["nodes"][:-1]},
        "viewerAccess": {"level": LEVELS[by]},
    }
    assert (now["asOf"], now["timeline"]["nodes"][-1]) == (None, {"kind": "NOTE_ADDED"})


@pytest.mark.parametrize("by", [OTHER_VOLUNTEER, OTHER_MENTOR, SSO, DOE, ADMIN])
async def test_a_stranger_is_told_nothing_of_any_time(world: World, api: Api, by: str) -> None:
    reference, between = await _told(world)
    assert await api.ask(ONE, by, r=reference, at=between.isoformat()) == {"caseByReference": None}


async def test_nobody_signed_in_is_told_nothing(world: World, api: Api) -> None:
    reference, between = await _told(world)
    answer = await api.answer(ONE, None, r=reference, at=between.isoformat())
    assert (answer["data"], answer["errors"][0]["extensions"]["code"]) == ({"caseByReference": None}, "NOT_SIGNED_IN")


async def test_who_has_a_status_card_is_told_the_states_of_then_and_no_outcome(world: World, api: Api) -> None:
    """The office has reported: its level is STATUS, at which the journal's events are hidden."""
    sent = await situations.referral_in(world, ReferralState.COMPLETED)
    reference = await _reference(world, sent.case_id)
    told = await whole(api, DLPW, reference, world.now - timedelta(minutes=1))
    assert (told["state"], told["referrals"]["nodes"][0]["state"]) == ("SCREENING", "COMPLETED")
    assert (told["problems"][0]["outcome"], told["timeline"], told["notes"], told["title"]) == (None, None, None, None)
    assert told["referrals"]["nodes"][0]["legalBasis"] is None
    earlier = await whole(api, DLPW, reference, world.now - timedelta(hours=1, minutes=1))
    assert earlier["referrals"]["nodes"][0]["state"] == "IN_PROGRESS"


async def test_the_instant_of_an_event_has_the_event_and_the_microsecond_before_has_not(world: World, api: Api) -> None:
    case_id = await situations.screened(world)
    reference, at = await _reference(world, case_id), world.now - timedelta(hours=1)
    for instant, state in ((at, "SCREENING"), (at - timedelta(microseconds=1), "NEW")):
        assert await api.ask(ONE, VOLUNTEER, r=reference, at=instant.isoformat()) == {
            "caseByReference": {"state": state}
        }


async def test_before_its_opening_a_case_is_as_if_it_did_not_exist(world: World, api: Api) -> None:
    case_id = await world.case()
    reference, opened = await _reference(world, case_id), world.now - timedelta(hours=1)
    absent = make_reference(province="43", buddhist_year=2569, sequence=99)
    for at in (opened - timedelta(microseconds=1), MONDAY - timedelta(days=20_000), datetime(1, 1, 2, tzinfo=UTC)):
        for asked in (reference, absent):
            assert await api.ask(ONE, VOLUNTEER, r=asked, at=at.isoformat()) == {"caseByReference": None}
    assert await api.ask(ONE, VOLUNTEER, r=reference, at=opened.isoformat()) == {"caseByReference": {"state": "NEW"}}


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-18T00:00:00Z", "DATE_IN_FUTURE"),
        ("9999-12-31T23:59:59+07:00", "BUDDHIST_YEAR"),
        ("2569-11-16T00:00:00Z", "BUDDHIST_YEAR"),
    ],
)
async def test_what_has_not_been_cannot_be_asked(world: World, api: Api, at: str, code: str) -> None:
    reference = await _reference(world, await world.case())
    answer = await api.answer(ONE, VOLUNTEER, r=reference, at=at)
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({"caseByReference": None}, code)
    assert error["extensions"]["path"] == ["asOf"]


@pytest.mark.parametrize(
    "at", ["", "yesterday", "2026-11-16", "2026-11-16T00:00:00", 5, True, [], "0001-01-01T00:00:00+14:00"]
)
async def test_what_is_no_instant_is_refused_by_the_scalar(api: Api, at: Any) -> None:
    answer = await api.answer(ONE, VOLUNTEER, r="43-2569-00001-7", at=at)
    assert answer.get("data") is None
    assert "DateTime" in answer["errors"][0]["message"]


async def test_a_clock_that_runs_ahead_a_little_is_told_of_now(world: World, api: Api) -> None:
    reference = await _reference(world, await world.case())
    told = await whole(api, VOLUNTEER, reference, world.now + timedelta(minutes=4))
    assert forgotten(await whole(api, VOLUNTEER, reference), told) == []


IDS = """query ($r: String!, $at: DateTime) { caseByReference(reference: $r, asOf: $at) {
  id problems { id } referrals(first: 1) { nodes { id case { id } } } } }"""
AGAIN = """query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Case { asOf state }
  ... on Referral { asOf sent: state } ... on Problem { asOf outcome } } }"""


async def test_what_was_then_has_ids_of_its_own_by_which_it_is_found_again_and_changed_by_nobody(
    world: World, api: Api
) -> None:
    reference, between = await _told(world)
    now = (await api.ask(IDS, VOLUNTEER, r=reference))["caseByReference"]
    then = (await api.ask(IDS, VOLUNTEER, r=reference, at=between.isoformat()))["caseByReference"]
    ids = [[one["id"], one["problems"][0]["id"], one["referrals"]["nodes"][0]["id"]] for one in (now, then)]
    assert len({*ids[0], *ids[1]}) == 6
    assert then["referrals"]["nodes"][0]["case"]["id"] == then["id"]
    at = between.isoformat().replace("+00:00", "Z")
    assert (await api.ask(AGAIN, VOLUNTEER, ids=ids[1]))["nodes"] == [
        {"id": ids[1][0], "asOf": at, "state": "SCREENING"},
        {"id": ids[1][1], "asOf": at, "outcome": None},
        {"id": ids[1][2], "asOf": at, "sent": "NEEDS_INFO"},
    ]
    for by in (OTHER_VOLUNTEER, ADMIN, None):
        assert (await api.ask(AGAIN, by, ids=ids[1]))["nodes"] == [None, None, None]
    before = await world.fingerprint()
    refused = await api.do("addNote", VOLUNTEER, case={"id": then["id"]}, text="โทรแล้ว")
    assert refused["code"] == "NOT_FOUND"
    recalled = {"referral": ids[1][2], "expectedVersion": 1, "reason": "ผิด", "category": "NOT_COMPETENT"}
    assert (await api.do("recallReferral", VOLUNTEER, **recalled))["code"] == "NOT_FOUND"
    assert await world.fingerprint() == before


async def test_nobody_can_do_anything_to_what_was_then(world: World, api: Api) -> None:
    reference, between = await _told(world)
    query = """query ($r: String!, $at: DateTime) { caseByReference(reference: $r, asOf: $at) {
      viewerCan(action: ADD_NOTE) { allowed reason }
      referrals(first: 1) { nodes { viewerCan(action: ANSWER_INFO) { allowed reason } } } } }"""
    now = (await api.ask(query, VOLUNTEER, r=reference))["caseByReference"]
    then = (await api.ask(query, VOLUNTEER, r=reference, at=between.isoformat()))["caseByReference"]
    allowed, refused = {"allowed": True, "reason": None}, {"allowed": False, "reason": "AS_OF_THE_PAST"}
    assert now == {"viewerCan": allowed, "referrals": {"nodes": [{"viewerCan": allowed}]}}
    assert then == {"viewerCan": refused, "referrals": {"nodes": [{"viewerCan": refused}]}}


async def test_a_note_of_then_is_heard_by_its_audience_of_now(world: World, api: Api) -> None:
    case_id = await situations.screened(world)
    await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.HOLDER_ONLY, text="เฉพาะเจ้าของเรื่อง")
    reference, at = await _reference(world, case_id), world.now
    await situations.transferred(world, case_id)
    for by, texts in ((VOLUNTEER, 1), (DLPW, 1), (COORDINATOR, 0)):
        told = await whole(api, by, reference, at)
        assert (len(told["notes"]["nodes"]), told["notes"]["totalCount"]["count"]) == (texts, texts), by
        assert told["journey"][-1]["until"] is None
        assert told["holder"]["id"] == api.id("Seat", (await world.actor(VOLUNTEER)).seat_id)


async def test_a_case_that_was_merged_undone_and_reopened_is_told_at_every_step(world: World, api: Api) -> None:
    target, source = await merged(world)
    reference, apart = await _reference(world, target), world.now
    was = await whole(api, COORDINATOR, reference)
    assert len(was["mergedCases"]) == 1
    world.now += timedelta(minutes=1)
    await world.on_case(COORDINATOR, unmerge_cases, source)
    world.now += timedelta(days=1)
    assert forgotten(was, await whole(api, COORDINATOR, reference, apart)) == []
    gone = await whole(api, COORDINATOR, await _reference(world, source), apart)
    assert (gone["state"], gone["mergedInto"]) == ("MERGED", {"reference": reference})
    closed = await situations.closed(world)
    reference, at = await _reference(world, closed), world.now
    was = await whole(api, COORDINATOR, reference)
    world.now += timedelta(minutes=1)
    await world.on_case(COORDINATOR, reopen_case, closed, reason="นายจ้างไม่จ่าย")
    assert (await whole(api, COORDINATOR, reference))["state"] == "IN_PROGRESS"
    assert forgotten(was, await whole(api, COORDINATOR, reference, at)) == []


async def test_two_instants_of_one_case_are_told_apart_in_one_query(world: World, api: Api) -> None:
    sent = await situations.referral_in(world, ReferralState.RECEIVED)
    reference, late = await _reference(world, sent.case_id), world.now
    early = late - timedelta(hours=1, minutes=30)
    inner = """{ state referrals(first: 5) { totalCount { count } nodes { state } }
      timeline(first: 50) { totalCount { count } nodes { kind } } departments { level } }"""
    query = f"""query ($r: String!, $early: DateTime!, $late: DateTime!) {{
      now: caseByReference(reference: $r) {inner} late: caseByReference(reference: $r, asOf: $late) {inner}
      early: caseByReference(reference: $r, asOf: $early) {inner} }}"""
    found = await api.ask(query, VOLUNTEER, r=reference, early=early.isoformat(), late=late.isoformat())
    assert found["now"] == found["late"]
    assert [one["timeline"]["totalCount"]["count"] for one in found.values()] == [4, 4, 3]
    assert [one["referrals"]["nodes"] for one in found.values()] == [
        [{"state": "RECEIVED"}],
        [{"state": "RECEIVED"}],
        [{"state": "SENT"}],
    ]
    assert [one["departments"][-1]["level"] for one in found.values()] == ["WORK", "WORK", "ANONYMOUS"]


PAGE = """query ($r: String!, $at: DateTime, $first: Int, $after: String, $last: Int, $before: String) {
  caseByReference(reference: $r, asOf: $at) { referrals(first: $first, after: $after, last: $last, before: $before) {
    nodes { toOffice { code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""


async def test_referrals_of_then_are_paged_as_those_of_now(world: World, api: Api) -> None:
    case_id = await situations.screened(world)
    offices = ["DLPW-43", "SSO-43", "DOE-43"]
    for office in offices:
        await world.referral(case_id, to=office)
    reference, at = await _reference(world, case_id), world.now
    world.now += timedelta(days=1)

    async def page(**given: Any) -> Any:
        pages = [
            (await api.ask(PAGE, VOLUNTEER, r=reference, at=when, **given))["caseByReference"]["referrals"]
            for when in (None, at.isoformat())
        ]
        assert pages[0] == pages[1], given
        return pages[0]

    first = await page(first=2)
    assert [node["toOffice"]["code"] for node in first["nodes"]] == ["DOE-43", "SSO-43"]
    rest = await page(first=2, after=first["pageInfo"]["endCursor"])
    assert ([node["toOffice"]["code"] for node in rest["nodes"]], rest["pageInfo"]["hasNextPage"]) == (
        ["DLPW-43"],
        False,
    )
    last = await page(last=1)
    assert [node["toOffice"]["code"] for node in last["nodes"]] == ["DLPW-43"]
    back = await page(last=5, before=last["pageInfo"]["startCursor"])
    assert [node["toOffice"]["code"] for node in back["nodes"]] == ["DOE-43", "SSO-43"]


async def test_an_earlier_time_costs_three_statements_more_and_its_lists_none(world: World, api: Api) -> None:
    reference, between = await _told(world)
    await api.ask(ONE, VOLUNTEER, r=reference, at=between.isoformat())
    counted = {}
    for fields in (
        "state",
        "problems { outcome }",
        "referrals(first: 5) { nodes { state } }",
        "holder { __typename }",
        "departments { level }",
        "journey { since }",
        "notes(first: 5) { nodes { text } }",
    ):
        query = f"query ($r: String!, $at: DateTime) {{ caseByReference(reference: $r, asOf: $at) {{ {fields} }} }}"
        with api.statements() as seen:
            await api.ask(query, VOLUNTEER, r=reference, at=between.isoformat())
        counted[fields.split(" ")[0].split("(")[0]] = len(seen)
    alone = counted["state"]
    assert {name: count - alone for name, count in counted.items()} == {
        "state": 0, "problems": 0, "referrals": 0, "holder": 1, "departments": 1, "journey": 1, "notes": 1,
    }  # fmt: skip
    with api.statements() as seen:
        await api.ask(ONE, VOLUNTEER, r=reference)
    assert alone - len(seen) == 3


async def test_what_is_shown_of_a_person_then_is_a_look_now(world: World, api: Api) -> None:
    reference, between = await _told(world)
    await api.ask(BRIEF, MENTOR, reference=reference, at=between.isoformat())
    await world.recorder.flush()
    seat = (await world.actor(MENTOR)).seat_id
    looks = await world.rows("SELECT level FROM citizen_access WHERE seat_id = :seat", seat=seat)
    assert [row.level for row in looks] == [3]
