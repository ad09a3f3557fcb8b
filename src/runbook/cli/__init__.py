"""The command line: thin. Each command reads its options, makes one call to the desk, and prints what came of it.

Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 refused or findings, 2 wrong usage or bad
content, 3 store unreachable, 4 chain broken, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from types import TracebackType

import click

from runbook.cli import streams
from runbook.cli.helping import usage_error
from runbook.cli.language import language_of
from runbook.cli.root import root
from runbook.cli.session import Session
from runbook.clock import Clock, system_clock
from runbook.errors import RunbookError, reason
from runbook.speech import say

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None, *, clock: Clock = system_clock) -> int:
    """Run one command and give its exit code. `clock` is the wall clock; tests set their own."""
    args = list(sys.argv[1:] if argv is None else argv)
    session = Session(language_of(args, os.environ), clock)
    try:
        if warning := streams.prepare():
            session.tell(warning)
        return _run(args, session)
    except BrokenPipeError:
        # Whoever read the output has seen enough; what was recorded is recorded.
        return 0
    finally:
        streams.let_go()


def _run(args: list[str], session: Session) -> int:
    try:
        # Not click's own main: it has an answer to a closed pipe that is not ours.
        with closing(session), root.make_context("runbook", args, obj=session) as ctx:
            code: object = root.invoke(ctx)
        streams.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as end:
        streams.flush()
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:
        session.tell(asked.message)
        return 2
    except click.ClickException as wrong:
        return session.fail(usage_error(wrong))
    except RunbookError as failure:
        return session.fail(failure)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        streams.let_go()
        return session.fail(_refused_by_system(error))


def _refused_by_system(error: OSError) -> RunbookError:
    """Such as a full disk behind standard output. The record's own troubles have sentences of their own."""
    why = reason(error)
    if error.filename is not None:
        return RunbookError(say("The system refused {file}: {why}.", file=str(error.filename), why=why))
    return RunbookError(say("The system refused: {why}.", why=why))


def last_resort(kind: type[BaseException], failure: BaseException, _: TracebackType | None) -> None:
    """For `sys.excepthook`: a mistake of this program becomes one sentence; its traceback goes to a file."""
    if issubclass(kind, KeyboardInterrupt):
        return
    from runbook.tui.crash import write_down

    session = Session(language_of(sys.argv[1:], os.environ), system_clock)
    place = write_down(failure, system_clock())
    session.tell(say("This program made a mistake and had to stop. What was recorded is safe."))
    if place is not None:
        session.tell(say("Please pass on this file to whoever looks after the program: {file}", file=str(place)))
