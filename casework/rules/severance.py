"""Days' wages due as severance pay, by the tiers of the day on which the employment ended."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from casework.rules.clocks import after_months
from casework.rules.triage_rules import SeveranceRule, in_force
from models.clock_words import ClockUnit

_MONTHS = 12


class Severance(NamedTuple):
    """`rule` is the tier that gives the days; where the time was too short for any, the one that was missed."""

    wage_days: int
    employed_days: int
    rule: SeveranceRule
    applied_to: date


def severance_due(tiers: Iterable[SeveranceRule], *, began: date, ended: date) -> Severance | None:
    """Judge an employment by its first and last day, which both count; None when no tier was in force yet."""
    known = sorted(in_force(tiers, ended), key=lambda tier: tier.wage_days)
    if not known:
        return None
    after = ended + timedelta(days=1)
    reached = [tier for tier in known if _complete(began, tier) <= after]
    days = (after - began).days
    return Severance(reached[-1].wage_days if reached else 0, days, reached[-1] if reached else known[0], ended)


def _complete(began: date, tier: SeveranceRule) -> date:
    """Give the day after the last that the tier asks for."""
    if tier.employed_unit is ClockUnit.YEAR:
        return after_months(began, tier.employed * _MONTHS)
    return began + timedelta(days=tier.employed)
