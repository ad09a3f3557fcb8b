"""The severity worksheet: every line with who chose it and why, the sum written out, and how it came to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import click

from runbook.actions.deciding import Decision, together
from runbook.actions.severity import judge, worksheet
from runbook.case import Case
from runbook.cli.parts import WHOLE, Command
from runbook.cli.session import Session, pairs
from runbook.cli.telling import drill_heading
from runbook.errors import BadContent
from runbook.method import Choice, Method
from runbook.saying import VERIFIED, words
from runbook.severity import (
    PARTS,
    Assessed,
    Assessment,
    Line,
    Span,
    band_words,
    choice_words,
    formula,
    grounds,
    history,
    points,
    result_words,
    span_words,
    stated,
    subject_words,
)
from runbook.speech import Argument, Language, Message, say, speaker

Shape = dict[str, object]
_ANSWERS = {True: "yes", False: "no", None: "unknown"}


@click.command("severity", cls=Command, help=say("Show the severity worksheet (ENISA 2013), or choose on it.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.option(
    "--set",
    "choices",
    multiple=True,
    metavar="LINE=CHOICE",
    help=say("Choose on a line, such as financial=full; needs --reason.").id,
)
@click.option(
    "--clear", "cleared", multiple=True, metavar="LINE", help=say("Go by the facts again; needs --reason.").id
)
@click.option("--reason", default="", metavar="T", help=say("Why it is chosen, or given back to the facts.").id)
@click.option("--if-seq", type=WHOLE, help=say("Refuse if someone changed it after this entry.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def severity(
    session: Session,
    incident: str,
    choices: tuple[str, ...],
    cleared: tuple[str, ...],
    reason: str,
    if_seq: int | None,
    json: bool,
) -> None:
    case = session.case(incident)
    wanted = [(element, choice.strip()) for element, choice in pairs(choices)]
    for element, choice in wanted:
        if not choice:
            raise BadContent(
                say("“{text}” is not of the form NAME=VALUE.", text=f"{element}="),
                say("Use --clear {name} to go by the facts again.", name=element),
            )
    wanted += [(element.strip(), "") for element in cleared]
    if wanted:
        acts: list[Decision] = [
            partial(judge, element=element, choice=choice, reason=reason) for element, choice in wanted
        ]
        case = session.do(case, together(*acts), if_seq).case
    elif reason:
        raise BadContent(say("A reason belongs to a choice."), say("Give it with --set or --clear."))
    found = worksheet(case)
    if json:
        session.json(shape(case, found, session.language))
    elif wanted:
        session.out(*drill_heading(case, session), *_result(found, session))
    else:
        session.out(*drill_heading(case, session), *_lines(case, found, session))


# For people


def _result(found: Assessment, session: Session) -> Iterator[str]:
    """The result, the sum written out, what it means, and what it is not."""
    tell = session.speak
    yield tell(say("Severity: {result}, {band}", result=result_words(found), band=band_words(found)))
    yield f"    {tell(formula(found))}"
    for band in found.bands:
        yield f"    {tell(say('{band}: {meaning}', band=band.title, meaning=band.meaning))}"
    yield found.method.note.said(session.language)


def _lines(case: Case, found: Assessment, session: Session) -> Iterator[str]:
    """The whole worksheet."""

    def tell(said: Argument) -> str:
        return session.speak(say("{text}", text=said))

    method = found.method
    yield tell(say("{method}, as of {day}", method=method.title, day=method.as_of))
    yield from _result(found, session)
    for part, named in PARTS.items():
        yield ""
        yield tell(say("{part}: {score}", part=named, score=span_words(found.span(part))))
        for line in found.of(part):
            yield from (f"  {said}" for said in _line(case, line, session))
    yield ""
    yield tell(say("Beside the score:"))
    for one in found.flags:
        mark = "!" if one.answer else "?" if one.answer is None else "."
        yield f"  {mark} {tell(_flag(one.flag.title, one.answer))}"
        if one.answer:
            yield f"      {tell(one.flag.text)}"
    yield ""
    yield tell(say("Sources:"))
    yield from (f"  {tell(said)}" for said in _sources(method))
    changes = history(case)
    if changes:
        yield ""
        yield tell(say("How it came to be:"))
        yield from (f"  {_change(case, one, session)}" for one in changes)


def _line(case: Case, line: Line, session: Session) -> Iterator[str]:
    speak, judged = session.speak, line.judged
    title = say("{title} [{id}]", title=line.element.title, id=line.element.id)
    if line.chosen is None:
        yield "? " + speak(say("{line}: open; choose one of:", line=title))
        for choice in line.element.choices:
            yield f"    {choice.id:<14} {points(choice.score):<5} {choice.title.said(session.language)}"
        return
    sign = "^" if line.moved else " " if judged is None else "v" if session.ascii else "✓"
    chosen = say("{choice} [{id}]", choice=choice_words(line.chosen), id=line.chosen.id)
    yield f"{sign} {speak(say('{title}: {choice}', title=title, choice=chosen))}"
    if judged is not None:
        at = f"{case.zoned(judged.touch.at):%Y-%m-%d %H:%M}"
        yield "    " + speak(
            say("chosen by {actor}, {at}: {reason}", actor=judged.touch.actor, at=at, reason=words(judged.reason))
        )
    named = stated(case, grounds(case, line))
    if judged is None:
        yield "    " + speak(say("by the facts ({facts})", facts=named))
    elif line.suggested is not None:
        yield "    " + speak(
            say("the facts suggest {choice} ({facts})", choice=choice_words(line.suggested), facts=named)
        )
    if line.moved:
        yield "    " + speak(say("judge it again; since then changed: {facts}", facts=stated(case, line.moved)))


def _flag(title: Argument, answer: bool | None) -> Message:
    if answer is None:
        return say("{flag}: not known yet", flag=title)
    return say("{flag}: holds", flag=title) if answer else say("{flag}: does not hold", flag=title)


def _sources(method: Method) -> Iterator[Message]:
    for source in method.sources.values():
        yield say("{source} ({checked})", source=source.title, checked=VERIFIED[source.verified])


def _change(case: Case, one: Assessed, session: Session) -> str:
    when = f"#{one.touch.seq}  {case.zoned(one.touch.at):%Y-%m-%d %H:%M}  {one.touch.actor}"
    said = say(
        "{subject}: {formula}, {band}",
        subject=subject_words(case, one.subject),
        formula=formula(one.assessment),
        band=band_words(one.assessment),
    )
    return f"{when}  {session.speak(said)}"


# For programs


def shape(case: Case, found: Assessment, language: Language) -> Shape:
    """The worksheet as JSON: scores in points, times ISO 8601, what is absent null."""
    return {
        "method": found.method.id,
        "title": found.method.title.said(language),
        "as_of": found.method.as_of,
        "note": found.method.note.said(language),
        "low": found.low / 100,
        "high": found.high / 100,
        "band": found.band.id if found.band else None,
        "bands": [band.id for band in found.bands],
        "formula": speaker(language)(formula(found)),
        "dpc": _span(found.dpc),
        "ei": _span(found.ei),
        "cb": _span(found.cb),
        "lines": [_line_shape(case, line, found.method, language) for line in found.lines],
        "flags": [
            {"id": one.flag.id, "title": one.flag.title.said(language), "raised": _ANSWERS[one.answer]}
            for one in found.flags
        ],
        "history": [
            {
                "seq": one.touch.seq,
                "recorded_at": case.zoned(one.touch.at).isoformat(timespec="seconds"),
                "actor": one.touch.actor,
                "subject": one.subject,
                "low": one.assessment.low / 100,
                "high": one.assessment.high / 100,
                "bands": [band.id for band in one.assessment.bands],
            }
            for one in history(case)
        ],
    }


def _span(span: Span) -> Shape:
    return {"low": span.low / 100, "high": span.high / 100}


def _line_shape(case: Case, line: Line, method: Method, language: Language) -> Shape:
    judged = line.judged
    return {
        "id": line.element.id,
        "part": line.element.part,
        "title": line.element.title.said(language),
        "ask": line.element.ask.said(language),
        "choice": line.chosen.id if line.chosen else None,
        "score": line.chosen.score / 100 if line.chosen else None,
        "suggested": line.suggested.id if line.suggested else None,
        "judged": judged
        and {
            "choice": judged.choice,
            "reason": judged.reason.text,
            "actor": judged.touch.actor,
            "recorded_at": case.zoned(judged.touch.at).isoformat(timespec="seconds"),
            "seq": judged.touch.seq,
        },
        "judge_again": list(line.moved),
        "choices": [_choice_shape(choice, method, language) for choice in line.element.choices],
    }


def _choice_shape(choice: Choice, method: Method, language: Language) -> Shape:
    worded = method.sources[choice.worded or choice.source]
    return {
        "id": choice.id,
        "score": choice.score / 100,
        "title": choice.title.said(language),
        "text": choice.text.said(language) if choice.text else None,
        "example": choice.example.said(language) if choice.example else None,
        "score_confidence": method.sources[choice.source].verified,
        "text_confidence": worded.verified,
    }


COMMANDS = (severity,)
