"""Make a post that somebody can be appointed to."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlmodel import col

from casework.errors import Refusal, RefusalCode
from casework.new_seats import make_seat, one_at_a_time
from casework.policy.permissions import check, may_with_post
from casework.policy.visibility import OF_AN_OFFICE
from casework.rules.posts import COORDINATING_AGENCY
from casework.work import Work
from models import Seat
from models.action_words import SeatAction
from models.vocabulary import AreaLevel, SeatKind

AREA_OF = {SeatKind.VOLUNTEER: AreaLevel.TAMBON, SeatKind.MENTOR: AreaLevel.AMPHOE}


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A post of an area, of an office, or of neither, as its kind wants it."""

    kind: SeatKind
    area_code: str | None = None
    office_id: int | None = None
    handles_sensitive: bool = False

    @property
    def id(self) -> None:
        """It has none yet: nobody fills it."""
        return


async def create_seat(work: Work, *, post: NewSeat) -> int:
    """Write the post, empty. Gives its id."""
    check(may_with_post(work.by, SeatAction.CREATE, post))
    _check_place(work, post)
    await one_at_a_time(work)
    if post.kind is SeatKind.MENTOR:
        await _check_no_other_mentor(work, post.area_code)
    seat = await make_seat(
        work,
        post.kind,
        area_code=post.area_code,
        office_id=post.office_id,
        handles_sensitive=post.handles_sensitive,
    )
    return seat.id


def _check_place(work: Work, post: NewSeat) -> None:
    """A volunteer stands for a tambon, a mentor for an amphoe, staff at an office, a coordinator at the province's."""
    area = None if post.area_code is None else work.reference.areas.get(post.area_code)
    if post.area_code is not None and area is None:
        raise Refusal(RefusalCode.AREA_UNKNOWN, "input", "area")
    office = None if post.office_id is None else work.reference.offices.get(post.office_id)
    if post.office_id is not None and office is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "office")
    if (None if area is None else area.level) is not AREA_OF.get(post.kind):
        raise Refusal(RefusalCode.SEAT_PLACE_WRONG, "input", "area")
    coordinates = office is not None and office.agency_code == COORDINATING_AGENCY
    fits = (office is not None) == (post.kind in OF_AN_OFFICE)
    if not fits or (post.kind is SeatKind.COORDINATOR and not coordinates):
        raise Refusal(RefusalCode.SEAT_PLACE_WRONG, "input", "office")


async def _check_no_other_mentor(work: Work, area_code: str | None) -> None:
    there = exists().where(col(Seat.kind) == SeatKind.MENTOR, col(Seat.area_code) == area_code)
    if await work.session.scalar(select(there)):
        raise Refusal(RefusalCode.MENTOR_SEAT_EXISTS, "input", "area")
