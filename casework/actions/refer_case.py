"""Refer a problem of a case to an office, or transfer the whole case to it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlmodel import col

from casework import journal
from casework.clocks import clocks_told, refresh_clocks
from casework.desk import CaseOnDesk, take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.participations import begin_participation
from casework.policy.visibility import OF_AN_OFFICE
from casework.problems import problem_of_case
from casework.rules import texts
from casework.rules.deadlines import referral_times
from casework.rules.disclosures import chosen_expiry, expiry_by_rule
from casework.rules.posts import COORDINATING_AGENCY
from casework.rules.states import REFERRAL_OPEN
from casework.rules.transfers import Holder, goes_in_circles
from casework.work import Work
from models import Case, CaseContent, CaseHolding, Citizen, Referral, ReferralContent
from models.action_words import CaseAction
from models.vocabulary import (
    AccessSource,
    DisclosedField,
    EventKind,
    LegalBasis,
    Level,
    ReasonCategory,
    ReferralKind,
    ReferralState,
    SeatKind,
)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is asked of which office, what it will see from RECEIVED on, why it may, and until when."""

    office_id: int
    problem_type_code: str
    kind: ReferralKind
    reason: str
    reason_category: ReasonCategory
    legal_basis: LegalBasis
    discloses: frozenset[DisclosedField] = field(default=frozenset())
    respond_by: datetime | None = None
    disclosure_expires_at: datetime | None = None


async def refer_case(work: Work, *, case_id: int, expected_version: int, sending: Sending) -> int:
    """Send the referral and give its id; the office sees the case at level ANONYMOUS until it registers it."""
    desk = await take_case_for(work, case_id, CaseAction.REFER, expected_version=expected_version)
    return await send_referral(work, desk, sending)


async def send_referral(work: Work, desk: CaseOnDesk, sending: Sending) -> int:
    """Send a referral of a case that a verb has taken, and give its id."""
    case_id = desk.case.id
    reason = texts.clean(sending.reason, "input", "reason", limit=texts.LONG)
    if sending.kind is ReferralKind.INFORM and sending.discloses:
        raise Refusal(RefusalCode.DISCLOSURE_UNWANTED, "input", "discloses")
    problem = await problem_of_case(work, case_id, sending.problem_type_code)
    await _check_office(work, desk.case, sending)
    await _check_none_open(work, desk, problem.id, sending)
    await _check_no_circle(work, desk.case, sending)
    referral = await _new_referral(work, desk, problem.id, sending)
    await work.save(referral, ReferralContent(referral_id=referral.id, reason=reason))
    await begin_participation(
        work,
        case_id,
        level=Level.ANONYMOUS,
        source=AccessSource.REFERRAL,
        office_id=sending.office_id,
        referral_id=referral.id,
    )
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=True)
    sent: journal.Payload = {
        "referral": referral.id,
        "kind": sending.kind.value,
        "office": sending.office_id,
        "problemType": sending.problem_type_code,
        "discloses": sorted(sending.discloses),
        "legalBasis": sending.legal_basis.value,
        "disclosureExpiresAt": referral.disclosure_expires_at.isoformat(),
        **clocks_told(referral),
    }
    await journal.append(work, desk.case, EventKind.REFERRAL_SENT, sent)
    return referral.id


async def _new_referral(work: Work, desk: CaseOnDesk, problem_id: int, sending: Sending) -> Referral:
    about: Any = {"kind": sending.kind, "priority": desk.case.priority, "holidays": work.reference.holidays}
    standards, wanted = work.reference.standards, sending.disclosure_expires_at
    times = referral_times(standards, **about, sent_at=work.now, wanted=sending.respond_by)
    if wanted is None:
        expires_at = expiry_by_rule(standards, **about, times=times, sent_at=work.now)
    else:
        expires_at = chosen_expiry(standards, "input", "disclosureExpiresAt", **about, wanted=wanted, now=work.now)
    from_office = work.by.kind in OF_AN_OFFICE
    return Referral(
        id=await work.new_id(),
        case_id=desk.case.id,
        problem_id=problem_id,
        kind=sending.kind,
        state=ReferralState.SENT,
        from_seat_id=None if from_office else work.by.seat_id,
        from_office_id=work.by.office_id if from_office else None,
        to_office_id=sending.office_id,
        reason_category=sending.reason_category,
        legal_basis=sending.legal_basis,
        discloses=sorted(sending.discloses),
        disclosure_expires_at=expires_at,
        respond_by=times.respond_by,
        result_by=times.result_by,
        sent_at=work.now,
    )


async def _check_office(work: Work, case: Case, sending: Sending) -> None:
    """The office answers for where the case was taken, where the work was, or where the citizen lives."""
    if sending.office_id not in work.reference.offices:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "office")
    if case.holder_office_id == sending.office_id:
        raise Refusal(RefusalCode.OFFICE_IS_HOLDER, "input", "office")
    content = await work.session.get_one(CaseContent, case.id)
    citizen = await work.session.get_one(Citizen, case.citizen_id)
    places = (case.area_code, content.workplace_area_code, citizen.area_code)
    if not any(place and work.reference.covers(sending.office_id, place) for place in places):
        raise Refusal(RefusalCode.OFFICE_OUTSIDE_COVERAGE, "input", "office")


async def _check_none_open(work: Work, desk: CaseOnDesk, problem_id: int, sending: Sending) -> None:
    open_ones = (
        col(Referral.case_id) == desk.case.id,
        col(Referral.state).in_(REFERRAL_OPEN),
    )
    same = exists().where(
        *open_ones,
        col(Referral.problem_id) == problem_id,
        col(Referral.to_office_id) == sending.office_id,
    )
    if await work.session.scalar(select(same)):
        raise Refusal(RefusalCode.REFERRAL_ALREADY_OPEN, "input", "office")
    transfer = exists().where(*open_ones, col(Referral.kind) == ReferralKind.TRANSFER)
    if sending.kind is ReferralKind.TRANSFER and await work.session.scalar(select(transfer)):
        raise Refusal(RefusalCode.TRANSFER_ALREADY_OPEN, "input", "kind")


async def _check_no_circle(work: Work, case: Case, sending: Sending) -> None:
    """The coordinator decides where a case belongs; whoever may not may always bring it to the coordinator's office."""
    decides = work.by.kind is SeatKind.COORDINATOR
    coordinates = work.reference.offices[sending.office_id].agency_code == COORDINATING_AGENCY
    if sending.kind is not ReferralKind.TRANSFER or decides or coordinates:
        return
    held = select(col(CaseHolding.seat_id), col(CaseHolding.office_id)).where(col(CaseHolding.case_id) == case.id)
    rows = await work.session.execute(held.order_by(col(CaseHolding.since), col(CaseHolding.id)))
    if goes_in_circles([Holder(*row) for row in rows], Holder(None, sending.office_id)):
        raise Refusal(RefusalCode.TRANSFER_CYCLE, "input", "office")
