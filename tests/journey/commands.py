"""The case at the command line: a line of the journal as the commands that somebody types for it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from runbook.cli import main
from runbook.journal import Journal, Line


class Said(NamedTuple):
    """What a command printed, and what it said beside."""

    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class CommandLine:
    """Types commands at one record, each as somebody, at a time. The time stands until another one is given."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._now: datetime | None = None

    def __call__(self, *words: str, who: str = "佐藤", at: datetime | None = None, code: int = 0) -> Said:
        """What the command says; it has to end with the exit code `code`."""
        self._now = at or self._now
        now = self._now
        assert now is not None
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            ended = main(["--db", str(self._record), "--lang", "ja", "--as", who, *words], clock=lambda: now)
        said = Said(out.getvalue(), err.getvalue())
        assert ended == code, (words, said)
        return said

    def open(self, journal: Journal) -> str:
        """Open the incident at the journal's time, and give its id."""
        opened = self("new", journal.playbook, "--title", journal.title.ja, at=journal.instant(journal.opens))
        return opened.out.strip()

    def play(self, journal: Journal, incident: str, lines: Iterable[Line], drafts: Path) -> None:
        """Type the commands of these lines, each at its time; notices are written into the folder `drafts`."""
        for line in lines:
            for words in commands(line, incident, drafts):
                self(*words, who=line.who, at=journal.instant(line.at))


def commands(line: Line, incident: str, drafts: Path) -> Iterator[list[str]]:
    """The words of each command that this act takes."""
    if line.step:
        yield from _step(line, incident)
    elif line.fact:
        said = [f"{name}={typed}" for name, typed in line.fact.items()]
        yield ["fact", incident, *said, "--status", line.status, *_options(source=line.source, as_of=line.as_of)]
    elif line.dataset:
        counted = ["--count", str(line.count), "--unit", line.unit]
        more = _options(fields=",".join(line.fields), sensitive=",".join(line.sensitive))
        yield ["dataset", incident, line.dataset, *counted, *more, *_options(as_of=line.as_of, source=line.source)]
    elif line.row:
        yield ["row", incident, line.row, *(f"--set={column}={typed}" for column, typed in line.values.items())]
    elif line.notice:
        yield _notice(line, incident, drafts)
    elif line.close:
        yield ["close", incident, "--explain", line.close]
    else:
        yield ["note", incident, line.note, *_options(at=line.happened)]


def _notice(line: Line, incident: str, drafts: Path) -> list[str]:
    """What is done with a notice; every version begun is written to a file."""
    subject = [incident, line.notice]
    if line.act == "draft":
        return ["notice", "draft", *subject, "--new", "-o", str(drafts / f"{line.notice}.md")]
    more = _options(reason=line.reason, channel=line.channel, address=line.address)
    return ["notice", line.act, *subject, *([line.rule] if line.rule else []), *more]


def _step(line: Line, incident: str) -> Iterator[list[str]]:
    """Its warnings are acknowledged by name; whatever else is done to the step goes into one command."""
    if line.warnings:
        yield ["step", incident, line.step, "ack", *line.warnings]
    filled = [f"--set={field}={typed}" for field, typed in line.set.items()]
    ticked = [f"--check={check}" for check in line.check]
    if line.verb or filled or ticked:
        yield ["step", incident, line.step, line.verb or "fill", *filled, *ticked, *_options(at=line.happened)]


def _options(**given: str) -> list[str]:
    return [f"--{name.replace('_', '-')}={typed}" for name, typed in given.items() if typed]
