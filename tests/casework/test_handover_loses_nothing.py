"""Nothing is lost when a person leaves: whatever was done before, all that lay with the post is on the receipt and is
reached by who comes next, or by the mentor of a post left empty."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from casework.accounts import NewAccount
from casework.actions.accept_assignment import accept_assignment
from casework.actions.accept_referral import accept_referral
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.assign_case import assign_case
from casework.actions.decline_assignment import decline_assignment
from casework.actions.end_incumbency import end_incumbency
from casework.actions.follow_case import follow_case
from casework.actions.hand_over_seat import Passing, hand_over_seat
from casework.actions.plan_absence import Absence, plan_absence
from casework.actions.receive_referral import receive_referral
from casework.actions.record_key_date import record_key_date
from casework.actions.request_referral_info import request_referral_info
from casework.actions.update_case_status import update_case_status
from casework.demo.network import subject_of
from casework.errors import Refusal
from casework.rules.calendar import bangkok_day
from casework.rules.states import ENDED, REFERRAL_OPEN
from models.clock_words import KeyEvent
from models.post_words import HandoverReason
from models.vocabulary import CaseState, Level, ReferralKind
from tests.api import Api
from tests.casework.policy.eyes import level_of
from tests.world import COORDINATOR as COORDINATOR_OF_BOTH
from tests.world import DLPW, MENTOR, VOLUNTEER, World

NEIGHBOUR = "volunteer 430117"
STEPS, ROUNDS = 14, 5
STATES = [CaseState.SCREENING, CaseState.IN_PROGRESS, CaseState.WAITING_CITIZEN, CaseState.WITHDRAWN]
Item = tuple[str, int, int | None]
RECEIPT = """query ($id: ID!) { node(id: $id) { ... on Handover {
  toIncumbency { person { name } } counts { cases proposals referrals questions promises deadlines tasks follows }
  items(first: 100) { totalCount { count } nodes { kind case { id } deadline { id } referral { id } task { id } } }
} } }"""


async def lies_with(world: World, seat_id: int) -> set[Item]:
    """Say in other words than the database's function what lies with a post, out of all there is."""
    cases = {row.id: row for row in await world.rows('SELECT * FROM "case"') if row.state not in ENDED}
    parts = await world.rows(
        "SELECT case_id FROM participation WHERE seat_id = :s AND until IS NULL AND level > 2", s=seat_id
    )
    going = {id_ for id_, case in cases.items() if seat_id in {case.holder_seat_id, case.volunteer_seat_id}}
    going |= {part.case_id for part in parts if part.case_id in cases}
    found: set[Item] = {("CASE", id_, None) for id_ in going}
    for row in await world.rows("SELECT * FROM assignment"):
        if row.state == "PROPOSED" and (row.seat_id == seat_id or row.case_id in going):
            found.add(("PROPOSAL", row.case_id, row.id))
    sent = set()
    for row in await world.rows("SELECT * FROM referral"):
        if row.state in REFERRAL_OPEN and (row.from_seat_id == seat_id or row.case_id in going):
            sent.add(row.id)
            found.add(("QUESTION" if row.state == "NEEDS_INFO" else "REFERRAL", row.case_id, row.id))
    for row in await world.rows("SELECT * FROM deadline"):
        if row.ended_at is None and (row.case_id in going or row.referral_id in sent):
            found.add(("DEADLINE", row.case_id, row.id))
    for row in await world.rows("SELECT * FROM task"):
        case = cases.get(row.case_id)
        volunteer = case and (case.volunteer_seat_id or case.holder_seat_id)
        owners = {"SEAT": row.seat_id, "VOLUNTEER": volunteer, "HOLDER": case and case.holder_seat_id}
        if row.state == "OPEN" and owners[row.who] == seat_id and (case or row.who == "SEAT"):
            found.add(("TASK", row.case_id, row.id))
    promised = {id_ for id_ in going if cases[id_].review_on and cases[id_].holder_seat_id == seat_id}
    followed = {row.case_id for row in await world.rows("SELECT case_id FROM follow WHERE seat_id = :s", s=seat_id)}
    return (
        found
        | {("PROMISE", id_, None) for id_ in promised}
        | {("FOLLOW", id_, None) for id_ in followed & cases.keys()}
    )


