"""Hand a post over: the next person, the receipt, and nothing that moves or is lost."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from casework.accounts import NewAccount
from casework.actions.confirm_handover import confirm_handover
from casework.actions.follow_case import follow_case
from casework.actions.hand_over_seat import Passing, hand_over_seat
from casework.demo.network import subject_of
from casework.errors import Refusal, RefusalCode
from casework.rules.states import ENDED
from casework.versions import Versioned
from models.post_words import HandoverReason
from models.vocabulary import CaseState, IncumbencyKind, Language
from tests.casework import situations
from tests.casework.actions.test_appoint_incumbent import DAY, appoint, seat_of, seats
from tests.casework.actions.test_plan_absence import cancel, plan, planned, version_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code, R = RefusalCode, HandoverReason
NEIGHBOUR = "volunteer 430117"
HEIR = NewAccount(subject_of("heir"), "นาง", "สายใจ", "คำภา", "Saichai", "Khampha")


async def hand_over(world: World, handle: str, person: Any = HEIR, *, by: str = COORDINATOR, **more: Any) -> int:
    seat_id = await seat_of(world, handle)
    passing = Passing(**{"reason": R.RESIGNED, "person": person, **more})
    given = {"expected_version": await version_of(world, seat_id), "passing": passing}
    return await world.act(by, hand_over_seat, seat_id=seat_id, **given)


async def items(world: World, handover_id: int) -> list[tuple[str, int, int | None]]:
    listed = "SELECT kind, case_id, about_id FROM handover_item WHERE handover_id = :id ORDER BY position"
    return [tuple(row) for row in await world.rows(listed, id=handover_id)]


async def subject_in(world: World, seat_id: int) -> UUID:
    """Give who fills the post without an end."""
    found: UUID = await world.value(
        "SELECT subject FROM account a JOIN incumbency i ON i.account_id = a.id"
        " WHERE i.seat_id = :id AND i.until IS NULL",
        id=seat_id,
    )
    return found


HOLDS = """SELECT id, holder_seat_id, holder_office_id, volunteer_seat_id, state, version FROM "case" ORDER BY id"""
PARTS = "SELECT id, seat_id, office_id, level, until FROM participation ORDER BY id"


async def test_one_leaves_and_the_next_begins_at_the_same_instant_and_no_case_moves(world: World) -> None:
    await world.case()
    seat_id, at = await seat_of(world, VOLUNTEER), world.now
    before = [await world.rows(statement) for statement in (HOLDS, PARTS)]
    handover_id = await hand_over(world, VOLUNTEER, languages=frozenset({Language.LO, Language.EN}))
    assert [await world.rows(statement) for statement in (HOLDS, PARTS)] == before
    left, came = await world.rows("SELECT * FROM incumbency WHERE seat_id = :id ORDER BY since", id=seat_id)
    assert (left.until, came.since, came.until, came.kind, came.languages) == (at, at, None, "PRIMARY", ["EN", "LO"])
    (row,) = await world.rows("SELECT * FROM handover")
    ends = (row.id, row.seat_id, row.from_incumbency_id, row.to_incumbency_id, row.by_seat_id, row.reason, row.at)
    coordinator = await seat_of(world, COORDINATOR)
    assert ends == (handover_id, seat_id, left.id, came.id, coordinator, "RESIGNED", at)
    (event,) = await world.rows("SELECT subject_kind, subject_id, kind, payload FROM event ORDER BY id DESC LIMIT 1")
    counts = {"cases": 1, "proposals": 0, "referrals": 0, "questions": 0, "promises": 0, "deadlines": 0}
    counts |= {"tasks": 0, "follows": 0}
    told = {
        "handover": handover_id,
        "reason": "RESIGNED",
        "from": left.id,
        "to": came.id,
        "absencesEnded": [],
        **counts,
    }
    assert tuple(event) == ("SEAT", seat_id, "SEAT_HANDED_OVER", told)
    assert (await seats(world, subject_of(VOLUNTEER)), await seats(world, HEIR.subject)) == ([], [seat_id])


async def laden(world: World) -> dict[str, int]:
    """VOLUNTEER has something of every kind; NEIGHBOUR, and cases that have ended, are nothing to it."""
    await world.case(NEIGHBOUR)
    await situations.closed(world)
    found = {"mine": await situations.in_progress(world), "sent": await situations.screened(world)}
    review = (world.now + 3 * DAY).date()
    await situations.status(world, found["mine"], CaseState.WAITING_CITIZEN, review_on=review)
    found["referral"] = await world.referral(found["sent"])
    asking = await situations.referral_in(world, situations.R.NEEDS_INFO)
    found["asked"], found["question"] = asking
    found["offered"] = await world.case(NEIGHBOUR)
    await situations.asked(world, found["offered"], VOLUNTEER, by=NEIGHBOUR)
    await world.act(VOLUNTEER, follow_case, case_id=found["offered"])
    found["accompanied"] = await situations.screened(world)
    await situations.transferred(world, found["accompanied"])
    return found


async def test_the_receipt_lists_everything_that_lies_with_the_post(world: World) -> None:
    found = await laden(world)
    handover_id = await hand_over(world, VOLUNTEER)
    assignment = await world.value("SELECT id FROM assignment WHERE case_id = :id", id=found["offered"])
    clocks = await world.rows("SELECT id, case_id FROM deadline WHERE ended_at IS NULL ORDER BY id")
    assert [row.case_id for row in clocks] == [found["sent"], found["asked"]]
    listed = await items(world, handover_id)
    assert sorted(listed, key=str) == sorted(
        [
            *(("CASE", found[case], None) for case in ("mine", "sent", "asked", "accompanied")),
            ("PROPOSAL", found["offered"], assignment),
            ("TASK", found["mine"], await world.value("SELECT id FROM task WHERE state = 'OPEN'")),
            ("FOLLOW", found["offered"], None),
            ("PROMISE", found["mine"], None),
            ("REFERRAL", found["sent"], found["referral"]),
            ("QUESTION", found["asked"], found["question"]),
            *(("DEADLINE", row.case_id, row.id) for row in clocks),
        ],
        key=str,
    )
    (row,) = await world.rows(
        "SELECT cases, proposals, referrals, questions, promises, deadlines, follows FROM handover"
    )
    assert tuple(row) == (4, 1, 1, 1, 1, 2, 1)
    due = await world.rows("SELECT kind, due_at FROM handover_item WHERE due_at IS NOT NULL ORDER BY position")
    assert [row.due_at for row in due] == sorted(row.due_at for row in due)
    promise = await world.value("SELECT due_at FROM handover_item WHERE kind = 'PROMISE'")
    assert promise.isoformat() == "2026-11-19T17:00:00+00:00"  # the end of 19 November in Bangkok
    respond_by = await world.value("SELECT respond_by FROM referral WHERE id = :id", id=found["referral"])
    assert await world.value("SELECT due_at FROM handover_item WHERE kind = 'REFERRAL'") == respond_by


async def test_the_administrator_hands_over_every_post_and_a_coordinator_those_of_the_province(world: World) -> None:
    await world.case(DLPW)
    assert await items(world, await hand_over(world, DLPW, by=ADMIN)) == []
    for by, handle in ((COORDINATOR, DLPW), (MENTOR, VOLUNTEER), (VOLUNTEER, VOLUNTEER), (OTHER_VOLUNTEER, VOLUNTEER)):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await hand_over(world, handle, by=by)
    await world.case()
    assert len(await items(world, await hand_over(world, VOLUNTEER, subject_of(NEIGHBOUR), by=ADMIN))) == 1


async def test_a_post_left_empty_is_its_mentors_to_see_to_and_is_filled_by_another_handover(world: World) -> None:
    case_id = await world.case()
    emptied = await hand_over(world, VOLUNTEER, None)
    (row,) = await world.rows("SELECT to_incumbency_id FROM handover")
    assert row.to_incumbency_id is None
    async with refused_unchanged(world, Code.NOBODY_HANDS_OVER, "input", "person"):
        await hand_over(world, VOLUNTEER, None)
    filled = await hand_over(world, VOLUNTEER, reason=R.FILLED)
    assert [await items(world, one) for one in (emptied, filled)] == [[("CASE", case_id, None)]] * 2
    assert await world.value("SELECT from_incumbency_id FROM handover WHERE id = :id", id=filled) is None


async def test_nobody_hands_over_to_themselves_to_a_stranger_or_over_a_coming_appointment(world: World) -> None:
    seat_id = await seat_of(world, VOLUNTEER)
    async with refused_unchanged(world, Code.HANDOVER_TO_ONESELF, "input", "person"):
        await hand_over(world, VOLUNTEER, await subject_in(world, seat_id))
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "person", "account"):
        await hand_over(world, VOLUNTEER, UUID(int=1))
    for until, code in ((world.now, Code.PERIOD_EMPTY), (world.now - DAY, Code.DATE_IN_PAST)):
        async with refused_unchanged(world, code, "input", "until"):
            await hand_over(world, VOLUNTEER, until=until)
    await hand_over(world, VOLUNTEER, until=world.now + 9 * DAY)
    await appoint(world, seat_id, since=world.now + 10 * DAY)
    async with refused_unchanged(world, Code.SEAT_FILLED, "input", "seat"):
        await hand_over(world, VOLUNTEER, subject_of(NEIGHBOUR))
    await hand_over(world, VOLUNTEER, subject_of(NEIGHBOUR), until=world.now + 9 * DAY)


async def test_an_old_version_is_told_what_changed(world: World) -> None:
    seat_id = await seat_of(world, VOLUNTEER)
    with pytest.raises(Refusal) as refused:
        await world.act(COORDINATOR, hand_over_seat, seat_id=seat_id, expected_version=9, passing=Passing(R.DIED, HEIR))
    assert (refused.value.code, refused.value.subject) == (Code.VERSION_CONFLICT, (Versioned.SEAT, seat_id))


async def test_absences_of_the_one_who_leaves_end_and_a_cover_that_was_appointed_stays(world: World) -> None:
    seat_id, start = await seat_of(world, VOLUNTEER), world.now
    await appoint(world, seat_id, kind=IncumbencyKind.COVER, person=subject_of(OTHER_VOLUNTEER))
    await plan(world, VOLUNTEER, NEIGHBOUR, start + 3 * DAY)
    running = await planned(world)
    await plan(world, VOLUNTEER, NEIGHBOUR, start + 9 * DAY, start + 5 * DAY)
    coming = await planned(world)
    await plan(world, VOLUNTEER, NEIGHBOUR, start + 12 * DAY, start + 11 * DAY)
    cancelled = await planned(world)
    await cancel(world, VOLUNTEER, cancelled)
    at = world.now
    await hand_over(world, VOLUNTEER)
    ended = await world.value("SELECT payload -> 'absencesEnded' FROM event ORDER BY id DESC LIMIT 1")
    assert ended == [str(running), str(coming)]
    ends = await world.rows("SELECT until, since FROM incumbency WHERE absent_account_id IS NOT NULL ORDER BY id")
    assert [row.until for row in ends] == [at, ends[1].since, ends[2].since]
    assert await seats(world, subject_of(NEIGHBOUR)) == [await seat_of(world, NEIGHBOUR)]
    assert seat_id in await seats(world, subject_of(OTHER_VOLUNTEER))


async def test_whoever_took_it_over_confirms_it_once_and_nobody_else_does(world: World) -> None:
    handover_id = await hand_over(world, VOLUNTEER)
    seat_id = await seat_of(world, VOLUNTEER)
    for by in (COORDINATOR, MENTOR, VOLUNTEER):  # who has left still has a token for the post
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await world.act(by, confirm_handover, handover_id=handover_id)
    for by in (NEIGHBOUR, OTHER_VOLUNTEER, DLPW):
        async with refused_unchanged(world, Code.NOT_FOUND, "input", "handover"):
            await world.act(by, confirm_handover, handover_id=handover_id)
    world._actors = dict(world._actors)  # who is gone with this test
    version, at = await version_of(world, seat_id), world.now
    for _ in range(2):
        assert await world.act("heir", confirm_handover, handover_id=handover_id) == handover_id
    (row,) = await world.rows("SELECT confirmed_at, confirmed_by_account_id FROM handover")
    account = await world.value("SELECT id FROM account WHERE subject = :s", s=HEIR.subject)
    assert tuple(row) == (at, account)
    told = await world.rows("SELECT payload FROM event WHERE kind = 'HANDOVER_CONFIRMED'")
    assert told == [({"handover": handover_id, "account": account},)]
    assert await version_of(world, seat_id) == version


async def test_an_empty_posts_handover_is_confirmed_by_its_mentor(world: World) -> None:
    handover_id = await hand_over(world, VOLUNTEER, None)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.act(COORDINATOR, confirm_handover, handover_id=handover_id)
    await world.act(MENTOR, confirm_handover, handover_id=handover_id)
    assert await world.value("SELECT confirmed_at IS NOT NULL FROM handover")


def _states(function: str, of: Sequence[str]) -> int:
    return min(function.count(f"'{state}'") for state in of)


async def test_the_function_leaves_out_what_has_ended_as_the_rules_say(world: World) -> None:
    told = await world.value("SELECT pg_get_functiondef('draw_up_handover'::regproc)")
    assert _states(told, [state.value for state in ENDED]) == 2
