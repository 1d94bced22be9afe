"""What a monthly report says: the contract's answers, written for people and put in the order of the pages."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from casework.reference.data import AreaRow
from casework.rules.calendar import thai_date, thai_instant
from casework.rules.months import end_of_month, thai_month
from casework.rules.posts import BANGKOK
from models.vocabulary import CaseState, Outcome, SeatKind
from server.reports.amphoe import said_of_amphoe
from server.reports.chart_numbers import chart_numbers, short_month
from server.reports.posts import by_amphoe, said_of_posts
from server.reports.reach import said_of_reach
from server.reports.said import baht, count, figures, length, text

Row = Sequence[str]


class Subject(NamedTuple):
    """What the answers are about, and who asked when."""

    province: AreaRow
    amphoe: Sequence[AreaRow]
    month: date
    made_at: datetime
    seen_by: SeatKind


def content_of(answers: Mapping[str, Any], subject: Subject) -> dict[str, Any]:
    """Give everything that the template shows; figures are texts already, but those of charts."""
    of_all = answers["Total"]["statistics"]["total"]
    is_whole = answers["Total"]["statistics"]["threshold"] is None
    waiting = answers["Waiting"]["bottlenecks"] if is_whole else {"stays": [], "referrals": []}
    posts = by_amphoe(answers["Statements"], subject.amphoe)
    return {
        "printed_at": subject.made_at.isoformat(timespec="seconds"),
        "words": words_of(subject.province),
        "cover": _cover(answers, subject),
        "glance": _glance(answers, subject.made_at),
        "outcomes": [_outcome(row) for row in of_all["outcomes"]],
        "dwell": _dwell(of_all["dwell"]),
        "types": [[row["problemType"]["name"], *figures(row)] for row in answers["Types"]["statistics"]["groups"]],
        "agencies": [[row["agency"]["name"], *figures(row)] for row in answers["Agencies"]["statistics"]["groups"]],
        "amphoe": said_of_amphoe(answers, subject.amphoe, posts if is_whole else None),
        "months": _months(answers["Months"]),
        "stays": [_stay(row) for row in waiting["stays"]],
        "referrals": [_referrals(row) for row in waiting["referrals"]],
        "reach": said_of_reach(answers["Reach"], answers["ReachOfYear"], subject.amphoe),
        "activities": [_activity(row, subject.made_at) for row in answers["Activities"]],
        "statements": said_of_posts(posts, subject.amphoe) if is_whole else [],
        "charts": chart_numbers(answers),
    }  # fmt: skip


def words_of(province: AreaRow) -> dict[str, str]:
    """Give the province's name with the word before it, and what its areas are called."""
    in_bangkok = province.code == BANGKOK
    return {
        "province": province.name_th if in_bangkok else f"จังหวัด{province.name_th}",
        "amphoe": "เขต" if in_bangkok else "อำเภอ",
        "tambon": "แขวง" if in_bangkok else "ตำบล",
    }


def _cover(answers: Mapping[str, Any], subject: Subject) -> dict[str, Any]:
    asked, posts = answers["Total"]["statistics"], answers["Statements"]
    counted_on = subject.province.residents_on
    return {
        "month": thai_month(subject.month),
        "made_at": thai_instant(subject.made_at),
        "population_of": thai_date(counted_on) if counted_on else None,
        "is_running": datetime.fromisoformat(asked["until"]) < end_of_month(subject.month),
        "seen_by": subject.seen_by.th,
        "threshold": asked["threshold"],
        "posts": count(len(posts)),
        "of_all_posts": subject.seen_by is not SeatKind.COORDINATOR,
        "frozen": count(sum(row["frozen"] for row in posts)),
        "is_frozen": bool(posts) and all(row["frozen"] for row in posts),
    }


def _glance(answers: Mapping[str, Any], made_at: datetime) -> dict[str, str]:
    of_all, posts, activities = answers["Total"]["statistics"]["total"], answers["Statements"], answers["Activities"]
    held = [row for row in activities if row["state"] != "CANCELLED" and not _is_to_come(row, made_at)]
    is_whole = answers["Total"]["statistics"]["threshold"] is None

    def of_posts(name: str) -> str:
        return count(sum(row[name] for row in posts)) if is_whole else ""

    return {
        "people": count(of_all["people"]["count"]),
        "opened": count(of_all["cases"]["opened"]),
        "closed": count(of_all["cases"]["closed"]),
        "still_open": count(of_all["cases"]["stillOpen"]),
        "recovered": baht(_recovered(of_all["outcomes"])),
        "advanced": of_posts("casesAdvanced"),
        "visits": of_posts("visitsMade"),
        "not_met": of_posts("visitsNotMet"),
        "kept": of_posts("promisesKept"),
        "missed": of_posts("promisesMissed"),
        "activities": count(len(held)),
        "attended": count(sum(row["attended"] for row in held)),
    }


def _recovered(outcomes: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """Add the baht of all outcomes; None if some are withheld."""
    if any(row["suppressed"] for row in outcomes):
        return None
    return sum((Decimal(row["recovered"] or 0) for row in outcomes), Decimal())


def _outcome(row: Mapping[str, Any]) -> Row:
    no_amount = row["recovered"] is None and not row["suppressed"]
    return [Outcome(row["outcome"]).th, count(row["count"]), "" if no_amount else baht(row["recovered"])]


def _dwell(row: Mapping[str, Any]) -> Row | None:
    """Give the lengths; None if no result was told in the month."""
    if row["medianThai"] is None and not row["suppressed"]:
        return None
    return [length(row["medianThai"]), length(row["p90Thai"])]


def _months(answer: Mapping[str, Any]) -> dict[str, Row]:
    """Give the months from left to right, and a row of figures for each thing that is counted."""
    groups = answer["statistics"]["groups"]
    names = "opened", "closed", "stillOpen"
    return {
        "labels": [short_month(date.fromisoformat(row["month"]["since"])) for row in groups],
        **{name: [count(row["cases"][name]) for row in groups] for name in names},
    }


def _stay(row: Mapping[str, Any]) -> Row:
    where = row["office"]["name"] if row["office"] else SeatKind(row["seatKind"]).th
    return [
        where, CaseState(row["state"]).th, count(row["waitingNow"]), count(row["count"]),
        row["medianDwellThai"] or "", row["p90DwellThai"] or "",
    ]  # fmt: skip


def _referrals(row: Mapping[str, Any]) -> Row:
    names = "sent", "lapsed", "lateNow", "rejected", "returned", "recalled"
    return [row["office"]["name"], *(count(row[name]) for name in names)]


def _is_to_come(row: Mapping[str, Any], made_at: datetime) -> bool:
    return datetime.fromisoformat(row["beginsAt"]) > made_at


def _activity(row: Mapping[str, Any], made_at: datetime) -> dict[str, Any]:
    reached = row["outcome"]["peopleReached"] if row["outcome"] else None
    return {
        "when": row["beginsAtThai"],
        "kind": row["kindThai"],
        "what": text(f"{row['project']} ครั้งที่ {row['round']}"),
        "where": text(row["venue"]),
        "host": row["host"]["name"],
        "topics": ", ".join(topic["name"] for topic in row["topics"]),
        "cancelled": row["state"] == "CANCELLED",
        "to_come": _is_to_come(row, made_at),
        "invited": count(row["invited"]),
        "attended": count(row["attended"]),
        "reached": "" if reached is None else count(reached),
    }