@dataclass
class Play:
    """Two posts with the people who fill them, whoever they are by now; a step does something real, or is refused."""

    api: Api
    chance: Random
    who: dict[str, str | None] = field(default_factory=lambda: {VOLUNTEER: VOLUNTEER, NEIGHBOUR: NEIGHBOUR})
    people: int = 0
    done: int = 0

    @property
    def world(self) -> World:
        return self.api.world

    async def seat(self, post: str) -> int:
        return (await self.world.actor(post)).seat_id

    def somebody(self) -> NewAccount:
        self.people += 1
        subject = subject_of(f"heir {self.people}")
        return NewAccount(subject, "นาย", f"ผู้รับที่{self.people}", "ใจดี", f"Heir {self.people}", "Chaidi")

    async def step(self) -> None:
        post = self.chance.choice(sorted(self.who))
        acts: list[Callable[[str, str], Awaitable[Any]]] = [
            self.open, self.open, self.move, self.move, self.refer, self.answer, self.offer, self.reply, self.follow,
            self.note_a_day, self.be_away,
        ]  # fmt: skip
        act = self.chance.choice(acts)
        by = self.who[post]
        if by is None:
            await self.fill(post)
            return
        try:
            await act(post, by)
        except Refusal:
            return
        self.done += 1

    async def a_case(self, post: str) -> int:
        held = await self.world.rows(
            'SELECT id FROM "case" WHERE holder_seat_id = :s ORDER BY id', s=await self.seat(post)
        )
        return self.chance.choice([row.id for row in held]) if held else await self.open(post, self.who[post] or post)

    async def open(self, _post: str, by: str) -> int:
        kinds = [("UNPAID_WAGES",), ("UNPAID_WAGES", "SEVERANCE"), ("HARASSMENT", "UNPAID_WAGES")]
        return await self.world.case(by, *self.chance.choice(kinds))

    async def move(self, post: str, by: str) -> None:
        case_id, state = await self.a_case(post), self.chance.choice(STATES)
        review = bangkok_day(self.world.now) + timedelta(days=4) if state is CaseState.WAITING_CITIZEN else None
        why = "เลิกร้อง" if state is CaseState.WITHDRAWN else None
        await self.world.on_case(by, update_case_status, case_id, state=state, review_on=review, reason=why)

    async def refer(self, post: str, by: str) -> None:
        case_id = await self.a_case(post)
        kind = self.chance.choice([ReferralKind.REFER, ReferralKind.CONSULT, ReferralKind.TRANSFER])
        if await self.world.value('SELECT state FROM "case" WHERE id = :id', id=case_id) == "NEW":
            await self.world.on_case(by, update_case_status, case_id, state=CaseState.SCREENING)
        await self.world.referral(case_id, by, kind=kind)

    async def answer(self, _post: str, _by: str) -> None:
        open_ones = await self.world.rows("SELECT id, state FROM referral WHERE ended_at IS NULL ORDER BY id")
        if open_ones:
            referral = self.chance.choice(open_ones)
            if referral.state == "SENT":
                await self.world.on_referral(DLPW, receive_referral, referral.id)
            elif self.chance.random() < 0.5:
                await self.world.on_referral(DLPW, request_referral_info, referral.id, question="มีสลิปหรือไม่")
            else:
                await self.world.on_referral(DLPW, accept_referral, referral.id)

    async def offer(self, post: str, by: str) -> None:
        other = NEIGHBOUR if post == VOLUNTEER else VOLUNTEER
        await self.world.on_case(by, assign_case, await self.a_case(post), seat_id=await self.seat(other))

    async def reply(self, post: str, by: str) -> None:
        asked = await self.world.rows(
            "SELECT case_id FROM assignment WHERE state = 'PROPOSED' AND seat_id = :s", s=await self.seat(post)
        )
        if asked and self.chance.random() < 0.5:
            await self.world.on_case(by, accept_assignment, asked[0].case_id)
        elif asked:
            await self.world.on_case(by, decline_assignment, asked[0].case_id, reason="ไม่ว่าง")

    async def follow(self, post: str, by: str) -> None:
        await self.world.act(by, follow_case, case_id=await self.a_case(post))

    async def note_a_day(self, post: str, by: str) -> None:
        day = bangkok_day(self.world.now) - timedelta(days=2)
        await self.world.act(
            by, record_key_date, case_id=await self.a_case(post), event=KeyEvent.COMPLAINT_FILED, day=day
        )

    async def be_away(self, post: str, by: str) -> None:
        absence = Absence(await self.seat(MENTOR), until=self.world.now + timedelta(days=2))
        await self.on_post(post, plan_absence, by=by, absence=absence)

    async def on_post(self, post: str, verb: Any, *, by: str = COORDINATOR_OF_BOTH, **given: Any) -> int:
        seat_id = await self.seat(post)
        version = await self.world.value("SELECT version FROM seat WHERE id = :id", id=seat_id)
        return await self.world.act(by, verb, seat_id=seat_id, expected_version=version, **given)

    async def fill(self, post: str) -> None:
        """Somebody comes to an empty post without a handover."""
        await self.on_post(post, appoint_incumbent, appointment=Appointment(self.somebody()))
        self.who[post] = f"heir {self.people}"

    async def leave(self, post: str) -> None:
        """Somebody leaves without a handover; there is one when the next person comes."""
        running = await self.world.value(
            "SELECT id FROM incumbency WHERE seat_id = :s AND kind = 'PRIMARY' AND until IS NULL",
            s=await self.seat(post),
        )
        await self.on_post(post, end_incumbency, incumbency_id=running)
        self.who[post] = None


