# 利用規約。

terms-title = 使《つか》うときのきまり
terms-version = { $version }（{ $date }から）
terms-not-in-force = これは、今《いま》のきまりではありません。
terms-translation = 正《ただ》しい文《ぶん》は、ふつうの日本語《にほんご》の文《ぶん》です。
terms-others = ほかのきまり
terms-to-office = 窓口《まどぐち》のページ
