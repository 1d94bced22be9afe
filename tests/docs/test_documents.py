"""Every GraphQL block of the documentation runs against the demo, in the order of its page."""

from typing import Any

import pytest
from graphql import OperationType

from tests.docs.pages import PAGES, blocks, name_of, operations
from tests.docs.reader import Reader, fields_of, kind_of

WITH_GRAPHQL = [name_of(page) for page in PAGES if list(operations(name_of(page)))]


@pytest.mark.parametrize("page", WITH_GRAPHQL)
async def test_every_operation_of_the_page_works_as_it_stands(page: str, reader: Reader) -> None:
    kept: dict[str, Any] = {}
    for operation in operations(page):
        data = await reader.follow(operation, kept)
        assert all(value is not None for value in data.values()), (operation.place, data)
        assert all(value.get("nodes") != [] for value in data.values() if isinstance(value, dict)), operation.place
        if kind_of(operation.text) is OperationType.MUTATION:
            wanted = {
                key: operation.answers or f"{field[0].upper()}{field[1:]}Payload"
                for key, field in fields_of(operation.text).items()
            }
            answered = {key: value["__typename"] for key, value in data.items()}
            assert answered == wanted, (operation.place, data)


def test_the_readme_has_six_queries_of_which_one_follows_a_case() -> None:
    texts = [operation.text for operation in operations("README.md")]
    assert len(texts) == 6
    (following,) = [text for text in texts if "FollowACase" in text]
    for field in ("departments", "referrals", "journey", "timeline", "holder"):
        assert field in following


async def test_the_readme_counts_the_76_of_the_document(reader: Reader) -> None:
    (counting,) = [each for each in operations("README.md") if "TheFirstActivity" in each.text]
    (told,) = (await reader.follow(counting, {}))["activities"]["nodes"]
    assert (told["round"], told["fiscalYear"], told["beginsAtThai"]) == (2, 2562, "10 ก.ย. 2562 11:00 น.")
    assert told["venue"].startswith("ห้องไกล่เกลี่ย ๒ สำนักงานสวัสดิการและคุ้มครองแรงงานจังหวัดหนองคาย")
    assert (told["attended"], [row["attended"] for row in told["attendance"]]) == (76, [62, 9, 5])


def test_fences_name_a_language_that_tests_know() -> None:
    known = {"graphql", "json", "sh", "text", "mermaid", "ini", "python", "javascript"}
    assert {block.language for page in PAGES for block in blocks(name_of(page))} <= known


async def test_a_repeated_step_of_the_tutorial_changes_nothing(reader: Reader) -> None:
    register = next(operation for operation in operations("docs/tutorial.md") if "registerCitizen" in operation.text)
    first, second = [await reader.follow(register, {}) for _ in range(2)]
    assert first == second