async def check_handover(play: Play, post: str) -> int:
    """Hand the post over and compare; give how much lay with it."""
    world, seat_id = play.world, await play.seat(post)
    before = await lies_with(world, seat_id)
    cases = sorted({case_id for _, case_id, _ in before})
    levels = [await level_of(world, post, case_id) for case_id in cases]  # the handle stands for the post itself
    held = 'SELECT id, holder_seat_id, volunteer_seat_id, version FROM "case" ORDER BY id'
    where = await world.rows(held)
    empty = play.who[post] is not None and play.chance.random() < 0.4
    person = None if empty else play.somebody()
    handover_id = await play.on_post(post, hand_over_seat, passing=Passing(HandoverReason.MOVED, person))
    play.who[post] = None if empty else f"heir {play.people}"

    listed = await world.rows("SELECT kind, case_id, about_id FROM handover_item WHERE handover_id = :h", h=handover_id)
    assert sorted(map(tuple, listed), key=str) == sorted(before, key=str)
    assert await world.rows(held) == where
    assert await lies_with(world, seat_id) == before

    reader = play.who[post] or MENTOR
    told = (await play.api.ask(RECEIPT, reader, id=play.api.id("Handover", handover_id)))["node"]
    assert sum(told["counts"].values()) == len(before)
    shown = before if not empty else {item for item in before if item[0] != "FOLLOW"}
    assert told["items"]["totalCount"]["count"] == len(shown)
    read = [
        (node["kind"], *(node[name] and node[name]["id"] for name in ("case", "deadline", "referral", "task")))
        for node in told["items"]["nodes"]
    ]
    seen = {case_id: await level_of(world, reader, case_id) or Level.STATUS for case_id in cases}
    expected = [_as_told(play.api, item, works=seen[item[1]] >= Level.WORK) for item in shown]
    assert sorted(read, key=str) == sorted(expected, key=str)
    if not empty:
        assert [await level_of(world, reader, case_id) for case_id in cases] == levels
    return len(before)


def _as_told(api: Api, item: Item, *, works: bool) -> tuple[str, str | None, str | None, str | None, str | None]:
    kind, case_id, about_id = item
    deadline = api.id("Deadline", about_id) if about_id is not None and kind == "DEADLINE" else None
    referral = api.id("Referral", about_id) if about_id is not None and kind in {"REFERRAL", "QUESTION"} else None
    task = api.id("Task", about_id) if about_id is not None and kind == "TASK" and works else None
    return kind, api.id("Case", case_id), deadline, referral, task


@pytest.mark.parametrize("seed", [3, 5, 8])
async def test_what_lay_with_the_post_before_is_on_the_receipt_and_is_reached_afterwards(
    world: World, api: Api, seed: int
) -> None:
    world._actors = dict(world._actors)  # people of this test, who are gone with it
    play = Play(api, Random(seed))  # noqa: S311 - no secret
    handed_over = 0
    for _ in range(ROUNDS):
        for _ in range(STEPS):
            await play.step()
        post = play.chance.choice(sorted(play.who))
        if play.who[post] is not None and play.chance.random() < 0.3:
            await play.leave(post)
        handed_over += await check_handover(play, post)
    assert (play.done > STEPS, handed_over > ROUNDS) == (True, True)
