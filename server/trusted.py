"""Trusted documents: texts that the operator has laid ready, asked for by their `sha256:` id."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import orjson

from server.problems import StartupProblem
from server.requests import BadRequest, Request
from server.settings import Settings

PREFIX = "sha256:"
SUFFIXES = frozenset({".graphql", ".gql"})


class Trusted:
    """The trusted documents by their ids; with `only`, nothing else is taken."""

    def __init__(self, texts: Mapping[str, str], *, only: bool) -> None:
        self._texts = texts
        self._only = only

    def admit(self, request: Request) -> Request:
        """Put the text in the place of an id; refuse an unknown one, and in `only` every text that is not trusted."""
        asked = request.query
        if asked.startswith(PREFIX):
            text = self._texts.get(asked.lower())
            if text is None:
                raise BadRequest(400, "DOCUMENT_UNKNOWN", "No trusted document has this id.")
            return replace(request, query=text)
        if self._only and id_of(asked) not in self._texts:
            raise BadRequest(400, "DOCUMENT_NOT_TRUSTED", "Send the `documentId` of a trusted document.")
        return request


def id_of(text: str) -> str:
    return PREFIX + sha256(text.encode()).hexdigest()


def read_trusted(settings: Settings) -> Trusted:
    """Read the documents once; one that is not what its id says stops the start."""
    path = settings.trusted_documents
    if path is None:
        if settings.trusted_documents_only:
            raise StartupProblem("Set PRASAN_TRUSTED_DOCUMENTS as well: no document could be asked for otherwise.")
        return Trusted({}, only=False)
    try:
        texts = dict(_from_folder(path) if path.is_dir() else _from_list(path))
    except (OSError, ValueError, TypeError, AttributeError):  # no file, no JSON, or JSON of another shape
        raise StartupProblem(
            "Set PRASAN_TRUSTED_DOCUMENTS to a folder of .graphql files, or to a JSON file of texts by their ids."
        ) from None
    return Trusted(texts, only=settings.trusted_documents_only)


def _from_folder(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file is one document, taken byte for byte."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in SUFFIXES:
            text = file.read_bytes().decode()
            yield id_of(text), text


def _from_list(file: Path) -> Iterator[tuple[str, str]]:
    """A list as build tools write it: the text of each document under its hash, with or without the prefix."""
    for name, text in orjson.loads(file.read_bytes()).items() if file.suffix == ".json" else _no_list():
        if id_of(text) != PREFIX + name.lower().removeprefix(PREFIX):
            raise StartupProblem(f"Renew PRASAN_TRUSTED_DOCUMENTS: the text under {name[:80]!r} has another hash.")
        yield id_of(text), text


def _no_list() -> Iterator[tuple[str, str]]:
    raise ValueError("no JSON")
