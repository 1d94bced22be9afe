"""A case or a referral taken onto the desk: found through the door, locked, ready to be changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, select

from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import is_over, may, may_handle, why_not_now
from casework.policy.visibility import door, the_case
from casework.rules.disclosures import why_not_shown
from casework.rules.states import check_case_goes_on
from casework.versions import Versioned
from casework.work import Unit, Work
from models import Assignment, Case, Referral, table_of
from models.action_words import CaseAction, ReferralAction
from models.vocabulary import AssignmentState, CaseState

assignment = table_of(Assignment)
referral_table = table_of(Referral)
_ID = bindparam("wanted", type_=BigInteger())


@dataclass(frozen=True, slots=True)
class CaseOnDesk:
    """A locked case as the actor sees it; answers the questions of policy/permissions.py."""

    case: Case
    level: int
    active: bool
    expired: bool
    assigned_seat_id: int | None

    @property
    def state(self) -> CaseState:
        return self.case.state

    @property
    def sensitive(self) -> bool:
        return self.case.sensitive

    @property
    def amphoe_code(self) -> str:
        return self.case.amphoe_code

    @property
    def province_code(self) -> str:
        return self.case.province_code

    @property
    def holder_seat_id(self) -> int | None:
        return self.case.holder_seat_id

    @property
    def holder_office_id(self) -> int | None:
        return self.case.holder_office_id

    @property
    def volunteer_seat_id(self) -> int | None:
        return self.case.volunteer_seat_id

    @property
    def resolved_by_account_id(self) -> int | None:
        return self.case.resolved_by_account_id

    @property
    def erased_at(self) -> datetime | None:
        return self.case.erased_at


async def take_case(work: Work, case_id: int) -> CaseOnDesk:
    """Lock the case, then read it and the actor's standing anew: both may have changed while waiting for the lock."""
    seen = door(work.by.kind)
    scope = work.by.scope_at(work.now) | {"wanted": case_id}
    lock = select(the_case.c.id).where(the_case.c.id == _ID, seen.allowed).with_for_update(key_share=True)
    if (await work.session.execute(lock, scope)).first() is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    pending = (
        select(assignment.c.seat_id)
        .where(assignment.c.case_id == the_case.c.id, assignment.c.state == AssignmentState.PROPOSED)
        .scalar_subquery()
    )
    read = (
        select(Case, seen.level, seen.active, seen.expired, pending)
        .select_from(seen.rows)
        .where(the_case.c.id == _ID, seen.allowed)
        .execution_options(populate_existing=True)
    )
    row = (await work.session.execute(read, scope)).first()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    desk = CaseOnDesk(*row)
    work.now = max(work.now, desk.case.updated_at)
    return desk


STEPS_BY_INPUT = frozenset({CaseAction.UPDATE_STATUS, CaseAction.END})
"""The wanted state decides what is possible; the action itself checks it."""


async def take_case_for(
    work: Work,
    case_id: int,
    action: CaseAction,
    *,
    expected_version: int | None = None,
    given_as: str = "expectedVersion",
) -> CaseOnDesk:
    """Take a case for an action: visible, permitted, of the expected version, possible; else refuse, in this order."""
    desk = await take_case(work, case_id)
    over = RefusalCode.CASE_ENDED if is_over(action, desk) else None
    refused = may(work.by, action, desk).refusal
    if refused is not None:
        raise Refusal(over or refused)
    if expected_version is not None and desk.case.version != expected_version:
        raise Refusal(RefusalCode.VERSION_CONFLICT, "input", given_as, subject=(Versioned.CASE, case_id))
    against = over if action in STEPS_BY_INPUT else why_not_now(action, desk)
    if against is not None:
        raise Refusal(against, before=desk.state.value)
    return desk


async def take_referral_for(
    work: Work, referral_id: int, action: ReferralAction, *, expected_version: int
) -> tuple[Referral, CaseOnDesk]:
    """Take a referral with its case, whose lock covers it; refuse as `take_case_for` does."""
    case_id = await work.session.scalar(select(referral_table.c.case_id).where(referral_table.c.id == referral_id))
    if case_id is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    desk = await take_case(work, case_id)
    referral = await work.session.get_one(Referral, referral_id, populate_existing=True)
    refused = may_handle(work.by, action, referral, desk).refusal
    if refused is not None:
        raise Refusal(refused)
    if referral.version != expected_version:
        raise Refusal(
            RefusalCode.VERSION_CONFLICT, "input", "expectedVersion", subject=(Versioned.REFERRAL, referral_id)
        )
    check_case_goes_on(desk.state)
    expires_at = referral.disclosure_expires_at
    against = why_not_shown(action, referral.state, referral.kind, expires_at=expires_at, now=work.now)
    if against is not None:
        raise Refusal(against)
    return referral, desk


def touch(work: Unit, case: Case, *, versioned: bool) -> None:
    """Move the case to the top of its lists; a changing verb also raises its version. The event's append writes it."""
    case.updated_at = work.now
    if versioned:
        case.version += 1
