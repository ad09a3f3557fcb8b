"""Texts that trip a rule on texts or pass it, beside the examples of guardrails.yaml. Own sentences, none from a real
notice."""

from __future__ import annotations

TRIPPING: dict[str, tuple[str, ...]] = {
    "G09": (
        "関係社員がかばんを置き忘れました。",
        "関係者がデータを持ち出しました。",
        "関係従業員1名が飲酒していました。",
        "A person concerned left the bag behind.",
        "An affiliated employee carried the sticks.",
        "One of the related staff took the data home.",
        "当該書類は、関係者によって外部に運び出されました。",
        "関係会社の社員が居酒屋に立ち寄りました。",
        "関係者1名から事情を聞いています。",
        "Someone involved had taken the stick out.",
        "A certain employee concerned kept the bag.",
    ),
    "G11": (
        "約1,200名のお客様の情報が対象です。",
        "Up to 300 customers may be affected.",
        "紛失した申請書は計358枚、312世帯分です。",
        "少なくとも1,200人のお客様に影響します。",
        "Names of 2,388 participants were sent.",
    ),
    "G13": ("250名分の顧客情報が流出しました。うち300件の顧客情報に電話番号があります。",),
    "G14": (
        "税務課分が1,200件、福祉課分が800件、総計2,000件となります。",
        "合計2,000件（税務課1,200件、福祉課800件）です。",
    ),
    "G15": (
        "1通140円×549通＝7万6,680円です。",
        "549+27=577名",
        "5 teams x 12 hours = 50 hours",
    ),
    "G19": (
        "2022年6月23日（金曜）",
        "令和４年６月２４日（土）",
        "6月25日（金）15時",
        "Wed 24 June 2022",
        "June 24th (Thursday), 2022",
        "from 24 June 2022 (Sat)",
    ),
    "G28": (
        "市から電話をすることは一切ありません。",
        "職員がご自宅を訪問することはありません。",
        "今回の件で、市からメールを送ることは決してありません。",
        "We will never call you about this matter.",
        "City staff will not visit your home.",
        "You will never be contacted by us.",
        "市役所からお電話を差し上げることは一切ございません。",
        "この件について、職員が直接お宅に伺うことはありません。",
        "こちらからメールでご連絡することは絶対にありません。",
        "The city does not contact anyone by phone.",
        "No member of staff will ever phone you.",
        "You won't get a call from us.",
        "本件に関し、当協会から電話・メール等でご連絡することはございません。",
        "市は皆さまに電話をかけません。",
        "We do not phone residents.",
    ),
    "G29": (
        "ネット上では、媒体が海外に売られたという投稿が見られます。",
        "「すでに名簿が売られている」といったうわさがあります。",
        "SNSで中身が見られたと書かれていますが、調べています。",
        "出品はこちらです https://jp.mercari.com/item/m123 をご確認ください。",
        "There are rumours that the sticks were sold abroad.",
        "Posts online claim that the data is for sale.",
        "The listing is at https://www.ebay.com/itm/123.",
        "SNS上では犯人の名前が特定されたとの書き込みが相次いでいます。",
        "「USBは中国にある」とうわさされています。",
        "市職員が売ったのではないかという憶測が広がっています。",
        "It has been claimed on social media that the mayor knew.",
        "According to a post, the stick was opened.",
        "「もうロックは外れた」という声がSNSで見られます。",
        "某掲示板では、内部の者の犯行だと書かれています。",
    ),
    "G30": (
        "# お知らせ\n\n委託先の従業員が許可を得ずに媒体を持ち出し、紛失しました。市民の皆さまにおわびします。",
        "受託事業者の不注意により、メールが誤送信されました。",
        "The contractor's employee left the bag in a restaurant. We are sorry.",
        "The vendor failed to erase the data.",
        "今回の事案は、委託業者が契約に定めた手順に違反したことで起きました。",
        "再委託先の社員が泥酔し、かばんを紛失しました。",
        "原因は、運送会社の担当者が荷物を置き忘れたことです。",
        "The incident was caused by our supplier, who ignored the rules.",
        "Due to negligence on the part of the contractor, the papers were lost.",
        "委託先のA社が、無断で再委託していました。",
        "The subcontractor disregarded our instructions.",
    ),
    "G31": (
        "流出した情報は氏名のみです。",
        "対象はわずか30人です。",
        "影響を受けたのは549人に過ぎません。",
        "一部の会員の氏名が流出しました。",
        "参加した1,200人のアドレスが送られました。なお、参加者の名簿そのものではありません。",
        "Only 549 people are affected.",
        "A small number of records was exposed.",
        "Just the names were leaked.",
        "Data of 300 people was sent. Please note that this is not the full list.",
        "幸い、漏れたのはメールアドレスだけでした。",
        "被害は一部にとどまっています。",
        "対象はごく一部の方です。",
        "Fortunately, just 24 addresses were sent.",
        "The leak was limited to e-mail addresses.",
        "It concerns a handful of residents.",
        "対象は30人程度に過ぎません。",
        "Only a few people are affected.",
        "限定的な漏えいです。",
    ),
    "G32": (
        "氏名などの個人情報が流出しました。",
        "紛失した媒体には、個人情報等が記録されていました。",
        "The stick contained names and other personal data.",
        "Names etc. were leaked.",
        "Data such as names was exposed.",
        "氏名、その他の情報が流出しました。",
        "お客様の個人情報など（約300件）が閲覧可能でした。",
        "住所等を含むデータを紛失しました。",
        "Personal details and the like were visible.",
        "The bag held papers with names, etc.",
        "入っていたのは、氏名等です。",
        "Data such as addresses were exposed.",
    ),
    "G33": (
        "引き続きご愛顧くださいますようお願いいたします。",
        "今後とも変わらぬお引き立てのほどよろしくお願い申し上げます。",
        "またのご利用を心よりお待ちしております。",
        "Thank you for your continued patronage.",
        "We look forward to serving you again.",
        "皆様のますますのご健勝とご発展をお祈り申し上げます。",
        "今後も当館をよろしくお願いいたします。",
        "これからも変わらぬご支援を賜りますようお願い申し上げます。",
        "We hope you will continue to use our services.",
        "As a token, customers receive a 10% discount.",
    ),
    "G34": (
        "要配慮個人情報が含まれます。",
        "CISOが指揮します。",
        "A ransomware attack took place.",
    ),
    "G35": (
        "総務課の男性主事（45歳）が書類を持ち帰りました。",
        "被処分者は、税務課の主任（30代、女性）です。",
        "所属：福祉課\n\n- 職名：係長\n- 年齢：52歳\n- 性別：男性",
        "A 45-year-old male clerk of the tax section took the papers home.",
        "The chief of the welfare division, a woman in her fifties, was suspended.",
        "健康増進課の課長補佐、58歳の男性職員を減給としました。",
        "市立図書館に勤める30歳代の女性主事が持ち帰りました。",
        "年齢 44歳、男、建設部 主任",
        "The man, 52, deputy head of the housing department, was suspended.",
        "A female teacher in her thirties at Kita school took the list home.",
    ),
    "G36": (
        "アドレスの末尾の番号を書き換えると、他の利用者の申請内容が表示されます。",
        "検索ボタンを2回押すことで、ほかの方の氏名を閲覧できました。",
        "By changing the number in the address, you could see other users' data.",
        "If you press the back button, another person's record is shown.",
        "URLの末尾の数字を1つ増やすと他人の申請書が開けました。",
        "ログアウトせずにブラウザの戻るボタンを押すと、前の利用者の氏名が表示されました。",
        "検索欄に何も入れずに検索すると、全員の名簿が出てきました。",
        "Anyone who edited the id in the link could open other people's forms.",
        "Leaving the search box empty and pressing enter listed every member.",
        "画面のソースを表示すると、他の受験者の点数を読むことができました。",
        "Clicking the back button showed another customer's order.",
    ),
    "G37": (
        "他のシステムへの影響はありません。",
        "それ以外の情報に被害はございません。",
        "Other systems are not affected.",
        "There is no impact on other data.",
        "本件以外のデータについては、影響がないことを申し添えます。",
        "住民票システムは無関係であり、影響を受けていません。",
        "The payroll system was unaffected.",
        "It has no effect on our other data.",
        "ほかのサービスへの影響は一切ございません。",
        "その他のサーバーには影響がありませんでした。",
        "Nothing else was affected.",
    ),
    "G39": (
        "USBメモリーが見つかりました。USBは封筒の中でした。",
        "漏えいのおそれがあります。漏洩した場合は連絡します。",
    ),
    "G50": (
        "再発の防止を図るため、再発防止策を検討し、再発防止策を公表します。",
        "データをを消去しました。",
        "調査の結果をを公表します。",
        "The the city apologises.",
        "We will report the results of the inquiry and publish the results of the inquiry.",
        "市は、情報管理の徹底を図るため、職員への研修を行い、情報管理の徹底を図ります。",
        "原因究明を進め、原因究明を急ぎます。",
        "We are sorry for the trouble caused and we are sorry for the trouble caused to you.",
        "ご迷惑をを おかけしました。",
        "the mayor said that that the mayor will will apologise",
        "市は市は調べています。",
    ),
}

