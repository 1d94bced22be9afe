"""Kinds of labour problems and the legal clocks that run on them."""

from datetime import date

from casework.reference.data import LegalClockRow, ProblemTypeRow
from casework.rules.triage_rules import Question
from models.clock_words import ClockKind, ClockUnit
from models.vocabulary import Certainty
from resolvers.context import Context
from resolvers.triage import questions_about
from schema.binding import noun, plain, worked_out
from schema.types.agency import Agency


@noun(LegalClockRow, description="A period that a law sets for a kind of problem, as one version of the law has it.")
class LegalClock:
    code: str = plain("Names the clock across the versions of the law.")
    name: str = worked_out(lambda clock, _: clock.name_th, "What must happen in that time, in Thai.")
    name_en: str = plain("What must happen in that time, in English.")
    kind: ClockKind = plain("Whose duty or right it measures.")
    starts_on: str = plain("The event that starts it, for example COMPLAINT_FILED.")
    amount: int = plain("How many units.")
    unit: ClockUnit = plain("What it counts; legal clocks count every day.")
    extension: int | None = plain("Further units by which the law lets it be extended.")
    pauses: bool = plain("Whether the law lets it pause.")
    law: str = worked_out(lambda clock, _: clock.law_th, "The law, in Thai.")
    law_en: str = plain("The law, in English.")
    section: str | None = plain("Section of the law, where known.")
    source: str = plain("Where the fact was found.")
    certainty: Certainty = plain("How well the fact is founded.")
    verified: bool = plain("False for facts that must not be relied on before somebody confirms them.")
    effective_from: date = plain("First day on which it applies.")
    effective_until: date | None = plain("First day on which it no longer applies.")


def _clocks(kind: ProblemTypeRow, context: Context) -> list[LegalClockRow]:
    return [clock for clock in context.reference.legal_clocks if kind.code in clock.problem_type_codes]


@noun(Question, description="A plain question for whoever does not know the problem's name.")
class TriageQuestion:
    code: str = plain("Give it to `triage` in `answeredYes` when the answer is yes.")
    text: str = worked_out(lambda question, _: question.text_th, "The question in Thai.")
    text_en: str = plain("The question in English.")


@noun(ProblemTypeRow, description="A kind of labour problem.")
class ProblemType:
    code: str = plain("Stable code, for example UNPAID_WAGES.")
    name: str = worked_out(lambda kind, _: kind.name_th, "Thai name.")
    name_en: str = plain("English name.")
    sensitive: bool = plain("Cases with such a problem are seen by fewer people and closed by a second person.")
    responsible_agency: Agency = worked_out(
        lambda kind, context: context.reference.agencies[kind.agency_code], "The agency that leads on it."
    )
    also_agencies: list[Agency] = worked_out(
        lambda kind, context: [context.reference.agencies[code] for code in kind.also_agency_codes],
        "Agencies that often take part.",
    )
    legal_clocks: list[LegalClock] = worked_out(_clocks, "The legal clocks that run on it, past versions included.")
    triage_questions: list[TriageQuestion] = worked_out(
        lambda kind, _: questions_about(kind.code), "Plain questions that lead to it when the answer is yes.", size=2
    )
