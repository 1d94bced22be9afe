"""A case that two offices give each other: given back once, then the coordinator decides."""

from casework.actions.recall_referral import recall_referral
from casework.errors import RefusalCode
from models.vocabulary import ReasonCategory, ReferralKind
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import COORDINATOR, DLPW, DOE, SSO, World

OPS = "officer OPS-43"
CYCLE = RefusalCode.TRANSFER_CYCLE


async def given_back(world: World) -> int:
    """DLPW gave the case to SSO, and SSO gave it back."""
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    await situations.transferred(world, case_id, by=DLPW, office=SSO)
    await situations.transferred(world, case_id, by=SSO, office=DLPW)
    return case_id


async def test_a_case_is_given_back_once_and_not_given_again_to_who_gave_it_back(world: World) -> None:
    case_id = await given_back(world)
    async with refused_unchanged(world, CYCLE, "input", "office"):
        await world.referral(case_id, DLPW, "SSO-43", kind=ReferralKind.TRANSFER)
    await world.referral(case_id, DLPW, "SSO-43", kind=ReferralKind.REFER)
    await situations.transferred(world, case_id, by=DLPW, office=DOE)
    await situations.transferred(world, case_id, by=DOE, office=DLPW)
    async with refused_unchanged(world, CYCLE, "input", "office"):
        await world.referral(case_id, DLPW, "DOE-43", kind=ReferralKind.TRANSFER)


async def test_a_transfer_that_nobody_accepted_is_no_step(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    for _ in range(2):
        sent = await world.referral(case_id, DLPW, "SSO-43", kind=ReferralKind.TRANSFER)
        why = {"reason": "ส่งผิด", "category": ReasonCategory.SENT_IN_ERROR}
        await world.on_referral(DLPW, recall_referral, sent, **why)
    await situations.transferred(world, case_id, by=DLPW, office=SSO)


async def test_the_provincial_labour_office_takes_it_and_its_coordinator_decides(world: World) -> None:
    case_id = await given_back(world)
    for back in (DLPW, SSO):
        await situations.transferred(world, case_id, by=back, office=OPS)
        if back == DLPW:
            await situations.transferred(world, case_id, by=COORDINATOR, office=SSO)
    async with refused_unchanged(world, CYCLE, "input", "office"):
        await world.referral(case_id, OPS, "SSO-43", kind=ReferralKind.TRANSFER)
    await situations.transferred(world, case_id, by=COORDINATOR, office=SSO)
    await situations.transferred(world, case_id, by=SSO, office=OPS)
    assert await world.value('SELECT holder_office_id FROM "case"') == world.office("OPS-43")
