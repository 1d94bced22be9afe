"""What a file is by its bytes, and what in it does not belong into a file of its kind."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import puremagic

from models.attachment_words import AttachmentFault, AttachmentType

HEAD = 4096
"""Bytes from the beginning that tell the type."""
PAGE_HEAD = 1024
"""So far browsers look for a page when they guess."""


class Signature(NamedTuple):
    """The MIME type that is sent with a file, and what puremagic calls files of the kind."""

    mime: str
    names: frozenset[str]


SIGNATURES: Mapping[AttachmentType, Signature] = {
    AttachmentType.JPEG: Signature("image/jpeg", frozenset({"image/jpeg"})),
    AttachmentType.PNG: Signature("image/png", frozenset({"image/png"})),
    AttachmentType.WEBP: Signature("image/webp", frozenset({"image/webp"})),
    AttachmentType.HEIC: Signature("image/heic", frozenset({"image/heic", "image/heif"})),
    AttachmentType.PDF: Signature("application/pdf", frozenset({"application/pdf"})),
    AttachmentType.M4A: Signature("audio/mp4", frozenset({".m4a", "audio/mp4"})),
}
_IMAGES_OF_ANY_CODEC, _HEIC = (b"ftypmif1", b"ftypmsf1"), b"heic"
"""Some phones name the container first and the codec among the compatible brands; puremagic knows no such file."""
_SOUND = (b"ftypM4A ", b"ftypmp42", b"ftypmp41", b"ftypisom", b"ftypiso2", b"ftypiso5", b"ftyp3gp4")
"""Recorders of phones name the container in general; whether it is a film is seen in the whole file."""
_FILM = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<svg")
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner must call a virus; in two parts here, or scanners would call this module one."""


def is_of_type(kind: AttachmentType, head: bytes) -> bool:
    """Do the first bytes belong to a file of this kind, by the likeliest of all signatures?"""
    if head[4:12] in _IMAGES_OF_ANY_CODEC:
        return kind is AttachmentType.HEIC and _HEIC in head[16:64]
    if head[4:12] in _SOUND:
        return kind is AttachmentType.M4A
    try:
        found = puremagic.magic_string(head[:HEAD])
    except (puremagic.PureError, ValueError):  # nothing that it knows; nothing at all
        return False
    likeliest = max(match.confidence for match in found)
    names = {name for match in found if match.confidence == likeliest for name in (match.mime_type, match.extension)}
    return not names.isdisjoint(SIGNATURES[kind].names)


def fault_of(kind: AttachmentType, content: bytes) -> AttachmentFault | None:
    """Name what is wrong with a whole file as far as its bytes alone tell: no scanner for malware is so simple."""
    if _EICAR in content:
        return AttachmentFault.INFECTED
    if not is_of_type(kind, content) or any(page in content[:PAGE_HEAD].lower() for page in _PAGES):
        return AttachmentFault.DISGUISED
    if kind is AttachmentType.M4A and _FILM.search(content):
        return AttachmentFault.DISGUISED
    return None
