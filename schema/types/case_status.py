"""What a citizen is shown of a case: a card without ids, from which nothing else is reached."""

from datetime import datetime

from casework.reference.data import OfficeRow, ProblemTypeRow
from casework.rules.next_steps import NEXT_STEPS
from models.vocabulary import CaseState
from resolvers.context import Context
from resolvers.rows import StatusRow
from schema.binding import noun, plain, worked_out
from schema.types.labour_case import when_thai

MINISTRY = "OPS"


@noun(ProblemTypeRow, description="A kind of labour problem, by its name.")
class CaseStatusProblem:
    name: str = worked_out(lambda kind, _: kind.name_th, "Thai name.")
    name_en: str = plain("English name.")


def _hotline(office: OfficeRow, context: Context) -> str | None:
    own = context.reference.agencies[office.agency_code].hotline
    return own or context.reference.agencies[MINISTRY].hotline


@noun(OfficeRow, description="An office, by its name and the number to call.")
class CaseStatusOffice:
    name: str = worked_out(lambda office, _: office.name_th, "Thai name.")
    name_en: str = plain("English name.")
    hotline: str | None = worked_out(_hotline, "The hotline of its agency; the Ministry's where the agency has none.")


def _next_step(row: StatusRow, context: Context) -> str:
    step = NEXT_STEPS[row.state]
    return step.th if context.thai else step.en


@noun(StatusRow, description="How a case stands, for the citizen whose matter it is: nothing of persons or texts.")
class CaseStatus:
    reference: str = plain("What people read out: province, Buddhist year, sequence, check digit.")
    state: CaseState = plain("Where it stands.")
    state_name: str = worked_out(lambda row, _: row.state.th, "Where it stands, in Thai.")
    state_name_en: str = worked_out(lambda row, _: row.state.description, "Where it stands, in English.")
    next_step: str = worked_out(_next_step, "What the citizen does next: a sentence in the language you accept.")
    problems: list[CaseStatusProblem] = worked_out(
        lambda row, context: [context.reference.problem_types[code] for code in row.problem_type_codes],
        "What it is about, the main problem first.",
    )
    offices: list[CaseStatusOffice] = worked_out(
        lambda row, context: [context.reference.offices[id_] for id_ in row.office_ids],
        "Offices that took part, in the order in which they came in.",
    )
    opened_at: datetime = plain("When it was opened.")
    opened_at_thai: str = worked_out(when_thai("opened_at"), "The same in Bangkok time, Buddhist Era.")
    updated_at: datetime = plain("When anything last happened to it.")
    updated_at_thai: str = worked_out(when_thai("updated_at"), "The same in Bangkok time, Buddhist Era.")
    due_at: datetime | None = plain("When the next answer is due; null when none is.")
    due_at_thai: str | None = worked_out(when_thai("due_at"), "The same in Bangkok time, Buddhist Era.")
    awaits_confirmation: bool = plain(
        "Whether the citizen is asked to accept the result: `confirmClosingByCode`. False also where a second person"
        " checks it first."
    )
    may_dispute: bool = plain("Whether the citizen may still dispute the result: `disputeClosingByCode`.")
    answer_by: datetime | None = plain(
        "From when on nobody's answer counts as acceptance: the matter is closed then. Null when no answer is awaited,"
        " and where a second person checks the result, however long that takes."
    )
    answer_by_thai: str | None = worked_out(when_thai("answer_by"), "The same in Bangkok time, Buddhist Era.")
