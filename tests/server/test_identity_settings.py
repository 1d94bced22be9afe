"""Who may sign in is decided at start: settings that cannot be meant are one sentence."""

import pytest

from server.issuer import issuer_of
from server.issuer_documents import is_safe
from server.problems import StartupProblem
from server.settings import check_demo_is_meant, is_loopback, read_settings

APP = "postgresql://prasan_app@db.example/prasan"
ISSUER = "https://id.example/realms/labour"
BOTH = {"oidc_issuer": ISSUER, "oidc_audience": "prasan"}


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("PRASAN_DATABASE_URL", APP)
    return monkeypatch


def _set(patch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        patch.setenv(f"PRASAN_{name.upper()}", value)


def test_without_a_provider_there_is_none(setting: pytest.MonkeyPatch) -> None:
    _set(setting)
    assert issuer_of(read_settings()) is None


def test_the_pinned_algorithms_have_public_keys_and_times_their_defaults(setting: pytest.MonkeyPatch) -> None:
    _set(setting, **BOTH)
    issuer = issuer_of(read_settings())
    assert issuer is not None
    assert issuer._terms == (ISSUER, "prasan", ["RS256", "ES256", "PS256", "EdDSA"], 30, True)
    assert (issuer.keys._cache_seconds, issuer.keys._cooldown_seconds) == (300, 10)


@pytest.mark.parametrize("given", [{"oidc_issuer": ISSUER}, {"oidc_audience": "x"}, {"oidc_jwks_url": ISSUER}], ids=str)
def test_half_a_provider_is_one_sentence(setting: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    _set(setting, **given)
    with pytest.raises(StartupProblem, match=r"^Set both PRASAN_OIDC_ISSUER and PRASAN_OIDC_AUDIENCE, or neither\.$"):
        issuer_of(read_settings())


@pytest.mark.parametrize(
    "algorithms", ["HS256", "none", "RS256 HS256", "RS256,ES256", "rs256", "", " ", "RS256 ", "RS1", "ECDH-ES"]
)
def test_no_algorithm_with_a_shared_secret_can_be_allowed(setting: pytest.MonkeyPatch, algorithms: str) -> None:
    _set(setting, **BOTH, oidc_algorithms=algorithms)
    with pytest.raises(StartupProblem, match=r"^Set PRASAN_OIDC_ALGORITHMS to another value: "):
        read_settings()


@pytest.mark.parametrize("name", ["oidc_leeway_seconds", "oidc_cache_seconds", "oidc_cooldown_seconds"])
def test_times_have_bounds(setting: pytest.MonkeyPatch, name: str) -> None:
    _set(setting, **{name: "-1"})
    with pytest.raises(StartupProblem, match=f"^Set PRASAN_{name.upper()} to another value: "):
        read_settings()


URLS = [
    ("https://id.example", True, True),
    ("https://id.example:8443/realms/x", True, True),
    ("http://127.0.0.1:9000", True, True),
    ("http://localhost", True, True),
    ("http://[::1]:9000", True, True),
    ("http://id.example", False, True),
    ("http://127.0.0.1.example", False, True),
    ("http://localhost.example", False, True),
    ("https://user:secret@id.example", False, False),
    ("https://", False, False),
    ("https://id.example:port", False, False),
    ("https://id.example/\nx", False, False),
    ("https://[id.example", False, False),
    ("ftp://id.example", False, False),
    ("file:///etc/passwd", False, False),
    ("id.example", False, False),
    ("", False, False),
]


@pytest.mark.parametrize(("url", "safe", "in_a_demo"), URLS)
def test_keys_come_by_https_or_from_this_machine(url: str, *, safe: bool, in_a_demo: bool) -> None:
    assert (is_safe(url, plain_http=False), is_safe(url, plain_http=True)) == (safe, in_a_demo)


@pytest.mark.parametrize("name", ["oidc_issuer", "oidc_jwks_url"])
def test_an_unsafe_url_is_one_sentence_that_does_not_repeat_it(setting: pytest.MonkeyPatch, name: str) -> None:
    _set(setting, **{**BOTH, name: "https://user:geheim@id.example"})
    with pytest.raises(
        StartupProblem, match=f"^Set PRASAN_{name.upper()} to an https URL without a password"
    ) as problem:
        issuer_of(read_settings())
    assert "geheim" not in str(problem.value)


def test_a_provider_ends_the_demo_mode_that_nobody_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, **BOTH)
    settings = read_settings()
    assert (settings.embedded, settings.in_demo_mode) == (True, False)
    check_demo_is_meant(settings)


@pytest.mark.parametrize(("both", "meant"), [(None, False), ("false", False), ("true", True)])
def test_a_demo_beside_a_provider_must_be_asked_for_twice(
    setting: pytest.MonkeyPatch, both: str | None, *, meant: bool
) -> None:
    _set(setting, **BOTH, demo="true", **({} if both is None else {"demo_with_issuer": both}))
    if meant:
        check_demo_is_meant(read_settings())
    else:
        with pytest.raises(StartupProblem, match=r"^Set PRASAN_DEMO=false, or PRASAN_DEMO_WITH_ISSUER=true as well: "):
            check_demo_is_meant(read_settings())


@pytest.mark.parametrize(
    ("host", "is_it"),
    [("127.1.2.3", True), ("::1", True), ("localhost", True), ("127.0.0.1.example", False), ("::", False), ("", False)],
)
def test_only_this_machine_is_this_machine(host: str, *, is_it: bool) -> None:
    assert is_loopback(host) is is_it
