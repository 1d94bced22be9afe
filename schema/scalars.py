"""Scalars of the contract: instants with an offset, phone numbers, exact amounts of baht."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

PhoneNumber = NewType("PhoneNumber", str)
Baht = NewType("Baht", Decimal)

MOST_CHARACTERS = 40


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
        raise ValueError(f"{what} is a string of at most {MOST_CHARACTERS} characters.")
    return value


def _read_instant(value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(_text(value, "DateTime"))
        instant = at.astimezone(UTC) if at.tzinfo is not None and "T" in value else None
    except (ValueError, OverflowError):
        instant = None
    if instant is None:
        raise ValueError("DateTime is ISO 8601 with an offset, for example 2026-11-22T09:20:00+07:00.")
    return instant


def _write_instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_date(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value, "Date"))
    except ValueError:
        raise ValueError("Date is ISO 8601 in Christian years, for example 2026-11-22.") from None


def _read_baht(value: Any) -> Decimal:
    wanted = 'Baht is a decimal number in a string, for example "1250.50".'
    try:
        return Decimal(_text(str(value) if isinstance(value, int) else value, "Baht"))
    except (ValueError, InvalidOperation):
        raise ValueError(wanted) from None


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="ISO 8601 with an offset. Answers are in UTC; fields ending in `Thai` show Bangkok time.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=_write_instant,
        parse_value=_read_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day in Thailand: ISO 8601, in Christian years.",
        serialize=date.isoformat,
        parse_value=_read_date,
    ),
    PhoneNumber: strawberry.scalar(
        name="PhoneNumber",
        description="A phone number. Answers are in E.164; input may be a Thai number as people write it.",
        serialize=str,
        parse_value=lambda value: _text(value, "PhoneNumber"),
    ),
    Baht: strawberry.scalar(
        name="Baht",
        description='An exact amount of money in baht, as a string with two decimals: "18500.00".',
        serialize=lambda value: f"{value:.2f}",
        parse_value=_read_baht,
    ),
}
