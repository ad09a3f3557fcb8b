"""Pictures of the screen: every letter at its own cell, and nothing fetched from elsewhere."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

from rich.cells import cell_len

from runbook.desk import Desk
from runbook.tui.app import RunbookApp
from runbook.tui.picture import export_svg
from tests.tui.looking import settled

SVG = "{http://www.w3.org/2000/svg}"
CELL = 12.2


async def test_a_picture_of_home(desk: Desk) -> None:
    desk.new("tiny", "市民情報USBメモリー紛失 <&>")
    app = RunbookApp(desk, "ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        svg = export_svg(app)
    assert "@font-face" not in svg
    assert "url(" not in svg.replace("url(#", "")
    assert "href" not in svg
    runs = [run for run in ET.fromstring(svg).iter(f"{SVG}text") if run.get("clip-path")]
    title = next(run for run in runs if "市民情報USBメモリー紛失" in (run.text or ""))
    assert "<&>" in (title.text or "")
    for run in runs:
        text, places = run.text or "", [float(x) for x in (run.get("x") or "").split()]
        if text.strip("\n"):
            assert len(places) == len(text)
            wide = [cell_len(letter) * CELL for letter in text]
            steps = [after - before for before, after in pairwise(places)]
            assert all(abs(step - cell) < 0.2 for step, cell in zip(steps, wide, strict=False))
