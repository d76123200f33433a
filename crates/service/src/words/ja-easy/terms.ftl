# 利用規約。

terms-title = 使《つか》うときのきまり
terms-version = { $version }（{ $date }から）
terms-not-in-force = これは、今《いま》のきまりではありません。
terms-translation = 正《ただ》しい文《ぶん》は、ふつうの日本語《にほんご》の文《ぶん》です。
terms-japanese-only = この規約《きやく》は、ふつうの日本語《にほんご》だけです。
terms-renumbered = この番号《ばんごう》は 古《ふる》いです。いまの 職業安定法《しょくぎょうあんていほう》では 第《だい》{ $article }条《じょう》の{ $branch }です。
terms-others = ほかのきまり
terms-to-office = 窓口《まどぐち》のページ
terms-compare = ちがうところ
terms-changes-title = きまりの変《か》わったところ
terms-changes-from = 前《まえ》のきまり：{ $version }
terms-changes-to = 後《あと》のきまり：{ $version }
terms-changes-none = 文《ぶん》は変《か》わっていません。
terms-changes-before = 前《まえ》の文《ぶん》
terms-changes-after = 後《あと》の文《ぶん》
terms-changes-added = 新《あたら》しく入《はい》りました。
terms-changes-removed = なくなりました。
terms-changes-whole = ぜんぶの文《ぶん》
terms-audiences = ほかの人《ひと》のためのきまり
terms-coming = { $date }から、きまりが変《か》わります。その日《ひ》からあとに使《つか》うと、新《あたら》しいきまりに同意《どうい》したことになります。
