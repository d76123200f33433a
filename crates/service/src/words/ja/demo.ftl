# デモだけのページ。

demo-title = デモの案内
demo-lead = 見本の事務所で、申し込みから相談の終わりまでを試せます。このデモから外へ送られるものはありません。
demo-clock-title = デモの時計
demo-clock-now = いまは { $now } です。
demo-clock-forward = { $minutes }分すすめる
demo-clock-next = 次の相談の開始（{ $start }）まですすめる
demo-steps-title = 試す順番
demo-step-apply = 利用者として申し込む
demo-step-apply-hint = 求職番号は 99990-1234567 のような番号で試せます。
demo-step-letters = 届いたお知らせを読む
demo-step-letters-hint = デモのメールは、この画面にたまります。
demo-step-desk = 職員として受付箱を開く
demo-step-desk-hint = 利用条件を確認し、日時を決めて連絡します。
demo-step-session = 相談をする
demo-step-session-hint = 相談の開始まで時計をすすめ、お知らせのリンクから「相談に参加する」を、別のウィンドウで職員（soudan）として「ルームに入る」を押します。
demo-step-today = 本日の相談を見る
demo-step-today-hint = 相談の開始まで時計をすすめ、さらに{ $minutes }分すすめると、連絡のない相談はキャンセルとみなされます。
demo-step-call = あとから電話を記録する
demo-step-call-hint = 間に合った時刻の電話を記録すると、みなしキャンセルは取り消されます。
demo-accounts-title = 職員のアカウント
demo-password = パスワードはどれも同じです。
demo-outbox-title = デモのお知らせ一覧
demo-outbox-lead = 本番では、メールで送るか、印刷してお渡しします。
demo-outbox-empty = まだお知らせはありません。
demo-follow-link = お知らせのリンクを開く
