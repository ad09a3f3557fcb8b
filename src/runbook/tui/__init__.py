"""The screens. `run` opens them over a desk; nothing of Textual is imported before it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runbook.desk import Desk
    from runbook.speech import Language


def run(desk: Desk, language: Language, *, incident: str = "", ascii: bool = False) -> int:
    """Open the screens, on `incident` (a unique beginning of its id) or on the list of all; give the exit code.

    `ascii` keeps signs and frames to ASCII. Raises Refused where the terminal cannot show the screens or there is no
    such incident.
    """
    from runbook.tui import terminal

    terminal.prepare()
    case = desk.case(desk.find(incident)) if incident else None
    from runbook.tui.app import RunbookApp

    app = RunbookApp(desk, language, case=case, ascii=ascii)
    app.run()
    return app.return_code or 0
