# お知らせ（電子メール、印刷、電話での読み上げ）。氏名、求職番号、相談の理由、参加の情報は書かない。

letters-subject = 【受付 { $receipt }】オンライン職業相談のお知らせ
letters-title = オンライン職業相談のお知らせ
letters-greeting = { $office }のオンライン相談窓口からのお知らせです。
letters-written = 作成：

# 申し込みと日程調整
letters-receipt-what = お申し込みを受け付けました。日時はまだ決まっていません。
letters-receipt-next = 担当者が日時を調整し、{ $due }までにお返事します。
letters-receipt-quote = お問い合わせの際にお伝えください。
letters-wishes = ご希望の日時
letters-wish = 第{ $rank }希望　{ $slot }
letters-proposal-what = 次の日時をご提案します。ご都合をお知らせください。
letters-proposal-next = この日時は、{ $until }まで確保しています。
letters-proposal-else = それまでにお返事がないときは確保を終え、別の日時を探します。お申し込みは取り消されません。
letters-answer = お返事の方法
letters-answer-how = 下のリンクのページか、お電話（{ $telephone }）でお返事ください。
letters-answer-link = 提案に返事をする
letters-lapsed-what = ご提案した日時は、お返事の期限を過ぎたため、確保を終えました。
letters-lapsed-next = お申し込みは続いています。担当者が別の日時を探し、あらためてお知らせします。
letters-declined-what = 今回は、オンラインでの相談をお受けできませんでした。
letters-declined-instead = 窓口での相談と電話での相談は、これまでどおりご利用いただけます。ご希望の方はお電話ください。
letters-reason = 理由
letters-reason-not-registered = 求職登録が済んでいることを確認できませんでした。登録の手続きは、窓口でご案内します。
letters-reason-no-environment = オンライン相談に必要な機器や回線が整っていることを確認できませんでした。
letters-reason-no-need = オンラインで行う必要があるかどうかを検討した結果、窓口または電話での相談をご案内することになりました。
letters-reason-no-time = 相談できる日時が見つかりませんでした。
letters-reason-duplicate = 先にいただいたお申し込みで手続きを続けています。
letters-reason-outside = ご希望の内容は、職業相談では扱っていないものでした。
letters-to-visit-what = オンラインに代えて、窓口での相談をご案内します。
letters-to-visit-place = 場所は、{ $address }です。
letters-to-visit-hours = 窓口は、平日の{ $from }から{ $to }まで開いています。
letters-to-visit-next = お越しになる日時は、お電話でご相談ください。
letters-to-telephone-what = オンラインに代えて、電話での相談をご案内します。
letters-to-telephone-next = 担当者からお電話します。都合の悪い時間があるときや、電話番号が変わったときは、お知らせください。
letters-withdrawn-what = お申し込みを取り下げました。
letters-withdrawn-mistake = 取り下げた覚えのないときは、お電話ください。
letters-apply-again = ほかに手続きはいりません。相談をご希望のときは、あらためてお申し込みください。

# 予約
letters-confirmation-what = オンライン職業相談の予約が決まりました。
letters-confirmation-next = 当日までに、このお知らせを最後までお読みください。
letters-reminder-what = 予約の日が近づきました。
letters-reminder-next = ご都合が変わったときは、早めにお電話ください。
letters-change-what = 予約の内容が変わりました。
letters-change-next = 前のお知らせの日時と表示名は使わずに、次の内容をご確認ください。
letters-change-stopped = 窓口のサービスを止める時間に重なるため、予約の日時を移しました。ご本人の都合による変更には数えません。
letters-renewed-what = 参加に必要な情報が新しくなりました。
letters-renewed-next = 前に控えた情報があるときは使わずに、予定のページでお確かめください。
letters-reinstatement-what = 予約を取り消したという記録は、誤りでした。申し訳ありません。
letters-reinstatement-next = 予約は有効です。次の内容をご確認ください。

