"""Who a person of a list is."""

from uuid import UUID

import pytest

from casework.rules.listed_posts import read_entry
from casework.rules.roster import Person, Roster
from casework.rules.roster_people import recognise
from casework.rules.row_problems import RowRefused
from models.directory_words import RowProblem
from models.vocabulary import SeatKind
from tests.casework.rules.listing import NOW, gazetteer, line, person, post, roster

P = RowProblem
PHONE, OTHER = "+66812345678", "+66898765432"
SUB, OTHER_SUB = UUID(int=7), UUID(int=8)
ELSEWHERE = "430201"


def meet(directory: Roster, name: str = "นายสมชาย ใจดี", **cells: str) -> Person:
    entry = read_entry(line(name, **cells), gazetteer(), today=NOW.date())
    assert entry.person is not None
    return recognise(entry, entry.person, directory)


def refusal(directory: Roster, name: str = "นายสมชาย ใจดี", **cells: str) -> RowProblem:
    with pytest.raises(RowRefused) as refused:
        meet(directory, name, **cells)
    return refused.value.problem


def test_phone_and_name_are_the_person_wherever_the_post() -> None:
    known = person("สมชาย", phone=PHONE)
    directory = roster(post(known, area=ELSEWHERE))
    assert meet(directory, phone="081-234-5678") is known
    assert meet(directory, "นายสมฌาย ใจดี", phone="081-234-5678") is known  # another spelling of one name


def test_a_shared_phone_is_no_person() -> None:
    known = person("มาลี", "ดวงดี", phone=PHONE)
    new = meet(roster(post(known, area=ELSEWHERE)), phone="0812345678")
    assert (new is known, new.account_id, new.phone) == (False, None, PHONE)


def test_the_name_is_the_person_in_the_post_that_they_fill() -> None:
    known = person("สมชาย", phone=PHONE)
    directory = roster(post(known))
    assert meet(directory) is known
    assert meet(directory, phone="089-876-5432") is known


def test_a_name_alone_is_nobody_in_another_post() -> None:
    known = person("สมชาย", phone=PHONE)
    assert meet(roster(post(known, area=ELSEWHERE)), phone="089-876-5432") is not known  # somebody else with that name
    assert refusal(roster(post(known, area=ELSEWHERE))) is P.PHONE_NEEDED
    unphoned = person("สมชาย")
    assert refusal(roster(post(unphoned, area=ELSEWHERE)), phone="0812345678") is P.PHONE_NEEDED
    afar = person("สมชาย", phone=PHONE)
    assert meet(roster(post(afar, area="380101"))) is not afar


def test_who_fills_the_post_is_found_before_a_namesake_elsewhere_asks_for_the_phone() -> None:
    for first in (True, False):
        elsewhere, known = post(person("สมชาย"), area=ELSEWHERE), post(person("สมชาย", account_id=2))
        directory = roster(*((elsewhere, known) if first else (known, elsewhere)))
        assert meet(directory) is known.terms[0].person


@pytest.mark.parametrize(("name", "phone"), [("นายสมชัย ใจดี", ""), ("นายสมชัย ใจดี", "081-234-5678")])
def test_a_name_that_is_nearly_one_known_is_refused(name: str, phone: str) -> None:
    directory = roster(post(person("สมชาย", phone=PHONE)))
    assert refusal(directory, name, phone=phone) is P.PERSON_ALIKE


def test_a_name_that_is_nearly_one_known_with_another_phone_is_somebody_else() -> None:
    known = person("สมชาย", phone=PHONE)
    assert meet(roster(post(known)), "นายสมชัย ใจดี", phone="089-876-5432") is not known


def test_the_sub_is_the_person_if_the_name_fits() -> None:
    known = person("สมชาย", subject=SUB)
    directory = roster(post(known, area=ELSEWHERE))
    assert meet(directory, subject=str(SUB)) is known
    assert refusal(directory, "นางมาลี ดวงดี", subject=str(SUB)) is P.SUBJECT_OF_ANOTHER
    assert refusal(roster(post(known)), subject=str(OTHER_SUB)) is P.SUBJECT_DIFFERS


def test_somebody_new_is_known_to_the_rows_that_follow() -> None:
    directory = roster()
    first = meet(directory, phone="081-234-5678", given_name_en="Somchai", family_name_en="Jaidee")
    assert (first.in_full, first.has_latin_name) == ("นายสมชาย ใจดี", True)
    assert meet(directory, phone="081-234-5678", tambon="", role="พี่เลี้ยง") is first
    assert first.account_id is None
    second = meet(directory, phone="089-876-5432")
    assert (second is first, second.has_latin_name) == (False, False)


def test_somebody_new_without_a_phone_is_one_for_one_post_and_to_be_told_apart_for_another() -> None:
    directory = roster()
    first = meet(directory)
    assert meet(directory, phone="081-234-5678") is first
    assert refusal(directory, tambon="มีชัย") is P.PHONE_NEEDED


def test_posts_are_of_a_kind_and_a_place() -> None:
    volunteer, mentor = post(), post(area="4301", kind=SeatKind.MENTOR)
    directory = roster(volunteer, mentor)
    assert list(directory.posts(SeatKind.VOLUNTEER, "430116")) == [volunteer]
    assert list(directory.posts(SeatKind.MENTOR, "4301")) == [mentor]
    assert list(directory.posts(SeatKind.VOLUNTEER, "4301")) == []
