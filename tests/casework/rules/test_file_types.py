"""What a file is by its bytes, whatever its name and its sender say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.file_types import SIGNATURES, fault_of, is_of_type
from models.attachment_words import AttachmentFault, AttachmentType
from tests.files import EICAR, HTML, PHOTO, POLYGLOT, SAMPLES, VIRUS, png

T = AttachmentType


@pytest.mark.parametrize("kind", T)
def test_a_file_is_of_its_own_kind_and_of_no_other(kind: AttachmentType) -> None:
    assert [other for other in T if is_of_type(other, SAMPLES[kind])] == [kind]
    assert fault_of(kind, SAMPLES[kind]) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        HTML,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\0" + bytes(60),
        b"PK\x03\x04" + bytes(60),
        b"GIF89a" + bytes(60),
        b"\0\0\0\x18ftypavif" + bytes(60),
        b"ID3\x03\0\0\0\0\0\0" + bytes(60),
        b"\x7fELF" + bytes(60),
    ],
    ids=["nothing", "text", "page", "drawing", "program", "archive", "gif", "avif", "mp3", "elf"],
)
def test_what_is_not_taken_is_of_no_kind(content: bytes) -> None:
    assert [kind for kind in T if is_of_type(kind, content)] == []
    assert {fault_of(kind, content) for kind in T} == {AttachmentFault.DISGUISED}


def test_a_photo_that_names_its_container_first_is_known_by_its_codec() -> None:
    for brand in (b"ftypmif1", b"ftypmsf1"):
        photo = b"\0\0\0\x1c" + brand + b"\0\0\0\0" + b"mif1miafheic" + bytes(60)
        assert [kind for kind in T if is_of_type(kind, photo)] == [T.HEIC]
        assert [kind for kind in T if is_of_type(kind, photo.replace(b"heic", b"avif"))] == []


def test_a_picture_that_is_also_a_page_is_disguised_and_one_that_mentions_a_page_further_on_is_not() -> None:
    assert is_of_type(T.PNG, POLYGLOT.content)
    assert fault_of(T.PNG, POLYGLOT.content) is AttachmentFault.DISGUISED
    assert fault_of(T.PDF, SAMPLES[T.PDF] + b"<SCRIPT>") is AttachmentFault.DISGUISED
    assert fault_of(T.PDF, SAMPLES[T.PDF] + bytes(1024) + b"<script>") is None


def test_the_test_file_of_scanners_is_found_wherever_it_stands() -> None:
    assert fault_of(T.PNG, VIRUS.content) is AttachmentFault.INFECTED
    assert fault_of(T.PNG, png() + bytes(100_000) + EICAR) is AttachmentFault.INFECTED
    assert fault_of(T.PNG, PHOTO.content) is None


@given(content=st.binary(max_size=200))
def test_no_bytes_make_the_look_fail(content: bytes) -> None:
    assert sum(is_of_type(kind, content) for kind in T) <= 1


def test_every_kind_is_sent_with_a_type_of_its_own() -> None:
    assert set(SIGNATURES) == set(T)
    assert len({signature.mime for signature in SIGNATURES.values()}) == len(T)


@pytest.mark.parametrize("brand", [b"M4A ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"3gp4"])
def test_a_recording_of_any_container_is_taken_and_a_film_is_none(brand: bytes) -> None:
    head = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0isommp42" + bytes(60)
    sound, film = (head + b"hdlr" + bytes(8) + handler + bytes(20) for handler in (b"soun", b"vide"))
    assert [kind for kind in T if is_of_type(kind, sound)] == [AttachmentType.M4A]
    assert fault_of(AttachmentType.M4A, sound) is None
    assert fault_of(AttachmentType.M4A, film) is AttachmentFault.DISGUISED
