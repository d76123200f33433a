//! The shipped terms: what they say, and how.

use super::*;

#[test]
fn the_shipped_terms_are_in_order() {
    assert_eq!(Draft::new().faults(), []);
    let terms = model();
    assert_eq!(terms.version.to_string(), "model-1");
    assert_eq!(terms.audience.as_str(), "home");
    for language in Language::ALL {
        let text = terms.text(language);
        assert_eq!(text.language, language);
        let numbers: Vec<u16> = text.articles.iter().map(|article| article.number).collect();
        assert_eq!(numbers, (1..=ARTICLES).collect::<Vec<_>>());
        assert!(text.articles.iter().all(|article| !article.heading.is_empty()));
    }
}

#[test]
fn the_rules_are_those_of_the_numbers() {
    let Rules { windows, .. } = model().rules;
    let all = [ShortestMinutes, LongestMinutes, CompleteDaysBefore, GraceMinutes];
    let of = |name| {
        let numbers = model().numbers;
        let number = numbers.into_iter().find(|number| number.name == name);
        match number.unwrap().value {
            Value::Minutes(minutes) => minutes,
            Value::DaysBefore(days) => days.into(),
            other => panic!("{other:?}"),
        }
    };
    let rules = model().rules;
    let found = [rules.shortest_minutes, rules.longest_minutes, rules.complete_days_before.into()];
    assert_eq!(found, [of(all[0]), of(all[1]), of(all[2])]);
    assert_eq!(rules.grace_minutes, Some(of(all[3])));
    assert_eq!(windows.len(), 2);
}

#[test]
fn article_6_cites_the_law_as_it_stands() {
    let terms = model();
    let said = |language| clause("6").wording(terms.text(language)).unwrap();
    assert!(said(Japanese).contains("職業安定法第５条の５"));
    assert!(said(English).contains("Article 5-5 of the Employment Security Act"));
    assert!(text::without_ruby(&said(EasyJapanese)).contains("職業安定法第５条の５"));
}

#[test]
fn an_office_fills_in_its_own_words() {
    let words = OfficeWords {
        office: "ハローワーク窓口".to_owned(),
        court: "松山地方裁判所".to_owned(),
        tool: "Zoom".to_owned(),
    };
    for language in Language::ALL {
        let text = model().text(language).for_office(&words);
        let whole = format!("{text:?}");
        assert!(!whole.contains("{office}") && !whole.contains("{court}"), "{language:?}");
        assert!(text.title.contains("ハローワーク窓口"));
        assert!(clause("14").wording(&text).unwrap().contains("松山地方裁判所"));
        assert!(clause("4(3)").wording(&text).unwrap().contains("Zoom"));
    }
}

/// The wording of a text, a piece each.
fn pieces(text: &Text) -> Vec<String> {
    let mut pieces = vec![text.title.clone(), text.preamble.clone()];
    for article in text.articles.iter().chain(&text.supplements) {
        pieces.extend([article.label.clone(), article.heading.clone()]);
        for paragraph in &article.paragraphs {
            pieces.push(paragraph.text.clone());
            pieces.extend(paragraph.items.iter().map(|item| item.text.clone()));
        }
    }
    pieces
}

#[test]
fn easy_japanese_has_short_sentences() {
    for piece in pieces(model().text(EasyJapanese)) {
        for sentence in text::without_ruby(&piece).split_inclusive('。') {
            let length = sentence.chars().count();
            assert!(length <= 40, "{length}: {sentence}");
        }
    }
}

#[test]
fn easy_japanese_has_no_double_negation() {
    let doubled =
        ["なければな", "ないことは", "なくはな", "ないわけ", "ないといけ", "ざるをえ", "ないとは"];
    for piece in pieces(model().text(EasyJapanese)) {
        let plain = text::without_ruby(&piece);
        for sentence in plain.split('。') {
            assert!(!doubled.iter().any(|words| sentence.contains(words)), "{sentence}");
            let negations = ["ない", "ません"].map(|word| sentence.matches(word).count());
            assert!(negations.iter().sum::<usize>() <= 1, "{sentence}");
        }
    }
}

#[test]
fn easy_japanese_reads_every_kanji() {
    for piece in pieces(model().text(EasyJapanese)) {
        let mut characters = piece.chars().peekable();
        while let Some(character) = characters.next() {
            let next = characters.peek().copied();
            let read = next.is_some_and(|next| next == '《' || text::is_kanji(next));
            assert!(!text::is_kanji(character) || read, "{character} in {piece}");
        }
    }
}
