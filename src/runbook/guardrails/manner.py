"""How a notice speaks: whom it blames first (G30), what it makes small (G31), what it advertises (G33), whether someone
apologises at the top (G38), and what it says twice (G50).

Canonical sentences are read: 一部 is 1部 there, 不十分 is 不10分, "no one" is "no 1".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from runbook.guardrails.canon import Page, canonical
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import worded, words

_CONTRACTOR = words(
    "委託/受託/下請/業者/協力会社/運送会社/配送会社/派遣会社/印刷会社/保守会社/ベンダー",
    "contractor/supplier/vendor/processor",
)
_BLAME = re.compile(
    r"(?:委託(?:先|業者|事業者|会社)|受託(?:者|業者|事業者|会社)|下請け?|業者|協力会社|ベンダー|(?:運送|配送|派遣|印刷|保守)会社).{0,60}?"
    r"(?:紛失し(?!た(?:usb|媒体|メモリ|かばん|鞄|書類|データ|もの))|紛失させ|置き忘れ|置いたまま|無断|(?:許可|承認|承諾)[をもは]?(?:得ず|得ない|得てい?な|なく|なし)"
    r"|怠[っりる]|ミス|不注意|過失|違反|不備|不適切|不手際|誤送信|誤って|飲酒|酒を|酔|認識不足|認識の甘|守ら(?:ず|な|れ)|逸脱|無視し)"
    r"|(?:contractor|supplier|vendor|processor)(?:'s|s)? .{0,60}?(?<![a-z])(?:lost|left|without (?:[a-z]+ )?(?:permission|leave|authori|consent)|fail|negle"
    r"|negligen|mistake|careless|violat|breached|disregard|drunk|drinking|in error|by mistake|mis-?sent|did not|had not|ignor|against)"
    r"|(?<![a-z])(?:caused by|due to|because of|fault of|negligence|carelessness|mistakes?|error) (?:[a-z]+ ){0,6}?(?:contractor|supplier|vendor|processor)"
)
_OWN = re.compile(
    r"(?<!都)(?:市|町|村|区|県|府|都|道|社|弊社|協会|組合|大学|学校|院|機構|法人|私ども|当局|委託元)(?:自身)?(?:に|の|は|が|として|も|側)(?!職員の皆)"
    r"[^|]{0,50}?(?:管理|監督|指導|責任|徹底|足り|10分(?:で|に)|不10分|至ら|怠|把握(?:し|でき)|見直|問題|落ち度|見落|見過|求めて(?:い|お)|確認(?:し(?:て(?:い|お)|な|ま)|を(?:し|怠|欠)|不足|でき|が))"
    r"|(?<![a-z])(?:we|our|us|(?:the )?(?:city|town|village|ward|prefecture|council|association|university|hospital)(?:'s)?)(?![a-z]).{0,60}?"
    r"(?:fail|fell short|falls short|short of|should have|supervis|oversight|oversee|responsib|did not|had not|insufficient|not enough|inadequate|at fault|own part)"
)


def blames_first(page: Page, _: State) -> Iterator[Spot]:
    """G30: the first failing told is the contractor's, and neither its section nor anything before tells one's own."""
    for i in page.holding(_CONTRACTOR):
        if blame := _BLAME.search(page.texts[i]):
            end = next((section.end for section in page.sections if i < section.end), len(page.texts))
            if not any(_OWN.search(_apart(text)) for text in page.texts[:end]):
                yield Spot(i, blame.start())
            return


_RECEIVED = re.compile(
    r"(?:市|町|村|区|県|協会|社)の(?:許可|承認|承諾|指示|規程|規定|定め)|(?:city|council|town)'s (?:permission|leave|rules|consent)"
)
_DUTY = re.compile(r"(?:の|による)(?:安全)?管理(?:に関する)?(?:課|室|者|局|規程)|お問い?合わ?せ.*|再発防止.*")


def _apart(text: str) -> str:
    """A sentence without what names the city or its management without admitting anything: offices, leave not asked
    for."""
    return _DUTY.sub("", _RECEIVED.sub("", text))


_MINIMISING = words(
    "過ぎ/すぎ/のみ/だけ/とどま/留ま/わずか/たった/ほんの/1部の/ではありません/ではございません/1部/ごく/幸い/限定的",
    "only/just/merely/mere/no more than/as few as/small/limited/nothing but/not the/is not a/was not a/handful/fortunate/luckily",
)
_COUNTED = r"\d(?:人|名|件|世帯|レコード)(?:分)?(?:の(?:方|情報|データ))?"
_LOST = r"漏|流出|紛失|含ま|閲覧|影響|対象"
_SMALL = re.compile(
    r"(?:に|と)(?:過|す)ぎ(?:ません|ない|ず|なかった)|1部に(?:とど|留|限)|限定的(?:な|で|に).{0,8}(?:漏|流出|影響|被害|もの)|ごく(?:1部|少数|わずか)|\A幸い|幸い(?:にも|なことに)"
    rf"|(?:わずか|たった|ほんの)(?:に)?(?:\d|数|少)|{_COUNTED}(?:に(?:とど|留)ま|(?:のみ|だけ)(?!で(?:は|も)?な|しか|でも))"
    r"|(?:情報|データ|項目|対象|内容|流出|漏|含まれ|閲覧)[^|]{0,40}?(?:のみ|だけ)(?:です|でし|で(?:あり|あっ|ござ)|と(?:なり|なって|考))"
    rf"|1部の[ごお]?(?:客|方|利用|会員|市民|住民|加入|氏名|個人|顧客|情報|データ)[^|]{{0,30}}?(?:{_LOST})|(?:{_LOST})[^|]{{0,12}}?1部の(?:方|お?客|情報|個人|氏名|データ)"
    r"|(?<![a-z])(?:only|just|merely|no more than|as few as|nothing but|a mere) (?:about |some |around )?(?:\d[\d,]*|a (?:few|handful|small|single))(?![\d:.]|[ \-](?:days?|hours?|minutes?|weeks?|months?|years?|time))"
    r"|(?<![a-z])(?:fortunately|luckily)(?![a-z])|(?<![a-z])a handful of"
    r"|(?<![a-z])(?:only|just|merely|limited to|nothing but) (?:the |their )?(?:names?|addresses|e-?mail|phone|telephone)"
    r"|(?<![a-z])(?:very |relatively )?(?:small|limited) (?:number|amount|part|portion|set|group|quantity) of"
    r"|(?<![a-z])some (?:personal )?(?:data|information|details|names) (?:of|on|about) (?:some|certain)"
)
_DENIAL = r"(?:なお|ただし|もっとも)、?(?!.*(?:確定|最終|合計|重複|人数|件数|時点|変わ|今後|すべて|全て|限りません)).*(?:ではありません|ではございません)"
_NOT_JA = re.compile(rf"\A\(?{_DENIAL}")
_NOT_JA_WITHIN = re.compile(rf"{_COUNTED}[、。(]*{_DENIAL}")
_NOT_EN = re.compile(
    r"\A(?:(?:please )?note|however|though).{0,60}?(?:is|was|were|are) not (?:a|an|the|all)(?![a-z])(?!.*(?:final|total|yet))"
)
_ANY_COUNT = re.compile(r"\d ?(?:人|名|件|世帯|people|persons|residents|customers|records|households|individuals)")


def minimises(sentences: Sequence[str], i: int) -> int | None:
    """G31: where sentence `i` makes the matter small, or says right after a count what it was not."""
    if found := _SMALL.search(sentences[i]) or _NOT_JA_WITHIN.search(sentences[i]):
        return found.start()
    if i and _ANY_COUNT.search(sentences[i - 1]) and (_NOT_JA.match(sentences[i]) or _NOT_EN.match(sentences[i])):
        return 0
    return None


_ADVERTISING = words(
    "愛顧/引き立て/引立て/今後とも/今後も変わら/高配/清栄/清祥/発展/待ちして/キャンペーン/クーポン/特典/好評/今後も/これからも/健勝",
    "patronage/loyal/custom/look forward/valued/discount/special offer/voucher/award/thank you for your/thank you for choosing/continue to/% off",
)
_PROMOTION = re.compile(
    r"ご愛顧|お?引き?立て|(?:今後とも|今後も変わらぬ|これからも変わらぬ).{0,40}?(?:よろしく|宜しく|賜|お願い)|今後も.{0,16}?(?:よろしく|宜しく)お願い|ご高配|ご健勝|ご?(?:清栄|清祥|発展)のこと|ますますの?ご?発展"
    r"|(?:ご利用|ご来店|お申し?込み|ご参加|ご応募|お越し)(?:を|いただけるのを)?.{0,8}?お待ちして|(?:キャンペーン|クーポン|特典|割引)(?:を|の|も)?.{0,12}?(?:実施|進呈|配布|ご用意|ご利用|お得|開催)|ご?好評"
    r"|(?:continued |loyal )(?:patronage|support|loyalty|custom(?![a-z])|trust in our (?:service|product)s?)|valued (?:customer|client|guest|partner)"
    r"|look forward to (?:serving|welcoming|seeing|your (?:continued |next )?(?:custom|visit|order|business))"
    r"|thank you for (?:your (?:continued )?(?:custom|business|patronage|loyalty)|choosing)|special offer|(?:%|percent) (?:discount|off)(?![a-z])|discount (?:code|coupon)|(?:hope|trust) (?:that )?you (?:will )?continue to (?:use|choose|support)|voucher for (?:your|the) next|award-winning"
)


def promotes(sentences: Sequence[str], i: int) -> int | None:
    """G33: where sentence `i` advertises or courts the reader."""
    found = _PROMOTION.search(sentences[i])
    return found.start() if found else None


_APOLOGETIC = frozenset(
    {"city-page", "first-notice", "final-press", "newsletter", "apology-letter", "recall-mail", "short-notice"}
    | {"association-notice", "correction", "web-leak", "intrusion", "missent-mail"}
)
"""The kinds of notice that owe an apology at the top. A text of no kind owes one where its head speaks of a loss."""
_HEAD = 12
"""Sentences: title, date line, addressee and the first paragraph."""
_APOLOGY = re.compile(r"申し訳|お詫び|おわび|謝罪|陳謝|謝り|apolog|sorry|regret")
_SUBJECT = re.compile(
    r"(?:市|町|村|区|県|府|都|道|社|協会|組合|大学|学校|学院|病院|医院|園|機構|財団|法人|会|局|長|私ども|わたくしども|私たち|私|弊所|当所|】)"
    r"(?:\([^)]{0,30}\))?(?:は|が|として|の責任|より|から|を代表|1同)|(?<![a-z])(?:we|i|(?:the )?(?:city|town|council|mayor|association|company|university|hospital|board))(?![a-z])"
    r"|(?:apologi[sz]es|is sorry|regrets)(?![a-z])|(?<![a-z])our (?:sincere |deep(?:est)? |heartfelt )?(?:apolog|regret)"
)
_SPEAKS_OF_LOSS = re.compile(
    r"(?:紛失|漏えい|漏洩|流出|不正アクセス|誤送信|誤送付|誤交付|盗難)[^|]{0,30}?(?:について|お知らせ|お詫び|おわび|ご報告|判明|しました|発生)"
    r"|(?:loss|leak|theft|breach|disclosure) of (?:[a-z]+ ){0,5}?(?:data|information|records|stick|media)|data (?:breach|leak)|unauthori[sz]ed access"
)
_LONG = 12
"""Sentences: a shorter text of no kind is taken for a passage, not for a notice."""


def apologises_late(page: Page, state: State) -> Iterator[Spot]:
    """G38: no apology at the top, or one that nobody makes."""
    head = page.texts[:_HEAD]
    if state.kind:
        owed = state.kind in _APOLOGETIC
    else:
        owed = len(page.texts) >= _LONG and any(_SPEAKS_OF_LOSS.search(text) for text in head[:3])
    if not owed or not head:
        return
    apologies = [i for i, text in enumerate(head) if _APOLOGY.search(text)]
    # An apology in the title is none yet: it has no subject and needs none.
    spoken = [i for i in apologies if i > 0 or len(head) == 1]
    if not spoken:
        yield Spot(0)
    # "The city lost the papers. (We) apologise deeply": a subject carries over to the next sentence.
    elif not any(_spoken_for(text, state) for i in spoken for text in head[max(0, i - 1) : i + 1]):
        yield Spot(spoken[0])


def _spoken_for(text: str, state: State) -> bool:
    """Whether someone speaks in a sentence: a word for an organisation as its subject, or ours by its name."""
    return bool(_SUBJECT.search(text)) or any(name in text for name in canonical(state.text("organization")))


_OBJECT = re.compile(
    r"(?<![一-鿿々ァ-ヺー])(?!個人情報を|メモリーを)(?P<what>[一-鿿々ァ-ヺー]{4,14}|[一-鿿々]{2,8}の[一-鿿々]{2,8})を"
)
_STUTTER = re.compile(
    r"(?<![ぁ-ん])(?:をを|がが(?![くん])|にに(?!ん)|のの(?!の))|することができることができ"
    r"|(?=[a-z])(?<![a-z'])(?P<word>the|an?|of|to|in|is|are|was|and|for|with|we|our|by|on|be|at|from|this|will|has|have|not) (?P=word)(?![a-z'\-])"
)
_ECHO = re.compile(r"(?P<particle>[はがを])(?P<noun>[一-鿿々ァ-ヺー]{1,10})(?P=particle)")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_RUN = 5
"""English words in a row that, said twice in one sentence, are heard as a repetition."""


def repeats(page: Page, _: State) -> Iterator[Spot]:
    """G50: an object taken up twice, a doubled particle, or the same words in a row twice, within one sentence."""
    for i, text in enumerate(page.texts):
        if len(text) < 8 or "|" in text:
            continue
        if (at := _said_twice(text)) is not None:
            yield Spot(i, at)


def _said_twice(text: str) -> int | None:
    if found := _STUTTER.search(text):
        return found.start()
    return _run_twice(text) if text.isascii() else _object_twice(text)


def _run_twice(text: str) -> int | None:
    words = list(_WORD.finditer(text))
    said: set[tuple[str, ...]] = set()
    if len({word[0] for word in words}) > len(words) - _RUN:
        return None  # too few words come again for a run of them to
    for at in range(len(words) - _RUN + 1):
        run = tuple(word[0] for word in words[at : at + _RUN])
        if run in said:
            return words[at].start()
        said.add(run)
    return None


def _object_twice(text: str) -> int | None:
    for found in _ECHO.finditer(text):
        if text.endswith(found["noun"], 0, found.start()):
            return found.start()
    said: set[str] = set()
    for found in _OBJECT.finditer(text):
        if found["what"] in said:
            return found.start()
        said.add(found["what"])
    return None


CHECKS: dict[str, Check] = {
    "G30": blames_first,
    "G31": worded(_MINIMISING, minimises),
    "G33": worded(_ADVERTISING, promotes),
    "G38": apologises_late,
    "G50": repeats,
}
