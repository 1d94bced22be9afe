"""Mutations that join two records of one person, and part them again."""

from typing import Annotated, Any

import strawberry

from casework.actions.merge_citizens import merge_citizens
from casework.actions.unmerge_citizens import unmerge_citizens
from casework.work import Work
from models.action_words import CitizenAction
from resolvers.citizens import citizens_by_ids
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, CitizenRef, Intent, carry_out, given_as, intent
from schema.rules_in_words import citizen_rule
from schema.types.citizen import Citizen


@strawberry.input(description="Merge the record of a citizen into another record of the same person.")
class MergeCitizensInput(Intent):
    citizen: CitizenRef = strawberry.field(description="The record that is merged; it stays as it is, and rests.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    into: CitizenRef = strawberry.field(description="The record that goes on.")
    expected_into_version: int = strawberry.field(description="The `version` of that record on which you decided.")


@strawberry.type(description="The record goes on with the cases, phones, addresses and documents of both.")
class MergeCitizensPayload:
    citizen: Citizen = strawberry.field(description="The record that goes on; see its `mergedRecords`.")


async def _merge(info: Info, input: Annotated[MergeCitizensInput, given_as("Which record into which.")]) -> Any:
    async def act(work: Work) -> int:
        return await merge_citizens(
            work,
            source_id=await input.citizen.find(work, info.context),
            target_id=await input.into.find(work, info.context, "into"),
            expected_version=input.expected_version,
            expected_into_version=input.expected_into_version,
        )

    return await carry_out(
        info, input, act, look_up=citizens_by_ids, payload=lambda row: MergeCitizensPayload(citizen=row)
    )


@strawberry.input(description="Undo a merge of two records. `citizen` is the one that was merged.")
class UnmergeCitizensInput(Intent):
    citizen: CitizenRef = strawberry.field(description="The record that was merged.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The record goes on by itself, with its own cases; what came later stays with the other.")
class UnmergeCitizensPayload:
    citizen: Citizen = strawberry.field(description="The record that was merged, as it stands now.")


async def _unmerge(info: Info, input: Annotated[UnmergeCitizensInput, given_as("Which record.")]) -> Any:
    async def act(work: Work) -> int:
        citizen_id = await input.citizen.find(work, info.context)
        return await unmerge_citizens(work, citizen_id=citizen_id, expected_version=input.expected_version)

    return await carry_out(
        info, input, act, look_up=citizens_by_ids, payload=lambda row: UnmergeCitizensPayload(citizen=row)
    )


@strawberry.type
class CitizenMergeMutations:
    merge_citizens = intent(
        _merge,
        MergeCitizensPayload,
        f"Merge two records of one person; nothing is lost. For each of the two: {citizen_rule(CitizenAction.MERGE)}",
    )
    unmerge_citizens = intent(
        _unmerge,
        UnmergeCitizensPayload,
        f"Undo a merge of two records. {citizen_rule(CitizenAction.UNMERGE)}",
    )
