"""What a post did in a month, counted once more in plain Python: event by event, with the rows they name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.world import World

BANGKOK = ZoneInfo("Asia/Bangkok")
DAY = timedelta(days=1)
FOLLOWING = {"CASE_FOLLOWED", "CASE_UNFOLLOWED"}
EARLY_ENDS = {"WITHDRAWN", "OUT_OF_SCOPE"}
ENDED = {"CLOSED", "MERGED", *EARLY_ENDS}
STEPS = {
    "CASE_OPENED", "CASE_STATUS_CHANGED", "CASE_CLOSED", "CASE_REOPENED", "CLOSING_DISPUTED", "CASE_MERGED",
    "CASE_UNMERGED",
}  # fmt: skip
ADVANCES = {
    "OUTCOME_RECORDED", "ASSIGNMENT_ACCEPTED", "REFERRAL_SENT", "REFERRAL_RECEIVED", "REFERRAL_ACCEPTED",
    "REFERRAL_STARTED", "REFERRAL_INFO_ANSWERED", "REFERRAL_COMPLETED",
}  # fmt: skip
TABLES = ("seat", "office", "event", '"case"', "case_problem", "visit", "task", "participation", "incumbency",
          "activity", "activity_participant")  # fmt: skip


def day_of(at: datetime) -> date:
    return at.astimezone(BANGKOK).date()


def day_if(at: datetime | None) -> date | None:
    return None if at is None else day_of(at)


def in_time(day: date | None, by: date) -> bool:
    return day is not None and day <= by


WORK = 3
"""Level.WORK, as the rows have it."""


def _ends_early(event: Any) -> bool:
    return event.kind == "CASE_STATUS_CHANGED" and event.payload["to"] in EARLY_ENDS


@dataclass
class Tally:
    """The whole database in memory; `month` is counted as it stands at `now`."""

    tables: dict[str, list[Any]]
    month: date
    now: datetime

    @classmethod
    async def of(cls, world: World, month: date) -> "Tally":
        tables = {name.strip('"'): await world.rows(f"SELECT * FROM {name} ORDER BY id") for name in TABLES}
        return cls(tables, month, world.now)

    def __post_init__(self) -> None:
        self.by_id = {name: {row.id: row for row in rows} for name, rows in self.tables.items()}
        self.stories: dict[int, list[Any]] = defaultdict(list)
        for event in sorted(self.tables["event"], key=lambda event: event.seq):
            if event.subject_kind == "CASE":
                self.stories[event.subject_id].append(event)
        self.after = (self.month + 31 * DAY).replace(day=1)

    def figures(self, seat_id: int) -> dict[str, int]:
        """Give the columns of `statement` that count."""
        did = [event for event in self._events(seat_id) if self._is_of_month(event)]
        kinds = [(event.kind, event.payload.get("visitState")) for event in did]
        told = list(self._promises(seat_id))
        load = list(self._load(seat_id))
        return {
            "people_served": len({self._case(event).citizen_id for event in did if event.kind not in FOLLOWING}),
            "cases_opened": kinds.count(("CASE_OPENED", None)),
            "cases_advanced": len({event.subject_id for event in did if self._advances(event)}),
            "cases_closed": len(set(self._closed(seat_id))),
            "visits_made": kinds.count(("VISIT_RECORDED", "DONE")),
            "visits_not_met": kinds.count(("VISIT_RECORDED", "NOT_MET")),
            "promises_kept": told.count("kept"),
            "promises_missed": told.count("missed"),
            "activities_attended": sum(
                self._came(row) for row in self.tables["activity_participant"] if row.seat_id == seat_id
            ),
            "open_held": load.count(True),
            "open_taken_part": len(load),
            "vacancy_days": sum(not self._is_filled(seat_id, "PRIMARY", day) for day in self._days(seat_id)),
            "cover_days": sum(self._is_filled(seat_id, "COVER", day) for day in self._days(seat_id)),
            "cases_in_area": self._opened_around(seat_id),
        }

    def area(self, seat_id: int) -> str:
        """Give the code of the area that a post's figures are of."""
        seat = self.by_id["seat"][seat_id]
        return str(seat.area_code or self.by_id["office"][seat.office_id].province_code)

    def outcomes(self, seat_id: int) -> dict[str, tuple[int, Decimal]]:
        """Give the problems and the baht of each outcome."""
        last: dict[tuple[int, str], Any] = {}
        for event in self._events(seat_id):
            reports = event.kind in {"OUTCOME_RECORDED", "REFERRAL_COMPLETED"} and event.payload["outcome"] is not None
            if reports and self._is_of_month(event) and not self._case(event).sensitive:
                last[event.subject_id, event.payload["problemType"]] = event
        found: dict[str, tuple[int, Decimal]] = {}
        for (case_id, kind), event in last.items():
            problems, baht = found.get(event.payload["outcome"], (0, Decimal()))
            for row in self.tables["case_problem"]:
                if (row.case_id, row.problem_type_code, row.outcome_at) == (case_id, kind, event.recorded_at):
                    baht += row.amount_recovered or 0
            found[event.payload["outcome"]] = problems + 1, baht
        return found

    def _events(self, seat_id: int) -> Iterator[Any]:
        for story in self.stories.values():
            yield from (event for event in story if event.actor_seat_id == seat_id)

    def _came(self, row: Any) -> bool:
        return (
            bool(row.attended) and self.month <= day_of(self.by_id["activity"][row.activity_id].begins_at) < self.after
        )

    def _case(self, event: Any) -> Any:
        return self.by_id["case"][event.subject_id]

    def _is_of_month(self, event: Any) -> bool:
        return self.month <= day_of(event.recorded_at) < self.after

    def _advances(self, event: Any) -> bool:
        moved = event.kind == "CASE_STATUS_CHANGED" and event.payload["to"] not in EARLY_ENDS
        return moved or event.kind in ADVANCES

    def _closed(self, seat_id: int) -> Iterator[int]:
        for case_id, story in self.stories.items():
            resolved_by = None
            for event in story:
                to = event.payload.get("to")
                if event.kind == "CASE_STATUS_CHANGED" and to == "RESOLVED":
                    resolved_by = event.actor_seat_id
                closed = event.kind == "CASE_CLOSED" and seat_id in {resolved_by, event.actor_seat_id}
                ended = event.actor_seat_id == seat_id and to in EARLY_ENDS
                if self._is_of_month(event) and (closed or ended):
                    yield case_id

    def _promises(self, seat_id: int) -> Iterator[str]:
        for event in self._events(seat_id):
            if event.kind == "VISIT_PLANNED":
                yield from self._of_visit(event)
            elif event.kind == "TASK_MADE":
                yield from self._of_task(event, seat_id)
            elif "reviewOn" in event.payload:
                yield from self._of_review(event)

    def _judge(self, day: date, kept: date | None, void: date | None) -> Iterator[str]:
        if not self.month <= day < self.after:
            return
        if in_time(kept, day):
            yield "kept"
        elif not in_time(void, day) and day < day_of(self.now):
            yield "missed"

    def _of_visit(self, event: Any) -> Iterator[str]:
        visit = self.by_id["visit"][event.payload["visit"]]
        went = day_if(visit.visited_at) if visit.state in {"DONE", "NOT_MET"} else None
        off = visit.recorded_at if visit.state == "CANCELLED" else None
        return self._judge(visit.planned_for, went, self._void(event, off, by=visit.planned_for))

    def _of_task(self, event: Any, seat_id: int) -> Iterator[str]:
        task = self.by_id["task"][event.payload["task"]]
        if task.who != "SEAT":
            return iter(())
        done = day_if(task.ended_at) if task.state == "DONE" and task.seat_id == seat_id else None
        off = task.ended_at if task.state == "DROPPED" else None
        return self._judge(task.due_on, done, self._void(event, off, by=task.due_on))

    def _void(self, event: Any, called_off: datetime | None, *, by: date) -> date | None:
        """Give the day on which the post was free of what it had said: called off, the case over, or passed on.

        That the case came back after the day that was named (`by`) changes nothing.
        """
        later = [one for one in self.stories[event.subject_id] if one.seq > event.seq]
        over = [one.recorded_at for one in later if one.kind in {"CASE_CLOSED", "CASE_MERGED"} or _ends_early(one)]
        parts = [
            part
            for part in self.tables["participation"]
            if (part.case_id, part.seat_id) == (event.subject_id, event.actor_seat_id)
            and part.level >= WORK
            and day_of(part.since) <= by
        ]
        left = [max(part.until for part in parts)] if parts and all(part.until for part in parts) else []
        return day_if(min([*over[:1], *left, *([called_off] if called_off else [])], default=None))

    def _of_review(self, event: Any) -> Iterator[str]:
        later = [one for one in self.stories[event.subject_id] if one.seq > event.seq]
        steps = [one for one in later if one.kind in STEPS | {"CASE_HOLDER_CHANGED"}]
        then = day_of(steps[0].recorded_at) if steps else None
        voids = bool(steps) and (steps[0].kind in {"CASE_HOLDER_CHANGED", "CASE_MERGED"} or _ends_early(steps[0]))
        day = date.fromisoformat(event.payload["reviewOn"])
        return self._judge(day, None if voids else then, then if voids else None)

    def _load(self, seat_id: int) -> Iterator[bool]:
        """Tell of each open case in which it took part at the end whether it held it."""
        sources: dict[int, set[str]] = defaultdict(set)
        end = min(datetime.combine(self.after, datetime.min.time(), BANGKOK) - timedelta(microseconds=1), self.now)
        for part in self.tables["participation"]:
            runs = part.since <= end and (part.until is None or part.until > end)
            if part.seat_id == seat_id and runs and part.level >= 3:
                sources[part.case_id].add(part.source)
        for case_id, why in sources.items():
            steps = [one for one in self.stories[case_id] if one.kind in STEPS and one.recorded_at <= end]
            if steps[-1].payload.get("to") not in ENDED:
                yield "HOLDER" in why

    def _days(self, seat_id: int) -> Iterator[date]:
        begins = [day_of(row.since) for row in self.tables["incumbency"] if row.seat_id == seat_id]
        begins += [day_of(event.recorded_at) for event in self.tables["event"] if event.kind == "SEAT_CREATED"
                   and event.subject_id == seat_id]  # fmt: skip
        day, last = max(self.month, min(begins)), min(self.after - DAY, day_of(self.now))
        while day <= last:
            yield day
            day += DAY

    def _is_filled(self, seat_id: int, kind: str, day: date) -> bool:
        start = datetime.combine(day, datetime.min.time(), BANGKOK)
        return any(
            row.since < start + DAY and (row.until is None or row.until > max(start, row.since))
            for row in self.tables["incumbency"]
            if (row.seat_id, row.kind) == (seat_id, kind)
        )

    def _opened_around(self, seat_id: int) -> int:
        area = self.area(seat_id)
        opened = [(row.area_code, day_of(row.opened_at)) for row in self.tables["case"]]
        return sum(code.startswith(area) and self.month <= day < self.after for code, day in opened)
