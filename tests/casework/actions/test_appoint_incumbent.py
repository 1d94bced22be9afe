"""Appoint somebody to a post."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from casework.accounts import NewAccount
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.errors import Refusal, RefusalCode
from casework.policy.actors import SEATS_OF, actor_among
from casework.versions import Versioned
from models.vocabulary import CaseState, IncumbencyKind, SeatKind
from tests.casework import situations
from tests.casework.conftest import Directory
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, VOLUNTEER, World

Code = RefusalCode
NEIGHBOUR = "volunteer 430117"
COVER, PRIMARY = IncumbencyKind.COVER, IncumbencyKind.PRIMARY
DAY = timedelta(days=1)
PERSON = NewAccount(UUID(int=7), " นาย ", "สมาน", "ดีเลิศ", "Saman", "Diloet", "081-234-5678")


async def seat_of(world: World, handle: str) -> int:
    return (await world.actor(handle)).seat_id


async def appoint(world: World, seat_id: int, by: str = COORDINATOR, **appointment: Any) -> int:
    version = await world.value("SELECT version FROM seat WHERE id = :id", id=seat_id)
    return await appoint_at(world, version, seat_id, by, **appointment)


async def appoint_at(world: World, version: int, seat_id: int, by: str = COORDINATOR, **appointment: Any) -> int:
    given = Appointment(**{"person": PERSON, **appointment})
    return await world.act(by, appoint_incumbent, seat_id=seat_id, expected_version=version, appointment=given)


async def seats(world: World, subject: UUID) -> list[int]:
    """Give the posts that the person fills at the world's `now`."""
    async with world.reader.connect() as connection:
        rows = await connection.execute(SEATS_OF, {"subject": subject, "now": world.now})
        return [row[1] for row in rows]


async def test_the_appointment_is_written_with_the_new_person_and_its_event(world: World) -> None:
    seat_id, at = await seat_of(world, NEIGHBOUR), world.now
    assert await appoint(world, seat_id, kind=COVER, until=at + 30 * DAY) == seat_id
    (account,) = await world.rows("SELECT * FROM account WHERE subject = :s", s=PERSON.subject)
    names = (account.title, account.given_name, account.family_name, account.given_name_en, account.family_name_en)
    assert (*names, account.phone) == ("นาย", "สมาน", "ดีเลิศ", "Saman", "Diloet", "+66812345678")
    (row,) = await world.rows("SELECT * FROM incumbency WHERE account_id = :id", id=account.id)
    assert (row.seat_id, row.kind, row.since, row.until) == (seat_id, "COVER", at, at + 30 * DAY)
    assert await world.rows("SELECT version, journal_length FROM seat WHERE id = :id", id=seat_id) == [(2, 1)]
    (event,) = await world.rows("SELECT * FROM event")
    assert (event.subject_kind, event.subject_id, event.seq, event.kind) == ("SEAT", seat_id, 1, "INCUMBENT_APPOINTED")
    assert event.payload == {"incumbency": row.id, "account": account.id, "kind": "COVER"}
    assert event.actor_seat_id == await seat_of(world, COORDINATOR)


async def test_access_begins_and_ends_exactly_with_the_appointment(world: World) -> None:
    seat_id, since = await seat_of(world, NEIGHBOUR), world.now + DAY
    await appoint(world, seat_id, kind=COVER, since=since, until=since + DAY)
    moment = timedelta(microseconds=1)
    for now, filled in ((since - moment, []), (since, [seat_id]), (since + DAY - moment, [seat_id]), (since + DAY, [])):
        world.now = now
        assert await seats(world, PERSON.subject) == filled


