"""Draw what went on in a case: all of it in one order, its notes and parties, and who looked at it."""

from uuid import UUID

from models import Case, CaseParty, CitizenAccess, Follow, Note, PartyContact, Seat
from models.incident_words import PartyContactKind
from models.privacy_words import AccessPurpose
from models.vocabulary import Audience, EventKind, Level, PartyKind
from tests.oracle.drawing import Draw
from tests.oracle.drawing_events import draw_event
from tests.oracle.drawing_field_work import draw_field_work
from tests.oracle.drawing_files import draw_attachments
from tests.oracle.drawing_parts import draw_assignments, draw_holders_parts, draw_strays
from tests.oracle.drawing_referrals import draw_clocks_and_notices, draw_referrals


def draw_work(draw: Draw, case: Case) -> None:
    draw_referrals(draw, case)
    draw_assignments(draw, case)
    draw_holders_parts(draw, case)
    draw_strays(draw, case)
    _draw_parties(draw, case)
    _draw_notes(draw, case)
    draw_clocks_and_notices(draw, case)
    draw_field_work(draw, case)
    draw_attachments(draw, case)
    _draw_look(draw, case)
    for seat in draw.some(draw.facts.all(Seat), 4):
        draw.facts.add(Follow(seat_id=seat.id, case_id=case.id, since=case.opened_at))
    draw_event(draw, case, EventKind.CASE_OPENED, seat_id=case.holder_seat_id)
    if case.merged_into_case_id is not None:
        draw_event(draw, case, EventKind.CASE_MERGED, payload={"case": case.merged_into_case_id})


def _draw_parties(draw: Draw, case: Case) -> None:
    for _ in range(draw.chance.randint(0, 1)):
        kind, by = draw.pick(list(PartyKind)), draw.pick(draw.facts.all(Seat))
        area = draw.pick((None, case.area_code))
        party = CaseParty(
            id=draw.id,
            case_id=case.id,
            kind=kind,
            name=draw.text(2),
            area_code=area,
            added_by_seat_id=by.id,
            added_at=case.opened_at,
        )
        draw.facts.add(party)
        kept = ((PartyContactKind.PHONE, "+66812345678"), (PartyContactKind.ADDRESS, draw.text(2)))
        for position, (way, value) in enumerate(kept):
            draw.facts.add(PartyContact(id=draw.id, party_id=party.id, kind=way, value=value, position=position))
        draw_event(draw, case, EventKind.PARTY_ADDED, seat_id=by.id, payload={"party": party.id})


def _draw_notes(draw: Draw, case: Case) -> None:
    """Let anybody of the world write, for any audience, in the colours of the own agency."""
    for seat in draw.some(draw.facts.all(Seat), 4):
        audience = draw.pick(list(Audience))
        note = Note(
            id=draw.id,
            case_id=case.id,
            author_seat_id=seat.id,
            author_agency_code=draw.facts.viewer(seat).agency_code,
            audience=audience,
            text=draw.text(),
            written_at=case.updated_at,
            late=False,
        )
        draw.facts.add(note)
        draw_event(draw, case, EventKind.NOTE_ADDED, seat_id=seat.id, audience=audience, payload={"note": note.id})


def _draw_look(draw: Draw, case: Case) -> None:
    """Let somebody have looked at the citizen through this case."""
    by = draw.facts.viewer(draw.pick(draw.facts.all(Seat)))
    looked = CitizenAccess(
        id=draw.id,
        citizen_id=case.citizen_id,
        case_id=case.id,
        seat_id=by.seat_id,
        account_id=by.account_id,
        purpose=AccessPurpose.LIST,
        level=int(Level.WORK),
        request_id=UUID(int=case.id),
        at=case.updated_at,
    )
    draw.facts.add(looked)
