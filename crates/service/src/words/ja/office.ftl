# 窓口のページ。

office-title = 自宅から、オンラインで仕事の相談ができます
office-lead = { $office }の相談員と、{ $tool }で話せます。窓口にお越しいただく必要はありません。
office-resume = 入力の続きをする
office-start-anew = はじめから申し込む
office-start = 申し込みを始める
office-answer-by = いま申し込むと、{ $moment }までにお返事します。途中でやめても、同じブラウザを閉じなければ、24時間は続きから入力できます。
office-when = 相談できる日時
office-windows = 平日（祝日と年末年始を除く）の{ $windows }
office-length = 1回{ $shortest }分から{ $longest }分くらい
office-complete-before = 予約は、原則として相談日の{ $days ->
        [1] 前日
       *[other] { $days }日前
    }までに決まっている必要があります。お早めにお申し込みください。
office-complete-before-working = 予約は、原則として相談日の{ $days }開庁日前（窓口が開いている日で数えます）までに決まっている必要があります。お早めにお申し込みください。
office-complete-until = その日の{ $time }までです。
office-audience = どちらから参加しますか
office-cost = 費用
office-how = 相談までの流れ
office-step-apply = 申し込む
office-step-apply-more = 氏名と求職番号、ご希望の日時などを入力します。
office-step-answer = お返事を受け取る
office-step-answer-more = 担当者が日時を調整し、相談できるかどうかをお知らせします。
office-step-prepare = 準備する
office-step-prepare-more = 当日に使う表示名と、参加の方法を確かめます。
office-step-join = 参加する
office-step-join-more = 時間になったら、お知らせした方法で参加します。
office-telephone = お電話
office-telephone-too = お申し込みも、お電話や窓口で受け付けています。
office-about = この窓口
office-choose = 窓口を選んでください
office-none = まだ開いている窓口がありません。

# 中止
office-stops-all = いま、オンライン相談を止めています
office-stops-apply = いま、新しいお申込みを受け付けていません
office-stops-join = いま、オンラインの相談に参加できません
office-stops-group = いま、グループでの相談を止めています
office-stops-will-all = オンライン相談を止めます
office-stops-will-apply = 新しいお申込みの受付を止めます
office-stops-will-join = オンラインの相談に参加できなくなります
office-stops-will-group = グループでの相談を止めます
office-stops-until = { $until }まで
office-stops-planned = { $from }からの予定
office-stops-not-counted = 参加できなかったことは、無断のキャンセルには数えません。
office-stops-call = お急ぎのときは、お電話ください。
