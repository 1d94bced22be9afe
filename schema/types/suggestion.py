"""Volunteers who could take a case, and why."""

from models.post_words import SuggestionReason as Kind
from resolvers.context import Context
from resolvers.rows_of_posts import SuggestionReasonRow, SuggestionRow
from schema.binding import noun, plain, worked_out
from schema.types.seat import Volunteer

_STEPS = {
    True: {1: "อำเภอเดียวกัน", 2: "จังหวัดเดียวกัน"},
    False: {1: "The same amphoe.", 2: "The same province."},
}
_OPEN = {True: "{} มีเรื่องที่ยังไม่สิ้นสุด {} เรื่อง", False: "{} Open cases: {}."}


def _text(row: SuggestionReasonRow, context: Context) -> str:
    if row.kind is Kind.AREA_NEAR:
        return _STEPS[context.thai][row.value or 2]
    if row.kind in {Kind.LOAD_LOW, Kind.LOAD_HIGH}:
        word = row.kind.th if context.thai else _LOADS[row.kind]
        return _OPEN[context.thai].format(word, row.value)
    return row.kind.th if context.thai else row.kind.description


_LOADS = {Kind.LOAD_LOW: "Less to do than most.", Kind.LOAD_HIGH: "More to do than most."}


@noun(SuggestionReasonRow, description="Something that speaks for or against a volunteer.", name="AssigneeReason")
class AssigneeReason:
    kind: Kind = plain("What it is; decide by it.")
    value: int | None = plain("The number that goes with it; null where there is none.")
    text: str = worked_out(_text, "The same as a sentence in the language you accept.")


@noun(SuggestionRow, description="A volunteer who could take the case. Nobody is asked before you `assignCase`.")
class AssigneeSuggestion:
    volunteer: Volunteer = plain("The post, which somebody fills now.")
    score: int = plain("The sum of the reasons' weights: for the order, no percentage.")
    reasons: list[AssigneeReason] = plain("What speaks for and against, the place first.")
