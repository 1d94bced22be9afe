"""What became of the operations of a queue that was filled offline."""

from uuid import UUID

from models.queue_words import OperationStatus
from resolvers.activities import activities_by_ids
from resolvers.cases import cases_by_ids
from resolvers.citizens import citizens_by_ids
from resolvers.queues import OperationResultRow
from resolvers.tasks import tasks_by_ids
from resolvers.timeline import notes_by_ids
from resolvers.visits import visits_by_ids
from schema.binding import linked, noun, plain
from schema.refusals import Refusal
from schema.types.activity import Activity
from schema.types.citizen import Citizen
from schema.types.labour_case import Case
from schema.types.note import Note
from schema.types.task import Task
from schema.types.visit import Visit


@noun(OperationResultRow, description="What became of one operation of the queue, as it stands when you are told.")
class OperationResult:
    operation_id: UUID = plain("Which operation.")
    status: OperationStatus = plain("What became of it.")
    refusal: Refusal | None = plain("Of REFUSED and CONFLICT: why. Nothing was changed by this operation.")
    case: Case | None = linked(
        cases_by_ids,
        "The case that it opened or changed; of REFUSED, CONFLICT and SALVAGED the case it was about, whose `holder`"
        " has it now. Null where you do not see it.",
        of="case_id",
    )
    citizen: Citizen | None = linked(citizens_by_ids, "Of `registerCitizen`: the citizen.", of="citizen_id")
    note: Note | None = linked(
        notes_by_ids, "Of `addNote`: the note. A late note is for the holder alone: null to you.", of="note_id"
    )
    visit: Visit | None = linked(visits_by_ids, "Of `recordVisit`: the visit.", of="visit_id")
    task: Task | None = linked(tasks_by_ids, "Of `completeTask`: the task.", of="task_id")
    activity: Activity | None = linked(activities_by_ids, "Of `recordAttendance`: the activity.", of="activity_id")
