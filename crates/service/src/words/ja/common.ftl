# どのページにも出る言葉。

common-service-name = オンライン職業相談
common-office-line = { $office }の相談窓口
common-skip = 本文へ移動
common-languages = 言語
common-language-japanese = 日本語
common-language-easy = やさしい日本語
common-language-english = English

# ボタンとリンク
common-next = 次へ
common-back = 戻る
common-ways = 戻る・離れる
common-change = 変更
common-change-this = { $item }を変更
common-confirm = 確認する
common-send = 送信する
common-save = 保存する
common-close = 閉じる
common-print = このページを印刷する
common-yes = はい
common-no = いいえ
common-unsure = わからない
common-not-applicable = 当てはまらない
common-quick-exit = このページから離れる
common-quick-exit-hint = 天気予報のページに移動します。

# 記入欄
common-required = 必須
common-optional = 任意
common-error-prefix = エラー：
common-error-summary-title = { $count }か所の入力を確認してください
common-notice = お知らせ
common-warning = ご注意
common-success = 完了しました
common-receipt-number = 受付番号
common-steps = 手続きの流れ
common-step-done = 済み
common-step-now = いまここ
common-step-later = これから
common-help = くわしい説明

# 費用と電話
common-free = 相談は無料です。
common-cost-reminder = 相談は無料です。通信にかかる費用は、ご本人の負担です。使った分だけ料金がかかる契約の方は、十分にご注意ください。
common-cost-amount = ビデオで相談すると、{ $minutes }分で約{ $megabytes }MBの通信をします。
common-telephone = 電話
common-telephone-hours = 受付時間　平日の{ $from }から{ $to }まで
common-cancel-by-telephone = キャンセルは、お電話でご連絡ください。
common-questions-by-telephone = わからないことは、お電話でおたずねください。
common-tool-by-hand = Zoom
common-tool-room = オンライン相談ルーム
common-tool-questions = このページの使い方や参加のしかたは、お手伝いします。{ $tool }という製品そのものについてのご質問には、お答えできません。
common-tool-download = { $tool }公式のダウンロードのページ
common-tool-test = { $tool }公式の接続テストのページ

# ページの下
common-footer = ページの情報
common-terms-link = 利用規約
common-accessibility-link = アクセシビリティ
common-privacy-link = 個人情報の取り扱い
common-ownership = このサービスの案内や資料の権利は、{ $office }にあります。
common-demo-notice = これはデモです。本当の申し込みはできません。

# 職員の役割
common-role-coordinator = 受付・調整
common-role-counsellor = 相談員
common-role-manager = 所長
common-role-records-officer = 開示・記録担当
common-role-administrator = 管理者
