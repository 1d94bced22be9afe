"""Scenes of the mutations that end a case, lead back from its end, and join cases."""

from typing import Any

from casework.actions.merge_cases import merge_cases
from casework.actions.open_case import Intake, open_case
from models.vocabulary import Channel
from tests.api import Api
from tests.casework import situations
from tests.schema.stage import Given, Scene, on_case
from tests.schema.window import told
from tests.world import COORDINATOR, TAMBON, VOLUNTEER, World


async def _confirming(api: Api) -> Given:
    return await on_case(api, await situations.resolved(api.world), note="ผู้ร้องยืนยันทางโทรศัพท์")


async def _disputing(api: Api) -> Given:
    return await on_case(api, await situations.resolved(api.world), reason="ได้เงินไม่ครบ")


async def _renewing(api: Api) -> Given:
    return await on_case(api, await api.world.case())


async def _approving(api: Api) -> Given:
    return await on_case(api, await situations.resolved(api.world, "HARASSMENT"))


async def _reopening(api: Api) -> Given:
    return await on_case(api, await situations.closed(api.world), reason="นายจ้างผิดนัด")


async def twins(world: World, *problems: str) -> tuple[int, int]:
    """Two cases of one citizen; the second has other problems when they are named."""
    first = await world.case()
    intake = Intake(
        citizen_id=await world.value('SELECT citizen_id FROM "case" WHERE id = :id', id=first),
        problem_type_codes=problems or ("UNPAID_WAGES",),
        area_code=TAMBON,
        narrative="แจ้งซ้ำเรื่องค่าจ้าง",
        channel=Channel.VOLUNTEER,
    )
    return first, await world.act(VOLUNTEER, open_case, intake=intake)


async def merged(world: World, *problems: str) -> tuple[int, int]:
    """Two cases, the second merged into the first."""
    first, second = await twins(world, *problems)
    versions = {"expected_version": await world.version(second), "expected_into_version": await world.version(first)}
    await world.act(VOLUNTEER, merge_cases, source_id=second, target_id=first, **versions)
    return first, second


async def _merging(api: Api) -> Given:
    first, second = await twins(api.world)
    more: dict[str, Any] = {"into": api.case(first), "expectedIntoVersion": await api.world.version(first)}
    return await on_case(api, second, **more)


async def _parting(api: Api) -> Given:
    _, second = await merged(api.world)
    return await on_case(api, second)


async def _confirming_by_code(api: Api) -> Given:
    known = await told(api.world, await situations.resolved(api.world))
    return {"reference": known["reference"], "trackingCode": known["code"]}


async def _disputing_by_code(api: Api) -> Given:
    return {**await _confirming_by_code(api), "reason": "ได้เงินไม่ครบ"}


_BY_CODE: dict[str, Any] = {"by": None, "refusal": "TRACKING_CODE_WRONG", "want": "status { state }", "public": True}
SCENES_BY_CODE = (
    Scene("confirmClosingByCode", _confirming_by_code, **_BY_CODE, events=("CASE_CLOSED",)),
    Scene("disputeClosingByCode", _disputing_by_code, **_BY_CODE, events=("CLOSING_DISPUTED",)),
)
SCENES_OF_ENDINGS = (
    Scene("confirmClosing", _confirming, events=("CASE_CLOSED",)),
    Scene("disputeClosing", _disputing, events=("CLOSING_DISPUTED",)),
    Scene("approveClosing", _approving, by=COORDINATOR, events=("CASE_CLOSED",)),
    Scene("renewTrackingCode", _renewing, want="trackingCode case { id }", events=("TRACKING_CODE_RENEWED",)),
    Scene("reopenCase", _reopening, events=("CASE_REOPENED",)),
    Scene("mergeCases", _merging, events=("CASE_MERGED", "CASE_ABSORBED")),
    Scene("unmergeCases", _parting, events=("CASE_RELEASED", "CASE_UNMERGED")),
)
