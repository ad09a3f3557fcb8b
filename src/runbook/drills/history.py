"""When each playbook was last rehearsed, and each scenario last played. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from runbook.cards import Card


def playbooks_drilled(cards: Iterable[Card]) -> dict[str, date]:
    """The day on which each playbook was last drilled, by its id, as far as this record knows; days are the drill's own
    zone's, of the real calendar. The demonstration is no drill."""
    found: dict[str, date] = {}
    for card in cards:
        if card.held_at is not None and not card.demo:
            found[card.playbook] = max(card.held_at.date(), found.get(card.playbook, date.min))
    return found


def scenarios_played(cards: Iterable[Card]) -> dict[str, datetime]:
    """When each scenario was last played, by its id, as far as this record knows; by the wall's clock, in the drill's
    zone."""
    held = sorted((card.held_at, card.scenario) for card in cards if card.held_at is not None and card.scenario)
    return {scenario: at for at, scenario in held}
