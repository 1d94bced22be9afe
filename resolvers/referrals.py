"""Referrals of cases to offices."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, select

from casework.policy.visibility import door, the_case
from models import CaseProblem, Referral, ReferralContent, table_of
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.looks import showing
from resolvers.rows import ReferralRow, ReferralTextRow

referral, texts, problem = table_of(Referral), table_of(ReferralContent), table_of(CaseProblem)
_OWN = tuple(name for name in ReferralRow._fields if name in referral.c)


@cache
def _referrals(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    joined = seen.rows.join(referral, referral.c.case_id == the_case.c.id).join(
        problem, problem.c.id == referral.c.problem_id
    )
    columns = seen.columns(Referral, referral, *_OWN)
    return (
        select(*columns, problem.c.problem_type_code, seen.level.label("level")).select_from(joined).where(seen.allowed)
    )


OF_CASES = CaseList(
    "referrals",
    build=_referrals,
    keys=[referral.c.sent_at, referral.c.id],
    descending=True,
    make=ReferralRow._make,
)
"""A case's referrals, the latest first."""


@cache
def _of_cases(kind: SeatKind) -> Select[Any]:
    latest_first = referral.c.sent_at.desc(), referral.c.id.desc()
    return _referrals(kind).where(the_case.c.id == any_(IDS)).order_by(*latest_first)


async def referrals_of_cases(ids: Sequence[int], *, context: Context) -> list[ReferralRow]:
    """Give all the referrals of cases, the latest first."""
    return [ReferralRow._make(row) for row in await context.rows(_of_cases(context.actor().kind), {"ids": list(ids)})]


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _referrals(kind).where(referral.c.id == any_(IDS))


async def referrals_by_ids(ids: Sequence[int | None], *, context: Context) -> list[ReferralRow | None]:
    return await look_up(ids, _by_ids, ReferralRow._make, context)


@cache
def _texts(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    joined = seen.rows.join(referral, referral.c.case_id == the_case.c.id).join(
        texts, texts.c.referral_id == referral.c.id
    )
    columns = seen.columns(ReferralContent, texts, "reason", "reply", "report")
    whose = referral.c.case_id, the_case.c.citizen_id, seen.level.label("level")
    rows = select(texts.c.referral_id, *columns, *whose).select_from(joined)
    return showing(rows.where(seen.allowed, referral.c.id == any_(IDS), seen.level >= int(Level.WORK)))


async def texts_of_referrals(referrals: Sequence[ReferralRow], *, context: Context) -> list[ReferralTextRow | None]:
    """Give reasons, replies and reports, where the level shows them."""
    ids = [row.id for row in referrals if row.level >= Level.WORK]
    rows = await context.rows(_texts(context.actor().kind), {"ids": ids}) if ids else []
    found = {row.referral_id: ReferralTextRow._make(row) for row in rows}
    return [found.get(row.id) for row in referrals]
