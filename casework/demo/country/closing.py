"""How a resolved case closes: confirmed, undisputed or approved; a few results are disputed."""

from datetime import timedelta

from casework.demo.country.country import Process
from casework.demo.country.dossier import Dossier
from casework.demo.country.ending import close, dispute_closing
from casework.demo.country.posts import Post
from casework.rules.closing import TO_DISPUTE
from models.vocabulary import ClosingGround

CONFIRMED, DISPUTED = 0.55, 0.02
"""Shares of the results that a volunteer hears about."""
A_NIGHT = timedelta(hours=12)
"""The system closes undisputed cases in one of the hours after the time has passed."""
DAYS_TO_HEAR, DAYS_TO_APPROVE = 2, 9


class Closing:
    """What follows a result."""

    def __init__(self, dossier: Dossier, *, may_be_disputed: bool) -> None:
        self._dossier = dossier
        self._country = dossier.country
        self._may_be_disputed = may_be_disputed

    def run(self) -> Process:
        """Go on until the case is closed or its result disputed."""
        if self._dossier.case.sensitive:
            yield from self._approve()
        elif self._dossier.volunteer is not None and self._country.chance(CONFIRMED):
            yield from self._hear(self._dossier.volunteer)
        else:
            yield self._country.now + TO_DISPUTE + A_NIGHT * self._country.rng.random()
            close(self._dossier, ClosingGround.TIMED_OUT, by=None)

    def _approve(self) -> Process:
        """Somebody else than the one who resolved it has looked at it."""
        case, posts = self._dossier.case, self._country.posts
        head = posts.heads.get(case.holder_office_id) if case.holder_office_id else None
        yield self._country.clock.after(self._country.now, DAYS_TO_APPROVE, office=True)
        close(self._dossier, ClosingGround.APPROVED, by=head or posts.coordinators[case.province_code])

    def _hear(self, volunteer: Post) -> Process:
        """The volunteer tells the citizen, and witnesses the answer before the time to dispute is over."""
        at = self._country.clock.after(self._country.now, DAYS_TO_HEAR, office=False)
        yield min(at, self._country.now + TO_DISPUTE)
        problem = self._dossier.problems[0].problem_type_code
        if self._may_be_disputed and self._country.chance(DISPUTED):
            dispute_closing(self._dossier, self._country.text("disputes", problem), by=volunteer)
        else:
            note = self._country.text("confirmations", problem)
            close(self._dossier, ClosingGround.CONFIRMED, by=volunteer, note=note)
