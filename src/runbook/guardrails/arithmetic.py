"""G15: calculations written out in a text, such as 20,271件×4回＝8万1,084件, and whether they are right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from runbook.guardrails.canon import Page
from runbook.guardrails.numbers import plainly, value
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import spot
from runbook.speech import Bilingual

_FIGURE = r"\d[\d,.]{0,15}(?:[億万千百][\d,.億万千百]{0,20})?"
_UNIT = r"(?: ?(?!x(?![a-z])|times|plus|minus)[a-z]{1,12}(?: [a-z]{1,12})?|[ぁ-ゖァ-ヺー一-鿿]{1,8}?)?"
_SIGN = r" ?(?:[×✕✖+\-÷]|x(?=[ \d])|times(?= )|plus(?= )|minus(?= )) ?"
_CALCULATION = rf"(?P<sum>{_FIGURE}(?P<unit>{_UNIT})(?:{_SIGN}{_FIGURE}{_UNIT}){{1,24}})"
_SUM = re.compile(
    rf"(?<![\d.,+×✕✖÷x\-/:])(?<![+×✕✖÷x\-] )(?<!times )(?<!plus )(?<!minus ){_CALCULATION} ?"
    r"(?:(?P<equals>=)|[はで、](?:合?計)?|(?:合?計)|(?:is|are|makes?|gives?|equals?|comes? to)(?= )) ?"
    rf"(?P<rough>約|およそ|about |some )?(?P<result>{_FIGURE})(?![\d/:])(?: ?(?P<of>[a-z]+|[一-鿿]))?"
)
"""A calculation told with words instead of = counts only where its result is of the first term's unit: A4 is
210×297."""
_EXPLAINED = re.compile(
    rf"(?P<rough>約|およそ|about |some )?(?<![\d.,])(?P<result>{_FIGURE})(?:{_UNIT}) ?\({_CALCULATION}\)"
)
"""81,084件(20,271件×4回): the result first."""
_ORDINAL = re.compile(r"年度|[号条項階番目]")
"""Units of figures that name something and count nothing."""
_TERM = re.compile(rf"(?P<sign>^|{_SIGN})(?P<figure>{_FIGURE})")
_SIGNS = ("×", "✕", "✖", "÷", "+", "=", "times ", "plus ", "minus ", " x ")
_PLUS, _MINUS, _OVER = ("+", "plus"), ("-", "minus"), ("÷",)


def wrong_sums(page: Page, _: State) -> Iterator[Spot]:
    """Every written-out calculation whose result is not what it says, rounding allowed to the figures shown."""
    if not any(sign in page.text for sign in _SIGNS) and not re.search(r"\dx\d", page.text):
        return
    for found in _SUM.finditer(page.text):
        if _ORDINAL.search(found["sum"]):
            continue
        if found["equals"] or (found["of"] and found["unit"].strip().startswith(found["of"])):
            yield from _checked(page, found)
    for found in _EXPLAINED.finditer(page.text) if "(" in page.text else ():
        yield from _checked(page, found)


def _checked(page: Page, found: re.Match[str]) -> Iterator[Spot]:
    right, said = _computed(found["sum"]), value(found["result"])
    if right is not None and said is not None and not _same(right, said, found["result"], bool(found["rough"])):
        shown = right.quantize(Decimal("0.01")).normalize() if right != int(right) else right
        in_ja, in_en = plainly(shown)
        yield spot(page, found.start(), Bilingual(f"正しくは{in_ja}です。", f"It should be {in_en}."))


def _computed(written: str) -> Decimal | None:
    """The value of a calculation, × and ÷ before + and -; None where a term is no number (06-4950) or nought
    divides."""
    total, product = Decimal(0), Decimal(0)
    for term in _TERM.finditer(written):
        figure, sign = value(term["figure"]), term["sign"].strip()
        if figure is None or re.match(r"0\d", term["figure"]) or (sign in _OVER and figure == 0):
            return None
        if sign in ("", *_PLUS, *_MINUS):
            total, product = total + product, -figure if sign in _MINUS else figure
        else:
            product = product / figure if sign in _OVER else product * figure
    return total + product


def _same(right: Decimal, said: Decimal, written: str, rough: bool) -> bool:
    """Whether the result said is the right one. One with a fraction, or said to be about, may be rounded or cut off."""
    if right == said:
        return True
    fraction = written.partition(".")[2]
    if not rough and not fraction and right == int(right):
        return False
    step = Decimal(1).scaleb(-len(fraction)) if fraction and "万" not in written and "億" not in written else Decimal(1)
    if rough:
        zeros = len(str(int(said))) - len(str(int(said)).rstrip("0"))
        step = max(step, Decimal(10) ** zeros)
    return any((right / step).to_integral_value(way) * step == said for way in (ROUND_HALF_UP, ROUND_FLOOR))


CHECKS: dict[str, Check] = {"G15": wrong_sums}
