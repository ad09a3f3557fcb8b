"""At entry: no free text takes what gives a password away, since what is recorded stays; that it was asked about may
stand."""

from __future__ import annotations

from functools import cache, partial

import pytest

from runbook.actions.deciding import By
from runbook.actions.facts import claim, record_dataset
from runbook.actions.values import read_value
from runbook.case import Case
from runbook.errors import Refused
from runbook.guardrails import describes_secret, gives_away_secret
from runbook.playbook import FactSpec
from runbook.speech import Bilingual
from tests import guardrail_sentences as sentences
from tests.making import done, opened_case
from tests.noticing import SHIPPED

RECORDABLE = [
    "パスワードの有無を確認した",
    "会見でパスワードについて聞かれ、答えなかった",
    "保護の方法について答えすぎた",
    "会見でパスワードの桁数を答えてしまった",
    "統一コードと13桁の受付番号",
    "受付番号は英数字8桁",
    "USBメモリー2本（鍵付きの金属ケースに入れたもの）",
    "住民基本台帳 460,517人",
    "吹田警察署 受理番号 R4-1234",
    "Asked about the password at the conference; no answer was given",
    "Encrypted by the product, 2 sticks",
]


@cache
def case() -> Case:
    return opened_case(SHIPPED.playbook("lost-media"))


@pytest.mark.parametrize("text", sentences.BLOCKED)
def test_a_text_that_gives_it_away_is_known(text: str) -> None:
    assert gives_away_secret(text)


@pytest.mark.parametrize("text", [*RECORDABLE, *sentences.NOT_BLOCKED, *sentences.NAMING_BUT_HARMLESS])
def test_a_text_that_only_touches_on_it_is_not(text: str) -> None:
    assert not gives_away_secret(text)


def test_a_guarded_field_stays_stricter() -> None:
    assert describes_secret("13桁")
    assert not gives_away_secret("13桁")


@pytest.mark.parametrize("type", ["text", "person", "organisation", "file", "list"])
def test_every_free_text_refuses_it_and_does_not_repeat_it(type) -> None:
    spec = FactSpec(id="item", type=type, title=Bilingual(ja="項目", en="Item"))
    with pytest.raises(Refused) as refused:
        read_value(case(), spec, "総務局 PW: Amagasaki2022")
    assert "may not describe a password" in str(refused.value)
    assert "Amagasaki2022" not in f"{refused.value}{refused.value.hint}"
    assert read_value(case(), spec, "パスワードの有無を確認した")


@pytest.mark.parametrize(
    ("fact", "typed"), [("contact_desk", "総務局 PW: Amagasaki2022"), ("own_failing", "ぱすわーどは十三けた")]
)
def test_the_shipped_facts_refuse_it(fact: str, typed: str) -> None:
    with pytest.raises(Refused):
        claim(case(), By("sato"), fact, typed)
    assert len(claim(case(), By("sato"), fact, "会見でパスワードについて聞かれ、答えなかった")) == 1


def test_a_source_refuses_it_but_may_be_a_step_named_after_it() -> None:
    with pytest.raises(Refused):
        claim(case(), By("sato"), "own_failing", "確認中", source="PW: Amagasaki2022")
    assert claim(case(), By("sato"), "own_failing", "確認中", source="step:password:evidence")


@pytest.mark.parametrize(
    "given",
    [
        {"name": "ぱすわーどは十三けた"},
        {"name": "台帳", "fields": ("氏名", "PW: Amagasaki2022")},
        {"name": "台帳", "sensitive": ("パスワードはAmagasakiではない",)},
        {"name": "台帳", "source": "PW: Amagasaki2022"},
    ],
)
def test_a_data_set_refuses_it_in_every_text(given: dict) -> None:
    with pytest.raises(Refused):
        record_dataset(case(), By("sato"), count=1, unit="records", **given)


def test_a_data_set_takes_field_descriptions() -> None:
    fields = ("氏名", "口座番号7桁", "英数字の統一コード", "暗号化されたパスワード")
    after = done(
        case(), partial(record_dataset, name="郵便番号7桁と英数字の統一コード", count=1, unit="records", fields=fields)
    )
    (kept,) = after.incident.standing_datasets
    assert kept.fields == fields
