"""Tasks that cases make of themselves: which, until when, and what ends them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refusal
from casework.reference.field_work import task_rules
from casework.rules.tasks import Cue, Plan, cues_of_case, day_ahead, due_on, plan_tasks, rule_of
from casework.rules.visits import visited_when
from models.field_words import DayUnit, TaskCue, TaskEnding, TaskGoal, TaskState, VisitOutcome
from models.vocabulary import CaseState

C, G, S = TaskCue, TaskGoal, TaskState
NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DONE, DROPPED = TaskEnding.DONE, TaskEnding.DROPPED
RULES = task_rules()
BY_CUE = {rule.cue: rule for rule in RULES}
CUES = [Cue(kind, 7, NOW, day=date(2026, 11, 20) if BY_CUE[kind].days is None else None) for kind in C]


@dataclass(frozen=True)
class Known:
    rule_code: str | None
    rule_from: date | None = date(2026, 10, 1)
    occasion: int | None = 7
    state: TaskState = S.OPEN
    made_at: datetime = NOW
    ended_by_seat_id: int | None = None


@dataclass(frozen=True)
class Case:
    state: CaseState
    resolved_at: datetime | None = None
    review_on: date | None = None


BY_HAND = Known(None, None, None)


def plan(
    *known: Known, cues: list[Cue] | None = None, reached: dict[TaskGoal, datetime] | None = None,
    state: CaseState = CaseState.IN_PROGRESS,
) -> Plan:  # fmt: skip
    return plan_tasks(RULES, cues or [], known, reached or {}, state=state, holidays=set())


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.kind.value)
def test_each_cue_makes_its_task_once(cue: Cue) -> None:
    (made,) = plan(cues=[cue]).make
    assert (made.rule.cue, made.cue) == (cue.kind, cue)
    assert plan(Known(made.rule.code), cues=[cue]) == Plan([], {}, [])
    other = cue._replace(occasion=8)
    assert [each.cue for each in plan(Known(made.rule.code), cues=[cue, other]).make] == [other]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.kind.value)
def test_an_ended_case_makes_none_and_drops_all(cue: Cue) -> None:
    open_ones = Known(BY_CUE[cue.kind].code), BY_HAND
    assert plan(*open_ones, cues=[cue], state=CaseState.MERGED) == Plan([], {0: DROPPED, 1: DROPPED}, [])


@pytest.mark.parametrize(
    ("code", "is_there", "reached", "ending"),
    [
        ("CALL_BACK", True, {}, None),
        ("CALL_BACK", True, {G.CITIZEN_MET: LATER}, DONE),
        ("CALL_BACK", True, {G.CITIZEN_TOLD: NOW}, DONE),
        ("CALL_BACK", True, {G.CITIZEN_TOLD: NOW - timedelta(seconds=1)}, None),
        ("CALL_BACK", True, {G.VISIT_RECORDED: LATER}, None),
        ("CALL_BACK", False, {}, DROPPED),
        ("CALL_BACK", False, {G.RESULT_CONFIRMED: LATER}, DONE),
        ("RECORD_VISIT", True, {G.VISIT_RECORDED: LATER}, None),
        ("RECORD_VISIT", False, {G.VISIT_RECORDED: LATER}, DONE),
        ("RECORD_VISIT", False, {}, DROPPED),
        ("REVIEW", True, {}, None),
        ("REVIEW", False, {}, DONE),
        ("GONE", False, {G.CITIZEN_MET: LATER}, DROPPED),
        (None, False, {G.CITIZEN_MET: LATER}, None),
    ],
)
def test_a_task_ends_when_it_is_met_or_of_no_use(
    code: str | None,
    is_there: bool,  # noqa: FBT001 - a value of the table
    reached: dict[TaskGoal, datetime],
    ending: TaskEnding | None,
) -> None:
    cues = [next(cue for cue in CUES if BY_CUE[cue.kind].code == code)] if is_there else []
    known = BY_HAND if code is None else Known(code)
    assert plan(known, cues=cues, reached=reached).end == ({} if ending is None else {0: ending})


def test_a_confirmed_result_is_told_though_the_case_has_ended() -> None:
    ended = plan(Known("CALL_BACK"), BY_HAND, reached={G.RESULT_CONFIRMED: LATER}, state=CaseState.CLOSED)
    assert ended.end == {0: DONE, 1: DROPPED}


@pytest.mark.parametrize(
    ("known", "reopened"),
    [
        (Known("CALL_BACK", state=S.DROPPED), [0]),
        (Known("CALL_BACK", state=S.DROPPED, ended_by_seat_id=1), []),
        (Known("CALL_BACK", state=S.DONE), []),
        (Known("CALL_BACK", state=S.OPEN), []),
        (Known("CALL_BACK", state=S.DROPPED, occasion=8), []),
    ],
)
def test_only_what_was_dropped_of_itself_is_taken_up_again(known: Known, reopened: list[int]) -> None:
    found = plan(known, cues=[CUES[0]])
    assert (found.reopen, len(found.make)) == (reopened, int(known.occasion == 8))


@given(st.lists(st.sampled_from(CUES), unique=True), st.sampled_from(CaseState))
def test_what_a_plan_makes_it_makes_only_once(cues: list[Cue], state: CaseState) -> None:
    made = plan(cues=cues, state=state).make
    known = [Known(each.rule.code, each.rule.effective_from, each.cue.occasion) for each in made]
    assert plan(*known, cues=cues, state=state) == Plan([], {}, [])


def test_a_rule_holds_from_its_first_day_until_before_its_last() -> None:
    rule = BY_CUE[C.RESOLVED]._replace(effective_until=date(2026, 11, 16))
    assert plan_tasks([rule], [CUES[0]], [], {}, state=CaseState.RESOLVED, holidays=set()).make == []
    early = CUES[0]._replace(since=datetime(2026, 9, 30, 16, tzinfo=UTC))
    assert plan(cues=[early]).make == []
    assert rule_of(RULES, "CALL_BACK", date(2026, 10, 1)) == BY_CUE[C.RESOLVED]
    assert rule_of(RULES, "CALL_BACK", date(2025, 10, 1)) is None


def test_days_are_counted_in_bangkok_and_working_days_skip_weekends() -> None:
    friday_night = CUES[0]._replace(since=datetime(2026, 11, 20, 16, 59, tzinfo=UTC))
    saturday = CUES[0]._replace(since=datetime(2026, 11, 20, 17, tzinfo=UTC))
    rule = BY_CUE[C.RESOLVED]
    assert due_on(rule, friday_night, holidays=set()) == date(2026, 11, 23)
    assert due_on(rule, saturday, holidays=set()) == date(2026, 11, 24)
    working = rule._replace(unit=DayUnit.WORKING_DAY)
    assert due_on(working, friday_night, holidays=set()) == date(2026, 11, 25)
    assert due_on(working, friday_night, holidays={date(2026, 11, 23)}) == date(2026, 11, 26)
    assert due_on(rule, CUES[0]._replace(day=date(2026, 12, 1)), holidays=set()) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("case", "cues"),
    [
        (Case(CaseState.IN_PROGRESS, review_on=date(2026, 11, 25)), []),
        (Case(CaseState.RESOLVED), []),
        (Case(CaseState.RESOLVED, resolved_at=NOW), [(C.RESOLVED, None)]),
        (Case(CaseState.WAITING_AGENCY), []),
        (Case(CaseState.WAITING_AGENCY, review_on=date(2026, 11, 25)), [(C.WAITING, date(2026, 11, 25))]),
    ],
)
def test_a_case_itself_tells_that_it_is_resolved_or_waits(case: Case, cues: list[tuple[TaskCue, date | None]]) -> None:
    assert [(cue.kind, cue.day) for cue in cues_of_case(case, now=NOW)] == cues


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (date(2026, 11, 16), None),
        (date(2027, 11, 17), None),
        (date(2027, 11, 18), "DATE_TOO_FAR"),
        (date(2026, 11, 15), "DAY_OVER"),
        (date(2569, 11, 16), "BUDDHIST_YEAR"),
    ],
)
def test_work_is_planned_from_today_on_for_a_year(day: date, refused: str | None) -> None:
    if refused is None:
        assert day_ahead(day, "day", today=date(2026, 11, 16)) == day
        return
    with pytest.raises(Refusal) as caught:
        day_ahead(day, "day", today=date(2026, 11, 16))
    assert caught.value.code.value == refused


@pytest.mark.parametrize(
    ("outcome", "visited_at", "captured_at", "when"),
    [
        (VisitOutcome.DONE, None, None, NOW),
        (VisitOutcome.NOT_MET, None, NOW - timedelta(hours=2), NOW - timedelta(hours=2)),
        (VisitOutcome.DONE, NOW - timedelta(hours=3), NOW - timedelta(hours=2), NOW - timedelta(hours=3)),
        (VisitOutcome.CANCELLED, None, NOW - timedelta(hours=2), None),
    ],
)
def test_a_visit_was_when_somebody_says_or_when_the_phone_was_told(
    outcome: VisitOutcome, visited_at: datetime | None, captured_at: datetime | None, when: datetime | None
) -> None:
    found = visited_when(outcome, visited_at, "visitedAt", planned_at=NOW, captured_at=captured_at, now=NOW)
    assert found == when
