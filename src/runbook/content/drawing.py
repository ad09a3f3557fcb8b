"""The tables a scenario is drawn from, and what a seed draws from them. Pure: the same seed draws the same for ever.

Each draw hangs on the seed and on its own name alone, by SHA-256, so that a table added later changes no other draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Context
from hashlib import sha256
from typing import TypeAlias

import msgspec

from runbook.content.mistakes import cut, no_such
from runbook.content.nodes import Entries, Items, Node, Scalar
from runbook.content.reading import Reader, Shape
from runbook.speech import Language, Message, say
from runbook.wording import en, ja

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\}")
"""`{medium}` or `{medium.office}` in a text."""

_NAME = Shape(r"[a-z][a-z0-9_]*", "goes_wrong")
_KEYS = ("ja", "en", "weight", "only")
_MOST = 999_999_999
_BITS = 64
_EXACT = Context(prec=28)
"""Powers of floats differ in their last digit from machine to machine; decimal ones do not."""

Only: TypeAlias = Mapping[str, tuple[str, ...]]
"""What must have been drawn: of each draw named, one of these options."""


class Words(msgspec.Struct, frozen=True):
    """What stands in the place of a placeholder: in a Japanese or English text, or `plain` in one of no language."""

    ja: str
    en: str
    plain: str | None = None

    def said(self, language: Language | None) -> str | None:
        if language is None:
            return self.plain
        return self.ja if language == "ja" else self.en


class Range(msgspec.Struct, frozen=True):
    """A number from `least` to `most`, the small ones as likely as the large ones (evenly on a logarithmic scale)."""

    least: int
    most: int


class Share(msgspec.Struct, frozen=True):
    """So many per cent of another number of the option, rounded down."""

    of: str
    least: int
    most: int


class Option(msgspec.Struct, frozen=True):
    """One thing that may be drawn; its `fields` are what its placeholders stand for, "" its own name."""

    id: str
    line: int
    weight: int
    only: Only
    fields: dict[str, Words | Range | Share]


class Table(msgspec.Struct, frozen=True):
    """The options of one draw."""

    name: str
    line: int
    options: tuple[Option, ...]


class Drawing(msgspec.Struct, frozen=True):
    """What a seed drew: the option of each draw, and what each placeholder stands for."""

    chosen: dict[str, str]
    words: dict[str, Words]

    def fits(self, only: Only) -> bool:
        return all(self.chosen[name] in options for name, options in only.items())

    def filled(self, text: str, language: Language | None) -> str:
        """The text with its placeholders replaced, each once: what comes in is not read again."""

        def word(found: re.Match[str]) -> str:
            words = self.words.get(found[1])
            said = words.said(language) if words else None
            return found[0] if said is None else said

        return PLACEHOLDER.sub(word, text)


class Scope(msgspec.Struct, frozen=True):
    """What may be drawn at some place of the file: the draws known there, each with the options it may have there."""

    tables: dict[str, tuple[Option, ...]] = {}

    def narrowed(self, only: Only) -> Scope:
        kept = {
            name: tuple(option for option in options if name not in only or option.id in only[name])
            for name, options in self.tables.items()
        }
        return Scope(kept)

    def wrong(self, text: str, language: Language | None) -> Iterator[Message]:
        """What is wrong with the placeholders of a text."""
        for found in PLACEHOLDER.finditer(text):
            name, _, field = found[1].partition(".")
            if name not in self.tables:
                yield no_such(say("draw"), name, self.tables)
                continue
            for option in self.tables[name]:
                if field in ("ja", "en"):
                    continue
                words = option.fields.get(field)
                if words is None:
                    yield say("“{option}” of “{draw}” has no “{field}”.", option=option.id, draw=name, field=field)
                elif isinstance(words, Words) and words.said(language) is None:
                    yield say("“{name}” is in two languages; this text is in none.", name=cut(found[1]))


def read_tables(reader: Reader, node: Node) -> tuple[Table, ...]:
    """The tables under `draws`, in their order; what is wrong with them goes to the reader."""
    tables: list[Table] = []
    scope = Scope()
    for name, value in _named(reader, node, "draws"):
        options: list[Option] = []
        for id, fields in _named(reader, value, name.text):
            if isinstance(fields, Entries):
                options.append(_option(reader, id, fields, scope))
            else:
                reader.wrong(fields.line, say("“{key}” must have keys of its own.", key=cut(id.text)))
        if not options:
            reader.wrong(name.line, say("“{key}” is empty.", key=cut(name.text)))
        table = Table(name.text, name.line, tuple(options))
        tables.append(table)
        scope = Scope({**scope.tables, table.name: table.options})
    return tuple(tables)


def read_only(reader: Reader, node: Node, scope: Scope) -> Only:
    """An `only`: for each draw it names, the options of which one must have been drawn."""
    only = {}
    for name, value in _named(reader, node, "only"):
        if name.text not in scope.tables:
            reader.wrong(name.line, no_such(say("draw"), name.text, scope.tables))
            continue
        known = [option.id for option in scope.tables[name.text]]
        wanted = value.items if isinstance(value, Items) else (value,)
        found = []
        for one in wanted:
            if isinstance(one, Scalar) and one.text in known:
                found.append(one.text)
            else:
                text = one.text if isinstance(one, Scalar) else ""
                reader.wrong(one.line, no_such(say("option"), text, known))
        only[name.text] = tuple(found)
    return only


def drawing(tables: Sequence[Table], seed: int) -> Drawing | Table:
    """What the seed draws; or the table of which nothing fits what was drawn before it."""
    drawn = Drawing({}, {})
    for table in tables:
        fitting = [option for option in table.options if drawn.fits(option.only)]
        if not fitting:
            return table
        option = _picked(fitting, _chance(seed, table.name))
        drawn.chosen[table.name] = option.id
        drawn.words.update(_said(option, table.name, drawn, seed))
    return drawn


def _option(reader: Reader, id: Scalar, node: Entries, scope: Scope) -> Option:
    values = {key.text: value for key, value in reversed(node.pairs)}
    entry = reader.entry(node, id.text, "", " ".join(values))
    weight, only = None, {}
    if entry is not None:
        weight = entry.number("weight")
        if weight == 0:
            entry.wrong("weight", say("“{key}” must be a whole number above 0.", key="weight"))
    if "only" in values:
        only = dict(read_only(reader, values["only"], scope))
    here = scope.narrowed(only)
    fields: dict[str, Words | Range | Share] = {}
    if entry is not None:
        own = entry.translated()
        _check_words(reader, node, here)
        fields[""] = Words(own.ja, own.en, id.text)
    for key, value in node.pairs:
        if key.text not in _KEYS:
            field = _field(reader, reader.name(key, _NAME), value, fields, here)
            if field is not None:
                fields[key.text] = field
    return Option(id.text, id.line, weight or 1, only, fields)


def _field(
    reader: Reader, name: str, node: Node, before: Mapping[str, Words | Range | Share], scope: Scope
) -> Words | Range | Share | None:
    match node:
        case Scalar(text=text):
            for message in scope.wrong(text, None):
                reader.wrong(node.line, message)
            return Words(text, text, text)
        case Items():
            least, most = _bounds(reader, node, name)
            return Range(least, most)
        case Entries(pairs=pairs) if any(key.text == "of" for key, _ in pairs):
            entry = reader.entry(node, name, "of percent")
            of, percent = (entry.text("of"), entry.node("percent")) if entry else ("", None)
            if not isinstance(before.get(of), Range | Share):
                reader.wrong(node.line, no_such(say("number before it"), of, before))
                return None
            return Share(of, *(_bounds(reader, percent, "percent") if isinstance(percent, Items) else (100, 100)))
        case Entries():
            both = reader.bilingual(node, name)
            _check_words(reader, node, scope)
            return Words(both.ja, both.en)


def _check_words(reader: Reader, node: Entries, scope: Scope) -> None:
    for key, value in node.pairs:
        if key.text in ("ja", "en") and isinstance(value, Scalar):
            for message in scope.wrong(value.text, "ja" if key.text == "ja" else "en"):
                reader.wrong(value.line, message)


def _bounds(reader: Reader, node: Items, name: str) -> tuple[int, int]:
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    if len(node.items) == 2 and all(re.fullmatch("[0-9]{1,9}", text) for text in texts) and len(texts) == 2:
        least, most = int(texts[0]), int(texts[1])
        if 1 <= least <= most <= _MOST:
            return least, most
    reader.wrong(
        node.line,
        say("“{key}” must be the least and the most of a number, such as {like}.", key=name, like="[30, 100]"),
    )
    return 1, 1


def _named(reader: Reader, node: Node, what: str) -> Iterator[tuple[Scalar, Node]]:
    """The entries of a mapping whose keys are names, each name once."""
    if not isinstance(node, Entries):
        reader.wrong(node.line, say("“{key}” must have keys of its own.", key=cut(what)))
        return
    seen: dict[str, int] = {}
    for key, value in node.pairs:
        again = key.text in seen
        reader.name(key, _NAME, seen)
        if not again:
            yield key, value


def _chance(seed: int, name: str) -> int:
    """A number below 2 to the 64th. The seed is written in hexadecimal, which has no limit of length."""
    return int.from_bytes(sha256(f"{seed:x}/{name}".encode()).digest()[: _BITS // 8])


def _picked(options: Sequence[Option], chance: int) -> Option:
    place = chance * sum(option.weight for option in options) >> _BITS
    for option in options:
        place -= option.weight
        if place < 0:
            return option
    return options[-1]


def _said(option: Option, name: str, drawn: Drawing, seed: int) -> Iterator[tuple[str, Words]]:
    numbers: dict[str, int] = {}
    for field, value in option.fields.items():
        place = f"{name}.{field}" if field else name
        match value:
            case Words(plain=plain):
                own = plain if not field or plain is None else drawn.filled(plain, None)
                words = Words(drawn.filled(value.ja, "ja"), drawn.filled(value.en, "en"), own)
                yield place, words
                if not field:
                    yield f"{name}.ja", Words(words.ja, words.ja, words.ja)
                    yield f"{name}.en", Words(words.en, words.en, words.en)
                continue
            case Range(least=least, most=most):
                numbers[field] = _spread(least, most, _chance(seed, place))
            case Share(of=of, least=least, most=most):
                percent = least + (_chance(seed, place) * (most - least + 1) >> _BITS)
                numbers[field] = numbers[of] * percent // 100
        n = numbers[field]
        yield place, Words(ja.number(n), en.number(n), str(n))


def _spread(least: int, most: int, chance: int) -> int:
    """A number between the two, evenly on a logarithmic scale."""
    step = _EXACT.divide(_EXACT.create_decimal(chance), _EXACT.create_decimal(1 << _BITS))
    grown = _EXACT.power(_EXACT.divide(_EXACT.create_decimal(most + 1), _EXACT.create_decimal(least)), step)
    return min(most, int(_EXACT.multiply(_EXACT.create_decimal(least), grown)))
