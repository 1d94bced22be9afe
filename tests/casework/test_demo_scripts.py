"""Every script of the demo can be played: a walk through the rules in memory, without database or permissions' SQL."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import geothai
import pytest
import yaml

from casework.rules import states
from models import vocabulary as words
from models.vocabulary import CaseState, ReferralAction, ReferralKind, ReferralState

DATA = Path(__file__).parents[2] / "casework"


@cache
def load(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def office_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in load("reference/offices.yaml"))


class Actor(NamedTuple):
    seat: str
    office: str | None
    handles_sensitive: bool

    @property
    def party(self) -> str:
        """Who holds a case that this actor opened."""
        return self.office or self.seat


def actor(phrase: str) -> Actor:
    """Find the seat that a script's phrase names; a seat that does not exist fails."""
    kind, place, *number = phrase.split()
    if kind in {"volunteer", "mentor"}:
        area = {"volunteer": "tambon", "mentor": "amphoe"}[kind]
        assert place in {row[area] for row in load("demo/network.yaml")[f"{kind}s"]}, phrase
        return Actor(phrase, None, handles_sensitive=True)
    office = "OPS-43" if kind == "coordinator" else place
    wanted = {"coordinator": "COORDINATOR", "head": "OFFICE_HEAD"}.get(kind, "OFFICER")
    seats = [row for row in load("demo/network.yaml")["staff"] if (row["office"], row["kind"]) == (office, wanted)]
    if kind == "sensitive":
        seats = [row for row in seats if row["handles_sensitive"]]
    return Actor(phrase, office, seats[int(number[0]) - 1 if number else 0]["handles_sensitive"])


class Walk:
    """Plays one script against the rules, in memory: who holds the case, who may act, which step may follow."""

    def __init__(self, case: Any) -> None:
        opener = actor(case["by"])
        self.case = case
        self.state = CaseState.NEW
        self.holder = opener.party
        self.volunteer = opener.seat if opener.seat.startswith("volunteer") else None
        self.asked: str | None = None
        self.referrals: dict[str, Any] = {}
        self.open: dict[str, ReferralState] = {}
        self.outcomes: set[str] = set()
        types = {row["code"]: row for row in load("reference/problem_types.yaml")}
        self.sensitive = any(types[problem]["sensitive"] for problem in case["problems"])
        for step in case["steps"]:
            by = actor(step["by"])
            assert by.handles_sensitive or not self.sensitive, step
            getattr(self, f"_{step['do']}", self._referral)(step, by)

    def _status(self, step: Any, by: Actor) -> None:
        after = CaseState[step["to"]]
        assert by.party == self.holder, step
        states.check_case_step(self.state, after)
        assert ("review_on" in step) == (after in states.WAITING), step
        assert ("reason" in step) == (after in states.ENDED_EARLY), step
        if after is CaseState.RESOLVED:
            states.check_resolvable(set(self.case["problems"]) - self.outcomes, len(self.open))
        assert not (after in states.ENDED_EARLY and self.open), step
        self.state = after

    def _note(self, step: Any, by: Actor) -> None:
        at_work = {self.referrals[ref]["to"] for ref, state in self.open.items() if state is not ReferralState.SENT}
        over_area = not self.sensitive and by.seat == f"mentor {self.case['area'][:4]}"
        assert by.party in {self.holder, self.volunteer, *at_work} or over_area or "coordinator" in by.seat, step
        words.Audience[step["audience"]]

    def _refer(self, step: Any, by: Actor) -> None:
        assert self.state in states.UNDER_WORK, step
        assert by.party == self.holder != step["to"], step
        assert step["problem"] in self.case["problems"], step
        assert (step["problem"], step["to"]) not in {
            (self.referrals[ref]["problem"], self.referrals[ref]["to"]) for ref in self.open
        }, step
        assert step["ref"] not in self.referrals, step
        words.ReasonCategory[step["category"]]
        words.LegalBasis[step["legal_basis"]]
        assert [words.DisclosedField[field] for field in step["discloses"]] == step["discloses"]
        assert step["to"] in office_codes(), step
        self.referrals[step["ref"]] = step | {"sender": by.party}
        self.open[step["ref"]] = ReferralState.SENT

    def _referral(self, step: Any, by: Actor) -> None:
        action, referral = ReferralAction[step["do"].upper()], self.referrals[step["ref"]]
        kind = ReferralKind[referral["kind"]]
        assert by.party == referral["sender" if action is ReferralAction.RECALL else "to"], step
        after = states.next_referral_state(self.open.pop(step["ref"]), action, kind)
        if after in states.REFERRAL_OPEN:
            self.open[step["ref"]] = after
        elif action is ReferralAction.ACCEPT:
            self.holder = referral["to"]
        elif action is ReferralAction.COMPLETE:
            words.Outcome[step["outcome"]]
            assert float(step["recovered"] or 0) <= float(step["claimed"] or 0), step
            self.outcomes.add(referral["problem"])
        elif action is ReferralAction.REJECT:
            assert step["suggested"] in office_codes(), step

    def _assign(self, step: Any, by: Actor) -> None:
        mentor = f"mentor {self.case['area'][:4]}"
        assert by.party == self.holder or by.seat in {mentor, "coordinator 43"}, step
        self.asked = actor(step["to"]).seat

    def _accept_assignment(self, step: Any, by: Actor) -> None:
        assert by.seat == self.asked, step
        self.asked, self.volunteer = None, by.seat
        if self.holder.startswith(("volunteer", "mentor")):
            self.holder = by.seat

    def _decline_assignment(self, step: Any, by: Actor) -> None:
        assert by.seat == self.asked, step
        assert step["reason"], step
        self.asked = None


def test_the_cases_end_in_every_state_that_the_demo_shows() -> None:
    ends = Counter(Walk(case).state.value for case in load("demo/cases.yaml"))
    assert ends == {
        "NEW": 8, "SCREENING": 6, "IN_PROGRESS": 19, "WAITING_CITIZEN": 5, "WAITING_AGENCY": 5,
        "RESOLVED": 12, "WITHDRAWN": 3, "OUT_OF_SCOPE": 2,
    }  # fmt: skip


def test_at_least_twelve_cases_go_to_two_offices_or_more() -> None:
    walks = [Walk(case) for case in load("demo/cases.yaml")]
    assert sum(len({referral["to"] for referral in walk.referrals.values()}) > 1 for walk in walks) >= 12


@pytest.mark.parametrize("number", range(60))
def test_a_script_obeys_the_rules_and_runs_in_order(number: int) -> None:
    case = load("demo/cases.yaml")[number]
    Walk(case)
    opened = datetime.fromisoformat(case["opened"]).replace(tzinfo=ZoneInfo("Asia/Bangkok"))
    moments = [opened]
    for step in case["steps"]:
        day, clock = step["at"].split()
        hour, minute = map(int, clock.split(":"))
        days = timedelta(days=int(day.strip("+d")), hours=hour, minutes=minute)
        moments.append(opened.replace(hour=0, minute=0) + days)
        if "review_on" in step:
            assert int(step["review_on"].strip("+d")) > int(day.strip("+d")), step
    assert moments == sorted(set(moments))
    assert date(2026, 1, 5) <= opened.date() <= date(2026, 11, 10)
    assert moments[-1].date() <= date(2026, 11, 20)
    assert case["area"].startswith("43")
    assert all(geothai.subdistrict(area) for area in (case["area"], case["citizen"]["tambon"]))
    assert case["citizen"]["language"] in list(words.Language)
    assert case["channel"] in list(words.Channel)
    assert case["priority"] in list(words.Priority)
