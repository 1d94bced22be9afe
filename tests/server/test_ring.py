"""The ring of secrets: named in settings or kept in the data folder, and made longer there."""

from pathlib import Path

import pytest

from server.problems import StartupProblem
from server.ring import keys_of, make_newer
from server.secret import read_secret
from server.settings import Settings

FIRST, SECOND = "first secret of thirty-two bytes", "second secret of thirty-two byte"


def test_the_secrets_of_the_settings_are_one_ring() -> None:
    settings = Settings(secret=SECOND, old_secrets=[FIRST])
    ring = keys_of(settings, read_secret(settings)).ring
    single = [Settings(secret=each) for each in (SECOND, FIRST)]
    assert [key.id for key in ring] == [keys_of(each, read_secret(each)).newest.id for each in single]


def test_a_new_secret_in_the_folder_seals_and_those_before_are_read(folder: Path) -> None:
    settings = Settings(data_folder=folder)
    made = [read_secret(settings)]
    for _ in range(2):
        make_newer(settings)
        made.insert(0, read_secret(settings))
    assert len(set(made)) == 3
    assert all(each.startswith(b"demo-") for each in made)
    text = keys_of(settings, made[1]).seal("node", b"Case:17")
    ring = keys_of(settings, made[0])
    assert len(ring.ring) == 3
    assert ring.unseal("node", text) == b"Case:17"
    assert {path.name for path in folder.iterdir()} == {"secret", "older-secrets"}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_stop_between_the_two_files_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data_folder=folder)
    before = read_secret(settings)
    with monkeypatch.context() as patch:
        patch.setattr("server.ring.secrets.token_urlsafe", _stop)
        with pytest.raises(KeyboardInterrupt):
            make_newer(settings)
    assert read_secret(settings) == before
    assert len(keys_of(settings, before).ring) == 1
    make_newer(settings)
    assert len(keys_of(settings, read_secret(settings)).ring) == 2


def _stop(_bytes: int) -> str:
    raise KeyboardInterrupt


def test_a_secret_of_the_settings_is_not_replaced_in_the_folder(folder: Path) -> None:
    with pytest.raises(StartupProblem, match=r"^Set PRASAN_SECRET to a new random text and PRASAN_OLD_SECRETS to a"):
        make_newer(Settings(data_folder=folder, secret=FIRST))
    assert list(folder.iterdir()) == []


def test_an_old_secret_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 characters"):
        Settings(old_secrets=["short"])
