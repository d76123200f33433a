# お知らせ。短い文で書く。

letters-subject = 【受付《うけつけ》 { $receipt }】オンライン仕事《しごと》相談《そうだん》のお知《し》らせ
letters-title = オンライン仕事《しごと》相談《そうだん》のお知《し》らせ
letters-greeting = { $office }のオンライン相談《そうだん》窓口《まどぐち》からのお知《し》らせです。
letters-written = 書《か》いた日《ひ》：

# 申し込みと日程調整
letters-receipt-what = あなたの申《もう》し込《こ》みを受《う》け取《と》りました。日《ひ》と時間《じかん》は、まだ決《き》まっていません。
letters-receipt-next = 窓口《まどぐち》の人《ひと》が日《ひ》と時間《じかん》を考《かんが》えます。{ $due }までに返事《へんじ》をします。
letters-receipt-quote = 電話《でんわ》で聞《き》くときは、この番号《ばんごう》を言《い》ってください。
letters-wishes = あなたが相談《そうだん》したい日《ひ》と時間《じかん》
letters-wish = { $rank }番目《ばんめ》：{ $slot }
letters-proposal-what = 下《した》の日《ひ》と時間《じかん》はどうですか。返事《へんじ》をください。
letters-proposal-next = { $until }まで、この時間《じかん》をあなたのためにとっておきます。
letters-proposal-else = 返事《へんじ》がないときは、ほかの日《ひ》と時間《じかん》を探《さが》します。あなたの申《もう》し込《こ》みはなくなりません。
letters-answer = 返事《へんじ》のしかた
letters-answer-how = 下《した》のリンクのページで返事《へんじ》をしてください。電話《でんわ》でもいいです。電話《でんわ》番号《ばんごう》：{ $telephone }
letters-answer-link = 返事《へんじ》をする
letters-lapsed-what = 返事《へんじ》がなかったので、前《まえ》に知《し》らせた時間《じかん》をとっておくのをやめました。
letters-lapsed-next = あなたの申《もう》し込《こ》みは続《つづ》いています。ほかの日《ひ》と時間《じかん》を探《さが》して、また知《し》らせます。
letters-declined-what = 今回《こんかい》は、オンラインで相談《そうだん》できません。
letters-declined-instead = 窓口《まどぐち》に来《き》て相談《そうだん》できます。電話《でんわ》でも相談《そうだん》できます。相談《そうだん》したい人《ひと》は電話《でんわ》をしてください。
letters-reason = できない理由《りゆう》
letters-reason-not-registered = 仕事《しごと》を探《さが》すための登録《とうろく》が終《お》わっているか、わかりませんでした。登録《とうろく》のしかたは窓口《まどぐち》で教《おし》えます。
letters-reason-no-environment = オンライン相談《そうだん》で使《つか》う機械《きかい》やインターネットがあるか、わかりませんでした。
letters-reason-no-need = オンラインの相談《そうだん》が必要《ひつよう》か、考《かんが》えました。窓口《まどぐち》か電話《でんわ》で相談《そうだん》してください。
letters-reason-no-time = 相談《そうだん》できる日《ひ》と時間《じかん》が見《み》つかりませんでした。
letters-reason-duplicate = 前《まえ》の申《もう》し込《こ》みで続《つづ》けています。
letters-reason-outside = あなたが相談《そうだん》したいことは、仕事《しごと》の相談《そうだん》ではありませんでした。
letters-to-visit-what = オンラインではなく、窓口《まどぐち》に来《き》て相談《そうだん》してください。
letters-to-visit-place = 場所《ばしょ》：{ $address }
letters-to-visit-hours = 窓口《まどぐち》が開《あ》いている時間《じかん》：月曜日《げつようび》から金曜日《きんようび》の{ $from }から{ $to }まで
letters-to-visit-next = いつ来《く》るか、電話《でんわ》で決《き》めてください。
letters-to-telephone-what = オンラインではなく、電話《でんわ》で相談《そうだん》します。
letters-to-telephone-next = 窓口《まどぐち》の人《ひと》があなたに電話《でんわ》をします。電話《でんわ》番号《ばんごう》が変《か》わったときは、教《おし》えてください。
letters-withdrawn-what = あなたの申《もう》し込《こ》みをやめました。
letters-withdrawn-mistake = やめると言《い》っていないときは、電話《でんわ》をしてください。
letters-apply-again = ほかにすることはありません。相談《そうだん》したいときは、もう一度《いちど》申《もう》し込《こ》んでください。

