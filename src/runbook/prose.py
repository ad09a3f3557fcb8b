"""What events are made of: free texts, which can be redacted, and values; the base of all that an event says."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from runbook.moment import Moment


class Prose(msgspec.Struct, frozen=True, tag="prose", tag_field="is", omit_defaults=True):
    """A free text. In a body only `digest` stands; `text` is None once it was redacted."""

    digest: str = ""
    text: str | None = None


Value: TypeAlias = int | str | tuple[str, ...] | Prose | Moment
"""A recorded value: integers, ids of choices, yes/no/unknown and ISO dates plainly; everything typed freely as
prose."""


class Data(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is particular to one type of event. `type` in the envelope is the class's name in snake case."""


def map_prose(data: Data, change: Callable[[Prose], Prose]) -> Data:
    """`data` with every free text in it passed through `change`; the same object where there is none."""
    changed: dict[str, object] = {}
    for name in data.__struct_fields__:
        match getattr(data, name):
            case Prose() as prose:
                changed[name] = change(prose)
            case dict() as values if any(isinstance(value, Prose) for value in values.values()):
                changed[name] = {
                    key: change(value) if isinstance(value, Prose) else value for key, value in values.items()
                }
    return msgspec.structs.replace(data, **changed) if changed else data


def prose_of(data: Data) -> list[Prose]:
    """Every free text of an event's data."""
    found: list[Prose] = []

    def keep(prose: Prose) -> Prose:
        found.append(prose)
        return prose

    map_prose(data, keep)
    return found
