"""GraphiQL, the page where a person tries the API, served from this service's own files."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from functools import cache
from os import PathLike, stat_result
from pathlib import Path
from secrets import token_urlsafe
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ASSETS: Final = Path(__file__).parent / "assets" / "graphiql"
NAMES_ITS_VERSION: Final = re.compile(r"-\d+\.\d+\.\d+\.")
QVALUE: Final = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")

# The nonce is for one style sheet that GraphiQL's dialogs write to hold the page still behind them.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; font-src data:; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Accept",
}


@dataclass(frozen=True)
class Boot:
    """What the page opens with; `variables` is JSON text, `headers` pre-fill the headers tab."""

    query: str
    variables: str
    headers: dict[str, str]
    title: str


class Assets(StaticFiles):
    """Only files of the one folder; a file whose name carries its version may be kept for ever."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        versioned = NAMES_ITS_VERSION.search(Path(full_path).name)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def graphiql_routes(boot: Callable[[], Awaitable[Boot]]) -> list[BaseRoute]:
    """Everything that the page fetches besides GraphQL itself; `boot` is asked at every opening."""

    async def boot_json(_: Request) -> Response:
        # It may hold a token: kept by no cache, embedded by no other site.
        headers = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}
        return JSONResponse(asdict(await boot()), headers={**headers, "X-Content-Type-Options": "nosniff"})

    return [
        Route("/graphql/boot.json", boot_json),
        Mount("/graphql/assets", Assets(directory=ASSETS, check_dir=False)),
    ]


def graphiql_page() -> Response:
    nonce = token_urlsafe(16)
    headers = {"Content-Security-Policy": POLICY.format(nonce=nonce), **PAGE_HEADERS}
    return HTMLResponse(_page().replace("NONCE", nonce), headers=headers)


def wants_html(request: Request) -> bool:
    """Would this client rather have a page than JSON? A tie, no Accept, and a GET that carries a query mean JSON."""
    if request.method not in {"GET", "HEAD"} or {"query", "documentId"} & request.query_params.keys():
        return False
    accepted = _accepted(",".join(request.headers.getlist("accept")))
    json = max(_quality(accepted, "application", "json"), _quality(accepted, "application", "graphql-response+json"))
    return _quality(accepted, "text", "html") > json


@cache
def _page() -> str:
    return (ASSETS / "index.html").read_text(encoding="utf-8")


def _accepted(header: str) -> dict[str, float]:
    accepted: dict[str, float] = {}
    for entry in header.split(","):
        media_range, *parameters = (part.strip().lower() for part in entry.split(";"))
        weight = next((each for each in parameters if each.startswith("q=")), "q=1")
        # A weight that is none is read as a refusal: a malformed header falls back to JSON.
        quality = float(match[1]) if (match := QVALUE.fullmatch(weight)) else 0.0
        accepted[media_range] = max(quality, accepted.get(media_range, 0.0))
    return accepted


def _quality(accepted: dict[str, float], kind: str, subtype: str) -> float:
    ranges = (f"{kind}/{subtype}", f"{kind}/*", "*/*")
    return next((accepted[each] for each in ranges if each in accepted), 0.0)
