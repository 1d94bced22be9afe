"""A citizen of whom everything is kept that can be kept, in words that are found again wherever they stand."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from casework.actions.accept_referral import accept_referral
from casework.actions.add_note import add_note
from casework.actions.add_party import Party, add_party
from casework.actions.add_task import add_task
from casework.actions.check_document import check_document
from casework.actions.complete_referral import complete_referral
from casework.actions.confirm_closing import confirm_closing
from casework.actions.erase_citizen import Erasure, erase_citizen
from casework.actions.follow_case import follow_case
from casework.actions.merge_cases import merge_cases
from casework.actions.open_case import Intake, open_case
from casework.actions.place_legal_hold import place_legal_hold
from casework.actions.receive_referral import receive_referral
from casework.actions.record_key_date import record_key_date
from casework.actions.record_outcome import record_outcome
from casework.actions.record_visit import Told, plan_visit, record_visit
from casework.actions.release_legal_hold import release_legal_hold
from casework.actions.reveal_identifier import reveal_identifier
from casework.actions.start_referral import start_referral
from casework.actions.update_case_status import update_case_status
from casework.actions.update_citizen import ShownIdentifier
from casework.citizen_records import Identifier
from casework.outcomes import Result
from casework.rules.calendar import bangkok_day
from casework.work import Unit
from models import CitizenAccess
from models.clock_words import KeyEvent
from models.field_words import DocumentState, TaskFor, VisitOutcome
from models.privacy_words import AccessPurpose, ErasureGround, HoldGround
from models.vocabulary import Audience, CaseState, Channel, DisclosedField, IdentifierKind, Level, Outcome, PartyKind
from tests.casework import situations
from tests.files import PHOTO, attach
from tests.world import COORDINATOR, DLPW, OTHER_VOLUNTEER, TAMBON, VOLUNTEER, World

TITLE, GIVEN, FAMILY = "นางxqtitle", "Xqgiven", "Xqfamily"
PHONE, ADDRESS, NATIONAL_ID = "+66811112222", "Xqaddress", "1234545678781"
NARRATIVE, WORKPLACE, CASE_TITLE = "Xqnarrative", "Xqworkplace", "Xqcasetitle"
PARTY, PARTY_PHONE, PARTY_ADDRESS = "Xqparty", "+66811113333", "Xqpartyaddress"
REASON, REPORT, WHY_REVEALED, HELD = "Xqreason", "Xqreport", "Xqrevealed", "Xqheld"
TASK = "Xqtask"
FILES = {audience: f"Xqfile{audience.value}.png" for audience in Audience}
NOTES = {audience: f"Xqnote{audience.value}" for audience in Audience}
OTHERS = {PARTY_PHONE, PARTY_ADDRESS, HELD}
"""What is no business of the person's copy."""
INTERNAL = {names[audience] for names in (NOTES, FILES) for audience in (Audience.HOLDER_ONLY, Audience.OWN_AGENCY)}
PLANTED = {
    TITLE, GIVEN, FAMILY, PHONE, ADDRESS, NATIONAL_ID, NARRATIVE, WORKPLACE, CASE_TITLE, PARTY, REASON, REPORT,
    WHY_REVEALED, TASK, *NOTES.values(), *FILES.values(), *OTHERS,
}  # fmt: skip


class Whole(NamedTuple):
    citizen_id: int
    case_id: int
    merged_id: int


async def whole_person(world: World) -> Whole:
    """Register the citizen and bring two cases to their ends: one is merged into the other, which is closed."""
    citizen_id = await world.citizen(
        title=TITLE,
        given_name=GIVEN,
        family_name=FAMILY,
        birth_year=1980,
        phones=[PHONE],
        addresses=[ADDRESS],
        identifiers=[Identifier(IdentifierKind.NATIONAL_ID, NATIONAL_ID)],
    )
    case_id, merged_id = [await _open(world, citizen_id) for _ in range(2)]
    await world.act(
        VOLUNTEER,
        merge_cases,
        source_id=merged_id,
        target_id=case_id,
        expected_version=await world.version(merged_id),
        expected_into_version=await world.version(case_id),
    )
    await situations.status(world, case_id, CaseState.SCREENING, CaseState.IN_PROGRESS)
    await _write(world, case_id)
    await _refer(world, case_id)
    await _work_in_the_field(world, case_id)
    await _look(world, citizen_id, case_id)
    await world.on_case(
        VOLUNTEER, record_outcome, case_id, problem_type_code="UNPAID_WAGES", result=Result(Outcome.PAID)
    )
    await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.RESOLVED)
    await world.on_case(VOLUNTEER, confirm_closing, case_id, note=NOTES[Audience.CASE])
    return Whole(citizen_id, case_id, merged_id)


