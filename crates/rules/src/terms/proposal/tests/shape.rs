//! Articles, paragraphs and items, however files write and break them.

use super::super::super::Article;
use super::*;

/// The parts of a text, short: `1:1(1,2)2()` is article 1 with two items in its first paragraph.
fn shape(proposal: &Proposal) -> String {
    let of = |article: &Article| {
        let paragraphs = article.paragraphs.iter().map(|paragraph| {
            let items: Vec<_> = paragraph.items.iter().map(|i| i.number.to_string()).collect();
            format!("{}({})", paragraph.number, items.join(","))
        });
        format!("{}:{}", article.number, paragraphs.collect::<String>())
    };
    let text = &proposal.text;
    text.articles.iter().chain(&text.supplements).map(of).collect::<Vec<_>>().join(" ")
}

fn check(source: &str, expected: &str) {
    let proposal = propose(&format!("題\n前文。\n{source}"));
    assert_eq!(shape(&proposal), expected, "{source}");
    let again = propose(&proposal.text_source());
    assert_eq!(again.text, proposal.text, "{source}");
}

#[test]
fn articles_begin_when_their_turn_has_come() {
    check("第１条 （甲） \n あ。\n第 2 条(乙)\nい。\n第三条【丙】\nう。", "1:1() 2:1() 3:1()");
    check("（甲）\n第１条　利用者は、甲とする。\n（乙）\n第２条　乙。", "1:1() 2:1()");
    check("（甲）\n第１条\n利用者は、甲とする。\n(乙)\n第2条\n乙。", "1:1() 2:1()");
    check("第１条　甲\nあ。\n第２条　乙\nい。", "1:1() 2:1()");
    check("第１条（甲）　あ。\n第２条（乙及び\n丙）\nい。", "1:1() 2:1()");
    check("第１条（甲）\n利用者は、\n第２条の定めにより、また\n第３条（丙）に従う。", "1:1()");
    check("第１条（甲）\n利用者は、\n第２条\nに定めるところによる。", "1:1()");
    check("第１条（甲）\n利用者は、\n第２条（乙）\nを守る。", "1:1()");
    check("第１条（甲）\n利用者が\n第２条　乙を守る。", "1:1()");
    check("第１条（甲）\nあ。\n第３条（丙）\nう。", "1:1() 3:1()");
    check("第１条（甲）\nあ。\n第１条（甲）\nう。", "1:1()");
    check("第１章　総則\n第１条（甲）\nあ。\n第２章　細則\n第２条（乙）\nい。", "1:1() 2:1()");
    check("第１条（甲）\nあ行為\n第２条（乙）\nい。\n附 則\n終。", "1:1() 2:1() 0:1()");
    check("第１条（甲）\nあ。\n附則　この決まりは、明日から。", "1:1() 0:1()");
    check("第１条（甲）\nあ。\n附則（改定）\n第１条（乙）い。\n第２条（丙）\nう。", "1:1() 0:1()");
}

#[test]
fn paragraphs_begin_when_their_turn_has_come() {
    check("第１条\nあ。\n２ い。\n３　う。", "1:1()2()3()");
    check("第１条\n１　あ。\n２ い。", "1:1()2()");
    check("第１条\n1. あ。\n2. い。\n（１）う\n（２）え\n3. お。", "1:1()2(1,2)3()");
    check("第１条\n① あ。\n② い。\n（１）う", "1:1()2(1)");
    check("第１条\nあ。\n② い。\n③ う。", "1:1()2()3()");
    check("第１条\n第１項　あ。\n第２項　い。\n第１項の定めは、う。", "1:1()2()");
    check("第１条\nあ。\n２い。\n３う。", "1:1()2()3()");
    check("第１条\nあ。\n２\nい。\n３\nう。", "1:1()2()3()");
    check("第１条\nあは\n２ 名までとし、\n３ 日のうちに。", "1:1()");
    check("第１条\nあ。\n２回まで。\n２ い。", "1:1()2()");
    check("第１条\nあ。\n３ い。", "1:1()");
    check("第１条\n５ 名まで。", "1:1()");
    check("第１条\n２．５倍とする。", "1:1()");
}

#[test]
fn items_begin_when_their_turn_has_come() {
    check("第１条\n次による。\n（１）あ\n（２）い\n ( 3 )う", "1:1(1,2,3)");
    check("第１条\n次による。\n① あ\n② い", "1:1(1,2)");
    check("第１条\n次による。\n1. あ\n2. い\n3. う", "1:1(1,2,3)");
    check("第１条\n次による。\n１）あ\n２）い", "1:1(1,2)");
    check("第１条\n次による。\n一　あ\n二　い\n２　う。\n一　え", "1:1(1,2)2(1)");
    check("第１条\n（１）あ\n⑵い", "1:1(1,2)");
    check("第１条\n次による。\n（１）\nあ\n（２）\nい", "1:1(1,2)");
    check("第１条\n次による。\n（１）あ。また\n（２）の時に\n（２）い", "1:1(1,2)");
    check("第１条\n次による。\n（１）あ。第２条\n（２）い\n（２）う", "1:1(1,2)");
    check("第１条\n次による。\n（１）あ\n（１）い\n（３）う", "1:1(1)");
    check("第１条\n次による。\n（１）あ\nア　い\n① う\n（２）え", "1:1(1,2)");
    check("第１条\n次による。\n（１）がん患者\n（２）第三者", "1:1(1,2)");
}

