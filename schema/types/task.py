"""Tasks: what is to be done in a case, by which of its posts, until when."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.reference.field_work import task_rules
from casework.rules.calendar import bangkok_day, thai_date
from casework.rules.tasks import TaskRule as Rule
from casework.rules.tasks import rule_of
from models.field_words import TaskFor, TaskState
from models.vocabulary import Certainty
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.referrals import referrals_by_ids
from resolvers.rows import TaskRow
from resolvers.seats import seats_by_ids
from resolvers.tasks import titles_of_tasks
from resolvers.visits import visits_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.agency import Office, office_of
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.referral import Referral
from schema.types.seat import Seat
from schema.types.visit import Visit

if TYPE_CHECKING:
    from schema.types.labour_case import Case


@noun(Rule, description="A rule by which cases make tasks of themselves, in one of its versions.")
class TaskRule:
    code: str = plain("Names the rule across its versions, for example CALL_BACK.")
    name: str = worked_out(lambda rule, _: rule.name_th, "What is to be done, in Thai.")
    name_en: str = plain("What is to be done, in English.")
    effective_from: date = plain("The first day on which this version applied.")
    source: str = plain("Where the rule comes from.")
    certainty: Certainty = plain("How well it is founded.")
    verified: bool = plain("False for what the ministry has not confirmed.")


def _rule(row: TaskRow, _context: Context) -> Rule | None:
    return rule_of(task_rules(), row.rule_code, row.rule_from)


def _overdue(row: TaskRow, context: Context) -> bool:
    return row.state is TaskState.OPEN and row.due_on < bangkok_day(context.now)


@noun(
    TaskRow,
    description="Something to be done in a case. A rule made it, and it ends of itself when that has happened; or a"
    " post wrote it down. Shown from level WORK on.",
)
class Task(Node):
    id: strawberry.ID = identity("Task")
    rule: TaskRule | None = worked_out(_rule, "The rule that made it; null for what a post wrote down.")
    title: str | None = linked(titles_of_tasks, "What a post wrote down; null for what a rule made.")
    who: TaskFor = plain("Whose task it is.")
    seat: Seat | None = linked(
        seats_by_ids, "The post whose task it is now; null where it is an office's.", of="assigned_seat_id"
    )
    office: Office | None = worked_out(
        lambda row, context: office_of(row.assigned_office_id, context),
        "The office whose task it is now; null where it is a post's.",
    )
    due_on: date = plain("The last day, in Thailand, on which it is done in time.")
    due_on_thai: str = worked_out(lambda row, _: thai_date(row.due_on), "The same in the Buddhist Era.")
    is_overdue: bool = worked_out(_overdue, "True while it is open and that day is over.")
    state: TaskState = plain("How it stands.")
    made_at: datetime = plain("When it was made.")
    made_by: Seat | None = linked(
        seats_by_ids, "The post that wrote it down; null for what a rule made.", of="made_by_seat_id"
    )
    ended_at: datetime | None = plain("When it was done or dropped; null while it is open.")
    ended_by: Seat | None = linked(
        seats_by_ids, "The post that said so; null when it ended of itself.", of="ended_by_seat_id"
    )
    visit: Visit | None = linked(visits_by_ids, "The visit that it is about.", of="visit_id")
    referral: Referral | None = linked(referrals_by_ids, "The referral whose result is to be told.", of="referral_id")
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] = linked(
        cases_by_ids, "The case it belongs to.", of="case_id"
    )


TaskConnection = Connection[Task]
