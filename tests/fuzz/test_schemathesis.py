"""Schemathesis over HTTP, as each role: right and wrong requests of its own making, and never a 5xx."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from tests.api import Api
from tests.docs.conftest import served
from tests.docs.pages import ROOT
from tests.fuzz import schemathesis_checks
from tests.fuzz.planted import HIDDEN, plant
from tests.fuzz.test_every_role import WIDE
from tests.world import ADMIN, AUDITOR, COORDINATOR, MENTOR, SSO, VOLUNTEER, World

PATIENCE = 300
ROLES = (None, VOLUNTEER, MENTOR, SSO, COORDINATOR, AUDITOR, ADMIN)
RUN = (
    *("-m", "schemathesis.cli", "run", str(ROOT / "schema/schema.graphql"), "--phases", "fuzzing", "--mode", "all"),
    *("--max-examples", "1", "--generation-deterministic", "--no-shrink"),
    *("--checks", "no_fault_and_no_leak", "--suppress-health-check", "all", "--warnings", "off", "--no-color"),
)


@pytest.mark.parametrize("by", ROLES, ids=str)
async def test_schemathesis_finds_no_server_error(world: World, folder: Path, by: str | None) -> None:
    async with Api.around(world, WIDE) as api:
        await plant(api)
        settings = WIDE.model_copy(update={"port": 0})
        async with served(api.client._transport.app, settings) as port:  # type: ignore[attr-defined]
            headers = [part for name, value in api.headers(by).items() for part in ("--header", f"{name}: {value}")]
            environment = os.environ | {
                "SCHEMATHESIS_HOOKS": schemathesis_checks.__name__,
                "PYTHONPATH": str(ROOT),
                schemathesis_checks.HIDDEN: " ".join(HIDDEN[by]),
            }
            command = [sys.executable, *RUN, "--url", f"http://127.0.0.1:{port}/graphql", *headers]
            running = await asyncio.create_subprocess_exec(
                *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
            )
            said, _ = await asyncio.wait_for(running.communicate(), PATIENCE)
    told = said.decode()
    assert running.returncode == 0, told
    assert re.search(r"[1-9]\d* generated", told), told
