"""Templates as files: a head in YAML between two lines of three dashes, then the text.

The head names the facts the notice must have (`requires`), those it can use (`uses`), and its `blocks`, which are
shared by the notices of a writing. A fact named in neither list is a mistake: so a slip of the pen is found before
the notice is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from runbook.content.mistakes import Mistakes
from runbook.content.reading import Reader
from runbook.errors import BadContent
from runbook.notice_kinds import NoticeKind, Written, tongue
from runbook.notices.questions import Questions, load_questions
from runbook.notices.rows import LISTS
from runbook.notices.sandbox import Program, Source, compile_template
from runbook.speech import say

if TYPE_CHECKING:
    from runbook.content import Content

_EDGE = "---\n"
_NONE = Questions()


class Head(msgspec.Struct, frozen=True):
    """What a template says of itself. `datasets` (`members`, `measures`, ...) among the required means:
    at least one.

    `title` is the document's, `approver` who lets it leave (a role, in words), `guardrails` the rules of completeness
    this kind of notice must satisfy; those that judge what stands in a text apply to every text anyway.
    """

    requires: tuple[str, ...]
    uses: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    title: str = ""
    guardrails: tuple[str, ...] = ()
    approver: str = ""


class Template(msgspec.Struct, frozen=True):
    """A template that can be written from: for which kind of notice, and which kinds there are beside it."""

    head: Head
    program: Program
    kind: NoticeKind | None = None
    kinds: tuple[NoticeKind, ...] = ()
    questions: Questions = _NONE


def load_template(content: Content, kind: NoticeKind, written: Written) -> Template:
    """The template of a kind of notice in one writing. Raises BadContent: there is none, or it is broken (with file and
    line)."""
    return content.once(("template", kind.slug, written), lambda: _loaded(content, kind, written))


def load_head(content: Content, kind: NoticeKind, written: Written) -> Head:
    """What a template says of itself, without the rest of it. Raises BadContent like `load_template`."""
    return content.once(("head", kind.slug, written), lambda: _read(content, kind, written)[0])


def _read(content: Content, kind: NoticeKind, written: Written) -> tuple[Head, Source]:
    name = f"templates/{written}/{kind.slug}.md.j2"
    if not content.has(name):
        raise BadContent(
            say("There is no template for “{kind}” yet.", kind=kind.title),
            say("Write {file} in your own folder, or draft another notice.", file=name),
        )
    path, text = content.text(name)
    head, body = _parted(text, str(path))
    return head, Source(str(path), body)


def _loaded(content: Content, kind: NoticeKind, written: Written) -> Template:
    head, main = _read(content, kind, written)
    blocks = []
    for block in head.blocks:
        path, text = content.text(f"templates/{written}/blocks/{block}.md.j2")
        blocks.append((block, Source(str(path), text)))
    facts = tuple(name for name in (*head.requires, *head.uses) if name not in LISTS)
    asks = any(name in source.text for name in ("questions", "do_not_say") for source in (*dict(blocks).values(), main))
    questions = load_questions(content, tongue(written)) if asks else _NONE
    return Template(head, compile_template(main, tuple(blocks), facts), kind, content.kinds(), questions)


def _parted(text: str, where: str) -> tuple[Head, str]:
    """The head, and the body with as many empty lines before it as the head had, so that lines count on."""
    head, edge, body = text.removeprefix(_EDGE).partition(f"\n{_EDGE}")
    if not text.startswith(_EDGE) or not edge:
        raise BadContent(
            say("{file}:{line}: {mistake}", file=where, line=1, mistake=say("The template has no head.")),
            say("Begin it with a line of three dashes, the facts it requires, and three dashes again."),
        )
    reader = Reader(where, _EDGE + head)
    at = reader.entry(reader.root, where, "title approver requires", "uses blocks guardrails")
    if at is None or reader.mistakes:
        raise Mistakes(reader.mistakes)
    found = Head(
        title=at.text("title"),
        approver=at.text("approver"),
        requires=at.references("requires", None, say("fact")),
        uses=at.references("uses", None, say("fact")),
        blocks=at.references("blocks", None, say("block")),
        guardrails=at.references("guardrails", None, say("guardrail")),
    )
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return found, "\n" * (head.count("\n") + 3) + body
