"""Which field belongs to which level: the table of domain.md "Who sees what", as data."""

from collections.abc import Mapping

from sqlmodel import SQLModel

from models import (
    Attachment,
    Case,
    CaseContent,
    CaseParty,
    CaseProblem,
    CaseSearch,
    Citizen,
    CitizenContact,
    CitizenIdentifier,
    CitizenSearch,
    IdentifierReveal,
    Note,
    PartyContact,
    Referral,
    ReferralContent,
    TaskText,
    table_of,
)
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
        "resolved_at": STATUS,
        "resolved_by_account_id": STATUS,
        "ended_at": STATUS,
        "erased_at": STATUS,
        "merged_into_case_id": STATUS,
        "campaign_id": STATUS,
        "version": STATUS,
        "title": ANONYMOUS,
        "priority": ANONYMOUS,
        "citizen_id": WORK,
        "tracking_generation": FULL,
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
        "disclosure_expires_at": STATUS,
        "sent_at": STATUS,
        "received_at": STATUS,
        "accepted_at": STATUS,
        "started_at": STATUS,
        "asked_at": STATUS,
        "ended_at": STATUS,
        "version": STATUS,
        "reason_category": ANONYMOUS,
        "reply_category": ANONYMOUS,
        "legal_basis": ANONYMOUS,
        "discloses": ANONYMOUS,
    },
    ReferralContent: {"reason": WORK, "reply": WORK, "report": WORK},
    TaskText: {"title": WORK},
    CaseParty: {"id": WORK, "case_id": WORK, "kind": WORK, "name": WORK, "area_code": WORK, "added_at": WORK},
    Citizen: {
        "id": WORK,
        "title": WORK,
        "given_name": WORK,
        "family_name": WORK,
        "language": WORK,
        "area_code": WORK,
        "birth_year": WORK,
        "registered_at": WORK,
        "erased_at": WORK,
        "merged_into_citizen_id": WORK,
        "version": WORK,
    },
}
"""Events need ANONYMOUS, notes and attachments WORK, within their audience; visits, tasks and checklists WORK; contacts
of other parties FULL; contacts of citizens and identifiers FULL or a disclosure."""

PERSONAL = frozenset(
    table_of(model)
    for model in (
        Attachment, CaseContent, CaseParty, CaseSearch, Citizen, CitizenContact, CitizenIdentifier, CitizenSearch,
        IdentifierReveal, Note, PartyContact, ReferralContent, TaskText,
    )
)  # fmt: skip
"""Tables that say something of a person: who is shown a row of them has looked at the citizen."""
