"""The form in which a claim about a fact is recorded or corrected."""

from __future__ import annotations

from runbook.actions import facts
from runbook.actions.deciding import By, Decision
from runbook.case import Case
from runbook.duties import freeing
from runbook.errors import BadContent
from runbook.events import Act
from runbook.incident import Claim
from runbook.moment import read_moment
from runbook.playbook import ClaimStatus, Field
from runbook.saying import STATUS_NAMES, source_words
from runbook.speech import say
from runbook.tui import typed
from runbook.tui.screens.form import Form, Line
from runbook.tui.teller import Teller
from runbook.wording.safe import fold

STATUSES: tuple[ClaimStatus, ...] = ("confirmed", "claimed", "estimate")
"""In the order of their numbers in the form. A claim is withdrawn by a key of its own."""


class ClaimForm(Form):
    """What one source says of a fact. What is left as it was is recorded as it was, to the second."""

    def __init__(self, name: str, tell: Teller, keep: str) -> None:
        spec = facts.find_fact(tell.case, name)
        self._spec, self._case, self._tell = spec, tell.case, tell
        self._claim: Claim | None = tell.case.current(name)
        self._field = Field(spec.id, spec.type, spec.title, spec.ask, spec.choices, guard=spec.guard)
        claim, zone = self._claim, tell.case.zone
        # What frees from a duty counts once it is confirmed: a suspicion must not become that by an enter too many.
        frees = name in freeing(tell.case)
        status: ClaimStatus = claim.status if claim else "claimed" if frees else "confirmed"
        self._source = tell(source_words(claim.source, tell.case.playbook)) if claim else ""
        self._as_of = typed.as_typed(claim.as_of, zone) if claim else ""
        lines = [
            Line(
                "value",
                tell(say("value")),
                self._worded(typed.as_typed(claim.value, zone)) if claim else "",
                self._how(),
            ),
            Line(
                "status",
                tell(say("status")),
                tell(STATUS_NAMES[status]),
                _numbered(tell),
            ),
            Line("source", tell(say("who says so")), self._source, tell(say("A person, a document, an office"))),
            Line("as_of", tell(say("as of")), self._as_of, tell(typed.how(Field("as_of", "time", spec.title)) or "")),
        ]
        super().__init__(say("Fact: {fact}", fact=spec.title), lines, "" if spec.guard else keep)
        self.hint = say("{text}", text=spec.ask) if spec.ask else None
        if frees:
            self.hint = say(
                "{question} Confirm only what is proven: it can free from a legal duty or give more time.",
                question=spec.ask or spec.title,
            )

    def _worded(self, value: str) -> str:
        """A choice by its words, anything else as it is typed."""
        return next((self._tell(said) for _, id, said in typed.choices(self._field) if id == value), value)

    def _how(self) -> str:
        if options := typed.choices(self._field):
            return ", ".join(f"{letter} {self._tell(said)}" for letter, _, said in options)
        return self._tell(typed.how(self._field) or "")

    def decide(self, typed_: dict[str, str]) -> Decision:
        value = typed.meant(self._field, typed_["value"])
        if not value.strip():
            raise BadContent(
                say("“{fact}” has no value in this form.", fact=self._spec.title),
                say("Write one, or leave with esc and withdraw the claim with w."),
            )
        status = _status(typed_["status"], self._tell)
        claim, as_of = self._claim, typed_["as_of"].strip()
        source = claim.source if claim and typed_["source"] == self._source else typed_["source"]

        def decide(case: Case, by: By) -> list[Act]:
            if claim and as_of == self._as_of.strip():
                since = claim.as_of
            else:
                since = read_moment(as_of, case.now, case.zone) if as_of else None
            return facts.claim(case, by, self._spec.id, value, status=status, source=source, as_of=since)

        return decide


def _numbered(tell: Teller) -> str:
    return ", ".join(f"{n} {tell(STATUS_NAMES[status])}" for n, status in enumerate(STATUSES, 1))


def _status(text: str, tell: Teller) -> ClaimStatus:
    """The status meant by its number, name or word. Raises BadContent for anything else."""
    wanted = fold(text)
    for n, status in enumerate(STATUSES, 1):
        if wanted in (str(n), status, fold(tell(STATUS_NAMES[status]))):
            return status
    raise BadContent(
        say("“{text}” is not a status.", text=text), say("Choose one of: {options}.", options=_numbered(tell))
    )
