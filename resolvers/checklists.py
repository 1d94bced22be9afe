"""The checklists of cases: the documents that their problems ask for, and where each of them is."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, select

from casework.policy.visibility import door, the_case
from casework.reference.field_work import documents_for
from casework.reference.triage import triage_rules
from casework.rules.calendar import bangkok_day
from casework.rules.triage import PaperFound
from models import CaseDocument, table_of
from models.field_words import DocumentState
from models.vocabulary import Level, SeatKind
from resolvers.case_parts import problems_of_cases
from resolvers.cases import IDS
from resolvers.context import Context
from resolvers.rows import CaseRow, ChecklistRow

document = table_of(CaseDocument)


@cache
def _checked(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    joined = select(document).select_from(seen.rows.join(document, document.c.case_id == the_case.c.id))
    return joined.where(seen.allowed, seen.level >= int(Level.WORK), the_case.c.id == any_(IDS))


async def checklists_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[ChecklistRow] | None]:
    """Give what each case's problems ask for today, and what was checked before; None where the level hides it."""
    shown = [case for case in cases if case.level >= Level.WORK]
    if not shown:
        return [None] * len(cases)
    checked: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in await context.rows(_checked(context.actor().kind), {"ids": [case.id for case in shown]}):
        checked[row.case_id][row.document_code] = row
    problems = dict(zip((case.id for case in shown), await problems_of_cases(shown, context=context), strict=True))
    return [
        _checklist([problem.problem_type_code for problem in problems[case.id]], checked[case.id], context)
        if case.level >= Level.WORK
        else None
        for case in cases
    ]


def _checklist(codes: Sequence[str], checked: dict[str, Any], context: Context) -> list[ChecklistRow]:
    today = bangkok_day(context.now)
    asked = documents_for(codes, today)
    once = {rule.code: rule for rule in triage_rules().documents if rule.code in checked}
    found = []
    for code, rule in (asked | {code: rule for code, rule in once.items() if code not in asked}).items():
        about = [problem for problem in codes if problem in rule.problem_type_codes]
        row = checked.get(code)
        state = DocumentState.NEEDED if row is None else row.state
        at, by = (None, None) if row is None else (row.checked_at, row.checked_by_seat_id)
        found.append(ChecklistRow(PaperFound(rule, about, today), state, at, by))
    return found
