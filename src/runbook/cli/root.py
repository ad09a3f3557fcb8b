"""The command `runbook`: its options, and where each of its commands is written."""

from __future__ import annotations

from importlib import import_module

import click

from runbook.cli.parts import Group, OneOf
from runbook.cli.session import Session
from runbook.speech import LANGUAGES, say

FAMILIES = {
    "incidents": ("new", "list", "status", "rename", "edition", "close"),
    "steps": ("step",),
    "facts": ("fact", "dataset", "row"),
    "record": ("note", "log", "amend", "undo", "redact", "verify", "backup"),
    "clocks": ("clocks",),
    "duties": ("duty",),
    "severity": ("severity",),
    "export": ("export",),
    "notices": ("notice",),
    "playbooks": ("playbook",),
    "drills": ("drill",),
    "demo": ("demo",),
}
"""Commands by the module that holds them; a module is imported when one of its commands is asked for."""


class Root(Group):
    """All commands, each family imported only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in FAMILIES.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        family = next((family for family, names in FAMILIES.items() if cmd_name in names), None)
        if family is None:
            return None
        found: tuple[click.Command, ...] = import_module(f"runbook.cli.{family}").COMMANDS
        return next(command for command in found if command.name == cmd_name)


@click.group(
    "runbook",
    cls=Root,
    invoke_without_command=True,
    help=say("Led through the hours after personal data goes missing. Without a command: the screens.").id,
)
@click.option("--db", default="", metavar="PATH", help=say("The record's file (RUNBOOK_DB).").id)
@click.option(
    "--lang", expose_value=False, type=OneOf(LANGUAGES), help=say("The language (RUNBOOK_LANG, else the locale).").id
)
@click.option("--as", "actor", default="", metavar="NAME", help=say("Who acts (RUNBOOK_ACTOR, else the user).").id)
@click.option("--tz", "zone", default="", metavar="ZONE", help=say("The zone of a new incident (RUNBOOK_TZ).").id)
@click.option("--ascii", is_flag=True, help=say("Use only ASCII for signs and frames.").id)
@click.option("--version", is_flag=True, help=say("Show the version and end.").id)
@click.pass_context
def root(ctx: click.Context, db: str, actor: str, zone: str, ascii: bool, version: bool) -> int | None:
    session: Session = ctx.obj
    if version:
        from runbook import __version__

        session.out(f"runbook {__version__}")
        ctx.exit()
    session.db, session.actor, session.zone, session.ascii = db, actor, zone, ascii
    if ctx.invoked_subcommand is not None:
        return None
    from runbook.cli import start

    return start.without_command(session)
