"""What of an incident other programs can read: one module a format, one row here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from runbook.case import Case
from runbook.export import ics
from runbook.speech import Language

Export: TypeAlias = Callable[[Case, Language], bytes]
"""Writes a case, in a language, as the bytes of a file. The same record gives the same bytes."""

FORMATS: dict[str, Export] = {"ics": ics.write}
"""By the name that the command line uses, which is the end of its files' names."""
