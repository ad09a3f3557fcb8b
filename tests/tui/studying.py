"""What tests of the studio share: notices of a few sentences of their own, and an incident they are written from."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from runbook.actions.facts import claim
from runbook.content import Content
from runbook.desk import Desk
from runbook.tui.app import RunbookApp
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.notice import Notice
from runbook.tui.screens.notice.points import Seen
from runbook.tui.screens.notice.sides import Kinds, Points
from tests.tui.looking import screen_text, settled, until

LOSS_KIND = "  - {id: D90, slug: loss, audience: partners, title: {ja: 媒体の紛失, en: The loss}}\n"
HEAD = "---\ntitle: {title}\nrequires: [{requires}]\nuses: [lost_place]\napprover: 広報課長\n---\n"
LOSS = """# 紛失のお知らせ

{{ organization }}は、媒体をなくしたことをおわびします。

なくした場所は{{ lost_place }}です。

お問い合わせは{{ contact_desk }}へお願いします。

{{ issued }}現在
"""
ENGLISH = """# Notice of the loss

{{ organization }} has lost storage media and apologises.

Call {{ contact_desk }}.
"""
FACTS = {"organization": "甲市", "lost_place": "甲市内"}


def write_templates(folder: Path) -> None:
    """Put the notices into a user's own folder."""
    texts = {
        "ja/loss": HEAD.format(title="紛失のお知らせ", requires="organization, contact_desk") + LOSS,
        "en/loss": HEAD.format(title="Notice of the loss", requires="organization, contact_desk") + ENGLISH,
        "easy/loss": HEAD.format(title="なくしました", requires="organization")
        + "# なくしました\n\n{{ organization }}。\n",
    }
    for name, text in texts.items():
        path = folder / "templates" / f"{name}.md.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    _, shipped = Content(None).text("templates/kinds.yaml")
    (folder / "templates" / "kinds.yaml").write_text(shipped + LOSS_KIND, "utf-8")


def lost(desk: Desk) -> str:
    """An incident of which everything the notice needs is known but the section to ask."""
    id = desk.new("lost-media", "USB").incident.id
    for name, typed in FACTS.items():
        desk.do(id, partial(claim, name=name, typed=typed))
    return id


def known(desk: Desk, incident: str, **facts: str) -> None:
    """Somebody claims something about facts."""
    for name, typed in facts.items():
        desk.do(incident, partial(claim, name=name, typed=typed))


def place(app: RunbookApp) -> Notice:
    """The studio, also under an open window."""
    return next(screen for screen in app.screen_stack if isinstance(screen, Notice))


def seen(app: RunbookApp) -> Seen:
    """The notice that is shown."""
    found = place(app).seen
    assert found is not None
    return found


async def reading(pilot: Pilot[None], words: str) -> None:
    """Wait until these words stand in the notice that is shown."""
    app = pilot.app
    assert isinstance(app, RunbookApp)

    def there() -> bool:
        found = place(app).seen
        return found is not None and words in found.drafting.text

    await until(pilot, there)
    await settled(pilot)


async def studio(pilot: Pilot[None], kind: str = "loss") -> None:
    """Go to the studio and open a notice."""
    await pilot.press("d")
    await settled(pilot)
    app = pilot.app
    assert isinstance(app, RunbookApp)
    await until(pilot, lambda: place(app).query_one(Kinds).here)
    for _ in range(30):
        if place(app).query_one(Kinds).here == f"kind:{kind}":
            break
        await pilot.press("down")
    await pilot.press("enter")
    await until(pilot, lambda: place(app).seen)
    await settled(pilot)


def points_text(app: RunbookApp) -> str:
    """All of what there is to see to, whether or not it is in view, its line ends taken out."""
    side = place(app).query_one(Points)
    return "".join(row.draw(60, False).plain.strip() for row in side._rows)


async def point_at(pilot: Pilot[None], id: str) -> None:
    """Put the cursor of what there is to see to on a row."""
    app = pilot.app
    assert isinstance(app, RunbookApp)
    side = place(app).query_one(Points)
    if not side.has_focus:
        await pilot.press("tab")
    assert side.has_focus
    await pilot.press("home")
    for _ in range(60):
        if side.here == id:
            return
        await pilot.press("down")
    raise AssertionError(f"there is no {id}:\n{screen_text(app)}")


def window(app: RunbookApp) -> str:
    """What the open window says, its line ends taken out; empty where none is open."""
    return (
        "".join(line.strip(" │╭╮╰╯─") for line in screen_text(app).splitlines())
        if isinstance(app.screen, Asking)
        else ""
    )
