"""What there is to know, as a list: keys in their order, and the row of each. Pure functions.

A key is what the record calls the thing ("fact:lost_at", "dataset:住民基本台帳", "row:custody:BIPROGY"), "none:…" where
a list is still empty, or "group:…" for a heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from rich.text import Text

from runbook.case import Case
from runbook.duties import asked
from runbook.incident import Claim, DataSet
from runbook.playbook import Playbook
from runbook.saying import STATUS_NAMES, count_words, is_unknown, source_words, value_words, with_status
from runbook.speech import Argument, Bilingual, Message, say
from runbook.tui.presenting import fit, spread
from runbook.tui.screens.board.tables import register_rows
from runbook.tui.teller import Teller
from runbook.tui.telling import WHEN, column_time, minute
from runbook.wording.safe import clip, fold, for_terminal

DATASETS = "datasets"
OTHERS = "others"
LAWS = "laws"
NO_SUM = say("may overlap: never added up")
_STATUS = 12


class Group(msgspec.Struct, frozen=True):
    """A heading with what stands under it."""

    id: str
    title: Bilingual | Message
    keys: tuple[str, ...]


def asked_at(playbook: Playbook) -> dict[str, list[tuple[str, str]]]:
    """Where each thing is asked for: steps and fields, by the key of a fact, "datasets", or a register's id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for step in playbook.steps.values():
        for field in step.fields:
            if field.fact:
                key = f"fact:{field.fact}"
            elif field.type in ("register", "dataset"):
                key = field.register or DATASETS
            else:
                continue
            found.setdefault(key, []).append((step.id, field.id))
    return found


def about_what(key: str) -> str:
    """What a key's row belongs to, as `asked_at` names it: a fact itself, "datasets", or a register's id."""
    kind, _, rest = key.partition(":")
    match kind:
        case "dataset":
            return DATASETS
        case "row":
            return rest.partition(":")[0]
        case "none":
            return rest
    return key


def groups(case: Case) -> list[Group]:
    """Everything there is to know: facts by the phase that first asks for them, then what only the laws that are asked
    want to know (and what was claimed about others), data sets, registers."""
    playbook, placed, found = case.playbook, set[str](), []
    for phase in playbook.phases:
        names = dict.fromkeys(f.fact for step in phase.steps for f in step.fields if f.fact and f.fact not in placed)
        placed.update(names)
        if names:
            found.append(Group(f"phase:{phase.id}", phase.title, _known_first(case, names)))
    of_laws = {name: regime for regime in playbook.regimes for name in regime.facts}
    chosen = {name for regime in asked(case) for name in regime.facts}
    others = [name for name in playbook.facts if name not in placed and name not in of_laws]
    if others:
        found.append(Group(OTHERS, say("Other facts"), _known_first(case, others)))
    if laws := [name for name in of_laws if name not in placed and (name in chosen or case.incident.fact(name).claims)]:
        found.append(Group(LAWS, say("What the laws ask"), _known_first(case, laws)))
    sets = tuple(f"dataset:{data.name}" for data in case.incident.standing_datasets)
    found.append(Group(DATASETS, say("Data sets"), sets or (f"none:{DATASETS}",)))
    for register in playbook.registers.values():
        rows = tuple(f"row:{register.id}:{key}" for key in case.incident.rows(register.id))
        found.append(Group(f"register:{register.id}", register.title, rows or (f"none:{register.id}",)))
    return found


def _known_first(case: Case, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"fact:{name}" for name in sorted(names, key=lambda name: case.current(name) is None))


def layout(case: Case, wanted: str, tell: Teller) -> list[str]:
    """The keys to list, headings among them; with `wanted` only those that hold these words."""
    words, keys = [fold(word) for word in wanted.split()], []
    for group in groups(case):
        found = [key for key in group.keys if not words or _holds(key, group, words, tell)]
        if found:
            keys += [f"group:{group.id}", *found]
    return keys


def _holds(key: str, group: Group, words: Sequence[str], tell: Teller) -> bool:
    kind, _, name = key.partition(":")
    parts: list[str] = [name] if kind == "fact" else [name, tell(group.title)]
    if kind == "fact":
        spec = tell.case.spec(name)
        parts += [tell(said) for said in (spec.title, spec.ask) if said] if spec else []
        parts += [*value_and_status(name, tell)]
        parts += [tell(source_words(claim.source, tell.case.playbook)) for claim in tell.case.incident.fact(name).live]
    elif kind == "row":
        register, _, row = name.partition(":")
        parts.append(register_rows(tell.case.playbook.registers[register], tell.case, tell).get(row, ""))
    whole = fold(" ".join(parts))
    return all(word in whole for word in words)


def headline(wanted: str, nothing: bool, moved: int, tell: Teller, width: int) -> Text:
    """How much is known, what is looked for; at the right what changed its place."""
    incident = tell.case.incident
    listed = [key.partition(":") for group in groups(tell.case) for key in group.keys]
    names = [name for kind, _, name in listed if kind == "fact"]
    known = _known(tell.case, names)
    contested = sum(bool(incident.fact(name).contested) for name in names)
    left = Text.assemble((f" {tell(say('Facts'))}", "bold"))
    left.append(f"  {tell(say('{known} of {all} known', known=known, all=len(names)))}")
    if contested:
        left.append(f"  {tell(say('{n} contested', n=contested))}", "bold")
    if wanted:
        left.append(f"  / {clip(for_terminal(wanted), 24)}", tell.shades.here)
    if nothing:
        left.append(f"  {tell(say('nothing found; esc shows all'))}")
    right = Text(f" {tell(say('{n} moved, press Home', n=moved))} ", tell.shades.here)
    return spread(left, right if moved else Text(), width)


