"""How referrals are read."""

from models import Case, CaseProblem, ReferralContent
from models.vocabulary import Level
from tests.oracle.mirror import Read
from tests.oracle.readers.making import all_shown_from, columns, node_id, of_now, shown_from


def _text(name: str) -> Read:
    return shown_from(Level.WORK, lambda m, row: getattr(m.facts.one(ReferralContent, referral_id=row.id), name))


READERS: dict[str, dict[str, Read]] = {
    "Referral": {
        "id": node_id("Referral"),
        "asOf": of_now,
        **columns(
            "kind", "state", "version", "respondBy", "resultBy", "disclosureExpiresAt", "sentAt", "receivedAt",
            "acceptedAt", "startedAt", "askedAt", "endedAt",
        ),
        **all_shown_from(Level.ANONYMOUS, columns("reasonCategory", "replyCategory", "legalBasis", "discloses")),
        "case": lambda m, row: m.visible(Case, row.case_id),
        "problemType": lambda m, row: m.problem_type(m.facts.one(CaseProblem, id=row.problem_id).problem_type_code),
        "fromOffice": lambda m, row: m.office(row.from_office_id),
        "fromSeat": lambda m, row: m.seat(row.from_seat_id),
        "toOffice": lambda m, row: m.office(row.to_office_id),
        "suggestedOffice": lambda m, row: m.office(row.suggested_office_id),
        "reason": _text("reason"),
        "reply": _text("reply"),
        "report": _text("report"),
        "isOverdue": lambda m, row: m.is_overdue(row),
    },
}  # fmt: skip
