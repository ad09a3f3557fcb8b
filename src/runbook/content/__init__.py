"""Content: the playbooks, the facts they share, the laws and the kinds of notice, from YAML that users may edit.

Finds the files and reads them into the structs of `playbook`, `regime`, `method` and `notice_kinds`; what is wrong is
named all at once, by file and line. The only part of the program that knows YAML; whoever has a compiled playbook need
not import it.
"""

from __future__ import annotations

from runbook.content.compiling import compile_playbook
from runbook.content.find import GUARDRAILS, Content
from runbook.content.mistakes import Mistake, Mistakes
from runbook.content.playbooks import check_playbook, read_kinds, read_playbook
from runbook.content.regimes import check_regime, read_regime
from runbook.content.trees import read_tree

__all__ = [
    "GUARDRAILS",
    "Content",
    "Mistake",
    "Mistakes",
    "check_playbook",
    "check_regime",
    "compile_playbook",
    "read_kinds",
    "read_playbook",
    "read_regime",
    "read_tree",
]
