"""Every link of the documentation leads somewhere, and every page can be reached."""

import re

import pytest

from tests.docs.pages import PAGES, ROOT, name_of, read

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
_NOT_IN_THIS_REPOSITORY = ("https://", "http://", "mailto:")


def links(page: str) -> list[str]:
    found = _LINK.findall(_FENCED.sub("", read(page)))
    return [link for link in found if not link.startswith(_NOT_IN_THIS_REPOSITORY)]


def anchors(page: str) -> set[str]:
    """Give the anchors that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", read(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [name_of(page) for page in PAGES])
def test_every_relative_link_of_the_page_exists(page: str) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), (page, link)
        assert not anchor or anchor in anchors(name_of(target.resolve())), (page, link)


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = [((ROOT / page).parent / link.partition("#")[0]).resolve() for link in links(page)]
        waiting += [name_of(target) for target in targets if target.suffix == ".md"]
    assert {name_of(page) for page in PAGES} <= reached


def test_decisions_are_numbered_without_gaps_and_short() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    assert [page.name for page in decisions if len(page.read_text(encoding="utf-8").splitlines()) > 30] == []
