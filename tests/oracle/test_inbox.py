"""Whatever is in an inbox, in whatever world: what the table lets the post see, of what it had to do with then."""

from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models import Case, Event, Follow, Notice
from models.vocabulary import EventKind, SubjectKind
from server.database import DatabaseUrls
from tests.oracle.conftest import Drawn, seeded
from tests.oracle.seeing import Eyes
from tests.schema.following import listen, stamped, start
from tests.world import World


def stood(event: Event, since: datetime, until: datetime | None = None) -> bool:
    return since <= event.recorded_at and (until is None or event.recorded_at <= until)


def is_own(by: Any, row: Any) -> bool:
    return row.seat_id == by.seat_id or (row.office_id is not None and row.office_id == by.office_id)


def is_news(seen: Eyes, case: Case, event: Event) -> bool:
    """Did the post have to do with the case then, by another's act?"""
    if event.actor_seat_id == seen.by.seat_id or event.kind is EventKind.NOTICE_GIVEN:
        return False
    follows = seen.facts.of(Follow, case_id=case.id, seat_id=seen.by.seat_id)
    notices = [each for each in seen.facts.of(Notice, case_id=case.id) if is_own(seen.by, each)]
    return (
        any(stood(event, each.since, each.until) for each in seen.own_parts(case))
        or any(stood(event, each.given_at, each.ended_at) for each in notices)
        or any(stood(event, each.since) for each in follows)
    )


@seeded(2)
@given(seed=st.integers(0, 2**32))
async def test_an_inbox_holds_what_is_news_for_its_post_and_visible_to_it(
    drawn: Drawn, seed: int, world: World, urls: DatabaseUrls
) -> None:
    found = 0
    async with drawn(seed) as (facts, api):
        await stamped(urls)
        events = sorted(facts.of(Event, subject_kind=SubjectKind.CASE), key=lambda event: event.id)
        assert EventKind.NOTICE_GIVEN not in {event.kind for event in events}  # the payloads of drawn ones say nothing
        for by in facts.viewers:
            seen = Eyes(facts, by)
            expected = []
            for event in events:
                case = facts.one(Case, id=event.subject_id)
                if event in seen.events(case) and is_news(seen, case, event):
                    expected.append(api.id("TimelineEvent", event.id))
            assert [one["event"]["id"] for one in await listen(world, by.handle, start(world))] == expected, by
            found += len(expected)
    assert found > 0
