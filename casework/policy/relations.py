"""How an actor stands to a case, a referral or a post: the words in which permissions are written."""

from datetime import datetime
from typing import Protocol

from casework.policy.actors import Actor
from models.vocabulary import CaseState, ReferralKind, ReferralState, SeatKind, Word


class Relation(Word):
    """How an actor stands to a case, a referral or a post."""

    HOLDER = "HOLDER", "เจ้าของเรื่อง", "the holder of the case: its seat, or everybody of its office"
    HEAD_OF_HOLDER = "HEAD_OF_HOLDER", "หัวหน้าสำนักงานเจ้าของเรื่อง", "the head of the office that holds the case"
    VOLUNTEER_OF_CASE = "VOLUNTEER_OF_CASE", "อาสาสมัครของเรื่อง", "the volunteer who sees the case through"
    MENTOR_OF_AMPHOE = "MENTOR_OF_AMPHOE", "พี่เลี้ยงของอำเภอ", "the mentor of the amphoe where the case was taken"
    COORDINATOR_OF_PROVINCE = (
        "COORDINATOR_OF_PROVINCE",
        "ผู้ประสานงานของจังหวัด",
        "the coordinator of the province where the case was taken",
    )
    PARTICIPANT = "PARTICIPANT", "ผู้มีส่วนร่วม", "whoever takes part in the case now"
    ASSIGNED = "ASSIGNED", "ผู้ได้รับมอบหมาย", "the volunteer who was asked to take the case and has not answered"
    WHOEVER_SEES_IT = "WHOEVER_SEES_IT", "ผู้เห็นเรื่อง", "whoever sees the case"
    OFFICE_ADDRESSED = "OFFICE_ADDRESSED", "สำนักงานปลายทาง", "everybody of the office addressed"
    SENDER = "SENDER", "ผู้ส่ง", "the side that sent the referral: its seat, or everybody of its office"
    ADMINISTRATOR = "ADMINISTRATOR", "ผู้ดูแลระบบ", "the administrator of the directory"
    COORDINATOR_OF_POST = (
        "COORDINATOR_OF_POST",
        "ผู้ประสานงานของตำแหน่ง",
        "the coordinator of the province, for posts of volunteers and mentors",
    )
    OWN_POST = "OWN_POST", "ผู้ดำรงตำแหน่ง", "whoever fills the post, or covers it"
    MENTOR_OF_POST = "MENTOR_OF_POST", "พี่เลี้ยงของตำแหน่ง", "the mentor of the amphoe, for posts of its volunteers"
    LEADER_OF_POST = (
        "LEADER_OF_POST",
        "หัวหน้าของตำแหน่ง",
        "the head or the coordinator of the office, for posts of its officers",
    )
    AUDITOR_OF_POST = "AUDITOR_OF_POST", "ผู้ตรวจสอบ", "an auditor, for posts that work on cases"


class CaseStanding(Protocol):
    """What permissions need to know of a case as the actor sees it; rows of resolvers and actions both have it."""

    @property
    def state(self) -> CaseState: ...
    @property
    def level(self) -> int: ...
    @property
    def active(self) -> bool: ...
    @property
    def expired(self) -> bool: ...
    @property
    def sensitive(self) -> bool: ...
    @property
    def amphoe_code(self) -> str: ...
    @property
    def province_code(self) -> str: ...
    @property
    def holder_seat_id(self) -> int | None: ...
    @property
    def holder_office_id(self) -> int | None: ...
    @property
    def volunteer_seat_id(self) -> int | None: ...
    @property
    def assigned_seat_id(self) -> int | None: ...
    @property
    def resolved_by_account_id(self) -> int | None: ...
    @property
    def erased_at(self) -> datetime | None: ...


class ReferralStanding(Protocol):
    @property
    def kind(self) -> ReferralKind: ...
    @property
    def state(self) -> ReferralState: ...
    @property
    def from_seat_id(self) -> int | None: ...
    @property
    def from_office_id(self) -> int | None: ...
    @property
    def to_office_id(self) -> int: ...
    @property
    def disclosure_expires_at(self) -> datetime: ...


class SeatStanding(Protocol):
    @property
    def id(self) -> int | None: ...
    @property
    def kind(self) -> SeatKind: ...
    @property
    def area_code(self) -> str | None: ...
    @property
    def office_id(self) -> int | None: ...


R = Relation


def _holding(found: dict[Relation, bool]) -> frozenset[Relation]:
    return frozenset(relation for relation, holds in found.items() if holds)


def relations_to_case(by: Actor, case: CaseStanding) -> frozenset[Relation]:
    office_holds = by.office_id is not None and case.holder_office_id == by.office_id
    return _holding(
        {
            R.HOLDER: case.holder_seat_id == by.seat_id or office_holds,
            R.HEAD_OF_HOLDER: by.kind is SeatKind.OFFICE_HEAD and office_holds,
            R.VOLUNTEER_OF_CASE: case.volunteer_seat_id == by.seat_id,
            R.MENTOR_OF_AMPHOE: by.kind is SeatKind.MENTOR and case.amphoe_code == by.amphoe_code,
            R.COORDINATOR_OF_PROVINCE: by.kind is SeatKind.COORDINATOR and case.province_code == by.province_code,
            R.PARTICIPANT: case.active,
            R.ASSIGNED: case.assigned_seat_id == by.seat_id,
            R.WHOEVER_SEES_IT: True,
        }
    )


def relations_to_referral(by: Actor, referral: ReferralStanding) -> frozenset[Relation]:
    in_office = by.office_id is not None
    return _holding(
        {
            R.OFFICE_ADDRESSED: in_office and referral.to_office_id == by.office_id,
            R.SENDER: referral.from_seat_id == by.seat_id or (in_office and referral.from_office_id == by.office_id),
        }
    )


COORDINATED = frozenset({SeatKind.VOLUNTEER, SeatKind.MENTOR})
"""Kinds of posts that the coordinator of their province fills; all others are the administrator's."""
LEADERS = frozenset({SeatKind.OFFICE_HEAD, SeatKind.COORDINATOR})
"""Kinds of posts that lead their office."""
WITHOUT_CASES = frozenset({SeatKind.AUDITOR, SeatKind.ADMIN})
"""Kinds of posts that work on no case."""


def relations_to_seat(by: Actor, seat: SeatStanding) -> frozenset[Relation]:
    area = seat.area_code or ""
    in_province = by.province_code is not None and area.startswith(by.province_code)
    return _holding(
        {
            R.ADMINISTRATOR: by.kind is SeatKind.ADMIN,
            R.COORDINATOR_OF_POST: by.kind is SeatKind.COORDINATOR and seat.kind in COORDINATED and in_province,
            R.OWN_POST: seat.id == by.seat_id,
            R.MENTOR_OF_POST: by.kind is SeatKind.MENTOR
            and seat.kind is SeatKind.VOLUNTEER
            and area.startswith(by.amphoe_code or "?"),
            R.LEADER_OF_POST: by.kind in LEADERS
            and seat.kind is SeatKind.OFFICER
            and by.office_id is not None
            and seat.office_id == by.office_id,
            R.AUDITOR_OF_POST: by.kind is SeatKind.AUDITOR and seat.kind not in WITHOUT_CASES,
        }
    )
