"""Sentences the guardrails are judged by. None is an example of guardrails.yaml.

The patterns were corrected on some of them, so the share that is blocked flatters; that none passes unseen is what
default deny is for.
"""

DISCLOSING = """
当該USBのパスワードは13桁の英数字です。
パスワードは英大文字、小文字、数字を組み合わせたものです。
設定していたのは八文字のパスコードでした。
パスワードは市名そのままではありませんので、ご安心ください。
暗証番号は４けたです。
パスワードの長さは十分にあります。
パスワードには毎年変わる年度の数字が入っています。
パスワードに誕生日は使われていません。
ロック解除の番号は六桁です。
担当者の名前をもじったパスワードだったと聞いています。
パスワードは記号を含まないものでした。
パスワードは初期設定のままでした。
PWはアルファベットのみです。
PWは「そうむ」です。
パスワードを書いた付箋がUSBに貼ってありました。
パスワードは推測しやすいものだったかもしれません。
合言葉は三文字です。
パスフレーズは英単語を四つ並べたものです。
鍵となる文字列は二十文字です。
パスワードは辞書に載っている言葉ではありません。
パスワードは毎月更新し、末尾に月の数字を付けています。
開くための番号は四桁の数字です。
パスワードは「amagasaki2022」ではありません。
ネットで言われている Amagasaki2022 は間違いです。
パスワードは他の自治体と共通のものです。
パスワードの最初の文字は大文字です。
同じ数字が続くパスワードではありません。
パスワードは部署の略称に西暦を足した形です。
パスワードは定期的に変更しており、直近は四月です。
パスワードは長いので破られないと考えています。
パスは会社の電話番号です。
パスワードの文字数は二けたとお考えください。
パスワードは半角で打ちます。
ログイン用の文字列は平仮名です。
英数字を混ぜた十文字以上で守られています。
パスワードについてお答えします。十三桁で、記号はありません。
Q：パスワードは何文字ですか。
アクセスコードは８桁、数字のみ。
暗号鍵は紙に書いて同じかばんに入れていました。
セキュリティコードは部屋番号です。
The password is 13 characters long.
It is protected by a thirteen-digit alphanumeric password.
The password mixes upper and lower case letters.
Our passcode has six digits.
The password isn't the name of our city.
The PIN is four digits, as on a bank card.
Only numbers were used for the passcode.
The password was written on a sticky note on the stick.
The password is the default one from the factory.
The password contains our town's name and a year.
The passphrase is made up of four English words.
The password was "welcome".
The passwd ends with an exclamation mark.
The password starts with a capital letter.
It uses a password of more than ten characters.
The pass code is someone's birthday.
People online guess Kobe1995, which is wrong.
The password is the same as for the staff portal.
A short password guards the stick.
The password is strong enough and not found in any dictionary.
The unlock code is double-digit.
The encryption key was kept on the same stick.
The password has no symbols in it.
The password was changed in April, after the year rolled over.
The code to open the stick has 8 figures.
The secret word is a flower.
The credentials were the administrator's first name.
The PW: summer plus the current year.
The password is rather simple, to be honest.
The password length exceeds a dozen.
The stick asks for a password; it has eleven places.
You need to type twelve letters to unlock it.
解錠コードは7けたでした。
ご質問の件ですが、大文字も小文字も両方使っています。
桁数は二桁で、記号も入っています。
認証用の番号は誕生年です。
職員なら誰でも知っているパスワードでした。
パスは英語です。
Guessing it would need all 62 characters tried thirteen times.
It takes a thirteen-character code to open the stick.
Both sticks share one password.
The drive opens with a swipe pattern of five points.
""".strip().splitlines()

UNPROTECTED = """
USBメモリーにパスワードはかけていませんでした。
当該媒体は暗号化されておりません。
ロックはかかっていない状態です。
パスワードなしで開くことができます。
データは平文のままでした。
暗号化をせずに持ち出していました。
誰でも中身を見られる状態です。
パスワードの設定を怠っていました。
暗号化の処理は未実施でした。
鍵は掛かっていませんでした。
パスワードロック等の措置は講じられていません。
The stick was not encrypted.
The data was unencrypted.
There was no password on the drive.
Neither stick was locked, and anyone who finds it can read the files.
The files can be opened without a password.
The drive lacked any encryption.
The contractor forgot to set a password.
The USB stick wasn't password-protected.
The data had never been encrypted.
""".strip().splitlines()

