"""What triage answers: offices, clocks, papers and severance pay, each with the rule it rests on."""

from datetime import date, datetime, timedelta
from typing import cast

from casework.reference.data import LegalClockRow
from casework.rules.calendar import bangkok_day, thai_date
from casework.rules.severance import Severance
from casework.rules.triage import Answers, ClockFound, OfficeFound, PaperFound, ProblemFound, RightFound, TriageFound
from casework.rules.triage_rules import DocumentRule, FormRule
from models.clock_words import ClockKind, KeyEvent
from models.triage_words import ClockStanding, TriagePlace
from models.vocabulary import Certainty
from resolvers.context import Context
from resolvers.triage import BecauseRow, because
from schema.binding import noun, plain, worked_out
from schema.types.agency import Agency, Office
from schema.types.problem_type import ProblemType

WHY = "The rule it rests on."


def _types(codes: list[str], context: Context) -> list[object]:
    return [context.reference.problem_types[code] for code in codes]


@noun(BecauseRow, description="The rule that an answer rests on, as it was in force on the day it is applied to.")
class Because:
    rule: str = plain("Names the rule across its versions.")
    version: date = plain("The first day on which this version applied.")
    law: str = worked_out(lambda row, _: row.law_th, "The law, in Thai.")
    law_en: str = plain("The law, in English.")
    section: str | None = plain("Section of the law, where known.")
    source: str = plain("Where the fact was found.")
    certainty: Certainty = plain("How well the fact is founded.")
    verified: bool = plain("False for what must be shown as unconfirmed, never as the law.")
    applied_to: date = plain("The day whose rules were asked for.")


@noun(OfficeFound, description="An office that the citizen turns to with a problem.")
class TriageOffice:
    office: Office = plain("The office.")
    place: TriagePlace = plain("Whose area led to it.")
    task: str = worked_out(lambda found, _: found.task.task_th, "What the citizen goes there for, in Thai.")
    task_en: str = worked_out(lambda found, _: found.task.task_en, "What the citizen goes there for, in English.")
    leads: bool = worked_out(lambda found, _: found.task.leads, "Whether its agency leads on the problem.")
    instead_of: Agency | None = worked_out(
        lambda found, context: found.instead_of and context.reference.agencies[found.instead_of],
        "The responsible agency, if it has no office for this area: the coordinator's office stands in for it.",
    )
    because: Because = worked_out(lambda found, _: because(found.rule, found.applied_to), WHY)


@noun(RightFound, description="What the way of working or the insurance means for a problem.")
class TriageRight:
    applies: bool = worked_out(lambda found, _: found.rule.applies, "False when the right seems not to be open.")
    note: str = worked_out(lambda found, _: found.rule.note_th, "A sentence for the citizen, in Thai.")
    note_en: str = worked_out(lambda found, _: found.rule.note_en, "A sentence for the citizen, in English.")
    because: Because = worked_out(lambda found, _: because(found.rule, found.applied_to), WHY)


@noun(ProblemFound, description="One of the problems, and who answers for it.")
class TriageProblem:
    type: ProblemType = worked_out(lambda found, context: context.reference.problem_types[found.code], "Its kind.")
    responsible_agency: Agency = worked_out(
        lambda found, context: context.reference.agencies[context.reference.problem_types[found.code].agency_code],
        "The agency that leads on it.",
    )
    offices: list[TriageOffice] = plain("Where to go, the leading agency first; of one agency the citizen may choose.")
    rights: list[TriageRight] = plain("What employment and insurance mean for it; empty when nothing is known to.")


def _last_day(found: ClockFound) -> date:
    return bangkok_day(found.running.ends_at - timedelta(seconds=1))


def _right_lost(found: ClockFound) -> bool:
    clock = cast("LegalClockRow", found.running.clock)
    return found.standing is ClockStanding.PASSED and clock.kind is ClockKind.CITIZEN_RIGHT and clock.verified


