"""Who hears a note: its audience, for each kind of reader."""

import pytest

from casework.actions.add_note import add_note
from models.vocabulary import Audience, EventKind, Level, ReferralState
from resolvers.cases import cases_by_ids
from resolvers.paging import Paging
from resolvers.timeline import NOTES, TIMELINES, notes_by_ids
from tests.casework import situations
from tests.casework.policy.eyes import eyes_of
from tests.world import AUDITOR, COORDINATOR, DLPW, DOE, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

A = Audience
PAGE = Paging(100, backward=False, after=None)
COLLEAGUE = "officer DLPW-43 2"
READERS = (VOLUNTEER, OTHER_VOLUNTEER, MENTOR, COORDINATOR, DLPW, COLLEAGUE, SSO, DOE, AUDITOR)
EVERYBODY = {VOLUNTEER, MENTOR, COORDINATOR, DLPW, COLLEAGUE, SSO}
"""All that read the case at level WORK: the one proposed to, the stranger and the auditor do not."""


async def shared_case(world: World) -> int:
    """A case held by the volunteer, with DLPW and SSO at work and a proposal open."""
    case_id = await situations.screened(world, "UNPAID_WAGES", "WORK_INJURY")
    for office, problem in ((DLPW, "UNPAID_WAGES"), (SSO, "WORK_INJURY")):
        referral_id = await world.referral(case_id, to=office.split()[1], problem_type_code=problem)
        await situations.bring(world, referral_id, ReferralState.RECEIVED, office=office)
    await situations.asked(world, case_id)
    return case_id


async def readers_of(world: World, note_id: int, case_id: int) -> set[str]:
    """Give who finds the note, by its id and in the list of its case alike."""
    found = set()
    for by in READERS:
        async with eyes_of(world, by) as context:
            (note,) = await notes_by_ids([note_id], context=context)
            (case,) = await cases_by_ids([case_id], context=context)
            pages = await NOTES.pages([case], PAGE, context=context) if case else []
        listed = {row.id for page in pages for row in page.rows}
        assert (note is not None) == (note_id in listed)
        if note is not None:
            found.add(by)
    return found


@pytest.mark.parametrize(
    ("author", "audience", "readers"),
    [
        (DLPW, A.CASE, EVERYBODY),
        (DLPW, A.CITIZEN, EVERYBODY),
        (DLPW, A.OWN_AGENCY, {DLPW, COLLEAGUE}),
        (DLPW, A.HOLDER_ONLY, {DLPW, VOLUNTEER}),
        (SSO, A.OWN_AGENCY, {SSO}),
        (VOLUNTEER, A.OWN_AGENCY, {VOLUNTEER}),
        (VOLUNTEER, A.HOLDER_ONLY, {VOLUNTEER}),
        (MENTOR, A.HOLDER_ONLY, {MENTOR, VOLUNTEER}),
        (COORDINATOR, A.OWN_AGENCY, {COORDINATOR}),
    ],
)
async def test_a_note_is_read_by_its_audience_and_its_author(
    world: World, author: str, audience: Audience, readers: set[str]
) -> None:
    case_id = await shared_case(world)
    note_id = await world.act(author, add_note, case_id=case_id, audience=audience, text="นัดไกล่เกลี่ย")
    assert await readers_of(world, note_id, case_id) == readers


async def test_the_holder_hears_as_long_as_it_holds(world: World) -> None:
    case_id = await situations.screened(world)
    note_id = await world.act(MENTOR, add_note, case_id=case_id, audience=A.HOLDER_ONLY, text="ลับ")
    assert await readers_of(world, note_id, case_id) == {VOLUNTEER, MENTOR}
    await situations.transferred(world, case_id)
    assert await readers_of(world, note_id, case_id) == {MENTOR, DLPW, COLLEAGUE}


async def test_events_of_a_note_have_its_audience_and_need_level_anonymous(world: World) -> None:
    case_id = await shared_case(world)
    await world.act(DLPW, add_note, case_id=case_id, audience=A.HOLDER_ONLY, text="ลับ")
    heard = {}
    for by in (VOLUNTEER, DLPW, COLLEAGUE, SSO, OTHER_VOLUNTEER, AUDITOR):
        async with eyes_of(world, by) as context:
            (case,) = await cases_by_ids([case_id], context=context)
            assert case is not None
            (page,) = await TIMELINES.pages([case], PAGE, context=context)
        heard[by] = (case.level, [row.kind for row in page.rows].count(EventKind.NOTE_ADDED), len(page.rows))
    assert heard == {
        VOLUNTEER: (Level.FULL, 1, 8),
        DLPW: (Level.WORK, 1, 8),
        COLLEAGUE: (Level.WORK, 0, 7),
        SSO: (Level.WORK, 0, 7),
        OTHER_VOLUNTEER: (Level.ANONYMOUS, 0, 7),
        AUDITOR: (Level.ANONYMOUS, 0, 7),
    }


async def test_at_level_status_there_is_no_timeline(world: World) -> None:
    case_id = await world.case()
    await situations.declined(world, case_id)
    async with eyes_of(world, OTHER_VOLUNTEER) as context:
        (case,) = await cases_by_ids([case_id], context=context)
        assert case is not None
        (page,) = await TIMELINES.pages([case], PAGE, context=context)
    assert (case.level, list(page.rows)) == (Level.STATUS, [])
