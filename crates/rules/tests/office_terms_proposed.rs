//! The terms of a real office, proposed as a version from the text as the office published it.
//!
//! Where the text is looked for is said in `office_terms`; where there is none the test says so and
//! proves nothing.

use std::path::{Path, PathBuf};

use rules::people::Language;
use rules::terms::courts::prefecture_of_address;
use rules::terms::proposal::{Note, Proposal, propose};
use rules::terms::{Article, Audience, Clause, NumberName, Terms, Text, Value, VersionName, model};

/// What is proposed from the text of Hello Work Sakai, if it is there.
fn proposal() -> Option<Proposal> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/terms");
    let folder = std::env::var_os("OFFICE_TERMS").map_or(beside, PathBuf::from);
    let file = folder.join("hello-work-sakai-2021-05-26.txt");
    let found = std::fs::read_to_string(&file);
    if found.is_err() {
        println!("no office's text at {}: nothing was read", file.display());
    }
    Some(propose(&found.ok()?))
}

fn clause(written: &str) -> Clause {
    Clause::parse(written).expect("a clause")
}

#[test]
fn the_numbers_of_a_real_offices_terms() {
    let Some(proposal) = proposal() else { return };
    let found: Vec<String> = proposal
        .numbers
        .iter()
        .flat_map(|proposed| &proposed.best)
        .map(|number| {
            let value = match number.value {
                Value::Minutes(minutes) => minutes.to_string(),
                Value::DaysBefore(days) => days.to_string(),
                Value::Date(date) => date.to_string(),
                Value::Time(time) => time.to_string(),
                Value::Window(window) => format!("{}-{}", window.from, window.to),
            };
            format!("{} {value} {}", number.name.code(), number.article)
        })
        .collect();
    let expected = [
        "shortest_minutes 30 2(1)",
        "longest_minutes 60 2(1)",
        "complete_days_before 1 2(1)",
        "window 10:00:00-12:00:00 2(1)",
        "window 14:00:00-16:30:00 2(1)",
        "grace_minutes 10 2(4)",
        "effective_from 2021-05-26 supplement",
    ];
    assert_eq!(found, expected);
    assert!(proposal.numbers.iter().all(|proposed| proposed.others.is_empty()));
    assert_eq!(proposal.numbers.len(), NumberName::ALL.len());
}

#[test]
fn the_choices_of_a_real_offices_terms() {
    let Some(proposal) = proposal() else { return };
    let found: Vec<String> = proposal
        .choices
        .iter()
        .flat_map(|proposed| &proposed.best)
        .map(|choice| {
            let article = choice.article.map_or("-".to_owned(), |article| article.to_string());
            let chosen = choice.chosen;
            format!("{} {} {article}: {}", chosen.name().code(), chosen.code(), choice.phrase)
        })
        .collect();
    for choice in &found {
        println!("{choice}");
    }
    let short: Vec<&str> = found.iter().filter_map(|it| Some(it.split_once(':')?.0)).collect();
    let expected = [
        "consent use preamble",
        "condition registered 1(1)",
        "condition environment 1(2)",
        "condition need 1(3)",
        "days_counted calendar 2(1)",
        "later_use may_be_declined 2(4)",
        "cancelling telephone 2(4)",
    ];
    assert_eq!(short, expected);
    assert!(proposal.order.is_empty(), "{:?}", proposal.order);
}

#[test]
fn the_parts_of_a_real_offices_terms() {
    let Some(proposal) = proposal() else { return };
    let text = &proposal.text;
    let numbers: Vec<u16> = text.articles.iter().map(|article| article.number).collect();
    assert_eq!(numbers, (1..=14).collect::<Vec<_>>());
    let paragraphs = |number| text.article(number).map_or(0, |article| article.paragraphs.len());
    assert_eq!([1, 2, 5, 9, 10].map(paragraphs), [1, 1, 4, 6, 2]);
    let items = |number: u16, place: usize| {
        text.article(number).map_or(0, |article| article.paragraphs[place].items.len())
    };
    let found = [items(1, 0), items(2, 0), items(4, 0), items(8, 0), items(9, 2)];
    assert_eq!(found, [3, 4, 8, 8, 3]);
    assert!(text.articles.iter().all(|article| !article.heading.is_empty()));
    let source = proposal.text_source();
    assert_eq!(&Text::parse(Language::Japanese, &source), text);
    assert!(source.lines().all(|line| line.trim() == line));
}

#[test]
fn what_a_person_must_look_at_in_a_real_offices_terms() {
    let Some(proposal) = proposal() else { return };
    let osaka = prefecture_of_address("大阪府");
    let expected = [
        Note::Office { clause: clause("preamble"), name: "ハローワーク堺".to_owned() },
        Note::Tool { clause: clause("preamble"), name: "Zoom".to_owned() },
        Note::Court {
            clause: clause("14"), name: "大阪地方裁判所".to_owned(), prefecture: osaka
        },
        Note::Citation { clause: clause("6"), words: "職業安定法第５条の４".to_owned() },
    ];
    assert_eq!(proposal.notes, expected);
}

#[test]
fn the_numbers_agree_with_the_written_text() {
    let Some(proposal) = proposal() else { return };
    let version = VersionName::parse("sakai-1").expect("a name");
    let written = proposal.version_toml(&version, &Audience::parse("home").expect("a code"));
    let source = proposal.text_source();
    // The text itself in place of its translations, its paragraphs numbered as English ones are:
    // what is asked is whether Japanese and numbers agree.
    let mut english = source.clone();
    for (number, wide) in (2..).zip(["２", "３", "４", "５", "６"]) {
        english = english.replace(&format!("\n{wide}　"), &format!("\n{number}. "));
    }
    let texts = [
        (Language::Japanese, source.as_str()),
        (Language::EasyJapanese, source.as_str()),
        (Language::English, english.as_str()),
    ];
    let terms = Terms::parse(&written, &texts).expect("what is proposed is in order");
    assert_eq!(terms.rules, model().rules);
    assert_eq!(terms.effective_from, jiff::civil::date(2021, 5, 26));
}

#[test]
fn a_real_offices_terms_on_pages_of_any_width() {
    let Some(expected) = proposal() else { return };
    let source = expected.text_source();
    let shape = |proposal: &Proposal| -> Vec<(u16, Vec<usize>)> {
        let items = |article: &Article| {
            (article.number, article.paragraphs.iter().map(|each| each.items.len()).collect())
        };
        proposal.text.articles.iter().chain(&proposal.text.supplements).map(items).collect()
    };
    for width in 6..80 {
        let mut pages = String::new();
        for line in source.lines() {
            let width = if line.starts_with('第') { line.len() } else { width };
            let characters: Vec<char> = line.chars().collect();
            for piece in characters.chunks(width.max(1)) {
                pages.extend(piece);
                pages.push_str(" \n\n");
            }
        }
        let proposal = propose(&pages);
        assert_eq!(shape(&proposal), shape(&expected), "{width}");
        let values = |proposal: &Proposal| -> Vec<_> {
            let best = proposal.numbers.iter().flat_map(|each| each.best.clone());
            best.map(|number| (number.name, number.article, number.value)).collect()
        };
        assert_eq!(values(&proposal), values(&expected), "{width}");
        let is_structural = |note: &&Note| matches!(note, Note::OutOfTurn { .. } | Note::Text(_));
        assert_eq!(proposal.notes.iter().find(is_structural), None, "{width}");
    }
}
