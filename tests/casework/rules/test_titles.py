"""Titles of cases."""

import pytest

from casework.rules.titles import make_title


@pytest.mark.parametrize(
    ("problems", "province", "title"),
    [
        (["ค่าจ้างค้างจ่าย"], "43", "ค่าจ้างค้างจ่าย ต.หนองกอมเกาะ"),
        (["ค่าจ้างค้างจ่าย", "หางานทำ"], "43", "ค่าจ้างค้างจ่าย และหางานทำ ต.หนองกอมเกาะ"),
        (["ค่าจ้างค้างจ่าย", "หางานทำ", "ฝึกอบรม"], "43", "ค่าจ้างค้างจ่าย และอีก 2 เรื่อง ต.หนองกอมเกาะ"),
        (["หางานทำ"], "10", "หางานทำ แขวงหนองกอมเกาะ"),
    ],
)
def test_a_title_says_what_and_where_and_counts_what_it_leaves_out(
    problems: list[str], province: str, title: str
) -> None:
    assert make_title(problems, tambon="หนองกอมเกาะ", province=province) == title
