"""Say where one wants to be told of notices outside the service, or that one does not any more."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from casework import journal
from casework.rules.endpoints import check_email
from casework.work import KEY_STAYS, Work
from models import NoticeAddress, Seat, table_of
from models.vocabulary import EventKind
from models.webhook_words import NoticeChannel

address_of = table_of(NoticeAddress)


async def set_notice_address(work: Work, *, email: str | None) -> int:
    """Keep one's own address for all one's posts, or none; the journal is not told which. Gives the post's id."""
    own = {"account_id": work.by.account_id, "channel": NoticeChannel.EMAIL}
    if email is None:
        gone = delete(NoticeAddress).where(
            col(NoticeAddress.account_id) == work.by.account_id, col(NoticeAddress.channel) == NoticeChannel.EMAIL
        )
        await work.session.execute(gone)
    else:
        told = check_email(email, "input", "email")
        kept = insert(address_of).values(**own, address=told)
        await work.session.execute(
            kept.on_conflict_do_update(index_elements=["account_id", "channel"], set_={"address": told})
        )
    seat = await work.session.get_one(Seat, work.by.seat_id, with_for_update=KEY_STAYS, populate_existing=True)
    payload: journal.Payload = {"account": work.by.account_id, "channel": None if email is None else "EMAIL"}
    await journal.append(work, seat, EventKind.NOTICE_ADDRESS_SET, payload)
    return work.by.seat_id