PASSING: dict[str, tuple[str, ...]] = {
    "G09": (
        "関係者の皆さまに深くおわび申し上げます。",
        "報道関係者以外の方は立ち入れません。",
        "媒体を持っていた人の所属は確認中です。",
        "関係者以外は立入禁止です。",
        "関係機関と連携します。",
        "The employer of the person involved is being verified.",
        "The person who carried the sticks was hired by a contractor.",
        "The authorities concerned were told.",
        "関係者からの聞き取りを進めています。",
        "事件の関係者にはお答えできません。",
        "関係各課と協議します。",
        "All staff involved in the work will be trained.",
        "学校関係者の皆さまへ",
        "関係者の方へのお知らせ",
        "関係職員への聞き取りは続いています。",
        "The people concerned have been told by letter.",
        "Those involved in the search were thanked.",
    ),
    "G11": (
        "全職員1,200人に研修を行いました。",
        "職員約300人で捜索しました。",
        "6月1日時点で300人です。",
        "市の人口は45万人です。",
        "毎日200件ほどの電話があります。",
        "1,200 staff were trained.",
        "The stadium holds 3,000 people.",
        "アンケートには500人が答えました。",
        "1,000円の手数料です。",
        "午前9時から100回線で受け付けます。",
        "住所は中央区1000番地です。",
        "1世帯に1通お送りします。",
        "給付金10万円を対象世帯に支給しています。",
        "予算は5,000万円です。",
        "The fee is 1,000 yen per person.",
        "Rooms for 300 are booked.",
        "委員会は2回開きました。",
    ),
    "G15": (
        "受付は9時-17時、土日は10-16時です。",
        "予算は3+1年です。",
        "1+1チャンネル",
        "第2+3会議室",
        "A×B=C",
        "10:00-12:00=午前の部",
        "令和4年度＋5年度＝2か年",
        "A+B=C",
        "9:00-17:00=受付",
        "お問い合わせ：06-6489-0000（内線123）",
        "1-2-3=町名",
        "第1回+第2回で300人",
    ),
    "G19": (
        "毎週木曜日に更新します。6月23日、木曜日から。",
        "令和4年6月23日（木）、同24日（金）",
        "6月23日（木）午前11時",
        "(月)(火)(水)",
        "2022年6月23日(木)～7月1日(金)",
        "Sun and Mon closed. Sat 9:00-12:00",
        "6月23日（木）から6月26日（日）まで",
        "土曜日と日曜日は休みます。",
        "2022.6.23（木）",
        "令和4年6月23日(木・先勝)",
        "Thursday, 23 June, 11:00",
        "Friday June 24",
    ),
    "G28": (
        "市の職員が電話やメールで暗証番号をお聞きすることはありません。",
        "市がATMの操作をお願いする電話をすることはありません。",
        "We will never ask for your account number by telephone.",
        "City staff will never ask you for money.",
        "対象の方には手紙でお知らせします。",
        "電話がつながらないことがあります。",
        "お電話では個別の確認はできません。",
        "The phones will not be staffed on Sunday.",
        "電話番号をお間違えのないようお願いします。対応できないことはありません。",
        "見知らぬ番号からの電話には出ないでください。",
        "市が電話で個人番号をお尋ねすることはありません。",
        "返信の必要はありません。",
        "We do not call this a leak yet.",
        "It is not necessary to write to us.",
        "警察官を名乗る電話がかかってくることがあります。",
        "メールに心当たりがない場合は開かないでください。",
        "この手紙への返信は必要ありません。",
        "お電話でのお問い合わせは受け付けておりません。",
        "不審な電話に応じる必要はありません。",
        "メールの添付ファイルは開かないでください。",
        "市が電話でお金を要求することは絶対にありません。",
        "We cannot answer by e-mail.",
        "Do not call the old number.",
        "職員が電話で還付金の話をすることはありません。",
    ),
    "G29": (
        "投稿の真偽については、お答えしません。",
        "根拠のない情報を広めないでください。",
        "うわさに惑わされないようお願いします。",
        "SNSでさまざまな情報が出回っています。",
        "市の公式ツイッター https://twitter.com/example でもお知らせします。",
        "Please do not spread rumours.",
        "We do not comment on posts about this case.",
        "A listing was reported to us; the police have been told.",
        "「お問い合わせ先」をご覧ください。",
        "偽の出品が見つかったため、削除を求めました。",
        "ネットに書き込まないでください。",
        "投稿を見つけた方は、お知らせください。",
        "出品されているという情報は確認していません。",
        "SNSでの情報発信を行っています。",
        "市のSNSで最新の情報をお知らせします。",
        "Please report posts that offer the data for sale.",
        "People say they are worried.",
        "Many people called the hotline.",
    ),
    "G30": (
        "委託先の従業員が許可を得ずに媒体を持ち出しました。市も、持ち出しの確認が足りていませんでした。",
        "委託先（A社）が紛失を知ったのは午後2時です。",
        "市は、委託先の監督が不十分でした。委託先の従業員はデータを消していませんでした。",
        "The contractor left the bag behind. The city had not checked how the sticks were carried.",
        "We failed to supervise the contractor, whose employee lost the bag.",
        "The contractor told the city at 15:45.",
        "この業務の委託先：A株式会社",
        "委託先と協力して捜索しています。",
        "委託先に再発防止策を求めました。",
        "委託業者の選定方法を見直します。",
        "The contractor is searching for the bag.",
        "We have asked our supplier for a report.",
        "委託契約を見直します。市の監督が十分でなかったことをおわびします。委託先は報告を怠りました。",
        "We had not checked the contractor's work; it had failed to erase the data.",
    ),
    "G31": (
        "受付は平日のみです。",
        "549人の情報が含まれています。",
        "なお、マイナンバーは含まれていません。",
        "460人の情報が対象です。なお、この人数は確定したものではありません。",
        "電話だけでなく窓口でもお受けします。",
        "The desk is open on weekdays only.",
        "Data of 549 people is on the stick. My Number is not included.",
        "Call only the number below.",
        "We took only 2 days.",
        "委託の範囲は入力業務のみです。",
        "この番号は本件専用です。それだけでなく、メールでも受け付けます。",
        "一部の窓口は休みます。",
        "必要な方だけに郵送します。",
        "許可を得た職員のみが扱います。",
        "Only authorised staff may open the room.",
        "Just after noon the bag was found.",
        "個人情報を扱う区域には許可を得た者のみが入ります。",
        "金額の一部のみを負担します。",
        "本人のみが請求できます。",
        "全部ではなく一部の委託を見直します。",
        "The hotline is for this matter only.",
        "対象者のみに郵送します。",
    ),
    "G32": (
        "氏名、住所、生年月日などの個人情報が記録されていました。",
        "氏名などの個人情報が流出しました。項目は、氏名、住所、電話番号です。",
        "口座番号などを電話でお聞きすることはありません。",
        "氏名などの情報が含まれます。\n\n- 氏名\n- 住所\n- 生年月日",
        "The stick contained names, addresses and other personal data.",
        "Do not give your name and other details to callers.",
        "住民税非課税世帯等に対する給付金です。",
        "氏名等の確認をお願いします。",
        "書類等を紛失しないよう努めます。",
        "住所などが変わった方はご連絡ください。",
        "給付金等の支給に影響しません。",
        "Bring your ID card etc. to the desk.",
        "氏名、生年月日等が含まれていました。",
        "パソコン等の機器を調べます。",
        "住所等の変更があった方は連絡してください。",
        "Keep your PIN etc. secret.",
    ),
    "G33": (
        "今後とも情報の管理を徹底します。",
        "ご心配をおかけし、申し訳ありません。",
        "Customers who used the service will be told by letter.",
        "We thank you for your patience and understanding.",
        "キャンペーンに応募した方の氏名が含まれます。",
        "地域の発展に努めます。",
        "ご理解とご協力をよろしくお願いいたします。",
        "ご不便をおかけしますが、よろしくお願いいたします。",
        "Thank you for your cooperation.",
        "ご連絡をお待ちしております。",
        "ご利用の際はご注意ください。",
        "窓口でお待ちしております。",
        "今後も調査を続けます。今後とも情報をお知らせします。",
    ),
    "G34": (
        "調査結果を公表します。",
        "SFAXと書かれた箱です。",
    ),
    "G35": (
        "職員（45歳）を懲戒処分にしました。",
        "総務課の職員1名が書類を持ち帰りました。",
        "65歳以上の女性が対象です。",
        "20代の方から電話がありました。",
        "A member of staff was suspended for 3 months.",
        "Women aged 40 to 74 received letters.",
        "担当：総務課 課長 山田",
        "令和時代の総務課係長が女性活躍を担当",
        "担当課長が説明します。",
        "対象は18歳以下の方です。お問い合わせは子育て支援課の係長まで。",
        "市長（52歳）が会見しました。",
        "健康課長の説明では、対象は40代から60代の女性です。",
        "50歳以上の男性に案内を送ります。担当は保健センターの主任です。",
    ),
    "G36": (
        "他の利用者の情報が表示される状態でした。修正しました。",
        "番号を変えて試すことは、お控えください。",
        "Other users' data could be seen; the defect is fixed.",
        "お問い合わせの際は、受付番号を入力してください。",
        "他の方の手紙が届いたときは、開かずにご連絡ください。",
        "パソコンの画面を開いたまま席を離れないでください。",
        "他の課にデータを渡すときは、番号を付けて記録します。",
        "リンクを押すと、他のページが表示されます。",
        "Enter your receipt number to see your own result.",
        "ほかの方のはがきが届いたときは、電話でお知らせください。",
        "パスワードを変更すると、ログインできます。",
        "ボタンを押すと地図が表示されます。",
        "他の人に見られないよう注意してください。",
        "Press the button to see the map.",
    ),
    "G37": (
        "窓口の業務に影響はありません。",
        "他のシステムへの影響を調査しています。",
        "影響は確認されていません。",
        "We are still examining whether other systems are affected.",
        "The services of the city are not affected.",
        "他のデータへの影響がないか調べています。",
        "影響がある方には個別にお知らせします。",
        "影響の有無は調査中です。",
        "給付金の振込に影響はありません。",
        "被害がないよう注意してください。",
        "影響はないものと考えていますが、確認しています。",
        "影響を受ける方にはお知らせします。",
        "交通への影響はありません。窓口業務は通常どおりです。",
    ),
    "G39": (
        "USBメモリーを2本捜しています。",
        "情報漏えい対策を進めます。漏れた可能性があります。",
    ),
    "G50": (
        "氏名、住所、生年月日、氏名のふりがなが含まれます。",
        "市は原因を調べ、結果を公表します。",
        "We will report what we know and what we do not know.",
        "個人情報の保護に関する法律に基づき、個人情報保護委員会に報告しました。",
        "The city found that that was wrong.",
        "ここにはははの名前があります。",
        "データの持ち出しの記録を確認します。",
        "原因を調べ、再発防止策をまとめ、公表します。",
        "委託先に報告を求め、その報告を確かめました。",
        "住民基本台帳の情報と住民税の情報が入っています。",
        "The city asks that the data that was found be kept.",
        "市の職員は、市の規則に従い、市の施設で保管します。",
        "We know that that is not enough.",
        "氏名を氏名欄に書きます。",
    ),
}


