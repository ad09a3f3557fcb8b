"""What a template sees of earlier publications: what came out before, and what of it is no longer right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from runbook.case import Case
from runbook.incident import Claim, DataSet, Incident, Row, is_answer
from runbook.notice_kinds import WRITTEN, NoticeKind, Written, find_kind
from runbook.notices.merging import changes as differences
from runbook.notices.missing import title_of
from runbook.notices.phrases import Tone
from runbook.notices.views import FactView, Used, View, counted, in_words
from runbook.publications import Change, Held, Published, public_changes, published
from runbook.speech import Message, say

Release: TypeAlias = list[Published]
"""A notice that came out, with its translations: the publications of one kind, each in another writing."""
LISTING = frozenset({"history", "number"})
"""The names by which a template tells of earlier notices: those that came out, and how many reports there were."""


class PastView(View):
    """An earlier publication. `number` is empty where it was no numbered report, `writing` (“in Japanese”) where it is
    in the writing of this notice; `corrected` and `withdrawn` are for conditions."""

    SHOWS = frozenset({"at", "title", "number", "writing", "head", "corrected", "withdrawn"})

    def __init__(self, past: Published, title: str, number: str, tone: Tone) -> None:
        self._past = past
        self._tone = tone
        self.title = title
        self.number = number

    @property
    def at(self) -> str:
        return self._tone.on(self._past.publication.at)

    @property
    def writing(self) -> str:
        written = self._past.written
        return "" if written == self._tone.written else self._tone.phrases.writings[written]

    @property
    def head(self) -> str:
        """The record's head code when it came out."""
        return self._past.publication.head

    @property
    def corrected(self) -> bool:
        return self._past.publication.corrected is not None

    @property
    def withdrawn(self) -> bool:
        return self._past.publication.withdrawn is not None


class ChangeView(View):
    """Something a standing publication says that is no longer what is known. A notice that writes out `now` rests on
    it; what was said once changes no more."""

    SHOWS = frozenset({"title", "was", "now", "document", "published"})

    def __init__(self, change: Change, case: Case, tone: Tone, used: Used, kinds: Sequence[NoticeKind]) -> None:
        self._change = change
        self._case = case
        self._tone = tone
        self._used = used
        self.document = title_of_kind(change.of, kinds, tone)

    @property
    def title(self) -> str:
        """What it is about: the fact, the data set, the row."""
        kind, _, name = self._change.fact.partition(":")
        if kind == "dataset":
            return self._used.text("datasets", name)
        if kind == "row":
            register, _, key = name.partition(":")
            return self._used.text(register, key)
        return title_of(self._case, self._change.fact).said(self._tone.language)

    @property
    def was(self) -> str:
        forgotten = Used(self._tone)
        said = self._said(self._change.was, forgotten, past=True)
        self._used.foreign |= forgotten.foreign
        return self._worded(said) or said

    def _worded(self, said: str) -> str:
        """What people published by hand in place of a sentence with these words; empty where they left it as it was. To
        quote the fact would be to take back what nobody read."""
        of = self._change.of
        out, kept = of.publication.text.text, self._case.incident.notice(of.kind, of.written).versions
        base = next((one.base.text for one in reversed(kept) if one.base and one.text.text == out), None)
        if out is None or base is None or of.written != self._tone.written:
            return ""
        words = re.split("[（(]", said)[0].strip()  # without its source and its time
        edits = (edit for edit in differences(base, out) if words in edit.was and words not in edit.now)
        return next((" ".join(edit.now.lstrip("-* ").split()) for edit in edits), "")

    @property
    def now(self) -> str:
        return self._said(self._change.now, self._used)

    @property
    def published(self) -> str:
        return self._tone.on(self._change.of.publication.at)

    def _said(self, held: Held | None, used: Used, *, past: bool = False) -> str:
        match held:
            case Claim():
                claim = held if past else None
                return str(FactView(self._change.fact, self._case, self._tone, used, claim=claim))
            case DataSet():
                used.facts[self._change.fact] = held.touch.seq
                return self._counted(held, used)
            case Row():
                used.facts[self._change.fact] = held.touch.seq
                return self._row(held, used)
        return self._tone.phrases.unknown

    def _counted(self, data: DataSet, used: Used) -> str:
        """Its count and its time; its fields too, if it is they that changed."""
        tone, change = self._tone, self._change
        told = []
        versions = [set(held.fields) for held in (change.was, change.now) if isinstance(held, DataSet)]
        if len(versions) == 2 and versions[0] != versions[1]:
            told.append(used.text("datasets", tone.phrases.comma.join(data.fields)) or tone.phrases.unknown)
        if data.as_of and data.as_of.at:
            told.append(tone.phrases.as_of.format(tone.on(data.as_of, weekday=False)))
        return tone.remarked(counted(data, tone), told)

    def _row(self, row: Row, used: Used) -> str:
        name = self._change.fact.split(":")[1]
        register = self._case.playbook.registers.get(name)
        columns = {column.id: column for column in register.columns} if register else {}
        said = [
            in_words(value, columns.get(column), self._tone, lambda text: used.text(name, text))
            for column, value in row.values.items()
            if is_answer(value)
        ]
        return self._tone.phrases.comma.join(said)


