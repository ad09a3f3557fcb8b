"""The form of an inject, edited or new."""

from __future__ import annotations

from datetime import datetime

from runbook.actions import drills
from runbook.actions.deciding import By, Decision
from runbook.case import Case
from runbook.content.mistakes import together
from runbook.drills.editing import checked, wrong_with
from runbook.errors import BadContent
from runbook.events import Act
from runbook.scenario import DELIVERY_NAMES, KIND_NAMES, Inject
from runbook.script import injects, scenario_of
from runbook.speech import Bilingual, Language, Message, say
from runbook.tui import typed as typing
from runbook.tui.screens.console.ahead import read_ahead
from runbook.tui.screens.console.choosing import ANSWERS, choice, pick, pick_any
from runbook.tui.screens.form import Form, Line, WrongLine
from runbook.tui.teller import Teller

_LANGUAGES: dict[Language, Message] = {"ja": say("Japanese"), "en": say("English")}
_ORDER: dict[Language, tuple[Language, Language]] = {"ja": ("ja", "en"), "en": ("en", "ja")}


class InjectForm(Form):
    """An inject, edited or new, with all its fields. What it says in one language only is said in both."""

    def __init__(self, inject: Inject | None, tell: Teller, keep: str) -> None:
        numbers = [one.number for one in injects(tell.case)]
        self._own = inject or _blank(max(numbers, default=0) + 1)
        self._tell = tell
        lines = [*self._texts(), *self._names(), *self._triggers()]
        self._shown = {line.id: line.value for line in lines}
        question = say("Inject {number}: edit", number=self._own.number) if inject else say("Another inject")
        super().__init__(question, lines, keep)

    def _texts(self) -> list[Line]:
        """What is said, in the language of the screen first."""
        own, tell = self._own, self._tell
        two = say("Empty means: as in the other language. \\n starts a new line")
        lines = [Line("number", tell(say("number")), str(own.number), tell(say("Its place in the events list")))]
        for id, label, both in (
            ("title", say("title"), own.title),
            ("text", say("text"), own.text),
            ("sender", say("from"), own.sender),
            ("expected", say("expected action"), own.expected or Bilingual("", "")),
        ):
            for language in _ORDER[tell.language]:
                said = tell(say("{what} ({language})", what=label, language=_LANGUAGES[language]))
                text = both.ja if language == "ja" else both.en
                lines.append(Line(f"{id}_{language}", said, _one_line(text), tell(two)))
        return lines

    def _names(self) -> list[Line]:
        own, tell, case = self._own, self._tell, self._tell.case
        scenario = scenario_of(case)
        objectives = {one.id: one.title for one in scenario.objectives} if scenario else {}
        return [
            choice("kind", say("kind"), own.kind, KIND_NAMES, tell),
            choice("delivery", say("how it comes"), own.delivery, DELIVERY_NAMES, tell),
            choice("to", say("to (roles)"), ", ".join(own.to), case.playbook.roles, tell),
            choice("objective", say("objective"), own.objective, objectives, tell),
            Line("controller", tell(say("controller")), own.controller, tell(say("Who plays it"))),
            Line(
                "attachments",
                tell(say("attachments")),
                ", ".join(own.attachments),
                tell(say("Several, separated by commas")),
            ),
            choice("answer", say("wants an answer"), "yes" if own.answer else "no", ANSWERS, tell),
            choice("enabled", say("switched on"), "yes" if own.enabled else "no", ANSWERS, tell),
        ]

    def _triggers(self) -> list[Line]:
        own, tell, case = self._own, self._tell, self._tell.case
        scenario = scenario_of(case)
        milestones = {one.id: one.title for one in scenario.milestones} if scenario else {}
        at = f"{case.zoned(own.at):%Y-%m-%d %H:%M}" if own.at else ""
        numbers = {one.id: str(one.number) for one in injects(case)}
        depends = ", ".join(numbers.get(id, id) for id in own.depends_on)
        return [
            Line("at", tell(say("comes at")), at, tell(say("10:30, tomorrow 08:30, +20min; empty: not by the clock"))),
            Line(
                "when",
                tell(say("once")),
                own.when,
                tell(say("A condition, such as not done(report-head); empty: none")),
            ),
            choice("milestone", say("milestone"), own.milestone, milestones, tell),
            Line("depends_on", tell(say("after injects")), depends, tell(say("Their numbers, separated by commas"))),
            self._by_hand(),
        ]

    def _by_hand(self) -> Line:
        own, tell = self._own, self._tell
        value = ("yes" if own.hand else "no") if own.id else ""
        found = choice("hand", say("by hand only"), value, ANSWERS, tell)
        hint = say("{options}  Empty means: by hand where it waits for nothing else", options=found.hint)
        return Line(found.id, found.title, found.value, tell(hint), options=found.options)

    def decide(self, typed: dict[str, str]) -> Decision:
        inject = self._read(typed)
        if mistakes := wrong_with(self._tell.case, inject):
            titles = {line.id: line.title for line in self._lines}
            said = [
                say("“{column}”: {mistake}", column=titles[key], mistake=message) if key in titles else message
                for key, message in mistakes
            ]
            first = next((key for key, _ in mistakes if key in titles), "number")
            raise WrongLine(first, together(said), say("Put this right, then try again."))

        def decide(case: Case, by: By) -> list[Act]:
            return drills.change(case, by, checked(case, inject))

        return decide

    def _read(self, typed: dict[str, str]) -> Inject:
        """The inject as it was typed. Raises WrongLine."""
        own, case, tell = self._own, self._tell.case, self._tell
        number = typed["number"].strip()
        if not number.isdecimal() or not int(number):
            raise WrongLine(
                "number", say("“{text}” is not a number.", text=number), say("Write a whole number from 1 on.")
            )
        scenario = scenario_of(case)
        objectives = {one.id: one.title for one in scenario.objectives} if scenario else {}
        milestones = {one.id: one.title for one in scenario.milestones} if scenario else {}
        roles = [pick("to", part, case.playbook.roles, tell) for part in typing.several(typed["to"])]
        expected = self._both("expected", typed)
        return Inject(
            id=own.id or f"added-{int(number)}",
            number=int(number),
            title=self._said("title", say("title"), typed),
            text=self._said("text", say("text"), typed),
            kind=pick("kind", typed["kind"], KIND_NAMES, tell),
            delivery=pick("delivery", typed["delivery"], DELIVERY_NAMES, tell),
            sender=self._said("sender", say("from"), typed),
            to=tuple(role for role in roles if role),
            at=self._at(typed["at"]),
            when=typed["when"].strip(),
            milestone=pick_any("milestone", typed["milestone"], milestones, tell) or "",
            depends_on=self._depends(typed["depends_on"]),
            hand=self._hand(typed),
            expected=expected if expected.ja else None,
            controller=typed["controller"].strip(),
            attachments=typing.several(typed["attachments"]),
            objective=pick_any("objective", typed["objective"], objectives, tell) or "",
            answer=pick("answer", typed["answer"], ANSWERS, tell) == "yes",
            enabled=pick("enabled", typed["enabled"], ANSWERS, tell) == "yes",
        )

    def _hand(self, typed: dict[str, str]) -> bool:
        said = pick_any("hand", typed["hand"], ANSWERS, self._tell)
        if said is None:
            return not any(typed[one].strip() for one in ("at", "when", "milestone", "depends_on"))
        return said == "yes"

    def _both(self, id: str, typed: dict[str, str]) -> Bilingual:
        ja, en = (typed[f"{id}_{language}"].replace("\\n", "\n").strip() for language in ("ja", "en"))
        return Bilingual(ja or en, en or ja)

    def _said(self, id: str, what: Message, typed: dict[str, str]) -> Bilingual:
        """A text that must be there, in both languages; one that was left as it was stays so to the letter."""
        if all(typed[f"{id}_{one}"] == self._shown[f"{id}_{one}"] for one in ("ja", "en")) and self._own.id:
            before = {"title": self._own.title, "text": self._own.text, "sender": self._own.sender}
            return before[id]
        both = self._both(id, typed)
        if not both.ja:
            line = f"{id}_{self._tell.language}"
            raise WrongLine(
                line, say("“{what}” is empty.", what=what), say("Write something, in one language at least.")
            )
        return both

    def _at(self, text: str) -> datetime | None:
        if text.strip() == self._shown["at"]:
            return self._own.at
        return _ahead("at", text, self._tell.case) if text.strip() else None

    def _depends(self, text: str) -> tuple[str, ...]:
        known = {str(one.number): one.id for one in injects(self._tell.case)}
        known |= {id: id for id in known.values()}
        found = []
        for part in typing.several(text):
            if part not in known:
                raise WrongLine(
                    "depends_on", say("There is no inject “{name}”.", name=part), say("The events list shows them all.")
                )
            found.append(known[part])
        return tuple(found)


def _blank(number: int) -> Inject:
    nothing = Bilingual("", "")
    return Inject("", number, nothing, nothing, "informational", "telephone", nothing, (), answer=False)


def _one_line(text: str) -> str:
    return text.strip().replace("\n", "\\n")


def _ahead(line: str, text: str, case: Case) -> datetime:
    try:
        return read_ahead(text, case.now, case.zone)
    except BadContent as wrong:
        raise WrongLine(line, wrong.message, wrong.hint or say("Write 10:30, tomorrow 08:30, or +20min.")) from None
