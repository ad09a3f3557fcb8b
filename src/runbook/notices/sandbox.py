"""Templates as programs that can do nothing but write: what of Jinja a notice may use, compiled once.

Beside Jinja's own sandbox only these are allowed: text, facts and their few attributes, conditions, one loop at a
time, four filters, and the blocks the template names. There is nothing to call, to set or to count with, so a
template ends after about as many steps as it has letters. What is written into it is data: every value goes through
`for_markdown`.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import msgspec
from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2 import Template as Compiled
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from runbook.content.mistakes import cut, no_such
from runbook.errors import BadContent
from runbook.notices.asking import QuestionView
from runbook.notices.filings import DifferenceView, DutyView, OccasionView
from runbook.notices.letterhead import DeskView, HouseView
from runbook.notices.past import ChangeView, PastView
from runbook.notices.rows import LISTS, ROWS
from runbook.notices.views import DataSetView, FactView, Markdown, View, in_order
from runbook.notices.worksheet import JudgedView, SeverityView
from runbook.speech import Message, say
from runbook.wording.safe import for_markdown

LONGEST_SOURCE = 100_000
"""Characters of a template or block."""
LONGEST_NOTICE = 300_000
"""Characters of what one writes."""

NAMES = (
    "now",
    "issued",
    "zone",
    "approved",
    "house",
    "number",
    "nth",
    "history",
    "occasions",
    "duties",
    "clocks",
    "previous",
    "differences",
    "severity",
    "changes",
    "questions",
    "do_not_say",
    *sorted(LISTS),
)
"""What every template can name beside its facts."""
LOOP = frozenset({"first", "last", "length"})
VIEWS: tuple[type[View], ...] = (
    FactView,
    DataSetView,
    HouseView,
    DeskView,
    PastView,
    ChangeView,
    DifferenceView,
    OccasionView,
    DutyView,
    SeverityView,
    JudgedView,
    QuestionView,
    *ROWS.values(),
)
_SHOWN = LOOP.union(*(view.SHOWS for view in VIEWS))
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Filter),
    *(nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat),
    *(nodes.For, nodes.Include, nodes.List, nodes.Tuple),
)


class Source(msgspec.Struct, frozen=True):
    """A template's text, and the file complaints about it name. Lines count from the file's first."""

    file: str
    text: str


class Program(msgspec.Struct, frozen=True):
    """A compiled template."""

    compiled: Compiled
    files: tuple[str, ...]
    asks: frozenset[str] = frozenset()
    """What it names of what it is given."""

    def write(self, context: Mapping[str, object]) -> str:
        """The text it writes. Raises BadContent naming file and line where it fails."""
        pieces: list[str] = []
        length = 0
        try:
            for piece in self.compiled.generate(context):
                length += len(piece)
                if length > LONGEST_NOTICE:
                    raise _broken(
                        self.files[0], 1, say("It writes more than {most} characters.", most=f"{LONGEST_NOTICE:,}")
                    )
                pieces.append(piece)
        except (TemplateError, TypeError) as failure:
            frames = traceback.extract_tb(failure.__traceback__)
            file, line = next(
                ((frame.filename, frame.lineno or 1) for frame in reversed(frames) if frame.filename in self.files),
                (self.files[0], 1),
            )
            raise _broken(file, line, _problem(failure)) from None
        return "".join(pieces)


@lru_cache(maxsize=128)
def compile_template(main: Source, blocks: tuple[tuple[str, Source], ...], facts: tuple[str, ...]) -> Program:
    """A template with its blocks, which may name `facts` beside `NAMES`. Raises BadContent with file and line."""
    sources = {"": main, **dict(blocks)}
    environment = _Environment(
        loader=FunctionLoader(lambda name: (sources[name].text, sources[name].file, lambda: True)),
        undefined=StrictUndefined,
        finalize=_written,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    names = {*facts, *NAMES}
    asks: set[str] = set()
    for name, source in sources.items():
        asks |= _examine(environment, source, names, () if name else sources)
    try:
        for name in sources:
            compiled = environment.get_template(name)
        compiled = environment.get_template("")
    except (SyntaxError, RecursionError):  # Python's own limits on what it compiles
        raise _broken(main.file, 1, say("It is nested too deeply.")) from None
    return Program(compiled, tuple(source.file for source in sources.values()), frozenset(asks))


class _Environment(ImmutableSandboxedEnvironment):
    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.globals.clear()
        self.tests.clear()
        filters = {name: self.filters[name] for name in ("first", "last", "join")}
        self.filters.clear()
        self.filters.update(filters, in_order=in_order)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        return (isinstance(obj, View) and attr in obj.SHOWS) or (isinstance(obj, LoopContext) and attr in LOOP)

    def is_safe_callable(self, obj: object) -> bool:
        return False


def _examine(environment: Environment, source: Source, names: set[str], includes: Collection[str]) -> set[str]:
    """Refuse what a notice may not use; the names it uses. Raises BadContent."""
    if len(source.text) > LONGEST_SOURCE:
        raise _broken(source.file, 1, say("The template has more than {most} characters.", most=f"{LONGEST_SOURCE:,}"))
    try:
        tree = environment.parse(source.text)
        for node, in_loop in _walk(tree):
            if wrong := _wrong(node, in_loop, includes):
                raise _broken(source.file, node.lineno, wrong)
        asks: set[str] = find_undeclared_variables(tree)
        if unknown := sorted(asks - names):
            line = next(node.lineno for node in tree.find_all(nodes.Name) if node.name == unknown[0])
            raise _broken(source.file, line, no_such(say("fact of this template"), unknown[0], names))
    except TemplateSyntaxError as error:
        raise _broken(source.file, error.lineno, _problem(error)) from None
    except RecursionError:
        raise _broken(source.file, 1, say("It is nested too deeply.")) from None
    return asks


def _walk(tree: nodes.Node, in_loop: bool = False) -> Iterator[tuple[nodes.Node, bool]]:
    """Every node, and whether it stands inside a loop."""
    for node in tree.iter_child_nodes():
        yield node, in_loop
        yield from _walk(node, in_loop or isinstance(node, nodes.For))


def _wrong(node: nodes.Node, in_loop: bool, includes: Collection[str]) -> Message | None:
    """What is wrong with a node, if anything."""
    match node:
        case nodes.For() if in_loop or node.recursive:
            return say("A loop inside a loop is not allowed in a notice.")
        case nodes.Include():
            name = node.template.value if isinstance(node.template, nodes.Const) else None
            if in_loop or name not in includes or not name:
                return say("Only blocks named in the template's head can be included, outside of loops.")
        case nodes.Getattr() if node.attr not in _SHOWN:
            return no_such(say("attribute for notices"), node.attr, _SHOWN)
        case _ if not isinstance(node, _ALLOWED):
            return say("“{what}” is not allowed in a notice.", what=type(node).__name__.lower())
    return None


def _written(value: object) -> str:
    """A value as it goes into the notice: as data, whatever stands in it."""
    if isinstance(value, list | tuple | bool) or value is None:
        raise TypeError(f"a {type(value).__name__} cannot be written out")
    said = str(value)
    if isinstance(value, Markdown):
        return said
    return " " * said.startswith(" ") + for_markdown(said)


def _problem(failure: Exception) -> Message:
    told = re.sub(r"'runbook\.notices\.views\.(\w+) object'", r"\1", str(failure.args[0] if failure.args else failure))
    return say("The template fails: {problem}", problem=cut(told))


def _broken(file: str, line: int, problem: Message) -> BadContent:
    return BadContent(
        say("{file}:{line}: {mistake}", file=file, line=line, mistake=problem),
        say("Correct the template, or remove your own copy: the program's is then used."),
    )
