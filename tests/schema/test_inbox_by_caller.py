"""`inboxEvents` as nobody, as strangers, and as those with whom a case has to do."""

from datetime import timedelta

import pytest

from casework.actions.add_note import add_note
from casework.actions.assign_case import assign_case
from casework.actions.follow_case import follow_case
from casework.actions.receive_referral import receive_referral
from casework.actions.unfollow_case import unfollow_case
from models.vocabulary import Audience, ReferralState
from resolvers import feeds
from resolvers.feed_points import FeedPoint
from server.database import DatabaseUrls
from tests.api import Api
from tests.casework import situations
from tests.schema.following import cursor, follow, listen, stamped, start
from tests.schema.stage import NEIGHBOUR
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    VOLUNTEER,
    World,
)

ANEW = " Read your screens anew, and begin from `cursor`."


async def kinds(world: World, by: str, after: str | None = None) -> list[str]:
    heard = await listen(world, by, after or start(world))
    assert {one["__typename"] for one in heard} <= {"InboxEvent"}
    return [one["event"]["kind"] for one in heard]


async def test_a_post_hears_of_what_it_has_to_do_with_from_when_it_came_in_and_not_of_its_own_acts(
    world: World, urls: DatabaseUrls
) -> None:
    case_id = await situations.screened(world)
    referral_id = await world.referral(case_id)
    await world.on_referral(DLPW, receive_referral, referral_id)
    await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text="โทรแล้ว")
    await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.OWN_AGENCY, text="ภายใน")
    await stamped(urls)
    before = await world.fingerprint()
    assert await kinds(world, VOLUNTEER) == ["REFERRAL_RECEIVED"]
    assert await kinds(world, DLPW) == ["REFERRAL_SENT", "NOTE_ADDED"]
    assert await kinds(world, "head DLPW-43") == ["REFERRAL_SENT", "REFERRAL_RECEIVED", "NOTE_ADDED"]
    for by in (MENTOR, COORDINATOR, OTHER_VOLUNTEER, SSO, AUDITOR, ADMIN):
        assert await kinds(world, by) == [], by
    for nobody, code in ((None, "NOT_SIGNED_IN"), ("nobody of the network", "NO_SEAT")):
        (refused,) = await listen(world, nobody, start(world))
        assert (refused["__typename"], refused["code"]) == ("NotPermitted", code)
    assert await world.fingerprint() == before


async def test_whoever_follows_hears_what_comes_after_until_they_follow_no_more(
    world: World, urls: DatabaseUrls
) -> None:
    case_id = await world.case()
    for follower in (COORDINATOR, AUDITOR):
        await world.act(follower, follow_case, case_id=case_id)
    await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text="โทรแล้ว")
    await stamped(urls)
    assert await kinds(world, COORDINATOR) == await kinds(world, AUDITOR) == ["NOTE_ADDED"]
    assert await kinds(world, MENTOR) == []
    await world.act(COORDINATOR, unfollow_case, case_id=case_id)
    assert await kinds(world, COORDINATOR) == []


async def test_who_is_asked_to_take_a_case_hears_of_it(world: World, urls: DatabaseUrls) -> None:
    case_id = await world.case()
    seat_id = (await world.actor(NEIGHBOUR)).seat_id
    await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=seat_id)
    await stamped(urls)
    assert await kinds(world, NEIGHBOUR) == ["ASSIGNMENT_PROPOSED"]


async def test_a_notice_is_news_for_the_one_who_was_told_and_so_is_what_follows_while_it_is_open(
    world: World, urls: DatabaseUrls
) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    world.now += timedelta(days=7)
    await world.tend()
    await stamped(urls)
    assert await kinds(world, DLPW) == ["REFERRAL_SENT", "NOTICE_GIVEN"]
    assert await kinds(world, VOLUNTEER) == []
    world.now += timedelta(days=30)
    await world.tend()
    assert await stamped(urls) > 0
    told = await world.rows(
        "SELECT seat_id FROM notice WHERE case_id = :id AND seat_id IS NOT NULL AND reason = 'REFERRAL_LAPSED'",
        id=sent.case_id,
    )
    mentor, volunteer = (await world.actor(MENTOR)).seat_id, (await world.actor(VOLUNTEER)).seat_id
    assert {row.seat_id for row in told} == {mentor, volunteer}
    assert await kinds(world, MENTOR) == ["REFERRAL_LAPSED", "NOTICE_GIVEN"]  # of one instant
    assert await kinds(world, VOLUNTEER) == ["REFERRAL_LAPSED", "NOTICE_GIVEN"]
    await world.act(VOLUNTEER, add_note, case_id=sent.case_id, audience=Audience.CASE, text="โทรแล้ว")
    await stamped(urls)
    assert await kinds(world, MENTOR) == ["REFERRAL_LAPSED", "NOTICE_GIVEN", "NOTE_ADDED"]
    assert await kinds(world, COORDINATOR) == []


