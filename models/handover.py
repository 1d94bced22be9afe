"""Handovers of posts: the receipt of what lay with a post when a person left it; ids and days, no texts."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, identity_of, instant, only, reference_to
from models.post_words import HandoverItemKind, HandoverReason


class Handover(SQLModel, table=True):
    """A post passed from one incumbent to the next, or to nobody; how much of each kind was handed over.

    For the post, its mentor, its coordinator and the administrator, who is told the numbers alone.
    """

    __table_args__ = (
        only("reason", HandoverReason),
        CheckConstraint("num_nonnulls(from_incumbency_id, to_incumbency_id) > 0", name="somebody_hands_over"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_account_id IS NULL)", name="confirmed_by_somebody"),
        Index("handover_of_seat", "seat_id", "at", "id"),
    )

    id: int = identity()
    seat_id: int = reference_to("seat.id")
    from_incumbency_id: int | None = reference_to("incumbency.id", nullable=True)
    to_incumbency_id: int | None = reference_to("incumbency.id", nullable=True)
    by_seat_id: int = reference_to("seat.id")
    reason: HandoverReason = coded(HandoverReason, nullable=False)
    at: datetime = instant()
    confirmed_at: datetime | None = instant(nullable=True)
    confirmed_by_account_id: int | None = reference_to("account.id", nullable=True)
    cases: int = 0
    proposals: int = 0
    referrals: int = 0
    questions: int = 0
    promises: int = 0
    deadlines: int = 0
    tasks: int = 0
    follows: int = 0


class HandoverItem(SQLModel, table=True):
    """Level STATUS: one thing that was handed over, in the order in which they are due.

    `about_id` is the assignment, the referral, the clock or the task; a case, a promise and a follow are told by their
    case. The database writes them (`draw_up_handover`): who hands a post over need not see its cases.
    """

    __tablename__ = "handover_item"
    __table_args__ = (only("kind", HandoverItemKind),)

    handover_id: int = identity_of("handover.id")
    position: int = Field(primary_key=True)
    kind: HandoverItemKind = coded(HandoverItemKind, nullable=False)
    case_id: int = reference_to("case.id", index=True)
    about_id: int | None = Field(None, sa_type=BigInteger)
    due_at: datetime | None = instant(nullable=True)
