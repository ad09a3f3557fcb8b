"""Sentences about the secret that protects a medium, in canonical form: who names it, who describes it, who denies it.

A list of patterns does not generalise, so naming the secret is already enough for a review (default deny); the
families below only raise a review to a block and say why. Japanese kanji numerals are figures here: 同一 reads 同1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from runbook.guardrails.canon import Page
from runbook.guardrails.words import words


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_NAMES = (
    r"[パぱ][スす][・\-]?(?:[ワわ][ーァあぁ〜~\-1]?[ドど]|[コこ][ーおォ\-1]?[ドど]|[フふ][レれ][ーえェ\-1]?[ズず]|[キき][ーいィ\-1])",
    r"(?<![ァ-ヺー])パス(?![ァ-ヺー])|あんしょう(?:番号|ばんごう)|あいことば|ぴんこーど",
    r"暗証|合い?言葉|文字列|秘密の(?:言葉|文字|質問|番号)",
    r"暗号(?:化)?(?:の)?(?:鍵|キー)|復号(?:化)?(?:の)?(?:鍵|キー|コード)|暗号(?=[はがもを])",
    r"鍵(?!付|つき|のかか|のつい|の掛|を?掛|を?か[かけ]|が掛|がか|穴|盤)|(?<![ァ-ヺー])キー(?=[はがもをの])",
    r"(?:ロック|アクセス|セキュリティー?|認証|ログイン|ピン|解除|解錠|開錠)(?:用)?(?:の)?(?:コード|番号|キー|文字|言葉)",
    r"(?:認証|ログイン|サインイン)(?:用)?(?:の)?情報",
    r"(?:開く|開け|解錠|解除|復号|ロック)[^、]{0,8}(?:文字|番号|数字|言葉)",
    r"p ?a ?s ?s ?w ?o ?r ?d|pass[ \-]?(?:word|code|phrase|key)|(?<![a-z])(?:pw|pwd|passwd)(?![a-z])|(?<![a-z])pass(?= ?(?:is|was|[はが:=]))",
    r"(?<![a-z])pins?(?![a-z])|credential|secret (?:word|phrase|string|number)|character string",
    r"(?:encryption|decryption|secret|unlock\w*|security|access|private)[ \-]keys?(?![a-z])",
    r"(?<![a-z])keys? (?:to|for|that|which) [^.]{0,20}(?:crypt|lock|open|usb|stick|drive|medi|data|file)",
    r"(?:lock|access|security|entry|numeric|digit|secret|opening)[ \-]?codes?(?![a-z])",
    r"(?<![a-z])codes? (?:to|that|which|for) [^.]{0,20}(?:lock|open|crypt|access|protect)",
    r"(?:log-?in|log-? in|sign-?in|sign-? in)(?:s| (?:details|data|string))",
    r"(?:type|enter|key)(?:d|ed)?(?: in)? [^.]{0,20}to (?:unlock|open|decrypt)",
)
SECRET = _any(*_NAMES)
NAMES = words(
    "パ/ぱ/あんしょう/あいことば/ぴんこーど/暗証/合言葉/合い言葉/文字列/秘密/暗号/復号/鍵/キー/ロック",
    "アクセス/セキュリティ/認証/ログイン/ピン/解除/解錠/開錠/サインイン/開く/開け",
    "pa/p a/pw/pin/credential/secret/string/key/code/log/sign/type/enter",
)
"""Words of which every such sentence holds one."""
_SECRET = f"(?:{SECRET.pattern})"

TOKEN = re.compile(
    r"(?=[a-z\d])(?<![a-z0-9@/._%&?=#\-])(?:(?!(?:tel|fax|ext|covid|iso|jis|windows)\d)[a-z]{3,}(?:[_!$&%#@][_!$&%#@]*\d{2,}|\d{2,}|-\d{4,})|\d{4,}[_!$&%#@]?[a-z]{4,})"
    r"(?![a-z0-9@/]|\.[a-z])"
)
"""A guess-like token: letters then figures (amagasaki2022); not within an address, not "TEL06-…" or the name of a
standard."""

_UNIT = r"(?:桁|[けケヶ][たタ]|(?:文|モ|も)[字ジじ]|字(?![画])|キャラクター)"
_LENGTH = (
    rf"\d ?{_UNIT}|(?:桁数|けた数|ケタ数|文字数|字数|長さ)[はがもの:=、]{{0,2}}(?:約|およそ|計|合計|全部で|最低)?\d",
    r"(?:桁数|けた数|ケタ数|文字数|字数|長さ)[はがも]+.{0,6}(?:多|少|長|短|10分|足り)",
    r"\d(?:[ \-][a-z\-]+){0,2}[ \-]?(?:digits?|char(?:acter)?s?|letters?|symbols?|figures?|keystrokes?)(?![a-z])|\d[ \-]numbers?(?![a-z])",
    rf"(?:じゅう|いち|に|さん|よん|ご|ろく|なな|はち|きゅう){_UNIT}",
    r"(?:length|long)(?![a-z])[^\d]{0,14}\d|\d(?: in length| long(?![a-z]))|(?:single|double|triple)[ \-](?:digit|figure)",
)
_KINDS = (
    r"英数|英字|英大|英小|英文字|英記号|大文字|小文字|(?<!などの)数字|特殊文字|アルファベット|ローマ字|半角|全角|記号",
    r"平仮名|片仮名|ひらがな|カタカナ|文字種[はがも]*\d|\d種類?の文字|アルファニューメリック",
    r"alpha-?\s?numeric|(?:upper|lower|mixed)[ \-]?case|capital(?:s|i[sz]ed)?(?: letters?)?(?![a-z])|special character",
    r"symbols?(?![a-z])|punctuation|(?:letter|alphabet)[a-z]* (?:and|or|plus|with|then|followed by) (?:\w+ )?(?:number|digit|figure)",
    r"(?:number|digit|figure)s? (?:and|or|plus|with|then|followed by) (?:\w+ )?letter|(?<![a-z])numeric(?![a-z])",
    r"(?:only|just|purely|entirely|solely) (?:of )?(?:number|digit|letter|figure)|(?:number|digit|letter|figure)s? (?:only|alone)",
    r"(?:contain|includ|consist|made (?:up )?of|mix|combin|compris|compos)[a-z]* (?:[a-z]+ ){0,3}(?:letters|digits|characters)",
    r"(?:consist|made (?:up )?of|mix|combin|compris|compos)[a-z]* (?:[a-z]+ ){0,3}(?:numbers|words)",
)
_PARTS = (
    r"(?:先頭|頭|最初|冒頭|末尾|最後|語尾|終わり)(?:の)?\d?(?:文字|字|桁|部分)|(?:先頭|末尾|語尾)[はがに]",
    r"(?:start|begin|end)(?:s|ed|ning|ing)? (?:with|in)(?![a-z])|(?:first|last|final) (?:\d )?(?:letter|character|digit)",
)
_STUFF = (
    r"(?:市|町|村|地|都市|自治体|団体|組織|会社|社|部署|部|課|個人|校|県|商品|製品|システム|サービス|キャラクター|ペット|花|人)の?名(?!簿)",
    r"(?:氏名|名前|名称|姓|苗字|名字|年号|元号|西暦|年度|日付|年月日|誕生日|電話番号|郵便番号|職員番号|社員番号|管理番号|部屋番号)",
    r"(?:番地|住所|単語|英単語|辞書|語呂|キーボード|連番|ぞろ目|ゾロ目|頭文字|イニシャル|略称|愛称|型番|シリアル|製造番号|\d{4}(?!\d)年?)",
)
_STUFF_JA = "(?:" + "|".join(_STUFF) + ")"
_BUILT = r"(?:使[いっわ用]|用い|利用し|含|入っ|入り|入れ|基づ|もと|元に|由来|作[らっり]|組|つなげ|つない|連結|並べ|足し|加え|付け|ちなん|もじ[りっ]|ひねっ|同じ|1致|連想|そのまま|逆|ベース)"
_IS = r"(?:です|でし|だ[っと]|である|であっ|ではあり|ではな|じゃな|でもあり|でもな|とは(?:違|異|無関係|別|関係)|と(?:は|も)?(?:関係|関連))"
_OF_EN = (
    r"(?:based on|derived from|made (?:up )?(?:from|of|with)|taken from|built (?:from|on|around)|combin[a-z]+|mix[a-z]*"
    r"|same as|identical to|spell[a-z]*|relat[a-z]+ to|connect[a-z]+ (?:to|with)|link[a-z]+ (?:to|with)|to do with"
    r"|(?:contain|includ|us)(?:s|es|ed|ing|e)? (?:the|our|an?|its|his|her|their)"
    r"|(?:is|was|isn't|wasn't|be|not)(?: not)?(?: simply| just)? (?:the|our|an?|its|his|her|their|[a-z]+'s))"
)
_STUFF_EN = (
    r"(?:name|initial|birth|date|year|(?:tele)?phone|postal code|postcode|dictionary|word|city|town|company|team|mascot"
    r"|keyboard|sequence|serial|model|staff number|employee number|abbreviat|acronym|season|pet)"
)
_COMPOSED = _any(
    rf"{_STUFF_JA}.{{0,14}}?(?:{_BUILT}|{_IS})",
    rf"(?<![a-z]){_OF_EN} (?:[a-z0-9']+ ){{0,3}}?{_STUFF_EN}(?!s (?:and|or|of) (?:address|account))",
    r"(?:推測しやす|推測され|類推|容易|簡単|単純|ありふれ|ありがち|複雑|強固|堅固|堅牢|長[いく](?!間|あいだ)|短[いく](?!間))",
)
_MADE_OF = re.compile(_BUILT)
_SUBJECT = re.compile(rf"{_SECRET}(?:[^、]{{0,12}}[はがもに:=]| )")
_ELSEWISE = (
    r"初期(?:値|設定|状態)|既定(?:値)?の|デフォルト|出荷時|初期パス.{0,8}のまま|(?<![a-z])default(?![a-z])|factory[ \-]set",
    r"out[ \-]of[ \-]the[ \-]box|(?:is|was|are|were) (?:[a-z]+ )?(?:easy to guess|easily guess|guessable|trivial|weak|strong|simple|complex|short|long)(?![a-z])",
    r"(?:付箋|付せん|メモ(?!リ)|シール|ラベル).{0,15}(?:パスワード|暗証)|(?:パスワード|暗証番号|鍵|コード)[をがもは].{0,10}(?:書い|書か(?!な)|記し|記さ|貼|張|印字|刻)",
    r"sticky|post-it|taped|labell?ed|on (?:a|the) label|scribbl|engraved|(?:printed|written)(?: down)? on (?:an?|the|its) (?:note|paper|piece|stick|back|case|card)|wrote (?:it|the)",
    r"(?:[:=] ?|は)(?!yes|no|none|not|set|unset|unknown|pending|confirmed|see|n/a|tbd)[a-z][!-~]{2,}(?:\Z|[,、)]|です|でし|だ[っと]|である)",
    r"[はがも:=] ?[「『\"'][^」』\"']{1,24}[」』\"'](?:です|でし|だ|である|\Z)|(?:is|was) [\"'][^\"']{1,24}[\"']\Z",
)
_MAKEUP = _any(*_LENGTH, *_KINDS, *_PARTS, *_ELSEWISE, TOKEN.pattern)
_WHAT = (
    r"対象|もの|必須|必要|わけ|こと|状況|状態|段階|つもり|予定|問題|方針|情報|事実|立場|範囲|項目|1部|不要|可能|明らか|確か|内容"
    r"|原因|理由|公表|話|時期|場|限り"
)
_DENIED = _any(
    rf"{_SECRET}(?:の(?:値|中身|正体))?[はがもに、]{{1,2}}(?![^、。]{{0,24}}(?:{_WHAT})(?:では|じゃ))[^、。はがを]{{1,24}}"
    r"(?:では?|じゃ)(?:あり(?:ません|得|え)|な[いかく]|ございません)",
    rf"{_SECRET}[はがもに、]{{1,2}}(?:[a-z][!-~]+|[「『\"'][^」』\"']+[」』\"'])(?:とは|と)?(?:違|異な|別|使っ|用い|入[っれ]|含)",
    rf"(?:[a-z][!-~]{{2,}}|[「『\"'][^」』\"']{{1,24}}[」』\"'])[はがもというのいうう]{{1,4}}(?:当該の?)?{_SECRET}(?:では|じゃ)",
    rf"{_SECRET}(?: [a-z']+){{0,3}}? (?:(?:is|was|are|were|be)(?: not|n't)|never)(?: simply| just| actually)? [\"']?(?![a-z]+ed(?![a-z]))"
    r"(?!(?:known|shown|given|written|told|public|available|set|clear|certain|there|here|here|kept|shared|part|among|in|on|for|to|at|of|yet|a|an|the"
    r"|our|its|his|her|their|something|required|ours|possible|necessary|relevant|enough|been|being|so|that|what|leaked|lost|safe|secret)(?![a-z]))"
    r"[a-z0-9]{3,}[\"']?(?:\Z|[,;]| (?:or|nor|but|as|like|either)(?![a-z]))",
)
"""A denial that names a candidate, rather than saying what is (not) done with the secret."""
_PLAIN_MAKEUP = _any(_LENGTH[0], _LENGTH[2], *_KINDS[2:4], r"英数|大文字|小文字|アルファベット|記号")
_ALLUDES = _any(
    r"桁数|けた数|ケタ数|文字数|文字種|大文字|小文字|英数",
    r"(?<![a-z])guess|(?:upper|lower)[ \-]?case|alpha-?numeric|(?:swipe|unlock\w*|lock|opens with an?|dot) (?:[a-z]+ )?pattern",
)
_UNNAMED = _any(
    rf"(?:桁数|けた数|ケタ数|文字数)[はが].{{0,4}}?\d ?{_UNIT}|大文字.{{0,3}}小文字",
    rf"(?:英数|英字|英大|大文字|小文字|アルファベット).{{0,20}}?\d ?{_UNIT}|\d ?{_UNIT}.{{0,10}}?(?:英数|英字|英大|大文字|小文字|アルファベット)",
    r"\d{1,2}[ \-](?:\w+ ){0,2}alpha-?numeric|alpha-?numeric.{0,20}\d[ \-](?:digit|char|letter)",
)
_TOPIC = _any(r"保護|暗号|ロック|protect|encrypt|(?<![a-z])lock")
_ASKED = _any(
    r"何桁|何文字|何の文字|(?:桁数|文字数|文字種|字数|長さ|種類).{0,12}[はか]\Z",
    r"how (?:many|long)|what (?:length|kind|sort|type|character)|which char",
)
_SETTLES = _any(
    r"\A(?:はい|いいえ|いえ|ええ)(?=、|\Z)(?!.*(?:答え|申し|言え|控え))",
    r"\A(?:それは)?(?:違いま|ちがいま|そうです|そうではあ|そのとおり|その通り|そのようなもの|そういうもの)",
    r"\A(?:yes|no|right|correct|exactly|not at all)(?=,|\Z)(?!.*(?:answer|comment|say|tell|state|discuss))",
    r"\A(?:it|that)(?: is|'s)(?: not|n't)?(?: so| right| correct| true| the case)?\Z",
)
"""An answer that says whether a guess was right."""
_FIELD = (
    r"(?:口座(?:番号)?|(?:郵便|電話|個人|被保険者(?:証)?(?:の)?(?:記号)?|保険者|申請書?|受付|整理|通知書?|宛名|世帯|住民票|法人|納税者?|受給者(?:証)?"
    r"|患者|免許証?|旅券|年金|職員|決裁|文書|受理|照会|管理)番号|(?:統1|支店|店舗|銀行|金融機関|団体|世帯|住民|宛名|業種|地域|町名)コード|マイナンバー"
    r"|my numbers?|account(?: numbers?)?|post(?:al |[ -]?)codes?|zip codes?|(?:tele)?phone(?: numbers?)?"
    r"|(?:branch|bank|unified|resident|household|municipal) codes?|(?:application|insur[a-z]*|reference|receipt|policy|case) numbers?)"
)
_ELSE = re.compile(_FIELD)
_FIELD_MAKEUP = _any(
    rf"{_FIELD}(?:欄)?[はがのも、(:=は ]{{0,2}}(?:半角)?(?:英数字?|数字)?(?:の)?\d+ ?{_UNIT}",
    rf"(?:\d+ ?{_UNIT}[のでは]?|(?:半角)?英数字?の?){{1,3}}{_FIELD}",
    rf"\d+[ \-](?:digit|character)s? {_FIELD}|alpha-?numeric {_FIELD}|{_FIELD} (?:has|have|of|with) \d+ \w+",
)
_LOCKED = _any(
    r"暗号|ろっく|ロック(?!ダウン)|施錠|解錠|開錠|解除|プロテクト|復号|解読|(?:保護|守)(?:さ|ら)れ(?:て|た|お)|守って|入れないと|打[たち](?:ない|込)|開封|ログイン|認証|入力(?:が(?:必要|要)|しないと|しなければ|して開)|bitlocker|回復キー",
    r"(?:媒体|usb|メモリー?|データ|ファイル)[^、]{0,8}(?:開く|開け|開き|開か)|(?:開く|開け|開き|開か)(?:に|ない|ま|るに|るため|られ)",
    r"crypt|(?<![a-z])(?:un)?lock|(?<![a-z])opens? (?:it|after|with|when|only|once|by)(?![a-z])|protected|(?:to|cannot|can't|will not|won't|only) (?:be )?(?:open|access|get in|read)",
)
_COUNT = _any(*_LENGTH)
_FIGURES = re.compile(r"\d")


def _named(page: Page) -> tuple[re.Match[str] | None, ...]:
    """Where each sentence names the secret."""
    return page.first(SECRET, NAMES)


def makeup(page: Page, i: int) -> int | None:
    """Where sentence `i` gives away length, kinds or composition; None where it does not.

    Read are the sentence itself when it names the secret, and one that goes on about it or answers a question on it
    (two sentences back).
    """
    sentence, named = page.texts[i], _named(page)
    if found := named[i]:
        says = _MAKEUP.search(sentence) or _DENIED.search(sentence) or _composed(sentence)
        return found.start() if says else None
    locked, topic = _LOCKED.search(sentence), page.first(_TOPIC)
    before = [n for n in range(max(0, i - 2), i) if named[n] or topic[n]]
    if not _may_tell(sentence, bool(locked), bool(before)):
        return None
    if _ELSE.search(sentence):
        # What a data field looks like is no secret; only what is left beside it may describe the protection.
        sentence = _FIELD_MAKEUP.sub(lambda field: " " * len(field[0]), sentence)
        if not locked:
            return None
    if bare := _UNNAMED.search(sentence) or (locked and _COUNT.search(sentence)):
        return bare.start()
    if settled := _settled(page, sentence, before):
        return settled.start()
    told = _PLAIN_MAKEUP.search(sentence)
    answer = _FIGURES.search(sentence) if len(sentence) < 30 else None
    if not before or not (told or answer):
        return None
    if told:
        return told.start()
    asked = any(named[n] and _ASKED.search(page.texts[n]) for n in before)
    return answer.start() if answer and asked else None


def _settled(page: Page, sentence: str, before: Sequence[int]) -> re.Match[str] | None:
    """Where a sentence that answers a question on the make-up of the secret describes it, or says that a guess at it is
    right, or wrong."""
    asked = [page.texts[n] for n in before if _named(page)[n]]
    guessed = any(_MAKEUP.search(text) or _composed(text) for text in asked)
    if guessed and (found := _SETTLES.search(sentence)):
        return found
    return _COMPOSED.search(sentence) if guessed or any(_ASKED.search(text) for text in asked) else None


def _may_tell(sentence: str, locked: bool, before: bool) -> bool:
    """Whether a sentence that does not name the secret could tell of it at all: most cannot, and are read no
    further."""
    if before and (len(sentence) < 40 or _PLAIN_MAKEUP.search(sentence)):
        return True
    return bool(_UNNAMED.search(sentence) or (locked and _COUNT.search(sentence)))


def _composed(sentence: str) -> bool:
    """Whether the sentence says what the secret is made of, or (which tells as much) what it is not."""
    for stuff in _COMPOSED.finditer(sentence):
        before, after = sentence[max(0, stuff.start() - 45) : stuff.start()], sentence[stuff.end() : stuff.end() + 14]
        if _SUBJECT.search(before) or (
            _MADE_OF.search(stuff[0]) and SECRET.match(after.lstrip("わせたっしてるいだまのれ "))
        ):
            return True
    return False


def mentioned(page: Page, i: int) -> int | None:
    """Where sentence `i` names the secret, uses words that are hardly used of anything else, or holds a guess."""
    sentence = page.texts[i]
    found = _named(page)[i] or TOKEN.search(sentence) or _ALLUDES.search(sentence)
    if found and _ELSE.search(sentence) and found.re is _ALLUDES and not _LOCKED.search(sentence):
        return None
    return found.start() if found else None


_WORDS = r"(?:暗号化?|ロック|施錠|鍵|プロテクト|パス[・\-]?(?:ワード|コード)|暗証番号|pw|pin)"
_AUX = r"[かしさせれてでいおりらきまっわもはけえなく済]{0,8}?"
_NOT = r"(?:ない|ません|なかっ|なく|ず(?!つ)|ておら)"
_ABSENT = _any(
    rf"{_WORDS}(?:による|の|等|など){{0,2}}(?:保護|設定|処理|機能|ロック|対策|措置)?[はがもをの、]{{0,2}}"
    rf"(?:設定|かか|かけ|掛|付|つい|つけ|施|実施|行|講じ|なされ|使|備|導入|対応|有効|され|して|し|せ|できて){_AUX}{_NOT}",
    rf"保護[はがも]?(?:され|施|かか|なされ){_AUX}{_NOT}",
    rf"{_WORDS}(?:の)?(?:設定|機能|処理|保護|ロック)?[はがもの]{{0,2}}(?:あり|ござい)ません",
    rf"{_WORDS}(?:の)?(?:設定|機能|処理|保護|ロック)?[はがもの]{{0,2}}(?:ない|無い|なく|無く|なし|無し|なかっ|無かっ|ゼロ)",
    rf"{_WORDS}(?:の)?(?:処理|設定)?[はがも]?未(?:設定|実施|処理|対応|了)|未暗号|無施錠|ノーパス|ノーロック|平文|無防備",
    rf"{_WORDS}.{{0,6}}(?:し忘れ|忘れて|怠|漏れて|省いて|省略|解除した(?:まま|状態)|外した(?:まま|状態)|(?<!電話を)(?<!電話は)切って)",
    r"(?:誰|だれ|どなた)でも.{0,14}(?:開|見|閲覧|読|アクセス|コピー).{0,4}(?:状態|でき|られ|れる|ける|可能)",
    r"(?:差|挿|さ)(?:せば|すだけで|し込めば|し込むだけで).{0,12}(?:開|見|読)|そのまま(?:開|読|見|閲覧)",
    r"un-?encrypted|(?<![a-z])unprotected|plain ?text|(?:was|is|were|are|left|been) (?:\w+ )?unlocked",
    r"(?:(?<![a-z])not|n't|never) (?:[a-z]+ ){0,2}?(?:encrypt|(?:password[ \-])?protect(?:ed|ion)|locked)",
    r"(?<![a-z])(?:no|without(?: a| any)?|lack(?:s|ed|ing)?(?: a| any)?|had no|zero) (?:[a-z]+ ){0,2}?"
    r"(?:password|passcode|pin|encryption|lock|protection|safeguard)(?![a-z])(?! (?:detail|information|question|hint|method|will|should|(?:or|nor|and) \w+ (?:will|should)))",
    r"(?:forgot|fail|omit|neglect|miss)[a-z]* to (?:\w+ )?(?:encrypt|lock|protect|set|password)",
    r"(?:anyone|anybody|any 1|whoever) .{0,30}?(?:can|could|able to|would) .{0,12}?(?:open|read|access|see|view|use)",
)


ABSENT = words(
    "暗号/暗証/ロック/施錠/鍵/プロテクト/パス/保護/平文/無防備/せば/誰/だれ/どなた/だけで/込めば/そのまま",
    "pw/pin/encrypt/protect/plain/lock/pass/safeguard/forgot/fail/omit/neglect/miss/anyone/anybody/any 1",
    "whoever",
)
"""Words of which every such sentence holds one."""


def absent(sentences: Sequence[str], i: int) -> int | None:
    """Where sentence `i` says that the medium has no password, lock or encryption."""
    found = _ABSENT.search(sentences[i])
    return found.start() if found else None


_EXISTS = (
    r"(?:(?:設定|付与|登録|使用|利用|あり|有り?)(?:済み?)?|(?:設定|付与|使用|利用|保護)(?:され|し)て(?:いる|います|おります|ある|あります)"
    r"|かかって(?:いる|います|おります)|保護(?:あり|済み?)?|ありま(?:す|せん)|ある|ない|無い?|なし|無し|未設定|設定なし"
    r"|設定(?:され|し)て(?:いない|いません|おりません))"
)
_BARE = re.compile(
    rf"(?:usb(?:メモリー?)?に?は?)?(?:パスワード|暗証番号)(?:の設定)?[はがもで:]{{0,2}}(?:{_EXISTS})?|{_EXISTS}"
    r"|yes|no|none|unknown|pending|(?:not )?(?:set|confirmed|present)"
    r"|(?:there is |has |with )?(?:a |the |no )?(?:password|pin|passcode)(?:[ -]protect(?:ed|ion))?"
    r"(?: (?:is |has been |was )?(?:not )?(?:set|present|used|in place))?"
)
_ASPECT = r"(?:桁数?|文字数|長さ|文字の?種類?|作り方?|強さ|有無|中身|手がかり|保管(?:のしかた|方法)?|管理)"
_ASPECT_EN = r"(?:length|make-?up|kinds? of characters|strength|keeping)"
_DONE = r"(?:た|(?:過|す)ぎた|てしまった)"
_ABOUT = re.compile(
    rf"(?:(?:会見で、?)?(?:パスワード|暗証番号)(?:の{_ASPECT}(?:[・、とや]{_ASPECT})*)?(?:に(?:つ|就)いて|に関して|に関する|のことで?|の件(?:で)?|の|に|を)?、?"
    r"(?:の)?(?:質問|発言|回答|話|こと|言い過ぎ|言いすぎ|言い間違い)?[がにを]?、?"
    rf"(?:(?:(?:聞|訊)かれ|問われ|答え|触れ|ふれ|出){_DONE}|言(?:い(?:過|す)ぎた|った(?:こと)?|ってしまった)|話し{_DONE}|あった)?)"
    rf"|(?:(?:answered (?:a question )?|said (?:too much |something )?|talked )?(?:about|on)|asked about|a question (?:about|on)) (?:the )?(?:{_ASPECT_EN}(?:,? (?:and|or) {_ASPECT_EN})* of )?(?:the )?passwords?"
    rf"(?:'s {_ASPECT_EN}(?:,? (?:and|or) {_ASPECT_EN})*)?"
)
"""That the secret came up, and which side of it: a closed set of words, none of which says anything of it."""
_STANDARD = r"(?:aes|rsa|sha|iso|iec|fips|usb|tls)[ \-]?(?:[1-3]|1[0-4]\d|192|256|384|512|[1-4]\d{3}|2\d{4})(?!\d)"
_GUESS = _any(
    rf"(?<![a-z0-9])(?!{_STANDARD})(?:[a-z]{{2,}}[_!$&%#@\-]?\d{{2}}|[a-z]{{4,}}\d)|\d{{2}}[_!$&%#@\-]?[a-z]{{3,}}",
    r"\A[\d .,\-]+\Z|\A(?=[!-~]*[\d!@#$%^&*_+=?])[!-~]{3,}\Z",
    rf"{_STUFF_JA}.{{0,14}}?(?:{_BUILT}|{_IS})|(?:市の?名|町名|地名|誕生日|年号|元号|西暦|語呂|キーボード|連番|単語|頭文字|イニシャル|愛称)",
    r"長[いさめ]|短[いかめ]|単純な|推測しやす|推測されやす|付箋|付せん|貼って",
    r"(?<![a-z])(?:initials?|birth[ a-z]*|dictionary|mascot|keyboard|(?:city|town|company|pet)(?:'s)? name|name of the)(?![a-z])",
    r"\A(?:(?:it|is|was|very|quite|too|rather|fairly|not) )*(?:short|long|simple|complex|weak|strong|easy)\Z|(?:same|identical) (?:as|to) ",
)


def names_secret(text: str) -> bool:
    """Whether any sentence of `text` names the secret."""
    return any(SECRET.search(sentence) for sentence in Page(text).texts)


def gives_away_secret(text: str) -> bool:
    """Whether `text` names the secret or the lock and says something of make-up, value or guess, or denies one.

    Narrower than `describes_secret`, for texts on any subject: that the secret was asked about may be recorded.
    """
    page = Page(text)
    named = any(_named(page)) or any(page.first(_LOCKED))
    return named and any(makeup(page, i) is not None for i in range(len(page.texts)))


def describes_secret(text: str) -> bool:
    """Whether `text` says more of the secret than that there is one, or that it came up: a guarded field (`guard:
    password`) refuses it.

    The field itself asks about the secret, so its text is read as if it named it: refused are any naming sentence
    beyond the bare statement that there is one or that it came up, any word of length, kinds or composition, any
    guess-like token and any bare figure.
    """
    return any(
        (SECRET.search(sentence.text) or _GUESS.search(sentence.text) or _MAKEUP.search(sentence.text))
        for sentence in Page(text).sentences
        if not (_BARE.fullmatch(sentence.text) or _ABOUT.fullmatch(sentence.text))
    )
