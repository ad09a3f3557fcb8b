"""Sentences that reassure about the protection of a medium: it cannot be guessed, cracked or opened, it is strong.

Such a sentence tells an attacker what is worth trying and readers what nobody has shown. Canonical sentences are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from runbook.guardrails.words import unvetoed, words

_HARD = r"(?:不可能|困難|難し|むずかし|無理|でき(?:な|ま|る(?:もの|はず)で)|(?:得|え)(?:な|ま)|あり(?:えな|得な|えま|ませ)|にく[いくか]|づら[いくか]|ない|ません|なく|数?\d*年|時間)"
_MEDIUM = r"(?:usb|媒体|メモリー?|データ|ファイル|情報|中身|内容|保護|暗号|ロック)"
_TRY = r"(?:解読|復号|解析して|見破|破ら?[れるりろ]|突破|推測(?!で|しません|は、?(?:打ち消|し(?:ま|な)))|推察|類推|言い?当て|当て(?:ら|る)|総当たり|ハッキング|クラック|こじ開け)"
_BOAST = re.compile(
    rf"{_TRY}(?!(?:結果|を?(?:進|続|行|依頼)))(?:(?!公表|答え|申し|説明|控え|結果).){{0,14}}?{_HARD}"
    r"|(?:簡単|容易|たやすく|絶対).{0,8}(?:開|読|見ら|破|解[かけ読]).{0,6}(?:ません|ない)|読み取り[はが]でき(?:ない|ません|ず)|強度.{0,6}(?:高|強|十分|10分)|安全な(?:媒体|usb|メモリ)"
    r"|(?:data|stick|files?|contents?|drive|it) (?:[a-z]+ ){0,4}?(?:useless|worthless|unreadable|inaccessible|gibberish)(?![a-z])"
    r"|強固(?!な(?:建物|体制|関係|連携|組織|決意|意志|地盤))|堅固|堅牢|頑丈|強力[にな]|鉄壁|高度[にな](?:暗号|保護|ロック|セキュリティ)"
    rf"|(?:厳重|万全|完全|確実|十分|10分|しっかり|固く|かたく|何重|[2-9]重).{{0,6}}?(?:守られ|守って|保護され|保護して|ロックされ|ロックして|ロックがか|暗号化され|暗号化して)"
    rf"|{_MEDIUM}.{{0,20}}?安全(?:です|でし|性[はがも])|セキュリティー?.{{0,8}}(?:高[いくか]|万全)"
    r"|(?:take|need|require)s? .{0,30}?(?:years?|centur[a-z]+|decades?|months?|ages|forever|lifetime|supercomputer)"
    r".{0,20}?(?:crack|break|guess|decrypt|decipher|unlock|open|brute)"
    r"|(?:not|n't|cannot|never|impossible|infeasible|hard|hopeless|difficult|unlikely|no way|no 1|nobody)(?![a-z]).{0,24}?(?<![a-z])"
    r"(?:crack|brok|break(?! ?down| the news)|guess(?! (?:how|when|wh[aoy]|if))|decrypt|decipher|unlock|hack|brute)"
    r"|uncrackable|unbreakable|unguessable|impenetrable|tamper-?proof|hack-?proof|military[ -]grade|state[ -]of[ -]the[ -]art encrypt"
    r"|(?:strong|robust|secure|heavi|high|tight|well|firm|doubly|fully|safe)(?:ly)?[ -](?:encrypt|protect|lock|guard|secured)"
    r"|(?:stick|drive|usb|medi(?:a|um)|device|encryption|protection|lock) (?:[a-z]+ ){0,4}?(?:safe|secure|strong|robust)(?![a-z])"
)
_NOBODY_CAN = re.compile(
    r"(?:拾|見つけ|手にし|第3者|他人|誰|部外者|悪意).{0,16}?(?:開け|開く|読め|読む|読み取|見る|閲覧|使え|中を)(?:こと)?.{0,6}?(?:ません|できない|不可能|困難|ないよう|ない(?:です|もの|と|の|\Z))"
)
_HANDS_OFF = re.compile(r"(?:触ら|触れ|さわら|つなが|差し込ま|差さ|動かさ)(?:ない|ず)")
"""What whoever finds it is told to leave alone: beside it 開けない means “do not open”, not “cannot open”."""
BOASTED = words(
    "解読/復号/解析/破/推測/推察/類推/当て/総当/ハッキング/クラック/こじ開/簡単/容易/たやすく/絶対",
    "読み取り/強度/安全/強固/堅固/堅牢/頑丈/強力/鉄壁/高度/守られ/守って/保護/ロック/暗号化/セキュリティ",
    "拾/見つけ/手にし/第3者/他人/誰/部外者/悪意",
    "useless/worthless/unreadable/inaccessible/gibberish/crack/brok/break/guess/decrypt/decipher/lock",
    "open/brute/hack/impenetrable/tamper/military/encrypt/protect/guard/secure/safe/strong/robust",
)
"""Words of which every such sentence holds one."""
_PLAN = re.compile(
    r"今後|これから|再発防止|(?:よう(?:に)?|ことを|旨).{0,4}(?:職員|周知|徹底|指導|指示|定め|改め|求め)|(?<![a-z])(?:will|should|shall|must)(?![a-z])(?! (?:take|need|require|be (?:impossible|hard|safe|difficult)))"
)


def boasted(sentences: Sequence[str], i: int) -> int | None:
    """Where sentence `i` says that the protection is strong or hard to overcome; a plan for the future does not."""
    said = sentences[i]
    found = next(unvetoed(_BOAST, said), None)
    if found is None and (closed := next(unvetoed(_NOBODY_CAN, said), None)) and not _HANDS_OFF.search(said):
        found = closed
    return found.start() if found and not _PLAN.search(said) else None
