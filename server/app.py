"""The ASGI application: routes and middleware around the executor."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from models.export_words import ExportFormat
from resolvers.context import Services
from schema.contract import contract
from server.execution import Executor
from server.export_files import MIMES
from server.files import file_routes
from server.graphiql import Boot, graphiql_routes
from server.guard import Guard
from server.http import GraphQLEndpoint
from server.identity import Identity
from server.local_folder import LocalFolder
from server.reports.route import report_routes
from server.settings import Settings
from server.sockets import SocketEndpoint
from server.watch import Watch

COMPRESS_FROM = 1000
COMPRESSED_ALREADY = (*DEFAULT_EXCLUDED_CONTENT_TYPES, MIMES[ExportFormat.XLSX])
"""Bytes; smaller answers gain nothing."""


def create_app(
    services: Services, settings: Settings, identity: Identity, watch: Watch, *, boot: Callable[[], Awaitable[Boot]]
) -> Starlette:
    """Put the application together around services that already run."""
    executor = Executor(contract(), services, settings)
    routes = [
        Route("/graphql", GraphQLEndpoint(executor, identity, settings).__call__, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", SocketEndpoint(executor, identity, watch, settings)),
        *(graphiql_routes(boot) if settings.shows_graphiql else ()),
        *(file_routes(services, services.objects) if isinstance(services.objects, LocalFolder) else ()),
        *report_routes(services),
        Route("/health", _health),
        Route("/", _home),
    ]
    middleware = [
        Middleware(Guard, hsts_seconds=settings.hsts_seconds),
        Middleware(
            GZipMiddleware, minimum_size=COMPRESS_FROM, compresslevel=5, exclude_content_types=COMPRESSED_ALREADY
        ),
    ]
    if settings.allowed_origins:
        cors = Middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST", "PUT"],
            allow_headers=["authorization", "content-type", "accept-language", "prasan-seat"],
            expose_headers=["x-request-id"],
        )
        middleware.insert(1, cors)
    return Starlette(routes=routes, middleware=middleware)


async def _health(_request: Request) -> Response:
    """Say that the process answers; it does not ask the database, whose trouble must not restart the service."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


async def _home(_request: Request) -> Response:
    return RedirectResponse("/graphql")
