"""Visits, tasks and checklists over HTTP: what they follow from, what ends them, and who is shown them."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.actions.accept_assignment import accept_assignment
from casework.actions.add_note import add_note
from casework.actions.add_task import add_task
from casework.actions.assign_case import assign_case
from casework.actions.close_undisputed import close_undisputed
from casework.actions.confirm_closing import confirm_closing
from casework.actions.dispute_referral import dispute_referral
from casework.actions.merge_cases import merge_cases
from casework.actions.reopen_case import reopen_case
from casework.actions.start_referral import start_referral
from casework.actions.unmerge_cases import unmerge_cases
from models.field_words import TaskFor
from models.vocabulary import Audience, CaseState, ReferralState
from tests.api import Api
from tests.casework import situations
from tests.schema.stage import NEIGHBOUR
from tests.schema.window import told
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, SSO, VOLUNTEER, World

FIELD_WORK = """query ($id: ID!) { node(id: $id) { ... on Case { version
  visits(first: 20) { nodes { id state plannedFor visitedAt note { text audience } madeBy { id } } }
  tasks(first: 20) { totalCount { count } nodes { id rule { code verified } title who dueOn isOverdue state
    seat { id } office { code } madeBy { id } endedBy { id } visit { id } referral { id } } }
  checklist { document { code problemTypes { code } because { rule } } state checkedBy { id } } } } }"""
TO_DO = """query ($due: Date, $after: String) { viewer { tasks(dueBy: $due, first: 2, after: $after) {
  totalCount { count } pageInfo { hasNextPage endCursor } nodes { rule { code } title } } } }"""
TUESDAY = "2026-11-17"


async def field_work(api: Api, case_id: int, by: str = VOLUNTEER) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(FIELD_WORK, by, id=api.id("Case", case_id)))["node"]
    return found


async def tasks(api: Api, case_id: int) -> list[tuple[str, str]]:
    """Give the tasks of a case by their rules, each with its state."""
    found = await field_work(api, case_id)
    return [
        (node["rule"]["code"] if node["rule"] else node["title"], node["state"]) for node in found["tasks"]["nodes"]
    ]


async def to_do(api: Api, by: str, **given: Any) -> list[str]:
    page = (await api.ask(TO_DO, by, **given))["viewer"]["tasks"]
    assert page["pageInfo"]["hasNextPage"] is False
    return [node["rule"]["code"] if node["rule"] else node["title"] for node in page["nodes"]]


async def plan(api: Api, case_id: int, day: str = TUESDAY, by: str = VOLUNTEER) -> dict[str, Any]:
    given = {"planned": {"case": api.case(case_id), "day": day}}
    return await api.do("recordVisit", by, want="visit { id state }", visit=given)


async def tell(api: Api, visit: str, outcome: str = "DONE", by: str = VOLUNTEER, **how: Any) -> dict[str, Any]:
    given = {"kept": {"visit": visit, "outcome": outcome, **how}}
    return await api.do("recordVisit", by, want="visit { id state visitedAt }", visit=given)


async def went(api: Api, case_id: int, outcome: str = "DONE", by: str = VOLUNTEER, **how: Any) -> dict[str, Any]:
    given = {"unplanned": {"case": api.case(case_id), "outcome": outcome, **how}}
    return await api.do("recordVisit", by, want="visit { id state visitedAt }", visit=given)


async def test_a_visit_is_planned_and_told_of_and_its_task_ends_of_itself(world: World, api: Api) -> None:
    case_id = await world.case()
    version = await world.version(case_id)
    visit = (await plan(api, case_id))["visit"]
    own = api.id("Seat", (await world.actor(VOLUNTEER)).seat_id)
    found = await field_work(api, case_id)
    (task,) = found["tasks"]["nodes"]
    assert task | {"id": ""} == {
        "id": "", "rule": {"code": "RECORD_VISIT", "verified": False}, "title": None, "who": "SEAT", "dueOn": TUESDAY,
        "isOverdue": False, "state": "OPEN", "seat": {"id": own}, "office": None, "madeBy": None, "endedBy": None,
        "visit": {"id": visit["id"]}, "referral": None,
    }  # fmt: skip
    told = (await tell(api, visit["id"], note="ได้สลิปเงินเดือนแล้ว", visitedAt="2026-11-16T03:00:00Z"))["visit"]
    assert (told["state"], told["visitedAt"]) == ("DONE", "2026-11-16T03:00:00Z")
    found = await field_work(api, case_id)
    assert found["visits"]["nodes"] == [
        {
            "id": visit["id"], "state": "DONE", "plannedFor": TUESDAY, "visitedAt": "2026-11-16T03:00:00Z",
            "note": {"text": "ได้สลิปเงินเดือนแล้ว", "audience": "CASE"}, "madeBy": {"id": own},
        }
    ]  # fmt: skip
    assert [(task["state"], task["endedBy"]) for task in found["tasks"]["nodes"]] == [("DONE", None)]
    assert found["version"] == version
    events = await world.rows(
        "SELECT kind, payload FROM event WHERE kind LIKE 'VISIT%' OR kind LIKE 'TASK%' ORDER BY id"
    )
    ids = await world.rows("SELECT v.id AS visit, n.id AS note FROM visit v JOIN note n ON n.id = v.note_id")
    assert [tuple(event) for event in events] == [
        ("VISIT_PLANNED", {"visit": ids[0].visit, "day": TUESDAY}),
        ("VISIT_RECORDED", {"visit": ids[0].visit, "visitState": "DONE", "note": ids[0].note}),
    ]
    again = await tell(api, visit["id"])
    assert (again["code"], again["path"]) == ("VISIT_OVER", ["input", "visit", "kept", "visit"])


@pytest.mark.parametrize(("outcome", "state"), [("NOT_MET", "DONE"), ("CANCELLED", "DROPPED")])
async def test_a_visit_at_which_nobody_was_met_is_recorded_and_a_cancelled_one_is_no_work(
    world: World, api: Api, outcome: str, state: str
) -> None:
    case_id = await world.case()
    visit = (await plan(api, case_id))["visit"]["id"]
    assert (await tell(api, visit, outcome))["visit"]["state"] == outcome
    assert await tasks(api, case_id) == [("RECORD_VISIT", state)]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-11-15", "DAY_OVER"),
        ("2569-11-20", "BUDDHIST_YEAR"),
        ("2027-11-18", "DATE_TOO_FAR"),
    ],
)
async def test_a_visit_or_a_task_for_a_day_that_cannot_be_is_refused(
    world: World, api: Api, day: str, code: str
) -> None:
    case_id = await world.case()
    before = await world.fingerprint()
    planned = await plan(api, case_id, day)
    added = await api.do("addTask", VOLUNTEER, case=api.case(case_id), title="โทร", dueOn=day)
    assert (planned["code"], planned["path"]) == (code, ["input", "visit", "planned", "day"])
    assert (added["code"], added["path"]) == (code, ["input", "dueOn"])
    assert await world.fingerprint() == before


async def test_times_of_visits_that_contradict_themselves_are_refused(world: World, api: Api) -> None:
    case_id = await world.case()
    visit = (await plan(api, case_id))["visit"]["id"]
    before = await world.fingerprint()
    refused = [
        await tell(api, visit, visitedAt="2026-11-17T03:00:00Z"),
        await tell(api, visit, visitedAt="2026-11-15T03:00:00Z"),
        await tell(api, visit, "CANCELLED", visitedAt="2026-11-16T03:00:00Z"),
        await went(api, case_id, visitedAt="2569-11-16T03:00:00Z"),
        await went(api, case_id, "CANCELLED"),
        await tell(api, api.id("Case", case_id)),
    ]
    assert [(answer["code"], answer["path"][2:]) for answer in refused] == [
        ("DATE_IN_FUTURE", ["kept", "visitedAt"]),
        ("DATES_CONTRADICT", ["kept", "visitedAt"]),
        ("VISITED_AT_UNWANTED", ["kept", "visitedAt"]),
        ("BUDDHIST_YEAR", ["unplanned", "visitedAt"]),
        ("VISIT_NOT_PLANNED", ["unplanned", "outcome"]),
        ("NOT_FOUND", ["kept", "visit"]),
    ]
    assert await world.fingerprint() == before


async def test_after_a_result_the_volunteer_is_to_call_back_within_three_days(world: World, api: Api) -> None:
    case_id = await situations.resolved(world)
    (task,) = (await field_work(api, case_id))["tasks"]["nodes"]
    assert (task["rule"]["code"], task["who"], task["dueOn"], task["state"]) == (
        "CALL_BACK", "VOLUNTEER", "2026-11-19", "OPEN",
    )  # fmt: skip
    await went(api, case_id, "NOT_MET")
    await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text="ไม่พบ")
    assert await tasks(api, case_id) == [("CALL_BACK", "OPEN")]
    await went(api, case_id, visitedAt="2026-11-16T02:00:00Z")
    assert await tasks(api, case_id) == [("CALL_BACK", "OPEN")]
    await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CITIZEN, text="แจ้งผลแล้ว")
    assert await tasks(api, case_id) == [("CALL_BACK", "DONE")]
    await world.on_case(VOLUNTEER, reopen_case, case_id, reason="ยังไม่ได้รับเงิน")
    await situations.status(world, case_id, CaseState.RESOLVED)
    assert await tasks(api, case_id) == [("CALL_BACK", "DONE"), ("CALL_BACK", "OPEN")]


async def test_a_confirmation_is_a_call_back_and_silence_is_none(world: World, api: Api) -> None:
    confirmed, by_code, silent, disputed = [await situations.resolved(world) for _ in range(4)]
    await world.on_case(VOLUNTEER, confirm_closing, confirmed, note="ผู้ร้องยืนยัน")
    card = await told(world, by_code)
    answer = await api.do("confirmClosingByCode", reference=card["reference"], trackingCode=card["code"])
    assert "code" not in answer
    card = await told(world, disputed)
    answer = await api.do(
        "disputeClosingByCode", reference=card["reference"], trackingCode=card["code"], reason="ยังไม่ได้เงิน"
    )
    assert "code" not in answer
    now, world.now = world.now, world.now + timedelta(days=10)
    async with world.system() as unit:
        assert await close_undisputed(unit, case_id=silent)
    world.now = now
    states = [await tasks(api, case_id) for case_id in (confirmed, by_code, silent, disputed)]
    assert [state for ((_, state),) in states] == ["DONE", "DONE", "DROPPED", "DROPPED"]


async def test_a_volunteer_who_takes_a_case_is_to_get_in_touch_and_then_to_tell_what_offices_report(
    world: World, api: Api
) -> None:
    sent = await situations.referral_in(world, ReferralState.IN_PROGRESS)
    await situations.asked(world, sent.case_id, NEIGHBOUR)
    await world.on_case(NEIGHBOUR, accept_assignment, sent.case_id)
    assert await tasks_of(world) == [("FIRST_CONTACT", "OPEN", date(2026, 11, 18))]
    assert await to_do(api, NEIGHBOUR) == ["FIRST_CONTACT"]
    assert await to_do(api, VOLUNTEER) == []
    await situations.complete(world, sent.referral_id)
    assert await to_do(api, NEIGHBOUR) == ["FIRST_CONTACT", "TELL_RESULT"]
    await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, reason="ยังไม่จ่าย")
    await world.on_referral(DLPW, start_referral, sent.referral_id)
    assert await to_do(api, NEIGHBOUR) == ["FIRST_CONTACT"]
    await situations.complete(world, sent.referral_id)
    assert await to_do(api, NEIGHBOUR) == ["FIRST_CONTACT", "TELL_RESULT"]
    await went(api, sent.case_id, by=NEIGHBOUR)
    assert await to_do(api, NEIGHBOUR) == []
    assert await tasks_of(world) == [
        ("FIRST_CONTACT", "DONE", date(2026, 11, 18)),
        ("TELL_RESULT", "DROPPED", date(2026, 11, 19)),
        ("TELL_RESULT", "DONE", date(2026, 11, 19)),
    ]
    await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, reason="ยังไม่จ่าย")
    await world.on_referral(DLPW, start_referral, sent.referral_id)
    await situations.complete(world, sent.referral_id)
    assert await to_do(api, NEIGHBOUR) == ["TELL_RESULT"]


async def tasks_of(world: World) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await world.rows("SELECT rule_code, state, due_on FROM task ORDER BY due_on, id")]


async def test_a_case_that_waits_is_looked_at_again_on_its_day_by_its_holder(world: World, api: Api) -> None:
    case_id = await situations.in_progress(world)
    await situations.status(world, case_id, CaseState.WAITING_CITIZEN, review_on=date(2026, 11, 25))
    assert await tasks_of(world) == [("REVIEW", "OPEN", date(2026, 11, 25))]
    assert await to_do(api, VOLUNTEER) == ["REVIEW"]
    assert await to_do(api, VOLUNTEER, due="2026-11-24") == []
    assert await to_do(api, VOLUNTEER, due="2026-11-25") == ["REVIEW"]
    await situations.status(world, case_id, CaseState.IN_PROGRESS)
    assert await tasks_of(world) == [("REVIEW", "DONE", date(2026, 11, 25))]
    await situations.status(world, case_id, CaseState.WAITING_CITIZEN, review_on=date(2026, 11, 25))
    await situations.status(world, case_id, CaseState.WITHDRAWN, reason="ขอถอนเรื่อง")
    assert await to_do(api, VOLUNTEER) == []


async def test_what_somebody_writes_down_is_done_by_whoever_takes_part(world: World, api: Api) -> None:
    case_id = await situations.in_progress(world)
    for title, who in (("ขอสลิปเงินเดือน", "SEAT"), ("โทรหานายจ้าง", "HOLDER"), ("นัดผู้ร้อง", "VOLUNTEER")):
        given = {"case": api.case(case_id), "title": title, "dueOn": TUESDAY, "who": who}
        assert (await api.do("addTask", VOLUNTEER, want="task { title }", **given))["task"] == {"title": title}
    page = (await api.ask(TO_DO, VOLUNTEER))["viewer"]["tasks"]
    assert (page["totalCount"], [node["title"] for node in page["nodes"]]) == (
        {"count": 3}, ["ขอสลิปเงินเดือน", "โทรหานายจ้าง"],
    )  # fmt: skip
    assert await to_do(api, VOLUNTEER, after=page["pageInfo"]["endCursor"]) == ["นัดผู้ร้อง"]
    for node, ending in zip(
        (await field_work(api, case_id))["tasks"]["nodes"], ("DONE", "DROPPED", "DONE"), strict=True
    ):
        done = await api.do("completeTask", VOLUNTEER, want="task { state }", task=node["id"], ending=ending)
        assert done["task"]["state"] == ending
        again = await api.do("completeTask", VOLUNTEER, task=node["id"])
        assert (again["code"], again["path"]) == ("TASK_OVER", ["input", "task"])
    kinds = await world.rows("SELECT kind, payload::text AS told FROM event WHERE kind LIKE 'TASK%' ORDER BY id")
    assert [row.kind for row in kinds] == [*["TASK_MADE"] * 3, "TASK_COMPLETED", "TASK_DROPPED", "TASK_COMPLETED"]
    assert not any("สลิป" in row.told for row in kinds)


async def test_a_task_goes_where_the_case_goes(world: World, api: Api) -> None:
    case_id = await situations.screened(world)
    for who in ("HOLDER", "VOLUNTEER"):
        await api.do("addTask", VOLUNTEER, case=api.case(case_id), title=who, dueOn=TUESDAY, who=who)
    assert await to_do(api, VOLUNTEER) == ["HOLDER", "VOLUNTEER"]
    await situations.transferred(world, case_id)
    assert await to_do(api, VOLUNTEER) == ["VOLUNTEER"]
    assert await to_do(api, DLPW) == ["HOLDER"]
    for task in (await field_work(api, case_id))["tasks"]["nodes"]:
        assert (task["seat"] is None, task["office"]) == (
            task["title"] == "HOLDER", {"code": "DLPW-43"} if task["title"] == "HOLDER" else None,
        )  # fmt: skip


async def test_what_somebody_ended_by_hand_no_rule_takes_up_again(world: World, api: Api) -> None:
    case_id = await world.case()
    await plan(api, case_id)
    (task,) = (await field_work(api, case_id))["tasks"]["nodes"]
    await api.do("completeTask", VOLUNTEER, task=task["id"], ending="DROPPED")
    await plan(api, case_id, "2026-11-18")
    assert await tasks(api, case_id) == [("RECORD_VISIT", "DROPPED"), ("RECORD_VISIT", "OPEN")]


async def test_the_tasks_of_a_merged_case_are_dropped_and_its_visits_stay(world: World, api: Api) -> None:
    kept = await world.case()
    citizen = await world.value('SELECT citizen_id FROM "case"')
    merged = await world.case(citizen_id=citizen)
    await plan(api, merged)
    versions = {"expected_version": await world.version(merged), "expected_into_version": await world.version(kept)}
    await world.act(VOLUNTEER, merge_cases, source_id=merged, target_id=kept, **versions)
    assert await tasks(api, kept) == []
    assert await tasks_of(world) == [("RECORD_VISIT", "DROPPED", date(2026, 11, 17))]
    assert await world.value("SELECT state FROM visit") == "PLANNED"
    await world.on_case(VOLUNTEER, unmerge_cases, merged)
    assert await tasks(api, merged) == [("RECORD_VISIT", "OPEN")]


async def test_verbs_of_an_office_that_sees_no_person_leave_the_tasks_as_they_are(world: World, api: Api) -> None:
    sent = await situations.referral_in(world, ReferralState.IN_PROGRESS)
    await plan(api, sent.case_id)
    await situations.complete(world, sent.referral_id)
    assert await tasks(api, sent.case_id) == [("RECORD_VISIT", "OPEN"), ("TELL_RESULT", "OPEN")]


async def test_the_checklist_names_the_documents_of_the_problems_and_where_each_is(world: World, api: Api) -> None:
    case_id = await world.case()
    items = (await field_work(api, case_id))["checklist"]
    assert [(item["document"]["code"], item["state"], item["checkedBy"]) for item in items] == [
        ("IDENTITY_CARD", "NEEDED", None),
        ("EMPLOYMENT_CONTRACT", "NEEDED", None),
        ("WAGE_RECORDS", "NEEDED", None),
    ]
    assert items[0]["document"]["problemTypes"] == [{"code": "UNPAID_WAGES"}]
    assert items[0]["document"]["because"] == {"rule": "IDENTITY_CARD"}
    for state in ("NOT_AVAILABLE", "RECEIVED"):
        given: dict[str, Any] = {"case": api.case(case_id), "document": "WAGE_RECORDS", "state": state}
        done = await api.do("checkDocument", VOLUNTEER, want="case { checklist { state } }", **given)
        assert [item["state"] for item in done["case"]["checklist"]] == ["NEEDED", "NEEDED", state]
    before = await world.fingerprint()
    given = {"case": api.case(case_id), "document": "PASSPORT", "state": "RECEIVED"}
    refused = await api.do("checkDocument", VOLUNTEER, **given)
    assert (refused["code"], refused["path"]) == ("DOCUMENT_UNKNOWN", ["input", "document"])
    assert await world.fingerprint() == before
    payloads = await world.rows("SELECT payload FROM event WHERE kind = 'DOCUMENT_CHECKED' ORDER BY id")
    assert [row.payload["documentState"] for row in payloads] == ["NOT_AVAILABLE", "RECEIVED"]


@pytest.mark.parametrize(
    ("by", "shown"), [(MENTOR, True), (COORDINATOR, True), (AUDITOR, False), (SSO, None), (ADMIN, None)]
)
async def test_field_work_is_shown_from_level_work_on(world: World, api: Api, by: str, *, shown: bool | None) -> None:
    case_id = await world.case()
    visit = (await plan(api, case_id))["visit"]["id"]
    found = await field_work(api, case_id, by)
    if shown is None:
        assert found is None
    else:
        assert [found[name] is not None for name in ("visits", "tasks", "checklist")] == [shown] * 3
    assert (await tell(api, visit, by=by))["code"] == ("NOT_PERMITTED" if shown else "NOT_FOUND")


async def test_boards_of_one_case_and_of_many_ask_as_often(world: World, api: Api) -> None:
    board = """{ cases(first: 10) { nodes { visits(first: 5) { nodes { note { text } } } checklist { state }
      tasks(first: 5) { nodes { title visit { state } seat { id } } } } } }"""
    counts = []
    for _ in range(2):
        case_id = await world.case()
        await plan(api, case_id)
        await went(api, case_id, note="พบแล้ว")
        await api.do("addTask", VOLUNTEER, case=api.case(case_id), title="โทร", dueOn=TUESDAY)
        with api.statements() as seen:
            await api.ask(board, VOLUNTEER)
        counts.append(len(seen))
    assert counts == [10, 10]


async def test_what_somebody_wrote_down_comes_back_with_the_case_and_goes_to_the_next_volunteer(
    world: World, api: Api
) -> None:
    case_id = await situations.screened(world)
    own = {"title": "โทรหานายจ้าง", "due": (world.now + timedelta(days=30)).date(), "who": TaskFor.SEAT}
    await world.act(VOLUNTEER, add_task, case_id=case_id, **own)
    other = await world.case(VOLUNTEER, citizen_id=await world.value('SELECT citizen_id FROM "case"'))
    versions = {"expected_version": await world.version(case_id), "expected_into_version": await world.version(other)}
    await world.act(VOLUNTEER, merge_cases, source_id=case_id, target_id=other, **versions)
    assert ("โทรหานายจ้าง", "DROPPED") in await tasks(api, case_id)
    await world.on_case(VOLUNTEER, unmerge_cases, case_id)
    assert ("โทรหานายจ้าง", "OPEN") in await tasks(api, case_id)

    await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=(await world.actor(NEIGHBOUR)).seat_id)
    await world.on_case(NEIGHBOUR, accept_assignment, case_id)
    assert "โทรหานายจ้าง" in await to_do(api, NEIGHBOUR)
