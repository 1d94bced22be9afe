"""The query that tells a citizen's way before there is a case."""

from datetime import date
from typing import Annotated, Any

import strawberry

from casework.errors import Refusal, RefusalCode
from casework.rules.triage import Answers
from models.triage_words import EmploymentKind, InsuredSection, TriagePlace
from resolvers.triage import answer_triage, problems_of
from schema.binding import Info
from schema.codes import known_area, known_problem_types
from schema.key_dates import KeyDateInput, key_dates
from schema.types.triage import Triage

MOST_ANSWERS = 50


@strawberry.input(description="What the citizen told; nothing of it is kept. At least one problem and one place.")
class TriageInput:
    problem_types: list[str] = strawberry.field(
        default_factory=list, description="Codes of `problemTypes`, the main one first; with the answers at most 10."
    )
    answered_yes: list[str] = strawberry.field(
        default_factory=list, description="Codes of `ProblemType.triageQuestions` that the citizen said yes to."
    )
    key_dates: list[KeyDateInput] = strawberry.field(default_factory=list, description="What happened when.")
    employment_began: date | None = strawberry.field(default=None, description="The first day of employment.")
    employment: EmploymentKind | None = strawberry.field(default=None, description="How the citizen works or worked.")
    insured: InsuredSection | None = strawberry.field(default=None, description="How the citizen is insured.")
    workplace_area: str | None = strawberry.field(default=None, description="Code of the area of the workplace.")
    employer_area: str | None = strawberry.field(
        default=None, description="Code of the area of the employer's domicile."
    )
    home_area: str | None = strawberry.field(default=None, description="Code of the area where the citizen lives.")


def _triage(
    info: Info, input: Annotated[TriageInput, strawberry.argument(description="What the citizen told.")]
) -> Any:
    context = info.context
    for name, given in (("problemTypes", input.problem_types), ("answeredYes", input.answered_yes)):
        if len(given) > MOST_ANSWERS:
            raise Refusal(RefusalCode.TOO_MANY, "input", name, limit=MOST_ANSWERS)
    if len(set(input.problem_types)) < len(input.problem_types):
        raise Refusal(RefusalCode.PROBLEM_REPEATED, "input", "problemTypes")
    known_problem_types(context, input.problem_types, "input", "problemTypes")
    problems, unknown = problems_of(input.problem_types, input.answered_yes)
    if unknown is not None:
        raise Refusal(RefusalCode.QUESTION_UNKNOWN, "input", "answeredYes", str(input.answered_yes.index(unknown)))
    areas = {
        TriagePlace.WORKPLACE: known_area(context, input.workplace_area, "input", "workplaceArea"),
        TriagePlace.EMPLOYER: known_area(context, input.employer_area, "input", "employerArea"),
        TriagePlace.HOME: known_area(context, input.home_area, "input", "homeArea"),
    }
    answers = Answers(
        problem_type_codes=problems,
        places={place: area for place, area in areas.items() if area is not None},
        key_dates=key_dates(input.key_dates, "input", "keyDates"),
        employment_began=input.employment_began,
        employment=input.employment,
        insured=input.insured,
    )
    return answer_triage(context, answers)


@strawberry.type
class TriageQueries:
    triage: Triage | None = strawberry.field(
        resolver=_triage,
        description="Which offices answer for a citizen's problems, which legal clocks run, what to bring and to fill"
        " in. Public; it shows nobody's data and changes nothing. Answers that contradict each other are an error.",
    )
