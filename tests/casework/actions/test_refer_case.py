"""Refer a problem of a case to an office."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from casework.actions.refer_case import Sending, refer_case
from casework.errors import Refusal, RefusalCode
from models.vocabulary import (
    CaseState,
    DisclosedField,
    EventKind,
    LegalBasis,
    Priority,
    ReasonCategory,
    ReferralKind,
    ReferralState,
)
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

C, Code, TRANSFER = CaseState, RefusalCode, ReferralKind.TRANSFER
THURSDAY_CLOSING = datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
RESULT = datetime(2027, 1, 6, 9, 30, tzinfo=UTC)
EXPIRES = datetime(2027, 2, 17, 9, 30, tzinfo=UTC)
"""Thirty working days after the result is due."""


async def test_the_referral_its_words_and_the_offices_access_are_written(world: World) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "SEVERANCE")
    at, office = world.now, world.office("DLPW-43")
    discloses = frozenset({DisclosedField.PHONES, DisclosedField.ADDRESSES})
    referral_id = await world.referral(
        case_id,
        reason=" ขอให้ตรวจสอบ ",
        problem_type_code="SEVERANCE",
        discloses=discloses,
        legal_basis=LegalBasis.PUBLIC_TASK,
    )
    (row,) = await world.rows("SELECT * FROM referral")
    problem_id = await world.value("SELECT id FROM case_problem WHERE problem_type_code = 'SEVERANCE'")
    assert (row.id, row.case_id, row.problem_id, row.to_office_id) == (referral_id, case_id, problem_id, office)
    assert (row.kind, row.state, row.version) == ("REFER", "SENT", 1)
    assert (row.from_seat_id, row.from_office_id) == ((await world.actor(VOLUNTEER)).seat_id, None)
    assert (row.reason_category, row.legal_basis) == ("COMPETENCE", "PUBLIC_TASK")
    assert row.discloses == ["ADDRESSES", "PHONES"]
    assert (row.respond_by, row.result_by, row.sent_at) == (THURSDAY_CLOSING, RESULT, at)
    assert row.disclosure_expires_at == EXPIRES
    assert (row.received_at, row.accepted_at, row.started_at, row.ended_at) == (None, None, None, None)
    assert await world.rows("SELECT * FROM referral_content") == [(referral_id, "ขอให้ตรวจสอบ", None, None)]
    part = await world.rows(
        "SELECT level, discloses, source, referral_id FROM participation WHERE office_id = :o", o=office
    )
    assert part == [(2, 0, "REFERRAL", referral_id)]
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(THURSDAY_CLOSING, 3, at)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert event.kind == EventKind.REFERRAL_SENT
    assert event.payload == {
        "referral": referral_id,
        "office": office,
        "kind": "REFER",
        "problemType": "SEVERANCE",
        "discloses": ["ADDRESSES", "PHONES"],
        "legalBasis": "PUBLIC_TASK",
        "disclosureExpiresAt": EXPIRES.isoformat(),
        "respondBy": THURSDAY_CLOSING.isoformat(),
        "resultBy": RESULT.isoformat(),
    }


async def test_an_office_that_holds_the_case_is_the_sender_itself(world: World) -> None:
    case_id = await situations.screened(world, by=DLPW)
    await world.referral(case_id, "officer DLPW-43 2", "SSO-43")
    (row,) = await world.rows("SELECT from_seat_id, from_office_id FROM referral")
    assert tuple(row) == (None, world.office("DLPW-43"))


async def test_the_earliest_clock_is_due_and_the_sender_may_shorten_it(world: World) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "WORK_INJURY")
    await world.referral(case_id)
    tomorrow = world.now + timedelta(days=1)
    await world.referral(case_id, to="SSO-43", problem_type_code="WORK_INJURY", respond_by=tomorrow)
    assert await world.value('SELECT due_at FROM "case"') == tomorrow


async def test_an_urgent_case_is_answered_the_next_working_day(world: World) -> None:
    case_id = await situations.screened(world, priority=Priority.URGENT)
    await world.referral(case_id)
    assert await world.value("SELECT respond_by FROM referral") == datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


async def test_an_office_of_the_workplace_or_of_the_home_may_be_asked(world: World) -> None:
    there = world.office("DLPW-10")
    for place in ({"workplace_area_code": "100101"}, {"citizen_id": await world.citizen(area_code="100101")}):
        case_id = await situations.screened(world, **place)
        referral_id = await world.referral(case_id, to="DLPW-10")
        assert await world.value("SELECT to_office_id FROM referral WHERE id = :id", id=referral_id) == there


async def test_one_problem_is_open_at_an_office_once_and_may_go_there_again_later(world: World) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "SEVERANCE")
    referral_id = await world.referral(case_id)
    for kind in ReferralKind:
        async with refused_unchanged(world, Code.REFERRAL_ALREADY_OPEN, "input", "office"):
            await world.referral(case_id, kind=kind)
    await world.referral(case_id, problem_type_code="SEVERANCE")
    await world.referral(case_id, to="SSO-43")
    await situations.bring(world, referral_id, ReferralState.REJECTED)
    await world.referral(case_id)
    assert await world.value("SELECT count(*) FROM referral") == 4


async def test_one_transfer_is_open_at_a_time(world: World) -> None:
    case_id = await situations.screened(world)
    await world.referral(case_id, kind=TRANSFER)
    async with refused_unchanged(world, Code.TRANSFER_ALREADY_OPEN, "input", "kind"):
        await world.referral(case_id, to="SSO-43", kind=TRANSFER)


async def test_of_two_concurrent_referrals_with_one_version_exactly_one_is_sent(world: World) -> None:
    case_id = await situations.screened(world)
    results = await asyncio.gather(
        world.referral(case_id), world.referral(case_id, to="SSO-43"), return_exceptions=True
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert refusal.code is Code.VERSION_CONFLICT
    assert await world.value("SELECT count(*) FROM referral") == 1


OTHERS: list[tuple[str, RefusalCode]] = [
    (MENTOR, Code.NOT_PERMITTED),
    (COORDINATOR, Code.NOT_PERMITTED),
    (AUDITOR, Code.NOT_PERMITTED),
    (DLPW, Code.NOT_PERMITTED),
    (OTHER_VOLUNTEER, Code.NOT_FOUND),
    (SSO, Code.NOT_FOUND),
    ("admin", Code.NOT_FOUND),
]


async def test_only_the_holder_refers(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.IN_PROGRESS)
    for by, code in OTHERS:
        async with refused_unchanged(world, code):
            await world.referral(sent.case_id, by, "DOE-43")


WRONG: list[tuple[dict[str, Any], RefusalCode, tuple[str, ...]]] = [
    ({"problem_type_code": "TAX"}, Code.PROBLEM_TYPE_UNKNOWN, ("problemType",)),
    ({"problem_type_code": "MATERNITY"}, Code.PROBLEM_NOT_OF_CASE, ("problemType",)),
    ({"office_id": 999_999_999_999}, Code.NOT_FOUND, ("office",)),
    ({"to": "DLPW-10"}, Code.OFFICE_OUTSIDE_COVERAGE, ("office",)),
    ({"reason": ""}, Code.TEXT_MISSING, ("reason",)),
    ({"reason": "ก" * 10_001}, Code.TEXT_TOO_LONG, ("reason",)),
    ({"reason": "ก\x1bก"}, Code.TEXT_BROKEN, ("reason",)),
    ({"respond_by": THURSDAY_CLOSING + timedelta(seconds=1)}, Code.RESPOND_BY_TOO_LATE, ("respondBy",)),
    ({"respond_by": THURSDAY_CLOSING.replace(year=2569)}, Code.RESPOND_BY_TOO_LATE, ("respondBy",)),
    ({"respond_by": THURSDAY_CLOSING - timedelta(days=30)}, Code.DATE_IN_PAST, ("respondBy",)),
]


async def test_a_wrong_value_is_named_and_nothing_is_sent(world: World) -> None:
    case_id = await situations.screened(world)
    for more, code, path in WRONG:
        async with refused_unchanged(world, code, "input", *path):
            await world.referral(case_id, **more)


async def test_the_office_that_holds_the_case_is_not_asked(world: World) -> None:
    case_id = await situations.screened(world, by=DLPW)
    async with refused_unchanged(world, Code.OFFICE_IS_HOLDER, "input", "office"):
        await world.referral(case_id, DLPW)


async def test_a_case_is_screened_before_it_is_referred_and_not_resolved_or_ended(world: World) -> None:
    new = await world.case()
    async with refused_unchanged(world, Code.CASE_NOT_SCREENED):
        await world.referral(new)
    resolved = await situations.in_progress(world)
    await situations.bring(world, await world.referral(resolved), ReferralState.COMPLETED)
    await situations.status(world, resolved, C.RESOLVED)
    async with refused_unchanged(world, Code.NOT_IN_THIS_STATE):
        await world.referral(resolved)
    await situations.status(world, new, C.WITHDRAWN, reason="ถอน")
    async with refused_unchanged(world, Code.CASE_ENDED):
        await world.referral(new)


async def test_the_version_that_one_decided_on_must_still_be_there(world: World) -> None:
    case_id = await situations.screened(world)
    sending = Sending(
        world.office("DLPW-43"), "UNPAID_WAGES", ReferralKind.REFER, "ก", ReasonCategory.COMPETENCE, LegalBasis.CONSENT
    )
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(VOLUNTEER, refer_case, case_id=case_id, expected_version=1, sending=sending)
