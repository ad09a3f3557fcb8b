"""What the record holds, in words: values, moments, units, how sure a claim is, how far a notice came."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from runbook.events import DatasetRecorded, Prose, Value
from runbook.incident import Claim, DataSet, Row
from runbook.moment import Moment
from runbook.notice_kinds import Written
from runbook.playbook import ClaimStatus, Playbook
from runbook.publications import Held, Stage
from runbook.speech import Argument, Bilingual, Message, say

UNIT_NAMES: dict[str, Message] = {"persons": say("persons"), "records": say("records"), "households": say("households")}
_ONE: dict[str, Message] = {"persons": say("person"), "records": say("record"), "households": say("household")}
_UNCOUNTED: dict[str, Message] = {
    "persons": say("persons uncounted"),
    "records": say("records uncounted"),
    "households": say("households uncounted"),
}
STATUS_NAMES: dict[str, Message] = {
    "estimate": say("estimate"),
    "claimed": say("claimed"),
    "confirmed": say("confirmed"),
    "withdrawn": say("withdrawn"),
}
WRITTEN_NAMES: dict[Written, Message] = {
    "ja": say("in Japanese"),
    "en": say("in English"),
    "easy": say("in easy Japanese"),
}
STAGE_NAMES: dict[Stage, Message] = {
    "draft": say("draft"),
    "submitted": say("submitted"),
    "approved": say("approved"),
    "published": say("published"),
    "corrected": say("corrected"),
    "withdrawn": say("withdrawn"),
}
"""A notice's life, in words."""
_FILED = say("filed")
VERIFIED: dict[str, Message] = {
    "official": say("read in the official text"),
    "secondary": say("second-hand"),
    "seed": say("from collected material"),
    "measured": say("measured"),
    "memory-high": say("from memory, fairly sure"),
    "memory-medium": say("from memory, not checked"),
    "memory-low": say("from memory, doubtful"),
    "inference": say("our own judgement"),
}
"""How a source was checked, in words."""
YES_NO: dict[str, Message] = {"yes": say("yes"), "no": say("no"), "unknown": say("unknown")}


def stage_words(stage: Stage, filing: bool) -> Message:
    """Where a notice is in its life: a filing (`NoticeKind.filing`) is filed, and not made public."""
    return _FILED if filing and stage == "published" else STAGE_NAMES[stage]


def words(prose: Prose | None) -> Argument:
    """A free text, or the sentence that stands where it was redacted."""
    if prose is None:
        return ""
    return say("(text removed)") if prose.text is None else prose.text


def value_words(value: Value | None, choices: dict[str, Bilingual], zone: ZoneInfo) -> Argument:
    """A recorded value in words."""
    match value:
        case None:
            return ""
        case Prose() as prose:
            return words(prose)
        case Moment() as moment:
            return moment_words(moment, zone)
        case tuple() as several:
            return ", ".join(several)
        case int() as number:
            return f"{number:,}"
        case str() as word:
            return choices.get(word) or YES_NO.get(word) or word


def held_words(held: Held | None, choices: dict[str, Bilingual], zone: ZoneInfo) -> Argument:
    """What is known, or was, of something a notice rests on."""
    match held:
        case None | Claim(value=None):
            return say("nothing is known any more")
        case Claim(value=int(number), status="estimate"):
            return say("about {n}", n=f"{number:,}")
        case Claim(value=value):
            return value_words(value, choices, zone)
        case DataSet():
            return count_words(held)
        case Row(values=values):
            return joined([said for value in values.values() if (said := value_words(value, {}, zone))])


def with_status(shown: Argument, value: Value | None, status: ClaimStatus) -> Argument:
    """A value in words with how sure it is; what is unknown is neither sure nor unsure."""
    return shown if is_unknown(value) else say("{value} ({status})", value=shown, status=STATUS_NAMES[status])


def count_words(data: DataSet | DatasetRecorded) -> Argument:
    """How much a data set holds, with its unit: 460,517 persons, about 80,000 persons, or that nobody counted."""
    if data.count is None:
        return _UNCOUNTED[data.unit]
    said = number_words(data.count, data.unit)
    return say("about {n}", n=said) if data.estimate else said


def number_words(n: int, unit: str) -> Message:
    """1 person, 460,517 persons."""
    return say("{count} {unit}", count=f"{n:,}", unit=(_ONE if n == 1 else UNIT_NAMES)[unit])


def is_unknown(value: Value | None) -> bool:
    """Whether it was recorded that nobody knows."""
    return value == "unknown" or (isinstance(value, Moment) and value.at is None)


def source_words(source: str, playbook: Playbook) -> Argument:
    """A claim's source as people know it: the step it was filled in at, or who said so."""
    step = source.removeprefix("step:")
    number = playbook.numbers.get(step)
    if number is None or step == source:
        return source
    return say("step {number} {title}", number=number, title=playbook.steps[step].title)


def joined(parts: Sequence[Argument]) -> Argument:
    """Several short sayings in a row. By halves: as many as there may be, they never nest deep."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    half = len(parts) // 2
    return say("{one}, {others}", one=joined(parts[:half]), others=joined(parts[half:]))


def moment_words(moment: Moment, zone: ZoneInfo) -> Argument:
    """A moment in words, short and the same in both languages but for what is not exact."""
    if moment.at is None:
        return say("time unknown")
    at = moment.at.astimezone(zone)
    match moment.precision:
        case "date":
            return say("{day}, hour unknown", day=f"{at:%Y-%m-%d}")
        case "about":
            return say("about {at}", at=f"{at:%Y-%m-%d %H:%M}")
    return f"{at:%Y-%m-%d %H:%M}"
