"""Which citizens somebody sees, and which of their contacts."""

from typing import Any

import pytest

from casework.actions.open_case import Intake, open_case
from casework.citizen_records import Identifier
from models.vocabulary import CaseState, Channel, DisclosedField, IdentifierKind, Level, ReferralKind, ReferralState
from resolvers.citizens import citizens_by_ids, contacts_of_citizens
from resolvers.rows_of_people import CitizenRow, ContactsRow, IdentifierRow
from tests.casework import situations
from tests.casework.policy.eyes import eyes_of
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    TAMBON,
    VOLUNTEER,
    World,
)

R = ReferralState
KNOWN: dict[str, Any] = {
    "phones": ["0812345678", "042411778"],
    "addresses": ["99/9 หมู่ 4"],
    "identifiers": [
        Identifier(IdentifierKind.NATIONAL_ID, "1234545678781"),
        Identifier(IdentifierKind.PASSPORT, "AA1234567"),
    ],
}
PHONES = ["+66812345678", "+6642411778"]
ADDRESSES = ["99/9 หมู่ 4"]
LAST_FOUR = [IdentifierRow(IdentifierKind.NATIONAL_ID, "8781"), IdentifierRow(IdentifierKind.PASSPORT, "4567")]
ALL = ContactsRow(PHONES, ADDRESSES, LAST_FOUR)
NONE = ContactsRow(None, None, None)


async def seen(world: World, by: str, citizen_id: int) -> CitizenRow | None:
    async with eyes_of(world, by) as context:
        (row,) = await citizens_by_ids([citizen_id], context=context)
        return row


async def contacts(world: World, by: str, citizen_id: int) -> ContactsRow | None:
    """Give the contacts that somebody sees; None when the citizen is not seen at all."""
    async with eyes_of(world, by) as context:
        (row,) = await citizens_by_ids([citizen_id], context=context)
        return None if row is None else (await contacts_of_citizens([row], context=context))[0]


async def open_for(world: World, citizen_id: int, by: str = VOLUNTEER, problem: str = "UNPAID_WAGES") -> int:
    intake = Intake(citizen_id, [problem], TAMBON, "ค้างค่าจ้าง", Channel.VOLUNTEER)
    return await world.act(by, open_case, intake=intake)


async def test_until_the_first_case_only_the_registering_seat_sees_a_citizen(world: World) -> None:
    citizen_id = await world.citizen(**KNOWN)
    row = await seen(world, VOLUNTEER, citizen_id)
    assert row is not None
    assert (row.given_name, row.family_name, row.level) == ("สมหญิง", "ใจดี", Level.FULL)
    assert await contacts(world, VOLUNTEER, citizen_id) == ALL
    for by in (OTHER_VOLUNTEER, MENTOR, COORDINATOR, DLPW, AUDITOR, ADMIN):
        assert await seen(world, by, citizen_id) is None


async def test_from_the_first_case_on_the_cases_decide(world: World) -> None:
    citizen_id = await world.citizen(**KNOWN)
    case_id = await open_for(world, citizen_id)
    expected = {VOLUNTEER: ALL, COORDINATOR: ALL, MENTOR: NONE, OTHER_MENTOR: None, AUDITOR: None, DLPW: None}
    assert {by: await contacts(world, by, citizen_id) for by in expected} == expected
    await situations.accepted(world, case_id)
    assert await seen(world, VOLUNTEER, citizen_id) is None
    assert await contacts(world, OTHER_VOLUNTEER, citizen_id) == ALL


async def test_a_citizen_is_seen_at_the_highest_level_of_the_cases(world: World) -> None:
    citizen_id = await world.citizen(**KNOWN)
    await open_for(world, citizen_id, problem="FORCED_LABOUR")
    assert await seen(world, MENTOR, citizen_id) is None
    await open_for(world, citizen_id)
    assert await contacts(world, MENTOR, citizen_id) == NONE


async def test_the_coordinator_sees_a_name_but_no_contacts_of_a_sensitive_case(world: World) -> None:
    citizen_id = await world.citizen(**KNOWN)
    await open_for(world, citizen_id, problem="FORCED_LABOUR")
    assert await contacts(world, COORDINATOR, citizen_id) == NONE


async def test_nothing_known_is_an_empty_list_and_nothing_shown_is_null(world: World) -> None:
    citizen_id = await world.citizen()
    await open_for(world, citizen_id)
    assert await contacts(world, VOLUNTEER, citizen_id) == ContactsRow([], [], [])
    assert await contacts(world, MENTOR, citizen_id) == NONE


@pytest.mark.parametrize(
    ("discloses", "expected"),
    [
        ([], NONE),
        ([DisclosedField.PHONES], ContactsRow(PHONES, None, None)),
        ([DisclosedField.ADDRESSES], ContactsRow(None, ADDRESSES, None)),
        ([DisclosedField.IDENTIFIERS], ContactsRow(None, None, LAST_FOUR)),
        ([DisclosedField.PHONES, DisclosedField.IDENTIFIERS], ContactsRow(PHONES, None, LAST_FOUR)),
        (list(DisclosedField), ALL),
    ],
)
async def test_an_office_sees_what_the_referral_discloses_once_it_is_received(
    world: World, discloses: list[DisclosedField], expected: ContactsRow
) -> None:
    citizen_id = await world.citizen(**KNOWN)
    case_id = await open_for(world, citizen_id)
    await situations.status(world, case_id, CaseState.SCREENING)
    referral_id = await world.referral(case_id, discloses=frozenset(discloses))
    assert await contacts(world, DLPW, citizen_id) is None
    await situations.bring(world, referral_id, R.RECEIVED)
    assert await contacts(world, DLPW, citizen_id) == expected
    assert await contacts(world, SSO, citizen_id) is None


@pytest.mark.parametrize("end", [R.REJECTED, R.RECALLED, R.COMPLETED, R.RETURNED])
async def test_disclosure_ends_with_the_referral(world: World, end: ReferralState) -> None:
    citizen_id = await world.citizen(**KNOWN)
    case_id = await open_for(world, citizen_id)
    await situations.status(world, case_id, CaseState.SCREENING)
    referral_id = await world.referral(case_id, discloses=frozenset(DisclosedField))
    await situations.bring(world, referral_id, end)
    assert await contacts(world, DLPW, citizen_id) is None


async def test_the_disclosures_of_two_referrals_add_up(world: World) -> None:
    citizen_id = await world.citizen(**KNOWN)
    intake = Intake(citizen_id, ["UNPAID_WAGES", "SEVERANCE"], TAMBON, "ค้างค่าจ้าง", Channel.VOLUNTEER)
    case_id = await world.act(VOLUNTEER, open_case, intake=intake)
    await situations.status(world, case_id, CaseState.SCREENING)
    for problem, what in (("UNPAID_WAGES", DisclosedField.PHONES), ("SEVERANCE", DisclosedField.ADDRESSES)):
        referral_id = await world.referral(case_id, problem_type_code=problem, discloses=frozenset({what}))
        await situations.bring(world, referral_id, R.RECEIVED)
    assert await contacts(world, DLPW, citizen_id) == ContactsRow(PHONES, ADDRESSES, None)


async def test_the_office_that_takes_over_a_case_sees_everything(world: World) -> None:
    citizen_id = await world.citizen(**KNOWN)
    case_id = await open_for(world, citizen_id)
    await situations.status(world, case_id, CaseState.SCREENING)
    await situations.transferred(world, case_id, kind=ReferralKind.TRANSFER)
    assert await contacts(world, DLPW, citizen_id) == ALL
