"""A playbook together with the laws it is worked under and the method severity is judged by: what an incident keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from runbook.content.mistakes import Mistakes
from runbook.content.playbooks import read_playbook
from runbook.content.regimes import read_regime
from runbook.content.severity import read_method
from runbook.notice_kinds import NoticeKind
from runbook.playbook import Playbook
from runbook.regime import Regime
from runbook.speech import Bilingual, speaker

REGIME = "regime:"
"""Before the name of a regime, among the parts an incident keeps."""


def compile_playbook(texts: Mapping[str, str], where: str, kinds: Iterable[NoticeKind] | None = None) -> Playbook:
    """The playbook of these texts, by their part. Raises Mistakes for one in the playbook itself.

    A regime with mistakes is left out, and what is wrong with it is kept to be said wherever clocks are shown: an
    incident must not wait for it. The facts of a regime come after the playbook's own.
    """
    playbook = read_playbook(texts["playbook"], texts["facts"], where, kinds)
    regimes: list[Regime] = []
    unread: list[Bilingual] = []
    for part, text in texts.items():
        if part.startswith(REGIME):
            try:
                regimes.append(read_regime(text, texts["facts"], f"{part.removeprefix(REGIME)}.yaml"))
            except Mistakes as wrong:
                unread.append(Bilingual(speaker("ja")(wrong.message), speaker("en")(wrong.message)))
    facts = dict(playbook.facts)
    for regime in regimes:
        facts |= {name: fact for name, fact in regime.facts.items() if name not in facts}
    return msgspec.structs.replace(
        playbook,
        facts=facts,
        regimes=tuple(regimes),
        method=read_method(texts["severity"], texts["facts"], "severity.yaml") if "severity" in texts else None,
        unread=tuple(unread),
    )
