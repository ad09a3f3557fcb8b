"""Guarded fields: they hold that there is a password, and refuse what it is like."""

from __future__ import annotations

import pytest

from runbook.guardrails import describes_secret, names_secret


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "no", "unknown", "none", "はい", "いいえ", "なし", "ない", "有", "あり", "設定済み", "不明", "確認中"),
        *("パスワードあり", "パスワードなし", "パスワードは設定されています", "USBメモリーにパスワードの設定あり"),
        *("password set", "There is a password.", "Password protected", "No password"),
        *("契約書と製品の仕様書で確認", "情報政策課が確認", "受託者に照会中（6月22日）", "口座番号を変えるべきか"),
        *(
            "従業員の氏名",
            "受託者の社名",
            "同じことがまた起きないか",
            "How long will it take?",
            "市長の発言は予定どおりか",
        ),
        *("BitLocker", "AES-256、製品の設定画面で確認", "ISO/IEC 27001", "FIPS 140-2", "USB 3.0"),
        "Encrypted by the product, data sheet seen",
    ],
)
def test_that_there_is_one_may_be_recorded(text: str) -> None:
    assert not describes_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        *("13", "13桁", "十三けた", "長さは十分", "短い", "8 characters", "short", "パスワードあり。13桁", "1 3"),
        *("英数字", "大文字を含む", "記号なし", "ひらがな", "4桁の数字", "あり（英字のみ）", "letters and digits"),
        *(
            "市名と西暦",
            "市の名前を使用",
            "誕生日",
            "初期設定のまま",
            "単純なもの",
            "推測しやすい",
            "city name plus year",
        ),
        *("the default", "same as the old one", "town name", "付箋に書いてあった", "written on the case"),
        *("amagasaki2022", "ama22", "P@ssw0rd", "sakura1", "ａｍａ２２", "2022ama", "am\u200ba22"),
        *(
            "パスワードは難しい",
            "パスワードは市長が知っている",
            "パスワードは「さくら」です",
            "password is known to the mayor",
        ),
        *("パスワードは市名ではない", "パスワードの作りは別紙", "<b>パス</b>ワードは秘密"),
    ],
)
def test_what_it_is_like_is_refused(text: str) -> None:
    assert describes_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "パスワードについて",
            "パスワードの桁数について",
            "パスワードの桁数・文字の種類について聞かれた",
            "パスワードに関する質問",
        ),
        *(
            "暗証番号のこと",
            "パスワードの長さについて、答えすぎた",
            "12時半ごろ。パスワードについて。",
            "パスワードについての発言",
        ),
        *(
            "about the password",
            "About the length of the password.",
            "on the password's make-up",
            "A question about the password",
            "会見でパスワードの中身に触れた",
            "パスワードの長さと文字の種類を答えてしまった。CISOと警察に伝えた。",
            "パスワードについて話しすぎた",
            "暗証番号の件",
            "Said too much about the length of the password",
        ),
    ],
)
def test_that_it_came_up_may_be_recorded(text: str) -> None:
    assert not describes_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "パスワードの桁数について、13と答えた",
            "パスワードの桁数について聞かれた。13",
            "パスワードの長さについて。短い。",
            "パスワードの桁数は多い",
        ),
        *(
            "パスワードについて、市名ではないと答えた",
            "パスワードの長さを13と答えてしまった。",
            "パスワードは長いと言ってしまった",
            "パスワードについて市長が話した",
            "パスワードの強さについて自信がある",
            "パスワードは言った",
        ),
        *(
            "about the password: 13",
            "about the password being short",
            "about the length of the password, which is 8",
            "on the password amagasaki",
        ),
        *("the password's length", "About the password. Thirteen characters."),
    ],
)
def test_that_it_came_up_opens_no_door(text: str) -> None:
    assert describes_secret(text)


@pytest.mark.parametrize(
    "text", ["パスワード", "ＰＷは", "PIN", "暗証番号", "合言葉", "the key to the stick", "pass-phrase"]
)
def test_the_secret_is_known_by_many_names(text: str) -> None:
    assert names_secret(text)


@pytest.mark.parametrize(
    "text", ["吹田警察署 受理番号 R4-1234", "統一コード", "鍵付きの金属ケース", "key facts", "code of conduct"]
)
def test_other_numbers_and_keys_are_not_the_secret(text: str) -> None:
    assert not names_secret(text)
