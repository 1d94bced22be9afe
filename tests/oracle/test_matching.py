"""Who may be meant at intake, in random worlds: everybody of that name whom one sees, and of all others a yes alone."""

from typing import Any

from hypothesis import given

from casework.identifiers import unseal
from models import Citizen, CitizenContact, CitizenIdentifier
from models.vocabulary import ContactKind, Disclosure, SeatKind
from tests.oracle.conftest import Drawn, seeded
from tests.oracle.drawing import chance_of
from tests.oracle.mirror import Mirror
from tests.oracle.readers import mirror
from tests.oracle.test_reading import SEEDS, some_of

QUERY = """query ($input: MatchCitizensInput!) { matchCitizens(input: $input) {
  candidates { because citizen { id } } knownElsewhere } }"""


@seeded(2)
@given(seed=SEEDS)
async def test_a_citizen_is_proposed_to_those_who_see_them_and_a_number_tells_no_more_than_that_it_is_known(
    drawn: Drawn, seed: int
) -> None:
    async with drawn(seed) as (facts, api):
        chance = chance_of(seed)
        viewers = [by for by in facts.viewers if by.kind not in {SeatKind.AUDITOR, SeatKind.ADMIN}]
        for by in [by for by in some_of(facts, chance, 12) if by in viewers]:
            seen = mirror(facts, by, api)
            for citizen in chance.sample(facts.all(Citizen), 4):
                asked = _numbers_of(seen, citizen)
                names = {"givenName": citizen.given_name, "familyName": citizen.family_name}
                found = (await api.ask(QUERY, by.handle, input={**names, **asked}))["matchCitizens"]
                because = {one["citizen"]["id"]: set(one["because"]) for one in found["candidates"]}
                assert {id_ for id_, told in because.items() if "NAME_SAME" in told} == _of_that_name(seen, citizen)
                assert because.keys() <= {api.id("Citizen", one.id) for one in seen.citizens()}
                assert found["knownElsewhere"] == _is_known_elsewhere(seen, citizen), (by, citizen.id)


def _numbers_of(seen: Mirror, citizen: Citizen) -> dict[str, Any]:
    phones = seen.facts.of(CitizenContact, citizen_id=citizen.id, kind=ContactKind.PHONE)
    documents = seen.facts.of(CitizenIdentifier, citizen_id=citizen.id)
    return {
        "phones": [phone.value for phone in phones],
        "identifiers": [
            {"kind": document.kind.value, "number": unseal(seen.api.world.keys, document)} for document in documents
        ],
    }


def _of_that_name(seen: Mirror, citizen: Citizen) -> set[str]:
    wanted = (citizen.given_name, citizen.family_name)
    found = {
        record.merged_into_citizen_id or record.id
        for record in seen.facts.all(Citizen)
        if (record.given_name, record.family_name) == wanted and seen.citizen(record.id) is not None
    }
    return {seen.api.id("Citizen", id_) for id_ in found if seen.citizen(id_) is not None}


def _is_known_elsewhere(seen: Mirror, citizen: Citizen) -> bool:
    """No two citizens of a drawn world share a number; those of a merged record are kept for its return."""
    if citizen.merged_into_citizen_id is not None:
        return False
    asked = _numbers_of(seen, citizen)
    hidden_phone = asked["phones"] and not seen.shown(citizen, Disclosure.PHONES)
    hidden_document = asked["identifiers"] and not seen.shown(citizen, Disclosure.IDENTIFIERS)
    return bool(hidden_phone or hidden_document)
