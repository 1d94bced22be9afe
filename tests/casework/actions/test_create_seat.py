"""Make a post that somebody can be appointed to."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from casework.accounts import NewAccount
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.create_seat import NewSeat, create_seat
from casework.errors import RefusalCode
from casework.policy.actors import SEATS_OF, actor_among
from models.vocabulary import SeatKind
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, VOLUNTEER, World

K, Code = SeatKind, RefusalCode
PERSON = NewAccount(UUID(int=7), "นาย", "สมาน", "ดีเลิศ", "Saman", "Diloet")


async def _create(world: World, by: str, kind: SeatKind, area: str | None = None, office: str | None = None) -> int:
    post = NewSeat(kind, area, None if office is None else world.office(office))
    return await world.act(by, create_seat, post=post)


async def test_the_post_is_written_with_the_next_number_and_begins_its_chain(world: World) -> None:
    office = world.office("DLPW-43")
    before = await world.value("SELECT max(number) FROM seat WHERE office_id = :o AND kind = 'OFFICER'", o=office)
    post = NewSeat(K.OFFICER, office_id=office, handles_sensitive=True)
    seat_id = await world.act(ADMIN, create_seat, post=post)
    (row,) = await world.rows("SELECT * FROM seat WHERE id = :id", id=seat_id)
    assert (row.kind, row.area_code, row.office_id, row.number) == ("OFFICER", None, office, before + 1)
    assert (row.handles_sensitive, row.version, row.journal_length) == (True, 1, 1)
    (event,) = await world.rows("SELECT * FROM event")
    assert (event.subject_kind, event.subject_id, event.kind) == ("SEAT", seat_id, "SEAT_CREATED")
    assert event.payload == {"kind": "OFFICER", "area": None, "office": office, "number": before + 1}


@pytest.mark.parametrize(
    ("kind", "area", "office"),
    [
        (K.VOLUNTEER, "430116", None),
        (K.MENTOR, "1001", None),
        (K.OFFICER, None, "SSO-10"),
        (K.OFFICE_HEAD, None, "SSO-10"),
        (K.COORDINATOR, None, "OPS-10"),
        (K.AUDITOR, None, None),
        (K.ADMIN, None, None),
    ],
)
async def test_the_administrator_makes_posts_of_every_kind(
    world: World, kind: SeatKind, area: str | None, office: str | None
) -> None:
    seat_id = await _create(world, ADMIN, kind, area, office)
    assert await world.value("SELECT kind FROM seat WHERE id = :id", id=seat_id) == kind


async def test_the_coordinator_makes_a_volunteers_post_and_appoints_to_it(world: World) -> None:
    seat_id = await _create(world, COORDINATOR, K.VOLUNTEER, "430117")
    given: dict[str, Any] = {"seat_id": seat_id, "expected_version": 1, "appointment": Appointment(PERSON)}
    await world.act(COORDINATOR, appoint_incumbent, **given)
    async with world.reader.connect() as connection:
        rows = list(await connection.execute(SEATS_OF, {"subject": PERSON.subject, "now": world.now}))
    actor = actor_among(rows, seat_id=None)
    assert actor is not None
    assert (actor.seat_id, actor.kind, actor.province_code) == (seat_id, K.VOLUNTEER, "43")


@pytest.mark.parametrize(
    ("by", "kind", "area", "office"),
    [
        (COORDINATOR, K.VOLUNTEER, "100101", None),  # another province
        (COORDINATOR, K.OFFICER, None, "DLPW-43"),
        (COORDINATOR, K.COORDINATOR, None, "OPS-43"),
        (COORDINATOR, K.ADMIN, None, None),
        *((by, K.VOLUNTEER, "430116", None) for by in (VOLUNTEER, MENTOR, DLPW, AUDITOR)),
    ],
)
async def test_nobody_else_makes_a_post(
    world: World, by: str, kind: SeatKind, area: str | None, office: str | None
) -> None:
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await _create(world, by, kind, area, office)


@pytest.mark.parametrize(
    ("kind", "place", "code", "path"),
    [
        (K.VOLUNTEER, ("4301", None), Code.SEAT_PLACE_WRONG, "area"),
        (K.VOLUNTEER, (None, None), Code.SEAT_PLACE_WRONG, "area"),
        (K.VOLUNTEER, ("430116", "DLPW-43"), Code.SEAT_PLACE_WRONG, "office"),
        (K.VOLUNTEER, ("439999", None), Code.AREA_UNKNOWN, "area"),
        (K.MENTOR, ("430116", None), Code.SEAT_PLACE_WRONG, "area"),
        (K.MENTOR, ("4301", None), Code.MENTOR_SEAT_EXISTS, "area"),
        (K.OFFICER, (None, None), Code.SEAT_PLACE_WRONG, "office"),
        (K.OFFICER, ("4301", "DLPW-43"), Code.SEAT_PLACE_WRONG, "area"),
        (K.COORDINATOR, (None, "DLPW-43"), Code.SEAT_PLACE_WRONG, "office"),
        (K.AUDITOR, (None, "OPS-43"), Code.SEAT_PLACE_WRONG, "office"),
        (K.ADMIN, ("43", None), Code.SEAT_PLACE_WRONG, "area"),
    ],
)
async def test_a_post_stands_where_its_kind_belongs(
    world: World, kind: SeatKind, place: tuple[str | None, str | None], code: RefusalCode, path: str
) -> None:
    async with refused_unchanged(world, code, "input", path):
        await _create(world, ADMIN, kind, *place)


async def test_an_office_that_does_not_exist_is_not_found(world: World) -> None:
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "office"):
        await world.act(ADMIN, create_seat, post=NewSeat(K.OFFICER, office_id=0))


async def test_two_at_once_get_two_numbers(world: World) -> None:
    post = NewSeat(K.VOLUNTEER, "430116")
    made = await asyncio.gather(*(world.act(ADMIN, create_seat, post=replace(post)) for _ in range(2)))
    numbers = await world.rows("SELECT number FROM seat WHERE id = any(:ids) ORDER BY number", ids=list(made))
    assert numbers == [(2,), (3,)]
