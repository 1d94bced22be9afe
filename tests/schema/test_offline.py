"""A queue that was filled offline: what becomes of each operation, and that none is lost or done twice."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from casework.actions.accept_assignment import accept_assignment
from casework.actions.add_task import add_task
from casework.actions.assign_case import assign_case
from casework.actions.plan_absence import Absence, plan_absence
from casework.actions.record_outcome import record_outcome
from casework.actions.record_visit import plan_visit
from casework.actions.update_case_status import update_case_status
from casework.outcomes import Result
from casework.rules.calendar import bangkok_day
from models.field_words import TaskFor
from models.vocabulary import CaseState, Outcome
from resolvers.queues import MOST_OPERATIONS
from tests.api import Api
from tests.schema.stage import NEIGHBOUR, queue_owner, screened
from tests.schema.test_replay import Guillotine
from tests.world import OTHER_VOLUNTEER, VOLUNTEER, World

CAPTURED = "2026-11-16T01:30:00Z"
WANT = """results { operationId status citizen { id } visit { state } task { state } note { text }
  case { id state version holder { ... on Seat { id } ... on Office { id } } viewerAccess { level } }
  refusal { __typename code path ... on VersionConflict { current { ... on Case { version state } } } } }"""


def op(verb: str, /, *, seen: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """Capture an operation."""
    intent = {verb: {"operationId": str(uuid4()), "capturedAt": CAPTURED, **given}}
    return {"intent": intent} if seen is None else {"intent": intent, "seen": seen}


def id_of(operation: dict[str, Any]) -> str:
    ((_, given),) = operation["intent"].items()
    found: str = given["operationId"]
    return found


async def send(api: Api, *operations: dict[str, Any], by: str = VOLUNTEER) -> list[dict[str, Any]]:
    """Send the queue of `by`; give the results."""
    answer = await api.do(
        "applyOperations", by, want=WANT, queueOwner=await queue_owner(api, by), operations=operations
    )
    assert [result["operationId"] for result in answer["results"]] == [id_of(operation) for operation in operations]
    results: list[dict[str, Any]] = answer["results"]
    return results


def statuses(results: list[dict[str, Any]]) -> list[str]:
    return [result["status"] for result in results]


async def seen(api: Api, state: str, by: str = VOLUNTEER) -> dict[str, str]:
    return {"state": state, "holder": api.id("Seat", (await api.world.actor(by)).seat_id)}


async def give_away(world: World, case_id: int) -> None:
    """Let the neighbour take the case over."""
    neighbour = await world.actor(NEIGHBOUR)
    await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=neighbour.seat_id)
    await world.on_case(NEIGHBOUR, accept_assignment, case_id)


def a_day_in_the_field() -> list[dict[str, Any]]:
    """Register, open, screen, visit and note, each naming what came before by its operation."""
    register = op("registerCitizen", givenName="คำมูล", familyName="ศรีสุข")
    opened = op(
        "openCase",
        citizen={"registeredBy": id_of(register)},
        problemTypes=["UNPAID_WAGES"],
        area="430116",
        narrative="ค้างค่าแรง 20 วัน",
        channel="VOLUNTEER",
    )
    case = {"openedBy": id_of(opened)}
    return [
        register,
        opened,
        op("updateCaseStatus", case=case, expectedVersion=1, state="SCREENING"),
        op("recordVisit", visit={"unplanned": {"case": case, "outcome": "DONE", "note": "พบที่บ้าน"}}),
        op("addNote", case=case, text="โทรหานายจ้างแล้ว"),
        op(
            "recordOutcome", case=case, expectedVersion=2, problemType="UNPAID_WAGES", outcome="PAID",
            amountRecovered="9000.00",
        ),
    ]  # fmt: skip


async def test_a_day_is_applied_in_its_order_and_sent_again_it_changes_nothing(world: World, api: Api) -> None:
    day = a_day_in_the_field()
    first = await send(api, *day)
    assert statuses(first) == ["APPLIED"] * 6
    case_id = await world.value('SELECT id FROM "case"')
    assert [result["case"]["id"] for result in first if result["case"]] == [api.id("Case", case_id)] * 3
    assert first[0]["citizen"] == {"id": api.id("Citizen", await world.value("SELECT id FROM citizen"))}
    assert (first[3]["visit"], first[4]["note"]) == ({"state": "DONE"}, {"text": "โทรหานายจ้างแล้ว"})
    assert (first[5]["case"]["state"], first[5]["case"]["version"]) == ("SCREENING", 3)
    kinds = [kind for (kind,) in await world.rows("SELECT kind FROM event WHERE operation_id IS NOT NULL ORDER BY id")]
    assert kinds == [
        "CITIZEN_REGISTERED", "CASE_OPENED", "CASE_STATUS_CHANGED", "VISIT_RECORDED", "NOTE_ADDED", "OUTCOME_RECORDED",
    ]  # fmt: skip
    after = await world.fingerprint()
    again = await send(api, *day)
    assert statuses(again) == ["DUPLICATE"] * 6
    assert [result | {"status": ""} for result in again] == [result | {"status": ""} for result in first]
    ((_, noted),) = day[4]["intent"].items()
    alone = await api.do("addNote", VOLUNTEER, want="note { text }", **noted)
    assert alone == {"__typename": "AddNotePayload", "note": {"text": "โทรหานายจ้างแล้ว"}}
    assert await world.fingerprint() == after


async def test_what_is_refused_does_not_hold_up_the_others_and_names_its_place(world: World, api: Api) -> None:
    case_id = await world.case()
    case = api.case(case_id)
    task_id = await world.act(
        VOLUNTEER, add_task, case_id=case_id, title="โทร", due=bangkok_day(world.now), who=TaskFor.VOLUNTEER
    )
    unknown = {"openedBy": str(uuid4())}
    results = await send(
        api,
        op("addNote", case=case, text=" "),
        op("addNote", case=unknown, text="โทรแล้ว"),
        op("updateCaseStatus", case=case, expectedVersion=1, state="RESOLVED"),
        op("completeTask", task=api.id("Task", task_id)),
        op("completeTask", task=api.id("Task", task_id)),
    )
    assert statuses(results) == ["REFUSED", "REFUSED", "REFUSED", "APPLIED", "REFUSED"]
    assert [result["refusal"] and (result["refusal"]["code"], result["refusal"]["path"]) for result in results] == [
        ("TEXT_MISSING", ["input", "operations", "0", "intent", "addNote", "text"]),
        ("NOT_FOUND", ["input", "operations", "1", "intent", "addNote", "case", "openedBy"]),
        ("CASE_STEP_ILLEGAL", ["input", "operations", "2", "intent", "updateCaseStatus", "state"]),
        None,
        ("TASK_OVER", ["input", "operations", "4", "intent", "completeTask", "task"]),
    ]
    own = api.id("Seat", (await world.actor(VOLUNTEER)).seat_id)
    assert results[0]["case"]["holder"] == results[2]["case"]["holder"] == {"id": own}
    assert (results[1]["case"], results[3]["task"]) == (None, {"state": "DONE"})


async def test_it_is_rebased_while_what_it_rests_on_stands_and_else_a_conflict(world: World, api: Api) -> None:
    case_id = await screened(world)
    version = await world.version(case_id)
    step: dict[str, Any] = {"case": api.case(case_id), "expectedVersion": version}
    paid = Result(Outcome.PAID)
    outcome = {"problem_type_code": "UNPAID_WAGES", "result": paid}
    await world.on_case(VOLUNTEER, record_outcome, case_id, **outcome)
    stands = await seen(api, "SCREENING")
    unseen = op("updateCaseStatus", **step, state="IN_PROGRESS")
    over = op("recordOutcome", seen=stands, **step, problemType="UNPAID_WAGES", outcome="SETTLED")
    before = await world.fingerprint()
    for conflict in (unseen, over):
        (result,) = await send(api, conflict)
        assert (result["status"], result["case"]["version"]) == ("CONFLICT", version + 1)
        assert result["refusal"]["code"] == "VERSION_CONFLICT"
        assert result["refusal"]["current"] == {"version": version + 1, "state": "SCREENING"}
    assert await world.fingerprint() == before

    rebased = op("updateCaseStatus", seen=stands, **step, state="IN_PROGRESS")
    (result,) = await send(api, rebased)
    assert (result["status"], result["case"]["state"], result["case"]["version"]) == (
        "REBASED",
        "IN_PROGRESS",
        version + 2,
    )
    assert statuses(await send(api, rebased)) == ["DUPLICATE"]

    late = op("updateCaseStatus", seen=stands, **step, state="IN_PROGRESS")
    elsewhere = op(
        "updateCaseStatus", seen=await seen(api, "IN_PROGRESS", NEIGHBOUR), **step, state="WAITING_CITIZEN",
        reviewOn="2026-11-20",
    )  # fmt: skip
    missing = op("updateCaseStatus", seen=await seen(api, "IN_PROGRESS"), **step, state="WAITING_CITIZEN")
    withdrawn = op("updateCaseStatus", seen=stands, **step, state="WITHDRAWN", reason="ผู้ร้องขอถอน")
    results = await send(api, late, elsewhere, missing, withdrawn)
    assert statuses(results) == ["CONFLICT", "CONFLICT", "REFUSED", "REBASED"]
    assert results[2]["refusal"]["code"] == "REVIEW_DATE_MISSING"
    assert await world.value('SELECT state FROM "case"') == "WITHDRAWN"


async def test_who_lost_the_case_leaves_late_notes_for_its_holder_once(world: World, api: Api) -> None:
    case_id = await screened(world)
    case, today = api.case(case_id), bangkok_day(world.now)
    version = await world.version(case_id)
    visit = await world.act(VOLUNTEER, plan_visit, case_id=case_id, day=today)
    task = await world.act(VOLUNTEER, add_task, case_id=case_id, title="โทร", due=today, who=TaskFor.VOLUNTEER)
    await give_away(world, case_id)
    queue = [
        op("addNote", case=case, text="พบพยานแล้ว", audience="CITIZEN"),
        op("updateCaseStatus", case=case, expectedVersion=version, state="IN_PROGRESS"),
        op("recordOutcome", case=case, expectedVersion=version, problemType="UNPAID_WAGES", outcome="PAID"),
        op("recordVisit", visit={"planned": {"case": case, "day": "2026-11-20"}}),
        op("recordVisit", visit={"unplanned": {"case": case, "outcome": "NOT_MET"}}),
        op("recordVisit", visit={"kept": {"visit": api.id("Visit", visit), "outcome": "DONE", "note": "ได้สลิป"}}),
        op("completeTask", task=api.id("Task", task)),
    ]
    results = await send(api, *queue)
    assert statuses(results) == ["SALVAGED"] * 7
    neighbour = api.id("Seat", (await world.actor(NEIGHBOUR)).seat_id)
    for result in results:
        assert (result["case"]["holder"], result["case"]["viewerAccess"]["level"]) == ({"id": neighbour}, "STATUS")
        assert (result["note"], result["visit"], result["task"], result["refusal"]) == (None, None, None, None)
    notes = await world.rows(
        "SELECT text, audience, late, author_seat_id, captured_at FROM note WHERE late ORDER BY id"
    )
    assert [note.text for note in notes] == [
        "พบพยานแล้ว",
        f"ขอเปลี่ยนสถานะเป็น {CaseState.IN_PROGRESS.th}",
        f"ผลของปัญหา {world.reference.problem_types['UNPAID_WAGES'].name_th}: {Outcome.PAID.th}",
        "นัดเยี่ยมวันที่ 20 พ.ย. 2569",
        "การเยี่ยม: ไม่พบ",
        "การเยี่ยม: พบแล้ว\nได้สลิป",
        "งาน ครบกำหนด 16 พ.ย. 2569: ทำแล้ว",
    ]
    own = await world.actor(VOLUNTEER)
    assert {(note.audience, note.author_seat_id, f"{note.captured_at:%H:%M}") for note in notes} == {
        ("HOLDER_ONLY", own.seat_id, "01:30")
    }
    told = await world.rows("SELECT payload->>'late' AS late, audience FROM event WHERE payload ? 'late' ORDER BY id")
    assert [tuple(event) for event in told] == [(next(iter(operation["intent"])), "HOLDER_ONLY") for operation in queue]
    after = await world.fingerprint()
    assert statuses(await send(api, *queue)) == ["SALVAGED"] * 7
    ((_, note),) = queue[0]["intent"].items()
    assert (await api.do("addNote", VOLUNTEER, **note))["code"] == "OPERATION_REUSED"
    assert statuses(await send(api, op("addNote", **{**note, "text": "อื่น"}))) == ["REFUSED"]
    assert await world.fingerprint() == after

    query = "query ($id: ID!) { node(id: $id) { ... on Case { notes(first: 9) { nodes { text late } } } } }"
    read = await api.ask(query, NEIGHBOUR, id=case["id"])
    assert [node["late"] for node in read["node"]["notes"]["nodes"]] == [True] * 7


async def test_who_never_took_part_leaves_nothing_and_an_ended_case_takes_nothing(world: World, api: Api) -> None:
    case_id = await world.case()
    await give_away(world, case_id)
    note = op("addNote", case=api.case(case_id), text="พบพยานแล้ว")
    await world.on_case(NEIGHBOUR, update_case_status, case_id, state=CaseState.WITHDRAWN, reason="ผู้ร้องขอถอน")
    before = await world.fingerprint()
    (stranger,) = await send(api, note, by=OTHER_VOLUNTEER)
    assert (stranger["status"], stranger["refusal"]["code"], stranger["case"]) == ("REFUSED", "NOT_FOUND", None)
    (former,) = await send(api, note)
    assert (former["status"], former["refusal"]["code"]) == ("REFUSED", "CASE_ENDED")
    assert former["case"]["state"] == "WITHDRAWN"
    assert await world.fingerprint() == before


async def test_the_queue_of_another_account_or_post_is_refused_whole(world: World, api: Api) -> None:
    case_id = await world.case()
    queue = [op("addNote", case=api.case(case_id), text="โทรแล้ว")]
    seats = [(await world.actor(by)).seat_id for by in (VOLUNTEER, NEIGHBOUR)]
    await world.act(
        VOLUNTEER, plan_absence, seat_id=seats[0], expected_version=1,
        absence=Absence(seats[1], until=world.now.replace(day=20)),
    )  # fmt: skip
    before = await world.fingerprint()
    refusals = [
        await api.do("applyOperations", VOLUNTEER, queueOwner=owner, operations=queue)
        for owner in (await queue_owner(api, NEIGHBOUR), "", api.id("Seat", seats[0]))
    ]
    for refused in refusals:
        assert (refused["__typename"], refused["code"]) == ("NotPermitted", "QUEUE_OF_ANOTHER")
        assert refused["path"] == ["input", "queueOwner"]
    in_the_other_post = await api.client.post(
        "/graphql",
        json={"query": "{ viewer { queueOwner } }"},
        headers={**api.headers(NEIGHBOUR), "prasan-seat": api.id("Seat", seats[0])},
    )
    other = in_the_other_post.json()["data"]["viewer"]["queueOwner"]
    assert other not in {await queue_owner(api, NEIGHBOUR), await queue_owner(api, VOLUNTEER)}
    assert (await api.do("applyOperations", VOLUNTEER, queueOwner=other, operations=queue))[
        "code"
    ] == "QUEUE_OF_ANOTHER"
    assert await world.fingerprint() == before


async def test_more_than_fifty_at_once_are_refused_whole(world: World, api: Api) -> None:
    queue = [op("registerCitizen", givenName="ก", familyName="ข")] * (MOST_OPERATIONS + 1)
    owner = await queue_owner(api, VOLUNTEER)
    refused = await api.do("applyOperations", VOLUNTEER, queueOwner=owner, operations=queue)
    assert (refused["code"], refused["path"]) == ("TOO_MANY", ["input", "operations"])
    assert await world.value("SELECT count(*) FROM citizen") == 0
    done = await api.do("applyOperations", VOLUNTEER, want="results { status }", queueOwner=owner, operations=queue[1:])
    assert statuses(done["results"]) == ["APPLIED"] + ["DUPLICATE"] * (MOST_OPERATIONS - 1)
    assert await world.value("SELECT count(*) FROM citizen") == 1


async def test_after_a_crash_between_two_operations_the_first_is_durable_and_the_queue_goes_on(world: World) -> None:
    feed = Guillotine()
    async with Api.around(world, feed=feed) as api:
        day = a_day_in_the_field()[:2]
        request = asyncio.create_task(send(api, *day))
        with pytest.raises(asyncio.CancelledError):
            await request
        assert feed.fell
        assert await world.value("SELECT count(*) FROM citizen") == 1
        assert await world.value('SELECT count(*) FROM "case"') == 0
        assert statuses(await send(api, *day)) == ["DUPLICATE", "APPLIED"]
        assert await world.value("SELECT count(*) FROM citizen") == 1
