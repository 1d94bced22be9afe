"""To whom a citizen's data were disclosed: shown at level FULL, by the cases seen at it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from casework.actions.renew_disclosure import renew_disclosure
from casework.disclosures import disclosures_of_citizen
from models.vocabulary import DisclosedField, Disclosure, ReferralKind, ReferralState
from tests.api import Api
from tests.casework import situations
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

DAY = timedelta(days=1)
QUERY = """query ($id: ID!, $after: String) { node(id: $id) { ... on Citizen { disclosures(first: 1, after: $after) {
    nodes { office { code } fields legalBasis since endsAt case { id } referral { id } }
    totalCount { count } pageInfo { hasNextPage endCursor } } } } }"""


async def _disclosed(world: World, *, problem: str = "UNPAID_WAGES") -> situations.Sent:
    """A packet that was replaced by a longer one with other fields."""
    until = world.now + 30 * DAY
    fields = frozenset({DisclosedField.PHONES, DisclosedField.IDENTIFIERS})
    sent = await situations.referral_in(
        world, ReferralState.RECEIVED, problem, disclosure_expires_at=until, discloses=fields
    )
    given: dict[str, Any] = {"expires_at": until + DAY, "discloses": frozenset()}
    await world.on_referral(VOLUNTEER, renew_disclosure, sent.referral_id, **given)
    return sent


def _written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


async def _asked(world: World, api: Api, by: str, after: str | None = None) -> Any:
    citizen = api.id("Citizen", await world.value("SELECT id FROM citizen"))
    return (await api.ask(QUERY, by, id=citizen, after=after))["node"]


@pytest.mark.parametrize("by", [VOLUNTEER, COORDINATOR])
async def test_every_packet_is_shown_as_it_was_in_force_the_latest_first(world: World, api: Api, by: str) -> None:
    sent = await _disclosed(world)
    (old, new) = await world.rows("SELECT since, until, expires_at FROM participation WHERE level = 3 ORDER BY id")
    same = {
        "office": {"code": "DLPW-43"},
        "legalBasis": "CONSENT",
        "case": {"id": api.id("Case", sent.case_id)},
        "referral": {"id": api.id("Referral", sent.referral_id)},
    }
    first = (await _asked(world, api, by))["disclosures"]
    assert first["totalCount"] == {"count": 2}
    assert first["nodes"] == [{**same, "fields": [], "since": _written(new.since), "endsAt": _written(new.expires_at)}]
    assert first["pageInfo"]["hasNextPage"] is True
    last = (await _asked(world, api, by, first["pageInfo"]["endCursor"]))["disclosures"]
    told = {"since": _written(old.since), "endsAt": _written(old.until)}
    assert last["nodes"] == [{**same, "fields": ["PHONES", "IDENTIFIERS"], **told}]
    assert last["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize("by", [MENTOR, DLPW])
async def test_below_full_it_is_hidden(world: World, api: Api, by: str) -> None:
    await _disclosed(world)
    assert await _asked(world, api, by) == {"disclosures": None}


@pytest.mark.parametrize("by", [OTHER_VOLUNTEER, AUDITOR, ADMIN])
async def test_a_stranger_sees_no_citizen(world: World, api: Api, by: str) -> None:
    await _disclosed(world)
    assert await _asked(world, api, by) is None


async def test_what_shows_no_person_is_no_disclosure(world: World, api: Api) -> None:
    await situations.referral_in(world, ReferralState.SENT)
    assert (await _asked(world, api, VOLUNTEER))["disclosures"]["totalCount"] == {"count": 0}


async def test_the_whole_account_for_the_citizen_says_the_same(world: World) -> None:
    sent = await _disclosed(world)
    await situations.referral_in(world, ReferralState.RECEIVED, kind=ReferralKind.INFORM, office="officer DOE-43")
    citizen_id = await world.value('SELECT citizen_id FROM "case" WHERE id = :id', id=sent.case_id)
    async with AsyncSession(world.owner) as session:
        found = await disclosures_of_citizen(session, citizen_id)
    assert [(row.case_id, row.office_id, row.discloses) for row in found] == [
        (sent.case_id, world.office("DLPW-43"), Disclosure.NOTHING),
        (sent.case_id, world.office("DLPW-43"), Disclosure.PHONES | Disclosure.IDENTIFIERS),
    ]
    assert found[1].ends_at == found[0].since
