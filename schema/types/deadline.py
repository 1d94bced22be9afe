"""The clocks of a case."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.reference.data import LegalClockRow
from casework.rules.calendar import thai_date, thai_instant
from casework.rules.deadlines import RESPOND
from casework.rules.ledger import Interval, Line, state_of
from models.clock_words import ClockKind, DeadlineMove, DeadlineState, KeyEvent
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.deadlines import intervals_of_deadlines, ledgers_of_deadlines
from resolvers.referrals import referrals_by_ids
from resolvers.rows import DeadlineRow, KeyDateRow
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.problem_type import LegalClock
from schema.types.referral import Referral

if TYPE_CHECKING:
    from schema.types.labour_case import Case

_STANDARDS = {
    True: ("ตอบรับการส่งต่อ", "Answer the referral"),
    False: ("รายงานผลการส่งต่อ", "Report the result of the referral"),
}


def _rule(row: DeadlineRow, context: Context) -> LegalClockRow | None:
    return context.reference.legal_clock(row.code, row.rule_from)


def _name(row: DeadlineRow, context: Context) -> str:
    rule = _rule(row, context)
    return rule.name_th if rule else _STANDARDS[row.code == RESPOND][0]


def _name_en(row: DeadlineRow, context: Context) -> str:
    rule = _rule(row, context)
    return rule.name_en if rule else _STANDARDS[row.code == RESPOND][1]


def _verified(row: DeadlineRow, context: Context) -> bool:
    rule = _rule(row, context)
    return rule is not None and rule.verified


@noun(Line, description="A line of a clock's ledger: what moved it.")
class DeadlineStep:
    move: DeadlineMove = plain("What moved it.")
    at: datetime = plain("When.")
    due_at: datetime = plain("By when it is due from then on.")


@noun(Interval, description="A stretch of a clock's time.")
class DeadlineInterval:
    state: DeadlineState = plain("RUNNING, PAUSED, or MISSED for the time past its end.")
    since: datetime = plain("Its beginning.")
    until: datetime | None = plain("Its end; null while it lasts.")
    due_at: datetime = plain("By when the clock was due meanwhile.")


@noun(
    DeadlineRow,
    description="A clock of a case: a period that a law sets, or the service standard of a referral. Legal clocks count"
    " every day, service standards Thai working days. Shown from level STATUS on.",
)
class Deadline(Node):
    id: strawberry.ID = identity("Deadline")
    kind: ClockKind = plain("Whose duty or right it measures.")
    code: str = plain("Names the rule across its versions, for example INSPECTOR_ORDER.")
    name: str = worked_out(_name, "What must happen in that time, in Thai.")
    name_en: str = worked_out(_name_en, "What must happen in that time, in English.")
    rule: LegalClock | None = worked_out(
        _rule, "Law, section, source and certainty: the version of the day on which it started; null for standards."
    )
    rule_from: date = plain("First day of the version of the rule that applies.")
    verified: bool = worked_out(
        _verified, "False for rules that must not be relied on before somebody confirms them; all standards are."
    )
    state: DeadlineState = worked_out(lambda row, context: state_of(row, context.now), "How it stands.")
    started_at: datetime = plain("When it began to run.")
    due_at: datetime = plain("When it ends: the last moment of its last day in Thailand.")
    due_at_thai: str = worked_out(lambda row, _: thai_instant(row.due_at), "The same in Bangkok time, Buddhist Era.")
    extension: int = plain("Units of the rule by which it was extended.")
    paused_at: datetime | None = plain("Since when it stands still; null while it does not.")
    ended_at: datetime | None = plain("When it was met or dropped; null while it is open.")
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] = linked(
        cases_by_ids, "The case it belongs to.", of="case_id"
    )
    referral: Referral | None = linked(
        referrals_by_ids, "Of a service standard: the referral whose office it binds.", of="referral_id"
    )
    steps: list[DeadlineStep] = linked(ledgers_of_deadlines, "Its ledger, the first line first.")
    intervals: list[DeadlineInterval] = linked(intervals_of_deadlines, "The ledger as stretches of time up to now.")


DeadlineConnection = Connection[Deadline]


def _day_thai(row: KeyDateRow, _context: Context) -> str:
    return thai_date(row.day)


@noun(KeyDateRow, description="The day of an event that legal clocks count from, or that ends one.")
class KeyDate:
    event: KeyEvent = plain("What happened.")
    day: date = plain("The day in Thailand.")
    day_thai: str = worked_out(_day_thai, "The same in the Buddhist Era.")
    recorded_at: datetime = plain("When it was last recorded.")