#[test]
fn words_broken_by_lines_and_pages_are_whole() {
    let source = "　題 \n（自宅用）\n前\n文。\n第１条 （甲）\n期\n\n 間は、Web\nbrowser で\n- 1 -\n\
                  \u{c}\u{feff}１\n０日。\n 2 \n\u{c}\n附則\n終";
    let expected =
        "題（自宅用）\n\n前文。\n\n第１条（甲）\n期間は、Web browser で１０日。\n\n附則\n終\n";
    assert_eq!(propose(source).text_source(), expected);
    let source = "題\n前文。\n第１条\n１　あ\n2. い。\n附　則　う";
    let expected = "題\n\n前文。\n\n第１条\n１　あ2. い。\n\n附則\nう\n";
    assert_eq!(propose(source).text_source(), expected);
}

fn without_latin() -> String {
    changed("Meet Door", "会議室")
}

/// The sound text as pages of a width: each line broken after so many characters, stray blanks at
/// the breaks, a page ended now and then. In the form of laws, subjects stand before the articles.
///
/// Whether a Latin word was broken or two parted cannot be seen, so that there is none.
fn as_pages(width: usize, is_law: bool) -> String {
    let mut pages = String::new();
    for (number, line) in without_latin().lines().enumerate() {
        let line = line.trim_start();
        let is_heading = line.starts_with('第') || number == 0 || line == "附則";
        if is_law && let Some((label, subject)) = line.split_once('（').filter(|_| is_heading) {
            write!(pages, "（{subject}\n{label}　").unwrap();
            continue;
        }
        let characters: Vec<char> = line.chars().collect();
        let width = if is_heading { 99 } else { width };
        for piece in characters.chunks(width) {
            let piece: String = piece.iter().collect();
            let blank = if number % 3 == 0 { " " } else { "" };
            write!(pages, "{blank}{} \n\n", piece.trim()).unwrap();
        }
        if number % 7 == 6 {
            pages.push_str("- 9 -\n\u{c}");
        }
    }
    pages
}

#[test]
fn however_wide_the_pages_are_the_text_is_the_same() {
    let expected = propose(&without_latin());
    for width in 4..50 {
        for is_law in [false, true] {
            let proposal = propose(&as_pages(width, is_law));
            assert_eq!(proposal.text_source(), expected.text_source(), "{width} {is_law}");
            assert_eq!(proposal.numbers, expected.numbers, "{width} {is_law}");
            assert_eq!(reread(&proposal), [], "{width} {is_law}");
        }
    }
}

#[test]
fn the_title_may_have_two_lines() {
    let check = |source: &str, title: &str, preamble: &str| {
        let text = propose(source).text;
        assert_eq!((text.title.as_str(), text.preamble.as_str()), (title, preamble), "{source}");
    };
    check("題\n前文。", "題", "前文。");
    check("題\n（自宅用）\n前文。", "題（自宅用）", "前文。");
    check("題\n（令和６年制定）\n前文。", "題", "（令和６年制定）前文。");
    check("見本の窓口\n面談利用規約\n前文。", "見本の窓口面談利用規約", "前文。");
    check("見本の規約\nこれは、この規約\nの前文。", "見本の規約", "これは、この規約の前文。");
}

#[test]
fn the_wording_is_left_as_it_is() {
    let words = |text: &str| -> String { text.split_whitespace().collect() };
    let broken = SOUND.replace('、', "\n、").replace("する。", "す \n　る。 ");
    assert_eq!(words(&propose(SOUND).text_source()), words(SOUND));
    assert_eq!(propose(&broken).text, propose(SOUND).text);
    let wide = SOUND.replace("\n", " \r\n\r\n ");
    assert_eq!(propose(&wide).text, propose(SOUND).text);
}

#[test]
fn what_is_out_of_turn_is_noted() {
    let check = |source: &str, expected: &[(&str, &str)]| {
        let notes = propose(&format!("題\n前文。\n{source}")).notes;
        let found = notes.iter().filter_map(|note| match note {
            Note::OutOfTurn { clause, line } => Some((clause.to_string(), line.as_str())),
            _ => None,
        });
        let found: Vec<(String, &str)> = found.collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(c, line)| (c.as_str(), *line)).collect();
        assert_eq!(found, expected, "{source}");
    };
    check("第１条\nあ。\n３ い。", &[("1(1)", "３ い。")]);
    check("第１条\n次による。\n（１）あ\n（３）い", &[("1(1)(1)", "（３）い")]);
    check("第１条（甲）\nあ。\n第３条（丙）\nう。", &[("3", "第３条（丙）")]);
    check("第１条（甲）\nあは\n第３条の３ 名。", &[]);
    check("第１条（甲）\nあ。\n第１条の２（乙）\nい。", &[("1(1)", "第１条の２（乙）")]);
    let chapter = propose("題\n前。\n第１章　甲\n第１条\nあ。").notes;
    assert!(chapter.contains(&Note::LeftOut("第１章　甲".to_owned())));
    assert!(chapter.contains(&Note::Text(TextFault::SupplementMissing)));
}