# キャンセルと中止
letters-cancellation-what = ご連絡をいただき、次の予約をキャンセルしました。
letters-cancellation-mistake = キャンセルした覚えのないときは、お電話ください。
letters-deemed-what = 開始の時刻から{ $grace }分を過ぎてもご連絡を確認できなかったため、次の予約をキャンセルとして扱いました。
letters-deemed-object = その時刻までに電話をした方や、参加の画面に入っていた方は、お電話ください。確かめて、扱いを改めます。
letters-deemed-alone = 今後のご利用をお断りするかどうかは、担当者が事情を確かめて判断します。自動でお断りすることはありません。
letters-undone-what = その時刻までにご連絡または参加があったことを確かめ、キャンセルとしての扱いを取り消しました。連絡のないキャンセルには数えません。
letters-undone-open = 予約は有効です。次の内容をご確認ください。
letters-undone-over = 日時を決め直したいときは、お電話ください。
letters-stopped-what = 申し訳ありません。窓口の都合により、次の予約の相談を行えなくなりました。
letters-new-time-first = 新しい日時を、ほかの方より先にご提案します。ご連絡をお待ちください。
letters-not-counted = ご本人のキャンセルには数えません。
letters-stop-planned-what = 窓口の都合により、次の予約の時間は、オンライン相談のサービスを止める予定です。
letters-stop-planned-next = 窓口から、新しい日時などをご連絡します。お手続きはいりません。そのままお待ちください。
letters-stop-lifted-what = サービスを止める予定はなくなりました。
letters-stop-lifted-next = 予約の相談は、次の内容のとおり行います。
letters-displaced-what = 記録を確かめ、キャンセルとしての扱いを取り消しました。
letters-displaced-why = ただ、確かめるまでの間に、同じ日時がほかの予約で埋まりました。申し訳ありません。

# 予約の中身
letters-time = 日時
letters-time-proposed = ご提案する日時
letters-time-was = 対象の予約
letters-slot = { $slot }
letters-alias = 当日の表示名
letters-alias-use = { $tool }の名前の欄に、この表示名をそのまま入れてください。
letters-alias-no-name = 氏名を入れないでください。
letters-alias-once = この予約だけで使う名前です。
letters-joining = 参加のしかた
letters-joining-from = 参加に必要な情報は、{ $from }から、予定のページに表示します。
letters-joining-now = 参加に必要な情報は、予定のページでお確かめください。
letters-joining-room = ブラウザで参加します。アプリは要りません。{ $from }から、予定のページで入れます。
letters-joining-telephone = 時間になったら、窓口からお電話します。
letters-joining-why = 安全のため、このお知らせには書いていません。
letters-page = 予定のページ
letters-page-before = お返事の前であれば、希望日時の変更と申し込みの取り下げができます。
letters-page-state = 手続きの状況をいつでも確かめられます。
letters-page-secret = リンクは、ご本人だけのものです。ほかの人に教えたり転送したりしないでください。
letters-page-link = 予定のページを開く
letters-absence = キャンセルするとき、遅れるとき
letters-absence-call = お電話ください。電話番号は、{ $telephone }です。
letters-absence-grace = 開始の時刻から{ $grace }分を過ぎてもご連絡がないときは、キャンセルとして扱います。
letters-absence-online = 予定のページからキャンセルすることもできます。
letters-trouble = うまくつながらないとき
letters-trouble-call = 画面に入れないときや、音や映像が出ないときは、すぐにお電話ください。電話番号は、{ $telephone }です。
letters-trouble-instead = 電話での相談に切りかえることもできます。
letters-cost = 費用
letters-recording = 録音と録画の禁止
letters-recording-ban = 録音、録画、画面の撮影は、どの方法でもできません。
letters-recording-assistants = AIによる議事録、文字起こし、要約の機能も使わないでください。
letters-closing = お問い合わせ
letters-closing-call = 電話番号は、{ $telephone }です。
letters-closing-astray = このお知らせに心当たりのないときは、リンクを開かずに、お電話でお知らせください。

