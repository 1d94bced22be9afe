"""Secrets stand in no log, no answer and no list of processes, whatever is sent and whatever goes wrong."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import make_url

from tests.server.installation import PATIENCE, SECRET, Installation, serving
from tests.server.socket_client import socket
from tests.world import VOLUNTEER

PASSWORD = "Zqdatabasepassword"
NATIONAL_ID, NARRATIVE, NAME = "1101700230708", "Zqnarrative", "Zqgiven"
REGISTER = "mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) { __typename } }"
OPEN = "mutation ($input: OpenCaseInput!) { openCase(input: $input) { __typename ... on Refusal { message path } } }"


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")


def with_password(url: str) -> str:
    return make_url(url).set(password=PASSWORD).render_as_string(hide_password=False)


def bodies(token: str) -> list[Any]:
    """Right and wrong requests, each with something in it that nobody else may read."""
    person = {"operationId": str(uuid4()), "givenName": NAME, "familyName": "ใจดี"}
    identified = {**person, "identifiers": [{"kind": "NATIONAL_ID", "number": NATIONAL_ID}]}
    telling = {
        "operationId": str(uuid4()),
        "citizen": {"id": token},
        "narrative": NARRATIVE,
        "problemTypes": ["UNPAID_WAGES"],
        "area": "430116",
        "channel": "VOLUNTEER",
    }
    return [
        {"query": "{ viewer { seat { id } } }"},
        {"query": REGISTER, "variables": {"input": identified}},
        {"query": REGISTER, "variables": {"input": {**identified, "givenName": "\x00" + NAME}}},
        {"query": REGISTER, "variables": {"input": {**identified, "phones": NATIONAL_ID}}},
        {"query": REGISTER, "variables": {"input": {**person, "operationId": NATIONAL_ID}}},
        {"query": OPEN, "variables": {"input": telling}},
        {"query": "query ($a: ID!) { node(id: $a) { id } }", "variables": {"a": token}},
        {"query": f'{{ caseByReference(reference: "{NATIONAL_ID}") {{ id }} }}'},
        {"query": "{ " + NATIONAL_ID},
        {"documentId": "sha256:" + token},
        [NATIONAL_ID, token],
    ]


@pytest.fixture
def passwords(installation: Installation) -> dict[str, str]:
    urls = {"DATABASE": "prasan_app", "OWNER": "prasan_owner", "WORKER": "prasan_worker"}
    return {f"PRASAN_{name}_URL": with_password(installation.url(role)) for name, role in urls.items()}


@pytest.mark.parametrize("as_json", ["false", "true"])
async def test_no_secret_is_logged_answered_or_listed(
    installation: Installation, passwords: dict[str, str], as_json: str
) -> None:
    token = installation.token(VOLUNTEER)
    told: list[str] = []
    with serving(installation, **passwords, PRASAN_LOG_LEVEL="DEBUG", PRASAN_LOG_JSON=as_json) as service:
        async with httpx.AsyncClient(base_url=f"http://{service.address}", timeout=PATIENCE) as client:
            for body in bodies(token):
                for signed in (token, token + "x", ""):
                    headers = {"authorization": f"Bearer {signed}"} if signed else {}
                    response = await client.post("/graphql", json=body, headers=headers)
                    told.append(response.text + str(response.headers))
        async with socket(service.address) as listening:
            await listening.init(token)
            await listening.subscribe("1", REGISTER, input={"givenName": NAME, "familyName": NATIONAL_ID})
            told.append(json.dumps(await listening.hear()))
        listed = command_line(service.process.pid)
    # The welcome hands out demo tokens on purpose; they are issued by the second, and none is this one.
    logged = [line for line in service.said if not line.startswith("  Authorization: Bearer ")]
    secrets = (PASSWORD, SECRET, token, token.rpartition(".")[2], NATIONAL_ID, NARRATIVE, NAME)
    found = {
        place: [secret for secret in secrets if secret in "\n".join(texts)]
        for place, texts in (("log", logged), ("answers", told), ("processes", [listed]))
    }
    assert found == {"log": [], "answers": [], "processes": []}


@pytest.mark.parametrize("variable", ["PRASAN_DATABASE_URL", "PRASAN_OWNER_URL", "PRASAN_WORKER_URL"])
def test_a_database_that_refuses_is_told_without_its_password(
    installation: Installation, passwords: dict[str, str], variable: str
) -> None:
    wrong = make_url(passwords[variable]).set(database="absent").render_as_string(hide_password=False)
    ended = installation.run("serve", **{**passwords, variable: wrong})
    assert (ended.returncode, PASSWORD in ended.stdout + ended.stderr) == (1, False)
    assert SECRET not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
