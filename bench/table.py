"""What is measured, as rows of a table: against a baseline of the same run where there is a goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median, quantiles
from typing import NamedTuple

HEAD = ("What", "Goal", "Measured", "Baseline", "Ratio", "")


class Row(NamedTuple):
    """One line. `met` is None where there is no goal, or nothing could be measured."""

    what: str
    measured: str
    goal: str = ""
    baseline: str = ""
    ratio: float | None = None
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        verdict = {True: "ok", False: "**missed**", None: "not measured" if self.goal else ""}[self.met]
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        return (self.what, self.goal, self.measured, self.baseline, ratio, verdict)


def against(what: str, measured: float, most: float, name: str, baseline: float) -> Row:
    """A duration (seconds) that should be at most `most` times a baseline's."""
    ratio = measured / baseline
    shown = f"{name} {milliseconds(baseline)}"
    return Row(what, milliseconds(measured), f"at most {most:g} x", shown, ratio, ratio <= most)


def beyond(what: str, measured: float, name: str, baseline: float) -> Row:
    """A duration (seconds) beside another one, for information."""
    return against(what, measured, 0, name, baseline)._replace(goal="", met=None)


def mebibytes(size: int) -> str:
    return f"{size / 2**20:.0f} MiB"


def milliseconds(seconds: float) -> str:
    """A duration with three digits that count."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds * 1000:.0f} ms"


def middle(samples: Sequence[float]) -> float:
    return median(samples)


def slowest(samples: Sequence[float]) -> float:
    """The 99th percentile."""
    return quantiles(samples, n=100, method="inclusive")[98]


def plain(rows: Sequence[Row]) -> Iterator[str]:
    """The table for a terminal."""
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    for line in lines:
        yield "  ".join(cell.replace("**", "").ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def markdown(rows: Sequence[Row]) -> Iterator[str]:
    """The table for a page."""
    yield f"| {' | '.join(HEAD)} |"
    yield "|" + " --- |" * len(HEAD)
    for row in rows:
        yield f"| {' | '.join(row.cells)} |"
