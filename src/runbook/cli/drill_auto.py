"""`runbook drill auto`: a recorded team plays a scenario without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from runbook.cli import drill_telling as told
from runbook.cli import telling
from runbook.cli.drill_paper import write_report
from runbook.cli.parts import SEED, WHOLE, Command
from runbook.cli.session import Session, as_json
from runbook.errors import BadContent, Refused, reason
from runbook.speech import say

if TYPE_CHECKING:
    from runbook.content import Content
    from runbook.desk import Desk
    from runbook.drills.scoring import Score
    from runbook.journal import Journal

_SCRIPTS = "playbooks/scripts"


@click.command(
    "auto",
    cls=Command,
    help=say("Let a recorded team play a scenario, and print the score. The same seed gives the same record.").id,
)
@click.argument("scenario", metavar="SCENARIO", help=say("The scenario's name; “runbook drill list” shows them.").id)
@click.argument("script", metavar="SCRIPT", help=say("The script's file, or the name of a shipped one.").id)
@click.option(
    "--seed", type=SEED, default="1", metavar="N", help=say("What ids and a random scenario are made from.").id
)
@click.option("--times", type=WHOLE, default=1, metavar="N", help=say("So many drills, seed by seed, a line each.").id)
@click.option("--keep", default="", metavar="FILE", help=say("Keep the record in this new file.").id)
@click.option("--report", default="", metavar="FILE", help=say("Write the report to this file, .md or .html.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def auto(
    session: Session, scenario: str, script: str, seed: int, times: int, keep: str, report: str, json: bool
) -> None:
    content = session.content().remembered()
    journal = script_of(content, script)
    if times != 1:
        if keep or report:
            raise BadContent(say("--keep and --report are for one drill."), say("Leave --times away."))
        for one in range(seed, seed + times):
            _line(session, content, scenario, journal, one)
        return
    if keep and Path(keep).expanduser().exists():
        raise Refused(say("{file} is there already.", file=keep), say("Name a new file."))
    desk, id = played(content, scenario, journal, seed)
    case, score = desk.case(id), _score(desk, id)
    if json:
        session.json({"id": id, "seed": seed, "head": case.incident.hash, **told.score_shape(score, session.language)})
    else:
        session.out(telling.heading(case, session), *told.score_lines(score, case, session))
    if report:
        write_report(session, desk, case, report)
    if keep:
        desk.backup(Path(keep))
        session.tell(say("Kept in {file}; open it with --db.", file=keep))


def _line(session: Session, content: Content, scenario: str, journal: Journal, seed: int) -> None:
    """One drill of many as a line of JSON."""
    desk, id = played(content, scenario, journal, seed)
    score = _score(desk, id)
    head = desk.case(id).incident.hash
    session.out(as_json({"seed": seed, "score": score.points, "max": score.max, "head": head}))


def script_of(content: Content, script: str) -> Journal:
    """The script in that file, or the shipped one of that name. Raises BadContent."""
    from runbook.content import read_tree
    from runbook.journal import read_journal

    path = Path(script).expanduser()
    if path.suffix in (".yaml", ".yml"):
        try:
            return read_journal(read_tree(path.read_bytes(), script), script)
        except OSError as error:
            raise BadContent(
                say("{file} cannot be read: {reason}.", file=script, reason=reason(error)),
                say("Check the path and your rights to the file."),
            ) from None
    shipped = f"{_SCRIPTS}/{script}.yaml"
    if not content.has(shipped):
        raise BadContent(
            say("There is no script “{name}”.", name=script), say("Give a file that ends in .yaml, or a name.")
        )
    return read_journal(content.tree(shipped), shipped)


def played(content: Content, scenario: str, journal: Journal, seed: int) -> tuple[Desk, str]:
    """The desk at which the script was played, with its record in memory, and the drill's id."""
    from runbook.drills.auto import SEAT, Player, Wall, drawn_from
    from runbook.opening import IN_MEMORY, open_desk

    wall = Wall(content.scenario(scenario, seed).starts)
    draw = drawn_from(seed, scenario)
    desk = open_desk(IN_MEMORY, journal.facilitator, seat=SEAT, clock=wall, content=content, entropy=draw)
    return desk, Player(desk, wall, journal).play(scenario, seed).incident.id


def _score(desk: Desk, id: str) -> Score:
    from runbook.drills.room import Room

    return Room(desk).score(id)
