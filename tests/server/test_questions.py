"""Questions of followers: equal where the answers are, whatever the place at which each goes on."""

from typing import Any
from uuid import UUID

import pytest
from graphql import parse

from server.auth import Caller
from server.documents import Document
from server.questions import Place, Question, asked
from server.requests import Request

EVENTS = "subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) { __typename } }"
CALLER = Caller(UUID(int=1), held=7)


def question(query: str, caller: Caller = CALLER, **variables: Any) -> tuple[Question, Place | None]:
    return asked(Document(parse(query)), Request(query, variables), caller)


def test_a_place_in_a_variable_of_its_own_parts_nobody() -> None:
    one, other = question(EVENTS, id="a", after="x"), question(EVENTS, after="y", id="a")
    assert one[0] == other[0] == question(EVENTS, id="a")[0]
    assert (one[1], other[1]) == (Place("caseEvents", "x"), Place("caseEvents", "y"))
    assert question(EVENTS, id="a")[1] == question(EVENTS, id="a", after=None)[1] == Place("caseEvents", None)


def test_a_stream_that_is_asked_for_no_place_begins_now() -> None:
    assert question("subscription { inboxEvents { __typename } }")[1] == Place("inboxEvents", None)


AGAIN = "case { timeline(first: 1, after: $after) { nodes { id } } }"
ENTANGLED = {
    "in the document": 'subscription { inboxEvents(after: "x") { __typename } }',
    "with a default": 'subscription ($after: String = "x") { inboxEvents(after: $after) { __typename } }',
    "always given": "subscription ($after: String!) { inboxEvents(after: $after) { __typename } }",
    "in a fragment": "subscription ($after: String) { ...F } fragment F on Subscription { inboxEvents(after: $after) }",
    "used again": "subscription ($after: String) { inboxEvents(after: $after) { ... on InboxEvent { AGAIN } } }",
    "used again in a fragment": "subscription ($after: String) { inboxEvents(after: $after) { ...F } }"
    " fragment F on InboxEvent { AGAIN }",
}


@pytest.mark.parametrize("query", ENTANGLED.values(), ids=ENTANGLED)
def test_a_place_that_may_decide_more_is_a_part_of_the_question(query: str) -> None:
    query = query.replace("AGAIN", AGAIN)
    one, other = question(query, after="a"), question(query, after="b")
    assert one[1] is None
    assert one[0] != other[0]


@pytest.mark.parametrize(
    "other",
    [Caller(UUID(int=2), held=7), Caller(UUID(int=1), held=8), Caller(UUID(int=1), held=7, thai=False)],
    ids=["another account", "another post", "another language"],
)
def test_who_may_see_otherwise_asks_otherwise(other: Caller) -> None:
    assert question(EVENTS, id="a")[0] != question(EVENTS, other, id="a")[0]


def test_other_variables_and_other_documents_are_other_questions() -> None:
    assert question(EVENTS, id="a")[0] != question(EVENTS, id="b")[0]
    assert question(EVENTS, id="a")[0] != question(EVENTS + " ", id="a")[0]


def test_the_named_operation_is_the_one_that_is_read() -> None:
    query = f"query a {{ __typename }} {EVENTS.replace('subscription', 'subscription b')}"
    found = asked(Document(parse(query)), Request(query, {"id": "1", "after": "x"}, "b"), CALLER)
    assert found[1] == Place("caseEvents", "x")
