"""How a case stands, as far as two records of it can be compared: without ids, numbers of entries and hashes."""

from __future__ import annotations

from typing import Any

from tests.journey.commands import CommandLine

REGISTERS = ("copies", "custody", "teams", "filings", "members", "measures")
COMPARED = {
    "note_written": ("occurred_at", "precision", "actor", "summary"),
    "warning_acknowledged": ("recorded_at", "actor", "summary"),
}
"""Entries that the status does not tell, by their type, with what is compared of each."""


def standing(read: CommandLine, incident: str) -> dict[str, Any]:
    """Facts, steps, data sets, deadlines, registers and notices of an incident; its notes, and who read which
    warning."""
    told = read("status", incident, "--json").json
    found = {name: told[name] for name in ("title", "mode", "closed_at", "steps", "facts", "datasets", "clocks")}
    found["notices"] = [notice["kind"] for notice in told["notices"]]
    for register in REGISTERS:
        found[register] = read("row", incident, register, "--json").json
    written = read("log", incident, "--json").json
    for kind, parts in COMPARED.items():
        found[kind] = sorted([entry[part] for part in parts] for entry in written if entry["type"] == kind)
    return found
