"""What somebody who is told of a notice outside the service may be told, asked in their post at that instant."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, bindparam, select

from casework.policy.actors import POST_OF, actor_among
from casework.policy.visibility import door, the_case
from models import Notice, table_of
from models.notice_words import NoticeReason
from models.vocabulary import SeatKind
from models.webhook_words import WebhookState
from resolvers.context import Context, Services
from resolvers.webhooks import webhooks_by_ids

notice = table_of(Notice)


class CaseNotice(NamedTuple):
    """A notice that is still the matter: the case by its reference, why, and since when."""

    reference: str
    reason: NoticeReason
    since: datetime


class WebhookNotice(NamedTuple):
    """A webhook that is disabled."""

    url: str


NoticeNews = CaseNotice | WebhookNotice


async def notice_news(services: Services, outgoing: Any) -> NoticeNews | None:
    """Give what to tell; None when the person left the post, the post sees it no more, or the matter is over."""
    context = Context(services, thai=True, reference=services.reference, now=services.clock())
    try:
        given = {"account": outgoing.account_id, "wanted": outgoing.seat_id, "now": context.now}
        context.by = actor_among(await context.rows(POST_OF, given), seat_id=None)
        if context.by is None:
            return None
        await context.refresh()  # the next statement enters as that post
        return await _about(context, outgoing)
    finally:
        await context.close()


async def _about(context: Context, outgoing: Any) -> NoticeNews | None:
    if outgoing.notice_id is None:
        (found,) = await webhooks_by_ids([outgoing.webhook_id], context=context)
        return WebhookNotice(found.url) if found is not None and found.state is WebhookState.DISABLED else None
    rows = await context.rows(_told(context.actor().kind), {"notice": outgoing.notice_id})
    return CaseNotice._make(rows[0]) if rows else None


@cache
def _told(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    return (
        select(the_case.c.reference, notice.c.reason, notice.c.since)
        .select_from(seen.rows.join(notice, notice.c.case_id == the_case.c.id))
        .where(seen.allowed, notice.c.ended_at.is_(None), notice.c.id == bindparam("notice", type_=BigInteger()))
    )
