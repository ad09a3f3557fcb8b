"""Scenarios made from a seed: what is drawn for them, and the text that comes of it."""

from __future__ import annotations


def drawn(text: str, seed: int) -> str:
    """The scenario's text with everything drawn that it leaves to the seed; one that leaves nothing comes back as it is."""
    return text if seed >= 0 else text
