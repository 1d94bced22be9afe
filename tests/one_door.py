"""Which statements read guarded tables, and which of them go through the door."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.sql import visitors

from casework.policy.citizens import citizen_door
from casework.policy.visibility import door
from models import (
    Assignment,
    Attachment,
    Case,
    CaseContent,
    CaseDocument,
    CaseHolding,
    CaseMerge,
    CaseParty,
    CaseProblem,
    CaseSearch,
    Citizen,
    CitizenAccess,
    CitizenContact,
    CitizenIdentifier,
    CitizenSearch,
    Event,
    HandoverItem,
    IdentifierReveal,
    IncidentCase,
    Note,
    Participation,
    PartyContact,
    PartyTrace,
    Referral,
    ReferralContent,
    Task,
    TaskText,
    Visit,
    table_of,
)
from models.vocabulary import SeatKind

GUARDED_MODELS = (
    Assignment, Attachment, Case, CaseContent, CaseDocument, CaseHolding, CaseMerge, CaseParty, CaseProblem,
    CaseSearch, Citizen, CitizenAccess, CitizenContact, CitizenIdentifier, CitizenSearch, Event, HandoverItem,
    IdentifierReveal, IncidentCase, Note, Participation, PartyContact, PartyTrace, Referral, ReferralContent, Task,
    TaskText, Visit,
)  # fmt: skip
GUARDED = frozenset(table_of(model).name for model in GUARDED_MODELS)
SEE_ALL_OR_NOTHING = {SeatKind.AUDITOR, SeatKind.ADMIN}
"""What their doors allow is a plain TRUE or FALSE, which cannot be told from any other."""
KINDS = [kind for kind in SeatKind if kind not in SEE_ALL_OR_NOTHING]
DOORS = [
    way for kind in KINDS for through in (door(kind), citizen_door(kind)) for way in (through.allowed, through.listed)
]


def reads_guarded(statement: Any) -> set[str]:
    return {element.name for element in visitors.iterate(statement) if isinstance(element, Table)} & GUARDED


def goes_through_the_door(statement: Any) -> bool:
    return any(element is allowed for element in visitors.iterate(statement) for allowed in DOORS)
