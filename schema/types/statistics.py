"""Statistics: figures of groups of cases."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from casework.rules.calendar import thai_length
from casework.rules.fiscal import Span
from models.statistics_words import StatisticsBy
from models.vocabulary import Outcome
from resolvers.context import Context
from resolvers.counted_cases import AREAS
from resolvers.rows_of_statistics import CaseCountRow, ClockCountRow, DwellRow, OutcomeCountRow, PeopleCountRow
from resolvers.statistics import GroupRow, groups_of
from resolvers.statistics import Statistics as Asked
from resolvers.told_figures import cases_of, clocks_of, dwells_of, outcomes_of, people_of
from schema.binding import linked, noun, plain, worked_out
from schema.scalars import Baht
from schema.types.agency import Agency, Office
from schema.types.area import Area
from schema.types.problem_type import ProblemType

SUPPRESSED = "Whether anything here is null because it is too small to be told."


@noun(Span, description="A month, or a quarter of the fiscal year.")
class StatisticsPeriod:
    since: date = worked_out(lambda span, _: span.begins, "Its first day, in Bangkok.")
    until: date = worked_out(lambda span, _: span.ends, "The first day after it.")
    fiscal_year: int = worked_out(
        lambda span, _: span.fiscal_year,
        "The fiscal year in which it lies, of the Buddhist Era: 2570 began in October 2569.",
    )
    quarter: int = worked_out(lambda span, _: span.quarter, "The quarter of the fiscal year, 1 from October on.")
    name: str = worked_out(lambda span, _: span.name_th, "For people, in Thai.")


@noun(CaseCountRow, description="How many cases. A null is withheld; see `suppressed`.")
class CaseCounts:
    opened: int | None = plain("Opened in the period.")
    closed: int | None = plain(
        "Ended in the period in whatever way, merged ones too, and not reopened since: whenever they were opened."
    )
    still_open: int | None = plain(
        "Not ended at the end of the period, or of the month or quarter: whenever they were opened, as is known now."
        " Withheld from auditors and the public."
    )
    suppressed: bool = plain(SUPPRESSED)


@noun(
    PeopleCountRow,
    description="Different citizens of the cases opened in the period, of those cases that you see at level ANONYMOUS"
    " or higher. Groups may share people, so they do not add up.",
)
class PeopleCount:
    count: int | None = worked_out(lambda row, _: row.counted, "How many; null is withheld.")
    suppressed: bool = plain(SUPPRESSED)


@noun(OutcomeCountRow, description="Problems with one outcome.")
class OutcomeCounts:
    outcome: Outcome = plain("The outcome.")
    count: int | None = worked_out(
        lambda row, _: row.counted,
        "Problems for which it was recorded in the period, of cases that you see at level ANONYMOUS or higher.",
    )
    claimed: Baht | None = plain("The sum of the amounts claimed; null where none was given.")
    recovered: Baht | None = plain("The sum of the amounts recovered; null where none was given.")
    suppressed: bool = plain(SUPPRESSED)


def _seconds(name: str) -> Callable[[DwellRow, Context], int | None]:
    def read(row: DwellRow, _context: Context) -> int | None:
        dwell = getattr(row, name)
        return None if dwell is None else int(dwell)

    return read


def _thai(name: str) -> Callable[[DwellRow, Context], str | None]:
    def read(row: DwellRow, _context: Context) -> str | None:
        dwell = getattr(row, name)
        return None if dwell is None else thai_length(int(dwell))

    return read


@noun(
    DwellRow, description="How long it took from opening a case to telling the result, of cases resolved in the period."
)
class Dwell:
    median_seconds: int | None = worked_out(_seconds("median"), "Half of them took no longer. Null if there were none.")
    median_thai: str | None = worked_out(_thai("median"), "The same for people.")
    p90_seconds: int | None = worked_out(_seconds("p90"), "Nine in ten took no longer.")
    p90_thai: str | None = worked_out(_thai("p90"), "The same for people.")
    suppressed: bool = plain(SUPPRESSED)


@noun(
    ClockCountRow,
    description="Clocks that began in the period, by how they stand now; one that began on a day before the case was"
    " opened counts with the opening. Those dropped do not count.",
)
class ClockCounts:
    met: int | None = plain("What they waited for was done in time.")
    missed: int | None = plain("The time ran out: nothing was done, or too late.")
    running: int | None = plain("They run, or stand still.")
    suppressed: bool = plain(SUPPRESSED)


def _key(*dimensions: StatisticsBy) -> Callable[[GroupRow, Context], Any]:
    def read(row: GroupRow, context: Context) -> Any:
        if row.key is None or row.of.by not in dimensions:
            return None
        found = _found(row.of.by, context)
        return row.of.spans[int(row.key) - 1] if found is None else found[row.key]

    return read


def _found(by: StatisticsBy | None, context: Context) -> Any:
    """Give the look-up of the keys; None for months and quarters."""
    if by is None:
        return None
    reference = context.reference
    return {
        StatisticsBy.PROBLEM_TYPE: reference.problem_types,
        StatisticsBy.AGENCY: reference.agencies,
        StatisticsBy.OFFICE: reference.offices,
        **dict.fromkeys(AREAS, reference.areas),
    }.get(by)


@noun(GroupRow, description="A group of cases; one of its keys is given, or none for all of them together.")
class StatisticsGroup:
    problem_type: ProblemType | None = worked_out(_key(StatisticsBy.PROBLEM_TYPE), "By PROBLEM_TYPE: which.")
    agency: Agency | None = worked_out(_key(StatisticsBy.AGENCY), "By AGENCY: which.")
    office: Office | None = worked_out(_key(StatisticsBy.OFFICE), "By OFFICE: which.")
    area: Area | None = worked_out(_key(*AREAS), "By PROVINCE, AMPHOE or TAMBON: which.")
    month: StatisticsPeriod | None = worked_out(_key(StatisticsBy.MONTH), "By MONTH: which.")
    quarter: StatisticsPeriod | None = worked_out(_key(StatisticsBy.FISCAL_QUARTER), "By FISCAL_QUARTER: which.")
    cases: CaseCounts = linked(cases_of, "How many cases.")
    people: PeopleCount = linked(people_of, "How many people.")
    outcomes: list[OutcomeCounts] = linked(
        outcomes_of, "Outcomes that were recorded in the period; where small counts are withheld, all there are."
    )
    dwell: Dwell = linked(dwells_of, "How long cases took.")
    clocks: ClockCounts = linked(clocks_of, "Whether what was due was done in time.")


@noun(
    Asked,
    description="Figures of the cases that you see. Each says what the period means for it; a case that was opened in"
    " one period may end in another.",
)
class Statistics:
    since: datetime = worked_out(lambda row, _: row.since, "The beginning of the period.")
    until: datetime = worked_out(lambda row, _: row.till, "Its end; for posts now at the latest.")
    by: StatisticsBy | None = worked_out(lambda row, _: row.by, "By what cases are counted.")
    threshold: int | None = worked_out(
        lambda row, _: row.threshold,
        "Null: every count is exact. Else no count below this is told, 0 neither; other counts are rounded down to"
        " multiples of this, each by itself, so that groups need not add up to the total; amounts are rounded to two"
        " digits, lengths of time to days.",
    )
    total: StatisticsGroup = worked_out(
        lambda row, _: GroupRow(row, None),
        "All the cases together, each counted once. By area, month or quarter, what was opened, closed and recorded in"
        " the groups adds up to it; by problem type, agency or office a case may count for several, or for none.",
    )
    groups: list[StatisticsGroup] = linked(
        groups_of,
        "The groups that have any case, in the order of the reference data; all the months or quarters of the period."
        " To the public all groups, with or without cases; sensitive problem types for the whole country only.",
    )
