"""The severity worksheet as a list, and all about each of its rows. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from runbook.duty import Judged
from runbook.method import Choice, Element, Part
from runbook.saying import words
from runbook.severity import (
    PARTS,
    Assessed,
    Assessment,
    Line,
    Raised,
    asks,
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
from runbook.speech import Argument, Message, say
from runbook.tui.presenting import fit, spread
from runbook.tui.teller import Teller
from runbook.tui.telling import minute
from runbook.tui.widgets.pane import Piece

RESULT = "result"
NO_LAW = say("a help, not law")
_TITLE, _SCORE = 22, 4
"""Cells of the columns before what is chosen."""


def layout(found: Assessment) -> list[str]:
    """The keys of the rows: the result, the parts with their lines, the flags; headings begin with "group:"."""
    keys = [RESULT]
    for part in PARTS:
        keys += [f"group:{part}", *(f"line:{line.element.id}" for line in found.of(part))]
    return [*keys, "group:flags", *(f"flag:{one.flag.id}" for one in found.flags)]


def headline(found: Assessment, tell: Teller, width: int) -> Text:
    """What it is, the result in words, and what it is not."""
    left = Text.assemble((f" {tell(say('Severity'))}  ", "bold"))
    left.append(tell(say("{result}, {band}", result=result_words(found), band=band_words(found))), "bold")
    left.append(f"  {tell(NO_LAW)}", tell.shades.quiet)
    right = Text()
    if again := sum(bool(line.moved) for line in found.lines):
        right.append(f"^ {tell(say('{n} to judge again', n=again))} ", tell.shades.soon)
    elif found.open:
        right.append(f"? {tell(say('{n} open', n=len(found.open)))} ")
    return spread(left, right, width)


# Rows


def row(key: str, found: Assessment, tell: Teller, width: int, here: bool) -> Text:
    """The line of one key."""
    kind, _, id = key.partition(":")
    match kind:
        case "group":
            return _heading(id, found, tell)
        case "line" if line := found.line(id):
            return _line_row(line, tell, width, here)
        case "flag":
            one = next(one for one in found.flags if one.flag.id == id)
            return _row(_flag_sign(one, tell), tell(one.flag.title), "", _flag_words(one), tell, width, here)
    pointer = (f"{tell.shades.pointer if here else ' '}   ", tell.shades.here)
    return Text.assemble(pointer, (fit(tell(formula(found)), max(1, width - 4)), tell.shades.here if here else "bold"))


def _heading(id: str, found: Assessment, tell: Teller) -> Text:
    part: Part | None = next((part for part in PARTS if part == id), None)
    if part is None:
        return Text(tell(say("Beside the score")), "bold")
    text = Text(tell(PARTS[part]), "bold")
    text.append(f"  {tell(span_words(found.span(part)))}")
    if part == "dpc":
        text.append(f"  {tell(say('the highest line counts'))}", tell.shades.quiet)
    return text


def _line_row(line: Line, tell: Teller, width: int, here: bool) -> Text:
    chosen = line.chosen
    score = points(chosen.score) if chosen else ""
    said: Argument = chosen.title if chosen else say("not chosen yet")
    return _row(sign(line, tell), tell(line.element.title), score, said, tell, width, here)


def _row(sign: Text, title: str, score: str, said: Argument, tell: Teller, width: int, here: bool) -> Text:
    style = tell.shades.here if here else ""
    text = Text.assemble((f"{tell.shades.pointer if here else ' '} ", tell.shades.here)).append_text(sign).append(" ")
    text.append(fit(title, _TITLE) + " ", style)
    if score or not said:
        text.append(f"{score:>{_SCORE}}  ", "bold")
    else:
        text.append(" " * (_SCORE + 2))
    return text.append(fit(tell(said), max(1, width - text.cell_len)), style)


def sign(line: Line, tell: Teller) -> Text:
    """? open, ✓ chosen by a person, ^ to be judged again, blank where the facts suggest it."""
    if line.moved:
        return Text("^", tell.shades.soon)
    if line.chosen is None:
        return Text("?")
    return Text(" ") if line.judged is None else Text("v" if tell.shades.ascii else "✓", tell.shades.good)


def _flag_sign(one: Raised, tell: Teller) -> Text:
    return Text("^", tell.shades.soon) if one.answer else Text("?" if one.answer is None else ".")


def _flag_words(one: Raised) -> Message:
    if one.answer is None:
        return say("not known yet")
    return say("holds: to be considered beside the score") if one.answer else say("does not hold")


# The text


def title(key: str, found: Assessment, tell: Teller) -> str:
    """What a key's row is called."""
    kind, _, id = key.partition(":")
    if kind == "line" and (line := found.line(id)):
        return tell(line.element.title)
    flag = next((one.flag for one in found.flags if kind == "flag" and one.flag.id == id), None)
    return tell(flag.title) if flag else tell(say("Result"))


def about(key: str, found: Assessment, tell: Teller) -> list[Piece]:
    """All there is to know of a key's row."""
    kind, _, id = key.partition(":")
    if kind == "line" and (line := found.line(id)):
        return [
            *_standing(line, tell),
            *_choices(line, tell),
            *_sources(line.element, found, tell),
            *_judgements(line.element, tell),
        ]
    flag = next((one for one in found.flags if kind == "flag" and one.flag.id == id), None)
    return list(_flag(flag, found, tell) if flag else _result(found, tell))


