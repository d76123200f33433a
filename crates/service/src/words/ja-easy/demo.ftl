# デモだけのページ。

demo-title = デモの使《つか》い方《かた》
demo-lead = 見本《みほん》の事務所《じむしょ》です。申《もう》し込《こ》みから相談《そうだん》まで、ためすことができます。外《そと》には何《なに》も送《おく》りません。
demo-clock-title = デモの時計《とけい》
demo-clock-now = いまは { $now } です。
demo-clock-forward = { $minutes }分《{ READ_AFTER($minutes, "ふん", "ぷん") }》すすめる
demo-clock-next = 次《つぎ》の相談《そうだん》（{ $start }）まですすめる
demo-steps-title = ためす順番《じゅんばん》
demo-step-apply = 仕事《しごと》をさがす人《ひと》として申《もう》し込《こ》む
demo-step-apply-hint = 求職番号《きゅうしょくばんごう》は 99990-1234567 のように書《か》いてください。
demo-step-letters = お知《し》らせを読《よ》む
demo-step-letters-hint = デモのメールは、このページにあります。
demo-step-desk = 職員《しょくいん》の画面《がめん》を開《ひら》く
demo-step-desk-hint = 条件《じょうけん》を見《み》て、日時《にちじ》を決《き》めます。
demo-step-session = 相談《そうだん》をする
demo-step-session-hint = 相談《そうだん》が始《はじ》まる時間《じかん》まで、時計《とけい》を進《すす》めます。お知《し》らせのリンクを開《ひら》きます。「相談《そうだん》に入《はい》る」を押《お》します。別《べつ》の画面《がめん》で、窓口《まどぐち》の人《ひと》（soudan）になって「ルームに入《はい》る」を押《お》します。
demo-step-today = 今日《きょう》の相談《そうだん》を見《み》る
demo-step-today-hint = 相談《そうだん》が始《はじ》まる時間《じかん》まで、時計《とけい》をすすめます。連絡《れんらく》がないまま{ $minutes }分《{ READ_AFTER($minutes, "ふん", "ぷん") }》たつと、キャンセルになります。
demo-step-call = 電話《でんわ》を記録《きろく》する
demo-step-call-hint = 間《ま》に合《あ》った電話《でんわ》を書《か》くと、キャンセルがなくなります。
demo-accounts-title = 職員《しょくいん》のアカウント
demo-password = パスワードは全部《ぜんぶ》同《おな》じです。
demo-outbox-title = デモのお知《し》らせ
demo-outbox-lead = 本当《ほんとう》の事務所《じむしょ》では、メールや紙《かみ》でお送《おく》りします。
demo-outbox-empty = まだ、お知《し》らせはありません。
demo-follow-link = お知《し》らせのリンクを開《ひら》く
