"""What a template sees of the questions people ask (`questions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from runbook.case import Case
from runbook.notices.phrases import Tone
from runbook.notices.views import FactView, Markdown, Used, View

if TYPE_CHECKING:
    from runbook.notices.questions import Question, Questions


class QuestionView(View):
    """A question that applies now. The answer is written when it is asked for: only then the notice rests on it."""

    SHOWS = frozenset({"question", "answer", "why", "case"})

    def __init__(self, question: Question, case: Case, tone: Tone, used: Used, context: Mapping[str, object]) -> None:
        self._question = question
        self._case = case
        self._tone = tone
        self._used = used
        self._context = context
        self.question = question.question
        self.why = question.why
        self.case = question.source.title.said(tone.language)

    @property
    def answer(self) -> Markdown:
        """The answer, in Markdown on one line."""
        facts = {name: FactView(name, self._case, self._tone, self._used) for name in self._question.uses}
        return Markdown(" ".join(self._question.answer.write({**facts, **self._context}).split()))


def asked(
    questions: Questions, kind: str, case: Case, tone: Tone, used: Used, context: Mapping[str, object]
) -> list[QuestionView]:
    """The questions that apply to a kind of notice as the case stands; one that may apply is among them."""
    return [
        QuestionView(question, case, tone, used, context)
        for question in questions.questions
        if kind in question.kinds and case.holds(question.when) is not False
    ]
