# 予定のページ。お知らせと同じ文は、letters.ftl にある。

status-title = 予定《よてい》のページ
status-to-page = 予定《よてい》のページへ

# リンクを開く
status-link-title = お知《し》らせのリンクを開《ひら》きます
status-link-body = 下《した》のボタンを押《お》すと、あなたの申《もう》し込《こ》みを見《み》ることができます。近《ちか》くに人《ひと》がいるときは、気《き》をつけてください。
status-link-open = 予定《よてい》のページを開《ひら》く
status-link-shared = ほかの人《ひと》も使《つか》うパソコンでは、最後《さいご》に「見《み》るのを終《お》わる」を押《お》してください。

# 受付
status-received-title = 申《もう》し込《こ》みを受《う》け取《と》りました
status-received-next = これからのこと
status-received-not-settled = 日《ひ》と時間《じかん》は、まだ決《き》まっていません。
status-received-email = メールでも知《し》らせます。
status-received-link = 予定《よてい》のページのリンク
status-received-link-keep = 返事《へんじ》は、このリンクで見《み》ます。この画面《がめん》は後《あと》で開《ひら》くことができません。リンクをコピーしておいてください。
status-received = 日《ひ》と時間《じかん》を決《き》めています
status-overdue = ごめんなさい。返事《へんじ》が遅《おく》れています。急《いそ》ぐときは、電話《でんわ》をしてください。

# 日時の調整
status-proposed = この日《ひ》と時間《じかん》はどうですか
status-proposal-accept = この時間《じかん》にします
status-proposal-refuse = ほかの時間《じかん》がいいです
status-wishes-title = 相談《そうだん》したい時間《じかん》を変《か》える
status-wishes-send = この時間《じかん》に変《か》える
status-withdraw-title = 申《もう》し込《こ》みをやめる
status-withdraw-body = 申《もう》し込《こ》みがなくなります。お金《かね》はかかりません。もう一度《いちど》申《もう》し込《こ》むこともできます。
status-withdraw-do = 申《もう》し込《こ》みをやめる
status-keep = やめないで戻《もど》る

# 予約
status-confirmed = 日《ひ》と時間《じかん》が決《き》まりました
status-confirmed-next = 相談《そうだん》の日《ひ》の前《まえ》に、下《した》の入《はい》り方《かた》を読《よ》んでください。
status-today = 今日《きょう》は相談《そうだん》の日《ひ》です
status-today-next = 始《はじ》まる少《すこ》し前《まえ》に、準備《じゅんび》をしてください。
status-started = 始《はじ》まる時間《じかん》になりました
status-started-next = すぐに入《はい》ってください。入《はい》れないときや遅《おく》れるときは、電話《でんわ》をしてください。
status-in-contact = あなたから連絡《れんらく》がありました
status-in-contact-next = 相談《そうだん》はあります。入《はい》れるようになったら、下《した》の方法《ほうほう》で入《はい》ってください。
status-present = あなたが入《はい》ったことがわかりました
status-present-next = 窓口《まどぐち》の人《ひと》が来《く》るまで、画面《がめん》を閉《と》じないで待《ま》ってください。
status-held = 相談《そうだん》は終《お》わりました
status-by-telephone = 電話《でんわ》で相談《そうだん》しました
status-trouble = 機械《きかい》やインターネットの調子《ちょうし》が悪《わる》くて、相談《そうだん》できませんでした
status-trouble-next = もう一度《いちど》時間《じかん》を決《き》めることができます。電話《でんわ》で相談《そうだん》することもできます。電話《でんわ》をしてください。
status-offices-trouble = ごめんなさい。窓口《まどぐち》の機械《きかい》の調子《ちょうし》が悪《わる》くて、相談《そうだん》できませんでした
status-called-off = 予約《よやく》をやめました
status-deemed-cancelled = 予約《よやく》はキャンセルになりました
status-deemed-next = 始《はじ》まる時間《じかん》から{ $grace }分《{ READ_AFTER($grace, "ふん", "ぷん") }》たっても、連絡《れんらく》がありませんでした。
status-stopped-by-office = ごめんなさい。窓口《まどぐち》の理由《りゆう》で、相談《そうだん》ができなくなりました
status-displaced = 新《あたら》しい時間《じかん》を決《き》めましょう
status-unrecorded = 相談《そうだん》の日《ひ》は終《お》わりました

