"""Settings from the environment: defaults that run, wrong values as one sentence, what must go together."""

from pathlib import Path

import pytest

from server.database import DatabaseUrls, urls_of
from server.problems import StartupProblem
from server.secret import read_secret
from server.settings import Settings, check_demo_is_meant, read_settings

APP = "postgresql://prasan_app:geheim@db.example/prasan"
OWNER = "postgresql://prasan_owner:streng@db.example/prasan"
SECRET = "s" * 32


def _settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"PRASAN_{name.upper()}", value)
    return read_settings()


def test_without_any_setting_a_newcomer_gets_the_embedded_database_in_demo_mode() -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.data_folder) == ("127.0.0.1", 8000, Path(".prasan"))
    assert (settings.embedded, settings.in_demo_mode) == (True, True)
    assert (settings.database_url, settings.owner_url, settings.secret) == (None, None, None)


@pytest.mark.parametrize(
    ("url", "demo", "mode"),
    [(None, None, True), (None, "false", False), (APP, None, False), (APP, "true", True), (APP, "0", False)],
)
def test_demo_mode_is_on_with_the_embedded_database_unless_said_otherwise(
    monkeypatch: pytest.MonkeyPatch, url: str | None, demo: str | None, *, mode: bool
) -> None:
    given = {name: value for name, value in (("database_url", url), ("demo", demo)) if value is not None}
    assert _settings(monkeypatch, **given).in_demo_mode is mode


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "eight"),
        ("port", "-1"),
        ("port", "65536"),
        ("port", ""),
        ("pool_size", "0"),
        ("pool_size", "201"),
        ("statement_seconds", "0"),
        ("statement_seconds", "nan"),
        ("body_bytes", "999"),
        ("document_tokens", "1e3x"),
        ("documents_kept", "0"),
        ("document_nodes", "99"),
        ("document_cost", "99"),
        ("rate_cost_per_second", "-1"),
        ("rate_burst", "999"),
        ("introspection", "friends"),
        ("hsts_seconds", "-1"),
        ("graphiql", "perhaps"),
        ("operations_per_socket", "0"),
        ("demo", "perhaps"),
        ("secret", "short"),
        ("allowed_origins", '{"a": 1}'),
        ("log_level", "LOUD"),
        ("log_json", "2"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(StartupProblem) as problem:
        _settings(monkeypatch, **{name: value})
    told = str(problem.value)
    assert told.startswith(f"Set PRASAN_{name.upper()} to another value: ")
    assert told.endswith(".")
    assert "\n" not in told


def test_a_list_that_is_no_json_is_one_sentence_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StartupProblem) as problem:
        _settings(monkeypatch, allowed_origins="https://front.example")
    told = str(problem.value)
    assert "JSON" in told
    assert "allowed_origins" in told.lower()
    assert told.endswith(".")
    assert "\n" not in told


def test_both_urls_or_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    both = "Set both PRASAN_DATABASE_URL and PRASAN_OWNER_URL, or neither for the embedded database."
    with monkeypatch.context() as patch, pytest.raises(StartupProblem, match=both):
        urls_of(_settings(patch, database_url=APP))
    urls = urls_of(_settings(monkeypatch, database_url=APP, owner_url=OWNER))
    assert [url.username for url in (urls.app, urls.owner, urls.worker)] == [
        "prasan_app",
        "prasan_owner",
        "prasan_worker",
    ]
    assert {url.drivername for url in (urls.app, urls.owner, urls.worker)} == {"postgresql+asyncpg"}


def test_the_workers_own_url_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = "postgresql://somebody@db.example/prasan"
    urls: DatabaseUrls = urls_of(_settings(monkeypatch, database_url=APP, owner_url=OWNER, worker_url=worker))
    assert urls.worker.username == "somebody"


@pytest.mark.parametrize("url", ["mysql://a@b/c", "sqlite://", "not a url", "", "http://db.example/prasan"])
def test_another_engine_is_one_sentence_without_the_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(StartupProblem) as problem:
        urls_of(_settings(monkeypatch, database_url=url or "x", owner_url=OWNER))
    assert str(problem.value).startswith("Set PRASAN_DATABASE_URL to a ")
    assert "streng" not in str(problem.value)


def test_a_secret_is_made_once_for_a_newcomer_and_read_again(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    settings = _settings(monkeypatch, data_folder=str(folder / "data"))
    made = read_secret(settings)
    assert len(made) >= 32
    assert read_secret(settings) == made
    assert (folder / "data" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_is_set_is_taken_and_none_is_written(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    settings = _settings(monkeypatch, data_folder=str(folder / "data"), secret=SECRET)
    assert read_secret(settings) == SECRET.encode()
    assert not (folder / "data").exists()


def test_a_database_of_ones_own_outside_demo_mode_needs_a_secret(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    settings = _settings(monkeypatch, data_folder=str(folder), database_url=APP, owner_url=OWNER)
    with pytest.raises(StartupProblem, match="Set PRASAN_SECRET to a random text of at least 32 characters"):
        read_secret(settings)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_one_sentence(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "file").write_text("in the way")
    settings = _settings(monkeypatch, data_folder=str(folder / "file"))
    with pytest.raises(StartupProblem, match="or set PRASAN_DATA_FOLDER to another folder: "):
        read_secret(settings)


@pytest.mark.parametrize("kept", ["", "short", " " * 50])
def test_a_secret_that_was_lost_is_told_and_not_made_anew(
    monkeypatch: pytest.MonkeyPatch, folder: Path, kept: str
) -> None:
    (folder / "secret").write_text(kept)
    with pytest.raises(StartupProblem, match="it holds no secret, and without it nothing can be unsealed"):
        read_secret(_settings(monkeypatch, data_folder=str(folder)))
    assert (folder / "secret").read_text() == kept


def test_the_secret_of_a_demo_is_refused_outside_it(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    made = read_secret(_settings(monkeypatch, data_folder=str(folder))).decode()
    for name, value in (("demo", "false"), ("secret", made)):
        with pytest.raises(StartupProblem, match="this secret was made for a demo, and its tokens are in many hands"):
            read_secret(_settings(monkeypatch, **{name: value}))
    assert read_secret(_settings(monkeypatch, demo="true")) == made.encode()


def test_a_secret_that_was_made_outside_a_demo_is_good_in_both(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    made = read_secret(_settings(monkeypatch, data_folder=str(folder), demo="false"))
    assert read_secret(_settings(monkeypatch, demo="true")) == made


@pytest.mark.parametrize(
    ("host", "demo", "meant"),
    [
        ("127.0.0.1", None, True),
        ("localhost", None, True),
        ("::1", None, True),
        ("127.1.2.3", None, True),
        ("0.0.0.0", None, False),  # noqa: S104 - the case in question
        ("192.168.1.5", None, False),
        ("::", None, False),
        ("0.0.0.0", "true", True),  # noqa: S104
        ("0.0.0.0", "false", True),  # noqa: S104
    ],
)
def test_demo_mode_on_an_open_address_must_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, host: str, demo: str | None, *, meant: bool
) -> None:
    settings = _settings(monkeypatch, host=host, **({} if demo is None else {"demo": demo}))
    if meant:
        check_demo_is_meant(settings)
    else:
        with pytest.raises(StartupProblem, match=r"^Set PRASAN_DEMO=true or false: everybody who reaches "):
            check_demo_is_meant(settings)


def test_settings_cannot_be_changed_while_the_service_runs() -> None:
    settings = Settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]
