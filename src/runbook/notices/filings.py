"""What a template sees of the law: the occasions for a report, the duties with their clocks, what was filed before.

Which duties a notice is about stands with its kind (`NoticeKind.files`); the occasions are those of their laws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from zoneinfo import ZoneInfo

from runbook.case import Case
from runbook.conditions import names, parse
from runbook.duties import Deadline, legal_deadlines, occasions
from runbook.duties.views import Possible, Settled, asked, holds
from runbook.incident import Row, is_answer
from runbook.moment import Moment
from runbook.notice_kinds import NoticeKind
from runbook.notices.missing import is_late, lacks_reason
from runbook.notices.past import ChangeView, PastView, joined, releases_of, title_of_kind
from runbook.notices.phrases import Tone
from runbook.notices.views import Used, View, Word, in_words
from runbook.publications import Change, Published, changed, current
from runbook.regime import Occasion, Regime
from runbook.speech import speaker

_DAY_ENDS = time(23, 59, 59)


class OccasionView(View):
    """An item of a law's list of what must be reported. `holds` says in words whether it applies, and whether that is
    only how things look now, or because of what the law takes for granted while nobody knows it: that is named. An item
    that itself asks for such a thing is “being confirmed”."""

    SHOWS = frozenset({"law", "title", "holds"})

    def __init__(
        self, occasion: Occasion, answer: bool | None, regime: Regime, case: Case, tone: Tone, used: Used
    ) -> None:
        self._occasion = occasion
        self._answer = answer
        self._regime = regime
        self._case = case
        self._tone = tone
        self._used = used
        self.law = regime.title.said(tone.language)
        self.title = occasion.title.said(tone.language)

    @property
    def holds(self) -> str:
        when, phrases = self._occasion.when, self._tone.phrases
        _rest_on(self._used, self._case, sorted(names(parse(when)).facts))
        if self._answer is None or holds(when, Possible(self._case)) is None:
            return Word(phrases.unknown)
        sure = holds(when, Settled(self._case)) is not None
        remarks = [*(self._assumed() if self._answer else ()), *(() if sure else [phrases.as_far])]
        return self._tone.remarked(phrases.applies[self._answer], remarks)

    def _assumed(self) -> Iterator[str]:
        """What nobody knows, and without which the law would not ask at all: if My Number is included."""
        case, tone = self._case, self._tone
        for one in self._regime.assumptions:
            claim, spec = case.current(one.fact), case.spec(one.fact)
            rests = any(one.fact in names(parse(duty.when)).facts for duty in self._regime.duties if duty.when)
            if not rests or (claim is not None and is_answer(claim.value)):
                continue
            title = spec.title.said(tone.language) if spec else one.fact
            said = tone.phrases.assumed_else.format(title, in_words(one.value, spec, tone, str))
            yield tone.phrases.assumed.get(one.fact, said)


class DutyView(View):
    """A duty of a law with its clock. Empty (and no in a condition) is what was not recorded: `filed`, `by`, `receipt`,
    `decision` (counsel's, with its reason). `reason` is why it is late; where it is `late` and nobody said why, a gap
    if the law wants that said in this notice, else “being confirmed”. `why` is how the program came to its answer and
    its date. For conditions: `id`, whether it `applies` for certain, is `ruled_out`, is `late`."""

    SHOWS = frozenset(
        {"law", "title", "to", "state", "due", "filed", "by", "receipt", "reason", "decision", "why"}
        | {"id", "applies", "ruled_out", "late"}
    )

    def __init__(self, clock: Deadline, case: Case, tone: Tone, used: Used, *, own: bool = False) -> None:
        """`own`: the notice files it, and cannot do without what its law wants said of a delay."""
        regime, duty = case.playbook.duties[clock.id]
        self._clock = clock
        self._asks = own and lacks_reason(clock, case)
        self._zone = ZoneInfo(regime.zone) if regime.zone else case.zone
        self._start = duty.start
        self._own = case.incident.duty(clock.id)
        self._case = case
        self._tone = tone
        self._used = used
        self.id = clock.id
        self.law = regime.title.said(tone.language)
        self.title = clock.what.said(tone.language)
        self.to = tone.phrases.comma.join(name.said(tone.language) for name in clock.to)
        self.applies = clock.applies is True
        self.ruled_out = clock.applies is False
        self.state = tone.phrases.states[clock.state]

    @property
    def due(self) -> str:
        """By when: a day of the law's zone, or an hour where the law counts hours; “being confirmed” where that hangs
        on what is unknown."""
        _rest_on(self._used, self._case, [self._start])
        clock, tone = self._clock, self._tone
        if clock.due_at is None:
            return tone.phrases.promptly if clock.aim_at else Word(tone.phrases.unknown)
        there, remarks = clock.due_at.astimezone(self._zone), [tone.phrases.aimed] if clock.target else []
        if there.time() != _DAY_ENDS:
            return tone.remarked(tone.on(Moment(clock.due_at)), remarks)
        if there.utcoffset() != clock.due_at.utcoffset():
            remarks.append(tone.phrases.there.format(self._zone.key))
        return tone.remarked(tone.on_day(there, zone=self._zone), remarks)

    @property
    def late(self) -> bool:
        return is_late(self._clock, self._case.now)

    @property
    def filed(self) -> str:
        return self._tone.on(self._own.filing.at) if self._own.filing else Word()

    @property
    def by(self) -> str:
        return self._text(self._own.filing.by) if self._own.filing else Word()

    @property
    def receipt(self) -> str:
        filing = self._own.filing
        return self._text(filing.receipt.text or "") if filing and filing.receipt else Word()

    @property
    def reason(self) -> str:
        filing, delay = self._own.filing, self._own.delay
        given = (filing.reason if filing else None) or (delay.reason if delay else None)
        if given and given.text:
            return self._text(given.text)
        phrases = self._tone.phrases
        if self._asks:
            return phrases.gap.format(phrases.why_late)
        return Word(phrases.unknown) if self.late else Word()

    @property
    def decision(self) -> str:
        found, phrases = self._own.override, self._tone.phrases
        if found is None:
            return Word()
        at = self._tone.on(Moment(found.touch.at), weekday=False)
        reason = self._text(found.reason.text or "") or phrases.unknown
        return phrases.decided.format(phrases.applies[found.applies == "yes"], self._text(found.counsel), at, reason)

    @property
    def why(self) -> str:
        tell, phrases = speaker(self._tone.language), self._tone.phrases
        lines = [self._used.text("duties", tell(line)) for line in self._clock.derivation]
        return phrases.sentence.join(line if line[-1:] in "。.：:" else line + phrases.stop for line in lines)

    def _text(self, text: str) -> str:
        return self._used.text("duties", text.strip().removesuffix("。").removesuffix("."))


class DifferenceView(ChangeView):
    """Something the filing before said otherwise, or not at all."""

    def __init__(
        self, change: Change, case: Case, tone: Tone, used: Used, kinds: Sequence[NoticeKind], before: str = ""
    ) -> None:
        """`before` stands for what was said, where nothing was."""
        super().__init__(change, case, tone, used, kinds)
        self._before = before

    @property
    def title(self) -> str:
        """A row with the list it stands in."""
        register = self._case.playbook.registers.get(self._change.fact.split(":")[1]) if self._is_row else None
        said = super().title
        return self._tone.phrases.named.format(register.title.said(self._tone.language), said) if register else said

    @property
    def was(self) -> str:
        return self._before or super().was

    @property
    def _is_row(self) -> bool:
        return self._change.fact.startswith("row:")

    def _row(self, row: Row, used: Used) -> str:
        """Each of its columns but the one it is known by, with what it is called."""
        name = self._change.fact.split(":")[1]
        register = self._case.playbook.registers.get(name)
        phrases = self._tone.phrases
        said = [
            phrases.named.format(
                column.title.said(self._tone.language),
                in_words(row.values[column.id], column, self._tone, lambda text: used.text(name, text)),
            )
            for column in (register.columns if register else ())
            if register and column.id != register.key and is_answer(row.values.get(column.id))
        ]
        return phrases.between.join(said) or phrases.unknown


def legal_names(notice: NoticeKind | None, case: Case, tone: Tone, used: Used) -> dict[str, object]:
    """`occasions`, `duties` (those the notice files, as far as they may apply) and `clocks` (every legal duty)."""
    own = notice.files if notice else ()
    views = {clock.id: DutyView(clock, case, tone, used, own=clock.id in own) for clock in legal_deadlines(case)}
    laws = {case.playbook.duties[id][0].id for id in own if id in case.playbook.duties}
    return {
        "occasions": [
            OccasionView(one, answer, regime, case, tone, used)
            for regime in asked(case)
            if regime.id in laws and _in_scope(case, regime, own)
            for one, answer in occasions(case, regime)
        ],
        "duties": [view for id, view in views.items() if id in own and view._clock.applies is not False],
        "clocks": list(views.values()),
    }


def _in_scope(case: Case, regime: Regime, own: Sequence[str]) -> bool:
    """Whether the law may ask this notice of this organisation at all, whatever its occasions say."""
    view = Possible(case, regime.assumptions)
    return any(holds(duty.when, view) is not False for duty in regime.duties if duty.id in own)


def nth(notice: NoticeKind | None, case: Case, tone: Tone) -> str:
    """第2回: how often this kind went out, this time counted; a translation counts as what it translates."""
    if notice is None:
        return ""
    own = [release for release in releases_of(case.incident) if release[0].kind == notice.slug]
    translated = joined(own, notice.slug, tone.written)
    return tone.phrases.nth.format(len(own) + (translated is None))


def before(notice: NoticeKind | None, case: Case, tone: Tone) -> Published | None:
    """The last that was filed before this one and stands: of its kind, or of those it follows, in this writing where
    there is one; never what this one translates."""
    if notice is None or not (notice.files or notice.follows):
        return None
    releases = [one for one in releases_of(case.incident) if one[0].kind in (notice.slug, *notice.follows)]
    translated = joined(releases, notice.slug, tone.written)
    for release in reversed(releases):
        standing = [one for one in release if release is not translated and one.publication.withdrawn is None]
        if standing:
            return min(standing, key=lambda one: one.written != tone.written)
    return None


def previous(past: Published | None, tone: Tone, kinds: Sequence[NoticeKind]) -> PastView | None:
    """The filing before, for a template."""
    return PastView(past, title_of_kind(past, kinds, tone), "", tone) if past else None


def differences(
    past: Published | None, facts: Sequence[str], case: Case, tone: Tone, used: Used, kinds: Sequence[NoticeKind]
) -> list[DifferenceView]:
    """What the filing before said otherwise, and what it could not say yet of the `facts` this notice rests on; in
    their order, which is that of the text."""
    if past is None:
        return []
    told = past.publication.facts
    found = {
        name: DifferenceView(Change(past, name, was, now), case, tone, used, kinds)
        for name, was, now in changed(case.incident, told)
    }
    for name in facts:
        if name not in told and (held := current(case.incident, name)):
            said = tone.phrases.unsaid if _was_known(case, name, past) else tone.phrases.unknown
            found[name] = DifferenceView(Change(past, name, None, held), case, tone, used, kinds, said)
    return [found[name] for name in dict.fromkeys((*facts, *told)) if name in found]


def _was_known(case: Case, name: str, past: Published) -> bool:
    """Whether there was an answer when the text of that filing was frozen, though it did not say it."""
    if name.startswith("row:"):
        return True  # a list that grew: the filing did not name it
    notice = case.incident.notice(past.kind, past.written)
    frozen = [one.touch.seq for one in notice.submissions if one.sha256 == past.publication.sha256]
    until = frozen[-1] if frozen else past.publication.touch.seq
    kind, _, rest = name.partition(":")
    if kind == "dataset":
        return any(data.touch.seq < until for data in case.incident.datasets.get(rest, ()))
    return any(claim.touch.seq < until and is_answer(claim.value) for claim in case.incident.fact(name).claims)


def _rest_on(used: Used, case: Case, facts: Iterable[str]) -> None:
    for name in facts:
        claim = case.current(name)
        if claim is not None and is_answer(claim.value):
            used.facts[name] = claim.touch.seq
