"""The room in which a drill is held, at one desk: starting it, letting arrive what is due, answering, reckoning.

Everything that needs neither content nor guardrails is a plain decision of `actions.drills`, done at the desk.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

import msgspec

from runbook.actions import drills
from runbook.actions.deciding import By, Decision
from runbook.actions.notices import mark_of
from runbook.case import Case
from runbook.content import Content
from runbook.content.mistakes import cut
from runbook.desk import Desk, Done
from runbook.drills.agenda import Agenda
from runbook.drills.comparing import Comparison, Past, compare
from runbook.drills.improving import diff, patched
from runbook.drills.report import report
from runbook.drills.report_parts import Report
from runbook.drills.scoring import Score, score
from runbook.errors import BadContent, Refused
from runbook.events import Act
from runbook.guardrails import SECRET, Finding, names_secret
from runbook.guardrails.told import repeats
from runbook.notices.checking import current_rules, guarded_state, judged
from runbook.publications import split_key
from runbook.scenario import Scenario
from runbook.script import inject as find_inject
from runbook.speech import Bilingual, Language, say

_CHAIN = 100
"""How many things in a row may bring about the next; a loop is a mistake the check of scenarios names."""

_LAST_SEED = 10**15 - 1
"""The record does not hold a number of any length."""

_EARLIER = 20
"""How many earlier drills one is compared with."""


class Room:
    """Drills at one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._agenda: tuple[str, Agenda] | None = None

    def scenarios(self) -> dict[str, Scenario]:
        """The scenarios a drill can be started with now, by name. One with mistakes is left out."""
        return playable(self._desk.content())

    def start(
        self, scenario: str, title: str = "", *, seed: int = 0, speed: float = 0.0, language: Language = "ja"
    ) -> Case:
        """Open a drill of a scenario; one made from a seed, from this one. Its clock stands at the beginning until it
        is let run (`actions.drills.resume`), or runs at once at `speed` (1 to 120). Raises BadContent."""
        if abs(seed) > _LAST_SEED:
            raise BadContent(say("{n} is too large a number to draw from.", n=seed), say("Give at most 15 digits."))
        content = self._desk.content()
        text = content.scenario_text(scenario, seed)
        playbook = content.scenario(scenario, seed).playbook
        return self._desk.new(playbook, title, language=language, scenario=text, seed=seed, speed=speed)

    def advance(self, incident: str) -> Case:
        """Let arrive what is due, and what that brings about; notice that the facilitator's console died.

        Any seat may, at any time: the record takes each inject once.
        """
        case, agenda = self._desk.case(incident), self._agenda_of(incident)
        for _ in range(_CHAIN):
            case = self._lost(case)
            coming = agenda.due(case)
            if not coming:
                break
            id, milestone = coming[0].id, coming[0].milestone
            sort = "milestone" if milestone else "inject"
            decide = partial(drills.reach, milestone=id) if milestone else partial(drills.arrive, inject=id)
            case = self._desk.do(incident, decide, retry=once_id(incident, f"{sort}/{id}")).case
        return case

    def next_change(self, case: Case) -> datetime | None:
        """The next instant at which something may become due by the clock alone; None where nothing waits for it."""
        return self._agenda_of(case.incident.id).next_change(case)

    def _agenda_of(self, incident: str) -> Agenda:
        """The agenda of the drill that was looked at last: a seat plays one at a time."""
        if self._agenda is None or self._agenda[0] != incident:
            self._agenda = incident, Agenda()
        return self._agenda[1]

    def checked(self, incident: str, text: str, inject: str = "") -> tuple[Finding, ...]:
        """What the guardrails of this drill say to something the team is about to say, in answer to an inject."""
        return _findings(self._desk.case(incident), text, self._desk.studio().rulebook(incident), inject)

    def instead(self, incident: str, found: Sequence[Finding]) -> tuple[Bilingual, ...]:
        """The sentences on the secret that may be said, where something that was found is about it."""
        if not any(one.rule in SECRET for one in found):
            return ()
        return current_rules(self._desk.studio().rulebook(incident)).approved

    def answer(self, incident: str, inject: str, text: str, *, seen: int | None = None) -> Done:
        """Record what was said to an inject, with the guardrails that object to it. Raises Refused, BadContent."""
        return self._desk.do(incident, answering(self._desk.studio().rulebook(incident), inject, text), seen=seen)

    def score(self, incident: str) -> Score:
        """The score as the record has it now."""
        return score(self._desk.case(incident), self._desk.events(incident))

    def earlier(self, incident: str) -> tuple[Past, ...]:
        """The latest drills in this record with the same playbook that are over and were held before this one, the
        oldest first, each with its score and its improvement plan."""
        own = self._desk.case(incident).incident
        held_at = own.drill.held_at if own.drill else None
        cards = [card for card in self._desk.cards() if card.playbook == own.playbook and card.id != incident]
        found = []
        for card in cards:
            drill = self._desk.case(card.id).incident.drill if card.scenario else None
            if drill is None or drill.ended is None or held_at is None or drill.held_at >= held_at:
                continue
            plans = tuple(one.plan for one in drill.plans.values() if not one.plan.dropped)
            found.append(Past(card.id, card.title, card.held_at or drill.held_at, self.score(card.id), plans))
            if len(found) == _EARLIER:
                break
        return tuple(reversed(found))

    def compared(self, incident: str) -> Comparison:
        """This drill beside the earlier ones."""
        case = self._desk.case(incident)
        return compare(case.playbook, self.score(incident), self.earlier(incident))

    def report(self, incident: str) -> Report:
        """The after-action report as the record has it now. Raises Refused for what is no drill from a scenario."""
        case, events = self._desk.case(incident), self._desk.events(incident)
        rulebook = self._desk.studio().rulebook(incident)
        made = score(case, events)
        compared = compare(case.playbook, made, self.earlier(incident))
        passed, changes = _passed(case, rulebook), self._changes(case)
        return report(case, events, made, compared, rules=current_rules(rulebook), changes=changes, passed=passed)

    def _changes(self, case: Case) -> dict[str, str]:
        """What each improvement would change in the playbook the drill was played with, as a diff, by its id."""
        text = self._desk.pinned(case.incident.id, "playbook") or ""
        found = {}
        for id, planned in (case.incident.drill.plans if case.incident.drill else {}).items():
            with suppress(BadContent, Refused):  # it changes no playbook, or that edition has it already
                new = patched(text, planned.plan, planned.touch.at.date())
                found[id] = diff(text, new, f"playbooks/{case.incident.playbook}.yaml")
        return found

    def _lost(self, case: Case) -> Case:
        """The case, with it noted that the console died, where it did."""
        drill, id = case.incident.drill, case.incident.id
        if drill is None or drill.attended is None or self._desk.attended(id):
            return case
        died = once_id(id, f"died/{drill.attended.seq}")
        return self._desk.do(id, partial(drills.leave, wall=self._desk.wall(), died=True), retry=died).case


