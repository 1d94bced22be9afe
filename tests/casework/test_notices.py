"""Who is told what about a case, once; and until when."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from casework import tending, watching
from casework.actions.accept_referral import accept_referral
from casework.actions.end_incumbency import end_incumbency
from casework.actions.receive_referral import receive_referral
from casework.actions.record_key_date import record_key_date
from casework.rules.escalation import QuietHours
from casework.watching import Seen
from models.clock_words import KeyEvent
from models.vocabulary import CaseState, ReferralState
from tests.casework import situations
from tests.casework.refusals import nothing_changes
from tests.world import ADMIN, COORDINATOR, DLPW, MENTOR, MONDAY, VOLUNTEER, World

NIGHT = QuietHours(time(20), time(7))
DAY = timedelta(days=1)
TOLD = """
    SELECT n.reason, coalesce(o.code, s.kind || ' ' || coalesce(s.area_code, '')) AS recipient,
           n.ended_at IS NULL AS open
    FROM notice n LEFT JOIN seat s ON s.id = n.seat_id LEFT JOIN office o ON o.id = n.office_id
    ORDER BY n.given_at, n.id
"""


async def told(world: World) -> list[tuple[str, str, bool]]:
    return [tuple(row) for row in await world.rows(TOLD)]


async def test_a_referral_that_nobody_answers_climbs_from_the_office_to_the_coordinator(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    story = []
    for _ in range(40):
        world.now += DAY
        if any(done := await world.tend()):
            story.append(done)
    assert await told(world) == [
        ("REFERRAL_UNANSWERED", "DLPW-43", False),
        ("REFERRAL_UNANSWERED", "VOLUNTEER 430116", False),
        ("REFERRAL_LAPSED", "VOLUNTEER 430116", True),
        ("REFERRAL_LAPSED", "MENTOR 4301", True),
        ("REFERRAL_LAPSED", "COORDINATOR ", True),
    ]
    assert story == [Seen(told=1), Seen(told=1), Seen(lapsed=1, told=2, over=2), Seen(told=1)]
    events = await world.rows(
        "SELECT actor_seat_id, payload ->> 'reason' AS reason FROM event WHERE kind = 'NOTICE_GIVEN' ORDER BY id"
    )
    assert [tuple(row) for row in events] == [(None, reason) for reason, _, _ in await told(world)]
    assert await world.value('SELECT version FROM "case" WHERE id = :id', id=sent.case_id) == 3
    await situations.status(world, sent.case_id, CaseState.WITHDRAWN, reason="ผู้ร้องขอถอน")
    assert await world.tend() == Seen(over=3)
    assert await world.value("SELECT count(*) FROM watch") == 0


async def test_an_answer_ends_the_notice_and_a_new_matter_gives_a_new_one(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    world.now += 7 * DAY
    assert await world.tend() == Seen(told=1)
    await world.on_referral(DLPW, receive_referral, sent.referral_id)
    async with nothing_changes(world):
        assert await world.tend() == Seen()
    await world.on_referral(DLPW, accept_referral, sent.referral_id)
    assert await world.tend() == Seen(over=1)
    world.now += 60 * DAY
    assert await world.tend() == Seen(told=3)
    assert (await told(world))[1:] == [
        ("RESULT_LATE", "DLPW-43", True),
        ("RESULT_LATE", "VOLUNTEER 430116", True),
        ("RESULT_LATE", "COORDINATOR ", True),
    ]


async def test_a_case_that_waits_too_long_is_told_to_its_holder_first(world: World) -> None:
    case_id = await situations.in_progress(world)
    day = (world.now + 3 * DAY).date()
    await situations.status(world, case_id, CaseState.WAITING_CITIZEN, review_on=day)
    assert await world.tend() == Seen()
    looks: datetime = await world.value("SELECT look_at FROM watch")
    assert looks.date() == day
    world.now = looks
    assert await world.tend() == Seen(told=1)
    assert await told(world) == [("REVIEW_PASSED", "VOLUNTEER 430116", True)]
    await situations.status(world, case_id, CaseState.IN_PROGRESS)
    assert await world.tend() == Seen(over=1)


async def test_an_empty_post_is_told_to_its_mentor_and_then_to_the_coordinator(world: World) -> None:
    await situations.in_progress(world)
    assert await world.tend() == Seen()
    await empty(world, VOLUNTEER, by=COORDINATOR)
    assert await world.tend() == Seen(told=1)
    assert await told(world) == [("NOBODY_THERE", "MENTOR 4301", True)]
    await empty(world, MENTOR, by=COORDINATOR)
    world.now += 20 * DAY
    await world.tend()
    assert await told(world) == [
        ("NOBODY_THERE", "MENTOR 4301", True),
        ("NOBODY_THERE", "COORDINATOR ", True),
        ("SILENT", "COORDINATOR ", True),
    ]


async def test_an_office_where_nobody_is_left_is_told_to_the_coordinator(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    for row in await world.rows(
        "SELECT i.id FROM incumbency i JOIN seat s ON s.id = i.seat_id JOIN office o ON o.id = s.office_id"
        " WHERE o.code = 'DLPW-43'"
    ):
        await end(world, row.id, by=ADMIN)
    world.now += 7 * DAY
    assert await world.tend() == Seen(told=1)
    assert await told(world) == [("REFERRAL_UNANSWERED", "COORDINATOR ", True)]
    assert sent.case_id


async def test_a_right_that_is_about_to_be_lost_is_told_two_weeks_before(world: World) -> None:
    case_id = await world.case(VOLUNTEER, "WORK_INJURY")
    injured = (MONDAY - 180 * DAY + 20 * DAY).date()
    await world.act(VOLUNTEER, record_key_date, case_id=case_id, event=KeyEvent.INJURY, day=injured)
    assert await world.tend() == Seen()
    world.now = MONDAY + 8 * DAY
    assert await world.tend() == Seen(told=2)
    assert [row[:2] for row in await told(world)] == [
        ("RIGHT_ENDING", "VOLUNTEER 430116"),
        ("SILENT", "VOLUNTEER 430116"),
    ]


async def test_each_right_of_a_case_is_told_by_itself_and_none_that_was_lost_before(world: World) -> None:
    case_id = await world.case(VOLUNTEER, "WORK_INJURY", "UNEMPLOYMENT_BENEFIT")
    today = MONDAY.date()
    for event, days in ((KeyEvent.EMPLOYMENT_ENDED, 2), (KeyEvent.INJURY, 3)):
        await world.act(VOLUNTEER, record_key_date, case_id=case_id, event=event, day=today - days * DAY)
    late = await world.case(VOLUNTEER, "UNEMPLOYMENT_BENEFIT")
    await world.act(VOLUNTEER, record_key_date, case_id=late, event=KeyEvent.EMPLOYMENT_ENDED, day=today - 380 * DAY)
    for weeks in (3, 25):
        world.now = MONDAY + weeks * 7 * DAY
        await world.tend()
    found = await world.rows(
        "SELECT case_id, count(DISTINCT since) AS rights FROM notice WHERE reason = 'RIGHT_ENDING' GROUP BY case_id"
    )
    assert [tuple(row) for row in found] == [(case_id, 2)]


async def test_of_two_referrals_that_are_late_each_is_told_also_when_one_is_answered(world: World) -> None:
    case_id = await situations.in_progress(world, "UNPAID_WAGES", "UNEMPLOYMENT_BENEFIT")
    first = await world.referral(case_id)
    world.now -= timedelta(hours=1)  # the act was an hour later, and so would be its time to respond
    second = await world.referral(case_id, to="SSO-43", problem_type_code="UNEMPLOYMENT_BENEFIT")
    world.now += 14 * DAY
    assert await world.tend() == Seen(told=4)
    await world.on_referral(DLPW, receive_referral, first)
    await world.on_referral(DLPW, accept_referral, first)
    assert await world.tend() == Seen(over=2)
    still = await world.rows("SELECT DISTINCT referral_id FROM notice WHERE ended_at IS NULL")
    assert still == [(second,)]


async def test_an_office_from_which_one_of_several_leaves_is_not_empty(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id, office=DLPW)
    await world.tend()
    held = "SELECT i.id FROM incumbency i JOIN seat s ON s.id = i.seat_id JOIN office o ON o.id = s.office_id"
    row, *_ = await world.rows(held + " WHERE o.code = 'DLPW-43' ORDER BY s.id")
    await end(world, row.id, by=ADMIN)
    assert await world.tend() == Seen()


async def test_a_case_that_cannot_be_looked_at_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [await situations.referral_in(world, ReferralState.SENT) for _ in range(3)]
    look = tending.tend_case

    async def failing(*given: Any, case_id: int, **more: Any) -> Seen:
        if case_id == sent[0].case_id:
            raise ArithmeticError
        return await look(*given, case_id=case_id, **more)

    monkeypatch.setattr(tending, "tend_case", failing)
    world.now += 60 * DAY
    with pytest.raises(ExceptionGroup, match="1 cases could not be looked at"):
        await world.tend()
    assert await world.value("SELECT count(*) FROM referral WHERE state = 'LAPSED'") == 2


async def test_a_mark_that_comes_during_a_look_is_not_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await situations.in_progress(world)
    await world.tend()
    seat_id = (await world.actor(VOLUNTEER)).seat_id
    world.now += timedelta(hours=1)
    ask = watching._now

    async def meanwhile(work: Any, case: Any) -> Any:
        found = await ask(work, case)
        if await world.value("SELECT until IS NULL FROM incumbency WHERE seat_id = :id", id=seat_id):
            await empty(world, VOLUNTEER, by=COORDINATOR)
            await tending.read_journal(world.worker, now=world.now)
        return found

    monkeypatch.setattr(watching, "_now", meanwhile)
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("UPDATE watch SET look_at = '2026-01-01'")
    await world.tend()
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM feed_pending")  # read, stamped, and not read again
    await world.tend()
    assert await told(world) == [("NOBODY_THERE", "MENTOR 4301", True)]


async def test_nothing_is_told_at_night_but_referrals_lapse(world: World) -> None:
    await situations.referral_in(world, ReferralState.SENT)
    world.now = MONDAY + 60 * DAY + timedelta(hours=12)
    assert await world.tend(quiet=NIGHT) == Seen(lapsed=1)
    assert await told(world) == []
    world.now += timedelta(hours=10)
    assert await world.tend(quiet=NIGHT) == Seen(told=2)


async def empty(world: World, post: str, *, by: str) -> None:
    """End the incumbency of a post of the demo network."""
    seat_id = (await world.actor(post)).seat_id
    await end(world, await world.value("SELECT id FROM incumbency WHERE seat_id = :id", id=seat_id), by=by)


async def end(world: World, incumbency_id: int, *, by: str) -> None:
    (post,) = await world.rows(
        "SELECT s.id, s.version FROM seat s JOIN incumbency i ON i.seat_id = s.id WHERE i.id = :id", id=incumbency_id
    )
    given = {"seat_id": post.id, "expected_version": post.version}
    await world.act(by, end_incumbency, incumbency_id=incumbency_id, **given)
