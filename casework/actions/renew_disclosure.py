"""Give what a referral discloses a new end, and perhaps other fields."""

from datetime import datetime

from casework import journal
from casework.desk import take_referral_for, touch
from casework.disclosures import show_case_to_office
from casework.rules.disclosures import chosen_expiry
from casework.rules.states import next_referral_state
from casework.work import Work
from models.action_words import ReferralAction
from models.vocabulary import DisclosedField, EventKind, ReferralState


async def renew_disclosure(
    work: Work,
    *,
    referral_id: int,
    expected_version: int,
    expires_at: datetime,
    discloses: frozenset[DisclosedField] | None = None,
) -> int:
    """Write a new packet of an open referral; once registered, the office reads by it at once. Gives the referral's id.

    `discloses` None leaves the fields as they are; the legal basis stays.
    """
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.RENEW_DISCLOSURE, expected_version=expected_version
    )
    referral.state = next_referral_state(referral.state, ReferralAction.RENEW_DISCLOSURE, referral.kind)
    referral.disclosure_expires_at = chosen_expiry(
        work.reference.standards,
        "input",
        "expiresAt",
        kind=referral.kind,
        priority=desk.case.priority,
        wanted=expires_at,
        now=work.now,
        holidays=work.reference.holidays,
    )
    if discloses is not None:
        referral.discloses = sorted(discloses)
    referral.version += 1
    if referral.state is not ReferralState.SENT:
        await show_case_to_office(work, referral)
    touch(work, desk.case, versioned=False)
    renewed: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "discloses": list(referral.discloses),
        "legalBasis": referral.legal_basis.value,
        "disclosureExpiresAt": referral.disclosure_expires_at.isoformat(),
    }
    await journal.append(work, desk.case, EventKind.DISCLOSURE_RENEWED, renewed)
    return referral_id
