"""A dump restored into another database, by pg_dump and pg_restore: whoever followed the first goes on at the other."""

import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from server.embedded_programs import programs_for
from server.provision import provision
from tests.server.installation import Installation, Service, serving
from tests.server.stories import note, open_case, refer
from tests.server.test_inbox_events import listening, news


@pytest.fixture
async def elsewhere(installation: Installation, superuser_url: str) -> AsyncIterator[Installation]:
    """An installation with an empty database."""
    other = replace(installation, name=f"{installation.name}_restored")
    await provision(superuser_url, other.name)
    yield other
    await other.drop()


def run(program: str, *arguments: str, on: URL) -> None:
    """Run one of PostgreSQL's programs as the superuser."""
    done = subprocess.run(
        [
            programs_for(None, Path()).folder / program,
            *arguments,
            f"--dbname={on.render_as_string(hide_password=False)}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


async def test_a_follower_goes_on_where_a_dump_is_restored_and_is_told_when_the_dump_is_older(
    installation: Installation, service: Service, elsewhere: Installation, tmp_path: Path
) -> None:
    dump = str(tmp_path / "prasan.dump")
    async with listening(installation, service) as office:
        begun = await news(office)
        case = await open_case(service)
        await refer(service, case)
        sent = await news(office)
        await note(service, case, "ก่อนสำรองข้อมูล")
        noted = await news(office)
        run("pg_dump", "--format=custom", f"--file={dump}", on=installation.superuser.set(database=installation.name))
        await note(service, case, "หลังสำรองข้อมูล")
        lost = await news(office)
    run("pg_restore", "--exit-on-error", dump, on=elsewhere.superuser.set(database=elsewhere.name))
    with serving(elsewhere) as restored:
        async with listening(elsewhere, restored, begun["cursor"]) as office:
            assert [await news(office) for _ in range(2)] == [sent, noted]
        await note(restored, case, "ที่ใหม่")
        async with listening(elsewhere, restored, noted["cursor"]) as office:
            after = await news(office)
            assert after["event"]["note"] is None
            assert after["event"]["kind"] == "NOTE_ADDED"
            assert after["cursor"] != lost["cursor"]
        async with listening(elsewhere, restored, lost["cursor"]) as office:
            told = await news(office)
            assert (told["__typename"], told["reason"]) == ("ResyncRequired", "PLACE_UNKNOWN")
