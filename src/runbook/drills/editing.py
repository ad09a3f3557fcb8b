"""Injects that people wrote outside of a file of content: edited at the console, or brought back in a sheet.

They are checked as those of a file are, and handed on only where nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

import msgspec

from runbook.actions.drills import scenario_in
from runbook.case import Case
from runbook.content.injects import Cast, circle_mistake, happenings_of, inject_mistakes, text_mistakes, waiting_circles
from runbook.content.mistakes import Mistakes, together
from runbook.content.replacing import require_plain, with_injects
from runbook.content.scenarios import check_scenario, read_scenario
from runbook.drills.msel import Sheet, in_cell
from runbook.drills.msel_cells import COLUMNS, TEXTS, normal
from runbook.errors import BadContent
from runbook.playbook import Playbook
from runbook.scenario import Inject, Scenario
from runbook.script import injects
from runbook.speech import Bilingual, Message, say

_TITLES = {"number": "number", "from": "sender_ja", "title": "title_ja", "text": "text_ja", "expected": "expected_ja"}
"""The column whose heading names a key of an inject, where that is not called like it."""


def checked(case: Case, inject: Inject) -> Inject:
    """An inject of a drill, edited or new, without blanks around its texts. Raises BadContent with all that is wrong
    with it beside the others of the list: names there are not, a condition that cannot be read, a loop; Refused where
    the case is no drill."""
    if mistakes := [_keyed(key, message) for key, message in wrong_with(case, inject)]:
        raise BadContent(together(mistakes), say("Put this right, then try again."))
    return trimmed(inject)


def wrong_with(case: Case, inject: Inject) -> list[tuple[str, Message]]:
    """What is wrong with an inject of a drill, edited or new, each with the key it is under; "" for more than one."""
    scenario, one = scenario_in(case), trimmed(inject)
    others = {other.id: other for other in injects(case)} | {one.id: one}
    return list(_mistakes(one, others, scenario, case.playbook))


def imported(case: Case, sheet: Sheet) -> list[Inject]:
    """The injects of a sheet that differ from the drill's as they stand, or are new. What has no row in the sheet stays
    as it is. Raises BadContent with all that is wrong, by row and column; Refused where the case is no drill."""
    return changes(sheet, injects(case), scenario_in(case), case.playbook)


def changes(sheet: Sheet, known: Iterable[Inject], scenario: Scenario, playbook: Playbook) -> list[Inject]:
    """The injects of a sheet that differ from those known, or are new. Raises BadContent, by row and column."""
    before = {one.id: one for one in known}
    read = [_whole(one, sheet, before, playbook) for one in sheet.injects]
    others = before | {one.id: one for one in read}
    numbers = {one.number: one for one in others.values() if one not in read}
    mistakes: list[Message] = []
    for place, one in zip(sheet.places or range(1, len(read) + 1), read, strict=True):
        for key, message in _mistakes(one, others, scenario, playbook):
            mistakes.append(in_cell(place, _TITLES.get(key, key), message))
        if (same := numbers.get(one.number)) is not None and same.id != one.id:
            message = say("the inject “{name}” has this number.", name=same.id)
            mistakes.append(in_cell(place, "number", message))
    if mistakes:
        raise BadContent(together(mistakes), say("Put these cells right, then try again."))
    return [one for one in read if before.get(one.id) != one]


def rewritten(text: str, sheet: Sheet, playbook: Playbook, where: str) -> str:
    """A scenario's own text with a sheet's injects in the place of those they change, and the new ones among them; the
    text itself where nothing differs. Raises Mistakes, or BadContent by row and column, where what comes of it would
    not pass its check. `where` is the file's name."""
    require_plain(text)
    scenario = read_scenario(text, playbook, where)
    new = changes(sheet, scenario.injects, scenario, playbook)
    if not new:
        return text
    found = {**scenario.by_id, **{one.id: one for one in new}}
    ordered = sorted(found.values(), key=lambda one: one.number)
    result = with_injects(text, ordered, ZoneInfo(scenario.zone), found.keys() - {one.id for one in new})
    if mistakes := check_scenario(result, playbook, where):
        raise Mistakes(mistakes)
    return result


