"""The query for statistics."""

from datetime import datetime, timedelta
from typing import Annotated, Any

import strawberry

from casework.errors import Refusal, RefusalCode
from casework.policy.publishing import may_publish
from casework.rules.calendar import bangkok_day, period, stretch
from casework.rules.fiscal import fiscal_year_of, is_published, last_quarter
from models.statistics_words import StatisticsBy
from resolvers.context import Context
from resolvers.statistics import asked_by_the_public, asked_statistics
from schema.binding import Info
from schema.codes import known_area
from schema.operations.case_filter import CaseFilter, Period
from schema.types.statistics import Statistics

USUAL, LONGEST = timedelta(days=366), timedelta(days=5 * 366)


async def _statistics(
    info: Info,
    filter: Annotated[
        CaseFilter | None,
        strawberry.argument(description="Which cases. Without a post: nothing but `area`, and that a province."),
    ] = None,
    by: Annotated[
        StatisticsBy | None, strawberry.argument(description="By what; left out: all cases together, in `total`.")
    ] = None,
    between: Annotated[
        Period | None,
        strawberry.argument(
            description="At most five years. Left out: this fiscal year up to now. Without a post: exactly one month,"
            " fiscal quarter or fiscal year that is over, in Bangkok time; left out: the last quarter."
        ),
    ] = None,
) -> Any:
    context, wanted = info.context, filter or CaseFilter()
    if context.by is None:
        ends = _published_period(between, now=context.now)
        return await asked_by_the_public(context, _published_area(context, wanted, by), by, ends)
    return asked_statistics(context, wanted.wanted(context), by, _period(between, now=context.now))


def _period(between: Period | None, *, now: datetime) -> tuple[datetime, datetime]:
    asked = between or Period()
    since = asked.from_
    if since is None and asked.until is None:
        since = fiscal_year_of(bangkok_day(now)).starts_at
    return stretch(since, asked.until, "between", now=now, usual=USUAL, longest=LONGEST)


def _published_period(between: Period | None, *, now: datetime) -> tuple[datetime, datetime]:
    if between is None:
        quarter = last_quarter(now)
        return quarter.starts_at, quarter.ends_at
    since, until = period(between.from_, between.until, "between", now=now)
    if since is None or until is None or not is_published(since, until, now=now):
        raise Refusal(RefusalCode.PERIOD_NOT_PUBLISHED, "between")
    return since, until


def _published_area(context: Context, wanted: CaseFilter, by: StatisticsBy | None) -> str | None:
    """Give the province; whatever else would narrow the cases down, until a difference tells of one of them."""
    given = {name for name, value in vars(wanted).items() if value is not None}
    area = known_area(context, wanted.area, "filter", "area")
    if given - {"area"} or not may_publish(None, area):
        raise Refusal(RefusalCode.NOT_PUBLISHED, "filter")
    if not may_publish(by, area):
        raise Refusal(RefusalCode.NOT_PUBLISHED, "by")
    return area


@strawberry.type
class StatisticsQueries:
    statistics: Statistics | None = strawberry.field(
        resolver=_statistics,
        description="How many cases, with what result and how fast. Only cases that you may see count. Without a post,"
        " all cases of a province or of the country, rounded down and without small counts; too many questions are an"
        " error, RATE_LIMITED, with `retryAfter` in seconds.",
    )
