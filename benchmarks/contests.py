"""What the service and the floor are each asked for one operation, and whether they answer the same."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import httpx
import orjson

from benchmarks import operations
from benchmarks.choosing import Chosen
from benchmarks.comparing import differences, fields
from casework.demo.network import subject_of
from casework.keys import Keys
from server.auth import Tokens

Target = dict[str, Any]
"""What benchmarks/client.py asks on one connection."""
FIRST_OF_BOARD, FIRST_OF_QUEUE = 50, 20


class Contest(NamedTuple):
    """An operation: its targets for each of the two, and the actor and document to count statements with."""

    name: str
    service: list[Target]
    floor: list[Target]
    handle: str
    document: str
    variables: Mapping[str, Any]


class Contests:
    """Makes the contests for what was chosen; `connections` ask at once."""

    def __init__(self, chosen: Chosen, secret: str, port: int, *, connections: int) -> None:
        self._chosen = chosen
        self._tokens = Tokens(Keys(secret.encode()), demo=True)
        self._address = f"http://127.0.0.1:{port}/graphql"
        self._connections = connections

    def all(self) -> list[Contest]:
        chosen = self._chosen
        volunteer = f"volunteer {chosen.case['area_code']}"
        keeper = f"volunteer {chosen.seat['area_code']}"
        seat = self._ask(keeper, operations.OWN_SEAT)["viewer"]["seat"]["id"]
        office, board = chosen.office, {"office": chosen.office["code"], "first": FIRST_OF_BOARD}
        return [
            self._same(
                "Q1 department board",
                f"coordinator {office['province_code']}",
                operations.BOARD,
                board,
                ("/board", [office["id"], "IN_PROGRESS", FIRST_OF_BOARD]),
            ),
            self._same(
                "Q2 follow one case",
                volunteer,
                operations.FOLLOW,
                {"reference": chosen.case["reference"]},
                ("/follow", [chosen.case["reference"]]),
            ),
            self._same(
                "Q3 volunteer queue",
                keeper,
                operations.QUEUE,
                {"seat": seat, "first": FIRST_OF_QUEUE},
                ("/queue", [chosen.seat["id"], FIRST_OF_QUEUE]),
            ),
            self._update(),
        ]

    def searches(self) -> list[Contest]:
        """What a coordinator types: a common word and a rare one; there is no floor for it."""
        handle = f"coordinator {self._chosen.office['province_code']}"
        asked = {"S1 search, common word": "ค่าจ้าง", "S2 search, rare word": "ไต้หวัน"}
        return [
            self._same(name, handle, operations.SEARCH, {"text": word, "first": FIRST_OF_QUEUE}, ("/none", []))
            for name, word in asked.items()
        ]

    def waiting(self) -> Contest:
        """The province of the board, asked where its cases wait; there is no floor for it."""
        province = self._chosen.office["province_code"]
        return self._same(
            "B1 bottlenecks", f"coordinator {province}", operations.WAITING, {"area": province}, ("/none", [])
        )

    def _same(
        self, name: str, handle: str, document: str, variables: dict[str, Any], floor: tuple[str, list[Any]]
    ) -> Contest:
        """A query that every connection asks."""
        target = self._target(handle, {"query": document, "variables": variables})
        below = {"path": floor[0], "headers": {}, "body": floor[1]}
        return Contest(name, [target] * self._connections, [below] * self._connections, handle, document, variables)

    def _update(self) -> Contest:
        """A change of state; each connection has a case of its own, the service others than the floor."""
        rows = self._chosen.to_update
        day = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
        service = [self._update_by_service(row, day) for row in rows[: self._connections]]
        floor = [self._update_by_floor(row, day) for row in rows[self._connections :]]
        first = service[0]["body"]["template"]["variables"]
        return Contest(
            "M1 update status", service, floor, f"volunteer {rows[0]['area_code']}", operations.UPDATE, first
        )

    def _update_by_service(self, row: Any, day: str) -> Target:
        handle = f"volunteer {row['area_code']}"
        case = self._ask(handle, operations.CASE_ID, reference=row["reference"])["caseByReference"]
        given = {
            "operationId": "$operation",
            "case": {"id": case["id"]},
            "expectedVersion": "$version",
            "state": "$state",
            "reviewOn": "$reviewOn",
        }
        template = {"query": operations.UPDATE, "variables": {"input": given}}
        return self._target(handle, template, version=case["version"], day=day)

    def _update_by_floor(self, row: Any, day: str) -> Target:
        values = [row["id"], "$version", "$state", "$reviewOn", row["account_id"], None, row["seat_id"]]
        changing = {"template": values, "version": row["version"], "waits": True, "reviewOn": f"date:{day}"}
        return {"path": "/update", "headers": {}, "body": changing, "changes": True, "version_at": STEPS}

    def _target(self, handle: str, body: Any, *, version: int | None = None, day: str = "") -> Target:
        target: Target = {"path": "/graphql", "headers": self._headers(handle), "body": body}
        if version is None:
            return target
        changing = {"template": body, "version": version, "waits": True, "reviewOn": day}
        return target | {"body": changing, "changes": True, "version_at": STEPS}

    def _headers(self, handle: str) -> dict[str, str]:
        token = self._tokens.issue(subject_of(handle), now=datetime.now(UTC), lasts=timedelta(days=1))
        return {"authorization": f"Bearer {token}", "accept": "application/json"}

    def _ask(self, handle: str, document: str, **variables: Any) -> Any:
        answer = httpx.post(
            self._address, json={"query": document, "variables": variables}, headers=self._headers(handle), timeout=60
        ).json()
        if "errors" in answer:
            raise RuntimeError(answer["errors"])
        return answer["data"]


STEPS = ["data", "updateCaseStatus", "case"]


def same_answer(contest: Contest, service_port: int, floor_port: int) -> int:
    """Ask both once; raise when they differ, else give how many fields the answer has."""
    answers = []
    for port, target in ((service_port, contest.service[0]), (floor_port, contest.floor[0])):
        body = orjson.dumps(target["body"])
        headers = {**target["headers"], "content-type": "application/json"}
        address = f"http://127.0.0.1:{port}{target['path']}"
        answers.append(httpx.post(address, content=body, headers=headers, timeout=60).json())
    found = differences(*answers)
    if found:
        raise RuntimeError(f"{contest.name}: the floor answers otherwise: {found[:5]}")
    return fields(answers[0])
