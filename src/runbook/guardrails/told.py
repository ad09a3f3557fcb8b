"""Statements that need more behind them than the text can show: proof, a second source, a correction, a sign-off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from runbook.guardrails.canon import Page
from runbook.guardrails.numbers import figures
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import Changed, Known, State
from runbook.guardrails.words import words
from runbook.moment import Moment
from runbook.speech import Bilingual
from runbook.wording import en, ja


@lru_cache(maxsize=256)
def flat(text: str) -> str:
    """A value as it stands within a canonical sentence."""
    return " ".join(Page(text).texts)


_PLANNED = re.compile(
    r"今後|これから|再発防止|徹底|義務|研修|指導|周知|改め|見直|定め|必ず|(?<![a-z])(?:will|should|shall|must|from now on|in future|training)(?![a-z])"
)

_ENCRYPTED = re.compile(
    r"暗号化?(?:が?さ(?:れ|せ)|し(?:て|た|ま)|済|ずみ|[はがも]?(?:施|かか|かけ|掛|行[っわ])|の?(?:処理|措置|機能)[をがは]?(?:し|施|講|行|有効|働)|機能(?:付|が(?:あ|働|有効)))(?!.{0,6}(?:ない|ません|かどうか|か否か|おらず))"
    r"|(?:自動|強制)(?:的に)?暗号化(?!.{0,10}(?:ない|ません))"
    r"|(?<!un)(?<!not )(?<!n't )(?<!never )(?<!whether )(?<!being )(?<!if )encrypted|(?<!no )(?<!without )encryption (?:was|is|has been|had been) (?:on|used|applied|active|in place)|protected by encryption"
)
_METHOD = re.compile(
    r"(?<![a-z])(?:aes|rsa|3?des|xts|bitlocker|filevault|veracrypt|luks|ハードウェア暗号|高度な暗号)[ -]?\d*"
)
_WITHHELD = re.compile(
    r"控え|お答え(?:し|でき)|公表しません|有無|かどうか|確認中|whether|(?:not|n't|cannot) (?:say|describe|tell|answer|disclose)|being confirmed"
)


def encryption(page: Page, state: State) -> Iterator[Spot]:
    """G05: that data is encrypted, said without recorded proof; or by which method."""
    if "暗号" not in page.text and "encrypt" not in page.text:
        return
    proven = state.confirmed("encryption_evidence") is not None
    for i, text in enumerate(page.texts):
        said = _ENCRYPTED.search(text)
        if said is None or _WITHHELD.search(text) or _PLANNED.search(text):
            continue
        if method := _METHOD.search(text):
            yield Spot(i, method.start(), Bilingual("方式の名前は消してください。", "Leave out the method's name."))
        elif not proven:
            yield Spot(i, said.start())


_COMPANY = r"(?:会社|法人|\(株\)|委託先|受託者|受託事業者|委託業者|委託元|協力(?:会社|企業|業者)|事業者|企業|業者|支社|支店|[a-z]社)"
_WORKER = r"(?:社員|従業員|職員|作業員|派遣(?:社員|職員)|スタッフ|(?:関係|担当|元請)社員)"
_EMPLOYED = re.compile(
    rf"(?:再々?|\d次)?{_COMPANY}(?:[^、。]{{0,12}}[のにで](?:所属する|勤務する|勤める|働く|雇われた)?)?{_WORKER}"
    rf"|(?:所属|勤務先|雇用主|雇用元)[はが:][^。]{{0,30}}?{_COMPANY}|{_COMPANY}[^、。]{{0,10}}に(?:所属|勤務|在籍|雇用)"
    r"|(?:employee|staff member|member of staff|worker)s? (?:of|at|from) (?:the |an? |its |our )?(?!city|town|ward|prefecture)[a-z]"
    r"|(?:contractor|company|corporation|firm|vendor|supplier|agency)(?:'s)? (?:own )?(?:employee|worker|staff member|member of staff)"
    r"|(?:employed|hired) by (?!whom|whoever)|works? for (?:the|an?|its|our) [a-z -]{0,20}?(?:contractor|company|firm|vendor)"
)
_EMPLOYEE = re.compile(r"[社職業]員|スタッフ|所属|勤務|雇用|在籍|staff|employ|worker|hired|works? for")
"""What every match of the above holds."""
_INVOLVED = re.compile(
    r"紛失|失くし|なくし|失った|置き忘|忘れ|持ち出|持ち帰|運[んびぶ]|持って(?:い|お)|携行|落とし|飲食|かばん|盗|作業|当事者|本人|関係社員"
    r"|lost|lose|left|carried|carrying|took|taken|mislaid|forgot|dropped|stolen|held|went missing|person (?:involved|who)"
)
_BEING_CHECKED = re.compile(
    r"確認中|確かめ|調べ|捜し|捜索|search|調査中|不明|分かって(?:い|お)|being (?:verified|confirmed|checked)|not (?:yet )?known|whether|unknown"
)
_HEARSAY = re.compile(r"と(?:聞い|聞き|伺っ|うかがっ|説明を受け|報告を受け)|(?:we|i) (?:are|were|was|have been) told")
"""Said all the same, whatever is being checked."""
_WRONG = re.compile(r"誤り|誤って|訂正前|incorrect|wrong|in error|mistaken")
"""What a correction names as what was said wrongly."""
_RIGHT = re.compile(r"正し[いく]|\bcorrect")
"""What a correction puts in its place: another employer needs the same proof."""
_JA_SAID = r"と(?:お?伝え|お?知らせ|公表|発表|説明|記載|掲載|申し上げ|書い|し)[^、。\n]{0,12}"
_JA_WRONG = r"(?:誤り(?:で(?:した|す)(?!か)|であ[りっ]|がありました|と(?:判明|分か))|誤っていました|間違いで(?:した|す)(?!か)|事実と異な)"
_JA_TAKEN_BACK = re.compile(
    rf"\A(?:(?!な[いくか])[^、。と\d\n]){{0,20}}(?:{_JA_SAID}(?:が、?|\n)(?:これは|この[^、。]{{1,8}}は|上記は)?、?"
    rf"|と(?:の|(?:説明|公表|発表|記載|お?伝え)?(?:した|していた|する))[^、。]{{0,6}}(?:説明|公表|発表|記載|表現|報告|お?知らせ|点)[^、。]{{0,4}}は、?){_JA_WRONG}"
)
_EN_SAID = re.compile(
    r"\b(?:we|the (?:city|town|ward)|(?:our|the) (?:[a-z]+ )?(?:notice|report|page|announcement)(?: of [a-z0-9 ]{1,15}?)?)(?: (?P<how>[a-z]+))?"
    r" (?:said|stated|announced|reported|wrote|described)\b(?!.*\b(?:not|no|never|nobody|none)\b)(?!.*n't)"
)
_EN_TAKEN_BACK = re.compile(
    r"\A[^;\d\n]{0,60}?(?:(?:[;,、]|\n)? *(?:but |and )?(?:that|this|which|it) (?:was|is) "
    r"(?:incorrect|wrong|mistaken|not correct|a mistake|an error|in error)|[;,、]? *but in fact)\b"
)


def _taken_back(before: str, after: str) -> bool:
    """Whether what is said of an employer is quoted as what we ourselves said wrongly. `after` goes on into the next
    sentence, behind a line's end. Narrow: beside an hour or a number, that may be what was wrong; and who says that it
    turned out to be so, and that others are wrong, claims it."""
    if _EMPLOYED.search(after.partition("\n")[0]):
        return False  # what is right instead needs its own proof
    said = _EN_SAID.search(before)
    wrongly = said is not None and said["how"] in ("wrongly", "mistakenly", "incorrectly")
    return wrongly or bool(_JA_TAKEN_BACK.match(after) or (said and _EN_TAKEN_BACK.match(after)))


def affiliation(page: Page, state: State) -> Iterator[Spot]:
    """G08: who employs the person involved, unless it is confirmed by two sources; a recorded document is one.

    The recorded value counts wherever it stands, unless it is the contractor's own name; then, as for the phrases,
    only where someone involved is spoken of. A correction may say what was wrong; so may a sentence that takes back
    what we said.
    """
    known = state.facts.get("affiliation")
    document = state.confirmed("affiliation_document") is not None
    if known is not None and known.settled and len(known.sources) + document >= 2:
        return
    value = flat(state.text("affiliation"))
    plain = len(value) < 3 or value in flat(state.text("contractor_name")) or value == "確認中"
    correcting, righting = corrects(page, state), False
    for i, text in enumerate(page.texts):
        if not plain and (at := text.find(value)) >= 0:
            yield Spot(i, at)
            continue
        found = _EMPLOYED.search(text) if _EMPLOYEE.search(text) else None
        if found is None or _PLANNED.search(text) or (correcting and _WRONG.search(text)):
            continue
        following = page.texts[i + 1] if i + 1 < len(page.texts) else ""
        if _taken_back(text[: found.start()], f"{text[found.end() :]}\n{following}"):
            righting = True
            continue
        of_them = _INVOLVED.search(text) or ((correcting or righting) and _RIGHT.search(text))
        if _HEARSAY.search(text, found.end()) or (of_them and not _BEING_CHECKED.search(text)):
            yield Spot(i, found.start())


_CORRECTING = re.compile(r"訂正|正誤|修正のお?知らせ|お?詫びと修正|correct|erratum|errata")


def corrects(page: Page, state: State) -> bool:
    """Whether the text is a correction, or one of its headings announces one; a filing tells what changed by itself."""
    return (
        state.filing
        or state.kind == "correction"
        or any(_CORRECTING.search(section.title) for section in page.sections)
    )


_NEWS = frozenset(
    words(
        "search_ongoing/next_update_at/found_at/found_place/found_by/media_found/forensic_scope/forensic_result",
        "recovered_unread/cause_so_far/own_failing/individual_contact/subjects_told_at/letters_sent_at/letters_count",
        "published_at/commission_reported_at/commission_final_at/report_received_at/damages_decision/legal_signoff",
        "calls_total/expected_calls/hotline_number/hotline_fax/hotline_hours/hotline_until/hotline_lines",
        "hotline_opened_at/hotline_closed_at/contact_desk/committee_first_at/caution_published_at/rumour_removed_at",
        "deletion_confirmed/contained_at/fixed_at/credentials_stopped/evidence_until",
    )
)
"""Facts that change as the case goes on: the next notice tells of them, and no earlier one was wrong. So with
registers."""


def uncorrected(page: Page, state: State) -> Iterator[Spot]:
    """G10: what a publication said is no longer right, and this text neither is nor holds the correction.

    A text that rests on nothing that changed need not wait for it: a caution against scams is urgent.
    """
    told = [
        one
        for one in state.changed
        if one.name not in _NEWS
        and not one.name.startswith("row:")
        and (state.rests_on is None or one.name in state.rests_on)
    ]
    if told and not corrects(page, state):  # several notices may have said the same
        ja_said = "、".join([*dict.fromkeys(f"{one.fact.ja}（{one.was.ja}→{one.now.ja}）" for one in told)][:3])
        en_said = "; ".join([*dict.fromkeys(f"{one.fact.en} ({one.was.en} -> {one.now.en})" for one in told)][:3])
        yield Spot(detail=Bilingual(f"変わった事実：{ja_said}。", f"Changed: {en_said}."))


def repeats(text: str, change: Changed) -> bool:
    """Whether a text says again what is no longer right, and not beside it what is right now. A value too short to be
    recognised (yes, no) is taken to be said."""
    said, counted = flat(text), figures(text)

    def holds(value: Bilingual) -> bool:
        return bool(figures(value.ja) & counted) or any(len(one) >= _SHORTEST and one in said for one in both(value))

    def both(value: Bilingual) -> tuple[str, str]:
        return flat(value.ja), flat(value.en)

    unseen = not figures(change.was.ja) and max(map(len, both(change.was))) < _SHORTEST
    return unseen or (holds(change.was) and not holds(change.now))


_ATTRIBUTED = re.compile(
    r"によ(?:る|れば|り)|聞き?取|とのこと|との(?:説明|報告|連絡|情報|話|ことで)|と(?:説明|報告|話|述べ|証言|聞い)|から(?:の説明|の報告|聞い)|説明(?:では|もあ)|現時点の認識|確認中|伝え"
    r"|according to|told|report(?:ed|s|edly)|sa(?:ys|id)|stat(?:es|ed)|as far as we know|accounts? |being (?:confirmed|checked|verified)|by the account"
)
_NAMES = frozenset(
    {"affiliation", "organization", "contractor_name", "media_kind", "work_name", "contact_desk", "committee_name"}
)
"""Facts whose words are said all over a notice without claiming anything new, and the one that G08 has."""


_Finder: TypeAlias = Callable[[str], "int | None"]


def hearsay(page: Page, state: State) -> Iterator[Spot]:
    """G18: what somebody told, in a sentence that does not say who, or that it was told."""
    told = [
        finder
        for name, known in state.facts.items()
        if known.status == "claimed" and name not in _NAMES and not name.startswith("hotline_")
        for finder in _finders(known)
    ]
    if not told:
        return
    for i, text in enumerate(page.texts):
        found = next((found for finder in told if (found := finder(text)) is not None), None)
        if found is not None and not _ATTRIBUTED.search(text):
            yield Spot(i, found)


def _finders(known: Known) -> Iterator[_Finder]:
    """How a value can be found in a canonical sentence; only of values long enough to be recognised."""
    match known.value:
        case Moment(at=at, precision=precision) if at is not None and precision != "date":
            clock = flat(ja.time_of_day(at.time()))
            yield _pattern(rf"{at.month}月{at.day}日(?:\(.\))?{clock}")
            yield _pattern(rf"{en.time_of_day(at.time())}(?: on)?(?: [a-z]+day,?)? {flat(en.month_day(at.date()))}")
        case int(number) if number >= _FEWEST:
            yield _pattern(
                "|".join(rf"(?<![\d,万]){said}(?![\d,万])" for said in (ja.number(number), f"{number:,}", str(number)))
            )
        case str(text) if known.free and len(said := flat(text)) >= _SHORTEST:
            yield _pattern(re.escape(said))


_FEWEST, _SHORTEST = 100, 5


def _pattern(pattern: str) -> _Finder:
    compiled = re.compile(pattern)

    def find(text: str) -> int | None:
        found = compiled.search(text)
        return found.start() if found else None

    return find


_DISCIPLINE = re.compile(
    r"懲戒|減給|停職|戒告|訓告|免職|厳重注意|disciplin(?:ary|ed)|reprimand|(?:cut|reduction) (?:in|of) (?:pay|salary)|(?:pay|salary) cut|suspended from (?:duty|work|office)|dismiss(?:ed|al)"
)
_ELSEWHERE = re.compile(
    r"別(?:途|に|の文書)|検討|方針|未定|決まり次第|separate|consider|not (?:yet )?(?:been )?decided|will be (?:decided|announced)"
)
_OF_DISCIPLINE = frozenset({"discipline", "final-press", "press-qa", "faq"})
"""Kinds that may speak of it: the notice on it, the final report's account of responsibility, and answers to
questions."""
_LOSS = re.compile(r"紛失|漏えい|漏洩|流出|盗難|(?<![a-z])(?:loss|lost|leak|breach|stolen)")


def discipline(page: Page, state: State) -> Iterator[Spot]:
    """G51: a disciplinary measure within a notice on the loss."""
    if state.kind in _OF_DISCIPLINE or not _DISCIPLINE.search(page.text) or not _LOSS.search(page.text):
        return
    if not state.kind and any(_DISCIPLINE.search(section.title) for section in page.sections if section.level == 1):
        return
    for i, text in enumerate(page.texts):
        found = _DISCIPLINE.search(text)
        if found and not _ELSEWHERE.search(text):
            yield Spot(i, found.start())
            return


_DAMAGES = re.compile(
    r"(?:損害(?:の)?賠償|賠償金?|損害)[^。]{0,10}?(?:請求|求償|求め)(?:を(?:行|し)|し|す|いた|ま|て(?:いき|まい)|る|に踏み切)|提訴|訴訟を(?:起こ|提起)|訴え(?:を起こ|ます)|法的措置を(?:と|取|講)"
    r"|(?:will|shall|are going to|intend to|have decided to|plan to|decided to) (?:[a-z]+ )?(?:claim|seek|demand|sue|recover|take legal)[^.]{0,30}|(?:claim|seek|demand)(?:ing|s|ed) (?:compensation|damages)"
)
_OPEN = re.compile(
    r"検討|協議|相談|かどうか|含め|可能性|未定|決まり次第|決めて(?:い|お)|か\Z|\A(?:will|do|does|are|is|have|when|how) (?:you|the city|it)|consider|whether|consult|discuss|not (?:yet )?decided|legal advice|may "
)


def damages(page: Page, state: State) -> Iterator[Spot]:
    """G52: a claim for damages is announced, and legal staff have not signed it off."""
    if state.confirmed("legal_signoff") == "yes":
        return
    for i, text in enumerate(page.texts):
        found = _DAMAGES.search(text)
        if found and not _OPEN.search(text):
            yield Spot(i, found.start())


CHECKS: dict[str, Check] = {
    "G05": encryption,
    "G08": affiliation,
    "G10": uncorrected,
    "G18": hearsay,
    "G51": discipline,
    "G52": damages,
}
