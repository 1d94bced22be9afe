"""The course of a case: screened, referred, followed up, resolved and closed, or ended sooner."""

from datetime import timedelta

from casework.demo.country.assigning import offer_to_volunteer
from casework.demo.country.case_rows import ProblemRow
from casework.demo.country.closing import Closing
from casework.demo.country.country import Process
from casework.demo.country.dossier import Dossier
from casework.demo.country.ending import end_early
from casework.demo.country.mail import Mail
from casework.demo.country.posts import Post
from casework.demo.country.referral_course import result_of
from casework.demo.country.reporting import record_outcome
from casework.rules.calendar import bangkok_day
from models.vocabulary import Audience, CaseState

OUT_OF_SCOPE, WITHDRAWN, WITHDRAWN_LATER = 0.03, 0.02, 0.004
REFERRED_BY_SEAT, REFERRED_BY_OFFICE = 0.97, 0.5
"""Of the problems of a case that a volunteer or an office holds."""
SENT_BESIDE = 0.28
"""Of the problems, how many are also sent to another office for its opinion or to take note."""
NOTED, WAITED, ASKED_CITIZEN, TRIED_AGAIN = 0.1, 0.15, 0.15, 0.7
DAYS_OF_OWN_WORK, DAYS_BETWEEN_LOOKS = 60, 20
KEPT_WITHIN = (Audience.CASE, Audience.CASE, Audience.CASE, Audience.CITIZEN, Audience.HOLDER_ONLY, Audience.OWN_AGENCY)


class CaseCourse:
    """What becomes of one case; whoever holds it acts."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._country = dossier.country
        self._mail = Mail(dossier)

    def run(self) -> Process:
        """Go on until the case has ended."""
        for step in (self._screen, self._begin, self._refer_all, self._follow_up, self._resolve):
            yield from step()
            if self._dossier.over:
                return

    def _holder(self) -> Post:
        """Who acts for the holder now."""
        case, country = self._dossier.case, self._country
        if case.holder_office_id is not None:
            return country.officer(case.holder_office_id, sensitive=case.sensitive)
        return self._country.post(case.holder_seat_id)

    def _after(self, days: float) -> Process:
        office = self._dossier.case.holder_office_id is not None
        yield self._country.clock.after(self._country.now, days, office=office)

    def _main_problem(self) -> str:
        return self._dossier.problems[0].problem_type_code

    def _note(self) -> None:
        by, rng = self._holder(), self._country.rng
        audience = rng.choice(KEPT_WITHIN)
        if audience is Audience.OWN_AGENCY and by.agency_code is None:
            audience = Audience.CASE
        self._dossier.add_note(self._country.text("notes", self._main_problem()), by=by, audience=audience)

    def _screen(self) -> Process:
        yield from self._after(0.8)
        if self._country.chance(OUT_OF_SCOPE):
            self._end_early(CaseState.OUT_OF_SCOPE)
        else:
            self._dossier.update_status(CaseState.SCREENING, by=self._holder())

    def _begin(self) -> Process:
        yield from self._after(1.5)
        if self._country.chance(WITHDRAWN):
            self._end_early(CaseState.WITHDRAWN)
            return
        self._dossier.update_status(CaseState.IN_PROGRESS, by=self._holder())
        if self._dossier.case.volunteer_seat_id is None:
            self._country.go_on(offer_to_volunteer(self._dossier))

    def _end_early(self, state: CaseState) -> None:
        reason = self._country.text("endings", self._main_problem())
        end_early(self._dossier, state, by=self._holder(), reason=reason)

    def _refer_all(self) -> Process:
        by_office = self._dossier.case.holder_office_id is not None
        for problem in self._dossier.problems:
            yield from self._after(0.3)
            if self._dossier.over:
                return
            if self._country.chance(REFERRED_BY_OFFICE if by_office else REFERRED_BY_SEAT):
                self._mail.refer(problem, by=self._holder())
            if self._country.chance(SENT_BESIDE):
                self._mail.send_beside(problem, by=self._holder())

    def _follow_up(self) -> Process:
        """Wait for the offices, look again now and then, and record what the holder finds out itself."""
        while True:
            while self._mail.is_under_way():
                yield from self._wait()
                if self._dossier.over:
                    return
            missing = [problem for problem in self._dossier.problems if problem.outcome is None]
            if not missing:
                return
            yield from self._after(DAYS_OF_OWN_WORK)
            if self._dossier.over:
                return
            self._settle(missing[0])

    def _wait(self) -> Process:
        dossier, country = self._dossier, self._country
        waits = dossier.case.state is CaseState.IN_PROGRESS and country.chance(WAITED)
        if waits:
            citizen = country.chance(ASKED_CITIZEN)
            state = CaseState.WAITING_CITIZEN if citizen else CaseState.WAITING_AGENCY
            review = bangkok_day(country.now) + timedelta(days=country.rng.randint(10, 45))
            dossier.update_status(state, by=self._holder(), review_on=review)
        yield from self._after(DAYS_BETWEEN_LOOKS)
        if dossier.over:
            return
        if country.chance(WITHDRAWN_LATER):
            self._end_early(CaseState.WITHDRAWN)
        elif country.chance(NOTED):
            self._note()
        elif dossier.case.state is not CaseState.IN_PROGRESS:
            dossier.update_status(CaseState.IN_PROGRESS, by=self._holder())

    def _settle(self, problem: ProblemRow) -> None:
        if self._mail.may_try_again(problem) and self._country.chance(TRIED_AGAIN):
            self._mail.refer(problem, by=self._holder())
            if self._mail.is_under_way():
                return
        outcome, claimed, recovered = result_of(self._dossier, problem)
        record_outcome(self._dossier, problem, outcome, claimed=claimed, recovered=recovered, by=self._holder())

    def _resolve(self) -> Process:
        """Tell the citizen the result; if it is disputed, once more after some work."""
        for may_be_disputed in (True, False):
            yield from self._after(2)
            if self._dossier.over:
                return
            if self._dossier.case.state is not CaseState.IN_PROGRESS:
                self._dossier.update_status(CaseState.IN_PROGRESS, by=self._holder())
                yield from self._after(0.1)
            self._dossier.update_status(CaseState.RESOLVED, by=self._holder())
            yield from Closing(self._dossier, may_be_disputed=may_be_disputed).run()
            if self._dossier.over:
                return
