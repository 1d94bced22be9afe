"""Column types that several tables share: vocabulary words, instants, amounts of money."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Dialect, Numeric, Sequence, Text, TypeDecorator
from sqlmodel import Field

from models.vocabulary import Word

IDS = Sequence("prasan_id")
"""Every row's id comes from this one sequence, drawn by the application before the row is written."""

EVENT_IDS = Sequence("prasan_event_id")
"""Ids of events: drawn under the lock of the event's subject, so one subject's ids rise in commit order."""


class Coded(TypeDecorator[Word]):
    """A `Word` kept as text. Not a native enum: the `=` of those is not leakproof and blinds policies to indexes."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words
        self._members = {member.value: member for member in words}

    def process_bind_param(self, value: Word | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else self._members[value]


def coded(words: type[Word], **options: Any) -> Any:
    """Declare a column that holds one of `words`; its table also lists it in `only(...)`."""
    return Field(sa_type=Coded(words), **options)


def only(column: str, words: type[Word]) -> CheckConstraint:
    """Let the database refuse any text that is not one of `words`."""
    values = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_word")


def known_together(column: str, day: str) -> CheckConstraint:
    """Keep a count and the day on which it was taken together: both are known, or neither."""
    return CheckConstraint(f"num_nonnulls({column}, {day}) <> 1", name=f"{column}_with_their_day")


def identity() -> Any:
    """Declare a primary key that the application draws from `IDS`."""
    return Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})


def reference_to(target: str, *, nullable: bool = False, index: bool = False) -> Any:
    """Declare a bigint foreign key."""
    default: Any = None if nullable else ...
    return Field(default, foreign_key=target, sa_type=BigInteger, nullable=nullable, index=index)


def identity_of(target: str) -> Any:
    """Declare a primary key that is the key of the row it belongs to."""
    return Field(primary_key=True, foreign_key=target, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """Declare an aware point in time, kept in UTC."""
    default: Any = None if nullable else ...
    return Field(default, sa_type=DateTime(timezone=True), nullable=nullable, index=index)


def baht() -> Any:
    """Declare an optional amount of money: exact, two decimals, up to 999,999,999,999.99 baht."""
    return Field(None, sa_type=Numeric(14, 2), nullable=True)


def long_text(*, nullable: bool = False) -> Any:
    """Declare text without a length limit of its own; the actions limit it."""
    default: Any = None if nullable else ...
    return Field(default, sa_type=Text, nullable=nullable)
