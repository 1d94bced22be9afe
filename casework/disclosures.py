"""What a referral shows to the office addressed, from its registering to its end or that of its packet."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from casework.participations import begin_participation, end_participations
from casework.work import Unit
from models import Referral
from models.vocabulary import AccessSource, Disclosure, Level


def disclosure_of(fields: Iterable[str]) -> Disclosure:
    return reduce(or_, (Disclosure[str(name)] for name in fields), Disclosure.NOTHING)


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
