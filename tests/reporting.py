"""A small drill played to its end on a clock of its own, with texts that would like to break out of their places."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from runbook.actions import drills, judging, steps
from runbook.drills.report_parts import Report
from runbook.events import Improvement, Prose
from tests.drilling import Held

NASTY = "<script>alert('x')</script> | *bold* `code` [link](https://example.org) \u202etfel"
SAID = f"パスワードは13桁の英数字です。\n# {NASTY}"


def improvement(ja: str = "時刻を書いてから電話した", en: str = "Wrote down the time, then called") -> Improvement:
    return Improvement(
        "tell-first",
        Prose(text=""),
        Prose(text=""),
        "佐藤",
        "内線100",
        due="30",
        item="head-told",
        step="report-head",
        add="check",
        ja=Prose(text=ja),
        en=Prose(text=en),
    )


class Played(Held):
    """The head is told 41 minutes after the call, and a reporter is told how long the password is."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.console = self.seat("進行 太郎")
        self.presence = self.console.attend(self.id)
        self.console.do(self.id, drills.come)
        self.first_day()
        self.second_day()

    def first_day(self) -> None:
        self.play(6)
        for step in ("notice-what", "stop-silence"):
            self.desk.do(self.id, partial(steps.skip, step=step, reason=NASTY))
        self.play(40)
        self.tell_the_head("09:46")
        self.console.do(self.id, partial(judging.observe, text=NASTY, inject="call", objective="report"))
        self.play(60)
        self.said = self.room.answer(self.id, "reporter", SAID).entries[0].seq
        self.console.do(self.id, partial(drills.hold, inject="find"))
        self.console.do(self.id, partial(drills.push, inject="find"))

    def second_day(self) -> None:
        self.desk.do(self.id, partial(drills.next_leg, wall=self.wall()))
        self.play(30)
        do = partial(self.console.do, self.id)
        do(partial(judging.rate, objective="report", rating="S", reason="遅れたが届いた"))
        do(partial(judging.overrule, item="head-told", points=9, reason="電話は先にしていた", most=10))
        issue = f"首長への報告が遅れた {NASTY}"
        do(
            partial(
                judging.plan,
                improvement=improvement(),
                issue=issue,
                action="時刻を先に決める",
                today=date(2026, 11, 22),
            )
        )
        do(partial(drills.end, remark="お疲れさまでした"))

    def tell_the_head(self, at: str) -> None:
        self.desk.do(self.id, partial(steps.fill, step="report-head", field="head_told_at", typed=at))
        self.desk.do(self.id, partial(steps.finish, step="report-head"))

    @property
    def report(self) -> Report:
        return self.room.report(self.id)

    def close(self) -> None:
        self.presence.close()
        self.console.close()
        self.desk.close()
