"""Around every answer: headers that protect browsers, and a mask for what nobody caught."""

import orjson
import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.execution import new_request_id
from server.faults import INTERNAL, described, simple_error

log = structlog.get_logger()

HEADERS = {
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""For every answer that does not say otherwise itself, as GraphiQL's page does."""


class Guard:
    """The outermost middleware of ours."""

    def __init__(self, app: ASGIApp, *, hsts_seconds: int) -> None:
        self._app = app
        tls_only = {"strict-transport-security": f"max-age={hsts_seconds}; includeSubDomains"}
        self._headers = {**HEADERS, **(tls_only if hsts_seconds else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001 - whatever it was, neither client nor log is shown its text
            request_id = new_request_id()
            log.error("request.fault", request_id=request_id, **described(error))  # noqa: TRY400 - as above
            if not begun:
                await _masked(request_id)(scope, receive, guarded)


def _masked(request_id: str) -> Response:
    code, _, message = INTERNAL
    body = orjson.dumps({"errors": [simple_error(code, message, request_id=request_id)]})
    headers = {"cache-control": "no-store", "x-request-id": request_id}
    return Response(body, 500, headers, media_type="application/json; charset=utf-8")
