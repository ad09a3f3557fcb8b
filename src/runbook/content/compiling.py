"""A playbook together with the laws it is worked under and the method severity is judged by: what an incident keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from runbook.content.elsewhere import NOTHING, Elsewhere
from runbook.content.mistakes import Mistakes
from runbook.content.playbooks import read_playbook
from runbook.content.regimes import read_regime
from runbook.content.scenarios import read_scenario
from runbook.content.severity import read_method
from runbook.errors import BadContent
from runbook.method import Method
from runbook.notice_kinds import NoticeKind
from runbook.playbook import Playbook
from runbook.regime import Regime
from runbook.speech import Bilingual, say, speaker

SCENARIO = "scenario"
"""The part that a drill's scenario is kept as."""
REGIME = "regime:"
"""Before the name of a regime, among the parts an incident keeps."""
UNREAD = "unread:"
"""Before the name of a part whose file was no text at all: it says what was wrong with that."""


def compile_playbook(texts: Mapping[str, str], where: str, kinds: Iterable[NoticeKind] | None = None) -> Playbook:
    """The playbook of these texts, by their part. Raises Mistakes for one in the playbook itself.

    A regime, or the severity method, with mistakes is left out, and what is wrong with it is kept to be said where it
    is missed: an incident must not wait for it. The facts of a regime come after the playbook's own. A drill's
    scenario is among the texts, too; mistakes in that are raised.
    """
    parts = tuple((part, text) for part, text in texts.items() if part != SCENARIO)
    compiled = _compiled(parts, where, None if kinds is None else tuple(kinds))
    return compiled if SCENARIO not in texts else _with_scenario(compiled, texts[SCENARIO])


def _with_scenario(playbook: Playbook, text: str) -> Playbook:
    return msgspec.structs.replace(playbook, scenario=read_scenario(text, playbook, "scenario.yaml"))


@lru_cache(maxsize=4)
def _compiled(parts: tuple[tuple[str, str], ...], where: str, kinds: tuple[NoticeKind, ...] | None) -> Playbook:
    """The same texts give the same playbook: compiling one takes a tenth of a second, most of it for the laws."""
    texts = dict(parts)
    playbook = read_playbook(texts["playbook"], texts["facts"], where, kinds)
    regimes, unread = compile_regimes(texts, Elsewhere(playbook.facts, {}))
    facts = dict(playbook.facts)
    for regime in regimes:
        facts |= {name: fact for name, fact in regime.facts.items() if name not in facts}
    method, problem = _compile_method(texts)
    return msgspec.structs.replace(
        playbook, facts=facts, regimes=regimes, unread=unread, method=method, method_unread=problem
    )


def _compile_method(texts: Mapping[str, str]) -> tuple[Method | None, Bilingual | None]:
    """The method severity is judged by, or what is wrong with it; neither in an edition that had none."""
    if unread := texts.get(f"{UNREAD}severity"):
        return None, msgspec.json.decode(unread, type=Bilingual)
    if "severity" not in texts:
        return None, None
    try:
        return read_method(texts["severity"], texts["facts"], "severity.yaml"), None
    except Mistakes as wrong:
        return None, _brief(wrong)


def compile_regimes(
    texts: Mapping[str, str], elsewhere: Elsewhere = NOTHING
) -> tuple[tuple[Regime, ...], tuple[Bilingual, ...]]:
    """The regimes among these texts, each agreeing with those before it, and what is wrong with those left out."""
    regimes: list[Regime] = []
    unread: list[Bilingual] = []
    for part, text in texts.items():
        if part.startswith(f"{UNREAD}{REGIME}"):
            unread.append(msgspec.json.decode(text, type=Bilingual))
        elif part.startswith(REGIME):
            file = f"{part.removeprefix(REGIME)}.yaml"
            try:
                regime = read_regime(text, texts["facts"], file, elsewhere)
            except Mistakes as wrong:
                unread.append(_brief(wrong))
            else:
                regimes.append(regime)
                elsewhere = elsewhere.and_laws([(file, regime)])
    return tuple(regimes), tuple(unread)


def unread(wrong: BadContent, file: str) -> str:
    """The part an incident keeps in place of a file that was no text."""
    if isinstance(wrong, Mistakes):
        wrong = Mistakes([msgspec.structs.replace(one, file=file) for one in wrong.mistakes])
    return msgspec.json.encode(_brief(wrong)).decode()


def _brief(wrong: BadContent) -> Bilingual:
    """What is wrong on one line, beside the clocks: the first mistake, and how many more there are."""
    first, more = wrong.message, 0
    if isinstance(wrong, Mistakes):
        first, more = wrong.mistakes[0].said, len(wrong.mistakes) - 1
    whole = say("{mistake} (and {count} more)", mistake=first, count=more) if more else first
    return Bilingual(speaker("ja")(whole), speaker("en")(whole))