NOTICES = (
    """\
# 書類の紛失について

見本市健康課は、健診の申込書を紛失しました。ご心配をおかけし、市として深くおわび申し上げます。

## 経緯

令和4年6月20日（月）午後4時、職員が申込書の入った箱を倉庫へ移しました。6月21日（火）午前9時、別の職員が箱のないことに気づき、市役所内を捜しましたが、見つかっていません。

## 紛失した書類（6月22日午後5時現在）

| 書類 | 人数 | 項目 |
| --- | --- | --- |
| 令和3年度の申込書 | 4,518人 | 氏名、住所、生年月日、電話番号 |

1人の方が複数の申込書を出している場合も、1人と数えています。

## 今後

対象の方には、6月27日（月）までに手紙を発送します。職員30人で捜索を続けています。専用電話は3回線です。初日に210件の電話をいただきました。

市では、書類を移すときの記録のしかたが決まっていませんでした。今後は、2人で確かめて記録に残します。

## お問い合わせ先

健康課（電話 06-0000-0000、平日午前9時から午後5時まで）
""",
    """\
# Loss of application forms

The city of Mihon apologises: application forms for health checks are missing.

As of 17:00 on 22 June 2022, the forms of 4,518 people are affected. They hold names, addresses, dates of birth and telephone numbers.

On Monday 20 June a member of staff moved the box to a store room. On Tuesday 21 June, at 9:00, a colleague noticed that it was gone.

30 staff are searching. We received 210 calls on the first day. We had no rule on recording who moves a box; from now on two people check it and write it down.

City staff will never ask you for money or account numbers. Letters will be posted to everyone affected by Monday 27 June.
""",
    """\
# 不正アクセスについて（第2報）

市民文化財団は、予約サイトへの不正アクセスにより、会員の個人情報が外部から見られた可能性があることについて、深くおわび申し上げます。

10月12日午後3時現在で分かっていることは、次のとおりです。

- 対象：会員4,518人
- 項目：氏名、メールアドレス、予約の履歴
- 悪用された例は、10月12日午後3時の時点で確認されていませんが、調査を続けています。

サイトは10月10日に止めました。電話による予約は、これまでどおり受け付けています。窓口の業務に影響はありません。

原因は調べています。保守を任せている会社とともに、記録を調べています。財団としても、更新の状況を把握していませんでした。

身に覚えのないメールが届いたときは、開かずに消してください。財団の職員が、電話やメールでカード番号をお聞きすることはありません。

次は10月19日（水）にお知らせします。
""",
    """\
# Mail sent in error

The Mihon Association apologises to the 4,518 people concerned. As of 10 October, 15:00, this is what we know.

On 7 October we sent a mail to 62 members with the wrong file attached. The file held names, addresses and amounts of unpaid fees.

We asked the recipients to delete the mail; 60 have confirmed. We had not checked attachments before sending. From now on, two people check each of them.

If you receive calls that mention this mail, hang up. We will write to each person by post.
""",
    """\
# 想定問答

問：何人の情報ですか。
答：6月23日午前11時現在、4,518人です。

問：委託先が悪いのではないですか。
答：委託先の管理とともに、市の監督にも問題があったと考えています。

問：ネットに情報が出ていますか。
答：市が把握している限りでは、6月23日午前11時の時点で見つかっていません。見つけたときは、専用電話に知らせてください。

問：口座番号を変えた方がよいですか。
答：口座番号だけでは引き出せません。通帳の記録を確かめてください。

問：だれがなくしたのですか。
答：所属は確認中です。個人が分かることは、お答えしていません。
""",
)
"""Whole texts without a fault, on the data of 4,518 people."""


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Each text of a table with its rule."""
    return [(rule, text) for rule, texts in table.items() for text in texts]
