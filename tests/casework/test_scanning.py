"""The bytes of attachments that are gone are deleted, whatever comes between; and the person gets those that stand."""

import stat
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from casework.personal_copy import AttachedFile, files_of
from casework.policy.wall import enter
from casework.scanning import remove_discarded
from models.vocabulary import Audience
from server.copied_attachments import write_attachments
from server.database import reading
from server.local_folder import LocalFolder
from tests.casework.whole_person import FILES, erase, whole_person
from tests.files import PHOTO, attach, key_of, scanned, state_of, upload
from tests.world import MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World


class BrokenFolder(LocalFolder):
    """Deletes one object, and then no more."""

    removed = 0

    async def remove(self, key: UUID) -> bool:
        if self.removed:
            raise OSError
        self.removed += 1
        return await super().remove(key)


async def keys_of_all(world: World) -> set[UUID]:
    return {row.object_key for row in await world.rows("SELECT object_key FROM attachment")}


async def discarded(world: World) -> set[UUID]:
    return {row.object_key for row in await world.rows("SELECT object_key FROM discarded_object")}


async def test_an_erasure_takes_names_and_bytes_away_also_when_the_disk_fails_in_between(world: World) -> None:
    whole = await whole_person(world)
    store, keys = LocalFolder(world.files, world.keys), await keys_of_all(world)
    assert len(keys) == len(FILES)
    assert await discarded(world) == set()
    await erase(world, whole.citizen_id)
    assert await world.value("SELECT count(*) FROM attachment") == 0
    assert await discarded(world) == keys
    with pytest.raises(OSError):  # noqa: PT011 - it is the one of the broken folder
        await remove_discarded(world.worker, BrokenFolder(world.files, world.keys), now=world.now)
    left = await discarded(world)
    assert len(left) == len(keys) - 1
    assert [key for key in keys if store.path(key).exists()] == [key for key in keys if key in left]
    assert await remove_discarded(world.worker, store, now=world.now) == len(left)
    assert (await discarded(world), [key for key in keys if store.path(key).exists()]) == (set(), [])


async def test_an_erasure_that_is_rolled_back_discards_nothing(world: World) -> None:
    attachment_id = await attach(world, await world.case(), PHOTO)
    async with world.owner.connect() as connection:
        await connection.exec_driver_sql("DELETE FROM attachment")
        await connection.rollback()
    assert await discarded(world) == set()
    assert LocalFolder(world.files, world.keys).path(await key_of(world, attachment_id)).exists()


async def test_what_was_scanned_once_is_not_recorded_again(world: World) -> None:
    case_id = await world.case()
    attachment_id = await attach(world, case_id, PHOTO)
    before = await world.fingerprint()
    assert await scanned(world, attachment_id, None) is False
    assert await scanned(world, await upload(world, case_id, PHOTO), None) is False
    assert {name for name, digest in (await world.fingerprint()).items() if digest != before[name]} == {"attachment"}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def files(world: World, citizen_id: int, *, all_notes: bool) -> list[AttachedFile]:
    async with reading(world.owner).connect() as connection:
        return await files_of(connection, citizen_id, all_notes=all_notes)


async def test_the_person_gets_the_files_that_are_not_internal(world: World, folder: Path) -> None:
    whole = await whole_person(world)
    await upload(world, await world.case(), PHOTO.named("early.png"))
    given = await files(world, whole.citizen_id, all_notes=False)
    assert [file.name for file in given] == [FILES[Audience.CASE], FILES[Audience.CITIZEN]]
    assert [file.name for file in await files(world, whole.citizen_id, all_notes=True)] == list(FILES.values())
    store = LocalFolder(world.files, world.keys)
    for _ in range(2):  # a second copy takes the place of the first
        written = await write_attachments(given, store, folder, "prasan-x")
        assert written == folder / "prasan-x-files"
        found = sorted(written.iterdir())
        assert [path.name for path in found] == [f"01 {given[0].name}", f"02 {given[1].name}"]
        assert {path.read_bytes() for path in found} == {PHOTO.content}
        assert [stat.S_IMODE(path.stat().st_mode) for path in (written, *found)] == [0o700, 0o600, 0o600]
    assert names_in(folder) == ["prasan-x-files"]
    assert await write_attachments([], store, folder, "prasan-y") is None


async def test_who_scans_reads_no_name_and_who_asks_clears_no_file(world: World) -> None:
    attachment_id = await upload(world, await world.case(), PHOTO)
    async with world.worker.connect() as connection:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await connection.execute(text("SELECT name FROM attachment"))
    by = await world.actor(VOLUNTEER)
    for change in ("scanned_at = now()", "name = 'x'", "state = 'CLEAN'", "state = 'EXPIRED'"):
        async with world.writer.connect() as connection:
            await enter(connection, by, world.now)
            with pytest.raises(ProgrammingError, match=r"permission denied|row-level security"):
                await connection.execute(text(f"UPDATE attachment SET {change}"))
    for handle in (OTHER_VOLUNTEER, MENTOR):
        stranger = await world.actor(handle)
        async with world.writer.connect() as connection:
            await enter(connection, stranger, world.now)
            found = await connection.execute(text("UPDATE attachment SET state = 'QUARANTINED', confirmed_at = now()"))
            assert found.rowcount == 0
    assert await state_of(world, attachment_id) == "REQUESTED"