async def _open(world: World, citizen_id: int) -> int:
    intake = Intake(
        citizen_id=citizen_id,
        problem_type_codes=("UNPAID_WAGES",),
        area_code=TAMBON,
        narrative=NARRATIVE,
        channel=Channel.VOLUNTEER,
        title=CASE_TITLE,
        workplace_area_code=TAMBON,
        workplace_name=WORKPLACE,
    )
    return await world.act(VOLUNTEER, open_case, intake=intake)


async def _work_in_the_field(world: World, case_id: int) -> None:
    """Visit as planned, write down what is to be done, and take a document."""
    day = bangkok_day(world.now) + timedelta(days=1)
    visit_id = await world.act(VOLUNTEER, plan_visit, case_id=case_id, day=day)
    told = Told(VisitOutcome.DONE, note=NOTES[Audience.CASE])
    await world.act(VOLUNTEER, record_visit, visit_id=visit_id, told=told)
    await world.act(VOLUNTEER, add_task, case_id=case_id, title=TASK, due=day, who=TaskFor.SEAT)
    asked = {"document_code": "WAGE_RECORDS", "state": DocumentState.RECEIVED}
    await world.act(VOLUNTEER, check_document, case_id=case_id, **asked)
    complained = bangkok_day(world.now) - timedelta(days=1)
    await world.act(VOLUNTEER, record_key_date, case_id=case_id, event=KeyEvent.COMPLAINT_FILED, day=complained)


async def _write(world: World, case_id: int) -> None:
    party = Party(PartyKind.EMPLOYER, PARTY, area_code=TAMBON, phones=[PARTY_PHONE], addresses=[PARTY_ADDRESS])
    await world.act(VOLUNTEER, add_party, case_id=case_id, party=party)
    for audience, text in NOTES.items():
        await world.act(VOLUNTEER, add_note, case_id=case_id, audience=audience, text=text)
    for audience, name in FILES.items():
        await attach(world, case_id, PHOTO.named(name, audience))
    await world.act(COORDINATOR, follow_case, case_id=case_id)
    await situations.declined(world, case_id, OTHER_VOLUNTEER)


async def _refer(world: World, case_id: int) -> None:
    discloses = frozenset({DisclosedField.PHONES})
    referral_id = await world.referral(case_id, reason=REASON, discloses=discloses)
    for verb in (receive_referral, accept_referral, start_referral):
        await world.on_referral(DLPW, verb, referral_id)
    await world.on_referral(DLPW, complete_referral, referral_id, report=REPORT, result=Result(Outcome.PAID))


async def _look(world: World, citizen_id: int, case_id: int) -> None:
    shown = ShownIdentifier(IdentifierKind.NATIONAL_ID, NATIONAL_ID[-4:])
    await world.act(VOLUNTEER, reveal_identifier, citizen_id=citizen_id, shown=shown, reason=WHY_REVEALED)
    async with world.work(DLPW) as work:
        look = CitizenAccess(
            id=await work.new_id(),
            citizen_id=citizen_id,
            case_id=case_id,
            seat_id=work.by.seat_id,
            account_id=work.by.account_id,
            purpose=AccessPurpose.RECORD,
            level=Level.WORK,
            at=world.now,
        )
        await work.save(look)
    await hold(world, citizen_id)
    await release(world, citizen_id)


async def as_owner(world: World, verb: Any, **given: Any) -> Any:
    """Run a verb of the data protection officer in a transaction of its own."""
    async with AsyncSession(world.owner, expire_on_commit=False) as session, session.begin():
        return await verb(Unit(session=session, now=world.now, reference=world.reference), **given)


async def hold(world: World, citizen_id: int, ground: HoldGround = HoldGround.LITIGATION) -> bool:
    done: bool = await as_owner(
        world, place_legal_hold, citizen_id=citizen_id, ground=ground, note=HELD, by="นค 0027/1"
    )
    return done


async def release(world: World, citizen_id: int, ground: HoldGround = HoldGround.LITIGATION) -> bool:
    done: bool = await as_owner(world, release_legal_hold, citizen_id=citizen_id, ground=ground, by="นค 0027/2")
    return done


async def erase(world: World, citizen_id: int, ground: ErasureGround = ErasureGround.CONSENT_WITHDRAWN) -> Erasure:
    erasure: Erasure = await as_owner(world, erase_citizen, citizen_id=citizen_id, ground=ground)
    world.now += timedelta(hours=1)
    return erasure
