"""The mutation that takes what was captured offline, operation by operation."""

from typing import Annotated, Any

import strawberry

from casework.errors import Refusal, RefusalCode
from casework.rules.rebasing import Seen
from models.vocabulary import CaseState
from resolvers.context import Context
from resolvers.queues import MOST_OPERATIONS, OperationResultRow, Queued, Settled, settle
from schema.binding import SIZE, Info
from schema.changing import given_as, intent
from schema.ids import read_ids
from schema.offline_verbs import VERBS, queued
from schema.operations.case_work import OpenCaseInput, RecordOutcomeInput, UpdateCaseStatusInput
from schema.operations.citizens import RegisterCitizenInput
from schema.operations.field_work import CompleteTaskInput, RecordVisitInput
from schema.operations.notes import AddNoteInput
from schema.operations.participants import RecordAttendanceInput
from schema.queue_owner import Owner, owner_of_queue
from schema.refusals import as_data
from schema.types.queue import OperationResult


def _as_in(mutation: str) -> Any:
    return strawberry.field(default=strawberry.UNSET, description=f"As in `{mutation}`.")


@strawberry.input(one_of=True, description="What was captured, in the input of the mutation of that name.")
class OfflineIntent:
    register_citizen: RegisterCitizenInput | None = _as_in("registerCitizen")
    open_case: OpenCaseInput | None = _as_in("openCase")
    add_note: AddNoteInput | None = _as_in("addNote")
    update_case_status: UpdateCaseStatusInput | None = _as_in("updateCaseStatus")
    record_outcome: RecordOutcomeInput | None = _as_in("recordOutcome")
    record_visit: RecordVisitInput | None = _as_in("recordVisit")
    complete_task: CompleteTaskInput | None = _as_in("completeTask")
    record_attendance: RecordAttendanceInput | None = _as_in("recordAttendance")


@strawberry.input(description="The case as the phone showed it when the person decided.")
class SeenCase:
    state: CaseState = strawberry.field(description="Its `state`.")
    holder: strawberry.ID = strawberry.field(description="The id of its `holder`.")

    def seen(self, context: Context) -> Seen:
        """Read it; a holder that is none equals no holder."""
        kind, number = read_ids(context, ("Seat", "Office"), str(self.holder)) or (None, None)
        return Seen(self.state, number if kind == "Seat" else None, number if kind == "Office" else None)


@strawberry.input(description="One operation of the queue.")
class QueuedOperation:
    intent: OfflineIntent = strawberry.field(description="What is to be done.")
    seen: SeenCase | None = strawberry.field(
        default=None,
        description="Of a verb with `expectedVersion`: what the decision rested on. With it, an operation on an older"
        " version is done all the same (REBASED) while that still stands; without it, it is a CONFLICT.",
    )


@strawberry.input(description="A queue that was filled offline. Each operation has an operationId of its own.")
class ApplyOperationsInput:
    queue_owner: strawberry.ID = strawberry.field(
        description="The `queueOwner` of the `viewer` who captured it. A queue of another account or post is refused."
    )
    operations: list[QueuedOperation] = strawberry.field(
        description="In the order of the buttons, at most 50; more in the next call."
    )


@strawberry.type(description="Every operation was answered by itself.")
class ApplyOperationsPayload:
    results: list[OperationResult] = strawberry.field(
        description="What became of each operation, in the order given.", metadata={SIZE: MOST_OPERATIONS}
    )


async def _apply_operations(info: Info, input: Annotated[ApplyOperationsInput, given_as("The queue.")]) -> Any:
    context = info.context
    try:
        async with owner_of_queue(context, str(input.queue_owner)) as owner:
            _check_length(input.operations)
            rows = [await _settled(context, owner, at, operation) for at, operation in enumerate(input.operations)]
    except Refusal as refused:
        return await as_data(refused, context)
    await context.refresh()
    return ApplyOperationsPayload(results=rows)  # type: ignore[arg-type]  # a noun's values are rows


def _check_length(operations: list[QueuedOperation]) -> None:
    if len(operations) > MOST_OPERATIONS:
        raise Refusal(RefusalCode.TOO_MANY, "input", "operations", limit=MOST_OPERATIONS)


async def _settled(context: Context, owner: Owner, at: int, operation: QueuedOperation) -> OperationResultRow:
    """Do an operation in its owner's name, and tell the one who asks as much as that one sees now."""
    field, given = next((name, told) for name in VERBS if (told := getattr(operation.intent, name)))
    seen = None if operation.seen is None else operation.seen.seen(context)
    wanted = queued(owner.context, VERBS[field], given, seen, left_at=owner.left_at)
    return await _row(context, at, wanted, VERBS[field].result, await settle(owner.context, wanted))


async def _row(context: Context, at: int, wanted: Queued, result: str, settled: Settled) -> OperationResultRow:
    made = {} if settled.result_id is None else {result: settled.result_id}
    ids = {"case_id": settled.case_id, "note_id": settled.note_id, **made}
    refusal = None
    if settled.refused is not None:
        refused = settled.refused
        if refused.path:
            refused.path = ("input", "operations", str(at), "intent", wanted.name, *refused.path[1:])
        await context.refresh()
        refusal = await as_data(refused, context)
    return OperationResultRow(wanted.operation_id, settled.status, refusal=refusal, **ids)


@strawberry.type
class OfflineMutations:
    apply_operations = intent(
        _apply_operations,
        ApplyOperationsPayload,
        "Send what was captured offline. The operations are done in their order, each in a transaction of its own and"
        " at most once for its operationId, as by the mutation of that name; one that is refused does not hold up the"
        " others. Send the same again until there is an answer. Who: whoever may do each; and for 30 days who has left"
        " the post: cases begun before that are opened all the same, of everything else a late note is kept.",
        versioned=False,
    )
