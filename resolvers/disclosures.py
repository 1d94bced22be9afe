"""To whom a citizen's data were disclosed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from casework.disclosures import DISCLOSED, IS_DISCLOSURE, Disclosed, part, referral
from casework.policy.visibility import door, the_case
from models.vocabulary import Level, SeatKind
from resolvers.context import Context
from resolvers.lists_of_cases import CaseList
from resolvers.paging import Page, Paging
from resolvers.rows_of_people import CitizenRow


def _disclosures(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    joined = seen.rows.join(part, part.c.case_id == the_case.c.id).join(referral, referral.c.id == part.c.referral_id)
    return select(*DISCLOSED).select_from(joined).where(seen.allowed, seen.reaches(Level.FULL), IS_DISCLOSURE)


OF_CITIZENS = CaseList(
    "disclosures",
    build=_disclosures,
    keys=[part.c.since, part.c.id],
    descending=True,
    make=Disclosed._make,
    of=the_case.c.citizen_id,
)
"""By the cases that the actor sees at level FULL, the latest first."""


async def disclosures_of_citizens(
    citizens: Sequence[CitizenRow], page: Paging, *, context: Context
) -> list[Page | None]:
    """Give a page for each citizen seen at level FULL; None for the others."""
    shown = [row for row in citizens if row.level >= Level.FULL]
    pages = dict(zip((row.id for row in shown), await OF_CITIZENS.pages(shown, page, context=context), strict=True))
    return [pages.get(row.id) for row in citizens]