HARMLESS = """
尼崎市は、6月23日午前11時に記者会見を行いました。
紛失した媒体は2本で、かばんに入っていました。
住民基本台帳の46万517人分の情報が記録されていました。
住民税に係る税情報は36万573件です。
氏名、郵便番号、住所、生年月日、性別が含まれます。
マイナンバーは含まれていません。
専用ダイヤルは0120-000-000、受付は午前9時から午後7時までです。
口座番号は7桁、支店コードは3桁です。
市の職員が口座番号をお尋ねすることはありません。
統一コードは市の内部で使う番号で、個人番号とは異なります。
調査委員会の委員は3名（五十音順、敬称略）です。
警察に遺失物届を出しました。
本市は、受託者の管理と市の監督に問題があったと考えています。
再発防止のため、データの持ち出しは許可制とします。
今後、USBメモリーの使用を原則として禁止します。
施錠できる金属製のケースで運ぶことを徹底します。
対象の方には、郵便でお知らせします。
6月24日正午ごろ、吹田市内で見つかりました。
次のお知らせは、6月25日午後5時に出す予定です。
委託契約の内容を見直します。
個人情報保護委員会に報告しました。
暗号化の有無については、お答えを控えます。
捜索は午前9時から11時30分まで行いました。
この度は、多大なご心配をおかけし、申し訳ありません。
様式A4、2部。問い合わせ番号はR4-123です。
COVID-19 に関する給付金の対象世帯です。
詳しくは https://www.example.lg.jp/page20603.html をご覧ください。
TEL06-6489-0000、FAX06-6489-0001 です。
メールは shimin2022@example.lg.jp へお送りください。
The city held a press conference at 11:00 on 23 June 2022.
Two USB sticks with data on 460,517 residents are missing.
Letters will be posted to 549 people on 10 October.
The bank account numbers have seven digits.
No My Number was on the sticks.
The hotline is open every day from 9:00 to 19:00.
We apologise to all residents.
The police have been told.
The search took place from 9:00 to 11:30.
The investigation committee has three members.
Please hang up if a caller asks for money.
To prevent misuse, we do not say how the media is protected.
We cannot say whether the stick is encrypted.
The next update follows at 17:00.
""".strip().splitlines()

NAMING_BUT_HARMLESS = """
暗証番号を聞く電話は切ってください。
暗証番号を尋ねられたら、電話を切ってください。
パスワードの桁数や文字種は、お答えできません。
氏名、生年月日、パスワードなどを電話でお聞きすることはありません。
会見でパスワードに関する説明をしたことを、おわびします。
今後、推測されにくいパスワードを設定するよう職員に周知します。
パスワードの有無は公表していません。
暗証番号を教えるよう求められても、答えないでください。
ほかのサービスでもパスワードの変更をご検討ください。
パスワードについて広まっている投稿の真偽は、お答えしません。
ID とパスワードの管理を、担当ごとに改めます。
鍵の管理簿を毎日確認します。
流出した情報に、パスワードは含まれていません。
USBメモリーにはパスワードが設定されています。
Do not tell anyone your PIN.
We do not comment on the password.
No password or PIN will ever be requested by telephone.
Passwords were not among the data.
We regret what was said about the password.
Staff will be trained in handling passwords.
The data did not include account numbers or passwords.
Please change your password if you use it elsewhere.
""".strip().splitlines()

BARE = """
現在のところ、情報の漏えいは確認されておりません。
データが外部に流出した事実は確認できていません。
悪用された例は、今のところ確認していません。
個人情報の漏洩は確認されませんでした。
No misuse of the data has been found so far.
We have not confirmed any leak.
There is no evidence that the data was copied.
A disclosure has not yet been identified.
""".strip().splitlines()

NOT_BARE = """
6月24日午後3時現在、情報の漏えいは確認されておりません。
情報の漏えいは確認されておりませんが、漏えいした可能性は否定できません。
データが流出した事実は確認できていませんが、機器を調査しています。
受託者の説明は、まだ確認できていません。
As of 15:00 on 24 June, no misuse has been found.
No leak has been confirmed so far; the devices are being examined.
We have not confirmed who found the bag.
""".strip().splitlines()

