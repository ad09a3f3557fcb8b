"""`runbook demo`: the Amagasaki case, in a record of its own that is gone afterwards."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from runbook.cli import streams
from runbook.cli.parts import Command
from runbook.cli.session import Session
from runbook.clock import Clock
from runbook.desk import Desk
from runbook.errors import Refused
from runbook.speech import say

_CASE = "playbooks/cases/amagasaki-2022.yaml"


@click.command(
    "demo",
    cls=Command,
    help=say("Look around in the Amagasaki case as it stood on 23 June 2022 at 09:00, on a clock of its own.").id,
)
@click.option("--keep", default="", metavar="PATH", help=say("Keep the demo's record in this new file.").id)
@click.pass_obj
def demo(session: Session, keep: str) -> int | None:
    if keep and Path(keep).exists():
        raise Refused(say("{file} is there already.", file=keep), say("Name a new file, or open that one with --db."))
    session.tell(
        say("A demo: names at the desk are made up, and due times follow today's law."),
        say("In 2022 the city had no duty to report to the commission (APPI article 68: since 1 April 2023)."),
    )
    with tempfile.TemporaryDirectory(prefix="runbook-demo-") as folder:
        return _open(session, keep or str(Path(folder) / "demo.db"))


def _open(session: Session, db: str) -> int | None:
    from runbook.demo import play
    from runbook.journal import read_journal
    from runbook.opening import open_desk

    def seat(who: str, clock: Clock) -> Desk:
        return open_desk(db, who, seat="demo", clock=clock, create=True)

    incident = play(read_journal(session.content().tree(_CASE), _CASE), seat, session.clock, session.language)
    session.db = db
    if not streams.at_terminal():
        from runbook.cli.incidents import overview

        overview(session)
        return None
    from runbook.cli.start import screens

    return screens(session, incident)


COMMANDS = (demo,)
