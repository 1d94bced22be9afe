"""One case of every plot is played through the real actions."""

from casework.demo.loader import load_cases
from casework.demo.scripts import read_scripts
from models.vocabulary import CaseState, ReferralKind, ReferralState
from tests.world import World


async def test_one_case_of_every_plot_can_be_played(world: World) -> None:
    told = {script["key"].rpartition("-")[0]: script for script in read_scripts() if script["key"][-3:].isdigit()}
    scripts = sorted(told.values(), key=lambda script: str(script["opened"]))
    played = await load_cases(world.owner, world.reference, world.keys, progress=lambda *_: None, scripts=scripts)
    assert played == 60
    states = await world.rows('SELECT DISTINCT state FROM "case"')
    referrals = await world.rows("SELECT DISTINCT state, kind FROM referral")
    assert {row.state for row in states} == set(CaseState)
    assert {row.state for row in referrals} == set(ReferralState)
    assert {row.kind for row in referrals} == set(ReferralKind)
