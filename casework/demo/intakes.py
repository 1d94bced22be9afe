"""What demo scripts say, as the actions want to be given it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from casework.actions.add_party import Party
from casework.actions.open_case import Intake
from casework.actions.refer_case import Sending
from casework.actions.register_citizen import Person
from casework.citizen_records import Identifier
from casework.outcomes import Result
from casework.reference.data import ReferenceData
from models.vocabulary import (
    Channel,
    DisclosedField,
    IdentifierKind,
    Language,
    LegalBasis,
    Outcome,
    PartyKind,
    Priority,
    ReasonCategory,
    ReferralKind,
)

Told = Mapping[str, Any]


def person_of(script: Told) -> Person:
    citizen = script["citizen"]
    documents = [
        Identifier(kind, citizen[kind.value.lower()]) for kind in IdentifierKind if citizen.get(kind.value.lower())
    ]
    return Person(
        given_name=citizen["given_name"],
        family_name=citizen["family_name"],
        title=citizen["title"],
        language=Language(citizen["language"]),
        area_code=citizen["tambon"],
        phones=citizen["phones"],
        addresses=[citizen["address"]] if citizen.get("address") else [],
        identifiers=documents,
    )


def intake_of(script: Told, citizen_id: int, campaign_id: int | None = None) -> Intake:
    return Intake(
        citizen_id=citizen_id,
        problem_type_codes=script["problems"],
        area_code=script["area"],
        narrative=script["narrative"],
        channel=Channel(script["channel"]),
        priority=Priority(script["priority"]),
        campaign_id=campaign_id,
    )


def party_of(step: Told) -> Party:
    return Party(
        kind=PartyKind(step["kind"]),
        name=step["name"],
        phones=step.get("phones") or (),
        addresses=[step["address"]] if step.get("address") else (),
    )


def sending_of(step: Told, reference: ReferenceData) -> Sending:
    return Sending(
        office_id=reference.offices_by_code[step["to"]].id,
        problem_type_code=step["problem"],
        kind=ReferralKind(step["kind"]),
        reason=step["reason"],
        reason_category=ReasonCategory(step["category"]),
        legal_basis=LegalBasis(step["legal_basis"]),
        discloses=frozenset(DisclosedField(name) for name in step.get("discloses") or ()),
    )


def result_of(step: Told) -> Result:
    return Result(
        outcome=Outcome(step["outcome"]) if step.get("outcome") else None,
        amount_claimed=Decimal(step["claimed"]) if step.get("claimed") else None,
        amount_recovered=Decimal(step["recovered"]) if step.get("recovered") else None,
    )
