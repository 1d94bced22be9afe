"""What a case's holder sends to offices: which problem, to whom, as which kind of referral."""

from casework.demo.country import referring
from casework.demo.country.case_rows import ProblemRow
from casework.demo.country.dossier import Dossier
from casework.demo.country.posts import Post
from casework.demo.country.referral_course import ReferralCourse
from models.vocabulary import DisclosedField, LegalBasis, ReasonCategory, ReferralKind

TRANSFERRED = 0.12
CONSULTED = 0.3
"""Of what is sent beside the referral; the rest is information."""
MOST_TRIES = 2
"""How often a problem is sent to the office that answers for it."""


class Mail:
    """The referrals of one case; each takes its course."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._country = dossier.country
        self._tries = dict.fromkeys((problem.id for problem in dossier.problems), 0)

    def is_under_way(self) -> bool:
        return any(sent.is_open for sent in self._dossier.referrals)

    def may_try_again(self, problem: ProblemRow) -> bool:
        """Was it sent, and came back without an outcome, but not too often?"""
        return 0 < self._tries[problem.id] < MOST_TRIES

    def refer(self, problem: ProblemRow, *, by: Post) -> None:
        """Send the problem to the office that answers for it; sometimes the whole case moves there."""
        office_id = self._country.office_of(problem.problem_type_code, self._dossier.case.province_code)
        moves = not self.is_under_way() and problem.position == 1 and self._country.chance(TRANSFERRED)
        self._tries[problem.id] += 1
        self._send(problem, office_id, ReferralKind.TRANSFER if moves else ReferralKind.REFER, by=by)

    def send_beside(self, problem: ProblemRow, *, by: Post) -> None:
        """Ask another office for its opinion, or let it take note."""
        country = self._country
        kind = country.reference.problem_types[problem.problem_type_code]
        agency = country.rng.choice(kind.also_agency_codes) if kind.also_agency_codes else "OPS"
        office = country.reference.offices_by_code[f"{agency}-{self._dossier.case.province_code}"]
        consulted = country.chance(CONSULTED)
        self._send(problem, office.id, ReferralKind.CONSULT if consulted else ReferralKind.INFORM, by=by)

    def _send(self, problem: ProblemRow, office_id: int, kind: ReferralKind, *, by: Post) -> None:
        """Send nothing to the office that holds the case or has the problem on its desk."""
        if self._dossier.case.holder_office_id == office_id or any(
            sent.is_open and sent.row.problem_id == problem.id and sent.row.to_office_id == office_id
            for sent in self._dossier.referrals
        ):
            return
        rng = self._country.rng
        fields = [DisclosedField.ADDRESSES, DisclosedField.PHONES][: rng.randint(0, 2)]
        sent = referring.refer(
            self._dossier,
            problem,
            office_id,
            kind,
            by=by,
            reason=self._country.text("reasons", problem.problem_type_code),
            category=ReasonCategory.COMPETENCE if kind is ReferralKind.REFER else ReasonCategory.JOINT_WORK,
            basis=rng.choice((LegalBasis.CONSENT, LegalBasis.PUBLIC_TASK)),
            discloses=[] if kind is ReferralKind.INFORM else fields,
        )
        self._country.go_on(ReferralCourse(self._dossier, sent, problem).run())
