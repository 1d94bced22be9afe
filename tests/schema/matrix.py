"""The matrix of matrix.md: what each role is given by each root field, asked of the running service.

All rows are about one case of a citizen, opened by a volunteer and referred to offices; see `ROLES`.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import text

from casework.actions.add_note import add_note
from casework.actions.open_case import Intake, open_case
from casework.actions.request_export import ExportLimits
from casework.demo.network import subject_of
from casework.tracking import tracking_code
from models.vocabulary import Audience, Channel, SeatKind
from server.database import DatabaseUrls
from tests.api import Api
from tests.casework.conftest import Directory
from tests.schema.following import follow, listen, stamped, start, watch
from tests.schema.scenes import PUBLIC_SCENES, SCENES
from tests.schema.scenes_of_activities import planned
from tests.schema.scenes_of_webhooks import registered
from tests.schema.stage import NEIGHBOUR, Given, Scene, screened
from tests.server.exporting import ask_for_all
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    DOE,
    MENTOR,
    MONDAY,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    TAMBON,
    VOLUNTEER,
    World,
)

FAR_COORDINATOR = "coordinator 10"
HOLDING = "DSD-43"
GUESSED = "7K3M-Q9TD-2WXA-5"


class Role(NamedTuple):
    """A column: who asks, and whether the case is held by the office of HOLDING instead of the volunteer."""

    name: str
    meaning: str
    by: str | None
    office_holds: bool = False


ROLES = (
    Role("nobody", "no token", None),
    Role("citizen", "no token, but the case's reference and tracking code", None),
    Role("no seat", "a token whose account fills no post", "nobody of the network"),
    Role("holder", "the volunteer who opened the case and holds it", VOLUNTEER),
    Role("former", "a volunteer whose part in it has ended", "volunteer 430101"),
    Role("neighbour", "a volunteer of the same amphoe; in the rows of assignments, the one asked", NEIGHBOUR),
    Role("stranger", "a volunteer of another amphoe", OTHER_VOLUNTEER),
    Role("mentor", "the mentor of the case's amphoe", MENTOR),
    Role("far mentor", "the mentor of another amphoe", OTHER_MENTOR),
    Role("sent", "an officer of an office with a referral SENT", SSO),
    Role(
        "received",
        "an officer of an office with a referral RECEIVED; in the rows of referrals, the one addressed",
        DLPW,
    ),
    Role("ended", "an officer of an office whose referral has ended", DOE),
    Role("officer", "an officer of the office that holds the case", f"officer {HOLDING}", office_holds=True),
    Role("head", "the head of the office that holds the case", f"head {HOLDING}", office_holds=True),
    Role("coordinator", "the coordinator of the case's province", COORDINATOR),
    Role("far coordinator", "the coordinator of another province", FAR_COORDINATOR),
    Role("auditor", "the auditor", AUDITOR),
    Role("admin", "the administrator", ADMIN),
)
SHORT = {
    "NOT_FOUND": "–",
    "NOT_PERMITTED": "no",
    "NOT_SIGNED_IN": "sign in",
    "NO_SEAT": "no seat",
    "TRACKING_CODE_WRONG": "–",
}
PLACES = """
    INSERT INTO participation (id, case_id, seat_id, office_id, level, discloses, source, since, until)
    SELECT nextval('prasan_id'), c.id, r.seat, r.office, r.level, 0, r.source, c.opened_at, r.until
    FROM "case" c, (VALUES
        (CAST(:former AS bigint), CAST(NULL AS bigint), 4, 'ASSIGNMENT', CAST(:now AS timestamptz)),
        (NULL, CAST(:sent AS bigint), 2, 'REFERRAL', NULL),
        (NULL, CAST(:received AS bigint), 3, 'REFERRAL', NULL),
        (NULL, CAST(:ended AS bigint), 3, 'REFERRAL', :now)
    ) r (seat, office, level, source, until)
    WHERE NOT EXISTS (SELECT FROM participation p WHERE p.case_id = c.id AND p.office_id = r.office)"""
HAND_OVER = (
    "UPDATE case_holding SET until = :now WHERE until IS NULL",
    "UPDATE participation SET until = :now WHERE source = 'HOLDER'",
    """INSERT INTO case_holding (id, case_id, office_id, since)
        SELECT nextval('prasan_id'), id, :office, :now FROM "case" """,
    """INSERT INTO participation (id, case_id, office_id, level, discloses, source, since)
        SELECT nextval('prasan_id'), id, :office, 4, 0, 'HOLDER', :now FROM "case" """,
    'UPDATE "case" SET holder_seat_id = NULL, holder_office_id = :office',
)


@asynccontextmanager
async def far_coordinator(world: World) -> AsyncIterator[None]:
    directory = Directory(world)
    seat_id = await directory.seat(SeatKind.COORDINATOR, office="OPS-10")
    await directory.fill(seat_id, await directory.account(subject_of(FAR_COORDINATOR)))
    yield
    await world.clear()
    await directory.close()


async def put_roles(world: World, *, office_holds: bool) -> None:
    """Let every role stand where it says, in all cases that there are."""
    offices = {"sent": world.office("SSO-43"), "received": world.office("DLPW-43"), "ended": world.office("DOE-43")}
    former = (await world.actor("volunteer 430101")).seat_id
    async with world.owner.begin() as connection:
        await connection.execute(text(PLACES), {**offices, "former": former, "now": world.now})
        for statement in HAND_OVER if office_holds else ():
            given = {"office": world.office(HOLDING), "now": world.now}
            await connection.execute(text(statement), {k: v for k, v in given.items() if f":{k}" in statement})


# Queries and subscriptions: one case, asked about by everybody.


class Asked(NamedTuple):
    """The case, its citizen and a note, as clients name them, and what its citizen knows."""

    case: str
    citizen: str
    note: str
    webhook: str
    export: str
    reference: str
    code: str


async def stage_reading(api: Api, *, office_holds: bool) -> Asked:
    world = api.world
    await world.clear()
    world.now = MONDAY
    case_id = await screened(world)
    note_id = await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text="โทรแล้ว")
    (case,) = await world.rows('SELECT reference, citizen_id FROM "case"')
    webhook_id = await registered(world)
    export_id = await world.act(VOLUNTEER, ask_for_all, limits=ExportLimits())
    await planned(world)
    await put_roles(world, office_holds=office_holds)
    ids = (
        api.id("Case", case_id),
        api.id("Citizen", case.citizen_id),
        api.id("Note", note_id),
        api.id("Webhook", webhook_id),
        api.id("Export", export_id),
    )
    return Asked(*ids, case.reference, tracking_code(world.keys, case_id, 1))


def _level(found: Any) -> str:
    return "–" if not found else str(found["viewerAccess"]["level"])


def _listed(level: Callable[[Any], str]) -> Callable[[Any], str]:
    """Say how many there are, and at which level."""

    def told(found: Any) -> str:
        return " ".join([str(found["totalCount"]["count"]), *(level(node) for node in found["nodes"])])

    return told


def _told(found: Any) -> str:
    return str(found["total"]["cases"]["stillOpen"])


def _count(found: Any) -> str:
    return str(found["totalCount"]["count"])


QUERIES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "viewer": ("viewer { seat { kind } }", lambda found: found["seat"]["kind"] if found else "–"),
    "node": ('node(id: "@case") { ... on Case { viewerAccess { level } } }', _level),
    "nodes": (
        'nodes(ids: ["@case", "@citizen", "@note"]) { __typename }',
        lambda found: " ".join(node["__typename"] for node in found if node) or "–",
    ),
    "cases": ("cases(first: 5) { nodes { viewerAccess { level } } totalCount { count } }", _listed(_level)),
    "caseByReference": ('caseByReference(reference: "@reference") { viewerAccess { level } }', _level),
    "bottlenecks": (
        'bottlenecks(area: "43") { stays { waitingNow } }',
        lambda found: " ".join(str(row["waitingNow"]) for row in found["stays"]) or "0",
    ),
    "activities": ("activities(first: 1) { totalCount { count } }", _count),
    "statistics": (
        "statistics { total { cases { stillOpen } } }",
        lambda found: "withheld" if found["total"]["cases"]["stillOpen"] is None else _told(found),
    ),
    "reach": (
        'reach(area: "430116") { tambons { agencies { cases } } }',
        lambda found: str(sum(cell["cases"] or 0 for cell in found["tambons"][0]["agencies"])),
    ),
    "rightsAtRisk": ("rightsAtRisk(within: 30, first: 1) { totalCount { count } }", _count),
    "incidents": ("incidents(first: 1) { totalCount { count } }", _count),
    "statements": ('statements(area: "43", month: "2026-11-01", first: 1) { totalCount { count } }', _count),
    "monthlyReport": ('monthlyReport(province: "43", month: "2026-11-01") { url }', lambda _: "link"),
    "changes": ("changes(first: 5) { upserts { id } }", lambda found: str(len(found["upserts"]))),
    "citizens": (
        "citizens(first: 5) { nodes { viewerLevel } totalCount { count } }",
        _listed(lambda node: str(node["viewerLevel"])),
    ),
    "webhookDeliveries": ('webhookDeliveries(webhook: "@webhook", first: 1) { totalCount { count } }', _count),
    "matchCitizens": (
        'matchCitizens(input: {givenName: "สมหยิง", familyName: "ใจดี"}) { candidates { score } knownElsewhere }',
        lambda found: f"{len(found['candidates'])}{' known' if found['knownElsewhere'] else ''}",
    ),
    "triage": (
        'triage(input: {problemTypes: ["SEVERANCE"], homeArea: "43"}) { problems { type { code } } }',
        lambda found: str(len(found["problems"])),
    ),
    "agencies": ("agencies { code }", lambda found: str(len(found))),
    "problemTypes": ("problemTypes { code }", lambda found: str(len(found))),
    "areas": ('areas(filter: {inside: "43", level: AMPHOE}, first: 1) { totalCount { count } }', _count),
    "offices": ('offices(filter: {province: "43"}, first: 1) { totalCount { count } }', _count),
    "seats": ('seats(filter: {area: "43"}, first: 1) { totalCount { count } }', _count),
    "volunteers": ('volunteers(filter: {area: "43"}, first: 1) { totalCount { count } }', _count),
    "caseStatus": (
        'caseStatus(reference: "@reference", trackingCode: "@code") { state }',
        lambda found: "card" if found else "–",
    ),
}
"""A question for each query, and how its answer is told."""


async def ask(api: Api, root: str, role: Role, about: Asked) -> str:
    known = about if role.name == "citizen" else about._replace(code=GUESSED)
    question, told = QUERIES[root]
    for name, value in known._asdict().items():
        question = question.replace(f"@{name}", value)
    answer = await api.answer(f"{{ {question} }}", role.by)
    for error in answer.get("errors", ()):
        return _short(error["extensions"]["code"])
    return told(answer["data"][root])


async def hear(api: Api, role: Role, about: Asked) -> str:
    """Follow the case from its beginning on."""
    heard = await follow(api.world, role.by, about.case, start(api.world))
    return _short(heard[0]["code"]) if heard and "code" in heard[0] else f"{len(heard)} events"


async def hear_inbox(api: Api, role: Role) -> str:
    """Listen to the inbox of the role's post from the beginning on."""
    heard = await listen(api.world, role.by, start(api.world))
    return _short(heard[0]["code"]) if heard and "code" in heard[0] else f"{len(heard)} events"


