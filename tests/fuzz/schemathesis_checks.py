"""What Schemathesis, in a process of its own, checks of each answer; its own check takes refusals for faults."""

import json
import os
from typing import Any

import schemathesis

HIDDEN = "FUZZ_HIDDEN"
"""Environment variable: the words that no answer may hold, with spaces between."""


@schemathesis.check
def no_fault_and_no_leak(_ctx: Any, response: Any, _case: Any) -> None:
    """Take refusals, and whatever a client did wrong; nothing else."""
    text = response.content.decode()
    assert response.status_code < 500, text
    codes = {error["extensions"]["code"] for error in json.loads(text).get("errors", ())}
    assert not codes & {"INTERNAL", "UNAVAILABLE"}, text
    assert [word for word in os.environ[HIDDEN].split() if word in text] == []
