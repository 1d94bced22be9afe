"""Every script of the demo can be played: a walk through the rules in memory, without database or permissions' SQL."""

from collections import Counter
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import geothai
import pytest

from casework.demo.days import in_office_hours
from casework.demo.plots import read_plots
from casework.demo.scripts import opening, read_scripts
from models import vocabulary as words
from models.vocabulary import CaseState, ReferralState
from tests.casework.demo_actors import actor, load, moment
from tests.casework.demo_walk import Walk

OPEN_STATES = {"NEW", "SCREENING", "IN_PROGRESS", "WAITING_CITIZEN", "WAITING_AGENCY", "RESOLVED"}


@cache
def scripts() -> list[Any]:
    return read_scripts()


@cache
def walks() -> list[Walk]:
    return [Walk(script) for script in scripts()]


def composed(script: Any) -> bool:
    return bool(script["key"][-3:].isdigit())


def ends(found: list[Walk]) -> Counter[str]:
    merged = [state for walk in found for state, _ in walk.duplicates.values()]
    return Counter(state.value for state in [*(walk.state for walk in found), *merged])


def written_by_hand() -> list[Walk]:
    return [Walk(case) for case in load("demo/cases.yaml")]


def test_the_sixty_written_by_hand_end_as_before() -> None:
    assert ends(written_by_hand()) == {
        "NEW": 8, "SCREENING": 6, "IN_PROGRESS": 19, "WAITING_CITIZEN": 5, "WAITING_AGENCY": 5,
        "RESOLVED": 12, "WITHDRAWN": 3, "OUT_OF_SCOPE": 2,
    }  # fmt: skip


def test_the_cases_end_in_every_state() -> None:
    assert ends(walks()) == {
        "NEW": 21, "SCREENING": 20, "IN_PROGRESS": 112, "WAITING_CITIZEN": 10, "WAITING_AGENCY": 10,
        "RESOLVED": 23, "CLOSED": 186, "WITHDRAWN": 12, "MERGED": 5, "OUT_OF_SCOPE": 7,
    }  # fmt: skip
    assert set(ends(walks())) == {state.value for state in CaseState}


def test_the_referrals_end_in_every_state() -> None:
    found = Counter(referral.state.value for walk in walks() for referral in walk.referrals.values())
    assert found == {
        "SENT": 20, "RECEIVED": 14, "ACCEPTED": 19, "IN_PROGRESS": 50, "NEEDS_INFO": 7, "COMPLETED": 241,
        "DISPUTED": 4, "REJECTED": 16, "RECALLED": 10, "RETURNED": 9, "LAPSED": 9,
    }  # fmt: skip
    assert set(found) == {state.value for state in ReferralState}


def test_the_referrals_are_of_every_kind() -> None:
    found = Counter(referral.kind.value for walk in walks() for referral in walk.referrals.values())
    assert found == {"REFER": 354, "TRANSFER": 29, "CONSULT": 9, "INFORM": 7}


def test_everything_that_can_be_done_is_done() -> None:
    found = Counter(step["do"] for script in scripts() for step in script["steps"])
    assert found == {
        "status": 993, "note": 475, "outcome": 43, "party": 12, "follow": 5,
        "assign": 54, "accept_assignment": 41, "decline_assignment": 8,
        "refer": 399, "receive": 370, "accept": 325, "start": 285, "complete": 219, "ask_info": 17, "answer_info": 10,
        "reject": 16, "return": 9, "recall": 10, "dispute": 10, "lapse": 9,
        "confirm_closing": 157, "dispute_closing": 12, "approve_closing": 9, "close": 27, "reopen": 7,
        "duplicate": 6, "merge": 6, "unmerge": 1,
    }  # fmt: skip


def test_assignments_are_accepted_declined_and_replaced() -> None:
    deeds = [[step["do"] for step in script["steps"]] for script in scripts()]
    replaced = [row for row in deeds if row.count("assign") > 1 and "decline_assignment" not in row]
    assert sum("accept_assignment" in row for row in deeds) == 41
    assert sum("decline_assignment" in row for row in deeds) == 8
    assert len(replaced) == 2


def test_57_cases_go_to_two_offices_or_more() -> None:
    several = [walk for walk in walks() if len({referral.office for referral in walk.referrals.values()}) > 1]
    assert len(several) == 57


def test_every_plot_is_told_as_often_as_it_says() -> None:
    told = Counter(script["key"].rpartition("-")[0] for script in scripts() if composed(script))
    assert told == {plot.name: plot.cases for plot in read_plots()}
    assert told.total() == 340


def test_older_cases_are_over_and_recent_ones_under_way() -> None:
    under_way = Counter(
        (walk.case["opened"] >= "2026-08-01", walk.state.value in OPEN_STATES)
        for walk in walks()
        if composed(walk.case)
    )
    assert under_way == {(False, False): 185, (False, True): 5, (True, False): 15, (True, True): 135}


def test_no_office_rests_on_an_unanswered_referral_that_the_system_would_have_let_lapse() -> None:
    last = datetime(2026, 11, 22, tzinfo=UTC)
    waiting = [
        (walk.case["key"], (last - referral.sent_at).days)
        for walk in walks()
        for referral in walk.open
        if referral.state in {ReferralState.SENT, ReferralState.RECEIVED} and composed(walk.case)
    ]
    assert [row for row in waiting if row[1] > 16] == []


@pytest.mark.parametrize("number", range(400))
def test_a_script_obeys_the_rules_and_runs_in_order(number: int) -> None:
    case = scripts()[number]
    Walk(case)
    opened = opening(case)
    moments = [opened, *(moment(case, step) for step in case["steps"])]
    for step in case["steps"]:
        if "review_on" in step:
            assert int(step["review_on"].strip("+d")) > int(step["at"].split("d")[0]), step
    assert moments == sorted(set(moments))
    assert date(2025, 5, 25) <= opened.date() <= date(2026, 11, 20)
    assert moments[-1].date() <= date(2026, 11, 22)
    assert case["area"].startswith("43")
    assert all(geothai.subdistrict(area) for area in (case["area"], case["citizen"]["tambon"]))
    assert case["citizen"]["language"] in list(words.Language)
    assert case["channel"] in list(words.Channel)
    assert case["priority"] in list(words.Priority)


def test_composed_offices_work_on_working_days_in_office_hours_and_volunteers_sleep_at_night() -> None:
    told = [script for script in scripts() if composed(script)]
    steps = [(step, moment(script, step)) for script in told for step in script["steps"]]
    steps += [(script, opening(script)) for script in told]
    people = ("volunteer", "system")
    assert [step for step, at in steps if not step["by"].startswith(people) and not in_office_hours(at)] == []
    assert [step for step, at in steps if not time(8) <= at.time() <= time(19, 40)] == []


def test_sensitive_cases_are_closed_by_a_second_person() -> None:
    closed = [walk for walk in walks() if walk.sensitive and walk.state is CaseState.CLOSED]
    approvers = Counter(actor(walk.case["steps"][-1]["by"]).seat.split()[0] for walk in closed)
    assert approvers == {"coordinator": 5, "head": 4}
