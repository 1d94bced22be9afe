"""Mutations about handing a post over."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from casework.actions.confirm_handover import confirm_handover
from casework.actions.hand_over_seat import Passing, hand_over_seat
from casework.work import Work
from models.action_words import SeatAction
from models.post_words import HandoverReason
from models.vocabulary import Language
from resolvers.handovers import handovers_by_ids
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, Intent, carry_out, given_as, intent
from schema.ids import wanted_id
from schema.operations.posts import LANGUAGES, PersonRef, person_of
from schema.rules_in_words import seat_rule
from schema.types.handover import Handover


@strawberry.input(description="A person leaves a post, now; somebody else takes it over, or it stays empty.")
class HandoverSeatInput(Intent):
    seat: strawberry.ID = strawberry.field(description="Id of the post.")
    expected_version: int = strawberry.field(description=f"Of the post. {EXPECTED_VERSION}")
    reason: HandoverReason = strawberry.field(description="Why.")
    person: PersonRef | None = strawberry.field(
        default=None, description="Who takes it over; left out, the post stays empty and its mentor sees to it."
    )
    until: datetime | None = strawberry.field(
        default=None, description="Until when the person has it; without an end unless you say so."
    )
    languages: list[Language] = strawberry.field(default_factory=list, description=LANGUAGES)


@strawberry.type(description="The post has passed on; no case has moved.")
class HandoverSeatPayload:
    handover: Handover = strawberry.field(description="The receipt.")


async def _hand_over(info: Info, input: Annotated[HandoverSeatInput, given_as("Which post, to whom.")]) -> Any:
    async def act(work: Work) -> int:
        person = None if input.person is None else person_of(input.person)
        passing = Passing(input.reason, person, input.until, frozenset(input.languages))
        seat_id = wanted_id(info.context, "Seat", input.seat, "input", "seat")
        return await hand_over_seat(work, seat_id=seat_id, expected_version=input.expected_version, passing=passing)

    return await carry_out(
        info, input, act, look_up=handovers_by_ids, payload=lambda row: HandoverSeatPayload(handover=row)
    )


@strawberry.input(description="Confirm that you took a post over. It takes and raises no version.")
class ConfirmHandoverInput(Intent):
    handover: strawberry.ID = strawberry.field(description="Id of the handover; see `Seat.handovers`.")


@strawberry.type(description="The handover is confirmed.")
class ConfirmHandoverPayload:
    handover: Handover = strawberry.field(description="The receipt.")


async def _confirm(info: Info, input: Annotated[ConfirmHandoverInput, given_as("Which handover.")]) -> Any:
    async def act(work: Work) -> int:
        handover_id = wanted_id(info.context, "Handover", input.handover, "input", "handover")
        return await confirm_handover(work, handover_id=handover_id)

    return await carry_out(
        info, input, act, look_up=handovers_by_ids, payload=lambda row: ConfirmHandoverPayload(handover=row)
    )


@strawberry.type
class HandoverMutations:
    handover_seat = intent(
        _hand_over,
        HandoverSeatPayload,
        "Hand a post over: its incumbent's time and absences end now, the next one's begins, its cases stay with it,"
        f" and a receipt lists them with all that is promised and due. {seat_rule(SeatAction.HAND_OVER)}",
    )
    confirm_handover = intent(
        _confirm,
        ConfirmHandoverPayload,
        "Confirm a handover, as the one who took the post over; of a post left empty, as its mentor or as whoever fills"
        f" it by now. Confirming it again changes nothing. {seat_rule(SeatAction.CONFIRM_HANDOVER)}",
        versioned=False,
    )
