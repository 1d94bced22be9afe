"""What the search reads follows what is written, and is made for what an older version wrote."""

import pytest

from casework.actions.update_citizen import Correction, update_citizen
from casework.search import BATCH, fill_words, refresh_words
from tests.resolvers.herd import herd
from tests.world import VOLUNTEER, World

CASE_WORDS = "SELECT words::text FROM case_search WHERE case_id = :id"
NAMES = "SELECT words::text FROM citizen_search WHERE citizen_id = :id"
ALL = (
    "SELECT case_id, words::text FROM case_search"
    " UNION ALL SELECT citizen_id, words::text FROM citizen_search ORDER BY 1"
)


async def test_a_new_case_is_found_by_its_citizens_name_its_workplace_and_its_narrative(world: World) -> None:
    case = await world.case(narrative="ค้างค่าแรง", workplace_name="โรงสี")
    citizen = await world.value('SELECT citizen_id FROM "case"')
    assert await world.value(NAMES, id=citizen) == "'สม':1A 'หญิง':3A 'ใจดี':7A"
    assert await world.value(CASE_WORDS, id=case) == (
        "'ค่า':120 'ค่าแรง':120 'ค้าง':116 'สม':1A 'หญิง':3A 'แรง':123 'โรงสี':61 'ใจดี':7A"
    )


async def test_a_long_narrative_is_divided_as_a_short_one_is(world: World) -> None:
    long = await world.case(narrative="ค่าแรง " * 1_000)
    assert "'ค่าแรง':111,117,123," in await world.value(CASE_WORDS, id=long)


async def test_a_citizens_new_name_reaches_all_the_citizens_cases(world: World) -> None:
    case = await world.case()
    (copy,) = await herd(world, case, 1)
    citizen = await world.value('SELECT DISTINCT citizen_id FROM "case"')
    correction = Correction(given_name="บัว")
    await world.act(VOLUNTEER, update_citizen, citizen_id=citizen, expected_version=1, correction=correction)
    for statement, row in ((NAMES, citizen), (CASE_WORDS, case), (CASE_WORDS, copy)):
        words = await world.value(statement, id=row)
        assert "'บัว':" in words
        assert "'หญิง'" not in words


async def test_a_cases_new_text_takes_the_place_of_the_old(world: World) -> None:
    case = await world.case()
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("UPDATE case_content SET narrative = 'บาดเจ็บ'")
    async with world.work(VOLUNTEER) as work:
        await refresh_words(work, case)
    words = await world.value(CASE_WORDS, id=case)
    assert "'บาดเจ็บ':111" in words
    assert "'นายจ้าง'" not in words


@pytest.mark.parametrize("copies", [0, BATCH])
async def test_what_has_no_words_gets_them_once(world: World, copies: int) -> None:
    case = await world.case()
    await herd(world, case, copies)
    complete = await world.rows(ALL)
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("TRUNCATE case_search, citizen_search")
    said: list[tuple[str, int, int]] = []
    filled = await fill_words(world.owner, progress=lambda *done: said.append(done))
    assert filled == copies + 2
    assert await world.rows(ALL) == complete
    batches = [("words to search", BATCH, BATCH + 1)] if copies else []
    assert said == [("names to search", 1, 1), *batches, ("words to search", copies + 1, copies + 1)]
    assert await fill_words(world.owner, progress=lambda *done: said.append(done)) == 0
    assert len(said) == 2 + len(batches)


async def test_nothing_is_written_where_nothing_is_missing(world: World) -> None:
    await world.case()
    before = await world.rows("SELECT xmin::text, ctid::text FROM case_search")
    assert await fill_words(world.owner, progress=lambda *_: None) == 0
    assert await world.rows("SELECT xmin::text, ctid::text FROM case_search") == before
