use super::super::fault::Fault;
use super::*;
use Language::{English, Japanese};

/// The parts of a text, short: articles with the numbers of their paragraphs and items.
fn shape(text: &Text) -> String {
    let of = |article: &Article| {
        let paragraphs = article.paragraphs.iter().map(|paragraph| {
            let items: Vec<_> = paragraph.items.iter().map(|i| i.number.to_string()).collect();
            format!("{}({})", paragraph.number, items.join(","))
        });
        let paragraphs: Vec<_> = paragraphs.collect();
        format!("{}:{}", article.number, paragraphs.join(""))
    };
    text.articles.iter().chain(&text.supplements).map(of).collect::<Vec<_>>().join(" ")
}

fn check_shape(language: Language, source: &str, expected: &str) {
    assert_eq!(shape(&Text::parse(language, source)), expected, "{source}");
}

#[test]
fn articles_are_found_however_they_are_written() {
    check_shape(Japanese, "題\n第１条（甲）\nあ", "1:1()");
    check_shape(Japanese, "題\n第１条 （甲） \n あ\n第十四条\nい", "1:1() 14:1()");
    check_shape(Japanese, "題\n第1条(甲)\n柱\n（１）あ\n(2)い\n２　う\n（１）え", "1:1(1,2)2(1)");
    check_shape(Japanese, "題\n第《だい》１条《じょう》（甲）\nあ", "1:1()");
    check_shape(Japanese, "題\n第１条\n第２条の定めに従い\n第３条（甲）による", "1:1()");
    check_shape(Japanese, "題\n第１条（甲（乙）丙）\nあ", "1:1()");
    check_shape(Japanese, "題\n第１条\nあ\n第２条（甲）又は第３条（乙）", "1:1()");
    check_shape(
        Japanese,
        "題\n第１条\nあ\n附　則\n終\n附則（令和８年改正）\n終",
        "1:1() 0:1() 0:1()",
    );
    check_shape(Japanese, "題\n第１条\n１０時から\n２０２５年", "1:1()");
    check_shape(English, "T\nArticle 1 (A)\na\n(1) b\n2. c\n10 minutes\n2.5 hours", "1:1(1)2()");
    check_shape(
        English,
        "T\nArticle 1 of the law\nArticle 2\na\nSupplementary provisions\nb",
        "2:1() 0:1()",
    );
    check_shape(Japanese, "", "");
}

#[test]
fn wrapped_lines_are_one_sentence() {
    let text = Text::parse(Japanese, "題\n前\n文\n第１条（甲）\n　あ\n\n　い\n（１）う\nえ");
    assert_eq!((text.title.as_str(), text.preamble.as_str()), ("題", "前文"));
    let article = text.article(1).unwrap();
    assert_eq!((article.label.as_str(), article.heading.as_str()), ("第１条", "甲"));
    let paragraph = &article.paragraphs[0];
    assert_eq!((paragraph.text.as_str(), paragraph.items[0].text.as_str()), ("あい", "うえ"));
    let text = Text::parse(English, "T\nof a\nlaw\nArticle 1\none\ntwo");
    assert_eq!(
        (text.preamble.as_str(), text.articles[0].paragraphs[0].text.as_str()),
        ("of a law", "one two")
    );
}

/// Fourteen articles of two items each, and a supplementary provision.
fn sound() -> String {
    let articles = (1..=14).map(|n| format!("第{n}条（甲{n}）\n柱{n}\n（１）い{n}\n（２）ろ{n}\n"));
    format!("題\n前文\n{}附則\n終", articles.collect::<String>())
}

/// A sound text with one place replaced has these faults, and those of lacking languages.
fn check(from: &str, to: &str, expected: &[TextFault]) {
    assert!(sound().contains(from), "{from}");
    let text = Text::parse(Japanese, &sound().replacen(from, to, 1));
    let of_text = |fault| match fault {
        Fault::Text(Japanese, fault) => Some(fault),
        _ => None,
    };
    let found: Vec<_> = faults(&[text]).into_iter().filter_map(of_text).collect();
    assert_eq!(found, expected, "{from} -> {to}");
}

#[test]
fn texts_that_are_not_in_order() {
    use TextFault::*;
    let clause = |written| Clause::parse(written).unwrap();
    let part = |part| Clause { part, first: None, second: None };
    check("題", "題", &[]);
    check("題\n前文\n", "題\n", &[Empty(part(Part::Preamble))]);
    check("題\n前文\n", "", &[Empty(part(Part::Title)), Empty(part(Part::Preamble))]);
    check("第3条（甲3）\n柱3\n（１）い3\n（２）ろ3\n", "", &[ArticleMissing(3)]);
    check("第14条（甲14）", "第15条（甲14）", &[ArticleMissing(14)]);
    check("第3条", "第2条", &[ArticleMisnumbered(2), ArticleMissing(3)]);
    check("第3条", "第4条", &[ArticleMisnumbered(4), ArticleMissing(3)]);
    check("第1条", "第0条", &[ArticleMisnumbered(0), ArticleMissing(1)]);
    check("第14条", "第60000条", &[ArticleMissing(14)]);
    check("附則\n終", "", &[SupplementMissing]);
    check("附則\n終", "附則", &[Empty(part(Part::Supplement))]);
    check("（２）ろ3", "（３）ろ3", &[Misnumbered(clause("3(1)(3)"))]);
    check("（２）ろ3", "３　ろ3", &[Misnumbered(clause("3(3)"))]);
    check("（２）ろ3", "（２）", &[Empty(clause("3(1)(2)"))]);
    check("柱3\n", "", &[]);
    check("柱3", "{office}と{tool}と{court}", &[]);
    for bad in ["{office", "office}", "{}", "{OFFICE}", "{name}", "{{office}}", "{office}}"] {
        check("柱3", bad, &[UnknownPlace(clause("3(1)"))]);
    }
    check("柱3", "柱《はしら》です", &[]);
    for bad in ["柱《はしら", "柱はしら》", "柱《》", "です《はしら》", "柱《柱》", "柱《は》》"]
    {
        check("柱3", bad, &[Ruby(clause("3(1)"))]);
    }
}

#[test]
fn translations_have_the_shape_of_the_authoritative_text() {
    let check = |from: &str, to: &str, expected: &[TextFault]| {
        let ours = Text::parse(Language::EasyJapanese, &sound().replacen(from, to, 1));
        let found = faults(&[Text::parse(Japanese, &sound()), ours]);
        let found = found.into_iter().filter_map(|fault| match fault {
            Fault::Text(_, fault) => Some(fault),
            _ => None,
        });
        assert_eq!(found.collect::<Vec<_>>(), expected, "{from} -> {to}");
    };
    let other = |number| TextFault::OtherShape(Part::Article(number));
    check("題", "題", &[]);
    check("（２）ろ3", "", &[other(3)]);
    check("（２）ろ3", "２　ろ3", &[other(3)]);
    check("附則", "第15条\n足す\n附則", &[other(15)]);
}
