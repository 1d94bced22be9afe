"""Two walls, written apart, show the same rows: the door with row-level security off, and row-level security alone."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, ColumnElement, Select, Table, and_, literal, or_, select

from casework.policy import activities as activity_door
from casework.policy.activities import activity, guest, listed_to, participant, seen_by
from casework.policy.actors import Actor
from casework.policy.citizens import citizen, citizen_door
from casework.policy.incidents import led_by
from casework.policy.visibility import Door, door, part, the_case
from casework.policy.wall import enter
from models import (
    Assignment,
    Attachment,
    CaseContent,
    CaseDocument,
    CaseHolding,
    CaseMerge,
    CaseParty,
    CaseProblem,
    CaseSearch,
    CitizenContact,
    CitizenIdentifier,
    CitizenSearch,
    Event,
    Follow,
    Incident,
    IncidentCase,
    Note,
    PartyContact,
    Referral,
    ReferralContent,
    Task,
    TaskText,
    Visit,
    table_of,
)
from models.attachment_words import AttachmentState
from models.vocabulary import ContactKind, Disclosure, Level, SeatKind, SubjectKind
from tests.oracle.conftest import Drawn, seeded
from tests.world import World

assignment, content, holding, merge = (table_of(model) for model in (Assignment, CaseContent, CaseHolding, CaseMerge))
party, problem, words, contact = (table_of(model) for model in (CaseParty, CaseProblem, CaseSearch, CitizenContact))
identifier, names, event, follow = (table_of(model) for model in (CitizenIdentifier, CitizenSearch, Event, Follow))
incident, member = table_of(Incident), table_of(IncidentCase)
note, party_contact, referral, texts = (table_of(model) for model in (Note, PartyContact, Referral, ReferralContent))
visit, task, task_text, document = (table_of(model) for model in (Visit, Task, TaskText, CaseDocument))
attachment = table_of(Attachment)
EARLY = [AttachmentState.REQUESTED, AttachmentState.EXPIRED]
Ids = Select[Any]


def _of_case(table: Table, case_id: ColumnElement[int], at: Level, seen: Door, *more: ColumnElement[bool]) -> Ids:
    """Rows of a table of the case, from a level on."""
    joined = seen.rows.join(table, case_id == the_case.c.id)
    return select(*table.primary_key).select_from(joined).where(seen.allowed, seen.level >= int(at), *more)


def _of_citizen(table: Table, citizen_id: ColumnElement[int], kind: SeatKind, *more: ColumnElement[bool]) -> Ids:
    seen = citizen_door(kind)
    joined = seen.rows if table is citizen else seen.rows.join(table, citizen_id == citizen.c.id)
    return select(*table.primary_key).select_from(joined).where(seen.allowed, *more)


def _known(kind: SeatKind, *disclosed: tuple[ColumnElement[bool], Disclosure]) -> ColumnElement[bool]:
    seen = citizen_door(kind)
    shown = [and_(what, seen.discloses.op("&")(int(bit)) != 0) for what, bit in disclosed]
    return or_(seen.level >= int(Level.FULL), *shown)


def through_the_door(by: Actor) -> Mapping[Table, Ids]:
    """What the door shows of each guarded table."""
    kind = by.kind
    seen = door(kind)
    heard = {
        table: seen.hears(table, seat=f"{who}_seat_id", agency=f"{who}_agency_code")
        for table, who in ((event, "actor"), (note, "author"), (attachment, "author"))
    }
    own = or_(part.c.seat_id == by.seat_id, part.c.office_id == literal(by.office_id, BigInteger()))
    led = select(incident.c.id).where(led_by(kind))
    given = or_(attachment.c.author_seat_id == by.seat_id, and_(attachment.c.state.not_in(EARLY), heard[attachment]))
    files = _of_case(attachment, attachment.c.case_id, Level.WORK, seen, given)
    shown = or_(attachment.c.author_seat_id == by.seat_id, attachment.c.state.not_in(EARLY))
    materials = select(attachment.c.id).join(activity).where(seen_by(kind), shown)
    visible = select(the_case.c.id).select_from(seen.rows).where(seen.allowed)
    return {
        the_case: visible,
        part: select(part.c.id).where(or_(own, part.c.case_id.in_(visible))),
        problem: _of_case(problem, problem.c.case_id, Level.STATUS, seen),
        holding: _of_case(holding, holding.c.case_id, Level.STATUS, seen),
        assignment: _of_case(assignment, assignment.c.case_id, Level.STATUS, seen),
        merge: _of_case(merge, merge.c.source_case_id, Level.STATUS, seen),
        referral: _of_case(referral, referral.c.case_id, Level.STATUS, seen),
        follow: select(*follow.primary_key).where(follow.c.seat_id == by.seat_id),
        event: _of_case(
            event, event.c.subject_id, Level.ANONYMOUS, seen, event.c.subject_kind == SubjectKind.CASE, heard[event]
        ),
        content: _of_case(content, content.c.case_id, Level.WORK, seen),
        words: _of_case(words, words.c.case_id, Level.WORK, seen),
        note: _of_case(note, note.c.case_id, Level.WORK, seen, heard[note]),
        # Verbs of those who see less keep their rows in step; what is written of them is walled at WORK.
        visit: _of_case(visit, visit.c.case_id, Level.STATUS, seen),
        task: _of_case(task, task.c.case_id, Level.STATUS, seen),
        task_text: _of_case(task_text, task_text.c.case_id, Level.WORK, seen),
        document: _of_case(document, document.c.case_id, Level.WORK, seen),
        attachment: select(attachment.c.id).where(or_(attachment.c.id.in_(files), attachment.c.id.in_(materials))),
        party: _of_case(party, party.c.case_id, Level.WORK, seen),
        texts: select(texts.c.referral_id).where(
            texts.c.referral_id.in_(_of_case(referral, referral.c.case_id, Level.WORK, seen))
        ),
        party_contact: select(party_contact.c.id).where(
            party_contact.c.party_id.in_(_of_case(party, party.c.case_id, Level.FULL, seen))
        ),
        incident: led,
        activity: select(activity.c.id).where(seen_by(kind)),
        participant: select(participant.c.id).join(activity).where(seen_by(kind), listed_to(kind)),
        guest: select(guest.c.participant_id).join(activity).where(activity_door.led_by(kind)),
        member: _of_case(member, member.c.case_id, Level.WORK, seen, member.c.incident_id.in_(led)),
        citizen: _of_citizen(citizen, citizen.c.id, kind),
        names: _of_citizen(names, names.c.citizen_id, kind),
        contact: _of_citizen(
            contact,
            contact.c.citizen_id,
            kind,
            _known(
                kind,
                (contact.c.kind == ContactKind.PHONE, Disclosure.PHONES),
                (contact.c.kind == ContactKind.ADDRESS, Disclosure.ADDRESSES),
            ),
        ),
        identifier: _of_citizen(
            identifier,
            identifier.c.citizen_id,
            kind,
            _known(kind, (identifier.c.id.is_not(None), Disclosure.IDENTIFIERS)),
        ),
    }


async def _by_the_door(world: World, by: Actor) -> dict[str, list[Any]]:
    """Ask as the owner, before whom row-level security hides nothing."""
    async with world.owner.connect() as connection:
        return {
            table.name: sorted((await connection.execute(ids.distinct(), by.scope_at(world.now))).all())
            for table, ids in through_the_door(by).items()
        }


async def _by_the_wall(world: World, by: Actor) -> dict[str, list[Any]]:
    """Ask as the service does, for all there is."""
    async with world.reader.connect() as connection:
        await enter(connection, by, world.now)
        return {
            table.name: sorted((await connection.execute(select(*table.primary_key))).all())
            for table in through_the_door(by)
        }


@seeded(8)
@given(seed=st.integers(0, 10_000))
async def test_both_walls_show_everybody_the_same_rows(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        for viewer in facts.viewers:
            by = await api.world.actor(viewer.handle)
            shown, allowed = await _by_the_wall(api.world, by), await _by_the_door(api.world, by)
            for table, rows in allowed.items():
                assert shown[table] == rows, (viewer.handle, viewer.kind, table)
