"""Idempotency: an operation id of an account succeeds once, and a replay gets the first answer."""

from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from casework.errors import Refusal, RefusalCode
from casework.work import Work
from models import Operation, table_of

operation = table_of(Operation)


class Replay(NamedTuple):
    """The operation succeeded before; this was its result."""

    result_id: int


async def begin(work: Work, name: str, given: Any) -> Replay | None:
    """Claim the operation id, waiting for a twin still under way; None means: go on.

    Only successes stay: a refusal rolls the claim back with everything else.
    """
    told = orjson.dumps(given, option=orjson.OPT_SORT_KEYS, default=str)
    key = {"account_id": work.by.account_id, "operation_id": work.operation_id}
    claim = (
        insert(operation)
        .values(**key, name=name, fingerprint=work.keys.fingerprint(told), at=work.now)
        .on_conflict_do_nothing()
        .returning(operation.c.name)
    )
    if (await work.session.execute(claim)).first() is not None:
        return None
    before = (await work.session.execute(select(operation).filter_by(**key))).one()
    if before.name != name or not work.keys.is_fingerprint(bytes(before.fingerprint), told):
        raise Refusal(RefusalCode.OPERATION_REUSED, "input", "operationId")
    return Replay(before.result_id)


async def finish(work: Work, result_id: int) -> None:
    """Keep the id of the result for replays."""
    await work.session.execute(
        update(operation)
        .where(operation.c.account_id == work.by.account_id, operation.c.operation_id == work.operation_id)
        .values(result_id=result_id)
    )


async def result_of(work: Work, name: str, operation_id: UUID, *path: str) -> int:
    """Give what an earlier operation of this account made; so an offline phone names what it opened itself."""
    made = select(operation.c.result_id).where(
        operation.c.account_id == work.by.account_id,
        operation.c.operation_id == operation_id,
        operation.c.name == name,
    )
    result = (await work.session.execute(made)).scalar()
    if result is None:
        raise Refusal(RefusalCode.NOT_FOUND, *path)
    return int(result)
