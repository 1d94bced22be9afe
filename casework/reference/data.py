"""The reference data in memory: some 9,000 rows that every request needs and that change with a release."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import holidays
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.rules.deadlines import Standard
from models import (
    Agency,
    Area,
    LegalClock,
    Office,
    OfficeArea,
    ProblemType,
    ReferenceVersion,
    ServiceStandard,
    table_of,
)
from models.clock_words import ClockKind, ClockUnit
from models.vocabulary import AreaLevel, Certainty

PROVINCE_DIGITS = 2
AMPHOE_DIGITS = 4


class AreaRow(NamedTuple):
    code: str
    level: AreaLevel
    parent_code: str | None
    name_th: str
    name_en: str
    residents: int | None = None
    residents_on: date | None = None


class AgencyRow(NamedTuple):
    code: str
    name_th: str
    name_en: str
    hotline: str | None


class OfficeRow(NamedTuple):
    id: int
    code: str
    agency_code: str
    province_code: str
    name_th: str
    name_en: str
    verified: bool


class ProblemTypeRow(NamedTuple):
    code: str
    agency_code: str
    also_agency_codes: tuple[str, ...]
    name_th: str
    name_en: str
    title_th: str
    sensitive: bool


class LegalClockRow(NamedTuple):
    code: str
    effective_from: date
    effective_until: date | None
    name_th: str
    name_en: str
    kind: ClockKind
    problem_type_codes: tuple[str, ...]
    starts_on: str
    ended_by: str | None
    amount: int
    unit: ClockUnit
    extension: int | None
    pauses: bool
    law_th: str
    law_en: str
    section: str | None
    source: str
    certainty: Certainty
    verified: bool


@dataclass(frozen=True, repr=False)
class ReferenceData:
    """Look-ups by code or id, in the order of the data files; never changed, only replaced as a whole."""

    version: int
    areas: Mapping[str, AreaRow]
    agencies: Mapping[str, AgencyRow]
    offices: Mapping[int, OfficeRow]
    problem_types: Mapping[str, ProblemTypeRow]
    legal_clocks: Sequence[LegalClockRow]
    standards: Sequence[Standard]
    coverage: Mapping[int, frozenset[str]]

    @cached_property
    def _clocks(self) -> Mapping[tuple[str, date], LegalClockRow]:
        return {(clock.code, clock.effective_from): clock for clock in self.legal_clocks}

    def legal_clock(self, code: str, effective_from: date) -> LegalClockRow | None:
        """Give one version of a legal clock; None for other rules, and for a version that a release took back."""
        return self._clocks.get((code, effective_from))

    @cached_property
    def offices_by_code(self) -> Mapping[str, OfficeRow]:
        return {office.code: office for office in self.offices.values()}

    @cached_property
    def children(self) -> Mapping[str | None, list[AreaRow]]:
        grouped: dict[str | None, list[AreaRow]] = {}
        for area in self.areas.values():
            grouped.setdefault(area.parent_code, []).append(area)
        return grouped

    @cached_property
    def holidays(self) -> Container[date]:
        """Thai public holidays with their days in lieu."""
        return holidays.country_holidays("TH")

    def offices_for(self, agency_code: str, area_code: str) -> list[OfficeRow]:
        """Give an agency's offices that answer for an area, in the order of the file."""
        return [
            office
            for office in self.offices.values()
            if office.agency_code == agency_code and self.covers(office.id, area_code)
        ]

    def covers(self, office_id: int, area_code: str) -> bool:
        """Does the office answer for this area or one around it?"""
        covered = self.coverage.get(office_id, frozenset())
        return any(area_code[:digits] in covered for digits in (PROVINCE_DIGITS, AMPHOE_DIGITS, len(area_code)))


async def current_version(connection: AsyncConnection) -> int:
    """Tell the version in the database; 0 when nothing was loaded."""
    return (await connection.execute(select(table_of(ReferenceVersion).c.version))).scalar() or 0


async def read_reference_data(connection: AsyncConnection) -> ReferenceData:
    """Read it all in eight statements of one snapshot."""

    async def rows(model: Any, shape: Any, *order: str) -> list[Any]:
        table = table_of(model)
        columns = [table.c[name] for name in shape._fields]
        result = await connection.execute(select(*columns).order_by(*(table.c[name] for name in order)))
        return [shape._make(tuple(value) if isinstance(value, list) else value for value in row) for row in result]

    coverage: dict[int, set[str]] = {}
    for office_id, area_code in await connection.execute(select(table_of(OfficeArea))):
        coverage.setdefault(office_id, set()).add(area_code)
    return ReferenceData(
        version=await current_version(connection),
        areas={row.code: row for row in await rows(Area, AreaRow, "code")},
        agencies={row.code: row for row in await rows(Agency, AgencyRow, "position")},
        offices={row.id: row for row in await rows(Office, OfficeRow, "province_code", "code")},
        problem_types={row.code: row for row in await rows(ProblemType, ProblemTypeRow, "position")},
        legal_clocks=await rows(LegalClock, LegalClockRow, "code", "effective_from"),
        standards=await rows(ServiceStandard, Standard, "code", "effective_from"),
        coverage={office: frozenset(areas) for office, areas in coverage.items()},
    )
