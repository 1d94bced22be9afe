"""A fresh installation of real people: from an empty database to a volunteer's first case, as its operator walks it."""

from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.server.installation import PATIENCE, Installation, Service, serving
from tests.server.provider import Provider

ADMINISTRATOR, COORDINATOR, VOLUNTEER, OTHER = (UUID(int=n) for n in range(1, 5))
NAMES = ("--given-name", "สมาน", "--family-name", "ดีเลิศ", "--given-name-en", "Saman", "--family-name-en", "Diloet")
CREATE = """mutation ($i: CreateSeatInput!) { createSeat(input: $i) { __typename
    ... on CreateSeatPayload { seat { id version } } ... on Refusal { code } } }"""
APPOINT = """mutation ($i: AppointIncumbentInput!) { appointIncumbent(input: $i) { __typename
    ... on AppointIncumbentPayload { seat { incumbent { name } } } ... on Refusal { code } } }"""
REGISTER = """mutation ($i: RegisterCitizenInput!) { registerCitizen(input: $i) { __typename
    ... on RegisterCitizenPayload { citizen { id } } ... on Refusal { code } } }"""
OPEN = """mutation ($i: OpenCaseInput!) { openCase(input: $i) { __typename
    ... on OpenCasePayload { case { reference state } } ... on Refusal { code } } }"""


async def _ask(service: Service, token: str, query: str, **given: Any) -> Any:
    body = {"query": query, "variables": {"i": given | {"operationId": str(uuid4())}} if given else {}}
    headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        response = await client.post(f"http://{service.address}/graphql", json=body, headers=headers)
    answer = response.json()
    assert "errors" not in answer, answer
    (data,) = answer["data"].values()
    return data


async def _fill(service: Service, token: str, subject: UUID, **post: Any) -> None:
    """Make a post and appoint somebody new to it."""
    made = await _ask(service, token, CREATE, **post)
    assert made["__typename"] == "CreateSeatPayload", made
    names = {"givenName": "สมหญิง", "familyName": "ใจดี", "givenNameEn": "Somying", "familyNameEn": "Jaidee"}
    person = {"register": {"subject": str(subject), "title": "นาง", **names}}
    seat = made["seat"]
    done = await _ask(service, token, APPOINT, seat=seat["id"], expectedVersion=seat["version"], person=person)
    assert done == {"__typename": "AppointIncumbentPayload", "seat": {"incumbent": {"name": "นางสมหญิง ใจดี"}}}


async def test_from_an_empty_database_to_the_first_case(fresh: Installation, provider: Provider) -> None:
    settings = provider.settings
    for command in ("migrate", "reference load"):
        assert fresh.run(*command.split(), **settings).returncode == 0
    done = fresh.run("admin", "appoint", str(ADMINISTRATOR), *NAMES, **settings)
    assert (done.returncode, done.stderr.splitlines()[-2:]) == (
        0,
        ["แต่งตั้งผู้ดูแลระบบแล้ว", "Appointed: the person signs in with the identity provider and makes posts."],
    )
    with serving(fresh, **settings) as service:
        token = {who: provider.token("nobody", sub=str(who)) for who in (ADMINISTRATOR, COORDINATOR, VOLUNTEER)}
        offices = await _ask(
            service, token[ADMINISTRATOR], '{ offices(filter: {province: "43"}, first: 9) { nodes { code } } }'
        )
        assert {"code": "OPS-43"} in offices["nodes"]
        office = {"code": "OPS-43"}
        await _fill(service, token[ADMINISTRATOR], COORDINATOR, kind="COORDINATOR", office=office)
        await _fill(service, token[COORDINATOR], OTHER, kind="MENTOR", area="4301")
        await _fill(service, token[COORDINATOR], VOLUNTEER, kind="VOLUNTEER", area="430116")
        person = {"givenName": "สมชาย", "familyName": "มีสุข", "phones": ["081-234-5678"]}
        citizen = await _ask(service, token[VOLUNTEER], REGISTER, **person)
        intake = {
            "citizen": {"id": citizen["citizen"]["id"]},
            "problemTypes": ["UNPAID_WAGES"],
            "area": "430116",
            "narrative": "ไม่ได้รับค่าจ้างสองเดือน",
            "channel": "VOLUNTEER",
        }
        opened = await _ask(service, token[VOLUNTEER], OPEN, **intake)
        assert opened["case"]["state"] == "NEW"
    assert fresh.run("verify-journal", **settings).returncode == 0


async def test_the_command_repeats_refuses_and_adds(fresh: Installation) -> None:
    early = fresh.run("admin", "appoint", str(ADMINISTRATOR), *NAMES)
    assert (early.returncode, early.stderr.splitlines()[-1][:26]) == (1, "Run `prasan migrate` first")
    assert fresh.run("migrate").returncode == 0
    assert fresh.run("admin", "appoint", str(ADMINISTRATOR), *NAMES).returncode == 0
    again = fresh.run("admin", "appoint", str(ADMINISTRATOR), *NAMES)
    assert (again.returncode, again.stderr.splitlines()[-2:]) == (
        0,
        ["บุคคลนี้เป็นผู้ดูแลระบบอยู่แล้ว", "Nothing to do: the person is an administrator already."],
    )
    assert await fresh.value("SELECT count(*) FROM incumbency") == 1
    other = ("admin", "appoint", str(OTHER), *NAMES)
    refused = fresh.run(*other)
    assert (refused.returncode, refused.stderr.splitlines()[-2:]) == (
        1,
        [
            "มีผู้ดูแลระบบอยู่แล้ว หากต้องการเพิ่มอีกคนให้ระบุ --another",
            "There is an administrator already; say --another to appoint one more.",
        ],
    )
    assert await fresh.value("SELECT count(*) FROM account") == 1
    assert fresh.run(*other, "--another").returncode == 0
    assert await fresh.value("SELECT count(*) FROM incumbency") == 2