# 予約
letters-confirmation-what = オンライン仕事《しごと》相談《そうだん》の日《ひ》と時間《じかん》が決《き》まりました。
letters-confirmation-next = 相談《そうだん》の日《ひ》の前《まえ》に、このお知《し》らせを最後《さいご》まで読《よ》んでください。
letters-reminder-what = もうすぐ相談《そうだん》の日《ひ》です。
letters-reminder-next = 相談《そうだん》ができなくなったときは、早《はや》く電話《でんわ》をしてください。
letters-change-what = 予約《よやく》が変《か》わりました。
letters-change-next = 前《まえ》のお知《し》らせの日《ひ》、時間《じかん》、名前《なまえ》は使《つか》わないでください。下《した》を見《み》てください。
letters-change-stopped = 窓口《まどぐち》が サービスを 止《と》めます。その時間《じかん》と同《おな》じだったので、予約《よやく》の日《ひ》と時間《じかん》を変《か》えました。あなたのキャンセルには数《かぞ》えません。
letters-renewed-what = 相談《そうだん》に入《はい》るための番号《ばんごう》などが新《あたら》しくなりました。
letters-renewed-next = 前《まえ》に書《か》いておいたものは使《つか》わないでください。予定《よてい》のページを見《み》てください。
letters-reinstatement-what = 予約《よやく》をやめたと書《か》きましたが、まちがいでした。ごめんなさい。
letters-reinstatement-next = 相談《そうだん》はあります。下《した》を見《み》てください。

# キャンセルと中止
letters-cancellation-what = あなたから連絡《れんらく》があったので、下《した》の予約《よやく》をやめました。
letters-cancellation-mistake = やめると言《い》っていないときは、電話《でんわ》をしてください。
letters-deemed-what = 始《はじ》まる時間《じかん》から{ $grace }分《{ READ_AFTER($grace, "ふん", "ぷん") }》たっても、連絡《れんらく》がありませんでした。だから、下《した》の予約《よやく》はキャンセルになりました。
letters-deemed-object = その時間《じかん》までに電話《でんわ》をした人《ひと》は、もう一度《いちど》電話《でんわ》をしてください。相談《そうだん》の画面《がめん》に入《はい》っていた人《ひと》も、電話《でんわ》をしてください。調《しら》べて、直《なお》します。
letters-deemed-alone = これから使《つか》えるかどうかは、窓口《まどぐち》の人《ひと》が決《き》めます。自動《じどう》では決《き》まりません。
letters-undone-what = 時間《じかん》までに連絡《れんらく》や参加《さんか》があったことがわかりました。キャンセルではなくなりました。連絡《れんらく》のないキャンセルに数《かぞ》えません。
letters-undone-open = 相談《そうだん》はあります。下《した》を見《み》てください。
letters-undone-over = 新《あたら》しい日《ひ》と時間《じかん》を決《き》めたいときは、電話《でんわ》をしてください。
letters-stopped-what = ごめんなさい。窓口《まどぐち》の理由《りゆう》で、下《した》の相談《そうだん》ができなくなりました。
letters-new-time-first = 新《あたら》しい日《ひ》と時間《じかん》を、ほかの人《ひと》より先《さき》に知《し》らせます。待《ま》っていてください。
letters-not-counted = あなたのキャンセルには数《かぞ》えません。
letters-stop-planned-what = 窓口《まどぐち》の理由《りゆう》で、下《した》の予約《よやく》の時間《じかん》は、オンラインの相談《そうだん》ができない予定《よてい》です。
letters-stop-planned-next = 窓口《まどぐち》から、新《あたら》しい日《ひ》と時間《じかん》などを連絡《れんらく》します。何《なに》もしないで、待《ま》っていてください。
letters-stop-lifted-what = 相談《そうだん》ができない予定《よてい》は、なくなりました。
letters-stop-lifted-next = 予約《よやく》のとおりに、相談《そうだん》をします。下《した》を見《み》てください。
letters-displaced-what = 記録《きろく》を調《しら》べました。キャンセルではなくなりました。
letters-displaced-why = でも、調《しら》べている間《あいだ》に、同《おな》じ時間《じかん》にほかの予約《よやく》が入《はい》りました。ごめんなさい。

