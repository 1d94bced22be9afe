"""Where cases wait: the counts of the cases that one sees, at whom one may ask about."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import CaseState, ReferralKind, ReferralState
from tests.api import Api
from tests.casework import situations
from tests.casework.machine.cast import Step
from tests.casework.machine.happening import open_another
from tests.casework.test_machine import take
from tests.oracle.conftest import seeded
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    DOE,
    MENTOR,
    MONDAY,
    OTHER_VOLUNTEER,
    SSO,
    VOLUNTEER,
    World,
)

QUERY = """query ($area: String!, $agency: String, $between: Period) {
  bottlenecks(area: $area, agency: $agency, between: $between) { since until
    stays { office { code } seatKind state count waitingNow
      medianDwellSeconds medianDwellThai p90DwellSeconds p90DwellThai }
    referrals { office { code } sent lapsed lateNow rejected returned recalled } } }"""
S = CaseState
HOUR = 3600


async def _ask(api: Api, by: str | None, area: str = "43", **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(QUERY, by, area=area, **given))["bottlenecks"]
    return found


def _stays(found: dict[str, Any]) -> dict[tuple[str, str], tuple[int, int, int | None]]:
    return {
        (row["seatKind"] or row["office"]["code"], row["state"]): (
            row["count"],
            row["waitingNow"],
            row["medianDwellSeconds"],
        )
        for row in found["stays"]
    }


async def _worked(world: World) -> None:
    """Three cases: an office took one over, the citizen was told the result of another, a third is closed."""
    moved = await situations.screened(world)
    await situations.transferred(world, moved)
    await situations.resolved(world)
    await situations.closed(world)
    world.now += timedelta(days=1)


@pytest.mark.parametrize("by", [COORDINATOR, AUDITOR])
async def test_who_sees_all_is_told_where_each_case_was_how_long(world: World, api: Api, by: str) -> None:
    await _worked(world)
    found = await _ask(api, by)
    day = 24 * HOUR
    assert _stays(found) == {
        ("VOLUNTEER", "RESOLVED"): (2, 1, found["stays"][1]["medianDwellSeconds"]),
        ("DLPW-43", "SCREENING"): (1, 1, found["stays"][0]["medianDwellSeconds"]),
        ("VOLUNTEER", "NEW"): (3, 0, HOUR),
        ("VOLUNTEER", "SCREENING"): (3, 0, HOUR),
        ("VOLUNTEER", "IN_PROGRESS"): (2, 0, 2 * HOUR),
    }
    ((closed,), (lasting,)) = await _resolved_for(world)
    by_name = {(row["seatKind"], row["state"]): row for row in found["stays"]}
    resolved = by_name["VOLUNTEER", "RESOLVED"]
    assert resolved["medianDwellSeconds"] == int(median([closed, lasting]))
    assert resolved["p90DwellSeconds"] == int(closed + 0.9 * (lasting - closed))
    assert by_name["VOLUNTEER", "NEW"]["medianDwellThai"] == "1 ชั่วโมง 0 นาที"
    assert lasting > day
    until = datetime.fromisoformat(found["until"])
    assert (until, until - datetime.fromisoformat(found["since"])) == (world.now, timedelta(days=30))


async def _resolved_for(world: World) -> tuple[list[float], list[float]]:
    rows = await world.rows('SELECT resolved_at, ended_at FROM "case" WHERE resolved_at IS NOT NULL')
    over = [(row.ended_at - row.resolved_at).total_seconds() for row in rows if row.ended_at]
    return over, [(world.now - row.resolved_at).total_seconds() for row in rows if not row.ended_at]


async def test_officers_are_told_of_their_agencys_offices_in_cases_that_they_see(world: World, api: Api) -> None:
    await _worked(world)
    for by in (DLPW, "head DLPW-43"):
        for agency in (None, "DLPW"):
            assert set(_stays(await _ask(api, by, agency=agency))) == {("DLPW-43", "SCREENING")}
    for by in (SSO, DOE):
        assert await _ask(api, by) | {"since": 0, "until": 0} == {"since": 0, "until": 0, "stays": [], "referrals": []}


async def test_an_office_that_does_not_see_a_sensitive_case_does_not_count_it(world: World, api: Api) -> None:
    case_id = await situations.screened(world, "HARASSMENT")
    await situations.transferred(world, case_id, office="head DLPW-43", problem_type_code="HARASSMENT")
    trusted = await world.rows(
        "SELECT id FROM seat WHERE handles_sensitive AND office_id = :o", o=world.office("DLPW-43")
    )
    seats = {(await world.actor(by)).seat_id: by for by in (DLPW, "head DLPW-43", "officer DLPW-43 2")}
    trusting = {row.id for row in trusted}
    assert {seat in trusting for seat in seats} == {True, False}
    for seat, by in seats.items():
        found = _stays(await _ask(api, by))
        assert (("DLPW-43", "SCREENING") in found) is (seat in trusting), by


@pytest.mark.parametrize(
    ("by", "given", "path"),
    [
        (VOLUNTEER, {}, "area"),
        (OTHER_VOLUNTEER, {}, "area"),
        (MENTOR, {"area": "4301"}, "area"),
        (ADMIN, {}, "area"),
        (COORDINATOR, {"area": "10"}, "area"),
        (COORDINATOR, {"area": "100101"}, "area"),
        (DLPW, {"agency": "SSO"}, "agency"),
        ("head DLPW-43", {"agency": "OPS"}, "agency"),
    ],
)
async def test_others_are_refused(world: World, api: Api, by: str, given: dict[str, Any], path: str) -> None:
    await _worked(world)
    answer = await api.answer(QUERY, by, **{"area": "43", **given})
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({"bottlenecks": None}, "WAITING_NOT_SHOWN")
    assert error["extensions"]["path"] == [path]


async def test_an_area_and_an_agency_narrow_it_down(world: World, api: Api) -> None:
    await _worked(world)
    await world.case(OTHER_VOLUNTEER, area="430201")
    assert _stays(await _ask(api, COORDINATOR, "4302"))[("VOLUNTEER", "NEW")][:2] == (1, 1)
    assert _stays(await _ask(api, COORDINATOR, "430201"))[("VOLUNTEER", "NEW")][:2] == (1, 1)
    assert _stays(await _ask(api, COORDINATOR, "4305")) == {}
    assert set(_stays(await _ask(api, COORDINATOR, agency="DLPW"))) == {("DLPW-43", "SCREENING")}
    assert _stays(await _ask(api, COORDINATOR, agency="SSO")) == {}
    assert _stays(await _ask(api, AUDITOR, "10")) == {}


async def test_a_period_takes_the_stays_that_lasted_in_it_and_cuts_them_at_its_end(world: World, api: Api) -> None:
    case_id = await situations.screened(world)
    opened = await world.value('SELECT opened_at FROM "case" WHERE id = :id', id=case_id)
    screened = opened + timedelta(hours=1)
    world.now += timedelta(days=40)

    async def between(start: datetime, end: datetime) -> dict[tuple[str, str], Any]:
        period = {"from": start.isoformat(), "until": end.isoformat()}
        return _stays(await _ask(api, COORDINATOR, between=period))

    waits = "VOLUNTEER", "SCREENING"
    assert await between(opened, screened) == {("VOLUNTEER", "NEW"): (1, 0, HOUR), waits: (0, 1, None)}
    assert await between(screened, screened + timedelta(hours=5)) == {waits: (1, 1, 5 * HOUR)}
    assert await between(opened - timedelta(days=2), opened) == {waits: (0, 1, None)}
    whole_time = int((world.now - screened).total_seconds())
    assert _stays(await _ask(api, COORDINATOR)) == {waits: (1, 1, whole_time)}


@pytest.mark.parametrize(
    ("period", "code", "path"),
    [
        ({"from": "2026-11-10T00:00:00Z", "until": "2026-11-09T00:00:00Z"}, "PERIOD_EMPTY", []),
        ({"from": "2026-11-10T00:00:00Z", "until": "2026-11-10T00:00:00Z"}, "PERIOD_EMPTY", []),
        ({"from": "2025-11-01T00:00:00Z"}, "PERIOD_TOO_LONG", []),
        ({"from": "2020-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}, "PERIOD_TOO_LONG", []),
        ({"from": "2026-12-01T00:00:00Z"}, "DATE_IN_FUTURE", ["from"]),
        ({"from": "2569-11-01T00:00:00Z"}, "BUDDHIST_YEAR", ["from"]),
        ({"until": "2569-11-01T00:00:00Z"}, "BUDDHIST_YEAR", ["until"]),
        ({"until": "1980-01-01T00:00:00Z"}, "DATE_TOO_EARLY", ["until"]),
    ],
)
async def test_an_odd_period_is_refused(api: Api, period: dict[str, str], code: str, path: list[str]) -> None:
    answer = await api.answer(QUERY, COORDINATOR, area="43", between=period)
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({"bottlenecks": None}, code)
    assert error["extensions"]["path"] == ["between", *path]


@pytest.mark.parametrize("period", [{"until": "2026-12-31T00:00:00Z"}, {"until": "1990-01-01T00:00:00Z"}, {}, None])
async def test_a_period_with_open_ends_is_as_long_as_usual_and_ends_now_at_the_latest(
    world: World, api: Api, period: dict[str, str] | None
) -> None:
    found = await _ask(api, COORDINATOR, between=period)
    since, until = datetime.fromisoformat(found["since"]), datetime.fromisoformat(found["until"])
    assert until - since == timedelta(days=30)
    assert until <= world.now


@pytest.mark.parametrize("area", ["99", "", "43011", "\x00", "4_", "43' OR 1=1 --", "ก" * 100])
async def test_an_area_or_an_agency_that_does_not_exist_is_refused(api: Api, area: str) -> None:
    for asked, code, path in (
        ({"area": area}, "AREA_UNKNOWN", "area"),
        ({"area": "43", "agency": area}, "AGENCY_UNKNOWN", "agency"),
    ):
        answer = await api.answer(QUERY, COORDINATOR, **asked)
        (error,) = answer["errors"]
        assert (answer["data"], error["extensions"]["code"]) == ({"bottlenecks": None}, code)
        assert error["extensions"]["path"] == [path]


async def test_referrals_that_nobody_answered_or_that_came_back_are_counted_by_office(world: World, api: Api) -> None:
    for state in (
        ReferralState.REJECTED,
        ReferralState.RETURNED,
        ReferralState.RECALLED,
        ReferralState.RECALLED,
        ReferralState.SENT,
        ReferralState.RECEIVED,
        ReferralState.ACCEPTED,
    ):
        await situations.referral_in(world, state)
    ended = await situations.referral_in(world, ReferralState.SENT)
    await situations.status(world, ended.case_id, S.WITHDRAWN, reason="ถอน")  # takes its referral back, and nobody did
    await situations.referral_in(world, ReferralState.SENT, office=SSO, kind=ReferralKind.CONSULT)
    await situations.referral_in(world, ReferralState.SENT, office=DOE, kind=ReferralKind.INFORM)
    answers = {"sent": 8, "lapsed": 0, "lateNow": 0, "rejected": 1, "returned": 1, "recalled": 2}
    assert await _answers(api, COORDINATOR) == {
        "DLPW-43": answers,
        "SSO-43": NONE | {"sent": 1},
        "DOE-43": NONE | {"sent": 1},
    }
    world.now += timedelta(days=15)
    late = answers | {"lateNow": 2}
    assert await _answers(api, AUDITOR) == {
        "DLPW-43": late,
        "SSO-43": NONE | {"sent": 1, "lateNow": 1},
        "DOE-43": NONE | {"sent": 1},
    }
    world.now += timedelta(days=60)
    await world.tend()
    world.now += timedelta(hours=1)
    assert await _answers(api, COORDINATOR) == {
        "DLPW-43": NONE | {"lapsed": 2},
        "SSO-43": NONE | {"lapsed": 1},
        "DOE-43": NONE,
    }
    assert await _answers(api, DLPW) == {"DLPW-43": NONE | {"lapsed": 2}}
    assert await _answers(api, COORDINATOR, agency="SSO") == {"SSO-43": NONE | {"lapsed": 1}}


NONE = dict.fromkeys(("sent", "lapsed", "lateNow", "rejected", "returned", "recalled"), 0)


async def _answers(api: Api, by: str, **given: Any) -> dict[str, dict[str, int]]:
    found = (await _ask(api, by, **given))["referrals"]
    return {row.pop("office")["code"]: row for row in found}


async def test_each_half_costs_one_statement(world: World, api: Api) -> None:
    await _worked(world)
    halves = ("since", "stays { count }", "referrals { sent }", "stays { count } referrals { sent }")
    counted = []
    for by in (COORDINATOR, DLPW, AUDITOR):
        for half in halves:
            with api.statements() as seen:
                await api.ask(f'{{ bottlenecks(area: "43") {{ {half} }} }}', by)
            counted.append(len(seen))
    assert counted == [1, 2, 2, 3] * 3


@pytest.fixture
def compare(world: World) -> Callable[[Random], Awaitable[None]]:
    async def play(chance: Random) -> None:
        await world.clear()
        world.now = MONDAY
        await open_another(world, Step(who=0, more=1, wise=True))
        async with Api.around(world) as api:
            for _ in range(25):
                await take(world, chance)
            since = max(MONDAY - timedelta(days=1), world.now - timedelta(days=300))
            found = await _ask(api, COORDINATOR, between={"from": since.isoformat()})
        told = {key: (row["count"], row["waitingNow"]) for key, row in zip(_stays(found), found["stays"], strict=True)}
        assert told == await _stays_by_rows(world, since)

    return play


@seeded(4)
@given(chance=st.randoms(use_true_random=True))
async def test_the_stays_of_any_story_are_those_of_its_holders_and_its_events(
    compare: Callable[[Random], Awaitable[None]], chance: Random
) -> None:
    await compare(chance)


async def _stays_by_rows(world: World, since: datetime) -> dict[tuple[str, str], tuple[int, int]]:
    """Cut each case's states by its holdings: the rows, not the events that the service reads."""
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for case in await world.rows('SELECT id FROM "case"'):
        told = await world.rows(
            """SELECT recorded_at, coalesce(payload ->> 'to', 'NEW') AS state FROM event
               WHERE subject_id = :id AND (payload ? 'to' OR kind = 'CASE_OPENED') ORDER BY seq""",
            id=case.id,
        )
        ends = [*(after.recorded_at for _, after in pairwise(told)), None]
        held = await world.rows(
            """SELECT coalesce(o.code, s.kind) AS holder, h.since, h.until
               FROM case_holding h LEFT JOIN office o ON o.id = h.office_id LEFT JOIN seat s ON s.id = h.seat_id
               WHERE h.case_id = :id""",
            id=case.id,
        )
        for step, end in zip(told, ends, strict=True):
            if step.state in {"CLOSED", "WITHDRAWN", "MERGED", "OUT_OF_SCOPE"}:
                continue
            for holding in held:
                lasts = end is None and holding.until is None
                begin = max(step.recorded_at, holding.since)
                over = min(end or FOR_EVER, holding.until or FOR_EVER)
                if begin < over and over > since:
                    counted[holding.holder, step.state][0] += begin < world.now
                    counted[holding.holder, step.state][1] += lasts
    return {key: (stays, waiting) for key, (stays, waiting) in counted.items()}


FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
