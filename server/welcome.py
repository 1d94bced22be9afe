"""What a newcomer is shown: the demo roles with their tokens, and the worked example in GraphiQL."""

import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from casework.demo.network import posts, read_network, subject_of
from server.auth import Tokens
from server.graphiql import Boot

TOKEN_LASTS = timedelta(days=30)
SHOWCASE = "43-2569-00174-2"
"""Reference of the demo's showcase case; a test holds it to the truth."""

EXAMPLE = """\
# Prasan ประสาน: follow one labour case across departments.
# Press ▶ (or Ctrl-Enter). The headers tab below holds a demo token of the volunteer who took the case.
query FollowACase($reference: String!) {
  caseByReference(reference: $reference) {
    reference
    title
    state
    openedAtThai
    citizen { name phones area { name parent { name } } }
    volunteer { name incumbent { name } }
    holder { ... on Volunteer { name } ... on Mentor { name } ... on Office { name } }
    problems { type { name } responsibleAgency { name } outcome }
    departments { office { name } level since until }
    referrals(first: 10) {
      nodes { kind state toOffice { name } problemType { name } respondByThai isOverdue }
    }
    journey { holder { ... on Volunteer { name } ... on Mentor { name } ... on Office { name } } since until dwellThai }
    timeline(last: 20) { nodes { recordedAtThai summary actor { name } note { text } } }
    viewerAccess { level reason }
  }
  cases(first: 5) { nodes { reference title state updatedAtThai } totalCount { count } }
}
"""


class DemoRole(NamedTuple):
    role: str
    handle: str
    name: str
    subject: UUID


ROLES = {
    "volunteer": "volunteer 430116",
    "mentor": "mentor 4301",
    "coordinator": "coordinator 43",
    "officer OPS": "officer OPS-43",
    "officer DOE": "officer DOE-43",
    "officer DSD": "officer DSD-43",
    "officer DLPW": "officer DLPW-43",
    "officer SSO": "officer SSO-43",
    "auditor": "auditor",
}


def demo_roles() -> Iterator[DemoRole]:
    """Give one account for each part that is played in the demo."""
    people = {handle: person for handle, _, person in posts(read_network())}
    for role, handle in ROLES.items():
        person = people[handle]
        name = f"{person['title']}{person['given_name']} {person['family_name']}"
        yield DemoRole(role, handle, name, subject_of(handle))


def welcome(url: str, tokens: Tokens, *, now: datetime) -> str:
    """Say where the service is, and give each demo role's name and token, ready to paste."""
    lines = [f"Prasan serves {url}/graphql — open it in a browser. Ctrl-C stops everything.", ""]
    for role in demo_roles():
        token = tokens.issue(role.subject, now=now, lasts=TOKEN_LASTS)
        lines += [f"{role.role} — {role.name}", f"  Authorization: Bearer {token}"]
    return "\n".join(lines)


def worked_example(tokens: Tokens, clock: Callable[[], datetime]) -> Callable[[], Awaitable[Boot]]:
    """Give what GraphiQL opens with: in demo mode a token, the same all day; else none."""

    async def boot() -> Boot:
        headers = {}
        if tokens.demo:
            today = clock().replace(hour=0, minute=0, second=0, microsecond=0)
            token = tokens.issue(subject_of(ROLES["volunteer"]), now=today, lasts=TOKEN_LASTS)
            headers = {"Authorization": f"Bearer {token}"}
        return Boot(EXAMPLE, json.dumps({"reference": SHOWCASE}, indent=2), headers, "Prasan")

    return boot
