"""A scene for each mutation: the world just before it, who may do it, who may not, and what they send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from casework.actions.accept_referral import accept_referral
from casework.actions.assign_case import assign_case
from casework.actions.receive_referral import receive_referral
from casework.actions.start_referral import start_referral
from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState
from tests.api import Api
from tests.world import AUDITOR, DLPW, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

NEIGHBOUR = "volunteer 430117"
"""A volunteer of the same amphoe as VOLUNTEER."""
Given = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """`stage` makes the world and gives the input; `stranger` is refused with `refusal`; `want` of the payload."""

    name: str
    stage: Callable[[Api], Awaitable[Given]]
    by: str = VOLUNTEER
    stranger: str = OTHER_VOLUNTEER
    refusal: str = "NOT_FOUND"
    want: str = "case { id }"
    events: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return self.name


async def screened(world: World, *problems: str) -> int:
    """Open a case and screen it, so that it can be referred."""
    case_id = await world.case(VOLUNTEER, *problems)
    await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.SCREENING)
    return case_id


async def on_case(api: Api, case_id: int, **more: Any) -> Given:
    return {"case": api.case(case_id), "expectedVersion": await api.world.version(case_id), **more}


async def on_referral(api: Api, referral_id: int, **more: Any) -> Given:
    version = await api.world.value("SELECT version FROM referral WHERE id = :id", id=referral_id)
    return {"referral": api.id("Referral", referral_id), "expectedVersion": version, **more}


async def seat_id(api: Api, handle: str) -> str:
    return api.id("Seat", (await api.world.actor(handle)).seat_id)


async def _registering(_api: Api) -> Given:
    return {"givenName": "สมชาย", "familyName": "มีสุข", "phones": ["081-234-5678"]}


async def _opening(api: Api) -> Given:
    return {
        "citizen": {"id": api.id("Citizen", await api.world.citizen())},
        "problemTypes": ["UNPAID_WAGES"],
        "area": "430116",
        "narrative": "ไม่ได้รับค่าจ้างสองเดือน",
        "channel": "VOLUNTEER",
    }


async def _assigning(api: Api) -> Given:
    return await on_case(api, await api.world.case(), seat=await seat_id(api, NEIGHBOUR))


async def _assigned(api: Api) -> Given:
    case_id = await api.world.case()
    neighbour = await api.world.actor(NEIGHBOUR)
    await api.world.on_case(VOLUNTEER, assign_case, case_id, seat_id=neighbour.seat_id)
    return await on_case(api, case_id)


async def _declining(api: Api) -> Given:
    return {**await _assigned(api), "reason": "อยู่ต่างจังหวัด"}


async def _updating(api: Api) -> Given:
    return await on_case(api, await api.world.case(), state="SCREENING")


async def _noting(api: Api) -> Given:
    return {"case": api.case(await api.world.case()), "text": "โทรหานายจ้างแล้ว"}


async def _referring(api: Api) -> Given:
    return await on_case(
        api,
        await screened(api.world),
        office={"code": "DLPW-43"},
        problemType="UNPAID_WAGES",
        reason="อยู่ในอำนาจของสำนักงาน",
        reasonCategory="COMPETENCE",
        legalBasis="CONSENT",
    )


async def _sent(api: Api) -> Given:
    return await on_referral(api, await api.world.referral(await screened(api.world)))


def _after(*steps: Callable[..., Awaitable[int]], **more: Any) -> Callable[[Api], Awaitable[Given]]:
    async def stage(api: Api) -> Given:
        referral_id = await api.world.referral(await screened(api.world))
        for step in steps:
            await api.world.on_referral(DLPW, step, referral_id)
        return await on_referral(api, referral_id, **more)

    return stage


_WHY = {"reason": "ส่งผิดสำนักงาน", "category": "SENT_IN_ERROR"}
_REFERRAL = {"by": DLPW, "stranger": SSO, "want": "referral { id }"}

SCENES = (
    Scene(
        "registerCitizen",
        _registering,
        stranger=AUDITOR,
        refusal="NOT_PERMITTED",
        want="citizen { id }",
        events=("CITIZEN_REGISTERED",),
    ),
    Scene("openCase", _opening, events=("CASE_OPENED",)),
    Scene("assignCase", _assigning, events=("ASSIGNMENT_PROPOSED",)),
    Scene("acceptAssignment", _assigned, by=NEIGHBOUR, events=("ASSIGNMENT_ACCEPTED", "CASE_HOLDER_CHANGED")),
    Scene("declineAssignment", _declining, by=NEIGHBOUR, events=("ASSIGNMENT_DECLINED",)),
    Scene("updateCaseStatus", _updating, events=("CASE_STATUS_CHANGED",)),
    Scene("addNote", _noting, want="note { id }", events=("NOTE_ADDED",)),
    Scene("referCase", _referring, want="referral { id }", events=("REFERRAL_SENT",)),
    Scene("receiveReferral", _sent, **_REFERRAL, events=("REFERRAL_RECEIVED",)),
    Scene("acceptReferral", _after(receive_referral), **_REFERRAL, events=("REFERRAL_ACCEPTED",)),
    Scene("rejectReferral", _after(**_WHY), **_REFERRAL, events=("REFERRAL_REJECTED",)),
    Scene("startReferral", _after(receive_referral, accept_referral), **_REFERRAL, events=("REFERRAL_STARTED",)),
    Scene(
        "completeReferral",
        _after(receive_referral, accept_referral, start_referral, report="นายจ้างจ่ายครบ", outcome="PAID"),
        **_REFERRAL,
        events=("REFERRAL_COMPLETED",),
    ),
    Scene("recallReferral", _after(**_WHY), want="referral { id }", events=("REFERRAL_RECALLED",)),
)


def scene_of(name: str) -> Scene:
    return next(scene for scene in SCENES if scene.name == name)
