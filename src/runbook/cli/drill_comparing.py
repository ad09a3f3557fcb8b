"""A drill beside earlier ones of its scenario, as lines and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from runbook.cli.session import Session
from runbook.drills.comparing import Comparison
from runbook.drills.report_words import OUTCOMES, TRENDS
from runbook.speech import Language, say, speaker


def earlier_lines(beside: Comparison, session: Session) -> Iterator[str]:
    """The earlier drills with their scores, what changed since, and whether improvements worked."""
    speak, language = session.speak, session.language
    if beside.past:
        yield ""
        yield speak(say("Earlier drills of this scenario ({trend}):", trend=TRENDS[beside.trend]))
    for past in beside.past:
        score = say("{points} of {max}", points=past.score.points, max=past.score.max)
        yield f"  {past.held_at:%Y-%m-%d}  {past.incident}  {past.title}  {speak(score)}"
    for one in beside.changes:
        if one.trend in ("better", "worse"):
            yield f"  {speak(TRENDS[one.trend])}: {one.item.title.said(language)} [{one.item.id}]"
    if beside.verdicts:
        yield ""
        yield speak(say("Improvements planned after earlier drills:"))
    for verdict in beside.verdicts:
        yield f"  {speak(OUTCOMES[verdict.outcome])}: {verdict.plan.id}  {speak(verdict.said)}"


def earlier_shape(beside: Comparison, language: Language) -> dict[str, object]:
    """The same for programs; keys beside those of the score."""
    speak = speaker(language)
    return {
        "trend": beside.trend,
        "earlier": [
            {
                "id": past.incident,
                "title": past.title,
                "held_at": past.held_at.isoformat(timespec="seconds"),
                "score": past.score.points,
                "max": past.score.max,
            }
            for past in beside.past
        ],
        "trends": {one.item.id: one.trend for one in beside.changes},
        "improvements": [
            {"id": one.plan.id, "drill": one.past.incident, "outcome": one.outcome, "said": speak(one.said)}
            for one in beside.verdicts
        ],
    }