# 印刷と電話での読み上げ
letters-data-meeting = ミーティングIDは、{ $number }です。
letters-data-passcode = パスコードは、{ $passcode }です。
letters-data-secret = 参加に必要な情報は、ほかの人に教えないでください。
letters-aloud-title = 電話での読み上げ
letters-aloud-hint = 本人であることを確かめてから、上から順に、一文ずつ読んでください。
letters-aloud-item = { $heading }は、{ $what }です。
letters-aloud-meeting = ミーティングID
letters-aloud-passcode = パスコード
letters-aloud-small = 小文字の{ $letter }
letters-aloud-capital = 大文字の{ $letter }
letters-aloud-at = アットマーク
letters-aloud-hyphen = ハイフン
letters-aloud-underscore = アンダーバー
letters-aloud-asterisk = アスタリスク

# カレンダー
letters-calendar-title = オンライン面談
letters-calendar-alias = 表示名：{ $alias }（氏名を入れないでください）
letters-calendar-call = キャンセル・遅れるときの電話：{ $telephone }
letters-calendar-joining = 参加方法：お知らせのリンクから予定のページを開いてご確認ください。

# お知らせの種類
letters-kind-receipt = 申し込みの受付
letters-kind-proposal = 別の日時のご提案
letters-kind-proposal-lapsed = ご提案の期限切れ
letters-kind-declined = お受けできないお知らせ
letters-kind-converted = 来所・電話でのご相談
letters-kind-withdrawn = 取り下げの確認
letters-kind-confirmation = 日時の確定
letters-kind-reminder = 前日のお知らせ
letters-kind-change = 日時の変更
letters-kind-joining-data = 参加方法のお知らせ
letters-kind-cancellation = キャンセルの確認
letters-kind-deemed-cancelled = みなしキャンセル
letters-kind-deeming-undone = みなしキャンセルの取り消し
letters-kind-reinstatement = 予約の復活
letters-kind-stopped-by-office = 窓口の都合による中止
letters-kind-displaced = 新しい日時のご相談
letters-kind-stop-planned = サービス中止の予告
letters-kind-stop-lifted = サービス中止の取りやめ
letters-use-declined-what = 連絡のないままキャンセルとなった予約があったため、{ $from }から{ $review }まで、オンライン相談のお申込みをお断りします。
letters-use-declined-else = 窓口に来ていただく相談は、これまでどおり受け付けます。
letters-use-declined-object = 事情のある方、事実と違うと思われる方は、下の番号へお電話ください。責任者がもう一度判断します。
letters-use-ended-what = 利用規約に反することがあったため、オンライン相談の利用を終わりとさせていただきます。
letters-kind-use-declined = 今後の利用のお断り
letters-kind-use-ended = 利用の中止
letters-reason-use-declined = 連絡のないままキャンセルとなった予約があり、いまはお申込みをお断りしています。
letters-reason-use-ended = このお申込みについては、お電話でご案内します。
letters-objection-declining = オンライン相談のお申込みをお断りしていることについて、異議をお受けし、責任者がもう一度判断しました。
letters-objection-ending = オンライン相談の利用を終わりとしたことについて、異議をお受けし、責任者がもう一度判断しました。
letters-objection-kept = 判断は変わりません。
letters-objection-lifted = 判断を取り消しました。
letters-objection-apply = オンライン相談を、ふたたびお申し込みいただけます。
letters-objection-changed-declining = 期間を短くしました。お申込みをお断りするのは、{ $review }までです。
letters-objection-changed-ending = 見直しの日を早めました。{ $review }に、もう一度判断します。
letters-objection-why = 理由は、下の番号へお電話くだされば、お話しします。
letters-objection = 異議の伝え方
letters-objection-how = 予定のページでも、異議を書いて送ることができます。
letters-kind-objection-answered = 異議への回答
letters-reason-no-seat = 席が残っていないか、集まりが開かれないことになりました。ほかの集まりや、個別の相談をご利用ください。
