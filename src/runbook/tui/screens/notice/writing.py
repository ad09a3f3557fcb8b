"""Writing a notice to a file: its format, its name, and nothing overwritten unasked."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from runbook.notices.documents import FORMAT_NAMES, FormatName
from runbook.notices.files import is_there, write_whole
from runbook.notices.marks import marked_name
from runbook.speech import Message, say
from runbook.tui.screens.asking import Choose, Confirm
from runbook.tui.screens.asktext import AskLine

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp
    from runbook.tui.screens.notice.points import Seen

NAMES: dict[FormatName, Message] = {
    "md": say("md    Markdown"),
    "html": say("html  one page for a browser"),
    "txt": say("txt   plain text, 35 columns"),
    "docx": say("docx  Word"),
    "pdf": say("pdf   A4"),
    "eml": say("eml   an unsent mail"),
}
NEEDS: dict[FormatName, str] = {"docx": "pypandoc", "pdf": "typst"}
"""The packages of the extra that a format needs."""


def write(app: RunbookApp, seen: Seen) -> None:
    """Ask for a format and a name, and write the file."""
    case = app.case
    if case is None:
        return
    options = [(name, _offered(name)) for name in FORMAT_NAMES]
    app.push_screen(Choose(say("Write it in which format?"), options), partial(_chosen, app, seen))


def _offered(format: FormatName) -> Message:
    package = NEEDS.get(format)
    if package is None or find_spec(package) is not None:
        return NAMES[format]
    return say("{format} (needs the extra “documents”)", format=NAMES[format])


def _chosen(app: RunbookApp, seen: Seen, chosen: str | None) -> None:
    format = next((name for name in FORMAT_NAMES if name == chosen), None)
    case, drafting = app.case, seen.drafting
    if format is None or case is None:
        return
    name = marked_name(Path(f"{drafting.kind.slug}-{drafting.written}-{case.now:%m%d-%H%M}.{format}"), case.incident)
    if drafting.may_leave:
        hint = say("The folder is {folder}. It is exactly the approved text.", folder=str(Path.cwd()))
    else:
        hint = say("The folder is {folder}. It is marked as a draft.", folder=str(Path.cwd()))
    app.push_screen(AskLine(say("Write to which file?"), hint, value=str(name)), partial(_named, app, seen, format))


def _named(app: RunbookApp, seen: Seen, format: FormatName, name: str | None) -> None:
    case = app.case
    if name is None or not name.strip() or case is None:
        return
    path = marked_name(Path(name.strip()), case.incident)

    def sure(yes: bool | None) -> None:
        if yes:
            _write(app, seen, format, path)

    def looked(there: bool) -> None:
        if there:
            app.push_screen(Confirm(say("{file} exists already. Replace it?", file=str(path))), sure)
        else:
            sure(True)

    app.slow(partial(is_there, path), looked)


def _write(app: RunbookApp, seen: Seen, format: FormatName, path: Path) -> None:
    """Keep the version that is written, and write it."""
    case = app.case
    if case is None:
        return
    if not seen.drafting.frozen:
        app.act(seen.drafting.keep)

    def work() -> Path:
        from runbook.notices import formats

        document = app.desk.studio().document(seen.drafting, case)
        return write_whole(path, formats.write(document, format))

    app.slow(work, lambda real: app.tell(say("Written: {file}", file=str(real))))