def number(kind: NoticeKind | None, case: Case, tone: Tone, kinds: Sequence[NoticeKind]) -> str:
    """第2報: which report of its series this will be; a translation has the number of what it translates. Empty for a
    kind that is not numbered."""
    if kind is None or not kind.report:
        return ""
    reports = [release for release in releases_of(case.incident) if _is_report(release, kinds)]
    own = joined(reports, kind.slug, tone.written)
    return tone.phrases.report.format(reports.index(own) + 1 if own else len(reports) + 1)


def history(notice: NoticeKind | None, case: Case, tone: Tone, kinds: Sequence[NoticeKind]) -> list[PastView]:
    """What was published for everyone, oldest first: each release once, in this writing where it came out in it; not
    the one that this notice translates."""
    views = []
    for _, release, report in _earlier(notice, tone.written, case, kinds):
        one = min(release, key=lambda one: (one.written != tone.written, WRITTEN.index(one.written)))
        said = tone.phrases.report.format(report) if report else ""
        views.append(PastView(one, title_of_kind(one, kinds, tone), said, tone))
    return views


def overtaken(notice: NoticeKind, written: Written, case: Case, kinds: Sequence[NoticeKind], seq: int) -> list[Message]:
    """What a list of earlier notices written at entry `seq` leaves out by now, one sentence each: who reads it takes it
    for complete. A notice put right since is told of by its correction, which came out itself."""
    told = []
    for kind, release, _ in _earlier(notice, written, case, kinds):
        if min(one.publication.touch.seq for one in release) > seq:
            told.append(
                say(
                    "“{notice}” came out since this was submitted, and its list of earlier notices leaves it out: "
                    "draft it anew.",
                    notice=kind.title,
                )
            )
        elif any(gone.seq > seq for one in release if (gone := one.publication.withdrawn)):
            told.append(
                say(
                    "“{notice}” was withdrawn since this was submitted, and its list of earlier notices does not say "
                    "so: draft it anew.",
                    notice=kind.title,
                )
            )
    return told


def _earlier(
    notice: NoticeKind | None, written: Written, case: Case, kinds: Sequence[NoticeKind]
) -> Iterator[tuple[NoticeKind, Release, int]]:
    """The releases for everyone beside this notice, each with its kind and the number of its report, or 0."""
    reports, releases = 0, releases_of(case.incident)
    translated = joined(releases, notice.slug, written) if notice else None
    for release in releases:
        numbered = _is_report(release, kinds)
        reports += numbered
        kind = find_kind(kinds, release[0].kind)
        if release is not translated and kind is not None and kind.public:
            yield kind, release, reports if numbered else 0


def changes(case: Case, tone: Tone, used: Used, kinds: Sequence[NoticeKind]) -> list[ChangeView]:
    """What is no longer right, once for each kind of notice: of its publication in this writing, if there is one."""
    first: dict[tuple[str, str], Change] = {}
    for change in sorted(public_changes(case), key=lambda change: change.of.written != tone.written):
        first.setdefault((change.of.kind, change.fact), change)
    return [ChangeView(change, case, tone, used, kinds) for change in first.values()]


def releases_of(incident: Incident) -> list[Release]:
    """Every notice that came out, each with its translations, in the order they first did."""
    releases: list[Release] = []
    for one in published(incident):
        release = joined(releases, one.kind, one.written)
        if release is None:
            releases.append([one])
        else:
            release.append(one)
    return releases


def joined(releases: Sequence[Release], kind: str, written: Written) -> Release | None:
    """The release that a publication belongs to: the latest of its kind, unless that came out in this writing already;
    then it is a new one."""
    latest = next((release for release in reversed(releases) if release[0].kind == kind), None)
    return latest if latest and all(one.written != written for one in latest) else None


def _is_report(release: Release, kinds: Sequence[NoticeKind]) -> bool:
    kind = find_kind(kinds, release[0].kind)
    return kind is not None and kind.report


def title_of_kind(one: Published, kinds: Sequence[NoticeKind], tone: Tone) -> str:
    """What its kind of notice is called."""
    kind = find_kind(kinds, one.kind)
    return kind.title.said(tone.language) if kind else one.kind
