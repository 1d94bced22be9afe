"""The route behind the links of `monthlyReport`: GET /reports/…, where the PDF is made and given."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import Refusal
from casework.file_links import REPORT, Ticket
from casework.objects import Bearer
from resolvers.context import Services
from resolvers.monthly_reports import MonthlyReport, asked_report
from server.auth import Caller
from server.callers import context_of
from server.file_problems import Problem, ProblemError
from server.files import SANDBOX, answering, ticket_of
from server.reports.gathering import NotMadeError
from server.reports.printing import file_name, make_report

AT_ONCE = 1
"""Reports that one process makes at a time: each keeps a core for two seconds."""
LONGEST_WAIT = 60
"""Seconds for a turn."""


def report_routes(services: Services) -> list[Route]:
    """Give the route; a token in the path is all that it asks for, no cookie and no other header."""
    return [Route("/reports/{token}", answering(_Reports(services).get), methods=["GET"])]


class _Reports:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._bearers: set[Bearer] = set()
        """Who waits or is served: one link opened again and again must not take the turns of all others."""

    async def get(self, request: Request, request_id: str) -> Response:
        """Make the report that the link is for, as its bearer may have it now."""
        if request.method == "HEAD":  # Starlette adds it to GET; how long a report is, only making it tells
            return Response(status_code=405, headers={"allow": "GET"})
        ticket = ticket_of(self._services, request, REPORT)
        report = MonthlyReport.numbered(ticket.row_id)
        if ticket.by in self._bearers:
            raise ProblemError(Problem.REPORTS_BUSY)
        self._bearers.add(ticket.by)
        try:
            made = await self._in_turn(ticket, request, request_id)
        finally:
            self._bearers.discard(ticket.by)
        headers = {
            "content-disposition": f'attachment; filename="{file_name(report)}"',
            "content-security-policy": SANDBOX,
            "cross-origin-resource-policy": "cross-origin",
        }
        return Response(made, media_type="application/pdf", headers=headers)

    async def _in_turn(self, ticket: Ticket, request: Request, request_id: str) -> bytes:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self._turns.acquire()
        except TimeoutError:
            raise ProblemError(Problem.REPORTS_BUSY) from None
        try:
            if await request.is_disconnected():
                raise ClientDisconnect
            caller = Caller(ticket.by.subject, held=ticket.by.seat_id)
            async with context_of(self._services, caller, request_id) as context:
                return await make_report(asked_report(context, *MonthlyReport.numbered(ticket.row_id)), context)
        except Refusal:  # who has left the post since then finds nothing
            raise ProblemError(Problem.LINK_UNKNOWN) from None
        except NotMadeError:
            raise ProblemError(Problem.REPORT_NOT_MADE) from None
        finally:
            self._turns.release()
