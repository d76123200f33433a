# 予定のページ。お知らせと同じ文は、letters.ftl にある。

status-title = 予定のページ
status-to-page = 予定のページへ

# リンクを開く
status-link-title = お知らせのリンクを開きます
status-link-body = 下のボタンを押すと、お申し込みの内容が表示されます。まわりに人がいるときは、画面にご注意ください。
status-link-open = 予定のページを開く
status-link-shared = 共用のパソコンでは、見終わったら予定のページの一番下の「見るのを終わる」を押してください。

# 受付
status-received-title = お申し込みを受け付けました
status-received-next = これからのこと
status-received-not-settled = 日時はまだ決まっていません。
status-received-email = 受け付けのお知らせを、メールでもお送りします。
status-received-link = 予定のページのリンク
status-received-link-keep = お返事はこのリンクから見られます。この画面は後で開けないため、リンクを控えてください。
status-received = 日時を調整しています
status-overdue = お返事が、お知らせした期限より遅れています。申し訳ありません。お急ぎのときは、お電話ください。

# 日時の調整
status-proposed = 日時のご提案があります
status-proposal-accept = この日時で予約する
status-proposal-refuse = ほかの日時を希望する
status-wishes-title = 希望の日時を変える
status-wishes-send = この希望に変える
status-withdraw-title = 申し込みを取り下げる
status-withdraw-body = 取り下げると、日時の調整を終わります。費用はかかりません。あらためて申し込むこともできます。
status-withdraw-do = 取り下げる
status-keep = 取りやめずに戻る

# 予約
status-confirmed = 日時が決まりました
status-confirmed-next = 当日までに、下の参加のしかたをお読みください。
status-today = 今日が相談の日です
status-today-next = 開始の少し前に、参加の準備をしてください。
status-started = 開始の時刻になりました
status-started-next = すぐに参加してください。参加できないときや遅れるときは、お電話ください。
status-in-contact = ご連絡をいただいています
status-in-contact-next = 予約は有効です。参加できるようになったら、下の方法で参加してください。
status-present = 参加を確認しました
status-present-next = 相談員が入室を許可するまで、画面を開いたままお待ちください。
status-held = 相談は終わりました
status-by-telephone = お電話で相談しました
status-trouble = 機器や回線の不調で、相談できませんでした
status-trouble-next = 日時を決め直すことも、お電話での相談もできます。お電話でお知らせください。
status-offices-trouble = 申し訳ありません。窓口側の不調で、相談できませんでした
status-called-off = 予約をキャンセルしました
status-deemed-cancelled = キャンセルとして扱いました
status-deemed-next = 開始の時刻から{ $grace }分を過ぎても、ご連絡を確認できませんでした。
status-stopped-by-office = 申し訳ありません。窓口の都合で中止しました
status-displaced = 新しい日時をご相談します
status-unrecorded = 予定の日は過ぎました

# 参加のしかた
status-join = { $tool }を開いて参加する
status-join-from = 参加に必要な情報は、{ $from }から、下の「相談に参加する」の先に表示します。
status-alias-how = 表示名の入れ方
status-alias-how-app = { $tool }で参加するときに出る「名前」の欄を消し、上の表示名に書き換えてから、参加を押します。
status-alias-copy = 上の表示名は、押すと全体が選ばれます。コピーして、名前の欄に貼り付けることができます。
status-alias-how-before = 別の名前で入ってしまったときは、慌てずに、名前の変更を選んで直してください。
status-close-others = 相談の間は、使わないアプリを閉じてください。読み上げや字幕のための機能は、使って構いません。
status-calendar = カレンダーに入れる（icsファイル）
status-calendar-remove = カレンダーから消す（icsファイル）
status-again = 新しく申し込む

# キャンセル
status-cancel-title = 予約をキャンセルする
status-cancel-here = このページからもできます。
status-cancel-online = 下のボタンでキャンセルできます。お電話でも受け付けています。
status-cancel-do = キャンセルする
status-cancel-no-telephone = 電話が使えない方は、ご家族などに代わりにお電話いただくか、電話リレーサービスをご利用ください。

# 共用のパソコン
status-leave-hint = 共用のパソコンや、ほかの人も使う端末では、見終わったら閉じてください。
status-leave = 見るのを終わる
status-objection-title = 決定に異議があるとき
status-objection-declined = { $from }から{ $review }まで、オンライン相談のお申込みをお断りしています。
status-objection-ended = オンライン相談の利用を終わりとしています。
status-objection-how = 事情や、事実と違うと思うことを書いてください。決定をした人とは別の責任者が、もう一度判断し、お知らせします。電話、窓口、郵便でも受け付けます。
status-objection-words = 伝えたいこと
status-objection-send = 異議を送る
status-objection-waiting = 異議を受け付けました。責任者がもう一度判断して、お知らせします。
status-terms-deemed = 次に参加するときは、新しい規約（{ $version }）に同意したものとして扱います。

# 関係する機関との共有
status-sharing-title = 関係する機関との共有
status-sharing-ask = 次の機関に、あなたの情報を伝えてもよいですか。
status-sharing-partner = 伝える相手
status-sharing-items = 伝える内容
status-sharing-purpose = 目的
status-sharing-no-harm = 断っても、相談には影響しません。今までどおり相談できます。「伝えてよい」と答えたあとも、このページでいつでも取りやめられます。
status-sharing-give = 伝えてよい
status-sharing-refuse = 伝えない
status-sharing-given = あなたは「伝えてよい」と答えました。
status-sharing-agreed = 伝えてよい内容
status-sharing-refused = あなたは「伝えない」と答えました。伝えません。
status-sharing-withdrawn = 取りやめました。これからは伝えません。
status-sharing-shared = { $moment }に伝えました。
status-sharing-told = 取りやめたことを、相手の機関にも連絡しました。
status-sharing-will-tell = 取りやめたことを、相手の機関にも連絡します。
status-sharing-withdraw = 同意を取りやめる
status-sharing-item-name = お名前
status-sharing-item-contact = 連絡先
status-sharing-item-work-wishes = 希望する仕事と働き方
status-sharing-item-experience = 職歴と資格
status-sharing-item-accommodation = 職場で必要な配慮
status-sharing-item-course = 相談の経過
status-sharing-item-plan = これからの支援の予定
status-sharing-purpose-joint-support = 支援の進め方を一緒に考えるため
status-sharing-purpose-referral = その機関の支援につなぐため
status-sharing-purpose-workplace = 職場での配慮を調整するため
status-sharing-purpose-follow-up = 就職したあと、続けて働けるように支えるため
