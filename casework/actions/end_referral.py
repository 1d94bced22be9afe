"""End a referral by one of its verbs: its state, its time, the office's access, the case's clock."""

from casework.desk import CaseOnDesk, touch
from casework.due import refresh_due
from casework.participations import end_participations
from casework.rules.states import next_referral_state
from casework.work import Work
from models import Referral
from models.vocabulary import ReferralAction


async def end_referral(work: Work, referral: Referral, desk: CaseOnDesk, action: ReferralAction) -> None:
    """Leave the office level STATUS and the sender a status card for ever."""
    referral.state = next_referral_state(referral.state, action, referral.kind)
    referral.ended_at = work.now
    referral.version += 1
    await end_participations(work, referral.case_id, referral_id=referral.id)
    await refresh_due(work, desk.case)
    await touch(work, desk.case, versioned=False)
