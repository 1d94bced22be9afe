"""Idempotency without an account: what a citizen sent by tracking code is done once for each case and operation id."""

from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from casework.work import Unit
from models import CitizenOperation, table_of

operation = table_of(CitizenOperation)


async def was_done(work: Unit, keys: Keys, *, case_id: int, name: str, given: Any) -> bool:
    """Claim the operation id for the locked case; True when the same was done before.

    `given` is what was told besides reference and code, which may be typed in more than one way.
    """
    told = orjson.dumps(given, option=orjson.OPT_SORT_KEYS)
    key = {"case_id": case_id, "operation_id": work.operation_id}
    claim = (
        insert(operation)
        .values(**key, name=name, fingerprint=keys.fingerprint(told), at=work.now)
        .on_conflict_do_nothing()
        .returning(operation.c.name)
    )
    if (await work.session.execute(claim)).first() is not None:
        return False
    before = (await work.session.execute(select(operation).filter_by(**key))).one()
    if before.name != name or not keys.is_fingerprint(bytes(before.fingerprint), told):
        raise Refusal(RefusalCode.OPERATION_REUSED, "input", "operationId")
    return True
