"""GraphQL over HTTP: strict bodies, real Accept negotiation, stable codes; GET for queries only."""

from dataclasses import replace
from typing import Any

import orjson
from graphql import OperationType
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from casework.errors import RefusalCode
from server.addresses import address_of
from server.auth import Caller, IdentityUnavailableError, TokenFault, TokenRefused, bearer, reads_thai
from server.execution import QUERIES, QUERIES_AND_MUTATIONS, Executor, new_request_id
from server.faults import INTERNAL, UNAVAILABLE, simple_error, unavailable
from server.gate import Answer
from server.graphiql import graphiql_page, wants_html
from server.hangups import HungUp, while_listening
from server.identity import Identity
from server.requests import BadRequest, Request, read_request, request_of
from server.settings import Settings

GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"
STATUSES = {UNAVAILABLE[0]: 503, INTERNAL[0]: 500, RefusalCode.RATE_LIMITED.value: 429}
HUNG_UP = 499
"""Nobody reads it; proxies log it by this number."""
POSTED = frozenset({OperationType.MUTATION, OperationType.SUBSCRIPTION})


class GraphQLEndpoint:
    """Answers GET and POST on /graphql."""

    def __init__(self, executor: Executor, identity: Identity, settings: Settings) -> None:
        self._executor = executor
        self._identity = identity
        self._settings = settings
        self._page = settings.shows_graphiql

    async def __call__(self, request: HttpRequest) -> Response:
        if self._page and wants_html(request):
            return graphiql_page()
        request_id = new_request_id()
        media = _media_type(request.headers.get("accept"))
        try:
            return await self._answer(request, media, request_id)
        except BadRequest as bad:
            error = simple_error(bad.code, str(bad), request_id=request_id)
            return _respond({"errors": [error]}, bad.status, media, request_id)
        except TokenRefused as refused:
            thai = reads_thai(request.headers.get("accept-language"))
            error = _token_error(refused.fault, thai=thai, request_id=request_id)
            return _respond({"errors": [error]}, 401, media, request_id)
        except IdentityUnavailableError:
            thai = reads_thai(request.headers.get("accept-language"))
            return _respond({"errors": [unavailable(thai=thai, request_id=request_id)]}, 503, media, request_id)
        except (ClientDisconnect, HungUp):
            return Response(status_code=HUNG_UP)

    async def _answer(self, request: HttpRequest, media: str, request_id: str) -> Response:
        gate, by_get = self._executor.gate, request.method == "GET"
        caller = replace(await self._caller(request), address=address_of(request, self._settings.trusted_proxies))
        wanted = gate.admit(_from_query(request) if by_get else await self._from_body(request))
        if by_get and gate.kind_of(wanted, caller) in POSTED:
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "Send this with POST: GET is for queries.")
        answer = await self._executor.execute(
            wanted,
            caller,
            request_id=request_id,
            allowed=QUERIES if by_get else QUERIES_AND_MUTATIONS,
            listening=while_listening(request.receive),
        )
        return _respond(answer, _status(answer) if media == GRAPHQL_JSON else 200, media, request_id)

    async def _caller(self, request: HttpRequest) -> Caller:
        thai = reads_thai(request.headers.get("accept-language"))
        given = request.headers.getlist("authorization")
        # Of several none is taken: something before us may have judged another one than we would.
        token = bearer(", ".join(given))
        if token is None:
            return Caller(thai=thai)
        subject, expires = await self._identity.verify(token)
        return Caller(subject, expires, request.headers.get("prasan-seat"), thai)

    async def _from_body(self, request: HttpRequest) -> Request:
        """Take only a content type that no HTML form sends: no other site makes a browser post in its user's name."""
        content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if content_type != JSON:
            raise BadRequest(415, "CONTENT_TYPE_UNSUPPORTED", f"Send {JSON}.")
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._settings.body_bytes:
                raise BadRequest(413, "BODY_TOO_LARGE", f"Send at most {self._settings.body_bytes} bytes.")
        return read_request(body)


def _from_query(request: HttpRequest) -> Request:
    given: dict[str, Any] = dict(request.query_params)
    if "variables" in given:
        try:
            given["variables"] = orjson.loads(given["variables"])
        except orjson.JSONDecodeError:
            raise BadRequest(400, "VARIABLES_INVALID", "Send `variables` as a JSON object.") from None
    return request_of(given)


def _media_type(accept: str | None) -> str:
    """Choose the new media type when the client asks for it at least as much as for plain JSON."""
    qualities = {JSON: 0.0, GRAPHQL_JSON: 0.0}
    for entry in (accept or "*/*")[:1000].lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        weight = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
        if name in qualities:
            qualities[name] = max(qualities[name], weight)
        elif name in {"*/*", "application/*"}:
            qualities[JSON] = max(qualities[JSON], weight)
    return GRAPHQL_JSON if qualities[GRAPHQL_JSON] >= qualities[JSON] and qualities[GRAPHQL_JSON] > 0 else JSON


def _token_error(fault: TokenFault, *, thai: bool, request_id: str) -> dict[str, Any]:
    return simple_error(fault.value, fault.th if thai else fault.description, request_id=request_id)


def _status(answer: Answer) -> int:
    """Tell what was never executed by its status: our fault 503 or 500, the client's 429 or 400."""
    if "data" in answer:
        return 200
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    return next((status for code, status in STATUSES.items() if code in codes), 400)


def _respond(answer: Answer, status: int, media: str, request_id: str) -> Response:
    headers = {"cache-control": "no-store", "x-request-id": request_id, "vary": "Accept, Accept-Language"}
    headers |= {401: {"www-authenticate": "Bearer"}, 405: {"allow": "POST"}}.get(status, {})
    for error in answer.get("errors", ()):
        if "retryAfter" in error["extensions"]:
            headers["retry-after"] = str(error["extensions"]["retryAfter"])
    return Response(orjson.dumps(answer), status, headers, media_type=f"{media}; charset=utf-8")
