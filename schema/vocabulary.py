"""The words of models/vocabulary.py as GraphQL enums, with their Thai names in the descriptions."""

from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from casework.errors import RefusalCode
from models import vocabulary
from models.vocabulary import Word

W = TypeVar("W", bound=type[Word])


def _publish(words: W) -> W:
    published: W = strawberry.enum(words, description=words.__doc__)
    definition: StrawberryEnumDefinition = published.__strawberry_definition__  # type: ignore[attr-defined]
    for value, member in zip(definition.values, words, strict=True):
        value.description = f"{member.th}: {member.description}"
    return published


PUBLISHED = [
    _publish(words)
    for words in (
        vocabulary.AccessLevel,
        vocabulary.AccessSource,
        vocabulary.AreaLevel,
        vocabulary.Audience,
        vocabulary.CaseAction,
        vocabulary.CaseOrder,
        vocabulary.CaseState,
        vocabulary.Certainty,
        vocabulary.Channel,
        vocabulary.ClockKind,
        vocabulary.ClockUnit,
        vocabulary.DisclosedField,
        vocabulary.EventKind,
        vocabulary.IdentifierKind,
        vocabulary.Language,
        vocabulary.LegalBasis,
        vocabulary.Outcome,
        vocabulary.Priority,
        vocabulary.ReasonCategory,
        vocabulary.ReferralAction,
        vocabulary.ReferralKind,
        vocabulary.ReferralState,
        vocabulary.SeatKind,
        RefusalCode,
    )
]
"""Every enum of the contract; importing this module registers them."""
