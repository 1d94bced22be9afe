"""An input for every mutation of the contract, read off the contract: nothing wrong in it but what it is about."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, Undefined

from schema.contract import contract

Given = dict[str, Any]
KINDS = {"CaseRef": "Case", "CitizenRef": "Citizen"}
"""Types of fields that name a guarded row, and its type."""
BY_ID = {
    "referral": "Referral",
    "deadline": "Deadline",
    "task": "Task",
    "attachment": "Attachment",
    "activity": "Activity",
}
"""Fields that name a guarded row by its id alone, and its type."""
WORDS: Given = {
    "expectedVersion": 1,
    "expectedIntoVersion": 1,
    "problemTypes": ["UNPAID_WAGES"],
    "problemType": "UNPAID_WAGES",
    "office": {"code": "DLPW-43"},
    "state": "SCREENING",
    "identifier": {"kind": "PASSPORT", "lastFour": "0001"},
    "familyName": "ใจงาม",
    "day": "2026-11-02",
    "more": 5,
    "byteCount": 77,
    "sha256": "0" * 64,
    "fileName": "สลิป.pdf",
    "fiscalYear": 2570,
    "round": 9,
}
TEXT = "มีเหตุผล"
SOON = "2026-11-30T03:00:00Z"


def mutations() -> dict[str, GraphQLInputObjectType]:
    """Give the input type of each mutation."""
    root: Any = contract()._schema.mutation_type
    return {name: _bare(field.args["input"].type) for name, field in root.fields.items()}


def guarded_fields() -> Iterator[tuple[str, str]]:
    """Give each mutation with each field of its input that names a guarded row."""
    for name in mutations():
        yield from ((name, field) for field in sorted(refs(name)))


def refs(name: str) -> dict[str, str]:
    """Give the fields of a mutation's input that name guarded rows, and their types."""
    named = {**BY_ID, "visit": "Visit"}
    kinds = {
        field: KINDS.get(_bare(declared.type).name) or named.get(field)
        for field, declared in mutations()[name].fields.items()
    }
    return {field: kind for field, kind in kinds.items() if kind is not None}


def named_row(field: str, sealed: str) -> Any:
    if field == "visit":
        return {"kept": {"visit": sealed, "outcome": "DONE"}}
    return sealed if field in BY_ID else {"id": sealed}


def input_for(name: str, **known: Any) -> Given:
    """Fill what must be given, with `known` first; the operation is a new one."""
    kind = mutations()[name]
    given = {"operationId": str(uuid4())}
    for field, declared in kind.fields.items():
        if field in known:
            given[field] = known[field]
        elif (
            field in WORDS
            and _fits(declared.type, WORDS[field])
            and (isinstance(declared.type, GraphQLNonNull) or name == "updateCitizen")
        ):
            given[field] = WORDS[field]
        elif field not in given and isinstance(declared.type, GraphQLNonNull) and declared.default_value is Undefined:
            given[field] = _value(declared.type)
    return given


def _fits(kind: Any, word: Any) -> bool:
    """Is it not an enum that lacks the word?"""
    bare = _bare(kind)
    return not isinstance(bare, GraphQLEnumType) or word in bare.values


def _bare(kind: Any) -> Any:
    return _bare(kind.of_type) if isinstance(kind, GraphQLNonNull | GraphQLList) else kind


def _value(kind: Any) -> Any:
    bare = _bare(kind)
    if isinstance(bare, GraphQLEnumType):
        return next(iter(bare.values))
    return {"DateTime": SOON, "Date": SOON[:10]}.get(bare.name, TEXT)
