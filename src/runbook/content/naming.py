"""What the entries of a law or a method may name: facts and sources, and which of them were named at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from runbook.content.checks import never_holds
from runbook.content.reading import Entry
from runbook.content.steps import read_condition
from runbook.declared import FactSpec, Source
from runbook.speech import Message, say


class Names:
    """The facts and sources there are; it remembers which sources were named."""

    def __init__(self, facts: Mapping[str, FactSpec], sources: Mapping[str, Source]) -> None:
        self.facts = facts
        self.sources = sources
        self.cited: set[str] = set()

    def source(self, at: Entry, key: str = "source") -> str:
        """The source under `key`; "" where there is none."""
        source = at.reference(key, self.sources, say("source"))
        self.cited.add(source)
        return source

    def sources_of(self, at: Entry) -> tuple[str, ...]:
        """The list of sources under `sources`."""
        sources = at.references("sources", self.sources, say("source"))
        self.cited.update(sources)
        return sources

    def when(self, at: Entry) -> str:
        """The condition under `when`, which some state of the facts must make true; "" where there is none."""
        text = read_condition(at, self.facts, ())
        if text and never_holds(text, self.facts, ()):
            at.wrong("when", say("This condition is never true."))
        return text


def name_unused(at: Entry, key: str, used: Collection[str], sort: Message) -> None:
    """Name what is declared under `key` and used nowhere in the file."""
    for name, line in at.lines(key).items():
        if name not in used:
            at.reader.wrong(line, say("Nothing here uses the {sort} “{name}”.", sort=sort, name=name))
