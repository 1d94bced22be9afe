"""An operationId succeeds once; whoever asks again gets the first answer, and nothing happens twice."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from casework.actions.accept_assignment import accept_assignment
from casework.actions.assign_case import assign_case
from tests.api import Api
from tests.schema.scenes import PUBLIC_SCENES, SCENES, scene_of
from tests.schema.stage import NEIGHBOUR, Scene, on_case
from tests.world import OTHER_VOLUNTEER, VOLUNTEER, SilentFeed, World


@pytest.mark.parametrize("scene", [*SCENES, *PUBLIC_SCENES], ids=str)
async def test_a_replay_answers_the_same_and_changes_nothing_more(world: World, api: Api, scene: Scene) -> None:
    given = {**await scene.stage(api), "operationId": str(uuid4())}
    first = await api.do(scene.name, scene.by, want=scene.want, **given)
    assert first["__typename"].endswith("Payload")
    after = await world.fingerprint()
    assert await api.do(scene.name, scene.by, want=scene.want, **given) == first
    again = await world.fingerprint()
    assert again.pop("rate_limit") != after.pop("rate_limit") if scene.public else True
    assert again == after


async def test_the_same_operation_id_with_other_input_or_for_another_verb_is_refused(world: World, api: Api) -> None:
    note: dict[str, Any] = {"case": api.case(await world.case()), "text": "โทรหานายจ้างแล้ว", "operationId": str(uuid4())}
    await api.do("addNote", VOLUNTEER, **note)
    after = await world.fingerprint()
    update = await on_case(api, await world.value('SELECT id FROM "case"'), state="SCREENING")
    for name, given in (
        ("addNote", {**note, "text": "นายจ้างไม่รับสาย"}),
        ("addNote", {**note, "audience": "HOLDER_ONLY"}),
        ("updateCaseStatus", {**update, "operationId": note["operationId"]}),
    ):
        refused = await api.do(name, VOLUNTEER, **given)
        assert (refused["__typename"], refused["code"]) == ("OperationReused", "OPERATION_REUSED")
        assert refused["path"] == ["input", "operationId"]
    assert await world.fingerprint() == after


async def test_two_accounts_may_use_the_same_operation_id(world: World, api: Api) -> None:
    given: dict[str, Any] = {"givenName": "สมชาย", "familyName": "มีสุข", "operationId": str(uuid4())}
    for by in (VOLUNTEER, OTHER_VOLUNTEER):
        assert (await api.do("registerCitizen", by, **given))["__typename"] == "RegisterCitizenPayload"
    assert await world.value("SELECT count(*) FROM citizen") == 2


async def test_a_refused_attempt_may_be_made_again_with_the_same_id_and_better_input(world: World, api: Api) -> None:
    given = {"givenName": " ", "familyName": "มีสุข", "operationId": str(uuid4())}
    assert (await api.do("registerCitizen", VOLUNTEER, **given))["code"] == "TEXT_MISSING"
    done = await api.do("registerCitizen", VOLUNTEER, **{**given, "givenName": "สมชาย"})
    assert done["__typename"] == "RegisterCitizenPayload"
    assert await world.value("SELECT count(*) FROM citizen") == 1


async def test_twins_sent_at_once_do_it_once_and_both_get_the_answer(world: World, api: Api) -> None:
    given = {"case": api.case(await world.case()), "text": "โทรหานายจ้างแล้ว", "operationId": str(uuid4())}
    answers = await asyncio.gather(*(api.do("addNote", VOLUNTEER, want="note { id }", **given) for _ in range(5)))
    assert [answer["note"] for answer in answers] == [answers[0]["note"]] * 5
    assert await world.value("SELECT count(*) FROM note") == 1


async def test_a_replay_is_shown_under_todays_visibility(world: World, api: Api) -> None:
    given = {**await scene_of("openCase").stage(api), "operationId": str(uuid4())}
    want = "case { id narrative viewerAccess { level } }"
    first = (await api.do("openCase", VOLUNTEER, want=want, **given))["case"]
    assert (first["narrative"], first["viewerAccess"]["level"]) == ("ไม่ได้รับค่าจ้างสองเดือน", "FULL")
    case_id = await world.value('SELECT id FROM "case"')
    neighbour = await world.actor(NEIGHBOUR)
    await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=neighbour.seat_id)
    await world.on_case(NEIGHBOUR, accept_assignment, case_id)
    again = (await api.do("openCase", VOLUNTEER, want=want, **given))["case"]
    assert again == {"id": first["id"], "narrative": None, "viewerAccess": {"level": "STATUS"}}


class Guillotine(SilentFeed):
    """Kills the task of the request at the moment after its commit, as a crash would."""

    fell = False

    def ring(self) -> None:
        if not self.fell:
            self.fell = True
            task = asyncio.current_task()
            assert task is not None
            task.cancel()


async def test_after_a_crash_between_commit_and_answer_the_first_answer_is_given(world: World) -> None:
    feed = Guillotine()
    async with Api.around(world, feed=feed) as api:
        given = {"case": api.case(await world.case()), "text": "โทรหานายจ้างแล้ว", "operationId": str(uuid4())}
        request = asyncio.create_task(api.do("addNote", VOLUNTEER, want="note { id text }", **given))
        with pytest.raises(asyncio.CancelledError):
            await request
        assert feed.fell
        assert await world.value("SELECT count(*) FROM note") == 1
        after = await world.fingerprint()
        answer: dict[str, Any] = await api.do("addNote", VOLUNTEER, want="note { id text }", **given)
        number = await world.value("SELECT id FROM note")
        assert answer == {
            "__typename": "AddNotePayload",
            "note": {"id": api.id("Note", number), "text": "โทรหานายจ้างแล้ว"},
        }
        assert await world.fingerprint() == after
