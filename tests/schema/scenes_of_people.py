"""Scenes of the mutations about people: citizens, other parties, followers, incumbents."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from casework.accounts import NewAccount
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.follow_case import follow_case
from casework.actions.hand_over_seat import Passing, hand_over_seat
from casework.actions.merge_citizens import merge_citizens
from casework.actions.plan_absence import Absence, plan_absence
from casework.citizen_records import Identifier
from models.post_words import HandoverReason
from models.vocabulary import IdentifierKind, IncumbencyKind
from tests.api import Api
from tests.schema.stage import NEIGHBOUR, Given, Scene, on_citizen, on_seat, seat_id
from tests.world import COORDINATOR, MENTOR, VOLUNTEER


async def _correcting(api: Api) -> Given:
    return await on_citizen(api, await api.world.citizen(), familyName="ใจงาม", phones=["0812345678"])


async def twice(api: Api) -> list[int]:
    """Register one person twice, each time with a case; give the ids of the records."""
    made = []
    for given, phone in (("สมหญิง", "0812345678"), ("สมหยิง", "0898765432")):
        document = Identifier(IdentifierKind.PASSPORT, f"AA{phone[-6:]}")
        citizen = await api.world.citizen(given_name=given, phones=[phone], identifiers=[document])
        await api.world.case(citizen_id=citizen)
        made.append(citizen)
    return made


async def _joining(api: Api) -> Given:
    source, target = await twice(api)
    return await on_citizen(api, source, into={"id": api.id("Citizen", target)}, expectedIntoVersion=1)


async def _parting(api: Api) -> Given:
    source, target = await twice(api)
    versions = {"expected_version": 1, "expected_into_version": 1}
    await api.world.act(COORDINATOR, merge_citizens, source_id=source, target_id=target, **versions)
    return await on_citizen(api, source)


async def _revealing(api: Api) -> Given:
    citizen = await api.world.citizen(identifiers=[Identifier(IdentifierKind.NATIONAL_ID, "1234545678781")])
    return {
        "citizen": {"id": api.id("Citizen", citizen)},
        "identifier": {"kind": "NATIONAL_ID", "lastFour": "8781"},
        "reason": "กรอกแบบ คร.7",
    }


async def _naming(api: Api) -> Given:
    return {"case": api.case(await api.world.case()), "kind": "EMPLOYER", "name": "หจก.โขงทรัพย์การโยธา"}


async def _following(api: Api) -> Given:
    return {"case": api.case(await api.world.case())}


async def _leaving(api: Api) -> Given:
    case_id = await api.world.case()
    await api.world.act(VOLUNTEER, follow_case, case_id=case_id)
    return {"case": api.case(case_id)}


PERSON = {
    "subject": str(uuid4()),
    "title": "นาง",
    "givenName": "ดวงใจ",
    "familyName": "ศรีโคตร",
    "givenNameEn": "Duangchai",
    "familyNameEn": "Sikhot",
}


async def _making(_api: Api) -> Given:
    return {"kind": "VOLUNTEER", "area": "430116"}


async def _appointing(api: Api) -> Given:
    return await on_seat(api, NEIGHBOUR, kind="COVER", person={"register": PERSON})


async def covered(api: Api, handle: str = NEIGHBOUR) -> int:
    """Let somebody look after a post; give the incumbency's id."""
    person = NewAccount(uuid4(), "นาย", "สมาน", "ดีเลิศ", "Saman", "Diloet")
    seat_id = (await api.world.actor(handle)).seat_id
    version = await api.world.value("SELECT version FROM seat WHERE id = :id", id=seat_id)
    appointment = Appointment(person, IncumbencyKind.COVER)
    await api.world.act(
        COORDINATOR, appoint_incumbent, seat_id=seat_id, expected_version=version, appointment=appointment
    )
    incumbency: int = await api.world.value(
        "SELECT id FROM incumbency WHERE seat_id = :seat AND kind = 'COVER'", seat=seat_id
    )
    return incumbency


async def _ending(api: Api) -> Given:
    incumbency = await covered(api)
    return await on_seat(api, NEIGHBOUR, incumbency=api.id("Incumbency", incumbency))


