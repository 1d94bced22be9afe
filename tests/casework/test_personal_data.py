"""The inventory has a place for every table and column of the models: a new one fails here until somebody decides."""

import pytest
from sqlalchemy import Column, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.types import ARRAY
from sqlmodel import AutoString

import models
from casework.personal_data import INVENTORY, NOTHING_ABOUT_CITIZENS, Kept
from models import table_of
from models.columns import Coded
from tests.models.test_tables import TABLES

KEPT = list(INVENTORY.values())
HARMLESS = {
    "case.reference": "a number that tells the province and the year",
    "case.journal_head": "a hash", "citizen.journal_head": "a hash", "event.previous_hash": "a hash",
    "event.hash": "a hash", "event.payload": "codes and row ids; test_demo_player.py proves it",
    "deadline.code": "the code of a rule",
    "task.rule_code": "names a rule", "case_document.document_code": "names a kind of document",
    "referral.discloses": "words of the vocabulary", "legal_hold.placed_by": "an authority, by its letter",
    "legal_hold.released_by": "an authority, by its letter",
}  # fmt: skip
"""Columns of free types that stay, and why."""


def names(words: str) -> set[str]:
    return set(words.split())


def test_every_table_is_in_the_inventory_or_has_nothing_about_citizens() -> None:
    placed = [table_of(model).name for model in (*INVENTORY, *NOTHING_ABOUT_CITIZENS)]
    assert sorted(placed) == sorted(table.name for table in TABLES)


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.table.name)
def test_every_column_is_given_to_the_person_or_withheld(kept: Kept) -> None:
    given, withheld = names(kept.gives), names(kept.withholds)
    assert given | withheld == set(kept.table.c.keys())
    assert given & withheld == set()


def is_free(column: Column[object]) -> bool:
    """Could the column hold a name? Words of the vocabulary, codes of reference data, numbers and times cannot."""
    if isinstance(column.type, Coded) or column.foreign_keys:
        return False
    return isinstance(column.type, AutoString | String | LargeBinary | JSONB | TSVECTOR | ARRAY)


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.table.name)
def test_what_could_hold_a_name_is_erased_or_harmless(kept: Kept) -> None:
    gone = set(kept.table.c.keys()) if kept.goes else set(kept.erases) | names(kept.by_action)
    assert gone <= set(kept.table.c.keys())
    left = {
        f"{kept.table.name}.{column.name}" for column in kept.table.c if is_free(column) and column.name not in gone
    }
    assert left - HARMLESS.keys() == set()


def test_no_excuse_is_left_over() -> None:
    free = {f"{kept.table.name}.{column.name}" for kept in KEPT for column in kept.table.c if is_free(column)}
    assert HARMLESS.keys() <= free


def test_the_check_knows_a_column_that_could_hold_a_name() -> None:
    assert is_free(table_of(models.Note).c.text)
    assert is_free(table_of(models.CaseParty).c.name)
    assert is_free(table_of(models.CitizenSearch).c.words)
    assert not is_free(table_of(models.Note).c.audience)


@pytest.mark.parametrize("model", NOTHING_ABOUT_CITIZENS, ids=lambda model: str(model.__tablename__))
def test_what_has_nothing_about_citizens_leads_to_none(model: type) -> None:
    about = {key.column.table.name for key in table_of(model).foreign_keys}
    assert about & {"citizen", "case", "case_party", "referral"} == set()
