"""Mutations about absence: who is away, and who covers the post."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from casework.actions.cancel_absence import cancel_absence
from casework.actions.plan_absence import Absence, plan_absence
from casework.work import Work
from models.action_words import SeatAction
from resolvers.seats import seats_by_ids
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, Intent, carry_out, given_as, intent
from schema.ids import wanted_id
from schema.rules_in_words import seat_rule
from schema.types.seat import Seat


@strawberry.input(description="A volunteer will be away; somebody fills the post too meanwhile.")
class PlanAbsenceInput(Intent):
    seat: strawberry.ID = strawberry.field(description="Id of the volunteer's post.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    covered_by: strawberry.ID = strawberry.field(
        description="Id of the post whose incumbent covers: another volunteer's of the amphoe, or its mentor's."
    )
    since: datetime | None = strawberry.field(default=None, description="From when on; from now on unless you say so.")
    until: datetime = strawberry.field(description="Until when; the cover ends by itself then.")


@strawberry.type(description="The post has a cover for that time; the one who is away keeps it.")
class PlanAbsencePayload:
    seat: Seat = strawberry.field(description="The post as it stands now; see its `incumbencies`.")


async def _plan(info: Info, input: Annotated[PlanAbsenceInput, given_as("Whose absence, who covers.")]) -> Any:
    async def act(work: Work) -> int:
        seat_id = wanted_id(info.context, "Seat", input.seat, "input", "seat")
        covering = wanted_id(info.context, "Seat", input.covered_by, "input", "coveredBy")
        absence = Absence(covering, until=input.until, since=input.since)
        return await plan_absence(work, seat_id=seat_id, expected_version=input.expected_version, absence=absence)

    return await carry_out(info, input, act, look_up=seats_by_ids, payload=lambda row: PlanAbsencePayload(seat=row))


@strawberry.input(description="Somebody is not away after all, or is back early.")
class CancelAbsenceInput(Intent):
    seat: strawberry.ID = strawberry.field(description="Id of the post.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    incumbency: strawberry.ID = strawberry.field(
        description="Id of the cover; see `Seat.incumbencies`, where `coversAbsence` is true."
    )


@strawberry.type(description="The cover has left the post.")
class CancelAbsencePayload:
    seat: Seat = strawberry.field(description="The post as it stands now.")


async def _cancel(info: Info, input: Annotated[CancelAbsenceInput, given_as("Which absence.")]) -> Any:
    async def act(work: Work) -> int:
        return await cancel_absence(
            work,
            seat_id=wanted_id(info.context, "Seat", input.seat, "input", "seat"),
            expected_version=input.expected_version,
            incumbency_id=wanted_id(info.context, "Incumbency", input.incumbency, "input", "incumbency"),
        )

    return await carry_out(info, input, act, look_up=seats_by_ids, payload=lambda row: CancelAbsencePayload(seat=row))


@strawberry.type
class AbsenceMutations:
    plan_absence = intent(
        _plan,
        PlanAbsencePayload,
        "Plan that a volunteer is away, and who covers the post. Who covers acts in the post, with the post's access."
        f" {seat_rule(SeatAction.PLAN_ABSENCE)}",
    )
    cancel_absence = intent(
        _cancel, CancelAbsencePayload, f"Cancel an absence, or end it early. {seat_rule(SeatAction.PLAN_ABSENCE)}"
    )
