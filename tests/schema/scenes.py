"""A scene for each mutation: the world just before it, who may do it, who may not, and what they send."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import uuid4

from casework.actions.add_party import Party, add_party
from casework.actions.add_task import add_task
from casework.actions.assign_case import assign_case
from casework.actions.record_key_date import record_key_date
from models.clock_words import KeyEvent
from models.field_words import TaskFor
from models.vocabulary import PartyKind, ReferralState
from tests.api import Api
from tests.casework import situations
from tests.files import PHOTO, upload
from tests.schema.scenes_of_activities import SCENES_OF_ACTIVITIES
from tests.schema.scenes_of_endings import SCENES_BY_CODE, SCENES_OF_ENDINGS
from tests.schema.scenes_of_exports import SCENES_OF_EXPORTS
from tests.schema.scenes_of_people import SCENES_OF_PEOPLE
from tests.schema.scenes_of_statements import SCENES_OF_STATEMENTS
from tests.schema.scenes_of_webhooks import SCENES_OF_WEBHOOKS
from tests.schema.stage import NEIGHBOUR, Given, Scene, on_case, on_referral, queue_owner, screened, seat_id
from tests.world import AUDITOR, COORDINATOR, DLPW, SSO, VOLUNTEER

R = ReferralState


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


async def _sending(api: Api) -> Given:
    note = {"operationId": str(uuid4()), **await _noting(api)}
    return {"queueOwner": await queue_owner(api, VOLUNTEER), "operations": [{"intent": {"addNote": note}}]}


async def _uploading(api: Api) -> Given:
    return {"case": api.case(await api.world.case()), **PHOTO.given()}


async def _uploaded(api: Api) -> Given:
    attachment_id = await upload(api.world, await api.world.case(), PHOTO)
    return {"attachment": api.id("Attachment", attachment_id)}


async def _dating(api: Api) -> Given:
    return {"case": api.case(await api.world.case()), "event": "COMPLAINT_FILED", "day": "2026-11-02"}


async def _extending(api: Api) -> Given:
    sent = await situations.referral_in(api.world, R.ACCEPTED)
    known = {"event": KeyEvent.COMPLAINT_FILED, "day": date(2026, 11, 2)}
    await api.world.act(VOLUNTEER, record_key_date, case_id=sent.case_id, **known)
    deadline = await api.world.value("SELECT id FROM deadline WHERE code = 'INSPECTOR_ORDER'")
    version = await api.world.version(sent.case_id)
    return {"deadline": api.id("Deadline", deadline), "expectedVersion": version, "more": 30, "reason": "รอพยาน"}


async def _visiting(api: Api) -> Given:
    return {"visit": {"planned": {"case": api.case(await api.world.case()), "day": "2026-11-20"}}}


async def _tasking(api: Api) -> Given:
    return {"case": api.case(await api.world.case()), "title": "ขอสลิปเงินเดือน", "dueOn": "2026-11-20"}


async def _completing(api: Api) -> Given:
    given = {"title": "ขอสลิปเงินเดือน", "due": date(2026, 11, 20), "who": TaskFor.VOLUNTEER}
    return {"task": api.id("Task", await api.world.act(VOLUNTEER, add_task, case_id=await api.world.case(), **given))}


async def _checking(api: Api) -> Given:
    return {"case": api.case(await api.world.case()), "document": "WAGE_RECORDS", "state": "RECEIVED"}


async def _incident(api: Api) -> Given:
    """Two citizens have told about the same firm."""
    for _ in range(2):
        party = Party(PartyKind.EMPLOYER, "หจก.โขงทรัพย์การโยธา")
        await api.world.act(VOLUNTEER, add_party, case_id=await screened(api.world), party=party)
    (found,) = await api.world.rows("SELECT id, version FROM incident")
    return {"incident": api.id("Incident", found.id), "expectedVersion": found.version}


async def _referring_together(api: Api) -> Given:
    return {
        **await _incident(api),
        "office": {"code": "DLPW-43"},
        "problemType": "UNPAID_WAGES",
        "reason": "นายจ้างรายเดียวกัน",
        "reasonCategory": "COMPETENCE",
        "legalBasis": "CONSENT",
    }


async def _dismissing(api: Api) -> Given:
    return {**await _incident(api), "dismissal": "UNRELATED"}


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


async def _recording(api: Api) -> Given:
    return await on_case(api, await screened(api.world), problemType="UNPAID_WAGES", outcome="ADVISED")


async def _sent(api: Api) -> Given:
    return await on_referral(api, await api.world.referral(await screened(api.world)))


def _in(state: ReferralState, **more: Any) -> Callable[[Api], Awaitable[Given]]:
    """Stage a referral in a state."""

    async def stage(api: Api) -> Given:
        referral_id = await api.world.referral(await screened(api.world))
        await situations.bring(api.world, referral_id, state)
        return await on_referral(api, referral_id, **more)

    return stage


_WHY = {"reason": "ส่งผิดสำนักงาน", "category": "SENT_IN_ERROR"}
_REFERRAL: dict[str, Any] = {"by": DLPW, "stranger": SSO, "want": "referral { id }"}

PUBLIC_SCENES = SCENES_BY_CODE
"""Those of nobody: see test_closing_by_code.py."""
SCENES = (
    *SCENES_OF_ENDINGS,
    *SCENES_OF_PEOPLE,
    *SCENES_OF_STATEMENTS,
    *SCENES_OF_WEBHOOKS,
    *SCENES_OF_ACTIVITIES,
    *SCENES_OF_EXPORTS,
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
    Scene("recordOutcome", _recording, events=("OUTCOME_RECORDED",)),
    Scene("addNote", _noting, want="note { id }", events=("NOTE_ADDED",)),
    Scene(
        "applyOperations",
        _sending,
        refusal="QUEUE_OF_ANOTHER",
        want="results { operationId note { id } }",
        events=("NOTE_ADDED",),
    ),
    Scene("requestUpload", _uploading, want="attachment { id } upload { url }"),
    Scene("confirmUpload", _uploaded, want="attachment { state }", events=("ATTACHMENT_ADDED",)),
    Scene("recordKeyDate", _dating, events=("KEY_DATE_RECORDED",)),
    Scene("extendDeadline", _extending, by=DLPW, want="deadline { id }", events=("DEADLINE_EXTENDED",)),
    Scene("recordVisit", _visiting, want="visit { id }", events=("VISIT_PLANNED",)),
    Scene("addTask", _tasking, want="task { id }", events=("TASK_MADE",)),
    Scene("completeTask", _completing, want="task { id }", events=("TASK_COMPLETED",)),
    Scene("checkDocument", _checking, events=("DOCUMENT_CHECKED",)),
    Scene("referCase", _referring, want="referral { id }", events=("REFERRAL_SENT",)),
    Scene(
        "referIncident",
        _referring_together,
        by=COORDINATOR,
        want="incident { id }",
        events=("REFERRAL_SENT", "INCIDENT_REFERRED") * 2,
    ),
    Scene(
        "dismissIncident",
        _dismissing,
        by=COORDINATOR,
        want="incident { id }",
        events=("INCIDENT_DISMISSED", "INCIDENT_DISMISSED"),
    ),
    Scene("receiveReferral", _sent, **_REFERRAL, events=("REFERRAL_RECEIVED",)),
    Scene("acceptReferral", _in(R.RECEIVED), **_REFERRAL, events=("REFERRAL_ACCEPTED",)),
    Scene("rejectReferral", _in(R.SENT, **_WHY), **_REFERRAL, events=("REFERRAL_REJECTED",)),
    Scene("startReferral", _in(R.ACCEPTED), **_REFERRAL, events=("REFERRAL_STARTED",)),
    Scene(
        "completeReferral",
        _in(R.IN_PROGRESS, report="นายจ้างจ่ายครบ", outcome="PAID"),
        **_REFERRAL,
        events=("REFERRAL_COMPLETED",),
    ),
    Scene("returnReferral", _in(R.ACCEPTED, **_WHY), **_REFERRAL, events=("REFERRAL_RETURNED",)),
    Scene(
        "requestReferralInfo",
        _in(R.RECEIVED, question="มีสลิปเงินเดือนหรือไม่"),
        **_REFERRAL,
        events=("REFERRAL_INFO_REQUESTED",),
    ),
    Scene(
        "answerReferralInfo",
        _in(R.NEEDS_INFO, answer="มีสามเดือนหลัง"),
        want="referral { id }",
        events=("REFERRAL_INFO_ANSWERED",),
    ),
    Scene("recallReferral", _in(R.SENT, **_WHY), want="referral { id }", events=("REFERRAL_RECALLED",)),
    Scene(
        "renewDisclosure",
        _in(R.RECEIVED, expiresAt="2026-12-01T12:00:00+07:00", discloses=["PHONES"]),
        want="referral { id }",
        events=("DISCLOSURE_RENEWED",),
    ),
    Scene(
        "disputeReferral",
        _in(R.COMPLETED, reason="นายจ้างยังไม่จ่าย"),
        want="referral { id }",
        events=("REFERRAL_DISPUTED",),
    ),
)


def scene_of(name: str) -> Scene:
    return next(scene for scene in (*SCENES, *PUBLIC_SCENES) if scene.name == name)