def moved(shown: list[str], fresh: list[str]) -> int:
    """How many rows came, went or changed their place."""
    before, after = ([key for key in keys if key.partition(":")[0] not in ("group", "none")] for keys in (shown, fresh))
    if other := set(before) ^ set(after):
        return len(other)
    return sum(one != two for one, two in zip(before, after, strict=True))


# Rows


def row(key: str, tell: Teller, width: int, here: bool) -> Text:
    """The row of a key."""
    kind, _, name = key.partition(":")
    match kind:
        case "group":
            return _heading(name, tell, width)
        case "none":
            return _cells(("", tell(say("none yet"))), tell, width, here, quiet=True)
        case "fact":
            claim, spec = tell.case.current(name), tell.case.spec(name)
            value, status = value_and_status(name, tell)
            at = _holds_for(claim, tell) if claim else ""
            title = tell(spec.title) if spec else name
            return _cells((title, value, status, at), tell, width, here, quiet=claim is None)
        case "dataset":
            return _cells(_dataset(name, tell), tell, width, here, share=60)
    register, _, row = name.partition(":")
    found = tell.case.playbook.registers[register]
    text = register_rows(found, tell.case, tell).get(row)
    shown = tell(row)
    said = tell(say("struck out")) if text is None else text.removeprefix(shown).removeprefix(" / ")
    return _cells((shown, said), tell, width, here, quiet=text is None)


def _dataset(name: str, tell: Teller) -> tuple[str, str, str, str]:
    data: DataSet | None = tell.case.incident.dataset(name)
    if data is None:
        return name, tell(say("undone")), "", ""
    sensitive = tell(say("sensitive")) if data.sensitive else ""
    at = _holds_for(data, tell)
    return name, tell(count_words(data)), sensitive, at


def _holds_for(said: Claim | DataSet, tell: Teller) -> str:
    """As of when; in parentheses when it was recorded, where nobody said."""
    if said.as_of:
        return column_time(said.as_of, tell.case.zone, tell.language)
    return f"({minute(tell.case.zoned(said.touch.at))})"


def value_and_status(name: str, tell: Teller) -> tuple[str, str]:
    """A fact's value with what contradicts it, and its status, in words."""
    case = tell.case
    fact, spec = case.incident.fact(name), case.spec(name)
    if fact.current is None:
        asked = any(
            case.incident.step(step).state != "todo" for step, _ in asked_at(case.playbook).get(f"fact:{name}", [])
        )
        return tell(say("still unknown") if asked else say("not asked yet")), ""
    choices = spec.choices if spec else {}
    values = [tell(value_words(claim.value, choices, case.zone)) for claim in (fact.current, *fact.contested)]
    status: Argument = STATUS_NAMES[fact.current.status]
    if fact.contested:
        status = say("contested")
    elif is_unknown(fact.current.value):
        status = ""
    return " <> ".join(" ".join(value.split()) for value in dict.fromkeys(values)), tell(status)


def _cells(
    said: tuple[str, ...], tell: Teller, width: int, here: bool, *, quiet: bool = False, share: int = 45
) -> Text:
    """A row's columns, two or four; the last two only where there is room. The first has `share` percent of the
    rest."""
    shades = tell.shades
    style = shades.here if here else shades.quiet if quiet else ""
    status = _STATUS if width >= 50 and len(said) > 2 else 0
    when = WHEN if width >= 64 and len(said) > 3 else 0
    room = width - 2 - status - when
    title = max(8, room * share // 100)
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here))
    text.append(fit(said[0], title - 1) + " ", style)
    text.append(fit(said[1], max(1, room - title - 1)) + " ", style)
    if status:
        text.append(fit(said[2], status - 1) + " ", style or "bold")
    if when:
        text.append(fit(said[3], when), shades.quiet)
    return text


def _known(case: Case, names: Iterable[str]) -> int:
    """How many of these facts are known: not that nobody knows."""
    return sum(claim is not None and not is_unknown(claim.value) for claim in map(case.current, names))


def _heading(id: str, tell: Teller, width: int) -> Text:
    group = next((group for group in groups(tell.case) if group.id == id), None)
    if group is None:
        return Text()
    text = Text.assemble((f"{clip(tell(group.title), width)} ", "bold"))
    facts = [key.removeprefix("fact:") for key in group.keys if key.startswith("fact:")]
    if facts:
        known = _known(tell.case, facts)
        text.append(f" {known}/{len(facts)}", tell.shades.quiet)
    elif id == DATASETS:
        text.append(f" {tell(NO_SUM)}", tell.shades.quiet)
    return text


def claim_line(claim: Claim, name: str, tell: Teller) -> str:
    """A claim in a line: value, status, source, as of when."""
    case, spec = tell.case, tell.case.spec(name)
    value: Argument = value_words(claim.value, spec.choices if spec else {}, case.zone)
    said = [tell(with_status(value or "-", claim.value, claim.status))]
    if claim.source:
        said.append(tell(say("source: {source}", source=source_words(claim.source, case.playbook))))
    if claim.as_of:
        said.append(tell(say("as of {at}", at=column_time(claim.as_of, case.zone, tell.language).strip())))
    return ", ".join(said)
