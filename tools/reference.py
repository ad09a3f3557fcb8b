"""`python -m tools.reference`: writes docs/cli.md from the commands themselves. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from runbook.cli.helping import parameters, usage_line
from runbook.cli.root import root
from runbook.cli.session import Session
from runbook.clock import system_clock

PLACE = Path(__file__).parents[1] / "docs" / "cli.md"
_HEAD = """# The command line

Generated from the program by `python -m tools.reference`.

Data goes to standard output, talk to standard error. Exit codes: 0 done · 1 refused, or findings · 2 wrong usage or
bad content · 3 store unreachable · 4 chain broken · 130 interrupted.

TIME is ISO 8601 (with offset, or local to the incident's zone), `HH:MM` (the latest such time not after the
incident's clock), `MM-DD HH:MM`, `~TIME` or `TIME頃` for "about", a date alone for "hour unknown", or `unknown`.
INCIDENT is an incident's id or a unique beginning of it; STEP a step's id or its number, such as `3-2`.

| variable | what it sets |
| --- | --- |
| `RUNBOOK_DB` | the record's file, like `--db` |
| `RUNBOOK_LANG` | `ja` or `en`, like `--lang` |
| `RUNBOOK_ACTOR` | who acts, like `--as` |
| `RUNBOOK_TZ` | the zone of a new incident, like `--tz` |
| `RUNBOOK_CONTENT` | a folder with `playbooks/` and `templates/` of your own, which come before the shipped ones |
"""


def reference() -> str:
    """The whole page."""
    with click.Context(root, info_name="runbook", obj=Session("en", system_clock)) as ctx:
        return _HEAD + "".join(_section(ctx))


def _section(ctx: click.Context) -> Iterator[str]:
    session = ctx.find_object(Session)
    assert session is not None
    about = ctx.command.help or ""
    yield f"\n## {ctx.command_path}\n\n    {usage_line(ctx)}\n\n{about}\n"
    rows = [row for part in parameters(ctx, session.speak) for row in part if row[0] != "--help"]
    if rows:
        yield "\n| | |\n| --- | --- |\n"
        yield from ("| `{}` | {} |\n".format(name.replace("|", "\\|"), said) for name, said in rows)
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            command = ctx.command.get_command(ctx, name)
            assert command is not None
            with click.Context(command, info_name=name, parent=ctx) as inner:
                yield from _section(inner)


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
