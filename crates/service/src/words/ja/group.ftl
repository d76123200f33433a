# 集まり（セミナーなど）。ほかの利用者といっしょに参加する。

group-title = 集まり（セミナーなど）
group-lead = ほかの求職者といっしょに参加します。日時は決まっています。
group-free = 空いている席：{ $seats }
group-full = 満席です。申し込むと、席が空いたときに、受け付けた順にお返事します。
group-until = 申し込みは、{ $until }まで
group-apply = この集まりに申し込む
group-this = お申し込みの集まり
group-about = 内容
group-others = ほかの参加者がいます
group-others-what = この集まりには、ほかの求職者も参加します。表示名だけを使い、氏名や連絡先を出さないでください。
group-ease = ほかの参加者が不快に感じる言葉や行いは、しないでください。
group-stays = ここで聞いたほかの人の話は、外で話したり書いたりしないでください。
group-between = 参加者どうしの間で起きたことについて
group-fixed = 日時は、集まり全体で決まっています。ご都合が悪くなったときは、申し込みを取り下げるか、お電話ください。

# お知らせ
group-receipt-what = お申し込みを受け付けました。席はまだ決まっていません。
group-receipt-next = 担当者が席を確かめ、{ $due }までにお返事します。
group-confirmation-what = 集まりの席が決まりました。
group-status-received = お返事をお待ちください。席を確かめています。
