"""Sentences that reassure: "not confirmed" said barely, and "nothing was leaked" before the examination has ended.

Both read canonical sentences; Japanese kanji numerals are figures there (二次被害 reads 2次被害).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from runbook.guardrails.words import words

_LEAK_EN = r"(?:leak|disclosure|breach|misuse|expos|compromis|unauthori[sz]ed|abuse)"
_SEEN_EN = r"(?:confirm|identif|detect|found|verif|observ|report)"
_UNCONFIRMED = re.compile(
    r"(?:漏(?:えい|洩|泄|れ|出)|流出|悪用|不正(?:利用|使用)|2次被害).{0,40}?確認(?:され|でき|し|が?取れ|に?至)?[てでいおるっ]{0,4}"
    r"(?:ない|ません|おらず|なかっ|りません)"
    rf"|{_LEAK_EN}.{{0,40}}?(?:(?<![a-z])not|n't|never|yet to) (?:[a-z]+ ){{0,3}}?{_SEEN_EN}"
    rf"|(?<![a-z])no (?:[a-z]+ ){{0,5}}?{_LEAK_EN}.{{0,40}}?{_SEEN_EN}"
    rf"|(?:(?<![a-z])not|n't|never) (?:[a-z]+ ){{0,2}}?{_SEEN_EN}.{{0,40}}?{_LEAK_EN}"
    rf"|(?<![a-z])no (?:evidence|sign|indication|trace|proof|confirmation)s? .{{0,40}}?(?:{_LEAK_EN}|cop|access)"
)
UNCONFIRMED = words(
    "漏/流出/悪用/不正/2次被害",
    "leak/disclosure/breach/misuse/expos/compromis/unauthori/abuse/cop/access",
)
"""Words of which every such sentence holds one."""
_MONTH = r"(?:jan|feb|mar|apr|may|june|july|aug|sept|oct|nov|dec)[a-z]*"
_AS_OF = re.compile(
    rf"\d(?:時|日|月)|\d:\d\d|as of [^,]{{0,20}}?\d|\d{{1,2}}(?:\.\d\d)? ?[ap]\.?m|\d(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d"
)
_INQUIRY = re.compile(
    r"可能性|調査|調べ|解析|鑑定|検証|捜査|フォレンジック|恐れ|おそれ|否定でき|(?:分か|わか|判明し)って(?:い|お)"
    r"|possib|investigat|examin|inquir|analys|forensic|rule out|ruled out|exclude|may have|might|not (?:yet )?know|unknown"
)


def unconfirmed(sentences: Sequence[str], i: int) -> int | None:
    """Where sentence `i` says "not confirmed" without a time, and no sentence within two speaks of what is unknown."""
    found = _UNCONFIRMED.search(sentences[i])
    if not found or _AS_OF.search(sentences[i]):
        return None
    around = sentences[max(0, i - 2) : i + 3]
    return None if any(_INQUIRY.search(sentence) for sentence in around) else found.start()


_HARM = (
    r"(?:漏(?:えい|洩|泄|出)|流出|漏れ[たてる]|(?:外部|第3者|他者|他人|誰か|人手|人の手).{0,12}?(?:渡|閲覧|見られ|読まれ|取得|コピー|アクセス|開)"
    r"|(?:閲覧|コピー|複製|悪用|開封|アクセス|複写)|不正(?:利用|使用)|(?:中身|内容|データ).{0,4}(?:見られ|読まれ|開かれ))"
)
_HEDGE = (
    r"(?:確認|判明|分か|わか|解って|否定|断定|断言|言[いえ切]|限[りら]|把握|公表|答え|申し上げ|申し訳|詫|調べ|調査|報告|連絡|知らせ"
    r"|含|場合|防|なら|起こ|起き|繰り返|有無|お聞き|尋ね|求め|対象|件数|個人番号|マイナンバー)"
)
_UNHARMED_JA = re.compile(
    rf"{_HARM}(?:(?!{_HEDGE}).){{0,25}}?(?:ありません|ございません|ない|なかった|いません|おりません|しません|せず|おらず|ゼロ|皆無)"
    r"(?!か|とは|とも|よう|ため|わけ|限|保証|といえ|と言い切|と断|と決|もの(?:と|か)|場合|ことを前提)"
    r"|(?:情報|データ|中身|内容|漏えい|漏洩|流出)[はがもの]{1,2}.{0,8}?(?:無事|安全(?:です|でし|であ|が確|と考|と判|だ)|守られ(?:ま|て|た)(?!.{0,4}か(?:\Z|[をはにも、]|どうか))|免れ|回避(?:でき|し)|防(?:げまし|げた|ぐことができ|がれ)|食い止め)"
    r"|(?:情報|データ|漏|流出|悪用|個人).{0,40}?ご?安心(?:く|下|い|し)|手つかず|手付かず|未開封"
)
_BE = r"(?:(?:was|were|is|are|has|have|had|been|being|ever) )*"
_DATA = r"(?:data|information|records?|files?|contents?)"
_DONE = r"(?:leak[a-z]*|lost|stolen|disclosed|exposed|compromised|copied|accessed|viewed|misused|taken|breached|abused|opened|read)"
_EVENT = r"(?:leak(?:s|age)?|breach(?:es)?|disclosure|misuse|exposure|copying|abuse|(?:unauthori[sz]ed )?access)"
_UNHARMED_EN = re.compile(
    rf"(?<![a-z])no (?!evidence|sign|indication|trace|proof|confirmation)(?:[a-z']+ ){{0,3}}?{_DATA} {_BE}{_DONE}(?![a-z])"
    rf"|(?:there (?:is|was|were|has been|have been|had been)|this is|it was|it is) no (?:[a-z]+ ){{0,3}}?(?:{_EVENT}|(?:risk|danger|possibility|fear) of (?:a |any )?(?:[a-z]+ )?{_EVENT})(?![a-z])"
    rf"|(?<![a-z])no (?:[a-z]+ ){{0,2}}?{_EVENT} (?:of [a-z ]{{1,30}})?(?:[a-z]+ )?(?:occurr|took place|taken place|happen|result)"
    rf"|{_DATA} .{{0,30}}?(?:(?<![a-z])not|n't|never) (?:(?!whether|if|confirm|know|rule|say|mean|exclude|certain|clear)[a-z]+ ){{0,2}}?"
    rf"(?:leak[a-z]*|copied|accessed|viewed|opened|compromised|misused|exposed|breached|stolen|abused)(?![a-z])"
    rf"|(?<![a-z])nothing (?:[a-z]+ ){{0,4}}?{_DONE}(?![a-z])|(?<![a-z])no 1 (?:[a-z]+ ){{0,2}}?(?:opened|read|copied|accessed|viewed|saw)"
    rf"|{_DATA} (?:[a-z]+ ){{0,4}}?(?:is|are|was|were|remain[a-z]*|stayed) (?:[a-z]+ )?(?:safe|secure|intact|untouched|unharmed)(?![a-z])"
    r"|(?:data|information|leak|breach).{0,60}?(?:rest assured|no need to worry|no cause for concern)"
    r"|(?:rest assured|no need to worry|no cause for concern).{0,60}?(?:data|information|leak|breach)"
)
UNHARMED = words(
    "ません/ない/なかった/せず/おらず/ゼロ/皆無/無事/安全/守られ/免れ/回避/防/食い止/安心/手つかず",
    "手付かず/未開封",
    "no /not/n't/never/assured/safe/secure/intact/untouched/unharmed",
)
"""Words of which every such sentence holds one."""
_UNSURE_EN = re.compile(
    r"(?:(?<![a-z])not|n't|cannot|never|un)(?![a-z]).{0,30}?(?:mean|say|prove|guarantee|rule|certain|conclu|confirm|know|exclude|assume|claim|tell|show|sure)"
    r"|whether|until|(?<![a-z])if(?![a-z])|unknown|unclear|so that|ensur"
)
_SEEN_AFTER = re.compile(rf".{{0,25}}?{_SEEN_EN}|[^,]{{0,25}}?evident")


def unharmed(sentences: Sequence[str], i: int) -> int | None:
    """Where sentence `i` says that nothing was leaked, copied or opened (a hedged "not confirmed" is G06's matter)."""
    sentence = sentences[i]
    if found := _UNHARMED_JA.search(sentence):
        return found.start()
    for found in _UNHARMED_EN.finditer(sentence):
        hedged = _UNSURE_EN.search(sentence[max(0, found.start() - 60) : found.start()])
        if not hedged and not _SEEN_AFTER.match(sentence, found.end()):
            return found.start()
    return None
