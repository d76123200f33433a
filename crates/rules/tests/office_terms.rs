//! The terms of a real office, read as the office published them: pages with blank lines, broken
//! sentences, full-width digits and stray spaces.
//!
//! An office's text is data and not part of the product. The folder that holds one is named in
//! `OFFICE_TERMS`; without that, `shared/terms` beside the checkout is looked at. Where there is
//! no text the test says so and proves nothing.

use std::path::{Path, PathBuf};

use rules::people::Language;
use rules::terms::{Fault, MODEL_TEXTS, NumberFault, NumberName, Terms, model};

/// What the office's text states, each number with its clause and its phrase.
const NUMBERS: &str = r#"
version = "sakai-1"
audience = "home"

[[number]]
name = "shortest_minutes"
article = "2(1)"
value = 30
phrase = "１回あたり３０分"

[[number]]
name = "longest_minutes"
article = "2(1)"
value = 60
phrase = "６０分程度とし"

[[number]]
name = "complete_days_before"
article = "2(1)"
value = 1
phrase = "原則として前日までに予約が完了"

[[number]]
name = "window"
article = "2(1)"
value = "10:00-12:00"
phrase = "平日１０時～１２時"

[[number]]
name = "window"
article = "2(1)"
value = "14:00-16:30"
phrase = "１４時～１６時３０分"

[[number]]
name = "grace_minutes"
article = "2(4)"
value = 10
phrase = "実施時間を１０分経過"

[[number]]
name = "effective_from"
article = "supplement"
value = 2021-05-26
phrase = "令和３年５月２６日"

[[choice]]
name = "consent"
value = "use"
article = "preamble"
phrase = "利用する際には本規約に同意したものとみなします"
"#;

fn folder() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/terms");
    std::env::var_os("OFFICE_TERMS").map_or(beside, PathBuf::from)
}

/// The text of Hello Work Sakai, if it is there.
fn office_text() -> Option<String> {
    let file = folder().join("hello-work-sakai-2021-05-26.txt");
    let found = std::fs::read_to_string(&file);
    if found.is_err() {
        println!("no office's text at {}: nothing was read", file.display());
    }
    found.ok()
}

/// The office's text with translations that state its day of effect.
fn parse(numbers: &str, japanese: &str) -> Result<Terms, Vec<Fault>> {
    let of_office = |(language, text): (Language, &str)| match language {
        Language::Japanese => (language, japanese.to_owned()),
        Language::EasyJapanese => (
            language,
            text.replace(
                "２０２５年《ねん》４月《がつ》１５日",
                "２０２１年《ねん》５月《がつ》２６日",
            ),
        ),
        Language::English => (language, text.replace("15 April 2025", "26 May 2021")),
    };
    let texts = MODEL_TEXTS.map(of_office);
    let texts: Vec<(Language, &str)> =
        texts.iter().map(|(language, text)| (*language, text.as_str())).collect();
    Terms::parse(numbers, &texts)
}

#[test]
fn a_real_offices_terms_state_the_same_rules_as_the_model() {
    let Some(text) = office_text() else { return };
    let terms = parse(NUMBERS, &text).expect("the office's terms are in order");
    assert_eq!(terms.rules, model().rules);
    assert_eq!(terms.effective_from, jiff::civil::date(2021, 5, 26));
    let articles = &terms.text(Language::Japanese).articles;
    assert_eq!(articles.len(), 14);
    let items = |number: u16| {
        let article = articles.iter().find(|article| article.number == number);
        let paragraphs = &article.expect("each article is there").paragraphs;
        paragraphs.iter().map(|paragraph| paragraph.items.len()).sum::<usize>()
    };
    assert_eq!([1, 2, 4, 8].map(items), [3, 4, 8, 8]);
}

#[test]
fn a_real_offices_terms_are_refused_when_a_number_is_not_theirs() {
    let Some(text) = office_text() else { return };
    let check = |numbers: &str, text: &str, position: usize, fault: NumberFault| {
        let faults = parse(numbers, text).expect_err("these terms are not in order");
        assert!(faults.contains(&Fault::Number { position, fault }), "{faults:?}");
    };
    let missing = |name| NumberFault::PhraseMissing(name);
    check(NUMBERS, &text.replace("１０分経過", "１５分経過"), 6, missing(NumberName::GraceMinutes));
    let longer = NUMBERS.replace("平日１０時～１２時", "平日１０時～１３時");
    check(&longer, &text, 4, missing(NumberName::Window));
    let later = NUMBERS.replace("value = 60", "value = 90");
    let says = rules::terms::Said::Minutes(60);
    check(&later, &text, 2, NumberFault::PhraseSays(NumberName::LongestMinutes, says));
}
