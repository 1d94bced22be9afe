"""The keys of a real provider, over HTTP: kept, renewed, asked for by one at a time, and never lost."""

import asyncio
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from server import issuer_documents
from server.auth import IdentityUnavailableError
from server.issuer_keys import IssuerKeys
from tests.server.oidc_issuer import JWKS
from tests.server.provider import Hands, Provider

MOODS = ["down", "moved", "huge", "garbage", "list", "text as keys", "empty", "foreign", "open", "unsaid"]


async def _until(holds: Callable[[], bool]) -> None:
    """Let the other process and the other tasks go on until it holds."""
    async with asyncio.timeout(20):
        while not await asyncio.to_thread(holds):
            pass


def _ids(keys: IssuerKeys) -> set[str]:
    return set(keys._keys)


async def test_keys_are_kept_until_they_are_old(provider: Provider) -> None:
    clock = Hands()
    keys, before = provider.keys(clock, cache=300), provider.asked()
    for at, fetched in ((1000.0, 1), (1299.0, 1), (1300.0, 2), (1599.0, 2), (1600.0, 3)):
        clock.at = at
        assert await keys.find(provider.kid) is not None
        assert provider.asked() - before == fetched


async def test_a_url_that_is_known_needs_no_discovery(provider: Provider) -> None:
    keys = provider.keys(Hands(), jwks_url=provider.address + JWKS)
    before = provider.discovered()
    assert await keys.find(provider.kid) is not None
    assert provider.discovered() == before


async def test_a_new_key_is_found_by_the_first_token_that_names_it(provider: Provider) -> None:
    clock = Hands()
    keys, old = provider.keys(clock), provider.kid
    assert await keys.find(old) is not None
    new = provider.rotate(keep=True)
    clock.at += 10
    assert await keys.find(new) is not None
    assert _ids(keys) == {old, new}


async def test_a_key_that_is_withdrawn_is_taken_no_longer_than_keys_are_kept(provider: Provider) -> None:
    clock = Hands()
    keys, old = provider.keys(clock, cache=300), provider.kid
    await keys.warm()
    new = provider.rotate(keep=False)
    clock.at += 299
    assert await keys.find(old) is not None
    clock.at += 1
    assert await keys.find(old) is None
    assert _ids(keys) == {new}


async def test_a_flood_of_unknown_keys_asks_the_provider_once_per_cool_down(provider: Provider) -> None:
    clock = Hands()
    keys = provider.keys(clock, cooldown=10)
    await keys.warm()
    before = provider.asked()
    for at, fetched in ((1005.0, 0), (1010.0, 1), (1019.0, 1), (1020.0, 2)):
        clock.at = at
        found = await asyncio.gather(*(keys.find(f"invented {number}") for number in range(50)))
        assert (set(found), provider.asked() - before) == ({None}, fetched)
    assert await keys.find(provider.kid) is not None


async def test_many_who_wait_for_a_new_key_are_served_by_one_fetch(provider: Provider) -> None:
    clock = Hands()
    keys, old = provider.keys(clock), provider.kid
    await keys.warm()
    new, before = provider.rotate(keep=True), provider.asked()
    clock.at += 10
    provider.is_in_mood("slow")
    waiting = [asyncio.create_task(keys.find(new)) for _ in range(50)]
    await _until(lambda: provider.asked() == before + 1)
    assert await keys.find(old) is not None
    clock.at += 1000  # old as they are, known keys serve on while somebody fetches
    assert await keys.find(old) is not None
    provider.is_in_mood("fine")
    assert {key.kid if key else None for key in await asyncio.gather(*waiting)} == {new}
    assert provider.asked() == before + 1


@pytest.mark.parametrize("mood", MOODS)
async def test_a_provider_that_fails_costs_no_key(provider: Provider, mood: str) -> None:
    clock = Hands()
    keys = provider.keys(clock)
    await keys.warm()
    provider.is_in_mood(mood)
    before = provider.discovered()
    clock.at += 300
    with capture_logs() as logs:
        for _ in range(20):
            assert await keys.find(provider.kid) is not None
    assert provider.discovered() == before + 1
    assert [(line["event"], line["kept"], line["log_level"]) for line in logs] == [
        ("issuer.keys_not_fetched", 1, "warning")
    ]
    assert provider.address not in str(logs)


@pytest.mark.parametrize("mood", MOODS)
async def test_before_the_first_keys_nobody_can_say_and_the_provider_is_left_alone(
    provider: Provider, mood: str
) -> None:
    clock = Hands()
    keys = provider.keys(clock, cooldown=10)
    provider.is_in_mood(mood)
    before = provider.discovered()
    for _ in range(20):
        with pytest.raises(IdentityUnavailableError):
            await keys.find(provider.kid)
    assert provider.discovered() == before + 1
    provider.is_in_mood("fine")
    clock.at += 10
    assert await keys.find(provider.kid) is not None


async def test_a_provider_that_never_answers_is_given_up(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuer_documents, "FETCH_SECONDS", 0.2)
    provider.is_in_mood("slow")
    with pytest.raises(IdentityUnavailableError):
        await provider.keys(Hands()).find(provider.kid)


async def test_a_provider_that_is_not_there_is_no_fault(provider: Provider) -> None:
    keys = Provider("http://127.0.0.1:1", provider.client).keys(Hands())
    with pytest.raises(IdentityUnavailableError):
        await keys.find("key 1")


async def test_entries_that_are_no_public_signing_keys_are_ignored(provider: Provider) -> None:
    keys = provider.keys(Hands())
    provider.is_in_mood("odd")
    await keys.warm()
    assert _ids(keys) == {provider.kid}
