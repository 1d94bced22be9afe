"""Mutations of field work: visits, tasks, documents."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from casework.actions.add_task import add_task
from casework.actions.check_document import check_document
from casework.actions.complete_task import complete_task
from casework.actions.record_visit import Told, plan_visit, record_unplanned_visit, record_visit
from casework.work import Work
from models.action_words import CaseAction
from models.field_words import DocumentState, TaskEnding, TaskFor, VisitOutcome
from models.vocabulary import Audience
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.tasks import tasks_by_ids
from resolvers.visits import visits_by_ids
from schema.binding import Info
from schema.changing import CaseRef, Intent, Intention, answer, carry_out, given_as, intent
from schema.ids import wanted_id
from schema.rules_in_words import case_rule
from schema.types.labour_case import Case
from schema.types.task import Task
from schema.types.visit import Visit

_WHEN = "When somebody went; `capturedAt`, or now, unless you say. Leave it out for CANCELLED."
_NOTE = "What was said there, kept as a note; at most 10000 characters."
_AUDIENCE = "Whom the note is written for; CITIZEN also ends tasks to tell the citizen something."


@strawberry.input(description="A visit that is to happen.")
class PlannedVisitInput:
    case: CaseRef = strawberry.field(description="Of which case.")
    day: date = strawberry.field(description="The day in Thailand: today or later, at most a year ahead.")


@strawberry.input(description="How a planned visit went.")
class KeptVisitInput:
    visit: strawberry.ID = strawberry.field(description="Id of the visit.")
    outcome: VisitOutcome = strawberry.field(description="How it went.")
    visited_at: datetime | None = strawberry.field(default=None, description=_WHEN)
    note: str | None = strawberry.field(default=None, description=_NOTE)
    audience: Audience = strawberry.field(default=Audience.CASE, description=_AUDIENCE)


@strawberry.input(description="A visit that nobody had planned.")
class UnplannedVisitInput:
    case: CaseRef = strawberry.field(description="Of which case.")
    outcome: VisitOutcome = strawberry.field(description="DONE or NOT_MET.")
    visited_at: datetime | None = strawberry.field(default=None, description=_WHEN)
    note: str | None = strawberry.field(default=None, description=_NOTE)
    audience: Audience = strawberry.field(default=Audience.CASE, description=_AUDIENCE)


@strawberry.input(one_of=True, description="What there is to tell of a visit.")
class VisitInput:
    planned: PlannedVisitInput | None = strawberry.field(
        default=strawberry.UNSET, description="A visit that is to happen."
    )
    kept: KeptVisitInput | None = strawberry.field(
        default=strawberry.UNSET, description="How a planned visit went, once."
    )
    unplanned: UnplannedVisitInput | None = strawberry.field(
        default=strawberry.UNSET, description="A visit that nobody had planned."
    )


@strawberry.input(description="A visit. It takes and raises no version: several may tell at once.")
class RecordVisitInput(Intent):
    visit: VisitInput = strawberry.field(description="What there is to tell.")


@strawberry.type(description="The visit is recorded, and the tasks of the case follow it.")
class RecordVisitPayload:
    visit: Visit = strawberry.field(description="The visit as it stands now.")


def to_record_visit(context: Context, given: RecordVisitInput) -> Intention:
    async def act(work: Work) -> int:
        visit = given.visit
        if isinstance(visit.planned, PlannedVisitInput):
            case_id = await visit.planned.case.find(work, context)
            return await plan_visit(work, case_id=case_id, day=visit.planned.day)
        if isinstance(visit.kept, KeptVisitInput):
            visit_id = wanted_id(context, "Visit", visit.kept.visit, "input", "visit", "kept", "visit")
            return await record_visit(work, visit_id=visit_id, told=_told(visit.kept))
        assert isinstance(visit.unplanned, UnplannedVisitInput)  # noqa: S101 - oneOf leaves nothing else
        case_id = await visit.unplanned.case.find(work, context)
        return await record_unplanned_visit(work, case_id=case_id, told=_told(visit.unplanned))

    return Intention("recordVisit", given, act, visits_by_ids, lambda row: RecordVisitPayload(visit=row))


async def _record_visit(info: Info, input: Annotated[RecordVisitInput, given_as("The visit.")]) -> Any:
    return await answer(info, to_record_visit(info.context, input))


def _told(given: KeptVisitInput | UnplannedVisitInput) -> Told:
    return Told(given.outcome, given.visited_at, given.note, given.audience)


@strawberry.input(description="Something to be done. It takes and raises no version.")
class AddTaskInput(Intent):
    case: CaseRef = strawberry.field(description="In which case.")
    title: str = strawberry.field(description="What is to be done, in one line; at most 300 characters.")
    due_on: date = strawberry.field(description="Until when: today or later in Thailand, at most a year ahead.")
    who: TaskFor = strawberry.field(default=TaskFor.SEAT, description="Whose task it is; SEAT is your own post.")


@strawberry.type(description="The task is written down.")
class AddTaskPayload:
    task: Task = strawberry.field(description="The new task.")


async def _add_task(info: Info, input: Annotated[AddTaskInput, given_as("The task.")]) -> Any:
    async def act(work: Work) -> int:
        case_id = await input.case.find(work, info.context)
        return await add_task(work, case_id=case_id, title=input.title, due=input.due_on, who=input.who)

    return await carry_out(info, input, act, look_up=tasks_by_ids, payload=lambda row: AddTaskPayload(task=row))


@strawberry.input(description="The end of a task. It takes and raises no version.")
class CompleteTaskInput(Intent):
    task: strawberry.ID = strawberry.field(description="Id of the task.")
    ending: TaskEnding = strawberry.field(
        default=TaskEnding.DONE, description="DROPPED for what is of no use any more; no rule takes it up again."
    )


@strawberry.type(description="The task is done, or dropped.")
class CompleteTaskPayload:
    task: Task = strawberry.field(description="The task as it stands now.")


def to_complete_task(context: Context, given: CompleteTaskInput) -> Intention:
    async def act(work: Work) -> int:
        task_id = wanted_id(context, "Task", given.task, "input", "task")
        return await complete_task(work, task_id=task_id, ending=given.ending)

    return Intention("completeTask", given, act, tasks_by_ids, lambda row: CompleteTaskPayload(task=row))


async def _complete_task(info: Info, input: Annotated[CompleteTaskInput, given_as("Which task.")]) -> Any:
    return await answer(info, to_complete_task(info.context, input))


@strawberry.input(description="Where a document is. It takes and raises no version.")
class CheckDocumentInput(Intent):
    case: CaseRef = strawberry.field(description="Of which case.")
    document: str = strawberry.field(description="Code of a document of its `checklist`.")
    state: DocumentState = strawberry.field(description="Where it is.")


@strawberry.type(description="The checklist says where the document is.")
class CheckDocumentPayload:
    case: Case = strawberry.field(description="The case as it stands now.")


async def _check_document(info: Info, input: Annotated[CheckDocumentInput, given_as("Which document.")]) -> Any:
    async def act(work: Work) -> int:
        case_id = await input.case.find(work, info.context)
        return await check_document(work, case_id=case_id, document_code=input.document, state=input.state)

    return await carry_out(info, input, act, look_up=cases_by_ids, payload=lambda row: CheckDocumentPayload(case=row))


_RULE = case_rule(CaseAction.FIELD_WORK)


@strawberry.type
class FieldWorkMutations:
    record_visit = intent(
        _record_visit, RecordVisitPayload, f"Plan a visit, or tell how one went. {_RULE}", versioned=False
    )
    add_task = intent(_add_task, AddTaskPayload, f"Write down something to be done. {_RULE}", versioned=False)
    complete_task = intent(
        _complete_task,
        CompleteTaskPayload,
        f"Say that a task is done or of no use, whoever made it. {_RULE}",
        versioned=False,
    )
    check_document = intent(
        _check_document,
        CheckDocumentPayload,
        f"Say where a document of the checklist is. {_RULE}",
        versioned=False,
    )
