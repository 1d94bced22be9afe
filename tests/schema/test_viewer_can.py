"""What `viewerCan` promises is what the mutation then answers."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from casework.actions.accept_referral import accept_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState
from tests.api import Api
from tests.schema.scenes import scene_of
from tests.schema.stage import NEIGHBOUR, on_case, on_referral, screened, seat_id
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, VOLUNTEER, World

CASE = "query ($id: ID!, $do: CaseAction!) { node(id: $id) { ... on Case { viewerCan(action: $do) { %s } } } }"
REFERRAL = (
    "query ($id: ID!, $do: ReferralAction!) { node(id: $id) { ... on Referral { viewerCan(action: $do) { %s } } } }"
)
FIELDS = "allowed reason message"
ACTORS = (VOLUNTEER, NEIGHBOUR, MENTOR, COORDINATOR, DLPW, AUDITOR)


async def _new(world: World) -> int:
    return await world.case()


async def _referred(world: World) -> int:
    case_id = await screened(world)
    await world.referral(case_id)
    return case_id


async def _withdrawn(world: World) -> int:
    case_id = await _referred(world)
    return await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.WITHDRAWN, reason="ถอนเรื่อง")


async def _try(api: Api, by: str, action: str, case_id: int) -> dict[str, Any]:
    verbs: dict[str, tuple[str, dict[str, Any]]] = {
        "ASSIGN": ("assignCase", {"seat": await seat_id(api, NEIGHBOUR)}),
        "ANSWER_ASSIGNMENT": ("acceptAssignment", {}),
        "UPDATE_STATUS": ("updateCaseStatus", {"state": "SCREENING"}),
        "END": ("updateCaseStatus", {"state": "OUT_OF_SCOPE", "reason": "ไม่ใช่เรื่องแรงงาน"}),
        "REFER": (
            "referCase",
            {
                "office": {"code": "SSO-43"},
                "problemType": "UNPAID_WAGES",
                "reason": "ตรวจสิทธิ",
                "reasonCategory": "JOINT_WORK",
                "legalBasis": "CONSENT",
            },
        ),
        "ADD_NOTE": ("addNote", {"text": "โทรแล้ว"}),
    }
    verb, more = verbs[action]
    given = {**await on_case(api, case_id), **more}
    if verb == "addNote":
        del given["expectedVersion"]
    return await api.do(verb, by, **given)


@pytest.mark.parametrize("stage", [_new, _referred, _withdrawn])
@pytest.mark.parametrize("action", ["ASSIGN", "ANSWER_ASSIGNMENT", "UPDATE_STATUS", "END", "REFER", "ADD_NOTE"])
async def test_what_can_be_done_to_a_case_is_what_the_mutation_lets_through(
    world: World, api: Api, stage: Callable[[World], Awaitable[int]], action: str
) -> None:
    case_id = await stage(world)
    for by in ACTORS:
        node = (await api.ask(CASE % FIELDS, by, id=api.id("Case", case_id), do=action))["node"]
        before = await world.fingerprint()
        answer = await _try(api, by, action, case_id)
        if node is None:
            assert answer["code"] == "NOT_FOUND", by
        elif node["viewerCan"]["allowed"]:
            assert node["viewerCan"] == {"allowed": True, "reason": None, "message": None}
            possible = answer["__typename"].endswith("Payload") or answer["code"] == "CASE_STEP_ILLEGAL"
            assert possible, (by, answer)
            await world.clear()
            case_id = await stage(world)
            continue
        else:
            assert (node["viewerCan"]["reason"], node["viewerCan"]["message"]) == (answer["code"], answer["message"]), (
                by
            )
        assert await world.fingerprint() == before


@pytest.mark.parametrize("steps", [(), (receive_referral,), (receive_referral, accept_referral)], ids=len)
async def test_what_can_be_done_to_a_referral_is_what_the_mutation_lets_through(
    world: World, api: Api, steps: tuple[Callable[..., Awaitable[int]], ...]
) -> None:
    verbs = {
        "RECEIVE": "receiveReferral",
        "ACCEPT": "acceptReferral",
        "REJECT": "rejectReferral",
        "START": "startReferral",
        "COMPLETE": "completeReferral",
        "RECALL": "recallReferral",
    }
    more: dict[str, dict[str, Any]] = {
        "COMPLETE": {"report": "จ่ายครบ"},
        "REJECT": {"reason": "ไม่ใช่", "category": "NOT_COMPETENT"},
        "RECALL": {"reason": "ส่งผิด", "category": "SENT_IN_ERROR"},
    }
    allowed = set()
    for action, verb in verbs.items():
        for by in (VOLUNTEER, DLPW, COORDINATOR, MENTOR):
            referral_id = await world.referral(await screened(world))
            for step in steps:
                await world.on_referral(DLPW, step, referral_id)
            given = await on_referral(api, referral_id, **more.get(action, {}))
            can = (await api.ask(REFERRAL % FIELDS, by, id=given["referral"], do=action))["node"]["viewerCan"]
            answer = await api.do(verb, by, **given)
            if can["allowed"]:
                assert answer["__typename"].endswith("Payload"), (by, action, answer)
                allowed.add((by, action))
            else:
                assert (can["reason"], can["message"]) == (answer["code"], answer["message"]), (by, action)
    assert allowed == ALLOWED[len(steps)]


ALLOWED = {
    0: {(DLPW, "RECEIVE"), (DLPW, "REJECT"), (VOLUNTEER, "RECALL"), (COORDINATOR, "RECALL")},
    1: {(DLPW, "ACCEPT"), (DLPW, "REJECT"), (VOLUNTEER, "RECALL"), (COORDINATOR, "RECALL")},
    2: {(DLPW, "START")},
}


async def test_nobody_is_told_what_they_could_do(world: World, api: Api) -> None:
    case_id = await world.case()
    assert (await api.ask(CASE % FIELDS, None, id=api.id("Case", case_id), do="REFER"))["node"] is None
    assert scene_of("referCase").by == VOLUNTEER