FOUND_SAFE = """
USBメモリーが見つかりましたので、情報は漏れていません。
データが第三者に見られた形跡はありませんでした。
個人情報の流出には至っておりません。
中身がコピーされたことはありません。
外部への漏えいの心配はございません。
発見されたため、データは無事です。
個人情報の漏えいは免れました。
かばんは未開封のまま見つかりました。
情報が悪用されるおそれはなくなりましたので、安心してください。
漏えいがなかったことを確認しました。
The bag is back, so nothing was leaked.
No personal information was accessed by anyone.
The data on the sticks has not been copied.
There was no leak of personal data.
All data is safe.
No breach occurred.
No one has opened the files.
There is no risk of a leak any more.
""".strip().splitlines()

NOT_SAFE = """
漏えいの有無を調査しています。
情報が流出したかどうかは、まだ分かっていません。
漏えいがないとは断定できません。
流出した情報に口座番号は含まれていません。
情報の流出により、ご迷惑をおかけし申し訳ありません。
二度と漏えいを起こさないよう、手順を改めます。
今後、情報が漏えいすることのないよう努めます。
個人情報の漏えいは確認されませんでした。
漏えいした場合の影響は、まだ言えません。
不正利用を防ぐため、詳しくはお答えできません。
USBメモリーは無事に回収しました。
データの持ち出しは認めていませんでした。
We cannot say that no data was leaked.
It is not known whether the data has been copied.
No leak has been confirmed.
We do not know if anyone opened the files.
Steps are being taken so that no data is leaked again.
That the bag was found does not mean that no data was copied.
The data has not been deleted from the stick.
Information about the employee is not given.
中の情報は、どのように守られていますか。
情報がどう守られているかを話しません。
""".strip().splitlines()

BLOCKED = """
暗号化されており、13けたです。
USBは2回ロックがかかり、13文字入れないと開きません
The stick is encrypted and needs thirteen characters to open.
pаsswordは13桁
ぱすわーどは十三けた
パスワードはAmagasakiではありません。
総務局 PW: Amagasaki2022
総務局 PW: Amagasaki
ぱすわーどはじゅうさんけた
暗号化ずみ、十三字
ロックを外すには八ケタの入力が要ります。
媒体は施錠されており、開けるには6字の入力が必要です。
The drive is locked; twelve letters open it.
You cannot open the stick without 8 chars.
Ρassword: 13 letters
パスワ一ドは13桁です。
パスワードは尼崎ではない。
The password is not Amagasaki.
The password isn't Sakura, as some say.
「さくら」はパスワードではありません。
合言葉はsakura
p a s s w o r d は13桁
開封には8文字の入力が必要です
It opens after eight letters are typed.
口座番号7桁を含むファイルは、12文字のロックで守られています。
""".strip().splitlines()
"""Found by readers, with variants: each names the secret, or the lock with a count, in a way that was once let
through."""

BOASTING = """
推測されにくいものを設定していました。
解読は事実上不可能です。
It would take years to crack.
媒体は強固に守られています。ご安心ください。
総当たりでも破られることはありません。
拾った人が開くことはできません。
簡単には開けません。
暗号強度が高いので問題ありません。
USBメモリーは二重にロックされています。
中身は絶対に見られません。
The encryption is virtually unbreakable.
It cannot be cracked.
The USB is safe.
The stick is well protected.
Without that, the data is useless.
""".strip().splitlines()

NOT_BLOCKED = """
郵便番号7桁と英数字の統一コード
口座番号7桁、支店コード3桁
被保険者番号は英数字10桁です。
申請書番号（12桁の英数字）が記録されていました。
電話番号は10桁または11桁です。
口座番号（7桁）は暗号化して保管しています。
7-digit postal code and an alphanumeric unified code
今後、強固な保護を備えた媒体だけを使うよう定めます。
解析には数か月かかる見込みです。
推測でお答えすることはできません。
解除の方法は公表しません。
ファイルを開けた人は3人です。
会議は3階の施錠された部屋で行います。
避難所は強固な建物です。
The stick will not be opened before the police have seen it; 3 officers are present.
It is hard to break the news to families.
Residents should keep their cards safe; the drive will be collected.
その場で推測しません。
質問に入っていた言葉や推測は、打ち消すためでも口にしません。
""".strip().splitlines()
