"""Give a legal clock more time, as far as the law lets the agency whose duty it is."""

from sqlalchemy import select

from casework import journal
from casework.actions.add_note import write_note
from casework.clocks import refresh_clocks
from casework.desk import take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.reference.data import LegalClockRow
from casework.rules import texts
from casework.work import Work
from models import Deadline, table_of
from models.action_words import CaseAction
from models.vocabulary import Audience, EventKind

deadline = table_of(Deadline)


async def extend_deadline(work: Work, *, deadline_id: int, expected_version: int, more: int, reason: str) -> int:
    """Add `more` units of the rule to the clock; the reason is a note. Gives the deadline's id."""
    case_id = await work.session.scalar(select(deadline.c.case_id).where(deadline.c.id == deadline_id))
    if case_id is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    desk = await take_case_for(work, case_id, CaseAction.KEEP_CLOCKS, expected_version=expected_version)
    row = await work.session.get_one(Deadline, deadline_id, populate_existing=True)
    rule = work.reference.legal_clock(row.code, row.rule_from)
    _check(work, row, rule, more)
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    row.extension += more
    note_id = await write_note(work, case_id, audience=Audience.CASE, text=why)
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=True)
    extended: journal.Payload = {"deadline": deadline_id, "code": row.code, "more": more, "note": note_id}
    await journal.append(work, desk.case, EventKind.DEADLINE_EXTENDED, extended)
    return deadline_id


def _check(work: Work, row: Deadline, rule: LegalClockRow | None, more: int) -> None:
    """The law must know an extension, the actor's agency have the duty, and the clock still run in time."""
    if rule is None or rule.extension is None:
        raise Refusal(RefusalCode.DEADLINE_FIXED, "input", "deadline")
    leading = {work.reference.problem_types[code].agency_code for code in rule.problem_type_codes}
    if work.by.agency_code not in leading:
        raise Refusal(RefusalCode.NOT_PERMITTED)
    if row.ended_at is not None or row.due_at <= work.now:
        raise Refusal(RefusalCode.DEADLINE_OVER, "input", "deadline")
    left = rule.extension - row.extension
    if not 1 <= more <= left:
        raise Refusal(RefusalCode.EXTENSION_TOO_LONG, "input", "more", limit=left)
