"""A case full of recognisable words, and for each role the words that it must never read."""

from dataclasses import dataclass, field

from casework.actions.add_note import add_note
from casework.actions.add_party import Party, add_party
from casework.actions.invite_participants import Guest
from casework.actions.update_case_status import update_case_status
from casework.citizen_records import Identifier
from models.vocabulary import Audience, CaseState, IdentifierKind, PartyKind
from tests.api import Api
from tests.files import PHOTO, attach
from tests.schema.scenes_of_activities import invited, planned
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    VOLUNTEER,
    World,
)

NAME, FAMILY, NARRATIVE, WORKPLACE = "Zqgiven", "Zqfamily", "Zqnarrative", "Zqworkplace"
NOTE, REASON, PARTY, FILE = "Zqnote", "Zqreason", "Zqparty", "Zqfile"
PHONE, ADDRESS, PARTY_PHONE, PARTY_ADDRESS = "819990001", "Zqaddress", "819990002", "Zqplace"
NOTE_TO_HOLDER = "Zqholder"
GUEST = "Zqguest"
"""Of an activity of the coordinator's office."""
IDENTIFIER = "ZQ7654321"
"""At level FULL its last four characters are shown, and they alone."""
OF_WORK = frozenset({NAME, FAMILY, NARRATIVE, WORKPLACE, NOTE, REASON, PARTY, FILE})
OF_FULL = frozenset({PHONE, ADDRESS, PARTY_PHONE, PARTY_ADDRESS})
FOR_NOBODY = frozenset({NOTE_TO_HOLDER, IDENTIFIER})
EVERYTHING = OF_WORK | OF_FULL | FOR_NOBODY | {GUEST}
HIDDEN: dict[str | None, frozenset[str]] = {
    None: EVERYTHING,
    VOLUNTEER: EVERYTHING,  # another amphoe's
    MENTOR: EVERYTHING,
    OTHER_MENTOR: OF_FULL | FOR_NOBODY | {GUEST},  # of the case's amphoe: WORK
    SSO: EVERYTHING,
    DLPW: EVERYTHING,  # a referral that is not received yet: ANONYMOUS
    COORDINATOR: FOR_NOBODY,  # of the province: FULL
    AUDITOR: EVERYTHING,
    ADMIN: EVERYTHING,
}
GAINS = frozenset({OTHER_MENTOR, DLPW, COORDINATOR})
"""Roles whose own verbs on the case may rightly show them more: by a part in it, or by a reveal."""


@dataclass
class Planted:
    """The world's ids under the names that generated documents use."""

    ids: dict[str, str] = field(default_factory=dict)

    def put_into(self, text: str) -> str:
        for name, value in self.ids.items():
            text = text.replace(name, value)
        return text


async def plant(api: Api) -> Planted:
    """Make the case in the tambon of OTHER_VOLUNTEER and refer it to DLPW."""
    world = api.world
    citizen_id = await world.citizen(
        OTHER_VOLUNTEER,
        given_name=NAME,
        family_name=FAMILY,
        phones=[f"0{PHONE}"],
        addresses=[ADDRESS],
        identifiers=[Identifier(IdentifierKind.PASSPORT, IDENTIFIER)],
        area_code="430201",
    )
    more = {"citizen_id": citizen_id, "narrative": NARRATIVE, "workplace_name": WORKPLACE}
    case_id = await world.case(OTHER_VOLUNTEER, area="430201", **more)
    await world.on_case(OTHER_VOLUNTEER, update_case_status, case_id, state=CaseState.SCREENING)
    party = Party(PartyKind.EMPLOYER, PARTY, phones=[f"0{PARTY_PHONE}"], addresses=[PARTY_ADDRESS])
    party_id = await world.act(OTHER_VOLUNTEER, add_party, case_id=case_id, party=party)
    for audience, words in ((Audience.CASE, NOTE), (Audience.HOLDER_ONLY, NOTE_TO_HOLDER)):
        note_id = await world.act(OTHER_VOLUNTEER, add_note, case_id=case_id, audience=audience, text=words)
    file_id = await attach(world, case_id, PHOTO.named(f"{FILE}.png"), by=OTHER_VOLUNTEER)
    referral_id = await world.referral(case_id, OTHER_VOLUNTEER, reason=REASON)
    numbers = {"Case": case_id, "Citizen": citizen_id, "Referral": referral_id, "Note": note_id, "Party": party_id}
    numbers["Attachment"] = file_id
    numbers["Activity"] = await planned(world)
    await invited(world, numbers["Activity"], guests=[Guest(GUEST)])
    planted = Planted({f"@{kind}": api.id(kind, number) for kind, number in numbers.items()})
    planted.ids["@Seat"] = api.id("Seat", (await world.actor(VOLUNTEER)).seat_id)
    planted.ids["@Office"] = api.id("Office", world.office("SSO-43"))
    planted.ids["@reference"] = await _reference(world, case_id)
    return planted


async def _reference(world: World, case_id: int) -> str:
    found: str = await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
    return found
