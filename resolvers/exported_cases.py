"""The lines of a file of cases: which cases, and what stands in each column, as far as the one who asked sees it."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from models.export_words import ExportColumn, ExportLanguage
from models.list_words import CaseOrder
from models.privacy_words import AccessPurpose
from models.vocabulary import Word
from resolvers.case_filters import CaseFilter, given_values
from resolvers.case_parts import problems_of_cases
from resolvers.cases import cases_by_ids, page_of_ids
from resolvers.citizens import citizens_of_cases
from resolvers.context import Context
from resolvers.post_names import name_of_post, name_of_post_en
from resolvers.rows import CaseRow, ProblemRow
from resolvers.rows_of_exports import Cell, Line
from resolvers.rows_of_people import CitizenRow
from resolvers.rows_of_posts import SeatRow
from resolvers.seats import seats_by_ids

C = ExportColumn


async def ids_in_order(context: Context, wanted: CaseFilter, order: CaseOrder, *, most: int) -> list[int]:
    """Give the ids of the cases that the list has now, in its order, at most so many."""
    kind = context.actor().kind
    given = given_values(kind, wanted, now=context.now)
    statement = page_of_ids(kind, (False, False), frozenset(given), order)
    return [row.id for row in await context.rows(statement, {**given, "limit": most})]


class Told(NamedTuple):
    """All that a line is made of."""

    case: CaseRow
    citizen: CitizenRow | None
    problems: Sequence[ProblemRow]
    holder: SeatRow | None
    volunteer: SeatRow | None
    context: Context
    in_thai: bool

    def word(self, word: Word | None) -> str | None:
        if word is None:
            return None
        return word.th if self.in_thai else word.value.replace("_", " ").capitalize()

    def area(self, code: str) -> str:
        area = self.context.reference.areas[code]
        return area.name_th if self.in_thai else area.name_en

    def post(self, seat: SeatRow | None) -> str | None:
        if seat is None:
            return None
        named = name_of_post if self.in_thai else name_of_post_en
        return named(seat, self.context.reference)


def _yes_or_no(told: Told) -> str:
    return ("ใช่" if told.in_thai else "Yes") if told.case.sensitive else ("ไม่ใช่" if told.in_thai else "No")


def _citizen(told: Told) -> str | None:
    found = told.citizen
    if found is None or found.erased_at is not None:
        return None
    return f"{found.title or ''}{found.given_name} {found.family_name}"


def _holder(told: Told) -> str | None:
    if told.case.holder_office_id is None:
        return told.post(told.holder)
    office = told.context.reference.offices[told.case.holder_office_id]
    return office.name_th if told.in_thai else office.name_en


def _problems(told: Told) -> str:
    types = [told.context.reference.problem_types[problem.problem_type_code] for problem in told.problems]
    return "; ".join(kind.name_th if told.in_thai else kind.name_en for kind in types)


def _outcomes(told: Told) -> str | None:
    """Name the outcomes in the order of the problems; a problem without one keeps its place."""
    words = [told.word(problem.outcome) for problem in told.problems]
    return "; ".join(word or "-" for word in words) if any(words) else None


def _sum(*amounts: Decimal | None) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal()) if known else None


VALUES: Mapping[ExportColumn, Callable[[Told], Cell]] = {
    C.REFERENCE: lambda told: told.case.reference,
    C.TITLE: lambda told: told.case.title,
    C.STATE: lambda told: told.word(told.case.state),
    C.PRIORITY: lambda told: told.word(told.case.priority),
    C.SENSITIVE: _yes_or_no,
    C.CHANNEL: lambda told: told.word(told.case.channel),
    C.PROVINCE: lambda told: told.area(told.case.province_code),
    C.AMPHOE: lambda told: told.area(told.case.amphoe_code),
    C.TAMBON: lambda told: told.area(told.case.area_code),
    C.CITIZEN: _citizen,
    C.PROBLEMS: _problems,
    C.OUTCOMES: _outcomes,
    C.CLAIMED: lambda told: _sum(*(problem.amount_claimed for problem in told.problems)),
    C.RECOVERED: lambda told: _sum(*(problem.amount_recovered for problem in told.problems)),
    C.HOLDER: _holder,
    C.VOLUNTEER: lambda told: told.post(told.volunteer),
    C.OPENED_AT: lambda told: told.case.opened_at,
    C.UPDATED_AT: lambda told: told.case.updated_at,
    C.DUE_AT: lambda told: told.case.due_at,
    C.REVIEW_ON: lambda told: told.case.review_on,
    C.RESOLVED_AT: lambda told: told.case.resolved_at,
    C.ENDED_AT: lambda told: told.case.ended_at,
}
"""What stands in each column: values that the row's level hides are None in the rows already."""


def headings(language: ExportLanguage) -> Line:
    return [column.th if language is ExportLanguage.TH else column.description for column in ExportColumn]


async def lines_of(context: Context, ids: Sequence[int], language: ExportLanguage) -> list[Line]:
    """Give a line for each case that the actor sees, in the order of the ids, and note who was shown in them."""
    context.looks.purpose = AccessPurpose.CASE_FILE
    cases = [case for case in await cases_by_ids(ids, context=context) if case is not None]
    citizens = await citizens_of_cases(cases, context=context)
    problems = await problems_of_cases(cases, context=context)
    holders = [case.holder_seat_id for case in cases]
    seats = await seats_by_ids([*holders, *(case.volunteer_seat_id for case in cases)], context=context)
    in_thai = language is ExportLanguage.TH
    told = [
        Told(*parts, context=context, in_thai=in_thai)
        for parts in zip(cases, citizens, problems, seats[: len(cases)], seats[len(cases) :], strict=True)
    ]
    return [[VALUES[column](each) for column in ExportColumn] for each in told]
