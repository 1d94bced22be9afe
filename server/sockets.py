"""GraphQL over WebSockets: graphql-transport-ws, with Strawberry's handler made strict about frames."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import orjson
import structlog
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage, Message

from server.addresses import address_of
from server.auth import Caller, IdentityUnavailableError, TokenRefused, bearer, reads_thai
from server.company import Said, written
from server.execution import Delivery, Executor, new_request_id
from server.fanout import Fanout
from server.faults import described, simple_error
from server.frames import frame, next_of, too_many, what_is_wrong
from server.identity import Identity
from server.quota import Quota
from server.requests import BadRequest, request_of
from server.settings import Settings
from server.watch import Watch, Watched

log = structlog.get_logger()

FORBIDDEN = 4403
TRY_AGAIN = 1013
"""RFC 6455's registry: the one close code that clients take for "later"."""


@dataclass(slots=True)
class Socket:
    """What lives as long as a connection: who opened it. Everything else is made anew for each operation."""

    caller: Caller
    connection_params: dict[str, Any] = field(default_factory=dict)


class Handler(BaseGraphQLTransportWSHandler[Socket, None]):
    """Frames of the wrong shape close the socket with 4400; a wrong operation ends only itself."""

    view: "SocketEndpoint"
    _expiry: asyncio.Task[None] | None = None
    _watched: Watched | None = None

    async def handle_message(self, message: Any) -> None:
        wrong = what_is_wrong(message)
        if wrong is not None:
            await self.handle_invalid_message(wrong)
        elif message["type"] == "connection_init" and message.get("payload") is None:
            await super().handle_message(ConnectionInitMessage(type="connection_init"))
        elif message["type"] == "subscribe" and self.connection_acknowledged and self._is_full(message["id"]):
            text = f"At most {self.max_subscriptions_per_connection} operations at once on one connection."
            await self.send_message(too_many(message["id"], text))
        else:
            await super().handle_message(cast("Message", message))

    def _is_full(self, operation_id: str) -> bool:
        most = self.max_subscriptions_per_connection
        return most is not None and len(self.operations) >= most and operation_id not in self.operations

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        try:
            await super().handle_connection_init(message)
        except IdentityUnavailableError:
            await self.websocket.close(code=TRY_AGAIN, reason="Try again later")
        caller = self.context.caller
        if not self.connection_acknowledged or caller.expires is None or self._expiry is not None:
            return
        self._expiry = asyncio.create_task(self._close_at(caller.expires))
        if caller.subject is not None and caller.held is not None:
            self._watched = Watched(caller.subject, caller.held, self._close_for_its_post)
            self.view.watch.begin(self._watched)

    async def _close_for_its_post(self) -> None:
        """A connection lives no longer than its caller fills the post in which it was opened."""
        await self.websocket.close(code=FORBIDDEN, reason="Post ended")

    async def _close_at(self, expires: datetime) -> None:
        """A connection lives no longer than the token that opened it."""
        await asyncio.sleep((expires - datetime.now(UTC)).total_seconds())
        await self.websocket.close(code=FORBIDDEN, reason="Token expired")

    async def handle_task_exception(self, error: Exception) -> None:
        """Strawberry would log the text of the fault."""
        log.error("request.fault", **described(error))

    async def shutdown(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        if self._watched is not None:
            self.view.watch.end(self._watched)
        await super().shutdown()

    async def run_operation(self, operation: Operation[Socket, None]) -> None:
        with self.view.quota.one_more(self.context.caller) as is_free:
            if not is_free:
                await operation.send_operation_message(too_many(operation.id, self.view.quota.told))
                return
            await self._answer(operation)

    async def _answer(self, operation: Operation[Socket, None]) -> None:
        head = next_of(operation)
        begun = False
        async with aclosing(self.view.answers(operation, self.context.caller)) as answers:
            async for said in answers:
                if not said.executed and not begun:
                    errors = orjson.loads(said.text)["errors"]
                    await operation.send_operation_message(frame(operation, "error", payload=errors))
                    return
                begun = True
                await self.websocket.send_json(cast("Any", f"{head}{said.text}}}"))
        await operation.send_operation_message(frame(operation, "complete"))


class SocketEndpoint(GraphQL[Socket, None]):
    """The ASGI application behind the WebSocket route."""

    graphql_transport_ws_handler_class = Handler

    def __init__(self, executor: Executor, identity: Identity, watch: Watch, settings: Settings) -> None:
        super().__init__(
            executor,  # type: ignore[arg-type]  # our handler asks `answers`, never Strawberry's schema
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            max_subscriptions_per_connection=settings.operations_per_socket,
            connection_init_wait_timeout=timedelta(seconds=settings.socket_init_seconds),
            allowed_origins=settings.allowed_origins,
        )
        self._executor = executor
        self._fanout = Fanout(executor, settings)
        self.quota = Quota(settings.operations_per_account)
        self._identity = identity
        self.watch = watch
        self._proxies = settings.trusted_proxies

    async def get_context(self, request: Any, response: Any) -> Socket:  # noqa: ARG002 - Strawberry's signature
        thai = reads_thai(request.headers.get("accept-language"))
        return Socket(Caller(thai=thai, address=address_of(request, self._proxies)))

    async def on_ws_connect(self, context: Socket) -> Any:
        """Take the token of connection_init and hold the post; a wrong token closes the socket with 4403."""
        given = {str(key).lower(): value for key, value in context.connection_params.items()}
        header, seat = given.get("authorization"), given.get("prasan-seat")
        token = bearer(header if isinstance(header, str) else None)
        language = given.get("accept-language")
        thai = reads_thai(language) if isinstance(language, str) else context.caller.thai
        context.caller = replace(context.caller, thai=thai)
        if token is not None:
            try:
                subject, expires = await self._identity.verify(token)
            except TokenRefused as refused:
                raise ConnectionRejectionError({"code": refused.fault.value}) from None
            seat = seat if isinstance(seat, str) else None
            caller = replace(context.caller, subject=subject, expires=expires, seat=seat)
            context.caller = await self._in_its_post(caller)
        return await super().on_ws_connect(context)

    async def _in_its_post(self, caller: Caller) -> Caller:
        try:
            return await self._executor.holding_post(caller)
        except Exception as error:  # noqa: BLE001 - as in HTTP, no fault may show a client more than "later"
            log.error("request.fault", **described(error))  # noqa: TRY400 - the traceback's text stays out
            raise IdentityUnavailableError from None

    async def answers(self, operation: Operation[Socket, None], caller: Caller) -> AsyncGenerator[Said, None]:
        request_id = new_request_id()
        try:
            given = {
                "query": operation.query,
                "variables": operation.variables,
                "operationName": operation.operation_name,
            }
            request = self._executor.gate.admit(request_of(given))
        except BadRequest as bad:
            yield written(Delivery({"errors": [simple_error(bad.code, str(bad), request_id=request_id)]}))
            return
        async with aclosing(self._fanout.answers(request, caller, request_id=request_id)) as answers:
            async for said in answers:
                yield said

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """Text, not bytes: the official client rejects binary frames. What is text already was written for many."""
        return data if isinstance(data, str) else orjson.dumps(data).decode()
