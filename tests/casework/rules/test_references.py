"""Case references that people read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import RefusalCode
from casework.rules.references import make_reference, read_reference
from tests.casework.refusals import refused

KNOWN = "43-2569-00017-8"
DIGITS = "0123456789"

references = st.builds(
    make_reference,
    province=st.integers(10, 96).map(str),
    buddhist_year=st.integers(2500, 2700),
    sequence=st.integers(1, 999_999_999),
)


def check_digit(digits: str) -> int:
    """Compute ISO 7064 MOD 11,10 as the standard writes it."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (11 - product) % 10


def with_hyphens(digits: str) -> str:
    return f"{digits[:2]}-{digits[2:6]}-{digits[6:-1]}-{digits[-1]}"


def test_a_reference_is_province_buddhist_year_sequence_and_check_digit() -> None:
    assert make_reference(province="43", buddhist_year=2569, sequence=17) == KNOWN
    assert make_reference(province="10", buddhist_year=2570, sequence=1_234_567) == "10-2570-1234567-2"


@given(references)
def test_a_reference_reads_back_as_itself_and_ends_in_the_digit_of_the_standard(reference: str) -> None:
    assert read_reference(reference) == reference
    digits = reference.replace("-", "")
    assert int(digits[-1]) == check_digit(digits[:-1])


@given(references, st.data())
def test_any_single_wrong_digit_is_found(reference: str, data: st.DataObject) -> None:
    digits = reference.replace("-", "")
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from(DIGITS.replace(digits[at], "")))
    with refused(RefusalCode.REFERENCE_INVALID, "reference"):
        read_reference(with_hyphens(digits[:at] + wrong + digits[at + 1 :]))


@given(references, st.data())
def test_two_swapped_neighbours_are_found_unless_they_differ_by_one(reference: str, data: st.DataObject) -> None:
    """The standard misses a swap of digits that follow each other (9 and 0 too), each pair in one of ten states."""
    digits = reference.replace("-", "")
    swaps = [at for at in range(len(digits) - 1) if (int(digits[at]) - int(digits[at + 1])) % 10 not in {0, 1, 9}]
    if not swaps:
        return
    at = data.draw(st.sampled_from(swaps))
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    with refused(RefusalCode.REFERENCE_INVALID, "reference"):
        read_reference(with_hyphens(swapped))


@pytest.mark.parametrize(
    "typed",
    [
        "43-2569-00017-8",
        "432569000178",
        " 43 2569 00017 8 ",
        "43/2569/00017-8",
        "43.2569.00017.8",
        "43–2569—00017-8",
        "๔๓-๒๕๖๙-๐๐๐๑๗-๘",
        "๔๓ 2569 ๐๐๐17 ๘",
        "43\u00a02569\u00a000017\u00a08",
        "\t43-2569-00017-8\n",
    ],
)
def test_thai_digits_spaces_and_other_separators_do_not_matter(typed: str) -> None:
    assert read_reference(typed) == KNOWN


@pytest.mark.parametrize("zero", ["໐", "٠", "០", "၀", "\uff10"])
def test_digits_of_other_scripts_are_read_too(zero: str) -> None:
    typed = KNOWN.translate({ord(digit): chr(ord(zero) + int(digit)) for digit in DIGITS})
    assert read_reference(typed) == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-",
        "43",
        "43-2569-0017-8",
        "43-2569-00017",
        "43-2569-00017-88",
        "43-2569-00017-X",
        "AB-2569-00017-8",
        "43-2569-00017-8; DROP TABLE",
        "43-2569-00017-8" + " " * 60 + "43",
        "\ud800",
        "\x0043-2569-00017-8",
        "9" * 1_048_576,
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with refused(RefusalCode.REFERENCE_INVALID, "reference"):
        read_reference(typed)
