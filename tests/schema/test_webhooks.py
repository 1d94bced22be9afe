"""Webhooks over the API: who is shown which, what is kept of their secrets, and how their deliveries are read."""

from typing import Any
from uuid import uuid4

from casework.actions.register_webhook import MOST
from casework.keys import Keys
from casework.webhook_rotation import rotate_webhooks
from casework.webhook_secrets import secret_of
from tests.api import Api
from tests.schema.scenes_of_webhooks import HEAD, OFFICER, URL, on_webhook, registered, to_deliver
from tests.world import ADMIN, COORDINATOR, VOLUNTEER, World

OWN = "{ viewer { webhooks { id url events state stateThai failures failingSince previousSecretUntil version } } }"
NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
DELIVERIES = """query ($webhook: ID!, $state: DeliveryState, $first: Int = 1, $after: String) {
  webhookDeliveries(webhook: $webhook, state: $state, first: $first, after: $after) {
    nodes { id messageId eventKind eventId caseId state attempts nextAt redelivered }
    pageInfo { endCursor hasNextPage } totalCount { count }
  } }"""
OTHER_HEAD = "head SSO-43"
SECRET = {"want": "webhook { id version } secret"}


async def own(api: Api, by: str) -> Any:
    return (await api.ask(OWN, by))["viewer"]["webhooks"]


async def test_the_head_sees_the_offices_webhooks_and_nobody_else_does(world: World, api: Api) -> None:
    webhook_id = await registered(world)
    sealed = api.id("Webhook", webhook_id)
    assert await own(api, HEAD) == [
        {
            "id": sealed,
            "url": URL,
            "events": [],
            "state": "ACTIVE",
            "stateThai": "เปิดใช้",
            "failures": 0,
            "failingSince": None,
            "previousSecretUntil": None,
            "version": 1,
        }
    ]
    assert (await api.ask(NODE, HEAD, id=sealed))["node"] == {"__typename": "Webhook", "id": sealed}
    for by in (OFFICER, OTHER_HEAD, COORDINATOR, VOLUNTEER, ADMIN):
        assert await own(api, by) == []
        assert (await api.ask(NODE, by, id=sealed))["node"] is None


async def test_a_secret_is_shown_by_the_verb_that_made_it_and_kept_sealed(world: World, api: Api) -> None:
    operation_id = str(uuid4())
    given = {"url": URL, "operationId": operation_id}
    first = await api.do("registerWebhook", HEAD, **SECRET, **given)
    again = await api.do("registerWebhook", HEAD, **SECRET, **given)
    assert first == again
    (row,) = await world.rows("SELECT id, secret FROM webhook")
    assert first["secret"].startswith("whsec_")
    assert first["secret"].removeprefix("whsec_") not in row.secret
    assert secret_of(world.keys, row.id, row.secret) == first["secret"]
    journal = await world.rows("SELECT payload::text FROM event WHERE subject_kind = 'WEBHOOK'")
    assert [payload for (payload,) in journal] == [f'{{"kinds": [], "office": {world.office("DSD-43")}}}']


async def test_a_changed_webhook_is_refused_with_how_it_stands(world: World, api: Api) -> None:
    given = await on_webhook(api, await registered(world))
    renewed = await api.do("rotateWebhookSecret", HEAD, **SECRET, **given)
    assert renewed["webhook"]["version"] == 2
    late = await api.do("updateWebhook", HEAD, **given, url="https://other.example.go.th/")
    assert (late["code"], late["current"]) == ("VERSION_CONFLICT", {"id": given["webhook"], "version": 2})


async def test_what_is_left_out_stays_and_nothing_is_no_change(world: World, api: Api) -> None:
    webhook_id = await registered(world)
    nothing = await api.do("updateWebhook", HEAD, **await on_webhook(api, webhook_id), url=URL, active=True, events=[])
    assert nothing["code"] == "NOTHING_TO_CHANGE"
    changes: list[dict[str, Any]] = [{"events": ["CASE_CLOSED", "CASE_OPENED", "CASE_CLOSED"]}, {"active": False}]
    for change in changes:
        await api.do("updateWebhook", HEAD, **await on_webhook(api, webhook_id), **change)
    (shown,) = await own(api, HEAD)
    assert (shown["url"], shown["events"], shown["state"], shown["version"]) == (
        URL,
        ["CASE_OPENED", "CASE_CLOSED"],
        "PAUSED",
        3,
    )


async def test_an_office_has_ten_webhooks_at_most_and_removing_one_makes_room(world: World, api: Api) -> None:
    made = [await registered(world) for _ in range(MOST)]
    more = await api.do("registerWebhook", HEAD, url=URL)
    assert more["code"] == "WEBHOOKS_TOO_MANY"
    removed = await api.do("removeWebhook", HEAD, want="webhookId", **await on_webhook(api, made[0]))
    assert removed["webhookId"] == api.id("Webhook", made[0])
    gone = await api.do("rotateWebhookSecret", HEAD, **await on_webhook(api, made[0]))
    assert gone["code"] == "NOT_FOUND"
    assert "secret" in await api.do("registerWebhook", HEAD, **SECRET, url=URL)