@noun(ClockFound, description="A legal clock that one of the key dates started.")
class TriageDeadline:
    code: str = worked_out(lambda found, _: found.running.clock.code, "Names the clock; see `ProblemType.legalClocks`.")
    name: str = worked_out(lambda found, _: found.running.clock.name_th, "What must happen in that time, in Thai.")
    name_en: str = worked_out(lambda found, _: found.running.clock.name_en, "What must happen, in English.")
    kind: ClockKind = worked_out(lambda found, _: found.running.clock.kind, "Whose duty or right it measures.")
    problem_types: list[ProblemType] = worked_out(
        lambda found, context: _types(found.problem_type_codes, context), "Which of the problems carry it."
    )
    started_on: date = worked_out(lambda found, _: found.running.started_on, "The day of the event that started it.")
    ends_at: datetime = worked_out(lambda found, _: found.running.ends_at, "When its last day is over in Bangkok.")
    last_day: date = worked_out(lambda found, _: _last_day(found), "Its last day in Bangkok.")
    last_day_thai: str = worked_out(lambda found, _: thai_date(_last_day(found)), "The same in the Buddhist Era.")
    standing: ClockStanding = plain("How it stands today.")
    right_lost: bool = worked_out(
        lambda found, _: _right_lost(found),
        "True when the citizen's time is over: say so, and let the office judge whether anything is left."
        " Never true by a rule that nobody has confirmed; see `because`.",
    )
    because: Because = worked_out(lambda found, _: because(found.running.clock, found.running.started_on), WHY)


@noun(PaperFound, description="Something to bring along.", when=lambda found: isinstance(found.rule, DocumentRule))
class TriageDocument:
    code: str = worked_out(lambda found, _: found.rule.code, "Names it.")
    name: str = worked_out(lambda found, _: found.rule.name_th, "Thai name.")
    name_en: str = worked_out(lambda found, _: found.rule.name_en, "English name.")
    problem_types: list[ProblemType] = worked_out(
        lambda found, context: _types(found.problem_type_codes, context), "Which of the problems it is for."
    )
    because: Because = worked_out(lambda found, _: because(found.rule, found.applied_to), WHY)


@noun(PaperFound, description="An official form to fill in.", when=lambda found: isinstance(found.rule, FormRule))
class TriageForm:
    code: str = worked_out(lambda found, _: found.rule.code, "Names it.")
    number: str = worked_out(lambda found, _: found.rule.number, "What offices call it, for example คร.7.")
    name: str = worked_out(lambda found, _: found.rule.name_th, "Thai name.")
    name_en: str = worked_out(lambda found, _: found.rule.name_en, "English name.")
    agency: Agency = worked_out(
        lambda found, context: context.reference.agencies[found.rule.agency], "Whose offices take it."
    )
    problem_types: list[ProblemType] = worked_out(
        lambda found, context: _types(found.problem_type_codes, context), "Which of the problems it is for."
    )
    because: Because = worked_out(lambda found, _: because(found.rule, found.applied_to), WHY)


@noun(Severance, description="Severance pay by the tiers of the day on which the employment ended.")
class TriageSeverance:
    wage_days: int = plain("Days' wages due, at the last rate; 0 when the employment was too short.")
    employed_days: int = plain("Days of employment, the first and the last counted.")
    because: Because = worked_out(
        lambda found, _: because(found.rule, found.applied_to),
        "The tier reached; if none was, the one that was missed.",
    )


@noun(tuple, description="The day of an event, as `KeyDateInput` takes it.")
class TriageKeyDate:
    event: KeyEvent = worked_out(lambda pair, _: pair[0], "What happened.")
    day: date = worked_out(lambda pair, _: pair[1], "The day in Thailand; a Christian year.")


@noun(Answers, description="What `openCase` takes as it is: the same names, the same values.")
class TriageOpening:
    problem_types: list[str] = worked_out(lambda answers, _: answers.problem_type_codes, "Codes, the main one first.")
    workplace_area: str | None = worked_out(
        lambda answers, _: answers.places.get(TriagePlace.WORKPLACE), "Code of the area of the workplace."
    )
    key_dates: list[TriageKeyDate] = worked_out(
        lambda answers, _: list(answers.key_dates.items()), "The key dates that were given."
    )


@noun(TriageFound, description="Where a citizen turns to, what time is left, what to bring. It keeps nothing.")
class Triage:
    problems: list[TriageProblem] = plain("The problems: those given first, then those that questions led to.")
    deadlines: list[TriageDeadline] = worked_out(lambda found, _: found.clocks, "Legal clocks that run, or ran out.")
    dates_to_ask: list[KeyEvent] = plain("Events whose day would start a clock: ask the citizen for it.")
    documents: list[TriageDocument] = plain("What to bring along.")
    forms: list[TriageForm] = plain("What to fill in.")
    severance: TriageSeverance | None = plain(
        "Severance pay; null unless SEVERANCE is among the problems and both days of the employment are known."
    )
    opening: TriageOpening = worked_out(lambda found, _: found.answers, "Its part of the input of `openCase`.")
