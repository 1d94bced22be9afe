"""Which citizen an operator means: by the id that the API shows, or by the reference of one of the cases."""

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.errors import Refusal
from casework.keys import Keys
from casework.rules.references import read_reference
from models import Case, Citizen, table_of
from schema.ids import VERSION, unsealed_id
from server.problems import StartupProblem

citizen, the_case = table_of(Citizen), table_of(Case)
_BY_ID = select(citizen.c.id).where(citizen.c.id == bindparam("id", type_=BigInteger()))
_BY_REFERENCE = select(the_case.c.citizen_id).where(the_case.c.reference == bindparam("reference"))


async def find_citizen(connection: AsyncConnection, keys: Keys, wanted: str) -> int:
    """Give the row's id; what was typed is not repeated, it may be somebody's number."""
    if wanted.startswith(VERSION):
        number = unsealed_id(keys, "Citizen", wanted)
        if number is None:
            raise StartupProblem("This is no citizen's id of this service: give `Citizen.id`, or a case's reference.")
        found = await connection.scalar(_BY_ID, {"id": number})
    else:
        found = await connection.scalar(_BY_REFERENCE, {"reference": _reference(wanted)})
    if found is None:
        raise StartupProblem("ไม่พบผู้ร้อง / There is no such citizen, and no case with this reference.")
    return int(found)


def _reference(text: str) -> str:
    try:
        return read_reference(text)
    except Refusal as refusal:
        raise StartupProblem(f"{refusal.sentence(thai=True)} / {refusal.sentence(thai=False)}") from None
