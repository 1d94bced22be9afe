"""Ask for a link to which a file of a case is sent: what will come is written down first."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import BigInteger, bindparam, func, select

from casework.desk import take_case_for
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.work import Work
from models import Attachment
from models.action_words import CaseAction
from models.attachment_words import AttachmentState, AttachmentType
from models.vocabulary import Audience

NAME = 200
"""Characters of a file's name."""
BARRED = frozenset("/\\\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Ways into folders, and signs that turn the direction of writing: a name must end as it seems to."""
SHA256_DIGITS = 64
_COUNT = select(func.attachment_count(bindparam("case_id", type_=BigInteger()), type_=BigInteger()))


class AttachmentLimits(NamedTuple):
    """The most bytes of one file, and the most files of one case."""

    byte_count: int = 10_000_000
    per_case: int = 20


@dataclass(frozen=True, slots=True)
class NewFile:
    """What the client says of the file that it will send."""

    name: str
    media_type: AttachmentType
    byte_count: int
    sha256: str
    audience: Audience


async def request_upload(work: Work, *, case_id: int, file: NewFile, limits: AttachmentLimits) -> int:
    """Write the row and give its id. Nothing is told to anybody before the upload is confirmed."""
    row = await announced(work, file, limits)
    row.case_id = case_id
    await take_case_for(work, case_id, CaseAction.ADD_ATTACHMENT)
    await _check_room(work, case_id, limits.per_case)
    await work.save(row)
    return row.id


async def announced(work: Work, file: NewFile, limits: AttachmentLimits) -> Attachment:
    """Give the row of a file that can be taken, without what it belongs to."""
    name = texts.clean_line(file.name, "input", "fileName", limit=NAME)
    if not BARRED.isdisjoint(name):
        raise Refusal(RefusalCode.FILE_NAME_INVALID, "input", "fileName")
    if file.byte_count < 1:
        raise Refusal(RefusalCode.FILE_EMPTY, "input", "byteCount")
    if file.byte_count > limits.byte_count:
        raise Refusal(RefusalCode.FILE_TOO_LARGE, "input", "byteCount", limit=limits.byte_count)
    sha256 = _hash(file.sha256)
    return Attachment(
        id=await work.new_id(),
        author_seat_id=work.by.seat_id,
        author_agency_code=work.by.agency_code,
        audience=file.audience,
        name=name,
        media_type=file.media_type,
        byte_count=file.byte_count,
        sha256=sha256,
        object_key=uuid4(),
        state=AttachmentState.REQUESTED,
        requested_at=work.now,
    )


def _hash(text: str) -> bytes:
    try:
        found = bytes.fromhex(text) if len(text) == SHA256_DIGITS else b""
    except ValueError:
        found = b""
    if len(found) * 2 != SHA256_DIGITS:
        raise Refusal(RefusalCode.SHA256_INVALID, "input", "sha256")
    return found


async def _check_room(work: Work, case_id: int, most: int) -> None:
    """Count under the lock of the case, by a function of the database: also what the actor may not read."""
    if (await work.session.execute(_COUNT, {"case_id": case_id})).scalar_one() >= most:
        raise Refusal(RefusalCode.ATTACHMENTS_TOO_MANY, "input", "case", limit=most)
