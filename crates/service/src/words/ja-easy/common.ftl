# どのページにも出る言葉。

common-service-name = オンライン仕事《しごと》相談《そうだん》
common-office-line = { $office }の相談《そうだん》窓口《まどぐち》
common-skip = ページの内容《ないよう》へ行《い》く
common-languages = ことば
common-language-japanese = 日本語《にほんご》
common-language-easy = やさしい日本語《にほんご》
common-language-english = English

# ボタンとリンク
common-next = 次《つぎ》へ
common-back = 戻《もど》る
common-ways = 戻《もど》る・閉《と》じる
common-change = 変《か》える
common-change-this = { $item }を変《か》える
common-confirm = 確認《かくにん》する
common-send = 送《おく》る
common-save = 保存《ほぞん》する
common-close = 閉《と》じる
common-print = このページを紙《かみ》に印刷《いんさつ》する
common-yes = はい
common-no = いいえ
common-unsure = わからない
common-not-applicable = この機械《きかい》にはない
common-quick-exit = このページをすぐに閉《と》じる
common-quick-exit-hint = 天気《てんき》のページに変《か》わります。

# 記入欄
common-required = 必《かなら》ず書《か》く
common-optional = 書《か》かなくてもいい
common-error-prefix = まちがい：
common-error-summary-title = 直《なお》すところが{ $count }つあります
common-notice = お知《し》らせ
common-warning = 気《き》をつけてください
common-success = できました
common-receipt-number = 受付《うけつけ》番号《ばんごう》
common-steps = これからすること
common-step-done = 終《お》わった
common-step-now = いまここ
common-step-later = これから
common-help = くわしい説明《せつめい》

# 費用と電話
common-free = 相談《そうだん》は無料《むりょう》です。お金《かね》はいりません。
common-cost-reminder = 相談《そうだん》は無料《むりょう》です。インターネットのお金《かね》は、自分《じぶん》で払《はら》います。使《つか》うほどお金《かね》が高《たか》くなる契約《けいやく》の人《ひと》は、気《き》をつけてください。
common-cost-amount = ビデオで話《はな》すと、{ $minutes }分《{ READ_AFTER($minutes, "ふん", "ぷん") }》で約《やく》{ $megabytes }MBのデータを使《つか》います。
common-telephone = 電話《でんわ》
common-telephone-hours = 電話《でんわ》ができる時間《じかん》：月曜日《げつようび》から金曜日《きんようび》の{ $from }から{ $to }まで
common-cancel-by-telephone = やめたいときは、電話《でんわ》をしてください。
common-questions-by-telephone = わからないことは、電話《でんわ》で聞《き》いてください。
common-tool-by-hand = Zoom
common-tool-room = オンラインのルーム
common-tool-questions = このページの使《つか》いかたや入《はい》り方《かた》は、手伝《てつだ》います。{ $tool }のソフトのことは、{ $tool }のページを見《み》てください。
common-tool-download = { $tool }のアプリのページ
common-tool-test = { $tool }に入《はい》る練習《れんしゅう》のページ

# ページの下
common-footer = このページについて
common-terms-link = 使《つか》うときのきまり
common-accessibility-link = 使《つか》いやすさ
common-privacy-link = あなたの情報《じょうほう》の守《まも》り方《かた》
common-ownership = このサービスの案内《あんない》や資料《しりょう》は、{ $office }のものです。
common-demo-notice = これは練習《れんしゅう》のページです。本当《ほんとう》の申《もう》し込《こ》みはできません。

# 職員の役割
common-role-coordinator = 受付《うけつけ》の人《ひと》
common-role-counsellor = 相談《そうだん》する人《ひと》
common-role-manager = 所長《しょちょう》
common-role-records-officer = 記録《きろく》を見《み》せる係《かかり》の人《ひと》
common-role-administrator = 管理《かんり》する人《ひと》
