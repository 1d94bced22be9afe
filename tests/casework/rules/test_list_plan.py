"""What the rows of a list come to, against a directory in memory."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from casework.rules.list_plan import Row
from casework.rules.names import Name
from casework.rules.roster import Roster, Term
from casework.rules.roster_steps import Corrections, Step, midnight
from models.directory_words import RowNote, RowOutcome, RowProblem
from models.vocabulary import SeatKind
from tests.casework.rules.listing import LONG_AGO, NOW, F, areas, gazetteer, line, person, planned, post, roster

O, P, N = RowOutcome, RowProblem, RowNote  # noqa: E741 - outcomes, problems, notes
NEXT_YEAR = midnight(NOW.date().replace(year=2027, month=1, day=1))


def step_of(row: Row) -> Step:
    assert row.refused is None, row.refused.sentence(thai=False)
    assert row.step is not None
    return row.step


def outcomes(rows: Sequence[Row]) -> list[RowOutcome]:
    return [row.outcome for row in rows]


def test_a_new_post_is_made_and_filled_from_now() -> None:
    (row,) = planned(roster(), line(since="1 ต.ค. 2562"))
    step = step_of(row)
    assert step.begins is not None
    assert (row.outcome, step.notes) == (O.SEAT_MADE_AND_FILLED, [N.FROM_NOW])
    assert (step.post.kind, step.post.area_code, step.post.seat_id) == (SeatKind.VOLUNTEER, "430116", None)
    assert (step.begins.person.in_full, step.begins.since, step.begins.until) == ("นายสมชาย ใจดี", NOW, None)


def test_an_empty_post_is_filled_from_a_day_to_a_day_which_is_still_in_it() -> None:
    (row,) = planned(roster(post()), line(since="1 ม.ค. 2570", until="31 ม.ค. 2570"))
    step = step_of(row)
    assert step.begins is not None
    assert (row.outcome, step.notes) == (O.APPOINTED, [])
    assert (step.begins.since, step.begins.until) == (NEXT_YEAR, NEXT_YEAR + timedelta(days=31))


def test_who_fills_the_post_already_is_unchanged() -> None:
    (row,) = planned(roster(post(person("สมชาย"))), line(since="1 ต.ค. 2562"))
    assert step_of(row).begins is step_of(row).ends is None
    assert row.outcome is O.UNCHANGED


def test_somebody_who_follows_ends_the_time_of_the_one_before() -> None:
    term = Term(person("มาลี", "ดวงดี"), LONG_AGO, None, 9)
    (row,) = planned(roster(post(term)), line(since="1 ม.ค. 2570"))
    step = step_of(row)
    assert step.begins is not None
    assert (row.outcome, step.ends, step.end, step.begins.since) == (O.REPLACED, term, NEXT_YEAR, NEXT_YEAR)
    assert term.until == NEXT_YEAR


@pytest.mark.parametrize(
    ("until", "outcome", "end"),
    [
        ("31 ธ.ค. 2569", O.ENDED, NEXT_YEAR),
        ("15 พ.ย. 2569", O.ENDED, NOW),
        ("30 ก.ย. 2573", O.UNCHANGED, None),
    ],
)
def test_a_last_day_ends_the_time_in_the_post(until: str, outcome: RowOutcome, end: object) -> None:
    term = Term(person("สมชาย"), LONG_AGO, None, 9)
    (row,) = planned(roster(post(term)), line(until=until))
    assert (row.outcome, step_of(row).end, term.until) == (outcome, end, end)


def test_a_last_day_may_be_moved_while_nobody_follows() -> None:
    term = Term(person("สมชาย"), LONG_AGO, NOW + timedelta(days=9), 9)
    (row,) = planned(roster(post(term)), line(until="31 ธ.ค. 2569"))
    assert (row.outcome, step_of(row).end) == (O.ENDED, NEXT_YEAR)
    term = Term(person("สมชาย"), LONG_AGO, NOW + timedelta(days=9), 9)
    follower = Term(person("มาลี", "ดวงดี"), NOW + timedelta(days=9), None, 10)
    (row,) = planned(roster(post(term, follower)), line(until="31 ธ.ค. 2569"))
    assert row.refused is not None
    assert (row.refused.problem, row.refused.facts) == (
        P.PLANNED_OTHERWISE,
        {"name": "นายมาลี ดวงดี", "day": "25 พ.ย. 2569"},
    )


def test_who_left_before_their_time_in_the_directory_began_is_not_passed_over_in_silence() -> None:
    for since, refused in ((LONG_AGO, True), (NOW + timedelta(days=9), False)):
        term = Term(person("สมชาย"), since, None, 9)
        (row,) = planned(roster(post(term)), line(until="30 ก.ย. 2567"))
        assert (row.outcome is O.REFUSED, term.until) == (refused, None)
        if refused:
            assert row.refused is not None
            facts = {"name": "นายสมชาย ใจดี", "day": "1 ต.ค. 2567"}
            assert (row.refused.problem, row.refused.facts) == (P.LEFT_EARLIER, facts)
        else:  # planned anew: the list is about an earlier time
            assert step_of(row).notes == [N.PAST]


def test_who_left_a_post_that_they_do_not_fill_is_passed_over() -> None:
    (row,) = planned(roster(post()), line(until="30 ก.ย. 2567", phone="081-234-5678"))
    assert (row.outcome, step_of(row).notes, bool(step_of(row).corrections)) == (O.UNCHANGED, [N.PAST], False)


MALEE = person("มาลี", "ดวงดี")


@pytest.mark.parametrize(
    ("terms", "cells", "problem"),
    [
        ([Term(MALEE, LONG_AGO, None)], {}, P.REPLACING_NEEDS_DATE),
        ([Term(MALEE, LONG_AGO, None)], {"since": "1 ต.ค. 2567"}, P.LIST_OLDER),
        ([Term(MALEE, LONG_AGO, None)], {"name": "ว่าง"}, P.POST_FILLED),
        ([Term(MALEE, NEXT_YEAR, None)], {}, P.PLANNED_OTHERWISE),
        ([Term(person("สมชาย"), NEXT_YEAR, None)], {"since": "2 ม.ค. 2569"}, P.PLANNED_OTHERWISE),
        ([Term(person("สมชาย"), NEXT_YEAR, None)], {"until": "1 ธ.ค. 2569"}, P.PLANNED_OTHERWISE),
        ([], {"since": "1 ม.ค. 2571"}, P.DATE_TOO_FAR),
        ([], {"since": "1 ม.ค. 2569", "until": "1 ม.ค. 2568"}, P.PERIOD_EMPTY),
        ([], {"role": "หัวหน้า"}, P.ROLE_UNKNOWN),
        ([], {"name": ""}, P.NAME_MISSING),
        ([], {"name": "นายสมชาย ใจดี (ผู้ใหญ่บ้าน)"}, P.NAME_WRONG),
        ([], {"name": "นายสมชาย ใจดี\nนางมาลี ดวงดี"}, P.NAME_WRONG),
        ([], {"tambon": "ต.มีชัย, ต.โพธิ์ชัย"}, P.PLACES_SEVERAL),
        ([], {"tambon": "ไม่มีที่นี่เลย"}, P.TAMBON_UNKNOWN),
    ],
)
def test_what_only_a_person_can_decide_is_refused(
    terms: list[Term], cells: dict[str, str], problem: RowProblem
) -> None:
    (row,) = planned(roster(post(*terms)), line(**cells))
    assert row.outcome is O.REFUSED
    assert row.refused is not None
    assert row.refused.problem is problem
    assert row.refused.sentence(thai=True) != row.refused.sentence(thai=False)


def test_somebody_planned_may_be_listed_without_a_day_and_with_theirs() -> None:
    for cells in ({}, {"since": "1 ม.ค. 2570"}):
        (row,) = planned(roster(post(Term(person("สมชาย"), NEXT_YEAR, None))), line(**cells))
        assert row.outcome is O.UNCHANGED


def test_an_empty_post_is_made_once() -> None:
    rows = planned(roster(), line("ว่าง", row=2), line("ว่าง", row=3))
    assert outcomes(rows) == [O.SEAT_MADE, O.UNCHANGED]
    (row,) = planned(roster(post()), line("-"))
    assert row.outcome is O.UNCHANGED


def test_the_word_for_an_empty_post_beside_a_title_or_a_family_name_is_a_name() -> None:
    names = {"given_name": "ว่าง", "family_name": "ใจดี", "title": "นาย"}
    (row,) = planned(roster(), line("", **names))
    assert (row.outcome, row.person and row.person.in_full) == (O.SEAT_MADE_AND_FILLED, "นายว่าง ใจดี")
    (row,) = planned(roster(), line("", **dict.fromkeys(names, "ว่าง")))  # one cell merged over the three
    assert row.outcome is O.SEAT_MADE


def test_the_place_says_what_the_post_is_unless_the_row_does() -> None:
    rows = planned(
        roster(),
        line(tambon="", sheet="อื่น", of_mentors=True),
        line("นางมาลี ดวงดี", role="พี่เลี้ยงอาสาสมัครแรงงาน", amphoe="ท่าบ่อ"),
    )
    assert [(row.entry.kind, row.entry.area_code) for row in rows if row.entry] == [
        (SeatKind.MENTOR, "4301"),
        (SeatKind.MENTOR, "4302"),
    ]


def test_a_volunteer_whose_tambon_was_forgotten_becomes_no_mentor() -> None:
    rows = planned(roster(), line(), line("นางมาลี ดวงดี", row=3, tambon="", of_mentors=True))
    assert outcomes(rows) == [O.SEAT_MADE_AND_FILLED, O.REFUSED]
    assert rows[1].refused is not None
    assert rows[1].refused.problem is P.ROLE_MISSING


def test_a_row_without_role_and_tambon_is_no_mentor_on_a_sheet_that_does_not_say_so() -> None:
    (row,) = planned(roster(), line(tambon=""))
    assert row.refused is not None
    assert row.refused.problem is P.ROLE_MISSING


def test_two_people_in_one_post_at_one_time_are_both_refused() -> None:
    rows = planned(roster(), line(row=2), line("นางมาลี ดวงดี", row=3), line("นายไก่ ขัน", row=4, sheet="อื่น"))
    assert outcomes(rows) == [O.REFUSED] * 3
    assert [row.refused.facts["row"] for row in rows if row.refused] == ["อื่น!4", "2", "รายชื่อ!2"]
    assert {row.refused.problem for row in rows if row.refused} == {P.POST_TWICE}


def test_two_people_one_after_the_other_are_both_appointed_in_any_order() -> None:
    first = line(row=2, until="31 ธ.ค. 2569")
    second = line("นางมาลี ดวงดี", row=3, since="1 ม.ค. 2570")
    assert outcomes(planned(roster(), first, second)) == [O.SEAT_MADE_AND_FILLED, O.APPOINTED]
    assert outcomes(planned(roster(), second, first)) == [O.SEAT_MADE_AND_FILLED, O.APPOINTED]


def test_one_whose_time_is_over_stands_in_nobodys_way() -> None:
    past = line("นางมาลี ดวงดี", row=2, until="30 ก.ย. 2568")
    assert outcomes(planned(roster(), past, line(row=3))) == [O.UNCHANGED, O.SEAT_MADE_AND_FILLED]


def test_the_past_of_somebody_listed_again_ends_nothing() -> None:
    rows = planned(
        roster(post(person("สมชาย"))),
        line(row=2, since="1 ต.ค. 2566", until="30 ก.ย. 2568"),
        line(row=3, since="1 ต.ค. 2568"),
    )
    assert [(row.outcome, step_of(row).notes) for row in rows] == [(O.UNCHANGED, [N.PAST]), (O.UNCHANGED, [])]


def test_who_has_left_is_ended_once_wherever_the_row_stands() -> None:
    left, follower = line("นายมาลี ดวงดี", until="31 ต.ค. 2569"), line(row=3, since="1 พ.ย. 2569")
    for lines, expected in (
        ((left, follower), [O.ENDED, O.APPOINTED]),
        ((follower, left), [O.REPLACED, O.UNCHANGED]),
        ((left, line("ว่าง", row=3)), [O.ENDED, O.UNCHANGED]),
    ):
        directory = roster(post(person("มาลี", "ดวงดี")))
        assert outcomes(planned(directory, *lines)) == expected


def test_two_rows_that_say_different_things_of_one_person_are_refused() -> None:
    def directory() -> Roster:
        known = person("สมชาย", phone="+66812345678")
        return roster(post(known), post(known, area="4301", kind=SeatKind.MENTOR))

    days = planned(directory(), line(row=2, until="31 ธ.ค. 2569"), line(row=3, until="31 ม.ค. 2570"))
    mentor = line(row=3, phone="0812345678", tambon="", role="พี่เลี้ยง")
    phones = planned(directory(), line(row=2, phone="0898765432"), mentor)
    for rows, problem in ((days, P.DAYS_DIFFER), (phones, P.PHONES_DIFFER)):
        told = [(row.refused.problem, row.refused.facts) for row in rows if row.refused]
        assert told == [(problem, {"row": "3"}), (problem, {"row": "2"})]


def test_a_row_that_is_there_twice_is_done_once() -> None:
    rows = planned(roster(), line(row=2, phone="081-234-5678"), line(row=9, phone="0812345678"))
    assert outcomes(rows) == [O.SEAT_MADE_AND_FILLED, O.UNCHANGED]
    assert (rows[1].twin, step_of(rows[1]).notes) == ("2", [N.SAME_AS_ROW])


def test_a_row_that_says_more_than_one_before_it_is_done_too() -> None:
    known = person("สมชาย", phone="+66812345678")
    more = line(row=3, phone="0812345678", subject=str(UUID(int=7)))
    rows = planned(roster(post(known)), line(row=2), more, line(row=4))
    assert [(row.outcome, row.twin) for row in rows] == [(O.UNCHANGED, ""), (O.UPDATED, ""), (O.UNCHANGED, "2")]
    assert known.subject == UUID(int=7)


def test_two_phones_of_somebody_in_one_post_are_refused() -> None:
    known = person("สมชาย", phone="+66812345678")
    rows = planned(roster(post(known)), line(row=2, phone="0898765432"), line(row=3, phone="0898765433"))
    assert [row.refused and row.refused.problem for row in rows] == [P.PHONES_DIFFER] * 2


@pytest.mark.parametrize("known", [True, False])
def test_two_subs_of_one_person_are_refused_and_neither_is_given(known: bool) -> None:  # noqa: FBT001 - both directories
    phone = "081-234-5678"
    directory = roster(post(person("สมชาย", phone="+66812345678"))) if known else roster()
    rows = planned(
        directory,
        line(row=2, phone=phone, subject=str(UUID(int=7))),
        line(row=3, phone=phone, subject=str(UUID(int=8)), tambon="มีชัย"),
        line(row=4, phone=phone, tambon="ปะโค"),
    )
    told = [(row.refused.problem, row.refused.facts) for row in rows if row.refused]
    assert told == [(P.SUBJECTS_DIFFER, {"row": "3"}), (P.SUBJECTS_DIFFER, {"row": "2"})]
    assert rows[2].outcome is O.SEAT_MADE_AND_FILLED
    assert rows[2].person is not None
    assert rows[2].person.subject is None


def test_one_person_may_fill_two_posts_with_one_account() -> None:
    phone = "081-234-5678"
    rows = planned(roster(), line(row=2, phone=phone), line(row=3, phone=phone, tambon="มีชัย"))
    assert outcomes(rows) == [O.SEAT_MADE_AND_FILLED] * 2
    assert rows[0].person is rows[1].person


def test_what_the_list_knows_better_is_corrected() -> None:
    known = person("สมชาย", phone="+66898765432", name_en=Name("สมชาย", "ใจดี"))
    cells = {"phone": "081-234-5678", "subject": str(UUID(int=7)), "given_name_en": "Somchai"}
    (row,) = planned(roster(post(known)), line(**cells, family_name_en="Jaidee"))
    better = Corrections("+66812345678", UUID(int=7), Name("Somchai", "Jaidee"))
    assert (row.outcome, step_of(row).corrections) == (O.UPDATED, better)
    (row,) = planned(roster(post(known)), line(**cells))
    assert (row.outcome, bool(step_of(row).corrections)) == (O.UNCHANGED, False)


def test_somebody_new_in_two_rows_gets_what_both_say() -> None:
    rows = planned(roster(), line(row=2), line(row=3, phone="081-234-5678", until="31 ธ.ค. 2569"))
    assert outcomes(rows) == [O.SEAT_MADE_AND_FILLED, O.ENDED]
    assert rows[0].person is not None
    assert (rows[0].person.phone, bool(step_of(rows[1]).corrections)) == ("+66812345678", False)


def test_somebody_known_who_moves_is_corrected_on_the_way() -> None:
    known = person("สมชาย", phone="+66812345678")
    directory = roster(post(known, area="430201"), post())
    (row,) = planned(directory, line(phone="081-234-5678", subject=str(UUID(int=7))))
    assert (row.outcome, step_of(row).corrections) == (O.APPOINTED, Corrections(subject=UUID(int=7)))


def test_a_tambon_with_several_posts_is_left_to_people_unless_one_is_theirs() -> None:
    directory = roster(post(person("สมชาย")), post(person("มาลี", "ดวงดี", account_id=2)))
    rows = planned(directory, line(row=2), line("นางมาลี ดวงดี", row=3), line("นายไก่ ขัน", row=4), line("ว่าง", row=5))
    assert outcomes(rows) == [O.UNCHANGED, O.UNCHANGED, O.REFUSED, O.REFUSED]
    assert {row.refused.problem for row in rows if row.refused} == {P.POSTS_SEVERAL}


def test_what_stands_in_the_row_is_quoted() -> None:
    (row,) = planned(roster(), line("สมชาย", title="นาย"))
    assert (row.written, row.outcome, row.line.says(F.SUBJECT)) == ("นาย สมชาย", O.REFUSED, "")
    assert gazetteer().in_full("430116").split()[0] == f"ต.{areas()['430116']}"
