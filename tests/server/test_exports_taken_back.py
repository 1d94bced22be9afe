"""Files of exports go when a person is erased or their time is over, whatever happens at the same moment."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import text

import casework.actions.erase_citizen as erasing
from casework.scanning import remove_discarded
from casework.work import Unit
from models import Case
from server.local_folder import LocalFolder
from tests.api import Api
from tests.casework.whole_person import erase, whole_person
from tests.server.exporting import ask_for, csv_rows, exporter, standing
from tests.server.uploads import kept
from tests.world import AUDITOR, COORDINATOR, World

pytestmark = pytest.mark.usefixtures("empty_store")
FAR_AWAY = "volunteer 430501"


async def test_what_a_worker_takes_while_a_person_is_erased_does_not_name_them(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await whole_person(world)
    name = await world.value("SELECT given_name FROM citizen WHERE id = :id", id=whole.citizen_id)
    export = await ask_for(api)
    looks: list[asyncio.Task[None]] = []
    close_for_ever = erasing._close_for_ever

    async def meanwhile(work: Unit, case: Case) -> None:
        looks.append(asyncio.create_task(exporter(world).look()))
        await asyncio.wait(looks, timeout=0.3)
        await close_for_ever(work, case)

    monkeypatch.setattr(erasing, "_close_for_ever", meanwhile)
    assert (await erase(world, whole.citizen_id)).done
    await asyncio.gather(*looks)
    found = await standing(api, export)
    assert found["state"] == "READY"
    rows = csv_rows(await api.client.get(found["download"]["url"]))
    assert rows
    assert not any(name in str(row) for row in rows)


async def test_a_title_that_names_an_erased_person_goes_with_the_files_of_those_who_read_titles_alone(
    world: World, api: Api
) -> None:
    whole = await whole_person(world)
    asked = {by: await ask_for(api, by) for by in (AUDITOR, COORDINATOR, FAR_AWAY)}
    for _ in asked:
        await exporter(world).look()
    assert {(await standing(api, export, by))["state"] for by, export in asked.items()} == {"READY"}
    assert (await erase(world, whole.citizen_id)).done
    states = {by: (await standing(api, export, by))["state"] for by, export in asked.items()}
    assert states == {AUDITOR: "EXPIRED", COORDINATOR: "EXPIRED", FAR_AWAY: "READY"}


async def test_bytes_that_are_not_here_hold_up_no_others(world: World, api: Api) -> None:
    await world.case()
    await ask_for(api)
    await exporter(world).look()
    async with world.owner.begin() as connection:
        missing = [{"key": uuid4(), "at": world.now} for _ in range(120)]
        await connection.execute(text("INSERT INTO discarded_object VALUES (:key, :at)"), missing)
        await connection.execute(text("UPDATE export SET expires_at = :at"), {"at": world.now})
    assert len(kept(world)) == 1
    await exporter(world).look()
    assert await remove_discarded(world.worker, LocalFolder(world.files, world.keys), now=world.now) == 1
    assert kept(world) == []
