"""The four looks, and the styles that carry a meaning in each. Colour never says anything alone: there is always a
sign."""

from __future__ import annotations

import msgspec
from textual.theme import Theme

from runbook.tui.presenting import Shades

MONO = "runbook-mono"
"""For NO_COLOR and terminals without colour: the terminal's own two colours, bold and reverse only."""

THEMES: tuple[Theme, ...] = (
    Theme(
        "runbook-dark",
        primary="#5fb3c8",
        warning="#f0b429",
        error="#ff6b6b",
        success="#7bc98f",
        accent="#5fb3c8",
        foreground="#dde3e8",
        background="#11161b",
        surface="#1a2128",
        panel="#232c35",
    ),
    Theme(
        "runbook-light",
        primary="#00657a",
        warning="#8a5a00",
        error="#b00020",
        success="#1a6f31",
        accent="#00657a",
        foreground="#1b1f24",
        background="#fbfaf6",
        surface="#f0eee6",
        panel="#e4e1d6",
        dark=False,
    ),
    Theme(
        "runbook-contrast",
        primary="#00ffff",
        warning="#ffd000",
        error="#ff5050",
        success="#50ff50",
        accent="#00ffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#202020",
        text_alpha=1.0,
    ),
)

MONO_THEME = Theme(
    MONO,
    ansi=True,
    primary="ansi_default",
    secondary="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"},
)

_SHADES = {
    "runbook-dark": Shades(
        bad="bold #ff6b6b",
        soon="#f0b429",
        good="#7bc98f",
        here="bold #5fd7e8",
        quiet="#8796a3",
        drill="bold #000000 on #f0b429",
    ),
    "runbook-light": Shades(
        bad="bold #b00020",
        soon="bold #8a5a00",
        good="#1a6f31",
        here="bold #00657a",
        quiet="#66635c",
        drill="bold #000000 on #ffc94d",
    ),
    "runbook-contrast": Shades(
        bad="bold #ff5050",
        soon="bold #ffd000",
        good="bold #50ff50",
        here="bold #00ffff",
        quiet="#c8c8c8",
        drill="bold #000000 on #ffd000",
    ),
    MONO: Shades(bad="bold", soon="bold", good="", here="bold", quiet="", drill="bold underline"),
}


def shades_of(theme: str, *, ascii: bool) -> Shades:
    """The styles of a theme."""
    shades = _SHADES.get(theme, _SHADES["runbook-dark"])
    return msgspec.structs.replace(shades, ascii=ascii)
