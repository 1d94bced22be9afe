"""The course of a referral: it is registered, accepted, worked on and reported, or comes back sooner."""

from decimal import Decimal

from casework.demo.country import referring, reporting
from casework.demo.country.case_rows import ProblemRow
from casework.demo.country.country import Process
from casework.demo.country.dossier import Dossier, Sent
from casework.demo.country.posts import Post
from models.vocabulary import EventKind, Outcome, ReasonCategory, ReferralKind, ReferralState

LAPSED, RECALLED, REJECTED, RETURNED = 0.015, 0.02, 0.05, 0.02
"""Shares of referrals that end so."""
ASKED = 0.06
DAYS_TO_RECEIVE, DAYS_TO_ACCEPT, DAYS_TO_START, DAYS_TO_ASK, DAYS_TO_ANSWER = 1, 1.5, 2, 1, 5
DAYS_TO_REPORT = 100
RECOVERED = {Outcome.PAID: Decimal(1), Outcome.BENEFIT_APPROVED: Decimal(1), Outcome.SETTLED: Decimal("0.7")}
"""How much of a claim these outcomes bring."""


class ReferralCourse:
    """What becomes of one referral; its office acts through the officer who registers it."""

    def __init__(self, dossier: Dossier, sent: Sent, problem: ProblemRow) -> None:
        self._dossier = dossier
        self._sent = sent
        self._problem = problem
        self._country = dossier.country
        self._officer = self._country.officer(sent.row.to_office_id, sensitive=dossier.case.sensitive)

    def run(self) -> Process:
        """Go on until the referral, or its case, has ended."""
        for step in (self._arrive, self._answer, self._work):
            yield from step()
            if not self._sent.is_open:
                return

    def _arrive(self) -> Process:
        country, row = self._country, self._sent.row
        informs = row.kind is ReferralKind.INFORM
        lapses = country.lapse_of(row, self._dossier.case.priority) if country.chance(LAPSED) else None
        if lapses is not None:
            yield lapses
            if self._sent.is_open:
                reporting.lapse(self._dossier, self._sent)
            return
        yield country.clock.after(country.now, DAYS_TO_RECEIVE, office=True)
        if not self._sent.is_open:
            return
        if not informs and country.chance(RECALLED):
            self._give_back(EventKind.REFERRAL_RECALLED, ReferralState.RECALLED, by=self._sent.sender)
            return
        referring.receive(self._dossier, self._sent, by=self._officer)

    def _answer(self) -> Process:
        yield self._country.clock.after(self._country.now, DAYS_TO_ACCEPT, office=True)
        if not self._sent.is_open:
            return
        if self._country.chance(REJECTED):
            self._give_back(EventKind.REFERRAL_REJECTED, ReferralState.REJECTED, by=self._officer)
            return
        if self._country.chance(ASKED):
            yield from self._ask()
            if not self._sent.is_open:
                return
        referring.accept(self._dossier, self._sent, by=self._officer)

    def _ask(self) -> Process:
        country, problem = self._country, self._problem.problem_type_code
        referring.ask(self._dossier, self._sent, country.text("questions", problem), by=self._officer)
        yield country.clock.after(country.now, DAYS_TO_ANSWER, office=False)
        if self._sent.is_open:
            told = country.text("answers", problem)
            referring.answer(self._dossier, self._sent, told, by=self._sent.sender)
            yield country.clock.after(country.now, DAYS_TO_ASK, office=True)

    def _work(self) -> Process:
        country = self._country
        yield country.clock.after(country.now, DAYS_TO_START, office=True)
        if not self._sent.is_open:
            return
        referring.start(self._dossier, self._sent, by=self._officer)
        yield country.clock.after(country.now, DAYS_TO_REPORT * country.rng.lognormvariate(-0.4, 0.9), office=True)
        if not self._sent.is_open:
            return
        if country.chance(RETURNED):
            self._give_back(EventKind.REFERRAL_RETURNED, ReferralState.RETURNED, by=self._officer)
            return
        if self._sent.row.disclosure_expires_at <= country.now:
            referring.renew(self._dossier, self._sent)
        self._report()

    def _report(self) -> None:
        consulted = self._sent.row.kind is ReferralKind.CONSULT
        code = self._problem.problem_type_code
        outcome, claimed, recovered = result_of(self._dossier, self._problem)
        reporting.complete(
            self._dossier,
            self._sent,
            self._problem,
            by=self._officer,
            report=self._country.text("opinions" if consulted else "reports", code),
            outcome=None if consulted else outcome,
            claimed=claimed,
            recovered=recovered,
        )

    def _give_back(self, kind: EventKind, state: ReferralState, *, by: Post) -> None:
        recalled = state is ReferralState.RECALLED
        reporting.give_back(
            self._dossier,
            self._sent,
            kind,
            state,
            by=by,
            reply=self._country.text("recalls" if recalled else "replies", self._problem.problem_type_code),
            category=ReasonCategory.SENT_IN_ERROR if recalled else ReasonCategory.NOT_COMPETENT,
        )


def result_of(dossier: Dossier, problem: ProblemRow) -> tuple[Outcome, Decimal | None, Decimal | None]:
    """Draw an outcome that the leading agency reaches, with the amounts in baht where money is at stake."""
    country, shares = dossier.country, dossier.country.library.shares
    kind = country.reference.problem_types[problem.problem_type_code]
    outcome = Outcome(country.rng.choice(shares["outcomes"][kind.agency_code]))
    claim = shares["claims"].get(kind.code)
    if claim is None:
        return outcome, None, None
    claimed = Decimal(country.rng.randint(claim[0] // 50, claim[1] // 50) * 50)
    got = RECOVERED.get(outcome)
    return outcome, claimed, None if got is None else claimed * got
