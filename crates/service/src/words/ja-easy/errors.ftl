# うまくいかなかったときのページ。

errors-missing-title = ページがありません
errors-missing-body = アドレスが正《ただ》しいか、もう一度《いちど》見《み》てください。このページは、もうないかもしれません。
errors-forbidden-title = このページは見《み》ることができません
errors-forbidden-body = あなたは、このページを見《み》ることができません。
errors-method-title = これはできません
errors-method-body = 前《まえ》のページに戻《もど》って、もう一度《いちど》してください。
errors-too-large-title = 送《おく》ったものが大《おお》きすぎます
errors-too-large-body = 文《ぶん》を短《みじか》くしてください。ファイルは小《ちい》さくしてください。それから、もう一度《いちど》送《おく》ってください。
errors-unprocessable-title = 書《か》いたことを見《み》てください
errors-unprocessable-body = 使《つか》えないことばや数字《すうじ》があります。前《まえ》のページに戻《もど》って、直《なお》してください。
errors-fault-title = すみません。うまくいきませんでした
errors-fault-body = あなたのまちがいではありません。少《すこ》し待《ま》って、もう一度《いちど》してください。だめなときは、電話《でんわ》をして、下《した》の番号《ばんごう》を言《い》ってください。
errors-fault-reference = 番号《ばんごう》：{ $reference }
errors-busy-title = 今《いま》、たくさんの人《ひと》が使《つか》っています
errors-busy-body = 何《なに》も変《か》わっていません。少《すこ》し待《ま》って、もう一度《いちど》してください。
errors-expired-link-title = このリンクは使《つか》えません
errors-expired-link-body = このリンクは古《ふる》いです。一番《いちばん》新《あたら》しいお知《し》らせのリンクを開《ひら》いてください。
errors-visit-title = お知《し》らせのリンクを、もう一度《いちど》開《ひら》いてください
errors-visit-body = 時間《じかん》がたちました。あなたの情報《じょうほう》を守《まも》るために、予定《よてい》のページを閉《と》じました。お知《し》らせのリンクから、また開《ひら》くことができます。
errors-stale-title = このページは古《ふる》くなりました
errors-stale-body = このページを開《ひら》いてから、時間《じかん》がたちました。送《おく》ったものは、まだ届《とど》いていません。新《あたら》しいページを開《ひら》いて、もう一度《いちど》してください。
errors-start-again = 最初《さいしょ》のページへ
errors-try-again = もう一度《いちど》する
errors-go-back = 書《か》くページに戻《もど》る
