"""Trusted documents: asked for by the hash of their text, and the only ones taken where the setting says so."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from server.problems import StartupProblem
from server.settings import Settings
from server.trusted import read_trusted
from tests.api import Api
from tests.server.test_http import CODES, QUERY, post
from tests.world import World

AREA = "query ($first: Int!) { areas(first: $first) { nodes { code } } }"
MUTATION = "mutation a { __typename }"


def id_of(text: str) -> str:
    return "sha256:" + sha256(text.encode()).hexdigest()


@pytest.fixture
def documents(folder: Path) -> Path:
    """A folder as an operator lays it: one file for each document, other files beside them."""
    (folder / "sub").mkdir()
    (folder / "agencies.graphql").write_text(QUERY)
    (folder / "sub" / "areas.gql").write_text(AREA)
    (folder / "mutation.graphql").write_text(MUTATION)
    (folder / "notes.txt").write_text("{ nothing }")
    return folder


async def ask(api: Api, body: dict[str, Any]) -> Any:
    """Give the data of an answer, or its code."""
    _, _, answer = await post(api, body)
    return answer["data"] if "data" in answer else answer["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize("only", [False, True])
async def test_a_trusted_document_is_asked_for_by_its_id(world: World, documents: Path, *, only: bool) -> None:
    async with Api.around(world, Settings(trusted_documents=documents, trusted_documents_only=only)) as api:
        assert await ask(api, {"documentId": id_of(QUERY)}) == {"agencies": CODES}
        assert await ask(api, {"documentId": id_of(QUERY).upper().replace("SHA", "sha")}) == {"agencies": CODES}
        given = {"documentId": id_of(AREA), "variables": {"first": 1}}
        assert await ask(api, given) == {"areas": {"nodes": [{"code": "10"}]}}
        response = await api.client.get(f"/graphql?{urlencode({'documentId': id_of(QUERY)})}")
        assert response.json() == {"data": {"agencies": CODES}}
        response = await api.client.get(f"/graphql?{urlencode({'documentId': id_of(MUTATION)})}")
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
        for unknown in (id_of("{ nothing }"), "sha256:", "sha256:x"):
            assert await ask(api, {"documentId": unknown}) == "DOCUMENT_UNKNOWN"


async def test_where_only_trusted_documents_are_taken_every_other_text_is_refused(
    world: World, documents: Path
) -> None:
    async with Api.around(world, Settings(trusted_documents=documents, trusted_documents_only=True)) as api:
        assert await ask(api, {"query": QUERY}) == {"agencies": CODES}
        for text in (QUERY + " ", "{ __typename }", "{", "md5:1", MUTATION.replace("a", "b")):
            with api.statements() as seen:
                assert await ask(api, {"query": text}) == "DOCUMENT_NOT_TRUSTED"
            assert seen == []
        response = await api.client.get(f"/graphql?{urlencode({'query': '{ __typename }'})}")
        assert response.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


async def test_without_the_setting_no_id_is_known_and_every_document_is_taken(api: Api) -> None:
    assert await ask(api, {"documentId": id_of(QUERY)}) == "DOCUMENT_UNKNOWN"
    assert await ask(api, {"query": QUERY}) == {"agencies": CODES}
    for missing in (5, None, "", " ", [id_of(QUERY)]):
        assert await ask(api, {"documentId": missing}) == "QUERY_MISSING"


@pytest.mark.parametrize("prefix", ["", "sha256:"])
def test_a_list_as_build_tools_write_it_is_read_too(folder: Path, prefix: str) -> None:
    file = folder / "persisted.json"
    file.write_text(json.dumps({prefix + sha256(QUERY.encode()).hexdigest(): QUERY}))
    assert read_trusted(Settings(trusted_documents=file))._texts == {id_of(QUERY): QUERY}


@pytest.mark.parametrize("content", ["[]", "{", '{"a": 5}', "5", "\udcff"])
def test_a_file_that_is_no_list_is_one_sentence(folder: Path, content: str) -> None:
    file = folder / "persisted.json"
    file.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(StartupProblem, match=r"^Set PRASAN_TRUSTED_DOCUMENTS to a folder of \.graphql files, or "):
        read_trusted(Settings(trusted_documents=file))


def test_a_text_under_another_hash_is_one_sentence(folder: Path) -> None:
    file = folder / "persisted.json"
    file.write_text(json.dumps({id_of("{ other }"): QUERY}))
    with pytest.raises(StartupProblem, match=r"^Renew PRASAN_TRUSTED_DOCUMENTS: the text under 'sha256:[0-9a-f]+' has"):
        read_trusted(Settings(trusted_documents=file))


@pytest.mark.parametrize("path", ["absent", None])
def test_what_is_not_there_is_one_sentence(folder: Path, path: str | None) -> None:
    given = None if path is None else folder / path
    with pytest.raises(StartupProblem, match=r"^Set PRASAN_TRUSTED_DOCUMENTS "):
        read_trusted(Settings(trusted_documents=given, trusted_documents_only=True))
