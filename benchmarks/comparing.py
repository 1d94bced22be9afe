"""Whether two answers say the same, field by field; one instant may be written in several ways."""

from datetime import datetime
from typing import Any


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Name every place where the answers differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            found
            for key in sorted({*one, *other})
            for found in differences(one.get(key, "absent"), other.get(key, "absent"), f"{path}.{key}")
        ]
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return [f"{path}: {len(one)} and {len(other)} items"]
        pairs = enumerate(zip(one, other, strict=True))
        return [found for at, (a, b) in pairs for found in differences(a, b, f"{path}[{at}]")]
    return [] if _read(one) == _read(other) else [f"{path}: {one!r} and {other!r}"]


def fields(answer: Any) -> int:
    """Count the leaves of an answer."""
    if isinstance(answer, dict):
        return sum(map(fields, answer.values()))
    return sum(map(fields, answer)) if isinstance(answer, list) else 1


def _read(value: Any) -> Any:
    if isinstance(value, str) and "T" in value and value[:4].isdecimal():
        return datetime.fromisoformat(value)
    return value
