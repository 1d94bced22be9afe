"""A list carried out on a real directory: through the actions, row by row, and once."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from casework.actions.carry_out_step import Done
from casework.directory import read_roster
from casework.directory_import import carry_out
from casework.policy.actors import SEATS_OF
from casework.rules.list_lines import Line
from casework.rules.list_plan import Row, plan
from casework.work import Work
from models.directory_words import RowOutcome, RowProblem
from server.database import reading
from tests.casework.refusals import nothing_changes
from tests.casework.rules.listing import gazetteer, line
from tests.world import ADMIN, COORDINATOR, World

O = RowOutcome  # noqa: E741 - outcomes
SUBJECT = UUID(int=7)
PHONE = "081-234-5678"
BUENG_KAN: dict[str, Any] = {"province": "บึงกาฬ", "amphoe": "เมืองบึงกาฬ", "tambon": "บึงกาฬ"}
"""A province in which the demo has no posts of areas."""
NEIGHBOUR = "volunteer 430117"
EVENTS = "SELECT kind FROM event ORDER BY id"


async def look(world: World, *lines: Line) -> list[Row]:
    async with reading(world.owner).connect() as connection:
        roster = await read_roster(connection, now=world.now)
    return plan(lines, roster, gazetteer(), now=world.now, progress=lambda *_: None)


async def enact(world: World, rows: Sequence[Row], *, by: str = ADMIN, most: int = 99) -> list[RowOutcome]:
    """Carry the rows out in somebody's name; after `most` transactions the machine stops."""
    actor, begun = await world.actor(by), 0

    async def transaction(verb: Callable[[Work], Awaitable[Done]]) -> Done:
        nonlocal begun
        begun += 1
        async with AsyncSession(world.owner, expire_on_commit=False) as session, session.begin():
            done = await verb(
                Work(session=session, now=world.now, reference=world.reference, by=actor, keys=world.keys)
            )
            if begun > most:
                raise ConnectionError
            return done

    await carry_out(rows, transaction, progress=lambda *_: None)
    world.now += timedelta(hours=1)
    return [row.outcome for row in rows]


def two_posts_of_one() -> list[Line]:
    return [line(phone=PHONE, **BUENG_KAN), line(row=3, phone=PHONE, **BUENG_KAN | {"tambon": "", "role": "พี่เลี้ยง"})]


async def test_posts_are_made_and_filled_in_the_administrators_name_and_a_second_time_nothing_changes(
    world: World,
) -> None:
    assert await enact(world, await look(world, *two_posts_of_one())) == [O.SEAT_MADE_AND_FILLED] * 2
    assert await world.rows(EVENTS) == [("SEAT_CREATED",), ("INCUMBENT_APPOINTED",)] * 2
    admin = await world.actor(ADMIN)
    authors = await world.rows("SELECT DISTINCT actor_seat_id, actor_account_id FROM event")
    assert authors == [(admin.seat_id, admin.account_id)]
    filled = (
        "SELECT seat.kind, area_code, version FROM seat JOIN incumbency ON seat_id = seat.id WHERE area_code ~ '^38'"
    )
    assert sorted(await world.rows(filled)) == [("MENTOR", "3801", 2), ("VOLUNTEER", "380101", 2)]
    (account,) = await world.rows("SELECT * FROM account WHERE phone = '+66812345678'")
    assert (account.subject, account.given_name, account.given_name_en) == (None, "สมชาย", "สมชาย")
    async with nothing_changes(world):
        assert await enact(world, await look(world, *two_posts_of_one())) == [O.UNCHANGED] * 2


async def test_looking_changes_nothing(world: World) -> None:
    async with nothing_changes(world):
        assert [row.outcome for row in await look(world, *two_posts_of_one())] == [O.SEAT_MADE_AND_FILLED] * 2


async def test_somebody_follows_the_one_before_and_the_cases_stay(world: World) -> None:
    seat_id, case_id = (await world.actor(NEIGHBOUR)).seat_id, await world.case(NEIGHBOUR, area="430117")
    before = await world.fingerprint()
    rows = await look(world, line(phone=PHONE, tambon="ปะโค", since="1 ม.ค. 2570"))
    assert await enact(world, rows) == [O.REPLACED]
    after = await world.fingerprint()
    changed = {name for name, digest in after.items() if digest != before[name]}
    assert changed == {"event", "feed_pending", "seat", "incumbency", "account"}
    assert await world.value('SELECT volunteer_seat_id FROM "case" WHERE id = :id', id=case_id) == seat_id
    times = await world.rows("SELECT since, until FROM incumbency WHERE seat_id = :id ORDER BY since", id=seat_id)
    assert times[0].until == times[1].since
    assert times[1].until is None


