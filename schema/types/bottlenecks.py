"""Where cases wait."""

from collections.abc import Callable
from datetime import datetime

from casework.rules.calendar import thai_length
from models.vocabulary import CaseState, SeatKind
from resolvers.bottlenecks import AnswerRow, StayRow, answers_of, stays_of
from resolvers.bottlenecks import Bottlenecks as Asked
from resolvers.context import Context
from schema.binding import linked, noun, plain, worked_out
from schema.types.agency import Office, office_of


def _seconds(name: str) -> Callable[[StayRow, Context], int | None]:
    def read(row: StayRow, _context: Context) -> int | None:
        dwell = getattr(row, name)
        return None if dwell is None else int(dwell)

    return read


def _thai(name: str) -> Callable[[StayRow, Context], str | None]:
    def read(row: StayRow, _context: Context) -> str | None:
        dwell = getattr(row, name)
        return None if dwell is None else thai_length(int(dwell))

    return read


@noun(
    StayRow,
    description="How long cases stayed with an office, or with all posts of a kind, in one state. A stay is the time"
    " from when a case came to this holder in this state until either changed.",
)
class Stays:
    office: Office | None = worked_out(lambda row, context: office_of(row.office_id, context), "The office that held.")
    seat_kind: SeatKind | None = plain("If no office: the kind of the posts that held, all of them together.")
    state: CaseState = plain("In which state.")
    count: int = worked_out(lambda row, _: row.stays, "How many stays lasted at some time of the period.")
    waiting_now: int = plain("How many cases are there now, whatever the period.")
    median_dwell_seconds: int | None = worked_out(
        _seconds("median"),
        "Half of these stays were not longer, in seconds; those that go on count up to the end of the period. Null if"
        " there were none.",
    )
    median_dwell_thai: str | None = worked_out(_thai("median"), "The same for people.")
    p90_dwell_seconds: int | None = worked_out(_seconds("p90"), "Nine in ten were not longer, in seconds.")
    p90_dwell_thai: str | None = worked_out(_thai("p90"), "The same for people.")


@noun(AnswerRow, description="What became of the referrals to an office.")
class ReferralAnswers:
    office: Office = worked_out(lambda row, context: office_of(row.office_id, context), "The office addressed.")
    sent: int = plain("How many were sent to it in the period.")
    lapsed: int = plain("How many lapsed in the period: nobody answered.")
    late_now: int = plain("How many are past `respondBy` now and neither accepted nor rejected.")
    rejected: int = plain("How many it rejected in the period.")
    returned: int = plain("How many it gave back in the period after it had accepted them.")
    recalled: int = plain("How many the sender took back in the period, before they were accepted.")


@noun(
    Asked,
    description="Where the cases that you see wait. Referrals that ended because their case ended are not counted as"
    " given back.",
)
class Bottlenecks:
    since: datetime = plain("The beginning of the period.")
    until: datetime = worked_out(lambda row, _: row.till, "Its end; now at the latest.")
    stays: list[Stays] = linked(stays_of, "Where most cases wait now comes first.")
    referrals: list[ReferralAnswers] = linked(answers_of, "Where most went unanswered or came back comes first.")
