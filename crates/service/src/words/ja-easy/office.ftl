# 窓口のページ。

office-title = 家《いえ》から、仕事《しごと》の相談《そうだん》ができます
office-lead = { $office }の人《ひと》と、{ $tool }で話《はな》します。ハローワークに来《こ》なくてもいいです。
office-resume = 続《つづ》きを書《か》く
office-start-anew = はじめから申《もう》し込《こ》む
office-start = 申《もう》し込《こ》みを始《はじ》める
office-answer-by = 今《いま》申《もう》し込《こ》むと、{ $moment }までに返事《へんじ》をします。途中《とちゅう》でやめても、ブラウザを閉《と》じなければ、24時間《じかん》は続《つづ》きを書《か》くことができます。
office-when = 相談《そうだん》できる日《ひ》と時間《じかん》
office-windows = 月曜日《げつようび》から金曜日《きんようび》の{ $windows }。祝日《しゅくじつ》と、12月《がつ》の終《お》わりから1月《がつ》の初《はじ》めは休《やす》みです。
office-length = 1回《かい》は{ $shortest }分《{ READ_AFTER($shortest, "ふん", "ぷん") }》から{ $longest }分《{ READ_AFTER($longest, "ふん", "ぷん") }》くらいです。
office-complete-before = 予約《よやく》は、相談《そうだん》の日《ひ》の{ $days ->
        [1] 前《まえ》の日《ひ》
       *[other] { dates-days }前《まえ》
    }までに決《き》めます。早《はや》く申《もう》し込《こ》んでください。
office-complete-before-working = 予約《よやく》は、相談《そうだん》の日《ひ》の前《まえ》の、窓口《まどぐち》が開《あ》いている日《ひ》で数《かぞ》えて{ $days ->
       *[other] { dates-days }
    }前《まえ》までに決《き》めます。早《はや》く申《もう》し込《こ》んでください。
office-complete-until = その日《ひ》の{ $time }までです。
office-audience = どちらで参加《さんか》しますか
office-cost = お金《かね》
office-how = 相談《そうだん》までにすること
office-step-apply = 申《もう》し込《こ》む
office-step-apply-more = 名前《なまえ》、求職番号《きゅうしょくばんごう》、相談《そうだん》したい日《ひ》と時間《じかん》などを書《か》きます。
office-step-answer = 返事《へんじ》をもらう
office-step-answer-more = 窓口《まどぐち》の人《ひと》が日《ひ》と時間《じかん》を決《き》めて、あなたに知《し》らせます。
office-step-prepare = 準備《じゅんび》をする
office-step-prepare-more = 画面《がめん》に出《だ》す名前《なまえ》と、参加《さんか》のしかたを見《み》ます。
office-step-join = 参加《さんか》する
office-step-join-more = 時間《じかん》になったら、お知《し》らせした方法《ほうほう》で参加《さんか》します。
office-telephone = 電話《でんわ》
office-telephone-too = 電話《でんわ》や窓口《まどぐち》で申《もう》し込《こ》むこともできます。
office-about = この窓口《まどぐち》
office-choose = 窓口《まどぐち》を選《えら》んでください
office-none = まだ開《ひら》いている窓口《まどぐち》がありません。

# 中止
office-stops-all = いま、オンラインの相談《そうだん》は 休《やす》みです
office-stops-apply = いま、新《あたら》しい申《もう》し込《こ》みは できません
office-stops-join = いま、オンラインの相談《そうだん》に 入《はい》ることが できません
office-stops-group = いま、グループの相談《そうだん》は 休《やす》みです
office-stops-will-all = オンラインの相談《そうだん》が 休《やす》みに なります
office-stops-will-apply = 新《あたら》しい申《もう》し込《こ》みが できなく なります
office-stops-will-join = オンラインの相談《そうだん》に 入《はい》ることが できなく なります
office-stops-will-group = グループの相談《そうだん》が 休《やす》みに なります
office-stops-until = { $until }まで
office-stops-planned = { $from }からの予定《よてい》
office-stops-not-counted = 入《はい》ることができなくても、あなたが悪《わる》いのでは ありません。
office-stops-call = 急《いそ》ぐときは、電話《でんわ》してください。
