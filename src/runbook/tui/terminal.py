"""The terminal: what it must be able to do, how it ends, and the keys an open input method sends."""

from __future__ import annotations

import os
import sys

from runbook.errors import Refused
from runbook.speech import say


def prepare() -> None:
    """Set what Textual reads from the environment when it is imported. Raises Refused where no screen can be drawn."""
    env = os.environ
    if env.get("TERM", "") == "dumb":
        raise Refused(
            say("This terminal (TERM=dumb) cannot show full screens."),
            say("Use the commands instead, such as “runbook list”, or another terminal."),
        )
    encoding = sys.__stderr__.encoding if sys.__stderr__ else "utf-8"
    if encoding.lower().replace("-", "").replace("_", "") != "utf8":
        raise Refused(
            say("This terminal's locale is not UTF-8 ({encoding}): Japanese cannot be shown in it.", encoding=encoding),
            say("Start the program as: LC_ALL=C.UTF-8 runbook"),
        )
    # The protocol loses what Japanese input methods send in several terminals.
    env.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    if not env.get("NO_COLOR"):
        env.pop("NO_COLOR", None)  # no-color.org: an empty one means nothing; Textual takes it for a yes
    if env.get("TERM", "").startswith("vt") or env.get("TERM", "").endswith(("-m", "-mono")):
        env["NO_COLOR"] = "1"


_KANA_KEYS = {
    "あ": "a",
    "い": "i",
    "う": "u",
    "え": "e",
    "お": "o",
    "ん": "n",
    "・": "/",
    "「": "[",
    "」": "]",
    "\u3000": " ",
}
"""What a Japanese input method makes of a single key, besides full-width letters."""


def half_width(character: str | None) -> str | None:
    """The key meant by a character that an open input method sent; None where it is an ordinary one."""
    if character is None or len(character) != 1:
        return None
    if "！" <= character <= "～":
        return chr(ord(character) - 0xFEE0)
    return _KANA_KEYS.get(character)
