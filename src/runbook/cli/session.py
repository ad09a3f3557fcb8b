"""One run of the command line: who speaks which language, at which record, and how things are said and printed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from runbook.clock import Clock
from runbook.errors import BadContent, RunbookError
from runbook.speech import Language, Message, say, speaker
from runbook.wording.safe import INVISIBLE, for_terminal

if TYPE_CHECKING:
    from runbook.actions.deciding import Decision
    from runbook.case import Case
    from runbook.content import Content
    from runbook.desk import Desk, Done
    from runbook.moment import Moment

_UNSAFE_IN_JSON = f"[\\x7f-\\x9f{INVISIBLE}]"


class Session:
    """What every command is handed. The desk is opened when it is first needed."""

    def __init__(self, language: Language, clock: Clock) -> None:
        self.language = language
        self.speak = speaker(language)
        self.clock = clock
        self.db = ""
        self.actor = ""
        self.zone = ""
        self.ascii = False
        self._desk: Desk | None = None

    # Speaking

    def out(self, *lines: Message | str) -> None:
        """Print data, a line each, with nothing in it that could steer the terminal or begin another line."""
        for line in lines:
            sys.stdout.write(for_terminal(self._said(line)) + "\n")

    def tell(self, *lines: Message | str) -> None:
        """Say something on the side."""
        sys.stdout.flush()
        for line in lines:
            sys.stderr.write(for_terminal(self._said(line), multiline=True) + "\n")
        sys.stderr.flush()

    def fail(self, failure: RunbookError) -> int:
        """Say what went wrong and what to do; give the exit code."""
        self.tell(failure.message)
        if failure.hint:
            self.tell(failure.hint)
        return failure.exit_code

    def json(self, value: object) -> None:
        """Print data for programs."""
        sys.stdout.write(as_json(value, 2) + "\n")

    def json_lines(self, values: Iterable[object]) -> None:
        """Print a list, one value a line, without holding it all."""
        mark = "["
        for value in values:
            sys.stdout.write(f"{mark}\n{as_json(value)}")
            mark = ","
        sys.stdout.write("[]\n" if mark == "[" else "\n]\n")

    def _said(self, line: Message | str) -> str:
        return self.speak(line) if isinstance(line, Message) else line

    # Working

    def desk(self, *, create: bool = False) -> Desk:
        """The desk; the record must be there unless `create` says to make it."""
        if self._desk is None:
            from runbook.opening import open_desk

            self._desk = open_desk(self.db, self.actor, clock=self.clock, create=create)
        return self._desk

    def given(self, file: Path) -> Desk:
        """The desk, at a record that somebody handed over, to be looked at only."""
        from runbook.opening import open_given

        self.close()
        self._desk = open_given(file, self.actor, clock=self.clock)
        return self._desk

    def content(self) -> Content:
        from runbook.opening import open_content

        return open_content()

    def case(self, incident: str) -> Case:
        """The incident of that id, or unique beginning of one."""
        desk = self.desk()
        return desk.case(desk.find(incident))

    def moment(self, typed: str, case: Case) -> Moment:
        """A time as it was typed, echoed back with its date. Raises BadContent."""
        from runbook.moment import read_moment
        from runbook.saying import moment_words

        moment = read_moment(typed, case.now, case.zone)
        self.tell(say("Time: {at}", at=moment_words(moment, case.zone)))
        return moment

    def do(self, case: Case, decision: Decision, seen: int | None = None) -> Done:
        """Record a decision, and say what was recorded, and what is doubtful about it: its facts, the time itself."""
        from runbook.duties.doubts import EVERYWHERE, doubts, raised

        done = self.report(self.desk().do(case.incident.id, decision, seen=seen))
        if done.entries:
            always = [one.message for one in doubts(case) if one.facts == (EVERYWHERE,)]
            self.warn([*always, *raised(case, done.case)])
        return done

    def warn(self, messages: Iterable[Message]) -> None:
        """Say what cannot be right as it stands."""
        self.tell(*(for_terminal(f"! {self.speak(message)}") for message in messages))

    def report(self, done: Done) -> Done:
        """Say which entries an act made."""
        from runbook.cli.telling import mode_name
        from runbook.narrate import narrate
        from runbook.script import telling

        own = done.case.incident
        mark = f"{self.speak(mode_name(own.mode, own.demo))} " if own.mode == "drill" else ""
        if not done.entries:
            self.tell(say("Nothing changed."))
        for event in done.entries:
            said = self.speak(narrate(event, telling(done.case), done.case.zone))
            self.tell(f"* {mark}#{event.seq} {said}")
        return done

    def close(self) -> None:
        """Leave the desk."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None


def as_json(value: object, indent: int = 0) -> str:
    """JSON text in which no character can steer a terminal; what could is written as its code."""
    packed = msgspec.json.encode(value)
    text = (msgspec.json.format(packed, indent=indent) if indent else packed).decode()
    return re.sub(_UNSAFE_IN_JSON, lambda found: "".join(f"\\u{unit:04x}" for unit in _utf16(found[0])), text)


def _utf16(char: str) -> list[int]:
    raw = char.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]


def pairs(typed: Sequence[str]) -> list[tuple[str, str]]:
    """NAME=VALUE texts apart. Raises BadContent for one without its `=`."""
    found = []
    for text in typed:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadContent(
                say("“{text}” is not of the form NAME=VALUE.", text=text), say("Write the name, =, and the value.")
            )
        found.append((name.strip(), value))
    return found


def items(typed: str) -> tuple[str, ...]:
    """The words of a list separated by commas."""
    return tuple(item.strip() for item in re.split("[,、，]", typed) if item.strip())
