"""Referrals of a case to an office, split by the level that shows them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, Index, Text
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, identity_of, instant, long_text, only, reference_to
from models.vocabulary import LegalBasis, ReasonCategory, ReferralKind, ReferralState

OPEN_STATES = "('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'NEEDS_INFO', 'DISPUTED')"


def _words() -> Any:
    return Field(sa_type=ARRAY(Text))


class Referral(SQLModel, table=True):
    """Level STATUS, the categories of reasons at ANONYMOUS; one is open per problem and office.

    `asked_from` is the state to which an answer to the office's question leads back. The legal basis, what it discloses
    and until when are its disclosure packet.
    """

    __table_args__ = (
        only("kind", ReferralKind),
        only("state", ReferralState),
        only("legal_basis", LegalBasis),
        only("reason_category", ReasonCategory),
        only("reply_category", ReasonCategory),
        only("asked_from", ReferralState),
        CheckConstraint(
            "(state = 'NEEDS_INFO') = (asked_from IS NOT NULL) AND (state = 'NEEDS_INFO') = (asked_at IS NOT NULL)",
            name="asked_while_it_needs_info",
        ),
        CheckConstraint("(kind = 'INFORM') = (respond_by IS NULL)", name="all_but_information_wait_for_an_answer"),
        CheckConstraint("num_nonnulls(from_seat_id, from_office_id) = 1", name="one_sender"),
        Index(
            "one_open_referral",
            "problem_id",
            "to_office_id",
            unique=True,
            postgresql_where=text(f"state IN {OPEN_STATES}"),
        ),
        Index("referral_of_case", "case_id", text("sent_at DESC"), text("id DESC")),
        Index("referral_to_office", "to_office_id", "state"),
        Index("referral_from_seat", "from_seat_id", "state", postgresql_where=text("from_seat_id IS NOT NULL")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    problem_id: int = reference_to("case_problem.id")
    kind: ReferralKind = coded(ReferralKind, nullable=False)
    state: ReferralState = coded(ReferralState, nullable=False)
    from_seat_id: int | None = reference_to("seat.id", nullable=True)
    from_office_id: int | None = reference_to("office.id", nullable=True)
    to_office_id: int = reference_to("office.id")
    suggested_office_id: int | None = reference_to("office.id", nullable=True)
    reason_category: ReasonCategory = coded(ReasonCategory, nullable=False)
    reply_category: ReasonCategory | None = coded(ReasonCategory, default=None, nullable=True)
    legal_basis: LegalBasis = coded(LegalBasis, nullable=False)
    discloses: list[str] = _words()
    disclosure_expires_at: datetime = instant()
    respond_by: datetime | None = instant(nullable=True)
    result_by: datetime | None = instant(nullable=True)
    sent_at: datetime = instant()
    received_at: datetime | None = instant(nullable=True)
    accepted_at: datetime | None = instant(nullable=True)
    started_at: datetime | None = instant(nullable=True)
    asked_at: datetime | None = instant(nullable=True)
    asked_from: ReferralState | None = coded(ReferralState, default=None, nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    version: int = 1


class ReferralContent(SQLModel, table=True):
    """Level WORK: why it was sent, why it was refused, given or taken back, and what the office reports."""

    __tablename__ = "referral_content"

    referral_id: int = identity_of("referral.id")
    reason: str = long_text()
    reply: str | None = long_text(nullable=True)
    report: str | None = long_text(nullable=True)
