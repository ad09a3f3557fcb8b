"""docs/cli.md is what the commands say of themselves."""

from __future__ import annotations

from runbook.cli.root import FAMILIES
from tools.reference import PLACE, reference


def test_the_reference_is_up_to_date() -> None:
    assert PLACE.read_text("utf-8") == reference(), "run “python -m tools.reference”"


def test_it_names_every_command() -> None:
    page = reference()
    for names in FAMILIES.values():
        for name in names:
            assert f"\n## runbook {name}\n" in page
    assert "\n## runbook notice check\n" in page
