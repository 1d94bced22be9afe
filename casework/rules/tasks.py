"""Which tasks a case makes of itself, when they are due, and what ends them. Pure: it is told what there is."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import BUDDHIST_OFFSET, after_working_days, bangkok_day
from casework.rules.states import ENDED, WAITING
from models.field_words import DayUnit, TaskCue, TaskEnding, TaskFor, TaskGoal, TaskState
from models.vocabulary import CaseState, Certainty

FURTHEST = timedelta(days=366)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TaskRule(NamedTuple):
    """A row of task_rules.yaml; of one code, at most one is in force on any day."""

    code: str
    name_th: str
    name_en: str
    cue: TaskCue
    who: TaskFor
    days: int | None
    unit: DayUnit | None
    until: frozenset[TaskGoal]
    effective_from: date
    effective_until: date | None
    source: str
    certainty: Certainty
    verified: bool


class Cue(NamedTuple):
    """Something in the case that makes a task; `occasion` tells it from others of its kind, `day` is its own."""

    kind: TaskCue
    occasion: int
    since: datetime
    day: date | None = None
    seat_id: int | None = None
    visit_id: int | None = None
    referral_id: int | None = None


class Known(Protocol):
    """A task that there is, as its row says."""

    @property
    def rule_code(self) -> str | None: ...
    @property
    def rule_from(self) -> date | None: ...
    @property
    def occasion(self) -> int | None: ...
    @property
    def state(self) -> TaskState: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def ended_by_seat_id(self) -> int | None: ...


class Standing(Protocol):
    """What a case says of itself."""

    @property
    def state(self) -> CaseState: ...
    @property
    def resolved_at(self) -> datetime | None: ...
    @property
    def review_on(self) -> date | None: ...


class Made(NamedTuple):
    """A task that is missing."""

    rule: TaskRule
    cue: Cue
    due_on: date


class Plan(NamedTuple):
    """What brings the tasks of a case to what it says now: by their place among those that there are."""

    make: Sequence[Made]
    end: Mapping[int, TaskEnding]
    reopen: Sequence[int]


def cues_of_case(case: Standing, *, now: datetime) -> Iterator[Cue]:
    """Give what the case's own row says; referrals, visits and assignments are told beside it."""
    if case.state is CaseState.RESOLVED and case.resolved_at is not None:
        yield Cue(TaskCue.RESOLVED, instant_number(case.resolved_at), case.resolved_at)
    if case.state in WAITING and case.review_on is not None:
        yield Cue(TaskCue.WAITING, case.review_on.toordinal(), now, day=case.review_on)


def instant_number(at: datetime) -> int:
    """Number an instant, to the microsecond: one case does not do two things at once."""
    return (at - EPOCH) // timedelta(microseconds=1)


def plan_tasks(
    rules: Sequence[TaskRule],
    cues: Iterable[Cue],
    known: Sequence[Known],
    reached: Mapping[TaskGoal, datetime],
    *,
    state: CaseState,
    holidays: Container[date],
) -> Plan:
    """Compare what should be with what there is. `reached` is what has just happened, and when.

    What a post ended stays ended, and what was done stays done. An ended case makes no task and drops all it has.
    """
    wanted = {} if state in ENDED else _wanted(rules, cues)
    places = {(task.rule_code, task.occasion): place for place, task in enumerate(known) if task.rule_code is not None}
    make = [
        Made(rule, cue, due_on(rule, cue, holidays=holidays))
        for key, (rule, cue) in wanted.items()
        if key not in places
    ]
    reopen = [
        place
        for place, task in enumerate(known)
        if state not in ENDED
        and task.state is TaskState.DROPPED
        and task.ended_by_seat_id is None
        and (task.rule_code is None or (task.rule_code, task.occasion) in wanted)
    ]
    end = {}
    for place, task in enumerate(known):
        if task.state is TaskState.OPEN:
            ending = _ending(rules, task, wanted, reached, state=state)
            if ending is not None:
                end[place] = ending
    return Plan(make, end, reopen)


Key = tuple[str | None, int | None]
AT_ANY_TIME = frozenset({TaskGoal.CITIZEN_MET, TaskGoal.CITIZEN_TOLD, TaskGoal.RESULT_CONFIRMED})
"""The others are reached when what made the task is there no longer."""


def _wanted(rules: Sequence[TaskRule], cues: Iterable[Cue]) -> dict[Key, tuple[TaskRule, Cue]]:
    return {
        (rule.code, cue.occasion): (rule, cue)
        for cue in cues
        for rule in rules
        if rule.cue is cue.kind and _is_in_force(rule, bangkok_day(cue.since))
    }


def _is_in_force(rule: TaskRule, on: date) -> bool:
    return rule.effective_from <= on and (rule.effective_until is None or on < rule.effective_until)


def _ending(
    rules: Sequence[TaskRule],
    task: Known,
    wanted: Container[Key],
    reached: Mapping[TaskGoal, datetime],
    *,
    state: CaseState,
) -> TaskEnding | None:
    rule = rule_of(rules, task.rule_code, task.rule_from)
    goals = frozenset() if rule is None else rule.until
    if any(reached[goal] >= task.made_at for goal in goals & AT_ANY_TIME & reached.keys()):
        return TaskEnding.DONE
    if state in ENDED:
        return TaskEnding.DROPPED
    if task.rule_code is None or (task.rule_code, task.occasion) in wanted:
        return None
    looked = TaskGoal.LOOKED_AGAIN in goals or (TaskGoal.VISIT_RECORDED in goals & reached.keys())
    return TaskEnding.DONE if looked else TaskEnding.DROPPED


def rule_of(rules: Iterable[TaskRule], code: str | None, effective_from: date | None) -> TaskRule | None:
    """Find one version of a rule; None for what a post made, and for a version that a release took back."""
    return next((rule for rule in rules if (rule.code, rule.effective_from) == (code, effective_from)), None)


def due_on(rule: TaskRule, cue: Cue, *, holidays: Container[date]) -> date:
    """Give the last day on which it is done in time."""
    if cue.day is not None:
        return cue.day
    days = rule.days or 0
    if rule.unit is DayUnit.WORKING_DAY:
        return bangkok_day(after_working_days(cue.since, days, holidays=holidays))
    return bangkok_day(cue.since) + timedelta(days=days)


def day_ahead(day: date, *path: str, today: date) -> date:
    """Give a day from today on, at most a year ahead; refuse Buddhist years."""
    if day.year > today.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if day < today:
        raise Refusal(RefusalCode.DAY_OVER, *path)
    if day > today + FURTHEST:
        raise Refusal(RefusalCode.DATE_TOO_FAR, *path, limit=(today + FURTHEST).isoformat())
    return day
