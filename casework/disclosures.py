"""What a referral shows to the office addressed, from its registering to its end or that of its packet."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from casework.participations import begin_participation, end_participations
from casework.work import Unit
from models import Case, Participation, Referral, table_of
from models.vocabulary import AccessSource, DisclosedField, Disclosure, LegalBasis, Level


def disclosure_of(fields: Iterable[str]) -> Disclosure:
    return reduce(or_, (Disclosure[str(name)] for name in fields), Disclosure.NOTHING)


def fields_of(discloses: int) -> list[DisclosedField]:
    return [field for field in DisclosedField if Disclosure[field.value] & discloses]


part, referral = table_of(Participation), table_of(Referral)

DISCLOSED = (
    part.c.id,
    part.c.case_id,
    part.c.referral_id,
    part.c.office_id,
    part.c.discloses,
    referral.c.legal_basis,
    part.c.since,
    func.least(part.c.until, part.c.expires_at).label("ends_at"),
)
"""What an office was shown by a referral: the person at level WORK and these fields, from `since` until `ends_at`."""
IS_DISCLOSURE = and_(part.c.source == AccessSource.REFERRAL, part.c.level >= int(Level.WORK))


class Disclosed(NamedTuple):
    """One packet as it was in force; a renewed one is another. `discloses` are bits of `Disclosure`."""

    id: int
    case_id: int
    referral_id: int
    office_id: int
    discloses: int
    legal_basis: LegalBasis
    since: datetime
    ends_at: datetime


async def disclosures_of_citizen(session: AsyncSession, citizen_id: int) -> list[Disclosed]:
    """Give all that was disclosed of a citizen, the latest first, whoever asks: for the citizen's own request."""
    of_citizen = (
        select(*DISCLOSED)
        .join_from(part, referral, referral.c.id == part.c.referral_id)
        .join(table_of(Case), table_of(Case).c.id == part.c.case_id)
        .where(table_of(Case).c.citizen_id == citizen_id, IS_DISCLOSURE)
        .order_by(part.c.since.desc(), part.c.id.desc())
    )
    return [Disclosed._make(row) for row in await session.execute(of_citizen)]


async def show_case_to_office(work: Unit, referral: Referral) -> None:
    """Give the office level WORK and what the packet discloses, in place of what it had by this referral."""
    await end_participations(work, referral.case_id, referral_id=referral.id)
    await begin_participation(
        work,
        referral.case_id,
        level=Level.WORK,
        source=AccessSource.REFERRAL,
        office_id=referral.to_office_id,
        referral_id=referral.id,
        discloses=disclosure_of(referral.discloses),
        expires_at=referral.disclosure_expires_at,
    )