async def hear_of_export(api: Api, role: Role, about: Asked) -> str:
    """Watch an export that the volunteer who holds the case has asked for."""
    (told,) = await watch(api.world, role.by, about.export)
    return _short(told["code"]) if "code" in told else str(told["export"]["state"])


# Mutations: the scene of each, tried by everybody; what somebody did is undone before the next one tries.


async def stage_writing(api: Api, scene: Scene, *, office_holds: bool) -> Given:
    world = api.world
    await world.clear()
    world.now = MONDAY
    given = await scene.stage(api)
    if "citizen" in given:
        for (citizen_id,) in await world.rows("SELECT id FROM citizen WHERE NOT has_a_case(id) ORDER BY id"):
            intake = Intake(citizen_id, ["SEVERANCE"], TAMBON, "ก", Channel.VOLUNTEER)
            await world.act(VOLUNTEER, open_case, intake=intake)
    await put_roles(world, office_holds=office_holds)
    return given


async def attempts(api: Api, scene: Scene) -> list[str]:
    """Give what each role is answered."""
    cells, staged, given = [], None, {}
    for role in ROLES:
        if staged != role.office_holds:
            given, staged = await stage_writing(api, scene, office_holds=role.office_holds), role.office_holds
        told = given if role.name == "citizen" or not scene.public else {**given, "trackingCode": GUESSED}
        result = await api.do(scene.name, role.by, **{**told, "operationId": str(uuid4())})
        if "code" not in result:
            staged = None
        cells.append(_short(result.get("code", "**done**")))
    return cells


