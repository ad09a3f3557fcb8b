"""Where the parts are put together: a record's file, the content and a name become a desk.

The one place that knows where things lie on this machine. Both front ends get their desk from here.

Environment: RUNBOOK_DB (the record's file), RUNBOOK_CONTENT (a folder with `playbooks/` and `templates/` of the
user's own), RUNBOOK_ACTOR (the name at the desk).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from runbook.actions.values import clean
from runbook.clock import Clock, system_clock
from runbook.desk import Desk
from runbook.errors import BadContent
from runbook.speech import say
from runbook.store import MEMORY, open_store

if TYPE_CHECKING:
    from runbook.content import Content

IN_MEMORY = MEMORY
"""The place of a record that is gone with its desk."""


def record_place(given: str = "") -> str:
    """The record's file: as given, else RUNBOOK_DB, else `runbook.db` in the user's data folder."""
    if place := given or os.environ.get("RUNBOOK_DB", ""):
        return place
    from platformdirs import user_data_path

    return str(user_data_path("runbook", appauthor=False) / "runbook.db")


def record_exists(given: str = "") -> bool:
    """Whether there is anything at the record's place. A folder one named that is missing is a mistake, not a no."""
    place = Path(record_place(given)).expanduser()
    try:
        place.stat()
    except FileNotFoundError:
        named = bool(given or os.environ.get("RUNBOOK_DB", ""))
        return named and not place.parent.is_dir()
    except OSError:
        return True
    return True


def content_folder() -> Path:
    """The folder of the user's own playbooks and templates; it need not exist."""
    if own := os.environ.get("RUNBOOK_CONTENT", ""):
        return Path(own).expanduser()
    from platformdirs import user_config_path

    return user_config_path("runbook", appauthor=False)


def actor_name(given: str = "") -> str:
    """The name at the desk: as given, else RUNBOOK_ACTOR, else the system's user. Raises BadContent without one."""
    name = given or os.environ.get("RUNBOOK_ACTOR", "") or _system_user()
    name = " ".join(clean(name, say("name")).split())
    if not name:
        raise BadContent(
            say("Nobody's name is known: every entry of the record needs one."),
            say("Give it with --as NAME or RUNBOOK_ACTOR."),
        )
    return name


def seat_name() -> str:
    """This seat, as the record tells it from others: the machine, the terminal if there is one, the program's run."""
    try:
        terminal = os.ttyname(sys.stdin.fileno()).removeprefix("/dev/") + " "
    except (AttributeError, OSError, ValueError):
        terminal = ""
    return f"{_machine()} {terminal}{os.getpid()}"


def _machine() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform  # a millisecond, which every command would feel

    return platform.node()


def open_content(user_folder: Path | None = None) -> Content:
    """The playbooks and templates of this user."""
    from runbook.content import Content

    return Content(user_folder or content_folder())


def open_desk(
    db: str = "",
    actor: str = "",
    *,
    seat: str = "",
    clock: Clock = system_clock,
    user_folder: Path | None = None,
    create: bool = False,
    content: Content | None = None,
    entropy: Callable[[int], bytes] = os.urandom,
) -> Desk:
    """A desk at the record. `create` makes a missing file, and its folder for this user only. `content` is that which
    was opened already, `entropy` what the desk draws ids and salts from.

    Raises StoreUnreachable where the record cannot be had, BadContent where no one's name is known.
    """
    place = record_place(db)
    name = actor_name(actor)
    if create and not db and "RUNBOOK_DB" not in os.environ:
        Path(place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = open_store(place, create=create)
    opened = partial(open_content, user_folder) if content is None else lambda: content
    return Desk(store, opened, clock, name, seat or seat_name(), entropy)


def open_given(file: Path, actor: str = "", *, clock: Clock = system_clock) -> Desk:
    """A desk at a record that somebody handed over, to be looked at only: reading leaves the file as it is.

    Raises as `open_desk` does.
    """
    store = open_store(str(file), create=False, lasting=False)
    return Desk(store, open_content, clock, actor_name(actor), seat_name())


def _system_user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
