"""Records of one person: those that were merged into another one, and what they brought along."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, bindparam, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlmodel import col

from casework.identifiers import seal, unseal
from casework.work import Work
from models import Citizen, CitizenContact, CitizenIdentifier, table_of

citizen = table_of(Citizen)
_ANY = citizen.alias("any_of_them")
_FIRST = (  # the record that has the cases
    select(func.coalesce(_ANY.c.merged_into_citizen_id, _ANY.c.id))
    .where(_ANY.c.id == bindparam("wanted", type_=BigInteger()))
    .scalar_subquery()
)
_RECORDS = (
    select(citizen.c.id)
    .where(or_(citizen.c.id == _FIRST, citizen.c.merged_into_citizen_id == _FIRST))
    .order_by(citizen.c.merged_into_citizen_id.nulls_first(), citizen.c.id)
)


async def records_of(session: AsyncSession | AsyncConnection, citizen_id: int) -> Sequence[int]:
    """Give all records of a citizen's person, whichever of them is asked: first the one that goes on."""
    return list((await session.execute(_RECORDS, {"wanted": citizen_id})).scalars())


async def bring_contacts(work: Work, source_id: int, target_id: int) -> None:
    """Copy the contacts that only the merged record has, behind those that are there."""
    of_both = select(CitizenContact).where(col(CitizenContact.citizen_id).in_([source_id, target_id]))
    contacts = (await work.session.scalars(of_both.order_by(col(CitizenContact.position)))).all()
    known = {(contact.kind, contact.value) for contact in contacts if contact.citizen_id == target_id}
    position = max((contact.position for contact in contacts if contact.citizen_id == target_id), default=-1)
    for contact in contacts:
        if contact.citizen_id == source_id and (contact.kind, contact.value) not in known:
            position += 1
            copy = CitizenContact(
                id=await work.new_id(),
                citizen_id=target_id,
                kind=contact.kind,
                value=contact.value,
                position=position,
                from_citizen_id=source_id,
            )
            await work.save(copy)


async def bring_identifiers(work: Work, source_id: int, target_id: int) -> None:
    """Seal the documents that only the merged record has for the other one too: a seal holds for one row alone.

    Raises `IdentifierUnreadableError` when a key is missing.
    """
    of_both = select(CitizenIdentifier).where(col(CitizenIdentifier.citizen_id).in_([source_id, target_id]))
    documents = (await work.session.scalars(of_both.order_by(col(CitizenIdentifier.id)))).all()
    numbers = {document.id: unseal(work.keys, document) for document in documents}
    known = {(d.kind, numbers[d.id]) for d in documents if d.citizen_id == target_id}
    for document in documents:
        number = numbers[document.id]
        if document.citizen_id == source_id and (document.kind, number) not in known:
            row_id = await work.new_id()
            copy = seal(work.keys, row_id=row_id, citizen_id=target_id, kind=document.kind, canonical=number)
            copy.from_citizen_id = source_id
            await work.save(copy)


async def take_copies_back(work: Work, source_id: int, target_id: int) -> None:
    """Take away what the merge brought; the originals never left."""
    for model in (CitizenContact, CitizenIdentifier):
        table = table_of(model)
        copies = table.c.citizen_id == target_id, table.c.from_citizen_id == source_id
        await work.session.execute(delete(table).where(*copies))