def unread(tell: Teller) -> list[Piece]:
    """Why there is no method, where its file had mistakes."""
    problem = tell.case.playbook.method_unread
    return [Piece(Text(tell(say("Its file could not be used: {problem}", problem=problem))))] if problem else []


def _piece(label: Argument, said: Argument, tell: Teller, style: str = "") -> Piece:
    return Piece(Text(tell(said), style), tell(label))


def _standing(line: Line, tell: Teller) -> Iterator[Piece]:
    """The question, what is chosen by whom and why, and what the facts suggest."""
    yield Piece(Text(tell(line.element.ask)))
    judged = line.judged
    chosen = choice_words(line.chosen) if line.chosen else say("not chosen yet")
    yield _piece(say("Chosen"), chosen, tell, "bold")
    if judged is not None:
        by = say("{actor}, {at}", actor=judged.touch.actor, at=minute(tell.case.zoned(judged.touch.at)))
        yield _piece(say("Chosen by"), by, tell)
        yield _piece(say("Why"), words(judged.reason), tell)
    elif line.chosen is not None:
        yield _piece(say("By the facts"), stated(tell.case, grounds(tell.case, line)), tell)
    if line.moved:
        since = say("Changed since: {facts}. It stays until you choose again.", facts=stated(tell.case, line.moved))
        yield _piece(say("Judge again"), since, tell, tell.shades.soon)
    if judged is not None and line.suggested is not None:
        named = stated(tell.case, grounds(tell.case, line))
        said = say("{choice} ({facts})", choice=choice_words(line.suggested), facts=named)
        yield _piece(say("Facts suggest"), said, tell)
    elif line.suggested is None and asks(line.element):
        yield _piece(
            say("Facts suggest"), say("nothing yet: {facts}", facts=stated(tell.case, asks(line.element))), tell
        )


def _choices(line: Line, tell: Teller) -> Iterator[Piece]:
    yield Piece(Text())
    yield Piece(Text(tell(say("Choices")), "bold"))
    for choice in line.element.choices:
        yield Piece(_choice(choice, choice == line.chosen, tell), points(choice.score))


def _choice(choice: Choice, here: bool, tell: Teller) -> Text:
    text = Text(tell(choice.title), "bold" if here else "")
    if choice.text is not None:
        text.append(f"\n{tell(choice.text)}")
    if choice.example is not None:
        text.append(f"\n{tell(say('Such as: {example}', example=choice.example))}", tell.shades.quiet)
    return text


def _sources(element: Element, found: Assessment, tell: Teller) -> Iterator[Piece]:
    named = [element.source, *(id for one in element.choices for id in (one.source, one.worded))]
    yield Piece(Text())
    yield from _sourced([id for id in dict.fromkeys(named) if id], found, tell)


def _sourced(ids: list[str], found: Assessment, tell: Teller) -> Iterator[Piece]:
    for n, id in enumerate(ids):
        yield Piece(Text(tell.source(found.method.sources[id])), " " if n else tell(say("Source")))


def _judgements(element: Element, tell: Teller) -> Iterator[Piece]:
    """Every choice on this line, the latest first."""
    made = tell.case.incident.severity.get(element.id, ())
    if made:
        yield Piece(Text())
        yield Piece(Text(tell(say("History")), "bold"))
    for one in reversed(made):
        text = Text(f"{tell(say('[undone]'))} " if one.undone else "", "bold")
        text.append(tell(_judgement(one, element)), tell.shades.quiet if one.undone else "")
        text.append(f"  {tell(one.touch.actor)} #{one.touch.seq}", tell.shades.quiet)
        yield Piece(text, minute(tell.case.zoned(one.touch.at)))


def _judgement(one: Judged, element: Element) -> Message:
    chosen = element.choice(one.choice)
    said: Argument = choice_words(chosen) if chosen else one.choice or say("as the facts suggest")
    return say("{choice}: {reason}", choice=said, reason=words(one.reason))


def _flag(one: Raised, found: Assessment, tell: Teller) -> Iterator[Piece]:
    yield _piece(say("State"), _flag_words(one), tell, "bold")
    yield Piece(Text(tell(one.flag.text)))
    yield from _sourced([one.flag.source], found, tell)


def _result(found: Assessment, tell: Teller) -> Iterator[Piece]:
    result = say("{result}, {band}", result=result_words(found), band=band_words(found))
    yield _piece(say("Result"), result, tell, "bold")
    yield _piece(say("Sum"), formula(found), tell)
    for band in found.bands:
        yield _piece(band.title, band.meaning, tell)
    yield Piece(Text(tell(found.method.note), "bold"))
    if found.open:
        titles = tell.list(tell(line.element.title) for line in found.open)
        yield _piece(say("Open"), titles, tell)
    yield Piece(Text(tell(say("{method}, as of {day}", method=found.method.title, day=found.method.as_of))))
    named = [found.method.source, *(band.source for band in found.method.bands)]
    yield from _sourced([id for id in dict.fromkeys(named) if id], found, tell)
    changes = history(tell.case)
    if changes:
        yield Piece(Text())
        yield Piece(Text(tell(say("History")), "bold"))
    for one in reversed(changes):
        yield Piece(_change(one, tell), minute(tell.case.zoned(one.touch.at)))


def _change(one: Assessed, tell: Teller) -> Text:
    said = say(
        "{subject}: {result}, {band}",
        subject=subject_words(tell.case, one.subject),
        result=result_words(one.assessment),
        band=band_words(one.assessment),
    )
    return Text(tell(said)).append(f"  {tell(one.touch.actor)} #{one.touch.seq}", tell.shades.quiet)
