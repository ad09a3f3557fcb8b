"""Build hook: compiles the catalogues, and ships the playbooks and templates inside the wheel.

Runs for wheels and for editable installs. The `.mo` files lie in the source tree, uncommitted, where an editable
install finds them; the content at the repository's root is copied only into a real wheel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = Path("src/runbook/locale")
CONTENT = ("playbooks", "templates")


def compile_catalogues(root: Path) -> list[Path]:
    """Write `LANGUAGE/LC_MESSAGES/runbook.mo` beside each `LANGUAGE.po`; gives what was written, relative to `root`."""
    written = []
    for source in sorted((root / CATALOGUES).glob("*.po")):
        target = CATALOGUES / source.stem / "LC_MESSAGES" / "runbook.mo"
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as po:
            catalogue = read_po(po, locale=source.stem, abort_invalid=True)
        # Renamed into place: a program that is just starting reads the old catalogue or the new one.
        half_written = (root / target).with_suffix(".mo.new")
        with half_written.open("wb") as mo:
            write_mo(mo, catalogue)
        half_written.replace(root / target)
        written.append(target)
    return written


class Content(BuildHookInterface[Any]):
    """What hatchling calls."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        catalogues = compile_catalogues(Path(self.root))
        if version == "standard":
            shipped = {str(path): str(path.relative_to("src")) for path in catalogues}
            shipped |= {folder: f"runbook/_content/{folder}" for folder in CONTENT}
            build_data["force_include"].update(shipped)
