"""The studio's own keys. Footer, palette and F1 are made from them."""

from __future__ import annotations

from runbook.speech import say
from runbook.tui.commands import Command

COMMANDS: tuple[Command, ...] = (
    Command("enter", "follow", say("to the field"), say("Fill in the missing fact, or go to the line found.")),
    Command("e", "edit", say("reword"), say("Change the wording by hand, over the facts.")),
    Command("r", "answer", say("answer for"), say("Answer by name for the warning under the cursor, with a reason.")),
    Command("A", "advance", say("submit, approve"), say("Submit for approval; if it is submitted, approve it.")),
    Command("P", "publish", say("record publishing"), say("Record that the approved text went out: where and when.")),
    Command("g", "writing", say("writing"), say("The notice in its next writing: Japanese, English, easy Japanese.")),
    Command("left_square_bracket", "kinds", say("list"), say("Go to the list of notices.")),
    Command("x", "write", say("write file"), say("Write it to a file: md, html, txt, docx, pdf or eml.")),
    Command("D", "difference", say("difference"), say("What differs from the text published last, or by hand.")),
    Command("V", "versions", say("versions"), say("Everything that happened to this notice, with its texts.")),
    Command("k", "keep", say("keep draft"), say("Keep this version in the record.")),
    Command("N", "renew", say("new version"), say("Begin a new version of a submitted, approved or published text.")),
    Command("E", "editor", say("editor"), say("Change the wording in your own editor (VISUAL or EDITOR).")),
    Command("C", "correct", say("record correction"), say("Record that what was published was put right.")),
    Command("W", "withdraw", say("record withdrawal"), say("Record that what was published no longer stands.")),
    Command("1", "settle('mine')", say("ours"), say("Conflict: keep the wording by hand."), footer=False),
    Command("2", "settle('theirs')", say("the facts'"), say("Conflict: take the wording of the facts."), footer=False),
    Command("slash", "search", say("search"), say("Show only notices that hold certain words.")),
    Command("tab", "other_side", say("other side"), say("Between the text and what to see to."), footer=False),
    Command("escape", "back", say("back"), say("From the notice to the list; then to the board."), footer=False),
)
