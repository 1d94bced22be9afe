"""The directory as it stands, read for an import: posts of areas, who fills them, and everybody with an account."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.rules.names import Name
from casework.rules.roster import Person, Post, Roster, Term
from models import Account, Incumbency, Seat, table_of
from models.vocabulary import IncumbencyKind, SeatKind

OF_AREAS = (SeatKind.VOLUNTEER, SeatKind.MENTOR)
account, seat, incumbency = (table_of(model) for model in (Account, Seat, Incumbency))
_PEOPLE = select(account).order_by(account.c.id)
_POSTS = (
    select(seat.c.id, seat.c.kind, seat.c.area_code, seat.c.version)
    .where(seat.c.kind.in_(OF_AREAS))
    .order_by(seat.c.number, seat.c.id)
)
_TERMS = select(
    incumbency.c.id, incumbency.c.seat_id, incumbency.c.account_id, incumbency.c.since, incumbency.c.until
).where(incumbency.c.kind == IncumbencyKind.PRIMARY)


async def read_roster(connection: AsyncConnection, *, now: datetime) -> Roster:
    """Read it whole in three statements: a list may name anybody of the country."""
    roster = Roster()
    people: dict[int, Person] = {}
    for row in await connection.execute(_PEOPLE):
        names = Name(row.given_name, row.family_name), Name(row.given_name_en, row.family_name_en)
        people[row.id] = Person(row.title, *names, row.phone, row.subject, row.id)
        roster.add_person(people[row.id])
    posts = {row.id: Post(row.kind, row.area_code, row.id, row.version) for row in await connection.execute(_POSTS)}
    for post in posts.values():
        roster.add_post(post)
    running = _TERMS.where(or_(incumbency.c.until.is_(None), incumbency.c.until > now)).order_by(incumbency.c.since)
    for row in await connection.execute(running):
        if row.seat_id in posts:
            roster.fill(posts[row.seat_id], Term(people[row.account_id], row.since, row.until, row.id))
    return roster
