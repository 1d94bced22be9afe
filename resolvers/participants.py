"""Who takes part in activities, as far as the actor may read it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, bindparam, case, select

from casework.policy.activities import activity, guest, led_by, listed_to, participant, seen_by
from models.vocabulary import SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.rows_of_activities import ParticipantRow
from resolvers.rows_of_posts import PersonRow
from resolvers.seats import account

_OWN = tuple(name for name in ParticipantRow._fields if name in participant.c)
_PEOPLE = select(account.c.id, *(account.c[name] for name in PersonRow._fields)).where(
    account.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
)


@cache
def _listed(kind: SeatKind) -> Select[Any]:
    """Guests are named to who leads the activity."""
    named = (case((led_by(kind), guest.c[name]), else_=None).label(name) for name in ("name", "organisation"))
    joined = participant.join(activity, activity.c.id == participant.c.activity_id).outerjoin(
        guest, guest.c.participant_id == participant.c.id
    )
    rows = select(*(participant.c[name] for name in _OWN), *named).select_from(joined)
    return rows.where(seen_by(kind), listed_to(kind))


OF_ACTIVITIES = CaseList(
    "participants",
    build=_listed,
    keys=[participant.c.id],
    descending=False,
    make=ParticipantRow._make,
    of=participant.c.activity_id,
)
"""An activity's participants that are listed to the actor, in the order of their invitation."""


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _listed(kind).where(participant.c.id == any_(IDS))


async def participants_by_ids(ids: Sequence[int | None], *, context: Context) -> list[ParticipantRow | None]:
    return await look_up(ids, _by_ids, ParticipantRow._make, context)


async def people_by_ids(ids: Sequence[int], *, context: Context) -> list[PersonRow | None]:
    """Give the people of accounts, aligned with the ids; who fills a post is told to everybody signed in."""
    rows = await context.rows(_PEOPLE, {"ids": sorted(set(ids))})
    found = {row.id: PersonRow._make(row[1:]) for row in rows}
    return [found.get(id_) for id_ in ids]
