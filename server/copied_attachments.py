"""The attached files beside the copy of a citizen's data: a folder that appears when it is whole."""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from casework.objects import Objects
from casework.personal_copy import AttachedFile

FILE_MODE = 0o600


async def write_attachments(files: Sequence[AttachedFile], objects: Objects, folder: Path, name: str) -> Path | None:
    """Copy the files under their names, numbered, for their owner alone; None where there are none."""
    if not files:
        return None
    draft = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix=".prasan-", dir=folder))  # 0700
    try:
        for number, file in enumerate(files, 1):
            async with objects.at_hand(file.object_key) as path:
                if path is not None:
                    await asyncio.to_thread(_copy, path, draft / f"{number:02} {file.name}")
        return await asyncio.to_thread(_replace, draft, folder / f"{name}-files")
    finally:
        await asyncio.to_thread(shutil.rmtree, draft, ignore_errors=True)


def _copy(path: Path, to: Path) -> None:
    shutil.copyfile(path, to)
    to.chmod(FILE_MODE)


def _replace(draft: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    return draft.rename(place)
