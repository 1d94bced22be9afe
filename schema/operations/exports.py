"""Mutations and subscriptions about exports."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any

import strawberry

from casework.actions.request_export import ExportForm, request_export
from casework.errors import Refusal
from casework.work import Work
from models.export_words import ExportEra, ExportFormat, ExportLanguage
from models.list_words import CaseOrder
from resolvers.export_progress import follow_export
from resolvers.exports import count_for_export, exports_by_ids, write_wanted
from schema.binding import Info
from schema.changing import Intent, carry_out, given_as, intent
from schema.ids import wanted_id
from schema.operations.case_filter import CaseFilter
from schema.refusals import InvalidInput, NotFound, NotPermitted, as_data
from schema.types.export import Export

MOST_COUNTED = 1_048_576
"""One row more than a sheet of Excel holds beside its headings: a larger number is told as this one."""


@strawberry.input(description="A list of cases is to be written into a file.")
class RequestExportInput(Intent):
    filter: CaseFilter | None = strawberry.field(
        default=None, description="Which cases, as in `cases`; left out: all that you see."
    )
    order_by: CaseOrder = strawberry.field(default=CaseOrder.UPDATED, description="In which order, as in `cases`.")
    format: ExportFormat = strawberry.field(description="What kind of file.")
    dates: ExportEra = strawberry.field(default=ExportEra.GREGORIAN, description="How days are written.")
    headings: ExportLanguage = strawberry.field(
        default=ExportLanguage.TH, description="The language of headings and words."
    )


@strawberry.type(description="The cases are counted, and the worker will write them.")
class RequestExportPayload:
    export: Export = strawberry.field(description="The export; follow it with `exportProgress`.")


async def _request(info: Info, input: Annotated[RequestExportInput, given_as("What to write, and how.")]) -> Any:
    limits = info.context.services.export_limits

    async def act(work: Work) -> int:
        wanted = (input.filter or CaseFilter()).wanted(info.context, "input", "filter")
        return await request_export(
            work,
            form=ExportForm(input.format, input.dates, input.headings),
            wanted=write_wanted(wanted, input.order_by),
            count=lambda: count_for_export(work, wanted, most=MOST_COUNTED),
            limits=limits,
        )

    payload = lambda row: RequestExportPayload(export=row)  # noqa: E731 - as short as it is
    return await carry_out(info, input, act, look_up=exports_by_ids, payload=payload)


@strawberry.type
class ExportMutations:
    request_export = intent(
        _request,
        RequestExportPayload,
        "Have the cases of a list written into a file, with the columns that you may see of each. The rows are counted"
        " before anything is written; too many for one file are refused with their number. Allowed to everybody who is"
        " listed cases. Whose name stands in the file is recorded as having been looked at.",
        versioned=False,
    )


@strawberry.type(description="How an export stands.")
class ExportProgress:
    export: Export = strawberry.field(description="The export at this moment.")


ExportProgressResult = Annotated[
    ExportProgress | NotFound | NotPermitted | InvalidInput,
    strawberry.union(
        "ExportProgressResult",
        description="What `exportProgress` delivers; a refusal is the last thing it says.",
    ),
]


async def _progress(
    info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Id of an export of yours.")]
) -> AsyncGenerator[ExportProgressResult, None]:
    context = info.context
    try:
        async for row in follow_export(context, wanted_id(context, "Export", id, "id")):
            found: Any = row
            yield ExportProgress(export=found)
    except Refusal as refused:
        yield await as_data(refused, context)


@strawberry.type
class ExportSubscriptions:
    export_progress: AsyncGenerator[ExportProgressResult, None] = strawberry.subscription(
        resolver=_progress,
        description="An export of yours: first as it stands, then each time that something has changed, at most about"
        " once a second. It completes when the export is READY, FAILED or EXPIRED.",
    )
