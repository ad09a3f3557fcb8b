"""What a template sees of the severity worksheet. It is a help for judging; no notice hangs on its result."""

from __future__ import annotations

from runbook.case import Case
from runbook.notices.phrases import Tone
from runbook.notices.views import Used, View, Word
from runbook.severity import Line, Span, assess


class JudgedView(View):
    """A line of the worksheet: what was chosen, or is suggested by the facts, its score, and why a person chose so."""

    SHOWS = frozenset({"title", "choice", "score", "reason"})

    def __init__(self, line: Line, tone: Tone, used: Used) -> None:
        self._line = line
        self._tone = tone
        self._used = used
        self.title = line.element.title.said(tone.language)
        self.score = _hundredths(line.span)

    @property
    def choice(self) -> str:
        chosen = self._line.chosen
        return chosen.title.said(self._tone.language) if chosen else Word(self._tone.phrases.unknown)

    @property
    def reason(self) -> str:
        """In the words of whoever chose; “suggested by the facts” where nobody did."""
        judged, phrases = self._line.judged, self._tone.phrases
        if judged is not None:
            return self._used.text("severity", (judged.reason.text or "").strip()) or phrases.unknown
        return phrases.suggested if self._line.chosen else Word(phrases.unknown)


class SeverityView(View):
    """The result: `score` (a range while lines are open), `band` (every level it may be in), the `method` with the
    `note` on what it is not, and the `judged` lines."""

    SHOWS = frozenset({"method", "note", "score", "band", "judged"})

    def __init__(self, case: Case, tone: Tone, used: Used) -> None:
        found = assess(case)
        language = tone.language
        self.judged = [JudgedView(line, tone, used) for line in found.lines] if found else []
        self.method = found.method.title.said(language) if found else ""
        self.note = found.method.note.said(language) if found else ""
        self.score = _hundredths(Span(found.low, found.high)) if found else ""
        bands = [band.title.said(language) for band in found.bands] if found else []
        self.band = tone.phrases.either.format(bands[0], bands[-1]) if len(bands) > 1 else "".join(bands)


def _hundredths(span: Span) -> str:
    least, most = f"{span.low / 100:.2f}", f"{span.high / 100:.2f}"
    return least if least == most else f"{least} - {most}"
