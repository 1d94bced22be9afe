"""Each column shows from its level on and is null below it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple, get_args, get_type_hints

import pytest
from sqlmodel import SQLModel

from casework.actions.add_party import Party, add_party
from casework.actions.add_task import add_task
from casework.policy.levels import FIELD_LEVELS
from models import Case, CaseContent, CaseParty, CaseProblem, Citizen, Referral, ReferralContent, TaskText, table_of
from models.field_words import TaskFor
from models.vocabulary import DisclosedField, Level, PartyKind, Priority, ReferralState
from resolvers.case_parts import problems_of_cases
from resolvers.cases import cases_by_ids, contents_of_cases
from resolvers.citizens import citizens_by_ids
from resolvers.parties import parties_of_cases
from resolvers.referrals import referrals_by_ids, texts_of_referrals
from resolvers.rows import CaseRow, ContentRow, ProblemRow, ReferralRow, ReferralTextRow
from resolvers.rows_of_people import CitizenRow, PartyRow
from resolvers.tasks import tasks_by_ids, titles_of_tasks
from tests.casework import situations
from tests.casework.policy.eyes import eyes_of
from tests.world import AUDITOR, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World


class TitleRow(NamedTuple):
    """The one column of its table that is read."""

    title: str | None


VIEWERS = {Level.STATUS: OTHER_VOLUNTEER, Level.ANONYMOUS: AUDITOR, Level.WORK: MENTOR, Level.FULL: VOLUNTEER}
ROWS: list[tuple[type[SQLModel], Any, set[str]]] = [
    (Case, CaseRow, {"level", "active", "expired", "assigned_seat_id"}),
    (CaseContent, ContentRow, {"case_id", "citizen_id", "level"}),
    (CaseProblem, ProblemRow, set()),
    (Referral, ReferralRow, {"problem_type_code", "level"}),
    (ReferralContent, ReferralTextRow, {"referral_id", "case_id", "citizen_id", "level"}),
    (CaseParty, PartyRow, {"level", "citizen_id"}),
    (Citizen, CitizenRow, {"level", "discloses"}),
]
"""Each table of a case, the row that reads it, and what of the row comes from elsewhere or is its key."""


@pytest.mark.parametrize(("model", "row", "others"), ROWS, ids=[model.__name__ for model, _, _ in ROWS])
def test_every_column_that_is_read_has_a_level_and_every_level_a_column(
    model: type[SQLModel], row: Any, others: set[str]
) -> None:
    assert set(FIELD_LEVELS[model]) <= set(table_of(model).c.keys())
    assert set(row._fields) - others <= set(FIELD_LEVELS[model])


@pytest.mark.parametrize(("model", "row", "others"), ROWS[:4], ids=[model.__name__ for model, _, _ in ROWS[:4]])
def test_a_column_above_status_may_be_null_in_its_row(model: type[SQLModel], row: Any, others: set[str]) -> None:
    hints = get_type_hints(row)
    row_itself_needs_work = row is ContentRow
    masked = {name for name, level in FIELD_LEVELS[model].items() if level > Level.STATUS} & set(row._fields) - others
    hidden = {name for name in masked if type(None) in get_args(hints[name])}
    assert row_itself_needs_work or hidden == masked


async def full_case(world: World) -> situations.Sent:
    """Make a case in which everything that a level hides has a value."""
    intake = {"priority": Priority.URGENT, "workplace_area_code": "430201", "workplace_name": "โรงงานน้ำแข็ง"}
    case_id = await situations.in_progress(world, **intake)
    await situations.declined(world, case_id)
    rejected = await world.referral(case_id, discloses=frozenset(DisclosedField))
    await situations.bring(world, rejected, ReferralState.REJECTED)
    again = await world.referral(case_id)
    await situations.bring(world, again, ReferralState.COMPLETED)
    party = Party(PartyKind.EMPLOYER, "หจก.โขงทรัพย์", area_code="430201")
    await world.act(VOLUNTEER, add_party, case_id=case_id, party=party)
    due = (world.now + timedelta(days=2)).date()
    await world.act(VOLUNTEER, add_task, case_id=case_id, title="ขอสลิป", due=due, who=TaskFor.VOLUNTEER)
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("UPDATE case_problem SET amount_claimed = 9000, amount_recovered = 8500.5")
        await connection.exec_driver_sql("UPDATE referral_content SET report = 'ก', reply = 'ข'")
        await connection.exec_driver_sql("UPDATE citizen SET title = 'นาง'")
    return situations.Sent(case_id, rejected)


async def read(world: World, by: str, made: situations.Sent) -> dict[type[SQLModel], Any]:
    """Read one row of each table as somebody; None where the row itself is hidden."""
    async with eyes_of(world, by) as context:
        (case,) = await cases_by_ids([made.case_id], context=context)
        (referral,) = await referrals_by_ids([made.referral_id], context=context)
        assert case is not None
        assert referral is not None
        citizen_id = await world.value('SELECT citizen_id FROM "case"')
        (content,), (problems,), (words,), (parties,), (citizen,) = (
            await contents_of_cases([case], context=context),
            await problems_of_cases([case], context=context),
            await texts_of_referrals([referral], context=context),
            await parties_of_cases([case], context=context),
            await citizens_by_ids([citizen_id], context=context),
        )
        (task,) = await tasks_by_ids([await world.value("SELECT task_id FROM task_text")], context=context)
        titles = await titles_of_tasks([task], context=context) if task else []
    return {
        TaskText: TitleRow(titles[0]) if titles else None,
        Case: case,
        CaseContent: content,
        CaseProblem: problems[0],
        Referral: referral,
        ReferralContent: words,
        CaseParty: parties[0] if parties else None,
        Citizen: citizen,
    }


def visible(model: type[SQLModel], row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names if name in row._fields and name in FIELD_LEVELS[model]}


async def test_a_column_is_null_below_its_level_and_true_from_it_on(world: World) -> None:
    made = await full_case(world)
    whole = await read(world, VOLUNTEER, made)
    for level, by in VIEWERS.items():
        seen = await read(world, by, made)
        assert seen[Case].level == level
        for model, columns in FIELD_LEVELS.items():
            if seen[model] is None:
                assert min(columns.values()) > level
                continue
            shown = visible(model, seen[model], [name for name, at in columns.items() if at <= level])
            hidden = visible(model, seen[model], [name for name, at in columns.items() if at > level])
            assert shown == visible(model, whole[model], shown)
            assert hidden == dict.fromkeys(hidden)
            assert None not in visible(model, whole[model], hidden).values()


async def test_the_lowest_levels_see_no_person_no_narrative_and_no_title(world: World) -> None:
    made = await full_case(world)
    for by, hidden in ((OTHER_VOLUNTEER, {"title", "priority", "citizen_id"}), (AUDITOR, {"citizen_id"})):
        seen = await read(world, by, made)
        assert {name for name in ("title", "priority", "citizen_id") if getattr(seen[Case], name) is None} == hidden
        assert (seen[CaseContent], seen[ReferralContent], seen[Citizen]) == (None, None, None)
