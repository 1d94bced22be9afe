"""Tell posts and offices what is the matter with a case, each once for a reason, and end what is over."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from casework import journal
from casework.outgoing import tell_incumbents
from casework.rules.escalation import Matter
from casework.work import Unit
from models import Case, Incumbency, Notice, Office, Seat, table_of
from models.notice_words import NoticeTo
from models.vocabulary import EventKind, SeatKind

notice, seat, incumbency, office = (table_of(model) for model in (Notice, Seat, Incumbency, Office))


COORDINATING_AGENCY = "OPS"
"""Its office in a province is the provincial labour office."""


class Recipient(NamedTuple):
    """A post or an office."""

    seat_id: int | None = None
    office_id: int | None = None


class Telling(NamedTuple):
    """Who is to be told of a matter."""

    matter: Matter
    to: NoticeTo


class _Post(NamedTuple):
    id: int
    kind: SeatKind
    filled: bool


class Circle(NamedTuple):
    """The posts around a case that may be told, and the offices where somebody is."""

    posts: Sequence[_Post]
    staffed: frozenset[int]

    def of(self, case: Case, telling: Telling, labour_office: int | None) -> list[Recipient]:
        """Give who hears it; where nobody is, it goes to the mentor of a volunteer, else to the coordinator."""
        if telling.to is NoticeTo.OFFICE_ADDRESSED:
            return self._office(telling.matter.office_id) or self._coordinators(labour_office)
        if telling.to is NoticeTo.HOLDER:
            return (
                self._post(case.holder_seat_id)
                or self._office(case.holder_office_id)
                or self._mentor()
                or self._coordinators(labour_office)
            )
        if telling.to is NoticeTo.VOLUNTEER:
            return self._post(case.volunteer_seat_id)
        if telling.to is NoticeTo.MENTOR:
            return self._mentor() or self._coordinators(labour_office)
        return self._coordinators(labour_office)

    def _post(self, seat_id: int | None) -> list[Recipient]:
        return [Recipient(seat_id=post.id) for post in self.posts if post.id == seat_id and post.filled]

    def _office(self, office_id: int | None) -> list[Recipient]:
        return [Recipient(office_id=office_id)] if office_id in self.staffed else []

    def _mentor(self) -> list[Recipient]:
        return self._filled(SeatKind.MENTOR)

    def _coordinators(self, labour_office: int | None) -> list[Recipient]:
        """Where no coordinator is appointed, the provincial labour office finds it."""
        found = self._filled(SeatKind.COORDINATOR)
        return found or ([] if labour_office is None else [Recipient(office_id=labour_office)])

    def _filled(self, kind: SeatKind) -> list[Recipient]:
        return [Recipient(seat_id=post.id) for post in self.posts if post.kind is kind and post.filled]


async def circle_of(work: Unit, case: Case, office_ids: Iterable[int]) -> Circle:
    """Read who could be told about the case: two statements."""
    at_now = and_(incumbency.c.since <= work.now, or_(incumbency.c.until.is_(None), incumbency.c.until > work.now))
    filled = select(incumbency.c.id).where(incumbency.c.seat_id == seat.c.id, at_now).exists()
    posts = (
        select(seat.c.id, seat.c.kind, filled)
        .select_from(seat.outerjoin(office, seat.c.office_id == office.c.id))
        .where(
            or_(
                seat.c.id.in_([case.holder_seat_id, case.volunteer_seat_id]),
                and_(seat.c.kind == SeatKind.MENTOR, seat.c.area_code == case.amphoe_code),
                and_(seat.c.kind == SeatKind.COORDINATOR, office.c.province_code == case.province_code),
            )
        )
        .order_by(seat.c.id)
    )
    found = [_Post(*row) for row in await work.session.execute(posts)]
    asked = {case.holder_office_id, *office_ids} - {None}
    staffed = select(seat.c.office_id).where(seat.c.office_id.in_(asked), filled).distinct()
    return Circle(found, frozenset(await work.session.scalars(staffed)))


async def tell(work: Unit, case: Case, tellings: Sequence[Telling]) -> int:
    """Give the notices that were not given yet, each with its event, and tell how many those were."""
    if not tellings:
        return 0
    circle = await circle_of(work, case, {told.matter.office_id for told in tellings if told.matter.office_id})
    coordinating = work.reference.offices_for(COORDINATING_AGENCY, case.province_code)
    labour_office = coordinating[0].id if coordinating else None
    given = 0
    for telling in tellings:
        for recipient in circle.of(case, telling, labour_office):
            given += await _give(work, case, telling.matter, recipient)
    return given


async def _give(work: Unit, case: Case, matter: Matter, recipient: Recipient) -> bool:
    id_ = await work.new_id()
    fact = {
        "id": id_,
        "case_id": case.id,
        "reason": matter.reason,
        "referral_id": matter.referral_id,
        "since": matter.since,
        "given_at": work.now,
        **recipient._asdict(),
    }
    written = insert(notice).values(fact).on_conflict_do_nothing().returning(notice.c.id)
    if (await work.session.execute(written)).first() is None:
        return False
    told: journal.Payload = {
        "notice": id_,
        "reason": matter.reason.value,
        "seat": recipient.seat_id,
        "office": recipient.office_id,
        "referral": matter.referral_id,
    }
    await journal.append(work, case, EventKind.NOTICE_GIVEN, told)
    await tell_incumbents(work, notice_id=id_, **recipient._asdict())
    return True


async def end_what_is_over(work: Unit, case: Case, matters: Iterable[Matter]) -> int:
    """End the open notices of matters that are no more, and tell how many those were."""
    still = {(matter.reason, matter.referral_id, matter.since) for matter in matters}
    ended = 0
    for row in await work.session.scalars(_open_notices(case.id)):
        if (row.reason, row.referral_id, row.since) not in still:
            row.ended_at = work.now
            ended += 1
    await work.session.flush()
    return ended


def _open_notices(case_id: int) -> Select[Notice]:
    return select(Notice).where(col(Notice.case_id) == case_id, col(Notice.ended_at).is_(None))
