"""The posts of the whole country: a volunteer a tambon, a mentor an amphoe, and the people of all offices."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.demo.country.library import Library, Name, read_library
from casework.demo.country.post_rows import AccountRow, IncumbencyRow, SeatRow
from casework.demo.country.sheaf import Sheaf
from casework.demo.network import subject_of
from casework.reference import files
from casework.reference.areas import areas
from casework.reference.data import ReferenceData
from models import Incumbency, Office, Seat, table_of
from models.vocabulary import AreaLevel, SeatKind

BUSY, BUSIEST = 2, 4
"""Weights of a province from which its offices have more officers."""
PHONES_FROM = 812_000_000
"""Phones of posts count up from here; valid in form, invented: never call them."""


class Post(NamedTuple):
    """A post and who fills it, as the author of what it does."""

    seat_id: int
    account_id: int
    kind: SeatKind
    area_code: str | None
    office_id: int | None
    agency_code: str | None
    province_code: str | None
    handles_sensitive: bool


@dataclass(slots=True)
class Posts:
    """The posts of the country by where they stand."""

    volunteers: dict[str, Post] = field(default_factory=dict)
    mentors: dict[str, Post] = field(default_factory=dict)
    coordinators: dict[str, Post] = field(default_factory=dict)
    heads: dict[int, Post] = field(default_factory=dict)
    officers: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))
    trusted: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))
    """Officers who handle sensitive cases."""
    by_seat: dict[int, Post] = field(default_factory=dict)

    def add(self, post: Post) -> None:
        self.by_seat[post.seat_id] = post
        if post.kind is SeatKind.VOLUNTEER and post.area_code:
            self.volunteers[post.area_code] = post
        elif post.kind is SeatKind.MENTOR and post.area_code:
            self.mentors[post.area_code] = post
        elif post.kind is SeatKind.COORDINATOR and post.province_code:
            self.coordinators[post.province_code] = post
        elif post.kind is SeatKind.OFFICE_HEAD and post.office_id:
            self.heads[post.office_id] = post
        elif post.kind is SeatKind.OFFICER and post.office_id:
            self.officers[post.office_id].append(post)
            if post.handles_sensitive:
                self.trusted[post.office_id].append(post)


class Wanted(NamedTuple):
    """A post to be made, under the handle that `prasan token` knows it by."""

    handle: str
    kind: SeatKind
    area_code: str | None = None
    office_code: str | None = None
    number: int = 1
    handles_sensitive: bool = False


def wanted_posts(areas: Iterable[tuple[str, AreaLevel]], offices: Iterable[str], library: Library) -> Iterator[Wanted]:
    """Give every post of the country; what the demo network has already goes by the same handles."""
    for code, level in areas:
        if level is AreaLevel.TAMBON:
            yield Wanted(f"volunteer {code}", SeatKind.VOLUNTEER, code)
        elif level is AreaLevel.AMPHOE:
            yield Wanted(f"mentor {code}", SeatKind.MENTOR, code)
    for code in offices:
        agency, province = code.split("-")
        if agency == "OPS":
            yield Wanted(f"coordinator {province}", SeatKind.COORDINATOR, None, code, 1, True)
        else:
            yield Wanted(f"head {code}", SeatKind.OFFICE_HEAD, None, code, 1, True)
        for number in range(1, _officers(library, province) + 1):
            handle = f"officer {code}{f' {number}' if number > 1 else ''}"
            yield Wanted(handle, SeatKind.OFFICER, None, code, number, number % 2 == 0)


def handles() -> set[str]:
    """Give the handles of all posts, as the data files name their places."""
    places = ((str(row["code"]), AreaLevel(row["level"])) for row in areas())
    offices = (str(row["code"]) for row in files.offices())
    return {wanted.handle for wanted in wanted_posts(places, offices, read_library())}


def _officers(library: Library, province: str) -> int:
    weight = library.shares["provinces"].get(province, 1)
    size = "busiest" if weight >= BUSIEST else "busy" if weight >= BUSY else "usual"
    officers: int = library.shares["officers"][size]
    return officers


def make_posts(
    reference: ReferenceData,
    library: Library,
    *,
    known: Container[UUID],
    rng: Random,
    since: datetime,
    ids: Iterator[int],
) -> Sheaf:
    """Give the rows of the posts whose accounts are not known yet, each filled by an invented person since `since`."""
    sheaf = Sheaf()
    areas = ((area.code, area.level) for area in reference.areas.values())
    for at, wanted in enumerate(wanted_posts(areas, reference.offices_by_code, library)):
        if subject_of(wanted.handle) in known:
            continue
        account = _account(next(ids), wanted, library.name(rng), f"+66{PHONES_FROM + at}")
        office = reference.offices_by_code[wanted.office_code] if wanted.office_code else None
        seat = SeatRow(
            id=next(ids),
            kind=wanted.kind,
            area_code=wanted.area_code,
            office_id=office.id if office else None,
            number=wanted.number,
            handles_sensitive=wanted.handles_sensitive,
        )
        for row in (account, seat, IncumbencyRow(id=next(ids), seat_id=seat.id, account_id=account.id, since=since)):
            sheaf.add(row)
    return sheaf


def _account(id_: int, wanted: Wanted, name: Name, phone: str) -> AccountRow:
    return AccountRow(
        id=id_,
        subject=subject_of(wanted.handle),
        title=name.title,
        given_name=name.given,
        family_name=name.family,
        given_name_en=name.given_en,
        family_name_en=name.family_en,
        phone=phone,
    )


async def read_posts(connection: AsyncConnection) -> Posts:
    """Read all filled posts, in the order of their numbers."""
    seat, incumbency, office = table_of(Seat), table_of(Incumbency), table_of(Office)
    filled = (
        select(
            seat.c.id,
            incumbency.c.account_id,
            seat.c.kind,
            seat.c.area_code,
            seat.c.office_id,
            office.c.agency_code,
            office.c.province_code,
            seat.c.handles_sensitive,
        )
        .select_from(seat.join(incumbency).outerjoin(office, seat.c.office_id == office.c.id))
        .where(incumbency.c.until.is_(None))
        .order_by(seat.c.number, seat.c.id)
    )
    posts = Posts()
    for row in await connection.execute(filled):
        posts.add(Post(*row))
    return posts
