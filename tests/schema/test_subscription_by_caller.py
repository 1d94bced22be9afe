"""`caseEvents` as nobody, as a stranger and as the one who may."""

from server.database import DatabaseUrls
from tests.api import Api
from tests.schema.following import FOLLOW, follow, stamped, start
from tests.world import ADMIN, AUDITOR, COORDINATOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World


async def test_the_permitted_hear_every_event_from_a_cursor_on_and_strangers_one_refusal(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    case_id = await world.case()
    await api.do("addNote", VOLUNTEER, case=api.case(case_id), text="โทรแล้ว")
    await stamped(urls)
    before = await world.fingerprint()
    case = api.id("Case", case_id)
    for by in (VOLUNTEER, COORDINATOR, AUDITOR):
        heard = await follow(world, by, case, start(world))
        assert [event["event"]["kind"] for event in heard] == ["CASE_OPENED", "NOTE_ADDED"]
        assert heard[1]["case"] == {"state": "NEW", "version": 1}
        assert heard[1]["event"]["note"] == (None if by == AUDITOR else {"text": "โทรแล้ว"})
        assert await follow(world, by, case, heard[0]["cursor"]) == heard[1:]
    hidden = {
        "__typename": "NotFound",
        "code": "NOT_FOUND",
        "message": "There is nothing here under this id for you.",
        "path": ["caseId"],
    }
    for by in (OTHER_VOLUNTEER, SSO, ADMIN):
        assert await follow(world, by, case, start(world)) == [hidden]
    for unknown in ("", "p1", api.id("Case", 2**40), api.id("Referral", case_id)):
        assert await follow(world, VOLUNTEER, unknown) == [hidden]
    for nobody, code in ((None, "NOT_SIGNED_IN"), ("nobody of the network", "NO_SEAT")):
        (refused,) = await follow(world, nobody, case, start(world))
        assert (refused["__typename"], refused["code"]) == ("NotPermitted", code)
    assert await world.fingerprint() == before


async def test_without_a_cursor_nothing_of_the_past_is_told(world: World, api: Api, urls: DatabaseUrls) -> None:
    case_id = await world.case()
    await stamped(urls)
    assert await follow(world, VOLUNTEER, api.id("Case", case_id)) == []


async def test_the_cursor_of_a_case_continues_where_that_answer_ended(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    case_id = await world.case()
    await stamped(urls)
    case = api.id("Case", case_id)
    found = await api.ask("query ($id: ID!) { node(id: $id) { ... on Case { eventsCursor } } }", VOLUNTEER, id=case)
    await api.do("addNote", VOLUNTEER, case=api.case(case_id), text="โทรแล้ว")
    await stamped(urls)
    heard = await follow(world, VOLUNTEER, case, found["node"]["eventsCursor"])
    assert [event["event"]["kind"] for event in heard] == ["NOTE_ADDED"]


async def test_a_malformed_or_foreign_cursor_is_refused(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    query = "{ cases(first: 1) { edges { cursor } } }"
    foreign = (await api.ask(query, VOLUNTEER))["cases"]["edges"][0]["cursor"]
    for wrong in ("", "x", foreign, case):
        (refused,) = await follow(world, VOLUNTEER, case, wrong)
        assert (refused["__typename"], refused["code"], refused["path"]) == (
            "InvalidInput",
            "CURSOR_INVALID",
            ["after"],
        )


async def test_a_subscription_is_not_answered_over_plain_http(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    answer = await api.answer(FOLLOW, VOLUNTEER, id=case)
    assert "data" not in answer
    assert answer["errors"][0]["message"] == "A subscription cannot be sent this way; see docs/reference/transport.md."
