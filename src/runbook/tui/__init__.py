"""The screens. `run` opens them over a desk; nothing of Textual is imported before it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runbook.desk import Desk
    from runbook.speech import Language


def run(
    desk: Desk, language: Language, *, incident: str = "", place: str = "board", zone: str = "", ascii: bool = False
) -> int:
    """Open the screens, on `incident` (a unique beginning of its id) or on the list of all; give the exit code.

    `place` is the incident's place to begin at: its board, or the facilitator's "console" of a drill.
    `zone` is that of incidents opened here, if not their playbook's. `ascii` keeps signs and frames to ASCII, which
    happens by itself where the terminal draws frames two cells wide. Raises Refused where the terminal cannot show the
    screens, there is no such incident, or it is not a drill that has a console.
    """
    import gc
    import sys

    from runbook.actions.drills import scenario_in
    from runbook.tui import terminal
    from runbook.tui.probe import Probe

    # What is painted is written to the terminal by a thread of its own, which otherwise waits 5 ms for its turn.
    sys.setswitchinterval(0.0005)
    terminal.prepare()
    case = desk.case(desk.find(incident)) if incident else None
    if place == "console" and case is not None:
        scenario_in(case)
    probe = Probe()
    gc.disable()  # until the first paint: what is loaded now stays for good
    from runbook.tui.app import RunbookApp

    wide = probe.wide()
    app = RunbookApp(desk, language, case=case, place=place, zone=zone, ascii=ascii or wide, early=probe.early)
    app.run()
    return app.return_code or 0
