"""Serve until told to stop: the socket first, then the service, then the welcome."""

import asyncio
import errno
import gc
import socket
from contextlib import nullcontext
from datetime import UTC, datetime

import uvicorn
import uvloop
from starlette.applications import Starlette

from casework.keys import Keys
from server.app import create_app
from server.auth import Tokens
from server.database import DatabaseUrls, check_reachable, pool
from server.identity import Identity
from server.issuer import Issuer
from server.problems import StartupProblem
from server.runtime import running, utc_now
from server.settings import Settings
from server.startup import say
from server.watch import watching
from server.welcome import welcome, worked_example
from server.wire import Wire, allow_many_sockets
from server.worker import working

DRAIN_SECONDS = 5
"""How long a stop waits for requests under way."""
CLOSED = "Only its public part: set PRASAN_OIDC_ISSUER and PRASAN_OIDC_AUDIENCE to let people sign in."


def bind(settings: Settings) -> socket.socket:
    """Take the port before anything else is begun; a taken one is one sentence."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host, settings.port))
        taken.listen(2048)
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise StartupProblem(
                f"Port {settings.port} is taken: stop what uses it, or set PRASAN_PORT to another one."
            ) from None
        raise StartupProblem(
            f"Set PRASAN_HOST and PRASAN_PORT to an address of this machine: {error.strerror}."
        ) from None
    return taken


class Server(uvicorn.Server):
    """Uvicorn that says when it serves, and leaves quietly on Ctrl-C."""

    def __init__(self, config: uvicorn.Config, message: str) -> None:
        super().__init__(config)
        self._message = message

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            say(self._message)


async def serve(
    settings: Settings, urls: DatabaseUrls, secret: bytes, taken: socket.socket, issuer: Issuer | None
) -> None:
    """Serve on the socket until SIGINT or SIGTERM."""
    for url, variable in ((urls.app, "PRASAN_DATABASE_URL"), (urls.worker, "PRASAN_WORKER_URL")):
        probe = pool(url, settings)
        try:
            await check_reachable(probe, variable)
        finally:
            await probe.dispose()
    tokens = Tokens(Keys(secret), demo=settings.in_demo_mode)
    if issuer is not None:
        await issuer.keys.warm()
    async with (
        running(settings, urls, secret) as services,
        watching(services, every=settings.socket_look_seconds) as watch,
        working(services, settings, urls) if settings.works_inside else nullcontext(),
    ):
        boot = worked_example(tokens, utc_now)
        app = create_app(services, settings, Identity(tokens, issuer), watch, boot=boot)
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        await Server(_config(app, settings), _message(settings, tokens, taken)).serve(sockets=[taken])


def _config(app: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        ws=Wire,
        lifespan="off",
        proxy_headers=False,  # PRASAN_TRUSTED_PROXIES decides; uvicorn would believe everybody on this machine
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        ws_max_size=settings.body_bytes,
        ws_ping_interval=settings.socket_ping_seconds,
        ws_ping_timeout=settings.socket_ping_seconds,
    )


def _message(settings: Settings, tokens: Tokens, taken: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{host}:{taken.getsockname()[1]}"
    if settings.in_demo_mode:
        return welcome(url, tokens, now=datetime.now(UTC))
    closed = "" if settings.oidc_issuer else f" {CLOSED}"
    return f"Prasan serves {url}/graphql.{closed}"


def run_until_stopped(
    settings: Settings, urls: DatabaseUrls, secret: bytes, taken: socket.socket, issuer: Issuer | None
) -> None:
    """Run the event loop; a Ctrl-C that uvicorn has answered already is no error."""
    allow_many_sockets()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(serve(settings, urls, secret, taken, issuer))
        except KeyboardInterrupt:
            say("Stopped.")
