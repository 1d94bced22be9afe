"""Scenes of the mutations about activities."""

from datetime import datetime, timedelta
from typing import Any

from casework.actions.create_activity import Plan, create_activity
from casework.actions.invite_participants import Group, Guest, Invitation, invite_participants
from models.activity_words import ActivityKind
from models.vocabulary import SeatKind
from tests.api import Api
from tests.files import PHOTO
from tests.schema.stage import Given, Scene
from tests.world import COORDINATOR, DLPW, MENTOR, World

OFFICER = "officer OPS-43"
PROJECT = "โครงการประสานการให้บริการด้านแรงงานโดยอาสาสมัครแรงงาน"
VENUE = "ห้องไกล่เกลี่ย 2 ศาลากลางจังหวัดหนองคาย"
OBJECTIVES = "ติดตามผลการดำเนินงานของอาสาสมัครแรงงานระดับตำบล"
VOLUNTEERS = Group((SeatKind.VOLUNTEER,), "4301")


def plan(begins_at: datetime, kind: ActivityKind = ActivityKind.TRAINING, **more: Any) -> Plan:
    return Plan(
        **{
            "kind": kind,
            "project": PROJECT,
            "venue": VENUE,
            "area_code": "4301",
            "begins_at": begins_at,
            "objectives": OBJECTIVES,
            **more,
        }
    )


async def planned(world: World, *, by: str = OFFICER, after: timedelta = timedelta(), **more: Any) -> int:
    """Plan an activity that begins now, unless `after` says otherwise; give its id."""
    return await world.act(by, create_activity, host_office_id=None, plan=plan(world.now + after, **more))


async def invited(world: World, activity_id: int, *, by: str = OFFICER, **whom: Any) -> int:
    """Invite the volunteers of Mueang Nong Khai, unless `whom` says otherwise."""
    version = await world.value("SELECT version FROM activity WHERE id = :id", id=activity_id)
    invitation = Invitation(**(whom or {"groups": [VOLUNTEERS]}))
    return await world.act(
        by, invite_participants, activity_id=activity_id, expected_version=version, invitation=invitation
    )


async def on_activity(api: Api, activity_id: int, **more: Any) -> Given:
    version = await api.world.value("SELECT version FROM activity WHERE id = :id", id=activity_id)
    return {"activity": api.id("Activity", activity_id), "expectedVersion": version, **more}


async def _creating(_api: Api) -> Given:
    return {
        "kind": "TRAINING",
        "project": PROJECT,
        "venue": VENUE,
        "area": "4301",
        "beginsAt": "2026-12-01T02:00:00Z",
        "objectives": OBJECTIVES,
    }


async def _updating(api: Api) -> Given:
    return await on_activity(api, await planned(api.world), venue="ห้องประชุมใหญ่")


async def _inviting(api: Api) -> Given:
    return await on_activity(api, await planned(api.world), groups=[{"kinds": ["VOLUNTEER"]}])


async def _removing(api: Api) -> Given:
    activity_id = await planned(api.world)
    await invited(api.world, activity_id)
    seat = (await api.world.actor("volunteer 430116")).seat_id
    return await on_activity(api, activity_id, participants=[api.id("Seat", seat)])


async def _correcting(api: Api) -> Given:
    activity_id = await planned(api.world)
    await invited(api.world, activity_id, guests=[Guest("นายแขก รับเชิน")])
    number = await api.world.value("SELECT participant_id FROM activity_guest")
    participant = api.id("ActivityParticipant", number)
    return await on_activity(api, activity_id, participant=participant, name="นายแขก รับเชิญ")


async def _attending(api: Api) -> Given:
    activity_id = await planned(api.world)
    guests = [Guest("นายแขก รับเชิญ", "หอการค้าจังหวัด")]
    await invited(api.world, activity_id, groups=[VOLUNTEERS], guests=guests)
    seat = (await api.world.actor("volunteer 430116")).seat_id
    return {"activity": api.id("Activity", activity_id), "attended": [api.id("Seat", seat)]}


async def _closing(api: Api) -> Given:
    return await on_activity(api, await planned(api.world), knowledgeBefore=55, knowledgeAfter=80)


async def _uploading(api: Api) -> Given:
    given = PHOTO.given()
    given.pop("audience", None)
    return {"activity": api.id("Activity", await planned(api.world)), **given}


_LED: dict[str, Any] = {"by": OFFICER, "stranger": DLPW, "refusal": "NOT_PERMITTED", "want": "activity { id }"}
SCENES_OF_ACTIVITIES = (
    Scene("createActivity", _creating, by=OFFICER, stranger=MENTOR, refusal="NOT_PERMITTED", want="activity { id }",
          events=("ACTIVITY_CREATED",)),
    Scene("updateActivity", _updating, **_LED, events=("ACTIVITY_UPDATED",)),
    Scene("inviteParticipants", _inviting, **{**_LED, "by": COORDINATOR}, events=("PARTICIPANTS_INVITED",)),
    Scene("removeParticipants", _removing, **_LED, events=("PARTICIPANTS_REMOVED",)),
    Scene("correctGuest", _correcting, **_LED, events=("GUEST_CORRECTED",)),
    Scene("recordAttendance", _attending, **{**_LED, "by": MENTOR}, events=("ATTENDANCE_RECORDED",)),
    Scene("requestMaterialUpload", _uploading, **{**_LED, "want": "attachment { id } upload { url }"}),
    Scene("recordActivityOutcome", _closing, **_LED, events=("ACTIVITY_OUTCOME_RECORDED",)),
)  # fmt: skip
