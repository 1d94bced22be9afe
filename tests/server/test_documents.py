"""The cache of documents: each text parsed and validated once, few kept, mistakes and giants never."""

from typing import Any

import pytest
from graphql import DocumentNode, OperationType, parse

from schema.contract import contract
from schema.limits import Limits
from server import documents
from server.documents import LONGEST_KEPT, Documents

LIMITS = Limits(depth=12, aliases=30, root_fields=20, directives=50, nodes=10_000, cost=5000)
QUERY = "query q%s { agencies { code } }"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is parsed, in order."""
    texts: list[str] = []

    def noting(text: str, **given: Any) -> DocumentNode:
        texts.append(text)
        return parse(text, **given)

    monkeypatch.setattr(documents, "parse", noting)
    return texts


def _cache(kept: int = 3) -> Documents:
    return Documents(contract()._schema, LIMITS, kept=kept, tokens=2000)


def test_the_same_text_is_parsed_once_and_gives_the_same_document(parsed: list[str]) -> None:
    cache = _cache()
    first = cache.find(QUERY % 1)
    assert first.ast is not None
    assert cache.find(QUERY % 1) is first
    assert cache.find(QUERY % 1 + " ") is not first
    assert parsed == [QUERY % 1, QUERY % 1 + " "]


def test_the_least_recently_used_is_forgotten_first(parsed: list[str]) -> None:
    cache = _cache(kept=3)
    for number in (1, 2, 3, 1, 4):
        cache.find(QUERY % number)
    assert len(cache) == 3
    parsed.clear()
    for number in (1, 3, 4, 2):
        cache.find(QUERY % number)
    assert parsed == [QUERY % 2]
    assert len(cache) == 3


@pytest.mark.parametrize("text", ["{", "{ nothing }", "", "{ agencies }", "{ a }" * 1000])
def test_a_mistake_is_told_again_and_not_kept(parsed: list[str], text: str) -> None:
    cache = _cache()
    for _ in range(2):
        document = cache.find(text)
        assert (document.ast, len(document.errors) > 0) == (None, True)
    assert (len(cache), parsed) == (0, [text, text])


def test_a_giant_is_answered_and_not_kept(parsed: list[str]) -> None:
    cache = _cache()
    longest = QUERY % 1 + " " * (LONGEST_KEPT - len(QUERY % 1))
    for text, kept in ((longest, 1), (longest + " ", 1)):
        assert cache.find(text).ast is not None
        assert cache.find(text).ast is not None
        assert len(cache) == kept
    assert [len(text) for text in parsed] == [LONGEST_KEPT, LONGEST_KEPT + 1, LONGEST_KEPT + 1]


def test_a_document_of_errors_names_at_most_ten_and_one_more(parsed: list[str]) -> None:
    errors = _cache().find("{ " + " ".join(f"nothing{number}" for number in range(100)) + " }").errors
    assert len(errors) == documents.MOST_ERRORS + 1
    assert len(parsed) == 1


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("{ agencies { code } }", None, OperationType.QUERY),
        ("{ agencies { code } }", "a", None),
        ("query a { __typename } mutation b { __typename }", "b", OperationType.MUTATION),
        ("query a { __typename } mutation b { __typename }", None, None),
        ("{", None, None),
    ],
)
def test_the_operation_is_the_only_one_or_the_named_one(
    text: str, name: str | None, kind: OperationType | None
) -> None:
    assert _cache().find(text).operation_type(name) == kind


def test_a_document_is_weighed_once_for_each_set_of_page_sizes() -> None:
    cache = _cache()
    document = cache.find("query ($n: Int!) { cases(first: $n) { nodes { notes(first: $n) { nodes { id } } } } }")
    for _ in range(3):
        assert cache.judge(document, {"n": 10}) == (None, {None: 1 + 10 * (1 + 1 + 10)})
        too_much = cache.judge(document, {"n": 100, "other": "x"}).too_much
        assert too_much is not None
        assert too_much.code == "QUERY_TOO_LARGE"
    assert len(document.judged) == 2
    for size in range(300):
        cache.judge(document, {"m": size % 100, "n": size})
    assert len(document.judged) <= documents.MOST_WEIGHINGS
