//! Proposes where the text says what the model terms say: offices order their articles otherwise.

use super::super::text::without_ruby;
use super::super::{Article, Text};

/// Words in the heading of each article of the model terms' subjects, from article 1 on.
const SUBJECTS: [&[&str]; 14] = [
    &["資格", "対象", "利用条件", "利用できる", "つかえる", "利用者"],
    &["申込", "申し込", "予約", "当日"],
    &["利用料", "料金", "費用"],
    &["利用環境", "動作環境", "機器", "環境"],
    &["記録", "守っていただく"],
    &["個人情報", "情報"],
    &["知的財産", "著作権", "権利の帰属", "権利"],
    &["禁止", "してはならない"],
    &["免責", "保証", "責任を負わない"],
    &["中止", "停止", "解約"],
    &["変更", "改定", "改正"],
    &["損害", "賠償"],
    &["法令", "遵守"],
    &["準拠法", "管轄", "裁判所"],
];

/// Where a subject of the model terms stands in the text, if not under its own number: the number
/// of the article, or none where no heading speaks of it and the article of its own number is
/// about something else, or not there. Empty for a text without headings.
pub(super) fn order(text: &Text) -> Vec<(u16, Option<u16>)> {
    if text.articles.iter().all(|article| article.heading.is_empty()) {
        return Vec::new();
    }
    let is_about = |subject: &[&str], article: &Article| {
        subject.iter().any(|word| without_ruby(&article.heading).contains(word))
    };
    let mut order = Vec::new();
    for (subject, number) in SUBJECTS.into_iter().zip(1..) {
        let own = text.article(number);
        if own.is_some_and(|own| is_about(subject, own)) {
            continue;
        }
        let elsewhere = text.articles.iter().find(|article| is_about(subject, article));
        let is_unknown = |own: &Article| !SUBJECTS.iter().any(|other| is_about(other, own));
        match elsewhere {
            Some(article) => order.push((number, Some(article.number))),
            None if own.is_some_and(is_unknown) => {}
            None => order.push((number, None)),
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{Language, model};

    fn check(headings: &[&str], expected: &[(u16, Option<u16>)]) {
        let articles = headings.iter().zip(1..);
        let articles: String =
            articles.map(|(heading, n)| format!("第{n}条（{heading}）\n甲\n")).collect();
        let text = Text::parse(Language::Japanese, &format!("題\n前文\n{articles}附則\n終"));
        assert_eq!(order(&text), expected, "{headings:?}");
    }

    #[test]
    fn article_11_the_subject_of_an_article_is_known_by_its_heading() {
        assert!(order(model().text(Language::Japanese)).is_empty());
        let other = [
            "目的",
            "利用料金",
            "動作環境",
            "対象者",
            "予約",
            "個人情報",
            "利用の記録",
            "著作権",
            "免責事項",
            "規約の変更",
            "損害賠償",
            "禁止事項",
            "利用停止",
            "準拠法",
        ];
        let expected = [
            (1, Some(4)),
            (2, Some(5)),
            (3, Some(2)),
            (4, Some(3)),
            (5, Some(7)),
            (7, Some(8)),
            (8, Some(12)),
            (10, Some(13)),
            (11, Some(10)),
            (12, Some(11)),
            (13, None),
        ];
        check(&other, &expected);
        check(&["", ""], &[]);
    }
}