# 予約の中身
letters-time = 日《ひ》と時間《じかん》
letters-time-proposed = 新《あたら》しい日《ひ》と時間《じかん》
letters-time-was = 今回《こんかい》の予約《よやく》
letters-slot = { $slot }
letters-alias = 相談《そうだん》のときの名前《なまえ》
letters-alias-use = { $tool }の名前《なまえ》のところに、この名前《なまえ》を書《か》いてください。
letters-alias-no-name = あなたの本当《ほんとう》の名前《なまえ》は書《か》かないでください。
letters-alias-once = この予約《よやく》だけで使《つか》う名前《なまえ》です。
letters-joining = 相談《そうだん》への入《はい》り方《かた》
letters-joining-from = 入《はい》るための番号《ばんごう》などは、{ $from }から予定《よてい》のページで見《み》ることができます。
letters-joining-now = 入《はい》るための番号《ばんごう》などは、予定《よてい》のページを見《み》てください。
letters-joining-room = ブラウザで参加《さんか》します。アプリはいりません。{ $from }から、予定《よてい》のページで入《はい》ることができます。
letters-joining-telephone = 時間《じかん》になったら、窓口《まどぐち》から電話《でんわ》をします。
letters-joining-why = 安全《あんぜん》のために、このお知《し》らせには書《か》いていません。
letters-page = 予定《よてい》のページ
letters-page-before = 返事《へんじ》の前《まえ》は、日《ひ》と時間《じかん》を変《か》えることができます。申《もう》し込《こ》みをやめることもできます。
letters-page-state = いつでも、あなたの申《もう》し込《こ》みのことを見《み》ることができます。
letters-page-secret = リンクはあなただけのものです。ほかの人《ひと》に教《おし》えないでください。
letters-page-link = 予定《よてい》のページを開《ひら》く
letters-absence = やめるとき、遅《おく》れるとき
letters-absence-call = 電話《でんわ》をしてください。電話《でんわ》番号《ばんごう》：{ $telephone }
letters-absence-grace = 始《はじ》まる時間《じかん》から{ $grace }分《{ READ_AFTER($grace, "ふん", "ぷん") }》たっても連絡《れんらく》がないときは、キャンセルになります。
letters-absence-online = 予定《よてい》のページでやめることもできます。
letters-trouble = うまくできないとき
letters-trouble-call = 画面《がめん》に入《はい》れないときは、すぐ電話《でんわ》をしてください。音《おと》や顔《かお》が出《で》ないときも、電話《でんわ》をしてください。電話《でんわ》番号《ばんごう》：{ $telephone }
letters-trouble-instead = 電話《でんわ》で相談《そうだん》することもできます。
letters-cost = お金《かね》
letters-recording = 録音《ろくおん》や録画《ろくが》をしないでください
letters-recording-ban = 声《こえ》や画面《がめん》を録《と》ってはいけません。写真《しゃしん》もいけません。
letters-recording-assistants = 話《はなし》を文字《もじ》にしたり短《みじか》くまとめたりするAIも使《つか》わないでください。
letters-closing = 質問《しつもん》があるとき
letters-closing-call = 電話《でんわ》番号《ばんごう》：{ $telephone }
letters-closing-astray = このお知《し》らせがあなたのものではないときは、リンクを開《ひら》かないでください。電話《でんわ》で教《おし》えてください。

# 印刷と電話での読み上げ
letters-data-meeting = ミーティングID：{ $number }
letters-data-passcode = パスコード：{ $passcode }
letters-data-secret = この番号《ばんごう》などを、ほかの人《ひと》に教《おし》えないでください。
letters-aloud-title = 電話《でんわ》で読《よ》むとき
letters-aloud-hint = 本人《ほんにん》かどうか確《たし》かめてください。それから、上《うえ》から一《ひと》つずつ読《よ》んでください。
letters-aloud-item = { $heading }は、{ $what }です。
letters-aloud-meeting = ミーティングID
letters-aloud-passcode = パスコード
letters-aloud-small = 小文字《こもじ》の{ $letter }
letters-aloud-capital = 大文字《おおもじ》の{ $letter }
letters-aloud-at = アットマーク
letters-aloud-hyphen = ハイフン
letters-aloud-underscore = アンダーバー
letters-aloud-asterisk = アスタリスク

# カレンダー
letters-calendar-title = オンラインで話《はな》す日《ひ》
letters-calendar-alias = 画面《がめん》の名前《なまえ》：{ $alias }（本当《ほんとう》の名前《なまえ》は書《か》かない）
letters-calendar-call = やめるとき、遅《おく》れるときの電話《でんわ》：{ $telephone }
letters-calendar-joining = 入《はい》り方《かた》：お知《し》らせのリンクから、予定《よてい》のページを見《み》てください。

