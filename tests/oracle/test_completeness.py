"""Nothing of the contract is left out: whatever leads to guarded rows has an expectation."""

from typing import Any

import pytest
from graphql import get_named_type

from schema.contract import contract
from tests.oracle.readers import READERS
from tests.oracle.shapes import GUARDED, fields, is_left_out, leads_to_guarded

ROOTS = {
    "activities",
    "caseByReference",
    "cases",
    "changes",
    "citizens",
    "incidents",
    "matchCitizens",
    "node",
    "nodes",
    "rightsAtRisk",
    "viewer",
}
"""Queries that lead to guarded rows; all of them, and those that do not, stand in tests/schema/matrix.md."""
PARTS = {
    "Disclosure", "Identifier", "Department", "JourneyLeg", "ViewerAccess", "CommonCause", "ActivityParticipant",
    "ActivityOutcome", "AttendanceCount", "TambonCount",
}  # fmt: skip
"""What stands on a guarded row alone."""


def test_every_query_that_leads_to_guarded_rows_is_compared() -> None:
    leading = {name for name, field in fields("Query").items() if leads_to_guarded(get_named_type(field.type).name)}
    assert leading == ROOTS


@pytest.mark.parametrize("kind", sorted(GUARDED | PARTS))
def test_every_field_of_what_is_guarded_has_an_expectation(kind: str) -> None:
    assert {name for name in fields(kind) if not is_left_out(name)} == READERS[kind].keys()


def test_everything_that_is_found_by_its_id_is_guarded_or_leads_to_nothing_guarded() -> None:
    node: Any = contract()._schema.type_map["Node"]
    kinds = {kind.name for kind in contract()._schema.get_possible_types(node)}
    assert {kind for kind in kinds if leads_to_guarded(kind)} == GUARDED
