"""Record the day of an event that legal clocks count from, or that ends one."""

from datetime import date

from casework import journal
from casework.clocks import key_dates_of, refresh_clocks
from casework.desk import take_case_for, touch
from casework.rules.clocks import check_key_dates
from casework.work import Work
from models import Case, KeyDate
from models.action_words import CaseAction
from models.clock_words import KeyEvent
from models.vocabulary import EventKind


async def record_key_date(work: Work, *, case_id: int, event: KeyEvent, day: date) -> int:
    """Set the day, in place of an earlier one, and the clocks with it. Takes and raises no version.

    Gives the case's id.
    """
    desk = await take_case_for(work, case_id, CaseAction.KEEP_CLOCKS)
    days = await key_dates_of(work, case_id)
    check_key_dates({**days, event: day}, lambda _: ("input", "day"), now=work.now)
    await write_key_date(work, desk.case, event, day)
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=False)
    recorded: journal.Payload = {"event": event.value, "day": day.isoformat()}
    await journal.append(work, desk.case, EventKind.KEY_DATE_RECORDED, recorded)
    return case_id


async def write_key_date(work: Work, case: Case, event: KeyEvent, day: date) -> None:
    """Write the row alone; `day` is checked already."""
    known = await work.session.get(KeyDate, (case.id, event))
    if known is None:
        await work.save(KeyDate(case_id=case.id, event=event, day=day, recorded_at=work.now))
    else:
        known.day, known.recorded_at = day, work.now
        await work.session.flush()
