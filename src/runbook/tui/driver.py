"""Textual's driver for POSIX terminals, made to survive what real terminals do: hang up, send bytes that are no UTF-8,
paste ten megabytes. It rests on Textual's private parts, which is one reason why its minor version is pinned.
"""

from __future__ import annotations

import asyncio
import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste
from textual.message import Message

from runbook.actions.values import MAX_TEXT
from runbook.tui import crash
from runbook.tui.typeahead import caught_up

if TYPE_CHECKING:
    from textual.app import App

HUNG_UP = 129
"""The exit code of a program whose terminal went away: 128 and SIGHUP's number."""
REST = 0.03
"""Seconds after a key before widgets are asked whether they have handled it: what it brings is painted first."""


class TerminalDriver(LinuxDriver):
    """The driver. Where the terminal is gone it ends the app, which may read that as it likes."""

    def __init__(
        self, app: App[None], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert self._file is not None
        self._file = Sink(self._file)  # type: ignore[assignment]
        self._unsure = False

    def _run_input_thread(self) -> None:
        with crash.Reported(self._app):
            self.run_input_thread()

    def run_input_thread(self) -> None:
        """Read keys until the app ends or the terminal hangs up (a read of nothing, which Textual would spin on)."""
        parser = XTermParser(self._debug)
        pastes = Pastes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            early: bytes = getattr(self._app, "early", b"")
            while not self.exit_event.is_set():
                typed = bool(early or selector.select(REST if self._unsure else 0.1))
                self._settle()
                if typed and not self.exit_event.is_set():
                    read, early = early or self._read(), b""
                    if not read:
                        self._app.call_later(self._app.exit, None, HUNG_UP)
                        return
                    for part in pastes.take(decode(read)):
                        for message in [part] if isinstance(part, Paste) else parser.feed(part):
                            self._pass_on(message)
                for message in parser.tick():
                    self._pass_on(message)

    def _pass_on(self, message: Message) -> None:
        """Give the app what was typed, but only when the key before it is handled.

        On a slow line several keys arrive at once. Textual would act on an enter before the field has taken the letters
        in front of it, and lose what is typed while a window opens.
        """
        self._settle()
        self.process_message(message)
        self._unsure = isinstance(message, Key | Paste)

    def _settle(self) -> None:
        """Wait until the last key is handled, or the app ends. Nothing is read meanwhile: it may be for another
        program, which that key opened."""
        if self._unsure:
            self._unsure = False
            handled = asyncio.run_coroutine_threadsafe(caught_up(self._app), self._loop)
            while not self.exit_event.is_set():
                with suppress(TimeoutError, CancelledError):
                    handled.result(0.05)
                    break

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 65536)
        except OSError:
            return b""


class Pastes:
    """Takes pastes out of what is typed before the parser, which looks at every letter, has to walk through them.

    Of a paste no more is kept than one letter beyond what a text may have: enough to see that it is too long.
    """

    def __init__(self) -> None:
        self._paste: list[str] | None = None
        self._length = 0
        self._tail = ""

    def take(self, data: str) -> Iterator[str | Paste]:
        """The typed parts of `data` and the pastes completed in it, in order. Never an empty string."""
        while data:
            if self._paste is None:
                typed, begun, data = data.partition(BRACKETED_PASTE_START)
                if typed:
                    yield typed
                if begun:
                    self._paste, self._length, self._tail = [], 0, ""
                continue
            inside, ended, data = (self._tail + data).partition(BRACKETED_PASTE_END)
            # The end mark may come in two pieces: the last few letters are looked at again.
            sure = len(inside) if ended else max(0, len(inside) - len(BRACKETED_PASTE_END) + 1)
            self._add(inside[:sure])
            self._tail = inside[sure:]
            if ended:
                yield Paste("".join(self._paste).replace("\0", ""))
                self._paste = None

    def _add(self, text: str) -> None:
        if self._paste is not None and self._length <= MAX_TEXT:
            self._paste.append(text[: MAX_TEXT + 1 - self._length])
            self._length += len(text)


class Sink:
    """Where the driver writes. What a terminal that hung up cannot take any more is dropped."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()
