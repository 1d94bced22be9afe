"""Keys changed under a running service, by real processes of which one is killed on its way."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import asyncpg

from casework.identifiers import seal, unseal
from casework.keys import Keys
from models import CitizenIdentifier
from models.vocabulary import IdentifierKind
from server.auth import Tokens
from tests.server.installation import PRASAN, SECRET, Installation, serving
from tests.server.stories import do
from tests.world import VOLUNTEER

NEW = "the secret that comes after it, 32 bytes"
RING = {"PRASAN_SECRET": NEW, "PRASAN_OLD_SECRETS": json.dumps([SECRET])}
BACK = {"PRASAN_SECRET": SECRET, "PRASAN_OLD_SECRETS": json.dumps([NEW])}
OLD_KEYS, NEW_KEYS = Keys(SECRET.encode()), Keys(NEW.encode())
UNDER = "SELECT count(*) FROM citizen_identifier WHERE substring(sealed, 1, 5) = $1"
PASSPORT = IdentifierKind.PASSPORT
MANY = 1500


async def keep_many(installation: Installation) -> None:
    """Give one citizen of the demo more documents than one batch seals anew."""
    citizen_id = await installation.value("SELECT min(id) FROM citizen")
    connection = await asyncpg.connect(installation.url())
    ids = await connection.fetch("SELECT nextval('prasan_id') FROM generate_series(1, $1)", MANY)
    rows = [
        seal(OLD_KEYS, row_id=row_id, citizen_id=citizen_id, kind=PASSPORT, canonical=f"AA{at:06d}")
        for at, (row_id,) in enumerate(ids)
    ]
    columns = ["id", "citizen_id", "kind", "sealed", "blind_index", "last_four"]
    records = [tuple(getattr(row, name) for name in columns) for row in rows]
    await connection.copy_records_to_table("citizen_identifier", records=records, columns=columns)
    await connection.close()


async def documents(installation: Installation) -> list[CitizenIdentifier]:
    connection = await asyncpg.connect(installation.url())
    rows: list[Any] = await connection.fetch("SELECT * FROM citizen_identifier ORDER BY id")
    await connection.close()
    return [CitizenIdentifier(**{**row, "kind": IdentifierKind(row["kind"])}) for row in rows]


async def kill_on_its_way(installation: Installation) -> int:
    """Kill a rotation as soon as it has committed something; give how many rows that was."""
    rotating = await asyncio.create_subprocess_exec(
        *PRASAN,
        "keys",
        "rotate",
        env=installation.environment | RING,
        cwd=installation.folder,
        stderr=asyncio.subprocess.DEVNULL,
    )
    under = 0
    while under == 0 and rotating.returncode is None:
        under = await installation.value(UNDER, NEW_KEYS.newest.id)
    with suppress(ProcessLookupError):
        rotating.kill()
    await rotating.wait()
    done: int = await installation.value(UNDER, NEW_KEYS.newest.id)
    return done


async def test_keys_are_changed_while_the_service_writes_and_after_a_kill(installation: Installation) -> None:
    installation.run("demo", "load")  # or the service, when it starts, brings back cases that other tests disposed of
    await keep_many(installation)
    total = len(await documents(installation))
    done = await kill_on_its_way(installation)
    assert 0 < done <= total
    renewed = replace(installation, tokens=Tokens(NEW_KEYS, demo=True))
    with serving(renewed, **RING) as service:
        given = [{"kind": "PASSPORT", "number": "QX90817263"}]
        want = "citizen { id }"
        citizen = await do(
            service, "registerCitizen", VOLUNTEER, want=want, givenName="สมชาย", familyName="มีสุข", identifiers=given
        )
        again = installation.run("keys", "rotate", **RING)
        shown = await do(
            service,
            "revealIdentifier",
            VOLUNTEER,
            want="number",
            citizen={"id": citizen["citizen"]["id"]},
            identifier={"kind": "PASSPORT", "lastFour": "7263"},
            reason="ตรวจเอกสาร",
        )
    told = f"{total - done} identifiers sealed anew, 0 that cannot be read."
    assert (again.returncode, again.stdout, again.stderr.splitlines()[-1]) == (0, "", told)
    assert shown["number"] == "QX90817263"
    numbers = [unseal(NEW_KEYS, row) for row in await documents(installation)]
    assert len(numbers) == total + 1
    assert {f"AA{at:06d}" for at in range(MANY)} <= set(numbers)

    without = installation.run("keys", "rotate")
    assert without.returncode == 2
    assert without.stderr.splitlines()[-1] == f"0 identifiers sealed anew, {total + 1} that cannot be read."
    assert not any(number in without.stderr for number in numbers)
    back = installation.run("keys", "rotate", **BACK)
    assert back.stderr.splitlines()[-1] == f"{total + 1} identifiers sealed anew, 0 that cannot be read."


def test_a_secret_of_the_environment_is_not_made_new_in_a_folder(installation: Installation) -> None:
    done = installation.run("keys", "new")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Set PRASAN_SECRET to a new random text and PRASAN_OLD_SECRETS to a list with this")