async def test_an_account_fills_several_posts_and_is_first_in_its_own(world: World) -> None:
    covered, own = await seat_of(world, NEIGHBOUR), await seat_of(world, VOLUNTEER)
    account = await world.value(
        "SELECT subject FROM account JOIN incumbency ON account_id = account.id WHERE seat_id = :s", s=own
    )
    await appoint(world, covered, kind=COVER, person=account)
    assert await seats(world, account) == [own, covered]
    async with world.reader.connect() as connection:
        rows = list(await connection.execute(SEATS_OF, {"subject": account, "now": world.now}))
    acting = [actor_among(rows, seat_id=wanted) for wanted in (None, covered, 999)]
    assert [actor and actor.seat_id for actor in acting] == [own, covered, None]
    assert await world.value("SELECT count(*) FROM account WHERE subject = :s", s=account) == 1


async def test_covers_overlap_and_primary_incumbents_do_not(world: World) -> None:
    seat_id = await seat_of(world, NEIGHBOUR)
    for _ in range(2):
        await appoint(world, seat_id, kind=COVER, person=replace(PERSON, subject=uuid4()))
    periods: list[dict[str, Any]] = [{}, {"since": world.now + 300 * DAY}, {"until": world.now + DAY}]
    for period in periods:
        async with refused_unchanged(world, Code.SEAT_FILLED, "input", "seat"):
            await appoint(world, seat_id, **period)


async def test_an_empty_post_is_filled_period_by_period(world: World, directory: Directory) -> None:
    seat_id, since = await directory.seat(SeatKind.VOLUNTEER, area="430117"), world.now + 2 * DAY
    await appoint(world, seat_id, since=since, until=since + 9 * DAY)
    later = replace(PERSON, subject=uuid4())
    for first, last in ((-1, 1), (0, 9), (3, 4), (8, 12)):
        async with refused_unchanged(world, Code.SEAT_FILLED, "input", "seat"):
            await appoint(world, seat_id, person=later, since=since + first * DAY, until=since + last * DAY)
    await appoint(world, seat_id, person=later, since=since + 9 * DAY)
    async with refused_unchanged(world, Code.SEAT_FILLED, "input", "seat"):
        await appoint(world, seat_id, person=PERSON.subject, since=since + 20 * DAY)
    await appoint(world, seat_id, person=replace(PERSON, subject=uuid4()), until=since)


async def test_of_two_coordinators_who_fill_a_post_at_once_exactly_one_does(world: World, directory: Directory) -> None:
    seat_id = await directory.seat(SeatKind.VOLUNTEER, area="430117")
    people = [replace(PERSON, subject=uuid4()) for _ in range(2)]
    results = await asyncio.gather(*(appoint_at(world, 1, seat_id, person=p) for p in people), return_exceptions=True)
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert (refusal.code, refusal.subject) == (Code.VERSION_CONFLICT, (Versioned.SEAT, seat_id))
    assert await world.value("SELECT count(*) FROM incumbency WHERE seat_id = :id", id=seat_id) == 1


async def test_of_two_who_register_one_person_for_two_posts_at_once_exactly_one_does(world: World) -> None:
    posts = [await seat_of(world, handle) for handle in (NEIGHBOUR, "volunteer 430118")]
    for _ in range(5):
        person = replace(PERSON, subject=uuid4())
        results = await asyncio.gather(
            *(appoint(world, seat_id, kind=COVER, person=person) for seat_id in posts), return_exceptions=True
        )
        (refusal,) = [result for result in results if isinstance(result, BaseException)]
        assert isinstance(refusal, Refusal), refusal
        assert (refusal.code, refusal.path) == (Code.PERSON_KNOWN, ("input", "person", "register", "subject"))


async def test_the_cases_of_one_who_is_replaced_stay_with_the_post(world: World) -> None:
    case_id, seat_id = await world.case(), await seat_of(world, VOLUNTEER)
    await appoint(world, seat_id, kind=COVER)
    async with world.reader.connect() as connection:
        rows = await connection.execute(SEATS_OF, {"subject": PERSON.subject, "now": world.now})
        successor = actor_among(rows, seat_id=None)
    assert successor is not None
    assert await level_of(world, successor, case_id) == 4
    assert await world.rows('SELECT holder_seat_id, version FROM "case"') == [(seat_id, 1)]
    await situations.status(world, case_id, CaseState.SCREENING)