def _short(code: str) -> str:
    return SHORT.get(code, code)


Row = tuple[str, Sequence[str]]


async def reading_rows(api: Api, urls: DatabaseUrls) -> list[Row]:
    cells: dict[str, list[str]] = {name: [] for name in (*QUERIES, "caseEvents", "inboxEvents", "exportProgress")}
    staged, about = None, None
    for role in ROLES:
        if about is None or staged != role.office_holds:
            about, staged = await stage_reading(api, office_holds=role.office_holds), role.office_holds
            await stamped(urls)
        for name in QUERIES:
            cells[name].append(await ask(api, name, role, about))
        cells["caseEvents"].append(await hear(api, role, about))
        cells["inboxEvents"].append(await hear_inbox(api, role))
        cells["exportProgress"].append(await hear_of_export(api, role, about))
    return list(cells.items())


async def writing_rows(api: Api) -> list[Row]:
    return [
        (scene.name, await attempts(api, scene))
        for scene in sorted((*SCENES, *PUBLIC_SCENES), key=lambda scene: scene.name)
    ]


HEAD = """# What each role is given by each root field

Made by asking the service, and compared with it by `test_matrix.py`; `pytest tests/schema/test_matrix.py
--write-matrix` writes it anew. All rows are about one case of a citizen: who asks stands to it as the first table says.
In the rows of mutations it is the case of the mutation's scene (`scenes.py`), in a state in which the verb is possible.

`–` is null, or NOT_FOUND: the same as if it did not exist. `no` is NOT_PERMITTED, `sign in` NOT_SIGNED_IN, `no seat`
NO_SEAT. A level is that of the case or citizen found, a number how many there are; **done** is a change that was made.
"""


def write(reading: Sequence[Row], writing: Sequence[Row]) -> str:
    """Write the matrix as Markdown."""
    roles = [f"| {role.name} | {role.meaning} |" for role in ROLES]
    parts = [HEAD, "| role | who asks |", "|---|---|", *roles]
    for title, rows in (("Queries and subscriptions", reading), ("Mutations", writing)):
        parts += ["", f"## {title}", "", f"| root field | {' | '.join(role.name for role in ROLES)} |"]
        parts += ["|---" * (len(ROLES) + 1) + "|"]
        parts += [f"| `{name}` | {' | '.join(cells)} |" for name, cells in rows]
    return "\n".join(parts) + "\n"