def seed_of(typed: str) -> int:
    """The number to draw from that somebody typed; below zero will do. Raises BadContent."""
    digits = unicodedata.normalize("NFKC", typed).strip()
    if re.fullmatch(r"[+-]?[0-9]{1,15}", digits):
        return int(digits)
    raise BadContent(
        say("“{text}” is not a whole number.", text=cut(typed)),
        say("Write at most 15 digits, such as 12 or -12."),
    )


def playable(content: Content) -> dict[str, Scenario]:
    """The scenarios a drill can be started with, by name. One with mistakes is left out."""
    found, today = {}, content.remembered()
    for name in today.scenarios():
        with suppress(BadContent):
            found[name] = today.scenario(name)
    return found


def answering(rulebook: Content, inject: str, text: str) -> Decision:
    """What answering decides: the guardrails are asked on the case it is decided on (rules.md 28)."""

    def decide(case: Case, by: By) -> list[Act]:
        rules = tuple(
            dict.fromkeys(one.rule for one in _findings(case, text, rulebook, inject) if one.severity != "inform")
        )
        return drills.answer(case, by, inject, text, rules)

    return decide


def _passed(case: Case, rulebook: Content) -> dict[str, str]:
    """The words of published notices that a guardrail objects to, by the mark under which a warning is answered for."""
    kinds, found = {kind.slug: kind for kind in rulebook.kinds()}, {}
    for key, notice in case.incident.notices.items():
        kind, written = split_key(key)
        state = guarded_state(case, kinds.get(kind), written=written)
        for out in notice.publications:
            for one in judged(rulebook, out.text.text or "", current_rules(rulebook), state):
                found[mark_of(one)] = one.excerpt
    return found


def once_id(incident: str, what: str) -> str:
    """The id under which the record takes something of a drill once, whichever seat is first (rules.md 15)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"runbook:{incident}/{what}"))


def _findings(case: Case, text: str, rulebook: Content, inject: str) -> tuple[Finding, ...]:
    """What the guardrails find in an answer. Where it is asked about the secret, the answer is read after the question
    as well: “thirteen” alone says nothing. A call is answered before the correction of a notice is out: that is asked
    for only of who says again what is wrong."""
    rules, state = current_rules(rulebook), guarded_state(case)
    state = msgspec.structs.replace(state, changed=tuple(one for one in state.changed if repeats(text, one)))
    found = judged(rulebook, text, rules, state)
    asked = _secret_asked(case, rulebook, inject, text)
    if not asked:
        return found
    known, above = {one.rule for one in found}, asked.count("\n") + 2
    more = (one for one in judged(rulebook, f"{asked}\n\n{text}", rules, state) if one.line > above)
    return (*found, *(msgspec.structs.replace(one, line=one.line - above) for one in more if one.rule not in known))


def _secret_asked(case: Case, rulebook: Content, inject: str, answer: str) -> str:
    """The words of an inject that speak of the secret, in the language they are answered in; else nothing."""
    asked = find_inject(case, inject)
    if asked is None:
        return ""
    words = asked.text.en if answer.isascii() else asked.text.ja
    return words if rulebook.once(("names secret", words), lambda: names_secret(words)) else ""