AT = ("input", "person", "register")
WRONG: list[tuple[dict[str, Any], RefusalCode, tuple[str, ...]]] = [
    ({"person": replace(PERSON, title="")}, Code.TEXT_MISSING, (*AT, "title")),
    ({"person": replace(PERSON, given_name="\u200b")}, Code.TEXT_MISSING, (*AT, "givenName")),
    ({"person": replace(PERSON, family_name="ก" * 101)}, Code.TEXT_TOO_LONG, (*AT, "familyName")),
    ({"person": replace(PERSON, given_name_en="\x00")}, Code.TEXT_BROKEN, (*AT, "givenNameEn")),
    ({"person": replace(PERSON, family_name_en=" ")}, Code.TEXT_MISSING, (*AT, "familyNameEn")),
    ({"person": replace(PERSON, phone="12")}, Code.PHONE_INVALID, (*AT, "phone")),
    ({"person": UUID(int=8)}, Code.NOT_FOUND, ("input", "person", "account")),
    ({"since": -DAY}, Code.DATE_IN_PAST, ("input", "since")),
    ({"since": 367 * DAY}, Code.DATE_TOO_FAR, ("input", "since")),
    ({"since": 543 * 365 * DAY}, Code.BUDDHIST_YEAR, ("input", "since")),
    ({"until": 543 * 365 * DAY}, Code.BUDDHIST_YEAR, ("input", "until")),
    ({"until": 0 * DAY}, Code.PERIOD_EMPTY, ("input", "until")),
    ({"since": 3 * DAY, "until": 3 * DAY}, Code.PERIOD_EMPTY, ("input", "until")),
    ({"since": 3 * DAY, "until": 2 * DAY}, Code.PERIOD_EMPTY, ("input", "until")),
]


@pytest.mark.parametrize(("given", "code", "path"), WRONG)
async def test_a_wrong_value_is_named_and_nobody_is_appointed(
    world: World, given: dict[str, Any], code: RefusalCode, path: tuple[str, ...]
) -> None:
    seat_id = await seat_of(world, NEIGHBOUR)
    when = {name: value if name == "person" else world.now + value for name, value in given.items()}
    async with refused_unchanged(world, code, *path):
        await appoint(world, seat_id, kind=COVER, **when)


async def test_somebody_known_is_named_by_account(world: World) -> None:
    await appoint(world, await seat_of(world, NEIGHBOUR), kind=COVER)
    async with refused_unchanged(world, Code.PERSON_KNOWN, *AT, "subject"):
        await appoint(world, await seat_of(world, VOLUNTEER), kind=COVER)


async def test_the_coordinator_fills_posts_of_volunteers_and_mentors_and_the_administrator_all(world: World) -> None:
    for handle in (NEIGHBOUR, MENTOR):
        await appoint(world, await seat_of(world, handle), kind=COVER, person=replace(PERSON, subject=uuid4()))
    for handle in (DLPW, COORDINATOR, AUDITOR, ADMIN):
        seat_id = await seat_of(world, handle)
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await appoint(world, seat_id, kind=COVER)
        await appoint(world, seat_id, by=ADMIN, kind=COVER, person=replace(PERSON, subject=uuid4()))
    for by in (VOLUNTEER, MENTOR, DLPW, AUDITOR):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await appoint(world, await seat_of(world, NEIGHBOUR), by=by, kind=COVER)


async def test_a_post_that_is_not_there_or_was_changed_meanwhile_is_not_filled(world: World) -> None:
    given = {"appointment": Appointment(PERSON, COVER)}
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "seat"):
        await world.act(ADMIN, appoint_incumbent, seat_id=999_999_999_999, expected_version=1, **given)
    seat_id = await seat_of(world, NEIGHBOUR)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(ADMIN, appoint_incumbent, seat_id=seat_id, expected_version=2, **given)
