"""What other files declare: names that must agree with them, or be free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from runbook.declared import FactSpec
from runbook.regime import Regime


class Elsewhere(msgspec.Struct, frozen=True):
    """The facts that playbooks and laws declare for themselves, and the file each duty stands in."""

    facts: Mapping[str, FactSpec]
    duties: Mapping[str, str]

    def and_laws(self, regimes: Iterable[tuple[str, Regime]]) -> Elsewhere:
        """These, and what laws declare, each given with its file; what was declared before stands."""
        facts: dict[str, FactSpec] = {}
        duties: dict[str, str] = {}
        for file, regime in regimes:
            facts = {**regime.facts, **facts}
            duties = {**{duty.id: file for duty in regime.duties}, **duties}
        return Elsewhere({**facts, **self.facts}, {**duties, **self.duties})


NOTHING = Elsewhere(MappingProxyType({}), MappingProxyType({}))
