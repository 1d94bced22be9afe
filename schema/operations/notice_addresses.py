"""The mutation with which people say where they want to be told of notices."""

from typing import Annotated, Any

import strawberry

from casework.actions.set_notice_address import set_notice_address
from casework.work import Work
from resolvers.context import Context
from resolvers.webhooks import own_notice_address
from schema.binding import Info
from schema.changing import Intent, carry_out, given_as, intent


@strawberry.input(description="Where you want to be told of the notices of your posts besides in the service.")
class SetNoticeAddressInput(Intent):
    email: str | None = strawberry.field(default=None, description="Your e-mail address; left out: none any more.")


@strawberry.type(description="Notices from now on go there.")
class SetNoticeAddressPayload:
    email: str | None = strawberry.field(description="The address as it is kept; null: none.")


async def _own_address(ids: list[int], *, context: Context) -> list[tuple[str | None]]:
    return [(await own_notice_address(context),)] * len(ids)


async def _set(info: Info, input: Annotated[SetNoticeAddressInput, given_as("Which address.")]) -> Any:
    async def act(work: Work) -> int:
        return await set_notice_address(work, email=input.email)

    payload = lambda found: SetNoticeAddressPayload(email=found[0])  # noqa: E731 - as short as it is
    return await carry_out(info, input, act, look_up=_own_address, payload=payload)


@strawberry.type
class NoticeAddressMutations:
    set_notice_address = intent(
        _set,
        SetNoticeAddressPayload,
        "Say where you want to be told of notices by e-mail, for all your posts; nobody else is shown the address. The"
        " mail names the case by its reference and nobody. Allowed to whoever fills a post, for oneself.",
        versioned=False,
    )
