"""Which field belongs to which level: the table of domain.md "Who sees what", as data."""

from collections.abc import Mapping

from sqlmodel import SQLModel

from models import Case, CaseContent, CaseProblem, Citizen, Referral, ReferralContent
from models.vocabulary import Level

STATUS, ANONYMOUS, WORK, FULL = Level.STATUS, Level.ANONYMOUS, Level.WORK, Level.FULL

FIELD_LEVELS: Mapping[type[SQLModel], Mapping[str, Level]] = {
    Case: {
        "id": STATUS,
        "reference": STATUS,
        "state": STATUS,
        "channel": STATUS,
        "sensitive": STATUS,
        "area_code": STATUS,
        "amphoe_code": STATUS,
        "province_code": STATUS,
        "holder_seat_id": STATUS,
        "holder_office_id": STATUS,
        "volunteer_seat_id": STATUS,
        "opened_at": STATUS,
        "updated_at": STATUS,
        "due_at": STATUS,
        "review_on": STATUS,
        "ended_at": STATUS,
        "version": STATUS,
        "title": ANONYMOUS,
        "priority": ANONYMOUS,
        "citizen_id": WORK,
    },
    CaseContent: {"narrative": WORK, "workplace_area_code": WORK, "workplace_name": WORK},
    CaseProblem: {
        "id": STATUS,
        "case_id": STATUS,
        "problem_type_code": STATUS,
        "position": STATUS,
        "outcome": ANONYMOUS,
        "amount_claimed": ANONYMOUS,
        "amount_recovered": ANONYMOUS,
        "outcome_at": ANONYMOUS,
    },
    Referral: {
        "id": STATUS,
        "case_id": STATUS,
        "problem_id": STATUS,
        "kind": STATUS,
        "state": STATUS,
        "from_seat_id": STATUS,
        "from_office_id": STATUS,
        "to_office_id": STATUS,
        "suggested_office_id": STATUS,
        "respond_by": STATUS,
        "result_by": STATUS,
        "sent_at": STATUS,
        "received_at": STATUS,
        "accepted_at": STATUS,
        "started_at": STATUS,
        "ended_at": STATUS,
        "version": STATUS,
        "reason_category": ANONYMOUS,
        "reply_category": ANONYMOUS,
        "legal_basis": ANONYMOUS,
        "discloses": ANONYMOUS,
    },
    ReferralContent: {"reason": WORK, "reply": WORK, "report": WORK},
    Citizen: {
        "id": WORK,
        "title": WORK,
        "given_name": WORK,
        "family_name": WORK,
        "language": WORK,
        "area_code": WORK,
        "registered_at": WORK,
        "version": WORK,
    },
}
"""Events need ANONYMOUS and notes WORK, within their audience; contacts and identifiers FULL or a disclosure."""
