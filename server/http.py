"""GraphQL over HTTP: strict bodies, real Accept negotiation, stable codes; GET for queries only."""

from dataclasses import replace
from typing import Any

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from server.addresses import address_of
from server.auth import Caller, IdentityUnavailableError, TokenFault, TokenRefused, bearer, reads_thai
from server.execution import QUERIES, QUERIES_AND_MUTATIONS, Answer, Executor, Request, new_request_id
from server.faults import INTERNAL, UNAVAILABLE, simple_error
from server.graphiql import graphiql_page, wants_html
from server.identity import Identity
from server.settings import Settings

GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"
DEEPEST = 64
"""How deep variables may nest; inputs of the contract need four levels."""


class BadRequest(Exception):  # noqa: N818 - an answer, not an error
    """The request is not GraphQL over HTTP; `status` and `code` say how."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class GraphQLEndpoint:
    """Answers GET and POST on /graphql."""

    def __init__(self, executor: Executor, identity: Identity, settings: Settings) -> None:
        self._executor = executor
        self._identity = identity
        self._settings = settings

    async def __call__(self, request: HttpRequest) -> Response:
        if wants_html(request):
            return graphiql_page()
        request_id = new_request_id()
        media = _media_type(request.headers.get("accept"))
        try:
            caller = replace(await self._caller(request), address=address_of(request, self._settings.trusted_proxies))
            wanted = _from_query(request) if request.method == "GET" else await self._from_body(request)
            allowed = QUERIES if request.method == "GET" else QUERIES_AND_MUTATIONS
        except BadRequest as bad:
            error = simple_error(bad.code, str(bad), request_id=request_id)
            return _respond({"errors": [error]}, bad.status, media, request_id)
        except TokenRefused as refused:
            thai = reads_thai(request.headers.get("accept-language"))
            error = _token_error(refused.fault, thai=thai, request_id=request_id)
            return _respond({"errors": [error]}, 401, media, request_id)
        except IdentityUnavailableError:
            code, th, en = UNAVAILABLE
            message = th if reads_thai(request.headers.get("accept-language")) else en
            return _respond({"errors": [simple_error(code, message, request_id=request_id)]}, 503, media, request_id)
        if request.method == "GET" and self._executor.is_no_query(wanted):
            error = simple_error(
                "METHOD_NOT_ALLOWED", "Send this with POST: GET is for queries.", request_id=request_id
            )
            return _respond({"errors": [error]}, 405, media, request_id)
        answer = await self._executor.execute(wanted, caller, request_id=request_id, allowed=allowed)
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


def read_request(body: bytes | bytearray | str) -> Request:
    """Read a GraphQL request from JSON; refuse every other shape."""
    try:
        return request_of(orjson.loads(body))
    except orjson.JSONDecodeError:
        raise BadRequest(400, "BODY_NOT_JSON", "Send a JSON object in UTF-8.") from None


def request_of(given: Any) -> Request:
    """Check a decoded GraphQL request."""
    if not isinstance(given, dict):
        raise BadRequest(400, "BODY_NOT_AN_OBJECT", "Send one JSON object; batches are not taken.")
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(400, "QUERY_MISSING", "Send the document in `query`, as a string.")
    if not isinstance(variables, dict | None) or _depth(variables) > DEEPEST:
        raise BadRequest(400, "VARIABLES_INVALID", f"Send `variables` as an object, at most {DEEPEST} levels deep.")
    if not isinstance(name, str | None):
        raise BadRequest(400, "OPERATION_NAME_INVALID", "Send `operationName` as a string.")
    return Request(query, variables, name or None)


def _depth(value: Any) -> int:
    """Count levels without recursion; stops as soon as the limit is passed."""
    level, layer = 0, [value]
    while layer and level <= DEEPEST:
        layer = [
            inner
            for outer in layer
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        level += 1
    return level


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
    """Tell what was never executed by its status: our fault 503 or 500, the client's 400."""
    if "data" in answer:
        return 200
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    return 503 if UNAVAILABLE[0] in codes else 500 if INTERNAL[0] in codes else 400


def _respond(answer: Answer, status: int, media: str, request_id: str) -> Response:
    headers = {"cache-control": "no-store", "x-request-id": request_id, "vary": "Accept, Accept-Language"}
    headers |= {401: {"www-authenticate": "Bearer"}, 405: {"allow": "POST"}}.get(status, {})
    return Response(orjson.dumps(answer), status, headers, media_type=f"{media}; charset=utf-8")
