"""The one who asks: an account in a seat that it fills now."""

from datetime import timedelta
from uuid import uuid4

from casework.demo.network import subject_of
from casework.policy.actors import Actor
from models.vocabulary import IncumbencyKind, SeatKind
from tests.casework.conftest import Directory
from tests.world import COORDINATOR, DLPW, MENTOR, MONDAY, VOLUNTEER, World

HOUR = timedelta(hours=1)


async def test_an_actor_has_what_its_seat_gives(world: World) -> None:
    volunteer, mentor = await world.actor(VOLUNTEER), await world.actor(MENTOR)
    officer, coordinator = await world.actor(DLPW), await world.actor(COORDINATOR)
    assert (volunteer.kind, volunteer.agency_code, volunteer.office_id) == (SeatKind.VOLUNTEER, None, None)
    assert (volunteer.amphoe_code, volunteer.province_code) == ("4301", "43")
    assert (mentor.kind, mentor.amphoe_code, mentor.province_code) == (SeatKind.MENTOR, "4301", "43")
    assert (officer.agency_code, officer.office_id) == ("DLPW", world.office("DLPW-43"))
    assert (officer.amphoe_code, officer.province_code, officer.handles_sensitive) == (None, "43", False)
    assert (coordinator.kind, coordinator.office_id) == (SeatKind.COORDINATOR, world.office("OPS-43"))
    assert coordinator.handles_sensitive


async def test_national_posts_have_no_place(world: World) -> None:
    for handle in ("auditor", "admin"):
        actor = await world.actor(handle)
        assert (actor.agency_code, actor.office_id, actor.amphoe_code, actor.province_code) == (None, None, None, None)


def test_the_scope_of_statements_is_the_actor_itself() -> None:
    by = Actor(1, 2, SeatKind.OFFICER, "SSO", office_id=3, province_code="43", handles_sensitive=True)
    assert by.scope_at(MONDAY) == {
        "by_seat": 2,
        "by_office": 3,
        "by_amphoe": None,
        "by_province": "43",
        "by_agency": "SSO",
        "by_handles_sensitive": True,
        "at_now": MONDAY,
    }


async def test_an_unknown_account_is_nobody(directory: Directory) -> None:
    assert await directory.actor(uuid4()) is None


async def test_an_account_without_a_post_is_nobody(directory: Directory) -> None:
    subject = uuid4()
    await directory.account(subject)
    assert await directory.actor(subject) is None


async def test_an_incumbency_counts_from_its_first_instant_until_just_before_its_last(
    world: World, directory: Directory
) -> None:
    subject = uuid4()
    seat = await directory.seat(SeatKind.VOLUNTEER, area="430116")
    since, until = world.now, world.now + HOUR
    await directory.fill(seat, await directory.account(subject), since=since, until=until)
    found = {}
    for at in (since - timedelta(microseconds=1), since, until - timedelta(microseconds=1), until):
        world.now = at
        actor = await directory.actor(subject)
        found[at] = actor.seat_id if actor else None
    assert list(found.values()) == [None, seat, seat, None]


async def test_the_own_post_comes_before_those_covered_and_any_is_chosen_by_its_id(directory: Directory) -> None:
    subject = uuid4()
    covered = await directory.seat(SeatKind.VOLUNTEER, area="430117")
    own = await directory.seat(SeatKind.VOLUNTEER, area="430116")
    account = await directory.account(subject)
    await directory.fill(covered, account, IncumbencyKind.COVER)
    await directory.fill(own, account)
    found = [await directory.actor(subject, seat) for seat in (None, own, covered)]
    assert [actor and actor.seat_id for actor in found] == [own, own, covered]


async def test_of_two_own_posts_the_older_one_comes_first(directory: Directory) -> None:
    subject = uuid4()
    first = await directory.seat(SeatKind.VOLUNTEER, area="430116")
    second = await directory.seat(SeatKind.OFFICER, office="DOE-43")
    account = await directory.account(subject)
    for seat in (second, first):
        await directory.fill(seat, account)
    actor = await directory.actor(subject)
    assert actor is not None
    assert actor.seat_id == first


async def test_a_post_of_somebody_else_cannot_be_chosen(world: World, directory: Directory) -> None:
    mentor = await world.actor(MENTOR)
    assert await directory.actor(subject_of(VOLUNTEER), mentor.seat_id) is None
