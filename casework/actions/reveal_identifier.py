"""Show somebody the whole number of a citizen's document, for a reason that is kept."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.actions.update_citizen import ShownIdentifier
from casework.citizen_desk import take_citizen_for
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.work import Work
from models import CitizenIdentifier, IdentifierReveal
from models.action_words import CitizenAction
from models.vocabulary import EventKind


async def reveal_identifier(work: Work, *, citizen_id: int, shown: ShownIdentifier, reason: str) -> int:
    """Record who asks and why; gives the record's id, and never the number. Takes and raises no version."""
    citizen = await take_citizen_for(work, citizen_id, CitizenAction.REVEAL_IDENTIFIER)
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    document = (
        select(col(CitizenIdentifier.id))
        .where(
            col(CitizenIdentifier.citizen_id) == citizen_id,
            col(CitizenIdentifier.kind) == shown.kind,
            col(CitizenIdentifier.last_four) == shown.last_four,
        )
        .order_by(col(CitizenIdentifier.id))
    )
    identifier_id = await work.session.scalar(document.limit(1))
    if identifier_id is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "identifier")
    reveal = IdentifierReveal(
        id=await work.new_id(),
        citizen_id=citizen_id,
        identifier_id=identifier_id,
        kind=shown.kind,
        reason=why,
        revealed_by_seat_id=work.by.seat_id,
        revealed_by_account_id=work.by.account_id,
        revealed_at=work.now,
    )
    await work.save(reveal)
    citizen.updated_at = work.now
    told: journal.Payload = {"reveal": reveal.id, "kind": shown.kind.value}
    await journal.append(work, citizen, EventKind.IDENTIFIER_REVEALED, told)
    return reveal.id
