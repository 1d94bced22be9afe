"""The verbs that a phone may capture offline, and what is left of them when the case has changed meanwhile.

Inputs and actions are those of the single mutations.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from casework.actions.keep_late_work import keep_late_work
from casework.errors import Refusal, RefusalCode
from casework.field_desk import case_of_visit, task_of
from casework.rebased import version_to_rebase_on
from casework.rules import late_words
from casework.rules.rebasing import Seen
from casework.rules.states import ENDED_EARLY
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import Level
from resolvers.context import Context
from resolvers.queues import Act, Late, Queued
from schema.changing import Intention
from schema.ids import wanted_id
from schema.operations.case_work import (
    RecordOutcomeInput,
    UpdateCaseStatusInput,
    to_open_case,
    to_record_outcome,
    to_update_case_status,
)
from schema.operations.citizens import to_register_citizen
from schema.operations.field_work import (
    CompleteTaskInput,
    KeptVisitInput,
    PlannedVisitInput,
    RecordVisitInput,
    UnplannedVisitInput,
    to_complete_task,
    to_record_visit,
)
from schema.operations.notes import AddNoteInput, to_add_note
from schema.operations.participants import to_record_attendance

Told = tuple[int, str]
"""A case, and what is told about it in a late note."""


class Verb(NamedTuple):
    """How the intention is made; which id of an OperationResultRow its result is; its late note; what it steps on.

    `begins` says that who has left the post may bring it too: it begins a person's case, which is not to be lost.
    """

    intention: Callable[[Context, Any], Intention]
    result: str
    late: Callable[[Work, Context, Any], Awaitable[Told]] | None = None
    action: Callable[[Any], CaseAction] | None = None
    begins: bool = False


async def _late_note(work: Work, context: Context, given: AddNoteInput) -> Told:
    return await given.case.find(work, context), given.text


async def _late_status(work: Work, context: Context, given: UpdateCaseStatusInput) -> Told:
    return await given.case.find(work, context), late_words.of_status(given.state, given.review_on, given.reason)


async def _late_outcome(work: Work, context: Context, given: RecordOutcomeInput) -> Told:
    kind = work.reference.problem_types.get(given.problem_type)
    name = given.problem_type if kind is None else kind.name_th
    told = late_words.of_outcome(name, given.outcome, given.amount_claimed, given.amount_recovered)
    return await given.case.find(work, context), told


async def _late_visit(work: Work, context: Context, given: RecordVisitInput) -> Told:
    visit = given.visit
    if isinstance(visit.planned, PlannedVisitInput):
        return await visit.planned.case.find(work, context), late_words.of_plan(visit.planned.day)
    if isinstance(visit.kept, KeptVisitInput):
        row_id = wanted_id(context, "Visit", visit.kept.visit, "input", "visit", "kept", "visit")
        told = late_words.of_visit(visit.kept.outcome, visit.kept.visited_at, visit.kept.note)
        return await case_of_visit(work, row_id, at=Level.STATUS), told
    assert isinstance(visit.unplanned, UnplannedVisitInput)  # noqa: S101 - oneOf leaves nothing else
    went = visit.unplanned
    return await went.case.find(work, context), late_words.of_visit(went.outcome, went.visited_at, went.note)


async def _late_task(work: Work, context: Context, given: CompleteTaskInput) -> Told:
    task_id = wanted_id(context, "Task", given.task, "input", "task")
    row = await task_of(work, task_id, at=Level.STATUS)
    return row.case_id, late_words.of_task(given.ending, row.due_on, row.rule_code)


def _step(given: UpdateCaseStatusInput) -> CaseAction:
    return CaseAction.END if given.state in ENDED_EARLY else CaseAction.UPDATE_STATUS


VERBS = {
    "register_citizen": Verb(to_register_citizen, "citizen_id", begins=True),
    "open_case": Verb(to_open_case, "case_id", begins=True),
    "add_note": Verb(to_add_note, "note_id", _late_note),
    "update_case_status": Verb(to_update_case_status, "case_id", _late_status, _step),
    "record_outcome": Verb(to_record_outcome, "case_id", _late_outcome, lambda _given: CaseAction.RECORD_OUTCOME),
    "record_visit": Verb(to_record_visit, "visit_id", _late_visit),
    "complete_task": Verb(to_complete_task, "task_id", _late_task),
    "record_attendance": Verb(to_record_attendance, "activity_id"),
}
"""By the fields of OfflineIntent."""


def queued(context: Context, verb: Verb, given: Any, seen: Seen | None, *, left_at: datetime | None = None) -> Queued:
    """Put an operation together with all that may become of it.

    Who has left the post may only begin what was captured before that, a person's case above all; of everything else
    a late note is left.
    """
    intention = verb.intention(context, given)
    began = given.captured_at is not None and left_at is not None and given.captured_at < left_at
    may = left_at is None or (began and verb.begins)
    return Queued(
        name=intention.name,
        operation_id=given.operation_id,
        captured_at=given.captured_at,
        given=intention.told,
        act=intention.act if may else _too_late,
        rebased=_rebased(context, verb, given, seen),
        salvaged=_salvaged(context, verb, intention, left_at),
        about=_about(context, given),
    )


async def _too_late(_work: Work) -> int:
    raise Refusal(RefusalCode.NO_SEAT)


def _rebased(context: Context, verb: Verb, given: Any, seen: Seen | None) -> Act | None:
    if seen is None or verb.action is None:
        return None
    action = verb.action(given)

    async def act(work: Work) -> int:
        case_id = await given.case.find(work, context)
        problem = getattr(given, "problem_type", None)
        version = await version_to_rebase_on(work, case_id, action, seen, problem_type_code=problem)
        return await verb.intention(context, replace(given, expected_version=version)).act(work)

    return act


def _salvaged(
    context: Context, verb: Verb, intention: Intention, left_at: datetime | None
) -> Callable[[Work], Awaitable[Late]] | None:
    late = verb.late
    if late is None:
        return None

    async def salvaged(work: Work) -> Late:
        case_id, text = await late(work, context, intention.given)
        note_id = await keep_late_work(work, case_id=case_id, verb=intention.name, text=text, left_at=left_at)
        return Late(note_id, case_id)

    return salvaged


def _about(context: Context, given: Any) -> Act | None:
    """Give the case that the input names itself; a visit or a task names its case only to who is shown it."""
    visit = getattr(given, "visit", None)
    named = getattr(given, "case", None)
    if visit is not None:
        named = next((told.case for told in (visit.planned, visit.unplanned) if hasattr(told, "case")), None)
    if named is None:
        return None

    async def about(work: Work) -> int:
        found: int = await named.find(work, context)
        return found

    return about
