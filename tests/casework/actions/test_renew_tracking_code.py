"""Give the citizen of a case a new tracking code."""

import pytest

from casework.actions.renew_tracking_code import renew_tracking_code
from casework.errors import RefusalCode
from casework.keys import Keys
from casework.tracking import opens, tracking_code
from casework.versions import Versioned
from models.vocabulary import EventKind
from tests.casework import situations
from tests.casework.refusals import nothing_changes, refused_unchanged
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

KEYS, OTHER_KEYS = Keys(b"one secret of thirty-two bytes.."), Keys(b"another secret of 32 bytes......")
RING = Keys(b"another secret of 32 bytes......", b"one secret of thirty-two bytes..")


async def test_the_generation_rises_and_the_event_holds_no_code(world: World) -> None:
    case_id, before = await world.case(), await world.fingerprint()
    version, at = await world.version(case_id), world.now
    assert await world.on_case(VOLUNTEER, renew_tracking_code, case_id) == case_id
    assert await world.rows('SELECT tracking_generation, version, updated_at FROM "case"') == [(2, version + 1, at)]
    event = (await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1"))[0]
    assert tuple(event) == (EventKind.TRACKING_CODE_RENEWED, {"generation": 2})
    after = await world.fingerprint()
    assert {name for name in after if after[name] != before[name]} == {"event", "feed_pending", '"case"'}


async def test_the_holder_and_the_volunteer_of_the_case_may_and_after_its_end_the_holder(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    for by in (DLPW, VOLUNTEER):
        await world.on_case(by, renew_tracking_code, case_id)
    ended = await situations.closed(world)
    await world.on_case(VOLUNTEER, renew_tracking_code, ended)
    assert await world.rows('SELECT tracking_generation FROM "case" ORDER BY id') == [(3,), (2,)]


@pytest.mark.parametrize("by", [MENTOR, COORDINATOR, AUDITOR])
async def test_whoever_sees_the_case_by_position_may_not(world: World, by: str) -> None:
    case_id = await world.case()
    async with refused_unchanged(world, RefusalCode.NOT_PERMITTED):
        await world.on_case(by, renew_tracking_code, case_id)


async def test_a_stranger_finds_no_case(world: World) -> None:
    case_id = await world.case()
    async with refused_unchanged(world, RefusalCode.NOT_FOUND):
        await world.on_case(OTHER_VOLUNTEER, renew_tracking_code, case_id)


async def test_an_older_version_is_refused(world: World) -> None:
    case_id = await world.case()
    async with nothing_changes(world):
        with pytest.raises(Exception, match="VERSION_CONFLICT") as caught:
            await world.act(VOLUNTEER, renew_tracking_code, case_id=case_id, expected_version=0)
    assert caught.value.subject == (Versioned.CASE, case_id)  # type: ignore[attr-defined]


def test_a_code_opens_its_own_case_and_generation_alone() -> None:
    code = tracking_code(KEYS, 17, 2)
    assert opens(KEYS, code.lower(), 17, 2)
    assert not opens(KEYS, code, 17, 1)
    assert not opens(KEYS, code, 18, 2)
    assert not opens(KEYS, code[:-1], 17, 2)
    assert not opens(OTHER_KEYS, code, 17, 2)


def test_no_code_opens_a_case_that_does_not_exist() -> None:
    assert not opens(KEYS, tracking_code(KEYS, 0, 1), None, 1)


def test_a_code_is_good_while_its_key_is_in_the_ring() -> None:
    old = tracking_code(KEYS, 17, 1)
    assert tracking_code(RING, 17, 1) == tracking_code(OTHER_KEYS, 17, 1) != old
    assert opens(RING, old, 17, 1)
    assert opens(RING, tracking_code(RING, 17, 1), 17, 1)
