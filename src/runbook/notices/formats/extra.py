"""What is said where the optional extra is not installed."""

from __future__ import annotations

from runbook.errors import BadContent
from runbook.notices.documents import FormatName
from runbook.speech import say


def not_installed(format: FormatName) -> BadContent:
    """The refusal, with how to get it and what works without."""
    return BadContent(
        say("{format} cannot be written here: it needs the extra “documents”.", format=format),
        say(
            "Install it: pip install 'lost-media-runbook[documents]'. The formats html, txt, md and eml work without: "
            "a browser prints html as PDF, and Word opens it."
        ),
    )