async def test_without_a_cursor_the_first_word_is_where_it_begins_and_each_cursor_continues(
    world: World, urls: DatabaseUrls
) -> None:
    case_id = await world.case()
    await stamped(urls)
    (begun,) = await listen(world, COORDINATOR)
    assert begun["__typename"] == "CursorMoved"
    await world.act(COORDINATOR, follow_case, case_id=case_id)
    for text in ("หนึ่ง", "สอง", "สาม"):
        await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text=text)
    await stamped(urls)
    heard = await listen(world, COORDINATOR, begun["cursor"])
    assert [one["event"]["note"]["text"] for one in heard] == ["หนึ่ง", "สอง", "สาม"]
    for at in range(3):
        assert await listen(world, COORDINATOR, heard[at]["cursor"]) == heard[at + 1 :]


async def test_who_hears_nothing_for_long_is_told_where_it_is_and_batches_lose_nothing(
    world: World, urls: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eleven events of a case; a look reads three positions and gives two events."""
    monkeypatch.setattr(feeds, "STRETCH", 3)
    monkeypatch.setattr(feeds, "BATCH", 2)
    monkeypatch.setattr(feeds, "MOVE_EVERY", 5)
    case_id = await situations.screened(world)
    await world.referral(case_id)
    for _ in range(8):
        await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text="โทรแล้ว")
    last = await stamped(urls)
    assert await kinds(world, DLPW) == ["REFERRAL_SENT", *["NOTE_ADDED"] * 8]
    moved = await listen(world, OTHER_VOLUNTEER, start(world))
    places = await world.rows(
        "SELECT position, substring(hash FROM 1 FOR 8) AS mark FROM feed JOIN event ON id = event_id"
    )
    cursors = {cursor(world, FeedPoint(row.position, bytes(row.mark))): row.position for row in places}
    assert [one["__typename"] for one in moved] == ["CursorMoved"] * len(moved)
    assert [cursors[one["cursor"]] for one in moved] == list(range(6, last + 1, 6))


async def test_a_cursor_of_another_history_or_from_too_long_ago_asks_for_a_new_beginning(
    world: World, urls: DatabaseUrls, monkeypatch: pytest.MonkeyPatch, api: Api
) -> None:
    case_id = await world.case()
    case = api.id("Case", case_id)
    last = await stamped(urls)
    (now,) = await listen(world, VOLUNTEER)
    resync = {
        "__typename": "ResyncRequired",
        "cursor": now["cursor"],
        "reason": "PLACE_UNKNOWN",
        "message": "The journal has no such place: it was restored from an earlier copy, or the cursor is another"
        f" service's.{ANEW}",
    }
    for point in (FeedPoint(last + 1, b"another."), FeedPoint(last, b"another."), FeedPoint(0, b"another.")):
        assert await listen(world, VOLUNTEER, cursor(world, point)) == [resync]
        assert await follow(world, VOLUNTEER, case, cursor(world, point)) == [resync]
    assert await listen(world, VOLUNTEER, now["cursor"]) == []
    monkeypatch.setattr(feeds, "MOST_BEHIND", last - 1)
    (late,) = await listen(world, VOLUNTEER, start(world))
    assert late == resync | {
        "reason": "TOO_FAR_BEHIND",
        "message": f"Too much has happened since to be told one by one.{ANEW}",
    }
    assert len(await follow(world, VOLUNTEER, case, start(world))) == 1


async def test_a_malformed_cursor_is_refused(world: World) -> None:
    for wrong in ("", "x", world.keys.seal("cursor:feed", (1).to_bytes(8))):
        (refused,) = await listen(world, VOLUNTEER, wrong)
        assert (refused["__typename"], refused["code"], refused["path"]) == (
            "InvalidInput",
            "CURSOR_INVALID",
            ["after"],
        )


async def test_one_look_asks_as_many_statements_for_many_cases_as_for_one(
    world: World, urls: DatabaseUrls, api: Api
) -> None:
    asked = []
    for cases in (1, 4):
        for _ in range(cases):
            await world.referral(await situations.screened(world))
        await stamped(urls)
        with api.statements() as statements:
            heard = await kinds(world, DLPW)
        asked.append((len(heard), sum("feed.position <=" in statement for statement in statements)))
    assert asked == [(1, 1), (5, 1)]
