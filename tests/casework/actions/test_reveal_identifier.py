"""Show somebody the whole number of a citizen's document, for a reason."""

from typing import Any

import pytest

from casework.actions.reveal_identifier import reveal_identifier
from casework.actions.update_citizen import Correction, ShownIdentifier, update_citizen
from casework.citizen_records import Identifier
from casework.errors import RefusalCode
from models.vocabulary import DisclosedField, EventKind, IdentifierKind, ReferralState
from resolvers.reveals import reveals_by_ids
from tests.casework import situations
from tests.casework.policy.eyes import eyes_of
from tests.casework.refusals import refused_unchanged
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code, NATIONAL_ID, PASSPORT = RefusalCode, IdentifierKind.NATIONAL_ID, IdentifierKind.PASSPORT
NUMBER = "1234545678781"
SHOWN = ShownIdentifier(NATIONAL_ID, "8781")
ASKED: dict[str, Any] = {"shown": SHOWN, "reason": "กรอกแบบ คร.7"}
DOCUMENTS = [Identifier(NATIONAL_ID, NUMBER), Identifier(PASSPORT, "AA128781")]


async def whose(world: World, **sending: Any) -> int:
    """The citizen of a case that an office has received."""
    citizen_id = await world.citizen(identifiers=DOCUMENTS)
    case_id = await situations.screened(world, citizen_id=citizen_id)
    referral_id = await world.referral(case_id, **sending)
    await situations.bring(world, referral_id, ReferralState.RECEIVED)
    return citizen_id


async def numbers_shown(world: World, by: str, reveal_id: int) -> list[str | None]:
    async with eyes_of(world, by) as context:
        return [row and row.number for row in await reveals_by_ids([reveal_id], context=context)]


async def test_who_asked_when_and_why_is_kept_and_the_event_holds_neither_reason_nor_number(world: World) -> None:
    citizen_id, at = await world.citizen(identifiers=DOCUMENTS), world.now
    before, by = await world.fingerprint(), await world.actor(VOLUNTEER)
    reveal_id = await world.act(VOLUNTEER, reveal_identifier, citizen_id=citizen_id, **ASKED)
    (row,) = await world.rows("SELECT * FROM identifier_reveal")
    document = await world.value("SELECT id FROM citizen_identifier WHERE kind = 'NATIONAL_ID'")
    assert (row.id, row.citizen_id, row.identifier_id, row.kind) == (reveal_id, citizen_id, document, NATIONAL_ID)
    assert (row.reason, row.revealed_at) == ("กรอกแบบ คร.7", at)
    assert (row.revealed_by_seat_id, row.revealed_by_account_id) == (by.seat_id, by.account_id)
    event = (await world.rows("SELECT subject_id, kind, payload FROM event ORDER BY id DESC LIMIT 1"))[0]
    told = {"reveal": reveal_id, "kind": "NATIONAL_ID"}
    assert tuple(event) == (citizen_id, EventKind.IDENTIFIER_REVEALED, told)
    assert await world.value("SELECT version FROM citizen") == 1
    after = await world.fingerprint()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"identifier_reveal", "event", "feed_pending", "citizen"}


@pytest.mark.parametrize("by", [VOLUNTEER, COORDINATOR])
async def test_those_who_see_the_citizen_at_level_full_are_shown_the_number(world: World, by: str) -> None:
    citizen_id = await whose(world)
    reveal_id = await world.act(by, reveal_identifier, citizen_id=citizen_id, **ASKED)
    assert await numbers_shown(world, by, reveal_id) == [NUMBER]


@pytest.mark.parametrize(
    ("by", "code"), [(MENTOR, Code.NOT_PERMITTED), (DLPW, Code.NOT_PERMITTED), (OTHER_VOLUNTEER, Code.NOT_FOUND)]
)
async def test_nobody_else_is_even_an_office_to_which_the_last_four_are_disclosed(
    world: World, by: str, code: RefusalCode
) -> None:
    citizen_id = await whose(world, discloses=frozenset(DisclosedField))
    async with refused_unchanged(world, code):
        await world.act(by, reveal_identifier, citizen_id=citizen_id, **ASKED)


async def test_an_auditor_finds_no_citizen(world: World) -> None:
    citizen_id = await whose(world)
    async with refused_unchanged(world, Code.NOT_FOUND):
        await world.act(AUDITOR, reveal_identifier, citizen_id=citizen_id, **ASKED)


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
async def test_without_a_reason_nothing_is_shown(world: World, reason: str) -> None:
    citizen_id = await world.citizen(identifiers=DOCUMENTS)
    async with refused_unchanged(world, Code.TEXT_MISSING, "input", "reason"):
        await world.act(VOLUNTEER, reveal_identifier, citizen_id=citizen_id, shown=SHOWN, reason=reason)


@pytest.mark.parametrize(
    "shown", [ShownIdentifier(NATIONAL_ID, "8782"), ShownIdentifier(IdentifierKind.PINK_CARD, "8781")]
)
async def test_a_document_that_the_citizen_does_not_have_is_not_found(world: World, shown: ShownIdentifier) -> None:
    citizen_id = await world.citizen(identifiers=DOCUMENTS)
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "identifier"):
        await world.act(VOLUNTEER, reveal_identifier, citizen_id=citizen_id, shown=shown, reason="คร.7")


async def test_somebody_elses_reason_shows_nobody_the_number(world: World) -> None:
    reveal_id = await world.act(VOLUNTEER, reveal_identifier, citizen_id=await whose(world), **ASKED)
    for by in (COORDINATOR, MENTOR, OTHER_VOLUNTEER, AUDITOR):
        assert await numbers_shown(world, by, reveal_id) == [None]


async def test_a_document_that_was_taken_away_is_shown_no_more(world: World) -> None:
    citizen_id = await world.citizen(identifiers=DOCUMENTS)
    reveal_id = await world.act(VOLUNTEER, reveal_identifier, citizen_id=citizen_id, **ASKED)
    correction = Correction(removed=[SHOWN])
    await world.act(VOLUNTEER, update_citizen, citizen_id=citizen_id, expected_version=1, correction=correction)
    assert await numbers_shown(world, VOLUNTEER, reveal_id) == [None]
    assert await world.value("SELECT count(*) FROM identifier_reveal") == 1
