"""Cautions against scams and rumours: no promise that is about to be broken (G28), no rumour said again (G29)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import unvetoed, worded, words

_CHANNELS = {
    "telephone": re.compile(r"電話(?!番号|機)|架電|(?<![a-z])(?:call|phone|telephone|ring)(?:ed|s|ing)?(?![a-z])"),
    "mail": re.compile(
        r"メール(?!アドレス)|ショートメッセージ|sms|(?<![a-z])(?:e-?mail|text(?: message)?)(?:ed|s|ing)?(?![a-z])"
    ),
    "letter": re.compile(
        r"郵便(?!番号)|郵送|手紙|書面|文書|(?<![a-z-])(?:letters?|post|write to|by mail|mail you)(?![a-z])"
    ),
    "visit": re.compile(
        r"訪問|伺(?:う|い)|訪ね|(?<![a-z])visit(?:ed|s|ing)?(?![a-z])|(?:come|go) to your (?:home|door|house)"
    ),
}
_ANY = re.compile(
    "|".join([r"連絡|(?<![a-z])contact(?:ed|s|ing)?(?![a-z])", *(channel.pattern for channel in _CHANNELS.values())])
)
_NEVER_JA = re.compile(
    r"こと[はも](?:決して|1切|絶対に?|、)*(?:あり|ござい)ません|ことは(?:決して|1切|絶対に?)?ない|(?:は|を|も)(?:1切|決して|絶対に)?(?:いた)?しません|(?:差し上げ|送り|かけ|行い|伺い)ません"
)
_NO_EN = r"(?:(?:will|shall|do|does|would|is|are) (?:never|not)|won't|(?<![a-z])never|(?<![a-z])no (?:member of )?(?:[a-z]+ )?(?:staff|officials?|employees?|1)(?: [a-z]+){0,3} will(?: ever)?)(?![a-z])"
_ACT_EN = (
    r"(?:call|phone|ring|telephone|e-?mail|mail|text|contact|write to|visit)(?:(?:,| or| and) (?:[a-z\-]+ ?){1,3}?)?"
    r" (?:you|anyone|anybody|any 1|residents|citizens|people|customers|members|those|them)"
    r"|visit your|(?:come|go) to your|be (?:called|phoned|telephoned|contacted|e-?mailed|mailed|visited)|(?:get|receive|have) (?:an?|any) (?:phone )?(?:call|e-?mail|letter|text|visit)"
)
_NEVER_EN = re.compile(rf"{_NO_EN}.{{0,40}}?(?<![a-z])(?:{_ACT_EN})(?![a-z])")
_ASKING = re.compile(
    r"聞|尋|たず|求め|要求|請求|依頼|暗証|パスワード|口座|カード|現金|金銭|お金|振り?込|手数料|還付|操作|atm|個人情報[をの]|問い?合わ?せ|折り返"
    r"|(?<![a-z])(?:ask|request|demand|pin|passwords?|account|money|cards?|bank|transfer|fee|pay|cash|details|codes?)(?:s|ed|ing|ment)?(?![a-z])"
)
_OURS = re.compile(
    r"市|町|村|区|県|当|弊社|職員|こちら|本学|協会|組合|(?<![a-z])(?:we|our|us|city|town|council|staff|officials?|association|company|officers?|employees?)(?![a-z])"
)


def absolute(page: Page, state: State) -> Iterator[Spot]:
    """G28: "we will never call you", unless it is about asking for secrets or money, or no such contact is planned."""
    planned = _planned(state)
    for i in page.holding(("ません", "ことはない", "never", " not ", "won't", "no ")):
        text = page.texts[i]
        channel = _ANY.search(text)
        never = _NEVER_JA.search(text, channel.end()) if channel else None
        if channel and never is None:
            never = _NEVER_EN.search(text)
        if not channel or not never or _ASKING.search(text) or not _OURS.search(text):
            continue
        meant = {name for name, said in _CHANNELS.items() if said.search(text)}
        if planned is None or not meant or meant & planned:
            yield Spot(i, channel.start())


def _planned(state: State) -> set[str] | None:
    """The ways in which the persons will be told; None where nobody has said yet."""
    way = state.text("individual_contact")
    if way in _CHANNELS:
        return {way}
    return {"mixed": set(_CHANNELS), "substitute": set[str]()}.get(way)


_QUOTE = r"[「『\"][^」』\"|]{3,80}[」』\"]"
_TALK = r"(?:投稿|書き?込み?|うわさ|噂|デマ|憶測|流言|風説|推測)"
_PLACE = r"(?:sns|ネット|掲示板|ツイッター|twitter|動画サイト|まとめサイト|フリマ)"
_GENERIC = r"(?:こう|そう|どう|こ|そ|ど)(?:いう|した|のような)|関する|ついての|本件|今回の|この件の"
_RUMOUR = re.compile(
    rf"{_QUOTE}(?:と|など|等|といった|という|との)[^|]{{0,16}}?{_TALK}|{_TALK}[^|]{{0,20}}?{_QUOTE}(?:と|など|等|といった|という)"
    rf"|{_QUOTE}(?:と|など|等|といった|という|との)[^|]{{0,8}}?(?:話|情報|説)が(?:広|出回|流れ|拡散|飛び)"
    rf"|{_QUOTE}(?:という|との|といった)[^|]{{0,6}}?声"
    rf"|{_PLACE}(?:上)?(?:では|で|には|に)[^|]{{4,60}}?(?:と(?:いう|いった|の|する){_TALK}|と(?:書かれ|投稿され|うわさされ|噂され|言われ|ささやかれ))"
    rf"|(?!{_GENERIC})(?:た|る|い|だ|です|ない|か)(?:という|といった|との){_TALK}"
    r"|https?://[^ |]{0,80}?(?:mercari|fril|auctions?\.yahoo|yahoo[^ |]{0,12}auction|jmty|ebay|2ch|5ch|twitter|/x\.com|t\.co|instagram|facebook|youtube|tiktok|bakusai)[^ |]{0,80}"
    r"|(?<![a-z])rumou?rs? (?:that|saying|of|claiming|says?|has it)(?![a-z])"
    r"|(?<![a-z])(?:posts?|comments?|messages?|videos?|people|users|some|many)(?: on(?: the)? [a-z]+| online| in [a-z ]{1,16})? (?:(?:are|is|have|has|been|were) )?(?:claim|saying|said|says|assert|suggest|speculat|alleg|guess)[a-z]*(?: that)? (?!nothing)"
    r"|(?<![a-z])it is (?:rumou?red|said online|alleged online|claimed online)|(?<![a-z])(?:claimed|said|alleged|rumou?red) (?:on social media|online|on the (?:internet|net|web))"
    r"|(?<![a-z])according to (?:an? |the |some |many )?(?:[a-z]+ )?(?:posts?|comments?|rumou?rs?|videos?)(?![a-z])"
)
_URL = re.compile(r"\Ahttps?:")
_SHOWN = re.compile(rf"{_TALK}|出品|拡散|rumou?r|posts?(?![a-z])|listing|listed|auction|offered")
_GOOD = re.compile(r"(?:真偽|有無|かどうか)|whether|(?:do not|don't|never) (?:spread|share|repeat)")


def repeats_rumour(sentences: Sequence[str], i: int) -> int | None:
    """G29: where sentence `i` says a rumour again or links to it. That there are rumours, and not to spread them, may
    be said."""
    for found in unvetoed(_RUMOUR, sentences[i]):
        if _URL.match(found[0]) and not _SHOWN.search(sentences[i]):
            continue
        if not _GOOD.search(found[0]):
            return found.start()
    return None


_RUMOURING = words(
    "投稿/書き込/書込/うわさ/噂/デマ/憶測/流言/風説/推測/出品/拡散/ネット/掲示板/広が/出回/声",
    "sns/rumour/rumor/post/comment/message/video/online/people/users/some/many/listing/listed/social media/claimed/alleged",
)

CHECKS: dict[str, Check] = {"G28": absolute, "G29": worded(_RUMOURING, repeats_rumour)}
