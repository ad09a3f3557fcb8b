"""Words that leave readers guessing, or that tell what must not be told: who it was (G09), what was in it (G32), that
nothing was touched (G37); who exactly the employee is (G35), and how others' data can be seen (G36).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import worded, words

_VAGUE_PERSON = re.compile(
    r"関係(?:社員|会社(?:の)?社員|企業の社員|従業員|職員)(?!(?:の皆|各位|全員|へ|に対|向け))"
    r"|関係者の?(?:1人|1名)|(?<!報道)関係者(?:が|は|に(?:よ[るっり]|紛失)|の(?:過失|不注意|ミス|飲酒|かばん|鞄|行為))"
    r"(?!.{0,30}?(?:お集まり|立ち?入|以外|のみ|出席|参加|協議|連携|皆))"
    r"|(?<![a-z])(?:an?|1 of the|the|certain|some) (?:[a-z]+ )?(?:related|affiliated|associated|relevant|concerned) (?:[a-z]+ )?(?:employees?|staff|workers?|persons?|individuals?|party|parties)(?![a-z])"
    r"(?! (?:authorities|whose))|(?<![a-z])(?:person|individual|party|employee|staff member|someone|somebody) (?:concerned|involved|connected)(?![a-z])(?! (?:with the (?:inquiry|investigation)))"
)

_VERIFIED = re.compile(r"所属.{0,12}確認|(?<![a-z])(?:employ(?:er|s|ed by)|belongs to|works for)(?![a-z])")


def vague_person(sentences: Sequence[str], i: int) -> int | None:
    """G09: where sentence `i` names someone only as "concerned"; an employer that is being verified is said so."""
    found = _VAGUE_PERSON.search(sentences[i])
    return found.start() if found and not _VERIFIED.search(sentences[i]) else None


_ITEM = re.compile(
    r"氏名|名前|姓名|住所|生年月日|性別|年齢|電話番号|メールアドレス|口座番号|口座名義|金融機関|支店|郵便番号|統1コード|学校名|学年|学級|会社名|勤務先|職業|成績"
    r"|病名|診断|保険者?番号|被保険者|税額|所得|均等割|世帯主|続柄|国籍|顔写真|会員番号|申請書?番号|カード番号|利用履歴|購入履歴|役職|所属"
    r"|(?<![a-z])(?:names?|(?:postal |home )?address(?:es)?|dates? of birth|birth ?dates?|sex|gender|ages?|(?:tele)?phone numbers?|e-?mail address(?:es)?|account (?:numbers?|names?|holders?)"
    r"|post(?:al )?codes?|bank|branch|unified codes?|school|grade|employer|occupation|diagnos[ei]s|insurance numbers?|tax|income|nationality|photographs?|card numbers?|marks)(?![a-z])"
)
_ETC = re.compile(
    r"(?:氏名|名前|住所|生年月日|電話番号|メールアドレス|口座(?:番号|情報)?|連絡先|個人情報|顧客情報|会員情報)(?:(?:など|等)(?!級|し)|(?:、|や|及び|と)その他の?(?:個人)?(?:情報|項目))"
    r"|(?<![a-z])(?:names?|addresses|(?:personal|customer|contact) (?:data|information|details))(?:,? etc(?![a-z])|,? and (?:so on|so forth|the like|other (?:personal |such )?(?:data|information|details|items|things))|,? among other|,? or (?:similar|the like))"
    r"|(?<![a-z])such as (?:names?|addresses|contact details)(?! (?:and|or)|,)"
)
_HELD = re.compile(
    r"漏|流出|紛失|含ま|記録|記載|保存|入って|閲覧|盗|送(?:信|付)|(?<![a-z])(?:leak|lost|loss|contain|includ|stored|held|exposed|stolen|disclos|on the (?:stick|media|drive)|seen|sent|visible|accessible|viewed)"
)
_ASKED = re.compile(r"お?聞[きくい]|尋ね|求め|要求|教え|聞き出|(?<![a-z])(?:ask|request|demand|tell|give)s?(?![a-z])")
_PENDING = re.compile(
    r"(?:項目|内容|含まれ(?:る|てい)|どの(?:ような)?情報)[^|]{0,40}?(?:確認中|確認して|調べて|調査中|調査して|特定中)"
    r"|(?:items?|contents?|what (?:it|they|the [a-z]+) (?:held|contain|includ)[a-z]*|which data) .{0,40}?(?:being (?:confirmed|examined|checked|verified)|not (?:yet )?known|still)"
)
_OPEN = words("など/等/その他", "etc/and so/the like/and other/among other/such as/or similar")


def vague_items(page: Page, _: State) -> Iterator[Spot]:
    """G32: "names etc." as the only item, where no list of items follows and they are not said to be unknown yet."""
    found = None
    for i in page.holding(_OPEN):
        text = page.texts[i]
        vague = _ETC.search(text)
        if text.endswith("etc"):  # its full stop parts the sentence
            text = f"{text} {' '.join(page.texts[i + 1 : i + 2])}"
        if vague and _HELD.search(text) and not _ASKED.search(text):
            found = Spot(i, vague.start())
            break
    if found is not None and not _itemised(page) and not _PENDING.search(page.text):
        yield found


def _itemised(page: Page) -> bool:
    """Whether a sentence or table row lists two items, or three lines of a list one each."""
    lines = 0
    for text in page.texts:
        items = {item[0] for item in _ITEM.finditer(text)}
        if not items or _ASKED.search(text):
            continue
        if len(items) > 1:
            return True
        lines += len(text) <= 24 and not _ETC.search(text)
    return lines >= 3


_NO_EFFECT = re.compile(
    r"(?:影響|被害|問題)(?:は|が|も|等は|などは)?(?:1切|全く|まったく|特に|何ら)?(?:ありません|ございません|ない(?!よう|か|とは|と(?:は)?言|と(?:い|言)い|場合)|なかった|生じて(?:い|お)(?:ない|ません|りません)|受けて(?:い|お)(?:ない|ません|りません)|及んで(?:い|お)(?:ない|ません|りません))"
    r"|影響を(?:受けて|与えて|及ぼして)(?:い|お)(?:ない|ません|りません)"
    r"|(?<![a-z])(?:no|not any|without any|has no|have no|had no) (?:[a-z]+ )?(?:impact|effect|influence|damage|harm)(?![a-z])|(?<![a-z])(?:not|n't|un)(?: been| be)? ?affected(?![a-z])|(?<![a-z])nothing (?:else |other )?(?:is|was|has been) affected"
)
_UNSURE = re.compile(
    r"確認(?:され|でき|し)て(?:い|お)|判明して|分かって|わかって|報告されて|かどうか|有無|限り|見込|考えら|思われ|断定|言え|言い切|調査中|調べて"
    r"|whether|(?<![a-z])if(?![a-z])|so far|not (?:known|clear|confirmed)|cannot|no (?:evidence|sign|report)|been (?:found|reported|confirmed)|still being"
)
_SERVICES = re.compile(
    r"窓口|業務|サービスの提供|手続|支給|給付|診療|授業|開庁|支払|運行|納期|交通|生活|健康|(?<![a-z])(?:services?|counters?|operations|payments?|opening hours|procedures?|classes|deadlines?)(?![a-z])"
)


def no_effect_yet(sentences: Sequence[str], i: int) -> int | None:
    """G37: where sentence `i` says that nothing was affected. That a service goes on is known at once and may be
    said."""
    found = _NO_EFFECT.search(sentences[i])
    if not found or _UNSURE.search(sentences[i]) or _SERVICES.search(sentences[i]):
        return None
    return found.start()


_AGE = re.compile(
    r"\d{2} ?(?:歳|才|代)(?!目)|(?<![a-z])(?:aged? \d{2}|(?:man|woman|he|she|employee|clerk|officer), \d{2},|\d{2}[ \-]years?[ \-]old|in (?:his|her|their) (?:(?:early|mid|late)[ \-])?(?:\d0s|twenties|thirties|forties|fifties|sixties))(?![a-z])"
)
_SEX = re.compile(
    r"男性|女性|性別:?.{0,2}[男女]|[男女](?:\)|、)|(?<![a-z])(?:fe)?male(?![a-z])|(?<![a-z])(?:wo)?m[ae]n(?![a-z])|(?<![a-z])(?:his|her|he|she)(?![a-z])"
)
_SECTION = re.compile(
    r"[一-鿿ァ-ヺー]{1,12}(?:課|係|支所|出張所|保健所|図書館|消防署|小学校|中学校|保育所|幼稚園|室|事務所|部)(?!長|署内|分|屋|下|品|外|員)"
    r"|(?<![a-z])(?:[a-z]+ )(?:section|division|department|branch|office|bureau|unit|school|library)(?![a-z])"
)
_RANK = re.compile(
    r"主事|主任|主査|主幹|係長|課長|次長|部長|局長|室長|参事|技師|主席|副主|専門員|会計年度任用職員|再任用|教諭|教頭|校長"
    r"|(?<![a-z])(?:chief|manager|director|clerk|supervisor|head of|deputy|assistant|engineer|officer|teacher|principal|section head)(?![a-z])"
)
_AGES = words("歳/才/代", "age/years/year-/man, /he, /ee, /rk, /er, /in his /in her /in their ")
_NEAR = 3
"""Sentences before and after."""


def identifying(page: Page, _: State) -> Iterator[Spot]:
    """G35: age, sex, section and rank of a person within a few lines; in a small town that is a name."""
    for i in page.holding(_AGES):
        age = _AGE.search(page.texts[i])
        if not age:
            continue
        around = page.texts[max(0, i - _NEAR) : i + _NEAR + 1]
        # Ends of long neighbours only: what stands far away is about someone else.
        near = "\n".join(text if len(text) <= 240 else f"{text[:120]} {text[-120:]}" for text in around)
        if _SEX.search(near) and _SECTION.search(near) and _RANK.search(near):
            yield Spot(i, age.start())
            return


_HANDLE = re.compile(
    r"(?:url|アドレス|番号|(?<![a-z])id(?![a-z])|パラメータ|末尾|数字|検索|ボタン|リンク|ログイン|ログアウト|入力|キー|ソース)[^|]{0,40}?"
    r"(?:変え|書き?換え|入れ替え|置き換え|変更|足[しす]|増や|減ら|削除|消[しす]|入力|押|クリック|開[いくけ]|戻[るっ]|操作|繰り返|入れず|打[ちつ]|検索|表示)[^|、]{0,8}?(?:と|ば|たら|ことで|ことにより|だけで)(?!して|き)"
    r"|(?<![a-z])(?:chang|edit|alter|replac|typ|enter|click|press|reload|increment|modif|delet|leav|copy)(?:ing|ed|es|e|s|y)? (?:of )?(?:the|an?|your|any|in)(?![a-z]).{0,60}?"
    r"(?:url|address|link|number|id|parameter|button|search|page|box|field|key|digit|cookie|code)(?![a-z])"
)
_WHOSE = re.compile(
    r"他人|他者|第3者|(?:ほか|他|別|前)の(?:方|かた|人|者|利用者|申請者|申込者|会員|市民|住民|職員|お?客|団体|受[験検]者|児童|患者|応募者|ユーザ|参加者|世帯|アカウント)|本人以外|自分以外|全員|登録者|会員情報|名簿|全件"
    r"|(?<![a-z])(?:someone else|somebody else|others?'|other (?:people|person|user|member|customer|resident|applicant|account|patient|pupil|student|participant)|another (?:person|user|member|customer|resident|applicant|account|patient|pupil|student)"
    r"|every (?:user|member|customer|resident|applicant|account)|all (?:users|members|customers|residents|applicants|accounts|names|records))"
)
_SEEN = re.compile(
    r"表示|閲覧(?!を?(?:禁|防|でき(?:ない|ません)))|見[えらる]|読[めま]|取得|参照|ダウンロード|アクセス|開け|開い|開き|出て|出る|一覧|1覧"
    r"|(?<![a-z])(?:see|seen|saw|view|show|display|appear|access|read|download|open|list|reach|get|got|visible)"
)
_FORBIDDEN = re.compile(
    r"(?:しないで|お?控え|おやめ|なさらない)|(?:do not|please don't|never) (?:try|change|enter|click|open)"
)


def recipe(sentences: Sequence[str], i: int) -> int | None:
    """G36: where sentence `i` tells what to do to see other people's data."""
    sentence = sentences[i]
    whose = _WHOSE.search(sentence)
    handled = _HANDLE.search(sentence) if whose and not _FORBIDDEN.search(sentence) else None
    return handled.start() if handled and _SEEN.search(sentence) else None


def _unfixed(state: State) -> bool:
    return state.confirmed("fixed_at") is None


_SOMEONE = words("関係", "concerned/involved/connected/related/affiliated/associated/relevant")
_SOMEONES = words("他/第3者/別の/前の/ほか/以外/全員/登録者/名簿/会員情報/全件", "other/else/every /all ")
_EFFECT = words("影響/被害/問題", "impact/effect/influence/damage/harm/affected")

CHECKS: dict[str, Check] = {
    "G09": worded(_SOMEONE, vague_person),
    "G32": vague_items,
    "G35": identifying,
    "G36": worded(_SOMEONES, recipe, _unfixed),
    "G37": worded(_EFFECT, no_effect_yet, lambda state: not state.examined),
}
