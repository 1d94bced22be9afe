"""The routes behind the links of the local folder: PUT /uploads/…, GET /files/… and GET /exports/…."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from casework.actions.record_download import record_download
from casework.file_links import DOWNLOAD, EXPORT, UPLOAD, Ticket, unseal
from casework.rules.file_types import SIGNATURES
from models.attachment_words import AttachmentState
from resolvers.attachments import attachments_by_ids
from resolvers.changes import working
from resolvers.context import Context, Services
from resolvers.exports import exports_by_ids
from resolvers.rows import AttachmentRow
from server.auth import Caller, reads_thai
from server.callers import context_of
from server.execution import new_request_id
from server.export_files import MIMES, file_name
from server.file_problems import Problem, ProblemError, told
from server.local_folder import LocalFolder, TooManyBytesError

UPLOAD_SECONDS = 600
"""As long a slow line may take; a link holds a little longer."""
MOST_DIGITS = 18
"""Of a length that is read as a number."""
HUNG_UP = 499
GONE_AGAIN = (AttachmentState.REFUSED, AttachmentState.EXPIRED)
SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {"content-security-policy": SANDBOX, "cross-origin-resource-policy": "cross-origin"}


def file_routes(services: Services, folder: LocalFolder) -> list[Route]:
    """Give the routes; a token in the path is all that they ask for, no cookie and no other header."""
    files = _Files(services, folder)
    return [
        Route("/uploads/{token}", answering(files.put), methods=["PUT"]),
        Route("/files/{token}", answering(files.get), methods=["GET", "HEAD"]),
        Route("/exports/{token}", answering(files.get_export), methods=["GET", "HEAD"]),
    ]


def answering(route: Callable[[Request, str], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        request_id = new_request_id()
        try:
            response = await route(request, request_id)
        except ProblemError as error:
            thai = reads_thai(request.headers.get("accept-language"))
            response = told(error.problem, thai=thai, request_id=request_id)
        except ClientDisconnect:
            return Response(status_code=HUNG_UP)
        response.headers["x-request-id"] = request_id
        response.headers["cache-control"] = "no-store"
        return response

    return answer


def ticket_of(services: Services, request: Request, purpose: str) -> Ticket:
    """Open the link of a request, while it holds."""
    ticket = unseal(services.keys, purpose, request.path_params["token"])
    if ticket is None:
        raise ProblemError(Problem.LINK_UNKNOWN)
    if ticket.expires_at <= services.clock():
        raise ProblemError(Problem.LINK_EXPIRED)
    return ticket


class _Files:
    def __init__(self, services: Services, folder: LocalFolder) -> None:
        self._services = services
        self._folder = folder

    async def put(self, request: Request, _request_id: str) -> Response:
        """Take the bytes that were announced, and no others."""
        ticket = ticket_of(self._services, request, UPLOAD)
        row = await self._row(ticket)
        if row.state is not AttachmentState.REQUESTED:
            raise ProblemError(Problem.UPLOAD_OVER)
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != SIGNATURES[row.media_type].mime:
            raise ProblemError(Problem.CONTENT_TYPE_DIFFERS)
        length = request.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > MOST_DIGITS or int(length) > row.byte_count):
            raise ProblemError(Problem.BODY_TOO_LARGE)
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                received = await self._folder.receive(
                    row.object_key, request.stream(), byte_count=row.byte_count, sha256=row.sha256
                )
        except TooManyBytesError:
            raise ProblemError(Problem.BODY_TOO_LARGE) from None
        except TimeoutError:
            raise ProblemError(Problem.TOO_SLOW) from None
        if received is None:
            raise ProblemError(Problem.CONTENT_DIFFERS)
        if received.is_first:
            await self._check_still_wanted(ticket, row)
        return Response(status_code=204)

    async def _check_still_wanted(self, ticket: Ticket, row: AttachmentRow) -> None:
        """Keep nothing of an upload that was given up while its bytes came: nobody would ever delete it."""
        try:
            after = await self._row(ticket)
        except ProblemError:
            after = None
        if after is None or after.state in GONE_AGAIN:
            await self._folder.remove(row.object_key)
            raise ProblemError(Problem.UPLOAD_OVER)

    async def get(self, request: Request, request_id: str) -> Response:
        """Give a clean file to whoever the link was made for, if they still see it; it is recorded as a look."""
        ticket = ticket_of(self._services, request, DOWNLOAD)
        async with self._context(ticket, request_id) as context:
            row = await self._found(ticket, context)
            if row.state is not AttachmentState.CLEAN:
                raise ProblemError(Problem.NOT_READY)
            await context.record()
        return await self._kept(row.object_key, row.name, SIGNATURES[row.media_type].mime)

    async def get_export(self, request: Request, request_id: str) -> Response:
        """Give the file of an export to whoever asked for it, while they fill the post; the post's journal tells it."""
        ticket = ticket_of(self._services, request, EXPORT)
        async with self._context(ticket, request_id) as context:
            (row,) = await exports_by_ids([ticket.row_id], context=context)
            if row is None:
                raise ProblemError(Problem.LINK_UNKNOWN)
            if row.object_key is None or not row.is_there(context.now):
                raise ProblemError(Problem.LINK_EXPIRED)
            name = file_name(row.format, row.dates, row.headings, at=row.requested_at)
            kept = await self._kept(row.object_key, name, MIMES[row.format])
            if request.method == "GET" and row.fetched_until != ticket.expires_at:
                await context.refresh()
                async with working(context) as work:
                    await record_download(work, export_id=row.id, until=ticket.expires_at)
                self._services.feed.ring()
        return kept

    async def _kept(self, key: UUID, name: str, mime: str) -> FileResponse:
        """Give bytes of the folder as a download; those that an erasure has just deleted are told as not there."""
        path = self._folder.path(key)
        try:
            found = await asyncio.to_thread(path.stat)
        except FileNotFoundError:
            raise ProblemError(Problem.NOT_READY) from None
        return FileResponse(
            path,
            media_type=mime,
            filename=name,
            stat_result=found,
            content_disposition_type="attachment",
            headers=HEADERS,
        )

    def _context(self, ticket: Ticket, request_id: str = "") -> AbstractAsyncContextManager[Context]:
        return context_of(self._services, Caller(ticket.by.subject, held=ticket.by.seat_id), request_id)

    async def _row(self, ticket: Ticket) -> AttachmentRow:
        async with self._context(ticket) as context:
            return await self._found(ticket, context)

    async def _found(self, ticket: Ticket, context: Context) -> AttachmentRow:
        """Look through the door, as the bearer: who has left the post or the case since then finds nothing."""
        (row,) = await attachments_by_ids([ticket.row_id], context=context)
        if row is None:
            raise ProblemError(Problem.LINK_UNKNOWN)
        return row