async def _leaving_for_a_while(api: Api) -> Given:
    return await on_seat(api, VOLUNTEER, coveredBy=await seat_id(api, NEIGHBOUR), until="2026-12-01T00:00:00+07:00")


async def _coming_back(api: Api) -> Given:
    world = api.world
    seats = [(await world.actor(by)).seat_id for by in (VOLUNTEER, NEIGHBOUR)]
    absence = Absence(seats[1], until=world.now + timedelta(days=7))
    await world.act(VOLUNTEER, plan_absence, seat_id=seats[0], expected_version=1, absence=absence)
    cover = await world.value("SELECT id FROM incumbency WHERE absent_account_id IS NOT NULL")
    return await on_seat(api, VOLUNTEER, incumbency=api.id("Incumbency", cover))


async def _handing_over(api: Api) -> Given:
    await api.world.case(NEIGHBOUR)
    return await on_seat(api, NEIGHBOUR, reason="RESIGNED", person={"register": PERSON})


async def _left_empty(api: Api) -> Given:
    """NEIGHBOUR leaves, nobody follows: the mentor sees to the post."""
    seat = (await api.world.actor(NEIGHBOUR)).seat_id
    passing = Passing(HandoverReason.RESIGNED)
    handover = await api.world.act(COORDINATOR, hand_over_seat, seat_id=seat, expected_version=1, passing=passing)
    return {"handover": api.id("Handover", handover)}


_ABSENCE: dict[str, Any] = {"refusal": "NOT_PERMITTED", "want": "seat { id }"}

SCENES_OF_PEOPLE = (
    Scene("planAbsence", _leaving_for_a_while, **_ABSENCE, events=("ABSENCE_PLANNED",)),
    Scene("cancelAbsence", _coming_back, **_ABSENCE, events=("ABSENCE_CANCELLED",)),
    Scene(
        "handoverSeat",
        _handing_over,
        by=COORDINATOR,
        stranger=MENTOR,
        refusal="NOT_PERMITTED",
        want="handover { id }",
        events=("SEAT_HANDED_OVER",),
        admin_may=True,
    ),
    Scene(
        "confirmHandover",
        _left_empty,
        by=MENTOR,
        stranger=COORDINATOR,
        refusal="NOT_PERMITTED",
        want="handover { id }",
        events=("HANDOVER_CONFIRMED",),
    ),
    Scene("updateCitizen", _correcting, want="citizen { id }", events=("CITIZEN_UPDATED",)),
    Scene(
        "mergeCitizens",
        _joining,
        by=COORDINATOR,
        want="citizen { id }",
        events=("CITIZEN_MERGED", "CITIZEN_ABSORBED"),
    ),
    Scene(
        "unmergeCitizens",
        _parting,
        by=COORDINATOR,
        want="citizen { id }",
        events=("CITIZEN_RELEASED", "CITIZEN_UNMERGED"),
    ),
    Scene("revealIdentifier", _revealing, want="number citizen { id }", events=("IDENTIFIER_REVEALED",)),
    Scene("addParty", _naming, want="party { id }", events=("PARTY_ADDED",)),
    Scene("followCase", _following, events=("CASE_FOLLOWED",)),
    Scene("unfollowCase", _leaving, events=("CASE_UNFOLLOWED",)),
    Scene(
        "createSeat",
        _making,
        by=COORDINATOR,
        stranger=MENTOR,
        refusal="NOT_PERMITTED",
        want="seat { id }",
        events=("SEAT_CREATED",),
        admin_may=True,
    ),
    Scene(
        "appointIncumbent",
        _appointing,
        by=COORDINATOR,
        stranger=MENTOR,
        refusal="NOT_PERMITTED",
        want="seat { id }",
        events=("INCUMBENT_APPOINTED",),
        admin_may=True,
    ),
    Scene(
        "endIncumbency",
        _ending,
        by=COORDINATOR,
        stranger=MENTOR,
        refusal="NOT_PERMITTED",
        want="seat { id }",
        events=("INCUMBENCY_ENDED",),
        admin_may=True,
    ),
)
