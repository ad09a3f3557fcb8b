"""Where content lies: the user's folder first, then the package, then (editable install) the repository's root."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeVar, cast

import msgspec

from runbook.content.compiling import REGIME, UNREAD, compile_playbook, compile_regimes, unread
from runbook.content.draws import drawn
from runbook.content.elsewhere import NOTHING, Elsewhere
from runbook.content.fields import FACTS
from runbook.content.mistakes import Mistake, Mistakes, cut, nearest
from runbook.content.nodes import LARGEST, Entries, read_nodes, read_text
from runbook.content.playbooks import PLAYBOOK_KEYS, check_playbook, read_kinds, scan_playbook
from runbook.content.regimes import REGIME_KEYS, check_regime, scan_regime
from runbook.content.scenarios import (
    SCENARIO_KEYS,
    check_scenario,
    named_playbook,
    read_scenario,
    where_playbook,
    without_playbook,
)
from runbook.content.severity import METHOD_KEYS, check_method
from runbook.content.trees import read_tree
from runbook.declared import FactSpec
from runbook.errors import BadContent, reason
from runbook.notice_kinds import NoticeKind
from runbook.playbook import Playbook
from runbook.regime import Regime
from runbook.scenario import Scenario
from runbook.speech import Bilingual, Message, say

GUARDRAILS = "playbooks/guardrails.yaml"
SEVERITY = "playbooks/severity.yaml"
REGIMES = "playbooks/regimes"
SCENARIOS = "playbooks/scenarios"
KINDS = "templates/kinds.yaml"
_T = TypeVar("_T")
_REMEMBERED = 500
"""Parts; of scenarios that are made from a seed there is no end."""
_Sort: TypeAlias = Literal["playbook", "regime", "severity", "scenario"]
_NO_PLAYBOOKS = ("facts", "guardrails", "severity")
"""Files beside the playbooks that are none."""


def shipped_folders(package: Path) -> tuple[Path, ...]:
    """Where the content lies that came with the program, which is installed in `package`."""
    if package.parent.name == "src":
        return package / "_content", package.parent.parent
    return (package / "_content",)


class Content:
    """The playbooks and templates of one user. A file in the user's folder stands in for the shipped one."""

    def __init__(
        self,
        user_folder: Path | None,
        shipped: tuple[Path, ...] | None = None,
        held: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`user_folder` holds `playbooks/` and `templates/` of the user's own; neither it nor they need to exist.
        `held` are texts that stand in for the files of those names.
        """
        self._user_folder = user_folder
        self._held = held
        own = () if user_folder is None else (user_folder,)
        self._shipped = shipped_folders(Path(__file__).parents[1]) if shipped is None else shipped
        self._folders = own + self._shipped

    def once(self, key: tuple[Hashable, ...], work: Callable[[], _T]) -> _T:
        """What `work` makes of this content: made anew each time, for files may change. `key` tells it from the
        rest."""
        return work()

    def remembered(self) -> Content:
        """The same as it is now: no file is read, and nothing made of it, a second time."""
        return _Remembered(self._user_folder, self._shipped, self._held)

    def file(self, relative: str) -> Path:
        """The first file of that name, such as "templates/ja/first-notice.md.j2". Raises BadContent."""
        return self.once(("file", relative), lambda: self._file(relative))

    def _file(self, relative: str) -> Path:
        inside = not Path(relative).is_absolute() and ".." not in Path(relative).parts
        for folder in self._folders if inside else ():
            if (folder / relative).is_file():
                return folder / relative
        raise BadContent(
            say("There is no file “{file}” among the playbooks and templates.", file=relative),
            say("Check the name, or install the program again."),
        )

    def has(self, relative: str) -> bool:
        """Whether there is a file of that name."""
        try:
            return self.file(relative).is_file()
        except BadContent:
            return False

    def playbooks(self) -> list[str]:
        """The names of all playbooks, in alphabetical order."""
        names = {path.stem for folder in self._folders for path in (folder / "playbooks").glob("*.yaml")}
        return sorted(names.difference(_NO_PLAYBOOKS))

    def scenarios(self) -> list[str]:
        """The names of all scenarios, in alphabetical order."""
        return sorted({path.stem for folder in self._folders for path in (folder / SCENARIOS).glob("*.yaml")})

    def scenario_text(self, name: str, seed: int = 0) -> str:
        """A scenario's text, as a drill keeps it: where it is made from a seed, with everything drawn.

        Raises BadContent where there is no such scenario, or no text in it.
        """
        return drawn(self.once(("scenario text", name), lambda: self._scenario_text(name)), seed)

    def _scenario_text(self, name: str) -> str:
        _require_known(name, self.scenarios(), say("There is no scenario “{name}”.", name=name))
        return _text(self.file(f"{SCENARIOS}/{name}.yaml"))

    def scenario(self, name: str, seed: int = 0) -> Scenario:
        """A scenario, compiled from today's files together with its playbook. Raises BadContent with its mistakes."""
        text = self.scenario_text(name, seed)
        return self.once(("scenario", name, text), lambda: self._scenario(name, text))

    def _scenario(self, name: str, text: str) -> Scenario:
        return read_scenario(text, self.playbook(named_playbook(text)), f"{name}.yaml", self._rules())

    def playbook_text(self, name: str) -> tuple[Path, str]:
        """A playbook's file and its text. Raises BadContent where there is no such playbook, or no text in it."""
        _require_known(name, self.playbooks(), say("There is no playbook “{name}”.", name=name))
        path = self.file(f"playbooks/{name}.yaml")
        return path, _text(path)

    def facts_text(self) -> str:
        """The facts every playbook shares. Raises BadContent."""
        return _text(self.file(FACTS))

    def playbook(self, name: str) -> Playbook:
        """A playbook, compiled from today's files. Raises BadContent with all its mistakes."""
        path, texts = self.edition(name)
        return self.compiled(texts, str(path))

    def edition(self, name: str) -> tuple[Path, dict[str, str]]:
        """A playbook's file, and the texts an incident opened with it keeps, by their part (rules.md 12): "playbook",
        "facts", "guardrails", "severity", and "regime:NAME" for each law. Raises BadContent."""
        path, texts = self.once(("edition", name), lambda: self._edition(name))
        return path, dict(texts)

    def _edition(self, name: str) -> tuple[Path, dict[str, str]]:
        path, text = self.playbook_text(name)
        parts = {"playbook": text, "facts": self.facts_text()}
        parts["guardrails"] = self.text(GUARDRAILS)[1]
        return path, {**parts, **self._part("severity", SEVERITY), **self._regime_texts()}

    def laws(self) -> tuple[tuple[Regime, ...], tuple[Bilingual, ...]]:
        """Today's regimes, and what is wrong with those that cannot be used. Raises BadContent."""
        return compile_regimes({"facts": self.facts_text(), **self._regime_texts()})

    def _regime_texts(self) -> dict[str, str]:
        """Every regime's text, by its part."""
        found: dict[str, str] = {}
        if any((folder / REGIMES).exists() and not (folder / REGIMES).is_dir() for folder in self._folders):
            wrong = BadContent(say("“{file}” is a file; it must be the folder that the regimes lie in.", file=REGIMES))
            found[f"{UNREAD}{REGIME}"] = unread(wrong, REGIMES)
        for name in self.regimes():
            found |= self._part(f"{REGIME}{name}", f"{REGIMES}/{name}.yaml")
        return found

    def _part(self, part: str, relative: str) -> dict[str, str]:
        """A file's text under its part; for a file that is no text, what is wrong with it: nobody waits for that. A
        folder of that name does not give way to a shipped file in silence."""
        try:
            first = next((path for folder in self._folders if (path := folder / relative).exists()), None)
            return {part: _text(first) if first and first.is_dir() else self.text(relative)[1]}
        except BadContent as wrong:
            return {f"{UNREAD}{part}": unread(wrong, Path(relative).name)}

    def regimes(self) -> list[str]:
        """The names of all regimes' files, in alphabetical order."""
        return sorted({path.stem for folder in self._folders for path in (folder / REGIMES).glob("*.yaml")})

    def compiled(self, texts: Mapping[str, str], where: str) -> Playbook:
        """A playbook of exactly these texts, checked against today's kinds of notice. Raises BadContent."""
        return self.once(("compiled", *texts.items(), where), lambda: self._compiled(texts, where))

    def _compiled(self, texts: Mapping[str, str], where: str) -> Playbook:
        kinds = self.kinds()
        return _with_kinds(compile_playbook(texts, where, kinds), kinds)

    def kept(self, texts: Mapping[str, str], where: str) -> Playbook:
        """A playbook of the edition an incident keeps: today's kinds of notice have no say in whether it is right.

        A drill's scenario that cannot be read today, such as one of a newer form, is left out: its record can still be
        read, and no list of incidents fails for it. Raises BadContent for the rest."""
        playbook = compile_playbook({part: text for part, text in texts.items() if part != "scenario"}, where)
        with suppress(BadContent):
            playbook = compile_playbook(texts, where)
        return _with_kinds(playbook, self.kinds())

    def kinds(self) -> tuple[NoticeKind, ...]:
        """The kinds of notice that can be written. Raises BadContent."""
        path = self.file(KINDS)
        return self.once(("kinds",), lambda: read_kinds(_bytes(path), str(path)))

    def tree(self, relative: str) -> object:
        """A file as a plain tree of dicts, lists and texts, such as "playbooks/guardrails.yaml". Raises BadContent."""
        path = self.file(relative)
        return self.once(("tree", relative), lambda: read_tree(_bytes(path), str(path)))

    def text(self, relative: str) -> tuple[Path, str]:
        """A file and its text. Raises BadContent where there is none, or no text in it."""
        path = self.file(relative)
        return path, self._held.get(relative) or self.once(("text", relative), lambda: _text(path))

    def holding(self, relative: str, text: str) -> Content:
        """The same with a text in place of the file of that name: an edition an incident keeps (rules.md 12)."""
        held = {**self._held, relative: text}
        return self.once(("holding", relative, text), lambda: type(self)(self._user_folder, self._shipped, held))

    def shipped(self) -> Content:
        """The same without the user's own folder."""
        return self.once(("shipped",), lambda: type(self)(None, self._shipped, self._held))

    def check(self, path: Path) -> list[Mistake]:
        """Every mistake in the file of a playbook, a regime or the severity method, wherever it lies; which of them
        it is shows by its keys. Raises BadContent where it cannot be opened."""
        data, facts, where = _bytes(path), self.facts_text(), str(path)
        match _sort(data, path):
            case "regime":
                return check_regime(data, facts, where, self._declared(path.name))
            case "severity":
                return check_method(data, facts, where)
            case "scenario":
                return self._check_scenario(data, where)
            case _:
                return check_playbook(data, facts, self.kinds(), where, NOTHING.and_laws(self._laws()))

    def _check_scenario(self, data: bytes, where: str) -> list[Mistake]:
        """Every mistake of a scenario; where the playbook it is played with cannot be used, that alone."""
        named = where_playbook(data)
        if named is None:
            return without_playbook(data, where)
        try:
            playbook = self.playbook(named.text)
        except BadContent as wrong:
            first = wrong.mistakes[0].said if isinstance(wrong, Mistakes) else wrong.message
            message = say("The playbook “{name}” cannot be used: {problem}", name=cut(named.text), problem=first)
            return [Mistake(where, named.line, message)]
        return check_scenario(data, playbook, where, self._rules())

    def _rules(self) -> list[str] | None:
        """The ids of the guardrails; None where their file cannot be read: whoever uses them says so."""
        with suppress(BadContent):
            root = self.tree(GUARDRAILS)
            rules = root.get("rules") if isinstance(root, dict) else None
            return [str(rule["id"]) for rule in rules or () if isinstance(rule, dict) and "id" in rule]
        return None

    def _laws(self, but: str = "") -> Iterator[tuple[str, Regime]]:
        """Every regime as far as it can be read, with its file; the one of the file `but` left out."""
        facts = self.facts_text()
        for part, text in self._regime_texts().items():
            file = f"{part.removeprefix(REGIME)}.yaml"
            regime = scan_regime(text, facts, file)[0] if part.startswith(REGIME) and file != but else None
            if regime is not None:
                yield file, regime

    def _declared(self, but: str) -> Elsewhere:
        """What playbooks and regimes declare, without the regime of the file `but`."""
        found: dict[str, FactSpec] = {}
        facts = self.facts_text()
        for name in self.playbooks():
            with suppress(BadContent):  # a file that is no text declares nothing
                path, text = self.playbook_text(name)
                playbook = scan_playbook(text, facts, str(path))
                found |= playbook.facts if playbook else {}
        return Elsewhere(found, {}).and_laws(self._laws(but))


class _Remembered(Content):
    """Content as it was when each part of it was first asked for."""

    def __init__(
        self, user_folder: Path | None, shipped: tuple[Path, ...] | None, held: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__(user_folder, shipped, held)
        self._known: dict[tuple[Hashable, ...], object] = {}

    def once(self, key: tuple[Hashable, ...], work: Callable[[], _T]) -> _T:
        if key not in self._known:
            found = work()
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = found
        return cast(_T, self._known[key])


def _require_known(name: str, names: Sequence[str], otherwise: Message) -> None:
    """Raises BadContent, which says `otherwise` and names what comes nearest, for a name that is none of `names`."""
    if name in names:
        return
    near = nearest(name, names)
    raise BadContent(
        otherwise,
        say("Did you mean “{near}”?", near=near) if near else say("There are: {names}.", names=", ".join(names)),
    )


def _with_kinds(playbook: Playbook, kinds: tuple[NoticeKind, ...]) -> Playbook:
    titles = {kind.slug: kind.title for kind in kinds}
    filings = {kind.slug: (kind.slug, *kind.follows) for kind in kinds if kind.filing}
    reported = tuple(duty for kind in kinds if kind.audience == "authorities" for duty in kind.files)
    return msgspec.structs.replace(playbook, notices=titles, filings=filings, reported=reported)


def _sort(data: bytes, path: Path) -> _Sort:
    """What a file is meant to be: what most of its keys belong to; where they do not tell, what its place says."""
    root = read_nodes(data, lambda line, message: None)
    keys = {key.text for key, _ in root.pairs} if isinstance(root, Entries) else set()
    sorts: dict[_Sort, int] = {
        "playbook": len(keys & PLAYBOOK_KEYS),
        "regime": len(keys & REGIME_KEYS),
        "severity": len(keys & METHOD_KEYS),
        "scenario": len(keys & SCENARIO_KEYS),
    }
    places = {"regimes": "regime", "scenarios": "scenario"}
    place = places.get(path.parent.name, "severity" if path.name == "severity.yaml" else "playbook")
    return max(sorts, key=lambda sort: (sorts[sort], sort == place))


def _text(path: Path) -> str:
    """Raises BadContent where the file cannot be opened or is no text."""
    mistakes: list[Mistake] = []
    text = read_text(_bytes(path), lambda line, message: mistakes.append(Mistake(str(path), line, message)))
    if text is None:
        raise Mistakes(mistakes)
    return text


def _bytes(path: Path) -> bytes:
    """At most one byte more than a file may have: enough to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise BadContent(
            say("{file} cannot be read: {reason}.", file=str(path), reason=reason(error)),
            say("Check the path and your rights to the file."),
        ) from None
