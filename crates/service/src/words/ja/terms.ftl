# 利用規約。

terms-title = 利用規約
terms-version = 版 { $version }（{ $date }から有効）
terms-not-in-force = いま有効な版ではありません。
terms-translation = 正文は日本語です。ここにあるのは、読むための文です。
terms-others = ほかの版
terms-to-office = 窓口のページ
