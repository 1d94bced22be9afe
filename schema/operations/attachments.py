"""Mutations about files on cases, and materials of activities."""

from datetime import datetime
from typing import Annotated, Any, NamedTuple

import strawberry

from casework.actions.confirm_upload import confirm_upload
from casework.actions.request_material_upload import request_material_upload
from casework.actions.request_upload import NewFile, request_upload
from casework.errors import RefusalCode
from casework.objects import Link
from casework.work import Work
from models.action_words import CaseAction
from models.attachment_words import AttachmentType
from models.vocabulary import Audience
from resolvers.attachments import attachments_by_ids, awaited, held_for, upload_link
from schema.binding import Info, noun, plain, worked_out
from schema.changing import CaseRef, Intent, carry_out, given_as, intent
from schema.ids import read_id, wanted_id
from schema.rules_in_words import case_rule
from schema.types.attachment import Attachment

NOT_KEPT = frozenset({RefusalCode.UPLOAD_DIFFERS, RefusalCode.ATTACHMENT_TYPE_MISMATCH})
"""What is refused for one of these is deleted at once."""


class HeaderRow(NamedTuple):
    name: str
    value: str


@noun(HeaderRow, description="A header of the PUT request.")
class UploadHeader:
    name: str = plain("Its name.")
    value: str = plain("Its value.")


@noun(Link, description="Where the bytes are sent, with PUT. It holds for 15 minutes; the same operationId gives anew.")
class Upload:
    url: str = plain("Where to PUT; resolve it against the address of the service if it begins with a slash.")
    headers: list[UploadHeader] = worked_out(
        lambda link, _: [HeaderRow(name, value) for name, value in link.headers.items()],
        "Headers that the PUT must carry.",
    )
    expires_at: datetime = plain("When the link ends.")


@strawberry.input(
    description="A file that you will send: first this, then PUT its bytes to the link, then `confirmUpload`."
)
class FileIntent(Intent):
    file_name: str = strawberry.field(description="Name of the file, at most 200 characters, without a path.")
    media_type: AttachmentType = strawberry.field(description="What kind of file it is; its bytes are looked at.")
    byte_count: int = strawberry.field(
        description="Its exact length in bytes; at most 10,000,000 unless set otherwise."
    )
    sha256: str = strawberry.field(description="The SHA-256 of its bytes, 64 hexadecimal digits; no others are taken.")

    def file(self, audience: Audience) -> NewFile:
        return NewFile(self.file_name, self.media_type, self.byte_count, self.sha256, audience)


@strawberry.input(description="A file for a case.")
class RequestUploadInput(FileIntent):
    case: CaseRef = strawberry.field(description="Which case.")
    audience: Audience = strawberry.field(default=Audience.CASE, description="Whom it is meant for.")


@strawberry.input(description="A material of an activity: for all who see it, so without personal data.")
class RequestMaterialUploadInput(FileIntent):
    activity: strawberry.ID = strawberry.field(description="Id of the activity.")


@strawberry.type(description="The upload can begin.")
class RequestUploadPayload:
    attachment: Attachment = strawberry.field(description="The file, as announced.")
    upload: Upload | None = strawberry.field(
        description="A link for its bytes; null when they are not awaited any more: it was confirmed, or given up."
    )


@strawberry.type(description="The upload can begin.")
class RequestMaterialUploadPayload(RequestUploadPayload):
    pass


@strawberry.input(description="The bytes are sent. Only the post that asked for the upload confirms it.")
class ConfirmUploadInput(Intent):
    attachment: strawberry.ID = strawberry.field(description="Id of the attachment.")


@strawberry.type(description="The file is attached; it is QUARANTINED until it was scanned, mostly for seconds.")
class ConfirmUploadPayload:
    attachment: Attachment = strawberry.field(description="The file.")


async def _request_upload(info: Info, input: Annotated[RequestUploadInput, given_as("The file.")]) -> Any:
    context = info.context

    async def act(work: Work) -> int:
        case_id = await input.case.find(work, context)
        limits = context.services.attachment_limits
        return await request_upload(work, case_id=case_id, file=input.file(input.audience), limits=limits)

    def payload(row: Any) -> RequestUploadPayload:
        return RequestUploadPayload(attachment=row, upload=upload_link(row, context))  # type: ignore[arg-type]

    return await carry_out(info, input, act, look_up=attachments_by_ids, payload=payload)


async def _request_material_upload(
    info: Info, input: Annotated[RequestMaterialUploadInput, given_as("The file.")]
) -> Any:
    context = info.context

    async def act(work: Work) -> int:
        activity_id = wanted_id(context, "Activity", input.activity, "input", "activity")
        limits = context.services.attachment_limits
        file = input.file(Audience.CASE)
        return await request_material_upload(work, activity_id=activity_id, file=file, limits=limits)

    def payload(row: Any) -> RequestMaterialUploadPayload:
        upload: Any = upload_link(row, context)
        return RequestMaterialUploadPayload(attachment=row, upload=upload)

    return await carry_out(info, input, act, look_up=attachments_by_ids, payload=payload)


async def _confirm_upload(info: Info, input: Annotated[ConfirmUploadInput, given_as("The upload.")]) -> Any:
    context = info.context
    row = await awaited(context, read_id(context, "Attachment", input.attachment))
    held = await held_for(context, row)

    async def act(work: Work) -> int:
        attachment_id = wanted_id(context, "Attachment", input.attachment, "input", "attachment")
        return await confirm_upload(work, attachment_id=attachment_id, held=held)

    answer = await carry_out(
        info, input, act, look_up=attachments_by_ids, payload=lambda row: ConfirmUploadPayload(attachment=row)
    )
    if row is not None and getattr(answer, "code", None) in NOT_KEPT:
        await context.services.objects.remove(row.object_key)
    return answer


@strawberry.type
class AttachmentMutations:
    request_upload = intent(
        _request_upload,
        RequestUploadPayload,
        f"Ask for a link to send a file to. {case_rule(CaseAction.ADD_ATTACHMENT)}",
        versioned=False,
    )
    request_material_upload = intent(
        _request_material_upload,
        RequestMaterialUploadPayload,
        "Ask for a link to send a material of an activity to; go on as with `requestUpload`. Who: officers and the head"
        " of the host office, and the coordinator of its province.",
        versioned=False,
    )
    confirm_upload = intent(
        _confirm_upload,
        ConfirmUploadPayload,
        f"Confirm that the bytes of a file are sent. {case_rule(CaseAction.ADD_ATTACHMENT)}",
        versioned=False,
    )
