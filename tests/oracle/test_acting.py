"""Who does not see a row is answered as if it were not there, by every verb; who follows it hears what is theirs."""

from random import Random
from typing import Any

from hypothesis import given

from models import Activity, Attachment, Case, Citizen, Deadline, Referral, Seat, Task, Visit
from server.database import DatabaseUrls
from tests.api import Api
from tests.oracle.conftest import Drawn, seeded
from tests.oracle.drawing import FIRST_ID, chance_of
from tests.oracle.facts import Facts, Viewer
from tests.oracle.inputs import guarded_fields, input_for, mutations, named_row, refs
from tests.oracle.mirror import Mirror
from tests.oracle.readers import mirror
from tests.oracle.shapes import tree, written
from tests.oracle.test_reading import SEEDS, is_seen, some_of
from tests.schema.following import follow, stamped, start
from tests.world import World

MODELS: dict[str, Any] = {
    "Case": Case,
    "Citizen": Citizen,
    "Referral": Referral,
    "Attachment": Attachment,
    "Deadline": Deadline,
    "Task": Task,
    "Visit": Visit,
    "Activity": Activity,
}
NOTHING = 2**40
"""An id that no row has, behind all that are drawn."""
NOTHING_BEFORE = FIRST_ID - 1
SAY_OTHERWISE = {"openCase", "mergeCases", "mergeCitizens"}
"""They may first have something against the post, or against the other one, which is seen."""


OWN_OFFICES = {
    "registerWebhook",
    "updateWebhook",
    "rotateWebhookSecret",
    "removeWebhook",
    "redeliver",
    "setNoticeAddress",
}
"""About a webhook of the asker's office, or the asker's own address; tests/schema/test_webhooks.py hides the others."""


def test_every_mutation_is_about_a_guarded_row_a_post_a_new_citizen_or_the_case_of_a_code() -> None:
    assert mutations().keys() - {name for name, _ in guarded_fields()} == {
        "registerCitizen",
        "createSeat",
        "appointIncumbent",
        "endIncumbency",
        "referIncident",
        "dismissIncident",
        "planAbsence",
        "handoverSeat",
        "confirmHandover",
        "disputeStatement",
        "correctStatement",
        "upholdStatement",
        "cancelAbsence",
        "confirmClosingByCode",
        "disputeClosingByCode",
        "applyOperations",
        *OWN_OFFICES,
        "createActivity",
        "requestExport",  # lists what is seen; tests/server/test_exporter.py compares the file with the list
    }


@seeded(2)
@given(seed=SEEDS)
async def test_a_verb_on_a_row_that_is_not_seen_answers_as_if_it_were_not_there(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        chance = chance_of(seed)
        before = await api.world.fingerprint()
        for by in some_of(facts, chance, 4):
            seen = mirror(facts, by, api)
            for name, field in guarded_fields():
                await _check_hidden(seen, name, field, chance)
        assert await api.world.fingerprint() == before


async def _check_hidden(seen: Mirror, name: str, field: str, chance: Random) -> None:
    """Compare a hidden row with none; whatever else the input names is seen, if anything is."""
    hidden = [row for row in seen.facts.all(MODELS[refs(name)[field]]) if not is_seen(seen, refs(name)[field], row)]
    if not hidden:
        return
    number = chance.choice(hidden).id
    others = _others(seen, name, field, chance, number)
    of_others = [row_id for row_id, _ in others.values()]
    # Two cases are taken in the order of their ids: what is not there stands on the same side of the other.
    absent = NOTHING_BEFORE if all(number < other for other in of_others) else NOTHING
    known = {other: sealed for other, (_, sealed) in others.items()}
    answers = [
        await _tried(seen, name, {**known, field: _sealed(seen, field, refs(name)[field], one)})
        for one in (number, absent)
    ]
    assert answers[0] == answers[1], (seen.by, name, field)
    if name not in SAY_OTHERWISE:
        assert answers[0]["code"] == "NOT_FOUND", (seen.by, name, answers[0])


def _others(seen: Mirror, name: str, field: str, chance: Random, number: int) -> dict[str, tuple[int, Any]]:
    """Give the other rows that the input names, seen if any is, and not `number`: their ids, and how they are named."""
    found = {}
    for other, kind in refs(name).items():
        if other == field:
            continue
        rows = [row for row in seen.facts.all(MODELS[kind]) if row.id != number]
        row = chance.choice([row for row in rows if is_seen(seen, kind, row)] or rows)
        found[other] = row.id, _sealed(seen, other, kind, row.id)
    return found


def _sealed(seen: Mirror, field: str, kind: str, number: int) -> Any:
    return named_row(field, seen.api.id(kind, number))


async def _tried(seen: Mirror, name: str, known: dict[str, Any]) -> dict[str, Any]:
    tambons = sorted({case.area_code for case in seen.facts.all(Case)})
    own = [code for code in tambons if code[:2] == seen.by.province_code] or tambons
    public = {"area": own[0], "seat": seen.api.id("Seat", seen.facts.all(Seat)[0].id)}
    return await seen.api.do(name, seen.by.handle, **input_for(name, **public, **known))


CONFLICT = "mutation ($input: UpdateCaseStatusInput!) {{ result: updateCaseStatus(input: $input) {{ __typename {} }} }}"


@seeded(1)
@given(seed=SEEDS)
async def test_a_version_conflict_shows_the_case_as_it_is_seen_and_no_more(drawn: Drawn, seed: int) -> None:
    own = tree("Case", 1)
    query = CONFLICT.format(f"... on VersionConflict {{ current {{ ... on Case {{ {written(own, 'Case')} }} }} }}")
    shown = 0
    async with drawn(seed) as (facts, api):
        for by in some_of(facts, chance_of(seed), 9):
            seen = mirror(facts, by, api)
            for case in seen.cases():
                wrong = {"case": api.case(case.id), "expectedVersion": case.version + 1}
                given = input_for("updateCaseStatus", state="WITHDRAWN", **wrong)
                result = (await api.ask(query, by.handle, input=given))["result"]
                if result["__typename"] == "VersionConflict":
                    shown += 1
                    assert result["current"] == seen.answer("Case", case, own)
    assert shown > 0


@seeded(2)
@given(seed=SEEDS)
async def test_a_follower_hears_the_events_that_are_theirs_and_of_a_hidden_case_that_it_is_not_there(
    drawn: Drawn, urls: DatabaseUrls, seed: int
) -> None:
    async with drawn(seed) as (facts, api):
        await stamped(urls)
        chance = chance_of(seed)
        for by in some_of(facts, chance, 6):
            await _check_following(api.world, api, facts, by, chance)


async def _check_following(world: World, api: Api, facts: Facts, by: Viewer, chance: Random) -> None:
    seen = mirror(facts, by, api)
    for case in chance.sample(facts.all(Case), 4):
        heard = await follow(world, by.handle, api.id("Case", case.id), start(world))
        if seen.level(case.id) is None:
            assert heard == await follow(world, by.handle, api.id("Case", NOTHING), start(world))
            assert [answer["code"] for answer in heard] == ["NOT_FOUND"]
        else:
            kinds = [event.kind.value for event in seen.events(case)]
            assert [answer["event"]["kind"] for answer in heard] == kinds, (by, case.id)
