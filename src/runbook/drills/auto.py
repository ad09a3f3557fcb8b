"""A drill that plays by itself: a recorded team's script, on a wall clock that is put forward.

The same scenario, seed and script give the same record, score and report to the byte: the wall is made up, the seat is
always the same one, and what nobody could guess otherwise (ids, salts) is drawn from the seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from runbook.actions import drills
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.content import Content
from runbook.desk import Desk
from runbook.drills.room import Room, answering
from runbook.errors import BadContent, Refused, RunbookError
from runbook.incident import ClockSetting
from runbook.journal import Journal, Line, decision
from runbook.moment import between
from runbook.notices.life import scripted
from runbook.script import leg
from runbook.speech import say

SEAT = "auto"
_TICK = timedelta(microseconds=1)


class Wall:
    """A wall clock that shows what it was put to last."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.at


def drawn_from(seed: int, scenario: str) -> Callable[[int], bytes]:
    """Bytes as `os.urandom` gives them, but always the same ones for one seed and scenario: for ids and salts."""
    drawn = 0

    def draw(count: int) -> bytes:
        nonlocal drawn
        found = b""
        while len(found) < count:
            found += hashlib.sha256(f"{scenario}/{seed}/{drawn}".encode()).digest()
            drawn += 1
        return found[:count]

    return draw


class Player:
    """One play of a script: a desk at which each of the team, and the facilitator, sits in turn."""

    def __init__(self, desk: Desk, wall: Wall, script: Journal) -> None:
        self._desk = desk
        self._wall = wall
        self._script = script
        self._room = Room(desk)

    def play(self, scenario: str, seed: int = 0) -> Case:
        """Start a drill of the scenario, do every line of the script at its time, and end the drill where its last part
        ends. Gives the case then. Raises Refused, BadContent with the line that cannot be done."""
        self._desk.actor = self._script.facilitator
        case = self._room.start(scenario, seed=seed, language=self._script.language)
        id = case.incident.id
        rulebook = self._desk.studio().rulebook(id)
        for number, line in enumerate(self._script.acts, 1):
            try:
                at = self._instant(line.at)
                if at < case.now:
                    raise Refused(say("It is {at} already.", at=case.now), say("Put the lines in order of time."))
                case = self._go(case, at)
                self._desk.actor = line.who
                done = self._desk.do(id, scripted(line, rulebook) if line.notice else _decided(line, rulebook))
            except RunbookError as wrong:
                raise _at_line(wrong, number, line) from None
            case = self._arrived(id) if done.entries else done.case
        played = case.playbook.scenario
        case = self._go(case, max(case.now, played.ends)) if played else case
        self._desk.actor = self._script.facilitator
        remark = self._script.remark.said(self._script.language) if self._script.remark else ""
        return self._desk.do(id, partial(drills.end, remark=remark)).case

    def _instant(self, typed: str) -> datetime:
        try:
            return self._script.instant(typed)
        except ValueError:
            raise BadContent(say("“{text}” is not a time.", text=typed), say("Write 2022-06-22T15:45.")) from None

    def _go(self, case: Case, to: datetime) -> Case:
        """Let the drill's clock go on to `to`; whatever is due on the way arrives at its own instant."""
        while case.now < to and (clock := case.incident.clock) is not None:
            if clock.stands(self._wall.at):
                self._on(case, to)
            else:
                stops = [to, self._room.next_change(case), clock.until]
                self._wall.at = _shows(clock, min(stop for stop in stops if stop is not None and stop > case.now))
            case = self._arrived(case.incident.id)
        return case

    def _on(self, case: Case, to: datetime) -> None:
        """The clock stands: on to the next part, or between two parts to where the script does something."""
        here, following = leg(case)
        wall = self._wall.at
        on: Decision = partial(drills.jump, wall=wall, to=to)
        if following is not None and following.start <= to:
            on = partial(drills.next_leg, wall=wall)
        if here is not None and case.now < here.end:
            on = partial(drills.resume, wall=wall)
        self._desk.actor = self._script.facilitator
        self._desk.do(case.incident.id, on)

    def _arrived(self, id: str) -> Case:
        self._desk.actor = self._script.facilitator
        return self._room.advance(id)


def _decided(line: Line, rulebook: Content) -> Decision:
    return answering(rulebook, line.answer, line.text) if line.answer else decision(line)


def _shows(clock: ClockSetting, at: datetime) -> datetime:
    """The first instant of the wall at which the clock, which runs, shows `at` or more."""
    wall = clock.wall_at + between(clock.shows, at) / clock.speed
    while clock.now(wall) < at:
        wall += _TICK
    return wall


def _at_line(wrong: RunbookError, number: int, line: Line) -> RunbookError:
    """The same mistake, with the line of the script it was made in."""
    said = say(
        "Act {number} of the script ({at}, {who}): {what}", number=number, at=line.at, who=line.who, what=wrong.message
    )
    return type(wrong)(said, wrong.hint)
