# 利用規約。

terms-title = 利用規約
terms-version = 版 { $version }（{ $date }から有効）
terms-not-in-force = いま有効な版ではありません。
terms-translation = 正文は日本語です。ここにあるのは、読むための文です。
terms-japanese-only = この規約は日本語だけです。
terms-renumbered = 引用されている条番号は、この規約が定められたときのものです。いまの職業安定法では第{ $article }条の{ $branch }にあたります。
terms-others = ほかの版
terms-to-office = 窓口のページ
terms-compare = この版との違い
terms-changes-title = 利用規約の変わったところ
terms-changes-from = 前の版：{ $version }
terms-changes-to = 後の版：{ $version }
terms-changes-none = 文は変わっていません。
terms-changes-before = 前の文
terms-changes-after = 後の文
terms-changes-added = 新しく加わりました。
terms-changes-removed = なくなりました。
terms-changes-whole = 全文
terms-audiences = ほかの方向けの規約
terms-coming = { $date }から、利用規約が変わります。その日からあとに利用すると、新しい規約に同意したものとして扱います。
