"""What a citizen answers without an account: counted, carried out once, told by the status card."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from casework.citizen_operations import was_done
from casework.citizen_window import take_case_by_code
from casework.errors import Refusal, RefusalCode
from casework.work import Unit
from models import Case
from resolvers.case_status import card_by_code, count_question
from resolvers.context import Context
from resolvers.rows import StatusRow


async def answer_by_code(
    context: Context,
    name: str,
    *,
    reference: str,
    tracking_code: str,
    operation_id: UUID,
    given: Any,
    act: Callable[[Unit, Case], Awaitable[None]],
) -> StatusRow:
    """Do it, or find that it was done; give the card once the change is durable."""
    wanted = await count_question(context, reference)
    services = context.services
    async with AsyncSession(services.writer, expire_on_commit=False) as session, session.begin():
        work = Unit(session=session, now=services.clock(), reference=context.reference, operation_id=operation_id)
        case = await take_case_by_code(work, context.keys, reference=wanted, tracking_code=tracking_code)
        if not await was_done(work, context.keys, case_id=case.id, name=name, given=given):
            await act(work, case)
    services.feed.ring()
    card = await card_by_code(context, wanted, tracking_code)
    if card is None:  # the code was renewed in this moment
        raise Refusal(RefusalCode.TRACKING_CODE_WRONG)
    return card
