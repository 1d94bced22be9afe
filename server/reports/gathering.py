"""Asks the contract what a monthly report tells: as its caller, in one snapshot, with the questions of a front end."""

import asyncio
from collections.abc import Mapping
from functools import cache
from inspect import isawaitable
from pathlib import Path
from typing import Any

import structlog
from graphql import DocumentNode, execute, parse

from casework.errors import Refusal
from casework.rules.fiscal import Span, month_of, months_before
from resolvers.context import Context
from resolvers.monthly_reports import COURSE, MonthlyReport
from schema.contract import contract
from server.faults import described
from server.leaves import Execution

log = structlog.get_logger()

QUESTIONS = Path(__file__).with_name("monthly.graphql")
OF_YEAR = "OfYear"
"""Behind the name of a question that is asked once more, about the twelve months."""
PAGED = {"Activities": "activities", "Statements": "statements"}
"""Questions whose answers come in pages, and the list in them."""

PATIENCE = 30
"""Seconds for all questions together."""

Answers = dict[str, Any]
"""What was answered to each question, by its name; of those in pages all nodes."""


class NotMadeError(Exception):
    """The report could not be made; the log says why."""


@cache
def _questions() -> DocumentNode:
    return parse(QUESTIONS.read_text(encoding="utf-8"))


def variables_of(report: MonthlyReport) -> dict[str, dict[str, Any]]:
    """Give the variables of each question."""
    month = month_of(report.month)
    year = Span(months_before(month.begins, COURSE - 1), month.ends)
    area, of_month, of_year = {"area": report.province_code}, {"between": _period(month)}, {"between": _period(year)}
    return {
        "Months": {**area, **of_year},
        "Total": {**area, **of_month},
        "Types": {**area, **of_month},
        "Agencies": {**area, **of_month},
        "Amphoe": {**area, **of_month},
        "Waiting": {**area, **of_month},
        "Reach": {**area, **of_month},
        "Reach" + OF_YEAR: {**area, **of_year},
        "Activities": {**area, **of_month},
        "Statements": {**area, "month": report.month.isoformat()},
    }


def _period(span: Span) -> dict[str, str]:
    return {"from": span.starts_at.isoformat(), "until": span.ends_at.isoformat()}


async def gather(report: MonthlyReport, context: Context) -> Answers:
    """Ask everything; what is refused to the caller is refused here. No answer leaves before the looks are recorded."""
    try:
        async with asyncio.timeout(PATIENCE):
            answers = {
                name: await _answer(name.removesuffix(OF_YEAR), variables, context)
                for name, variables in variables_of(report).items()
            }
            await context.record()
    except TimeoutError:
        context.give_up()
        log.warning("report.answered_too_slowly")
        raise NotMadeError from None
    return answers


async def _answer(operation: str, variables: Mapping[str, Any], context: Context) -> Any:
    found, listed = await _ask(operation, variables, context), PAGED.get(operation)
    return found if listed is None else await _whole_list(operation, listed, variables, found, context)


async def _whole_list(
    operation: str, listed: str, variables: Mapping[str, Any], found: dict[str, Any], context: Context
) -> list[Any]:
    nodes, page = list(found[listed]["nodes"]), found[listed]["pageInfo"]
    while page["hasNextPage"]:
        found = await _ask(operation, {**variables, "after": page["endCursor"]}, context)
        nodes, page = nodes + found[listed]["nodes"], found[listed]["pageInfo"]
    return nodes


async def _ask(operation: str, variables: Mapping[str, Any], context: Context) -> dict[str, Any]:
    result = execute(
        contract()._schema,  # noqa: SLF001 - Strawberry has no public way to graphql-core's schema
        _questions(),
        None,
        context,
        dict(variables),
        operation,
        executor_class=Execution,
    )
    answered = await result if isawaitable(result) else result
    if answered.errors:
        cause = answered.errors[0].original_error or answered.errors[0]
        if isinstance(cause, Refusal):
            raise cause
        log.error("report.not_answered", question=operation, **described(cause))
        raise NotMadeError
    return answered.data or {}