class Brought(msgspec.Struct, frozen=True):
    """What a sheet did to a list of injects. One that was switched off or on is named there alone, unless more
    changed."""

    new: tuple[Inject, ...] = ()
    changed: tuple[Inject, ...] = ()
    off: tuple[Inject, ...] = ()
    on: tuple[Inject, ...] = ()


def brought(before: Iterable[Inject], after: Iterable[Inject]) -> Brought:
    """What is different in a list `after`; injects that it does not name did not change."""
    known = {one.id: one for one in before}
    different = [one for one in after if known.get(one.id) != one]
    switched = [one for one in different if one.enabled != (one.id not in known or known[one.id].enabled)]
    return Brought(
        tuple(one for one in different if one.id not in known),
        tuple(one for one in different if one.id in known and _more(known[one.id], one)),
        tuple(one for one in switched if not one.enabled),
        tuple(one for one in switched if one.enabled),
    )


def _more(before: Inject, after: Inject) -> bool:
    """Whether more than its switch is different."""
    return msgspec.structs.replace(before, enabled=after.enabled) != after


def trimmed(inject: Inject) -> Inject:
    """The inject without blanks around its texts, as it would come from a file."""

    def both(text: Bilingual) -> Bilingual:
        return Bilingual(text.ja.strip(), text.en.strip())

    return msgspec.structs.replace(
        inject,
        title=both(inject.title),
        text=both(inject.text),
        sender=both(inject.sender),
        expected=both(inject.expected) if inject.expected else None,
        when=inject.when.strip(),
        controller=inject.controller.strip(),
        attachments=tuple(name for one in inject.attachments if (name := one.strip())),
    )


def _mistakes(
    one: Inject, others: Mapping[str, Inject], scenario: Scenario, playbook: Playbook
) -> Iterator[tuple[str, Message]]:
    """What is wrong with an inject, among the others of its list."""
    milestones = [milestone.id for milestone in scenario.milestones]
    cast = Cast(
        playbook.facts,
        playbook.roles,
        [objective.id for objective in scenario.objectives],
        happenings_of(playbook, others, milestones),
        scenario.starts,
        scenario.ends,
    )
    yield from text_mistakes(one)
    yield from inject_mistakes(one, cast, others)
    for circle in waiting_circles(others.values(), scenario.milestones):
        if one.id in circle:
            yield "", circle_mistake(circle)


def _whole(one: Inject, sheet: Sheet, before: Mapping[str, Inject], playbook: Playbook) -> Inject:
    """An inject of a sheet with its id, found by its number where the row names none, and with what the sheet has no
    column for. Roles may be called by their titles."""
    id = one.id or next((known.id for known in before.values() if known.number == one.number), f"inject-{one.number}")
    roles = {normal(name): role for role, title in playbook.roles.items() for name in (title.ja, title.en)}
    to = tuple(role if role in playbook.roles else roles.get(normal(role), role) for role in one.to)
    one = trimmed(msgspec.structs.replace(one, id=id, to=to))
    known = before.get(id)
    if known is None:
        return one
    kept = {key: getattr(known, key) for key in COLUMNS if hasattr(known, key) and key not in sheet.columns}
    for field in TEXTS:
        mine, theirs = getattr(one, field), getattr(known, field)
        columns = {language: f"{field}_{language}" in sheet.columns for language in ("ja", "en")}
        if not any(columns.values()):
            kept[field] = theirs
        elif mine is not None and theirs is not None:
            ja, en = (mine if columns["ja"] else theirs).ja, (mine if columns["en"] else theirs).en
            kept[field] = Bilingual(ja, en)
    return msgspec.structs.replace(one, **kept)


def _keyed(key: str, message: Message) -> Message:
    """A mistake with the field it is in."""
    column = COLUMNS.get(_TITLES.get(key, key))
    if column is None:
        return message
    return say("“{column}”: {mistake}", column=column.title, mistake=message)
