"""Who could take a case: the order, the reasons, and who is left out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.suggestions import Candidate, Matter, Reason, distance, suggest
from models.post_words import SuggestionReason

R = SuggestionReason
HERE, AMPHOE, PROVINCE, ELSEWHERE = "430116", "430117", "430201", "100101"


def told(matter: Matter, *candidates: Candidate, loads: dict[int, int] | None = None) -> list[tuple[int, int, list[R]]]:
    found = suggest(matter, candidates, loads or {}, most=9)
    return [(one.seat_id, one.score, [reason.kind for reason in one.reasons]) for one in found]


@pytest.mark.parametrize(("other", "steps"), [(HERE, 0), (AMPHOE, 1), (PROVINCE, 2)])
def test_distance_is_counted_up_the_tree(other: str, steps: int) -> None:
    assert distance(HERE, other) == distance(other, HERE) == steps


def test_the_nearest_come_first_and_other_provinces_not_at_all() -> None:
    near = [Candidate(4, ELSEWHERE), Candidate(3, PROVINCE), Candidate(2, AMPHOE), Candidate(1, HERE)]
    assert told(Matter(HERE), *near) == [(1, 40, [R.AREA_SAME]), (2, 20, [R.AREA_NEAR]), (3, 0, [R.AREA_NEAR])]
    assert [one.reasons for one in suggest(Matter(HERE), near, {}, most=2)] == [
        [Reason(R.AREA_SAME)],
        [Reason(R.AREA_NEAR, 1)],
    ]


@pytest.mark.parametrize(
    ("candidate", "matter", "kind", "points"),
    [
        (Candidate(1, HERE, languages=frozenset({"LO"})), Matter(HERE, language="LO"), R.LANGUAGE, 15),
        (Candidate(1, HERE, handles_sensitive=True), Matter(HERE, sensitive=True), R.TRUSTED, 10),
        (Candidate(1, HERE, is_away=True), Matter(HERE), R.ABSENT, -25),
        (Candidate(1, HERE), Matter(HERE, declined=frozenset({1})), R.DECLINED, -120),
    ],
)
def test_each_reason_has_its_weight(candidate: Candidate, matter: Matter, kind: R, points: int) -> None:
    assert told(matter, candidate) == [(1, 40 + points, [R.AREA_SAME, kind])]


@pytest.mark.parametrize(
    ("candidate", "matter"),
    [
        (Candidate(1, HERE, languages=frozenset({"LO"})), Matter(HERE, language="MY")),
        (Candidate(1, HERE, languages=frozenset({"LO"})), Matter(HERE)),
        (Candidate(1, HERE, handles_sensitive=True), Matter(HERE)),
        (Candidate(1, HERE), Matter(HERE, sensitive=True, language="LO", declined=frozenset({2}))),
    ],
)
def test_what_is_not_asked_for_is_no_reason(candidate: Candidate, matter: Matter) -> None:
    assert told(matter, candidate) == [(1, 40, [R.AREA_SAME])]


def test_the_load_counts_against_what_is_usual_and_only_where_it_is_known() -> None:
    four = [Candidate(seat, AMPHOE) for seat in (1, 2, 3, 4)]
    found = suggest(Matter(HERE), four, {1: 9, 2: 3, 3: 1}, most=4)
    assert [(one.seat_id, one.score, one.reasons[1:]) for one in found] == [
        (3, 28, [Reason(R.LOAD_LOW, 1)]),
        (4, 20, []),
        (2, 20, []),
        (1, 12, [Reason(R.LOAD_HIGH, 9)]),
    ]


def test_who_has_it_is_asked_or_is_a_party_is_left_out_and_does_not_make_the_load_usual() -> None:
    matter = Matter(HERE, left_out=frozenset({1}))
    assert told(matter, Candidate(1, HERE), Candidate(2, AMPHOE), loads={1: 50, 2: 2}) == [(2, 20, [R.AREA_NEAR])]
    assert told(matter, Candidate(1, HERE)) == []


CANDIDATES = st.builds(
    Candidate,
    seat_id=st.integers(1, 30),
    area_code=st.sampled_from([HERE, AMPHOE, "430118", PROVINCE, ELSEWHERE]),
    handles_sensitive=st.booleans(),
    is_away=st.booleans(),
    languages=st.sets(st.sampled_from(["LO", "MY"])).map(frozenset),
)


@given(
    candidates=st.lists(CANDIDATES, unique_by=lambda one: one.seat_id),
    loads=st.dictionaries(st.integers(1, 30), st.integers(0, 40)),
    declined=st.sets(st.integers(1, 30)).map(frozenset),
    most=st.integers(1, 9),
)
def test_the_answer_does_not_depend_on_the_order_asked_and_a_shorter_one_is_its_beginning(
    candidates: list[Candidate], loads: dict[int, int], declined: frozenset[int], most: int
) -> None:
    matter = Matter(HERE, sensitive=True, language="LO", declined=declined)
    whole = suggest(matter, candidates, loads, most=99)
    shuffled = sorted(candidates, key=lambda one: -one.seat_id)
    assert suggest(matter, shuffled, loads, most=99) == whole
    assert suggest(matter, candidates, loads, most=most) == whole[:most]
    assert all(one.score >= other.score for one, other in pairwise(whole))
    assert {one.seat_id for one in whole} == {one.seat_id for one in candidates if one.area_code != ELSEWHERE}
    refused = [one.seat_id in declined for one in whole]
    assert refused == sorted(refused)
