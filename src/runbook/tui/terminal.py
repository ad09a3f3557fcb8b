"""The terminal: what it must be able to do, how it ends, and the keys an open input method sends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

from runbook.actions.values import MAX_TEXT
from runbook.errors import Refused
from runbook.speech import Message, say
from runbook.wording.safe import for_terminal

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver
    from textual.events import Key


def prepare() -> None:
    """Set what Textual reads from the environment when it is imported. Raises Refused where no screen can be drawn."""
    env = os.environ
    if env.get("TERM", "") == "dumb":
        raise Refused(
            say("This terminal (TERM=dumb) cannot show full screens."),
            say("Use the commands instead, such as “runbook list”, or another terminal."),
        )
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        raise Refused(
            say("The screens are drawn on standard error, which is not a terminal here."),
            say("Start the program without redirecting its output."),
        )
    encoding = sys.__stderr__.encoding
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


def driver() -> type[Driver] | None:
    """The driver to use; None for Textual's own choice (Windows, or one named in the environment, as in a browser)."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from runbook.tui.driver import TerminalDriver

    return TerminalDriver


def end_cleanly(app: App[None]) -> None:
    """Let the signals that end programs end this one with its terminal put right, and the exit code they ask for.

    Call it in the running app. A hang-up that is ignored (nohup) stays so: then the driver finds the terminal gone.
    """
    if sys.platform == "win32" or app.is_headless:
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, app.exit, None, 128 + number)


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


def key_meant(key: Key) -> Key:
    """The half-width key, for one that an open input method sent."""
    half = half_width(key.character)
    if half is None:
        return key
    from textual.events import Key as Typed
    from textual.keys import _character_to_key

    return Typed(_character_to_key(half), half)


def safe_paste(text: str) -> str:
    """Pasted text with everything in it visible that could steer a terminal; line ends stay."""
    return for_terminal(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "  "), multiline=True)


def too_long() -> tuple[Message, Message]:
    """What is said of a paste that no field takes."""
    most = f"{MAX_TEXT:,}"
    return (
        say("That is too much to paste; {most} characters are the most. Nothing was pasted.", most=most),
        say("Keep long material in a file and record its name."),
    )


def several_lines() -> tuple[Message, Message]:
    """What is said of a paste of which a field of one line would keep the first: 80 of 80⏎000."""
    return (
        say("Several lines were to be pasted where one is typed. Nothing was pasted."),
        say("Paste them one at a time."),
    )


def half_width(character: str | None) -> str | None:
    """The key meant by a character that an open input method sent; None where it is an ordinary one."""
    if character is None or len(character) != 1:
        return None
    if "！" <= character <= "～":
        return chr(ord(character) - 0xFEE0)
    return _KANA_KEYS.get(character)