async def test_http_is_refused_unless_the_operator_allows_addresses_for_it(api: Api) -> None:
    refused = await api.do("registerWebhook", HEAD, url="http://10.0.0.1/")
    assert (refused["code"], refused["path"]) == ("WEBHOOK_URL_INVALID", ["input", "url"])


async def test_deliveries_are_read_page_by_page_by_who_leads_the_office(world: World, api: Api) -> None:
    delivery_id = await to_deliver(world)
    (kept,) = await world.rows("SELECT webhook_id, message_id, event_id, case_id FROM webhook_delivery")
    webhook = api.id("Webhook", kept.webhook_id)
    page = (await api.ask(DELIVERIES, HEAD, webhook=webhook))["webhookDeliveries"]
    assert page["totalCount"] == {"count": 1}
    (shown,) = page["nodes"]
    assert shown == {
        "id": api.id("WebhookDelivery", delivery_id),
        "messageId": f"msg_{kept.message_id.hex}",
        "eventKind": "CASE_OPENED",
        "eventId": api.id("TimelineEvent", kept.event_id),
        "caseId": api.id("Case", kept.case_id),
        "state": "PENDING",
        "attempts": 0,
        "nextAt": f"{world.now:%Y-%m-%dT%H:%M:%SZ}",
        "redelivered": False,
    }
    after = page["pageInfo"]["endCursor"]
    rest = (await api.ask(DELIVERIES, HEAD, webhook=webhook, after=after))["webhookDeliveries"]
    assert (rest["nodes"], page["pageInfo"]["hasNextPage"]) == ([], False)
    for state, count in (("PENDING", 1), ("DELIVERED", 0)):
        found = (await api.ask(DELIVERIES, HEAD, webhook=webhook, state=state))["webhookDeliveries"]
        assert (len(found["nodes"]), found["totalCount"]["count"]) == (count, count)
    assert (await api.ask(NODE, HEAD, id=shown["id"]))["node"]["__typename"] == "WebhookDelivery"
    for by in (OFFICER, OTHER_HEAD, COORDINATOR, ADMIN):
        answer = await api.answer(DELIVERIES, by, webhook=webhook)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"]
        assert (await api.ask(NODE, by, id=shown["id"]))["node"] is None


async def test_a_delivery_of_a_paused_webhook_is_not_repeated(world: World, api: Api) -> None:
    delivery_id = await to_deliver(world)
    webhook_id = await world.value("SELECT id FROM webhook")
    await api.do("updateWebhook", HEAD, **await on_webhook(api, webhook_id), active=False)
    refused = await api.do("redeliver", HEAD, delivery=api.id("WebhookDelivery", delivery_id))
    assert refused["code"] == "WEBHOOK_NOT_ACTIVE"


async def test_secrets_come_under_the_newest_key_and_stay_the_same(world: World, api: Api) -> None:
    webhook_id = await registered(world)
    await api.do("rotateWebhookSecret", HEAD, **await on_webhook(api, webhook_id))
    await registered(world)
    kept = "SELECT id, secret, previous_secret FROM webhook ORDER BY id"
    before = await world.rows(kept)
    newer = Keys(b"the secret that comes after it, 32 bytes", b"the secret of the tests, 32 bytes")
    assert await rotate_webhooks(world.owner, newer) == (2, [])
    assert await rotate_webhooks(world.owner, newer) == (0, [])
    alone = Keys(b"the secret that comes after it, 32 bytes")
    for old, new in zip(before, await world.rows(kept), strict=True):
        assert secret_of(world.keys, old.id, old.secret) == secret_of(alone, new.id, new.secret)
        assert (old.previous_secret is None) == (new.previous_secret is None)
    assert await rotate_webhooks(world.owner, world.keys) == (0, [row.id for row in before])


async def test_the_own_address_is_set_shown_to_oneself_and_taken_away(world: World, api: Api) -> None:
    own_address = "{ viewer { noticeAddress } }"
    assert (await api.ask(own_address, OFFICER))["viewer"] == {"noticeAddress": None}
    wrong = await api.do("setNoticeAddress", OFFICER, email="malee")
    assert (wrong["code"], wrong["path"]) == ("EMAIL_INVALID", ["input", "email"])
    for email in ("malee@example.go.th", "ma@example.go.th", None):
        done = await api.do("setNoticeAddress", OFFICER, want="email", **({"email": email} if email else {}))
        assert done["email"] == email
        assert (await api.ask(own_address, OFFICER))["viewer"] == {"noticeAddress": email}
        assert (await api.ask(own_address, HEAD))["viewer"] == {"noticeAddress": None}
    told = await world.rows("SELECT payload ->> 'channel' FROM event WHERE kind = 'NOTICE_ADDRESS_SET' ORDER BY id")
    assert [channel for (channel,) in told] == ["EMAIL", "EMAIL", None]
    assert await world.value("SELECT count(*) FROM event WHERE payload::text LIKE '%@%'") == 0