async def test_a_post_that_changed_meanwhile_is_declined_and_the_others_go_on(world: World) -> None:
    given = (line(phone=PHONE, tambon="ปะโค", since="1 ม.ค. 2570"), line(phone=PHONE, row=3, **BUENG_KAN))
    rows = await look(world, *given)
    assert await enact(world, await look(world, given[0])) == [O.REPLACED]
    assert await enact(world, rows) == [O.REFUSED, O.SEAT_MADE_AND_FILLED]
    assert rows[0].refused is not None
    assert rows[0].refused.problem is RowProblem.DECLINED
    assert rows[0].refused.sentence(thai=False) != rows[0].refused.sentence(thai=True)


async def test_an_actor_without_permission_is_declined_row_by_row(world: World) -> None:
    rows = await look(world, line(phone=PHONE, **BUENG_KAN))
    async with nothing_changes(world):
        assert await enact(world, rows, by=COORDINATOR) == [O.REFUSED]


async def test_after_a_stop_half_way_the_same_list_does_the_rest(world: World) -> None:
    lines = two_posts_of_one()
    with pytest.raises(ConnectionError):
        await enact(world, await look(world, *lines), most=1)
    assert await enact(world, await look(world, *lines)) == [O.UNCHANGED, O.SEAT_MADE_AND_FILLED]
    assert await world.value("SELECT count(*) FROM account WHERE phone = '+66812345678'") == 1


async def test_a_later_list_lets_somebody_sign_in_and_an_end_lets_them_go(world: World) -> None:
    await enact(world, await look(world, line(phone=PHONE, **BUENG_KAN)))
    better = line(
        phone="089-876-5432", subject=str(SUBJECT), given_name_en="Somchai", family_name_en="Jaidee", **BUENG_KAN
    )
    assert await enact(world, await look(world, better)) == [O.UPDATED]
    (account,) = await world.rows("SELECT * FROM account WHERE subject = :s", s=SUBJECT)
    assert (account.phone, account.given_name_en, account.family_name_en) == ("+66898765432", "Somchai", "Jaidee")
    payload = await world.value("SELECT payload FROM event WHERE kind = 'INCUMBENT_CORRECTED'")
    assert payload == {"account": account.id, "changed": ["phone", "given_name_en", "family_name_en", "subject"]}
    async with world.reader.connect() as connection:
        signed_in = list(await connection.execute(SEATS_OF, {"subject": SUBJECT, "now": world.now}))
    assert [row.account_id for row in signed_in] == [account.id]
    left = line(phone="089-876-5432", until="15 พ.ย. 2569", **BUENG_KAN)
    assert await enact(world, await look(world, left)) == [O.REFUSED]  # before the time began
    left = line(phone="089-876-5432", until="16 พ.ย. 2569", **BUENG_KAN)
    assert await enact(world, await look(world, left)) == [O.ENDED]


async def test_an_empty_post_is_made_and_filled_by_a_later_row(world: World) -> None:
    given = (
        line("ว่าง", **BUENG_KAN),
        line(row=3, phone=PHONE, since="1 ม.ค. 2570", **BUENG_KAN | {"tambon": "โนนสมบูรณ์"}),
    )
    assert await enact(world, await look(world, *given)) == [O.SEAT_MADE, O.SEAT_MADE_AND_FILLED]
    moved = line(phone=PHONE, subject=str(SUBJECT), **BUENG_KAN)
    assert await enact(world, await look(world, moved)) == [O.APPOINTED]
    assert await world.rows(f"{EVENTS} DESC LIMIT 2") == [("INCUMBENT_CORRECTED",), ("INCUMBENT_APPOINTED",)]


async def test_a_row_whose_forerunner_was_declined_is_declined_too(world: World) -> None:
    rows = await look(world, *two_posts_of_one(), line(phone=PHONE, row=4, until="31 ธ.ค. 2569", **BUENG_KAN))
    rows[0].step = None
    assert await enact(world, rows) == [O.REFUSED, O.SEAT_MADE_AND_FILLED, O.REFUSED]
