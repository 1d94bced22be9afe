"""Tokens and headers, without HTTP: tests/schema/test_tokens.py tells what the service answers to bad ones."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.demo.network import subject_of
from casework.keys import Keys
from server.auth import TokenFault, TokenRefused, Tokens, bearer, reads_thai

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SUBJECT = subject_of("volunteer 430116")
SECRET = b"the secret of the tests, 32 bytes"


def _tokens(*, demo: bool = True, secret: bytes = SECRET) -> Tokens:
    return Tokens(Keys(secret), demo=demo)


def _fault(tokens: Tokens, token: str, now: datetime = NOW) -> TokenFault:
    with pytest.raises(TokenRefused) as refused:
        tokens.verify(token, now=now)
    return refused.value.fault


def test_a_token_names_its_subject_until_it_expires() -> None:
    token = _tokens().issue(SUBJECT, now=NOW, lasts=DAY)
    for now in (NOW, NOW + DAY - timedelta(seconds=1)):
        assert _tokens().verify(token, now=now) == (SUBJECT, NOW + DAY)
    for now in (NOW + DAY + timedelta(seconds=1), NOW + timedelta(days=400)):
        assert _fault(_tokens(), token, now) is TokenFault.TOKEN_EXPIRED


def test_every_process_with_the_same_secret_takes_it_and_no_other() -> None:
    token = _tokens().issue(SUBJECT, now=NOW, lasts=DAY)
    assert _tokens(secret=SECRET).verify(token, now=NOW)[0] == SUBJECT
    assert _fault(_tokens(secret=b"another secret of thirty-two byt"), token) is TokenFault.TOKEN_INVALID


def test_outside_demo_mode_no_token_is_taken() -> None:
    token = _tokens().issue(SUBJECT, now=NOW, lasts=DAY)
    assert _fault(_tokens(demo=False), token) is TokenFault.TOKEN_INVALID


def test_an_expired_token_of_another_key_is_only_invalid() -> None:
    token = _tokens(secret=b"another secret of thirty-two byt").issue(SUBJECT, now=NOW - 2 * DAY, lasts=DAY)
    assert _fault(_tokens(), token) is TokenFault.TOKEN_INVALID


@pytest.mark.parametrize(
    ("header", "token"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        ("Bearer abc", "abc"),
        ("bearer abc", "abc"),
        ("BEARER  abc ", "abc"),
        ("Bearer", ""),
        ("Basic abc", ""),
        ("abc", ""),
    ],
)
def test_the_header_gives_the_token_or_an_unusable_one(header: str | None, token: str | None) -> None:
    assert bearer(header) == token


@pytest.mark.parametrize(
    ("header", "thai"),
    [(None, True), ("", True), ("th", True), ("en", False), ("en-US,th", False), ("fr,th,en", True), ("de,en", False)],
)
def test_thai_is_read_unless_english_is_asked_for_first(header: str | None, *, thai: bool) -> None:
    assert reads_thai(header) is thai


def test_what_is_told_of_a_token_says_what_to_do() -> None:
    assert {fault.value: fault.description for fault in TokenFault} == {
        "TOKEN_INVALID": "This token is not valid here; sign in again.",
        "TOKEN_EXPIRED": "This token has expired; sign in again.",
    }
