"""The ladder of notices, read from its file once."""

from functools import cache

from casework.reference import files
from casework.rules.escalation import Count, Step
from models.notice_words import NoticeReason, NoticeTo


@cache
def escalation_steps() -> tuple[Step, ...]:
    return tuple(
        Step(
            NoticeReason(row["reason"]),
            NoticeTo(row["to"]),
            row["days"],
            Count(row["count"]),
            row["effective_from"],
            row["effective_until"],
        )
        for row in files.escalation_steps()
    )
