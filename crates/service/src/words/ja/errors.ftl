# うまくいかなかったときのページ。

errors-missing-title = ページが見つかりません
errors-missing-body = アドレスが正しいか確かめてください。リンクの期限が過ぎたか、ページがなくなった可能性もあります。
errors-forbidden-title = このページは見られません
errors-forbidden-body = このページを見る権限がありません。
errors-method-title = この操作はできません
errors-method-body = 前のページに戻り、もう一度操作してください。
errors-too-large-title = 送られた内容が大きすぎます
errors-too-large-body = 文章を短くするか、ファイルを小さくして、もう一度送ってください。
errors-unprocessable-title = 入力内容を確認してください
errors-unprocessable-body = 受け付けられない内容があります。前のページに戻り、内容を直してください。
errors-fault-title = 申し訳ありません。問題が起きました
errors-fault-body = システムの不具合です。少し待ってから、もう一度お試しください。続くときは、お電話で、下のお問い合わせ番号をお伝えください。
errors-fault-reference = お問い合わせ番号：{ $reference }
errors-busy-title = ただいま混み合っています
errors-busy-body = 入力された内容は変更されていません。少し待ってから、もう一度お試しください。
errors-expired-link-title = このリンクは使えません
errors-expired-link-body = リンクの期限が過ぎたか、すでに新しいリンクをお送りしています。届いている一番新しいお知らせのリンクを開いてください。
errors-visit-title = お知らせのリンクを、もう一度開いてください
errors-visit-body = 安全のため、予定のページはしばらくすると閉じます。お送りしたお知らせや、控えたリンクから、もう一度開けます。
errors-stale-title = このページの内容は古くなっています
errors-stale-body = このページを開いてから時間がたったか、ほかの画面で手続きが進みました。送られた内容は保存されていません。最新のページを開いて、もう一度操作してください。
errors-start-again = 最初のページへ
errors-try-again = もう一度試す
errors-go-back = 入力のページに戻る
