"""What a drill taught, put into the playbook: an item of the improvement plan as a change to the user's own copy.

The shipped file is never written: where the user has no copy yet, one is made of it. `apply` touches files; the rest is
pure.
"""

from __future__ import annotations

import difflib
import re
from datetime import date
from pathlib import Path

from runbook.content import Content
from runbook.content.patching import Part, with_item
from runbook.errors import BadContent
from runbook.events import Improvement
from runbook.notices.files import write_own
from runbook.speech import Bilingual, say


def patched(text: str, improvement: Improvement, day: date) -> str:
    """The playbook's `text` with the improvement's line or check at the end of its step, in the edition of `day`.

    Words in one language only stand in both. Everything else stays to the byte. Raises Refused where it is in already,
    BadContent where the item changes no playbook, or the text cannot be read or has no such step.
    """
    if not (improvement.step and improvement.add):
        raise BadContent(
            say("Improvement {id} changes nothing in the playbook.", id=improvement.id),
            say("Give it a step, and a line or a check to add."),
        )
    ja, en = ((prose.text or "").strip() if prose else "" for prose in (improvement.ja, improvement.en))
    if not ja and not en:
        raise BadContent(
            say("Improvement {id} has no text for the playbook.", id=improvement.id),
            say("Write the line or the check."),
        )
    part: Part = "checks" if improvement.add == "check" else "do"
    return with_item(text, improvement.step, part, Bilingual(ja or en, en or ja), _check_id(improvement.id), day)


def diff(old: str, new: str, name: str) -> str:
    """What changed in the file `name`, as a unified diff; "" where nothing did."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), f"a/{name}", f"b/{name}", n=2, lineterm="")
    return "".join(line + "\n" for line in lines)


def apply(content: Content, folder: Path, playbook: str, improvement: Improvement, day: date) -> Path:
    """Put an improvement into the copy of `playbook` in the user's `folder`, whole or not at all, and give the file.

    The next incident and the next drill are opened with it; those that are open keep theirs. Raises Refused, and
    BadContent where the result would not pass the check or cannot be written.
    """
    path, texts = content.edition(playbook)
    new = patched(texts["playbook"], improvement, day)
    content.compiled({**texts, "playbook": new}, str(path))
    return write_own(folder, f"playbooks/{playbook}.yaml", new)


def _check_id(id: str) -> str:
    """A name for a check, made of an improvement's."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", id).strip("-._") or "check"