# お知らせの種類
letters-kind-receipt = 申《もう》し込《こ》みを受《う》けました
letters-kind-proposal = 別《べつ》の時間《じかん》はどうですか
letters-kind-proposal-lapsed = 返事《へんじ》の時間《じかん》が過《す》ぎました
letters-kind-declined = 今回《こんかい》はできません
letters-kind-converted = 事務所《じむしょ》か電話《でんわ》で相談《そうだん》します
letters-kind-withdrawn = 申《もう》し込《こ》みをやめました
letters-kind-confirmation = 時間《じかん》が決《き》まりました
letters-kind-reminder = 相談《そうだん》は明日《あした》です
letters-kind-change = 時間《じかん》が変《か》わりました
letters-kind-joining-data = 参加《さんか》の方法《ほうほう》
letters-kind-cancellation = キャンセルしました
letters-kind-deemed-cancelled = 連絡《れんらく》がないのでキャンセルになりました
letters-kind-deeming-undone = キャンセルがなくなりました
letters-kind-reinstatement = 予約《よやく》がもどりました
letters-kind-stopped-by-office = 事務所《じむしょ》が中止《ちゅうし》しました
letters-kind-displaced = 新《あたら》しい時間《じかん》を決《き》めましょう
letters-kind-stop-planned = 相談《そうだん》ができない予定《よてい》のお知《し》らせ
letters-kind-stop-lifted = 予約《よやく》のとおりに相談《そうだん》するお知《し》らせ
letters-use-declined-what = 前《まえ》の予約《よやく》のとき、連絡《れんらく》がありませんでした。{ $from }から{ $review }まで、オンラインの相談《そうだん》を申《もう》し込《こ》むことができません。
letters-use-declined-else = 窓口《まどぐち》に来《き》て 相談《そうだん》することは できます。
letters-use-declined-object = 理由《りゆう》がある人《ひと》、まちがいだと思《おも》う人《ひと》は、下《した》の番号《ばんごう》に電話《でんわ》してください。責任者《せきにんしゃ》が もう一度《いちど》 考《かんが》えます。
letters-use-ended-what = きまりを守《まも》らないことがありました。オンラインの相談《そうだん》は、もう使《つか》うことができません。
letters-kind-use-declined = これからの申《もう》し込《こ》みを受《う》けないお知《し》らせ
letters-kind-use-ended = 使《つか》うことを終《お》わりにするお知《し》らせ
letters-reason-use-declined = 前《まえ》の予約《よやく》のとき、連絡《れんらく》がありませんでした。いまは申《もう》し込《こ》むことができません。
letters-reason-use-ended = この申《もう》し込《こ》みのことは、電話《でんわ》で話《はな》します。
letters-objection-declining = オンラインの相談《そうだん》を申《もう》し込《こ》むことができないことについて、あなたの話《はなし》を聞《き》きました。責任者《せきにんしゃ》が もう一度《いちど》考《かんが》えました。
letters-objection-ending = オンラインの相談《そうだん》を使《つか》うことができないことについて、あなたの話《はなし》を聞《き》きました。責任者《せきにんしゃ》が もう一度《いちど》考《かんが》えました。
letters-objection-kept = 決《き》めたことは、変《か》わりません。
letters-objection-lifted = 決《き》めたことを やめました。
letters-objection-apply = オンラインの相談《そうだん》を、また申《もう》し込《こ》むことができます。
letters-objection-changed-declining = 期間《きかん》を短《みじか》くしました。申《もう》し込《こ》むことができないのは、{ $review }までです。
letters-objection-changed-ending = { $review }に、もう一度《いちど》考《かんが》えます。前《まえ》に決《き》めた日《ひ》より早《はや》くしました。
letters-objection-why = 理由《りゆう》を聞《き》きたい人《ひと》は、下《した》の番号《ばんごう》に電話《でんわ》してください。
letters-objection = 「それはちがう」と思《おも》うとき
letters-objection-how = 予定《よてい》のページでも、書《か》いて送《おく》ることができます。
letters-kind-objection-answered = あなたの話《はなし》への返事《へんじ》
letters-reason-no-seat = 席《せき》がないか、集《あつ》まりが休《やす》みになりました。ほかの集《あつ》まりか、一人《ひとり》の相談《そうだん》に申《もう》し込《こ》んでください。
