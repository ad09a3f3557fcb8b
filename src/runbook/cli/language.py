"""Which language to speak, decided before the command line is parsed: its complaints need one too."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from runbook.speech import LANGUAGES, Language

_WITH_VALUE = ("--db", "--as", "--tz")


def language_of(args: Sequence[str], environ: Mapping[str, str]) -> Language:
    """`--lang` among the options before the command, else RUNBOOK_LANG, else the locale, else English."""
    wanted = [_asked(args), environ.get("RUNBOOK_LANG", "")]
    wanted.append(next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), ""))
    if sys.platform == "win32":
        import locale

        wanted.append(locale.getlocale()[0] or "")
    for word in wanted:
        for language in LANGUAGES:
            if word[:2].lower() == language:
                return language
    return "en"


def _asked(args: Sequence[str]) -> str:
    rest = iter(args)
    for arg in rest:
        if arg == "--lang":
            return next(rest, "")
        if arg.startswith("--lang="):
            return arg.removeprefix("--lang=")
        if arg in _WITH_VALUE:
            next(rest, "")
        elif not arg.startswith("-"):
            break
    return ""