# 参加のしかた
status-join = { $tool }を開《ひら》いて入《はい》る
status-join-from = 入《はい》るための番号《ばんごう》などは、{ $from }から、下《した》のボタンの先《さき》で見《み》ることができます。
status-alias-how = 名前《なまえ》の入《い》れ方《かた》
status-alias-how-app = { $tool }に入《はい》るとき、「名前《なまえ》」のところがあります。前《まえ》の名前《なまえ》を消《け》して、上《うえ》の名前《なまえ》を書《か》いてください。
status-alias-copy = 上《うえ》の名前《なまえ》を押《お》すと、選《えら》ぶことができます。コピーして、名前《なまえ》のところに入《い》れてください。
status-alias-how-before = ほかの名前《なまえ》で入《はい》っても大丈夫《だいじょうぶ》です。「名前《なまえ》の変更《へんこう》」で直《なお》してください。
status-close-others = 相談《そうだん》のとき、使《つか》わないアプリを閉《と》じてください。読《よ》み上《あ》げや字幕《じまく》は使《つか》ってもいいです。
status-calendar = カレンダーに入《い》れる（icsファイル）
status-calendar-remove = カレンダーから消《け》す（icsファイル）
status-again = もう一度《いちど》申《もう》し込《こ》む

# キャンセル
status-cancel-title = 予約《よやく》をやめる
status-cancel-here = このページでもできます。
status-cancel-online = 下《した》のボタンで、予約《よやく》をやめることができます。電話《でんわ》でもいいです。
status-cancel-do = 予約《よやく》をやめる
status-cancel-no-telephone = 電話《でんわ》ができない人《ひと》は、家族《かぞく》などに電話《でんわ》をしてもらってください。電話《でんわ》リレーサービスも使《つか》えます。

# 共用のパソコン
status-leave-hint = ほかの人《ひと》も使《つか》うパソコンでは、最後《さいご》に閉《と》じてください。
status-leave = 見《み》るのを終《お》わる
status-objection-title = 「それはちがう」と思《おも》うとき
status-objection-declined = { $from }から{ $review }まで、オンラインの相談《そうだん》を申《もう》し込《こ》むことができません。
status-objection-ended = オンラインの相談《そうだん》を使《つか》うことができません。
status-objection-how = 理由《りゆう》や、ちがうと思《おも》うことを書《か》いてください。ほかの責任者《せきにんしゃ》が もう一度《いちど》考《かんが》えて、知《し》らせます。電話《でんわ》、窓口《まどぐち》、手紙《てがみ》でも いいです。
status-objection-words = 伝《つた》えたいこと
status-objection-send = 送《おく》る
status-objection-waiting = 受《う》け取《と》りました。責任者《せきにんしゃ》が もう一度《いちど》考《かんが》えて、知《し》らせます。
status-terms-deemed = 次《つぎ》に相談《そうだん》に入《はい》ると、新《あたら》しいきまり（{ $version }）に同意《どうい》したことになります。

# 関係する機関との共有
status-sharing-title = ほかの所《ところ》に伝《つた》えること
status-sharing-ask = ここに、あなたの情報《じょうほう》を伝《つた》えてもいいですか。
status-sharing-partner = どこに
status-sharing-items = 何《なに》を
status-sharing-purpose = 何《なん》のために
status-sharing-no-harm = 「いいえ」でも、相談《そうだん》は変《か》わりません。「はい」と言《い》ったあとも、このページで、いつでもやめることができます。
status-sharing-give = はい、伝《つた》えていいです
status-sharing-refuse = いいえ、伝《つた》えないでください
status-sharing-given = あなたは「はい」と答《こた》えました。
status-sharing-agreed = 「はい」と言《い》ったこと
status-sharing-refused = あなたは「いいえ」と答《こた》えました。伝《つた》えません。
status-sharing-withdrawn = やめました。これからは伝《つた》えません。
status-sharing-shared = { $moment }に伝《つた》えました。
status-sharing-told = やめたことを、そこにも伝《つた》えました。
status-sharing-will-tell = やめたことを、そこにも伝《つた》えます。
status-sharing-withdraw = 「はい」をやめる
status-sharing-item-name = 名前《なまえ》
status-sharing-item-contact = 電話番号《でんわばんごう》やメール
status-sharing-item-work-wishes = したい仕事《しごと》と働《はたら》き方《かた》
status-sharing-item-experience = 前《まえ》の仕事《しごと》や、資格《しかく》
status-sharing-item-accommodation = 働《はたら》くときに、してほしいこと
status-sharing-item-course = 相談《そうだん》したこと
status-sharing-item-plan = これからの予定《よてい》
status-sharing-purpose-joint-support = いっしょに、手伝《てつだ》い方《かた》を考《かんが》えるため
status-sharing-purpose-referral = そこの手伝《てつだ》いを受《う》けるため
status-sharing-purpose-workplace = 働《はたら》きやすくするため
status-sharing-purpose-follow-up = 仕事《しごと》を長《なが》く続《つづ》けるため
