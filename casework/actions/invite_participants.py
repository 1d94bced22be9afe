"""Invite posts to an activity, by area and kind or one by one, and guests from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, insert, or_, select

from casework import journal
from casework.actions.create_activity import check_area
from casework.activities import change_activity, take_activity_for
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import guest, participant
from casework.policy.actors import office, seat
from casework.reference.data import AMPHOE_DIGITS
from casework.rules import texts
from casework.rules.activities import check_planned, role_of
from casework.work import Work
from models import Activity
from models.activity_words import ParticipantRole
from models.vocabulary import EventKind, SeatKind

MOST = 2_000
"""Participants of one activity."""
MOST_GROUPS, MOST_NAMED = 20, 200


class Group(NamedTuple):
    """Posts of these kinds: of an office, or inside an area, that of the activity unless either is named."""

    kinds: Sequence[SeatKind]
    area_code: str | None = None
    office_id: int | None = None


class Guest(NamedTuple):
    name: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to invite; posts that are invited already stay as they are."""

    groups: Sequence[Group] = ()
    seat_ids: Sequence[int] = ()
    guests: Sequence[Guest] = ()


async def invite_participants(work: Work, *, activity_id: int, expected_version: int, invitation: Invitation) -> int:
    """Write the participants: all of them, or none. Gives the activity's id."""
    guests = _checked(invitation)
    row = await take_activity_for(work, activity_id, expected_version=expected_version)
    check_planned(row.state)
    posts = await _posts(work, row, invitation)
    there = (await work.session.execute(select(participant.c.seat_id).where(_of(row)))).scalars().all()
    fresh = [post for post in posts if post.id not in set(there)]
    if not fresh and not guests:
        raise Refusal(RefusalCode.NOBODY_TO_INVITE, "input")
    if len(there) + len(fresh) + len(guests) > MOST:
        raise Refusal(RefusalCode.PARTICIPANTS_TOO_MANY, "input", limit=MOST)
    await _write(work, row, fresh, guests)
    told: journal.Payload = {"posts": len(fresh), "guests": len(guests)}
    await change_activity(work, row, EventKind.PARTICIPANTS_INVITED, told)
    return activity_id


def _of(row: Activity) -> ColumnElement[bool]:
    return participant.c.activity_id == row.id


def _checked(invitation: Invitation) -> list[Guest]:
    """Refuse what is too long; give the guests with clean names."""
    told: tuple[tuple[str, Sequence[Any], int], ...] = (
        ("groups", invitation.groups, MOST_GROUPS),
        ("seats", invitation.seat_ids, MOST_NAMED),
        ("guests", invitation.guests, MOST_NAMED),
    )
    for name, given, most in told:
        if len(given) > most:
            raise Refusal(RefusalCode.TOO_MANY, "input", name, limit=most)
    return [
        Guest(
            texts.clean_line(each.name, "input", "guests", str(at), "name"),
            texts.clean_optional(each.organisation, "input", "guests", str(at), "organisation", limit=texts.LINE),
        )
        for at, each in enumerate(invitation.guests)
    ]


async def _posts(work: Work, row: Activity, invitation: Invitation) -> Sequence[Any]:
    """Find the posts, in the order of their areas; refuse a post named that does not exist."""
    wanted = [_clause(work, row, group, at) for at, group in enumerate(invitation.groups)]
    found = (
        select(seat.c.id, seat.c.kind, seat.c.area_code)
        .where(or_(false(), seat.c.id.in_(invitation.seat_ids), *wanted))
        .order_by(seat.c.area_code, seat.c.office_id, seat.c.number, seat.c.id)
    )
    posts = (await work.session.execute(found)).all()
    known = {post.id for post in posts}
    for at, seat_id in enumerate(invitation.seat_ids):
        if seat_id not in known:
            raise Refusal(RefusalCode.NOT_FOUND, "input", "seats", str(at))
    return posts


def _clause(work: Work, row: Activity, group: Group, at: int) -> ColumnElement[bool]:
    of_kind: ColumnElement[bool] = seat.c.kind.in_(group.kinds)
    if group.area_code is not None:
        check_area(work, group.area_code, row.province_code, "input", "groups", str(at), "area")
    if group.office_id is not None:
        of_kind = and_(of_kind, seat.c.office_id == group.office_id)
    if group.office_id is not None and group.area_code is None:
        return of_kind
    area = group.area_code or row.area_code
    offices = select(office.c.id).where(office.c.province_code == area)
    return and_(of_kind, or_(seat.c.area_code.startswith(area), seat.c.office_id.in_(offices)))


async def _write(work: Work, row: Activity, posts: Sequence[Any], guests: Sequence[Guest]) -> None:
    ids = iter(await work.new_ids(len(posts) + len(guests)))
    invited = {"activity_id": row.id, "invited_at": work.now, "invited_by_seat_id": work.by.seat_id}
    in_posts = [
        {
            **invited,
            "id": next(ids),
            "role": role_of(post.kind),
            "seat_id": post.id,
            "amphoe_code": post.area_code[:AMPHOE_DIGITS] if post.area_code else None,
        }
        for post in posts
    ]
    outside = [
        {**invited, "id": next(ids), "role": ParticipantRole.GUEST, "seat_id": None, "amphoe_code": None}
        for _ in guests
    ]
    await work.session.execute(insert(participant), [*in_posts, *outside])
    if guests:
        named = [
            {"participant_id": each["id"], "activity_id": row.id, **who._asdict()}
            for each, who in zip(outside, guests, strict=True)
        ]
        await work.session.execute(insert(guest), named)
