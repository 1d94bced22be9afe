"""Settings, read once from PRASAN_* variables; docs/reference/settings.md lists them all."""

import re
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from casework.rules.addresses import Network
from casework.rules.escalation import QuietHours
from server.problems import StartupProblem

_ALGORITHM = "(RS|PS)(256|384|512)|ES256|ES384|ES512|EdDSA|Ed25519"
"""Only ones whose keys may stand in public: no shared secret verifies an identity provider's token."""


class Settings(BaseSettings):
    """How this installation runs. Every field is an environment variable with the prefix PRASAN_."""

    model_config = SettingsConfigDict(env_prefix="PRASAN_", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    data_folder: Path = Field(
        Path(".prasan"), description="Folder of the embedded database, its log, and keys made at first start."
    )
    database_url: str | None = Field(
        None, description="URL of the database as role prasan_app; unset: the service starts its own PostgreSQL."
    )
    owner_url: str | None = Field(
        None, description="URL of the same database as role prasan_owner, for migrations and reference data."
    )
    worker_url: str | None = Field(
        None, description="URL as role prasan_worker; unset: the database URL with that user's name."
    )
    files: Path | None = Field(
        None,
        description="Folder for the files of cases, the same for all processes; unset: `files` in the data folder.",
    )
    public_url: str = Field(
        "",
        pattern="^(https?://[^?#]+)?$",
        description="Address under which clients reach the service, put before the links to files; unset: they begin"
        " with a slash.",
    )
    file_bytes: int = Field(10_000_000, ge=1000, le=1_000_000_000, description="Largest file of a case, in bytes.")
    files_per_case: int = Field(20, ge=1, le=1000, description="Most files of one case.")
    export_rows: int = Field(
        100_000,
        ge=1,
        le=1_048_575,
        description="Most cases of one export; a sheet of Excel holds no more than the most.",
    )
    export_hours: float = Field(
        24, gt=0, le=168, description="How long the file of an export can be downloaded before it is deleted, in hours."
    )
    exports_at_once: int = Field(
        3, ge=1, le=100, description="Most exports of one person in one post that wait or are being written."
    )
    exports_per_day: int = Field(
        20, ge=1, le=1000, description="Most exports that one person in one post may ask for in 24 hours."
    )
    scan_command: list[str] = Field(
        [],
        description="Program that scans a file, as JSON, given the file's path last; exit code 0: clean, 1: infected.",
    )
    scan_seconds: float = Field(60, gt=0, description="Longest time that one scan may take, in seconds.")
    demo: bool | None = Field(
        None,
        description="Demo mode: demo data and demo tokens. Unset: on with the embedded database and no identity"
        " provider, else off.",
    )
    demo_with_issuer: bool = Field(
        False,
        description="Take demo tokens beside those of the identity provider; to try a provider on invented cases.",
    )
    secret: str | None = Field(
        None,
        min_length=32,
        description="Secret from which all keys are derived, at least 32 characters, the same for all processes."
        " Unset: made at first start in the data folder; a database of your own outside demo mode needs it set.",
    )
    worker: bool | None = Field(
        None,
        description="Do the worker's job inside the service. Unset: with the embedded database only; else run"
        " `prasan worker` beside it.",
    )
    worker_beat_seconds: float = Field(
        30, ge=1, description="After how many seconds without a sign of life another worker takes over a job."
    )
    quiet_hours: str = Field(
        "20:00-07:00",
        pattern="^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$",
        description="From when to when, in Bangkok, no notices are given; the same time twice means never.",
    )
    old_secrets: list[Annotated[str, Field(min_length=32)]] = Field(
        [],
        description="Secrets before PRASAN_SECRET, or to come after it, as JSON: what they have sealed is read.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=10,
        description="How many proxies of yours add to X-Forwarded-For; 0: callers connect by themselves.",
    )
    status_per_address: int = Field(
        120,
        ge=1,
        description="Most questions and answers by tracking code from one address, at once and in an hour.",
    )
    status_per_reference: int = Field(
        20,
        ge=1,
        description="Most questions and answers by tracking code about one reference, at once and in an hour.",
    )
    statistics_per_address: int = Field(
        60, ge=1, description="Most questions of the public for statistics from one address, at once and in an hour."
    )
    statistics_threshold: int = Field(
        5, ge=5, description="The public and auditors are told no count in statistics that is smaller than this."
    )
    oidc_issuer: str | None = Field(
        None,
        min_length=1,
        description="The identity provider (OpenID Connect) whose tokens are taken: its https URL, as in their `iss`.",
    )
    oidc_audience: str | None = Field(
        None, min_length=1, description="What the provider calls this service: the `aud` of its tokens."
    )
    oidc_jwks_url: str | None = Field(
        None, min_length=1, description="URL of the provider's keys. Unset: where its discovery document says."
    )
    oidc_algorithms: str = Field(
        "RS256 ES256 PS256 EdDSA",
        pattern=f"^({_ALGORITHM})( ({_ALGORITHM}))*$",
        description="Algorithms of signatures that are taken, with spaces between; only ones with public keys exist.",
    )
    oidc_not_before: bool = Field(
        True, description="Whether a token must have `nbf`; false is for a provider that gives none."
    )
    oidc_leeway_seconds: int = Field(
        30, ge=0, le=300, description="How far the provider's clock may differ from ours, in seconds."
    )
    oidc_cache_seconds: float = Field(
        300, gt=0, description="How long the provider's keys are kept before they are fetched again, in seconds."
    )
    oidc_cooldown_seconds: float = Field(
        10, gt=0, description="Least time between two fetches, whatever keys the tokens name, in seconds."
    )
    socket_look_seconds: float = Field(
        30, gt=0, description="How often the posts of open WebSockets are looked at, in seconds."
    )
    socket_init_seconds: float = Field(
        10, gt=0, description="Within which time a WebSocket must be initialised, in seconds."
    )
    socket_ping_seconds: float = Field(
        20,
        gt=0,
        description="How often a WebSocket is pinged, in seconds; one that takes as long again to answer is dropped.",
    )
    follower_behind: int = Field(
        200, ge=1, description="Most events that a follower may be behind; one who is further behind is ended."
    )
    pool_size: int = Field(10, ge=1, le=200, description="Most database connections of one process for requests.")
    statement_seconds: float = Field(5, gt=0, description="Longest time that one SQL statement may take, in seconds.")
    body_bytes: int = Field(100_000, ge=1000, description="Largest request body, in bytes.")
    document_tokens: int = Field(2000, ge=100, description="Most tokens of a GraphQL document.")
    document_depth: int = Field(12, ge=1, description="Most levels of fields of a document.")
    document_aliases: int = Field(30, ge=0, description="Most aliases of a document.")
    document_root_fields: int = Field(20, ge=1, description="Most fields at the root of a document.")
    document_directives: int = Field(50, ge=0, description="Most directives of a document.")
    document_nodes: int = Field(
        10_000, ge=100, description="Most objects and values in an answer: one each, times the `first` of the lists."
    )
    document_cost: int = Field(
        5000, ge=100, description="Most objects that a document may ask for: one each, times the `first` of its lists."
    )
    rate_cost_per_second: float = Field(
        1000, ge=0, description="Cost that a caller may ask a second in the long run; 0 sets no limit."
    )
    rate_burst: int = Field(50_000, ge=1000, description="Cost that a caller who was silent may ask at once.")
    introspection: Literal["everybody", "signed-in", "nobody"] | None = Field(
        None,
        description="Who may introspect and is told what a misspelt name may have meant: `everybody`, `signed-in` or"
        " `nobody`. Unset: everybody in demo mode, else who is signed in.",
    )
    trusted_documents: Path | None = Field(
        None, description="Folder of .graphql files, or JSON file of texts by their hashes, to ask for by `documentId`."
    )
    trusted_documents_only: bool = Field(False, description="Take no other documents than the trusted ones.")
    request_seconds: float = Field(10, gt=0, description="Longest time for a query or mutation, in seconds.")
    documents_kept: int = Field(1000, ge=1, description="How many parsed and validated documents to keep.")
    operations_per_socket: int = Field(100, ge=1, description="Most operations under way on one WebSocket.")
    operations_per_account: int = Field(
        500, ge=1, description="Most operations of one account under way on all WebSockets of a process."
    )
    allowed_origins: list[str] = Field(
        [], description='Other origins whose pages may use the service, as JSON: ["https://front.example.go.th"].'
    )
    graphiql: bool | None = Field(None, description="Show GraphiQL to browsers. Unset: in demo mode only.")
    hsts_seconds: int = Field(
        0, ge=0, description="How long browsers shall use TLS only, in seconds; set it when a proxy before us ends TLS."
    )
    webhook_allow: list[Network] = Field(
        [],
        description='Networks that webhooks may lead to though they are not public, as JSON: ["10.0.0.0/8"]; to these'
        " also by http.",
    )
    smtp_host: str | None = Field(
        None, min_length=1, description="Mail server for notices by e-mail; unset: none are sent."
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="`starttls`: encrypted from the first command on; `tls`: from the first byte; `none`: not at all.",
    )
    smtp_user: str | None = Field(None, min_length=1, description="Name at the mail server; unset: none is told.")
    smtp_password: str | None = Field(None, min_length=1, description="Password at the mail server.")
    smtp_from: str = Field(
        "prasan@localhost", pattern="^[^@\\s<>]+@[^@\\s<>]+$", description="Address from which notices are sent."
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least level that is logged.")
    log_json: bool = Field(False, description="Log one JSON object a line instead of lines for people.")

    @property
    def quiet(self) -> QuietHours:
        return QuietHours(*map(time.fromisoformat, self.quiet_hours.split("-")))

    @property
    def works_inside(self) -> bool:
        return self.embedded if self.worker is None else self.worker

    @property
    def files_folder(self) -> Path:
        return self.data_folder / "files" if self.files is None else self.files

    @property
    def embedded(self) -> bool:
        return self.database_url is None

    @property
    def shows_graphiql(self) -> bool:
        return self.in_demo_mode if self.graphiql is None else self.graphiql

    @property
    def who_introspects(self) -> str:
        return self.introspection or ("everybody" if self.in_demo_mode else "signed-in")

    @property
    def in_demo_mode(self) -> bool:
        return self.embedded and self.oidc_issuer is None if self.demo is None else self.demo


def read_settings() -> Settings:
    """Read the environment; a wrong value is one sentence."""
    try:
        return Settings()
    except SettingsError as error:
        named = re.search(r'field "(\w+)"', str(error))
        name = f"PRASAN_{named[1].upper()}" if named else "the PRASAN_* variable that holds a list"
        raise StartupProblem(f"Set {name} to another value: a list is written as JSON.") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = "PRASAN_" + str(first["loc"][0]).upper()
        raise StartupProblem(f"Set {name} to another value: {first['msg']}.") from None


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"  # 127.0.0.1.example is a name like any other


def check_demo_is_meant(settings: Settings) -> None:
    """Refuse to hand demo tokens to whoever reaches an open address, or beside real ones, unless somebody said so."""
    if settings.in_demo_mode and settings.oidc_issuer is not None and not settings.demo_with_issuer:
        raise StartupProblem(
            "Set PRASAN_DEMO=false, or PRASAN_DEMO_WITH_ISSUER=true as well:"
            " beside an identity provider everybody could sign in with a demo token."
        )
    if settings.demo is None and settings.in_demo_mode and not is_loopback(settings.host):
        raise StartupProblem(
            f"Set PRASAN_DEMO=true or false: everybody who reaches {settings.host} could get a demo token."
        )
