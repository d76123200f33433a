//! Tests over all files of wording: nothing missing, nothing twice, nothing that belongs elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rules::people::Language;

use super::{Words, bundle, ruby, sources};

/// A message: its noun (file), key and source.
struct Message {
    noun: &'static str,
    key: &'static str,
    source: String,
}

/// All messages of a language, in order. Terms (`-name`) and comments are left out.
fn messages(language: Language) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    for (noun, source) in sources(language) {
        for line in source.lines() {
            let key = line.split_once('=').map(|(key, _)| key.trim_end());
            match key.filter(|key| is_key(key)) {
                Some(key) => found.push(Message { noun, key, source: line.to_owned() }),
                None if line.starts_with([' ', '}']) || line.is_empty() => {
                    if let Some(message) = found.last_mut().filter(|message| message.noun == *noun)
                    {
                        message.source.push('\n');
                        message.source.push_str(line);
                    }
                }
                None => assert!(line.starts_with(['#', '-']), "{noun}.ftl: what is this? {line}"),
            }
        }
    }
    found
}

fn is_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(plain)
}

/// Names of the values (`$name`) that a message asks for.
fn values(source: &str) -> BTreeSet<String> {
    let name = |rest: &str| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c)));
        rest[..end.unwrap_or(rest.len())].to_owned()
    };
    source.split('$').skip(1).map(name).collect()
}

/// The text of a message without what Fluent reads in it.
fn text_of(message: &Message) -> String {
    let mut depth = 0_usize;
    let mut text = String::new();
    let (_, body) = message.source.split_once('=').expect("a message has a text");
    for c in body.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    text
}

fn by_key(language: Language) -> BTreeMap<&'static str, Message> {
    let mut keys = BTreeMap::new();
    for message in messages(language) {
        let (key, noun) = (message.key, message.noun);
        let earlier = keys.insert(key, message);
        assert!(earlier.is_none(), "{}/{noun}.ftl: {key} stands twice", language.code());
    }
    keys
}

#[test]
fn every_file_can_be_read() {
    for language in Language::ALL {
        for (noun, source) in sources(language) {
            let read = fluent_bundle::FluentResource::try_new((*source).to_owned());
            let faults = read.err().map(|(_, faults)| faults);
            assert!(faults.is_none(), "{}/{noun}.ftl: {faults:?}", language.code());
        }
        for key in by_key(language).keys() {
            assert!(bundle(language).has_message(key), "{}: {key} is no message", language.code());
        }
    }
}

#[test]
fn every_language_says_everything() {
    let japanese = by_key(Language::Japanese);
    for language in [Language::EasyJapanese, Language::English] {
        let other = by_key(language);
        let missing: Vec<_> = japanese.keys().filter(|key| !other.contains_key(*key)).collect();
        let spare: Vec<_> = other.keys().filter(|key| !japanese.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && spare.is_empty(),
            "{}: missing {missing:?}; only here {spare:?}",
            language.code()
        );
    }
}

#[test]
fn every_language_shows_the_same_values() {
    let japanese = by_key(Language::Japanese);
    for language in [Language::EasyJapanese, Language::English] {
        for (key, message) in by_key(language) {
            // Each language writes dates and times in its own way.
            let Some(counterpart) = japanese.get(key).filter(|_| message.noun != "dates") else {
                continue;
            };
            let (here, there) = (values(&message.source), values(&counterpart.source));
            assert_eq!(here, there, "{}/{}.ftl: {key}", language.code(), message.noun);
        }
    }
}

#[test]
fn every_key_belongs_to_the_noun_of_its_file() {
    for message in messages(Language::Japanese) {
        let fits = message.key.starts_with(&format!("{}-", message.noun));
        assert!(fits, "{}.ftl: {} should begin with the noun", message.noun, message.key);
    }
}

#[test]
fn ruby_is_well_formed() {
    for language in Language::ALL {
        for (key, message) in by_key(language) {
            let left = ruby::to_html(&message.source);
            let place = format!("{}/{}.ftl: {key}", language.code(), message.noun);
            assert!(!left.contains(['《', '》', '｜']), "{place}: {}", message.source);
            let used = left.contains("<ruby>");
            assert!(!used || language == Language::EasyJapanese, "{place}: ruby only where easy");
        }
    }
}

#[test]
fn easy_japanese_has_a_reading_on_every_kanji() {
    let allowed_without = |plain: &str| !plain.chars().any(ruby::is_kanji);
    for (key, message) in by_key(Language::EasyJapanese) {
        let html = ruby::to_html(&text_of(&message));
        let outside = html.split("<ruby>").map(|part| part.split("</ruby>").last());
        for plain in outside.flatten() {
            assert!(allowed_without(plain), "{key}: no reading on a kanji of {plain:?}");
        }
    }
}

/// The longest sentence of easy Japanese, in characters.
const EASY_SENTENCE: usize = 60;

#[test]
fn easy_sentences_are_short() {
    let mut long = Vec::new();
    for (key, message) in by_key(Language::EasyJapanese) {
        let plain = ruby::to_plain(&text_of(&message));
        let sentences = plain.split(['。', '！', '？', '\n']);
        let too_long = sentences.map(str::trim).filter(|s| s.chars().count() > EASY_SENTENCE);
        long.extend(too_long.map(|sentence| format!("{key}: {sentence}")));
    }
    assert!(long.is_empty(), "too long for easy Japanese: {long:#?}");
}

#[test]
fn numbers_of_the_terms_are_values() {
    let units = ["分", " minute", "-minute", " min", "時から", "時まで"];
    let phrases = ["前日まで", "previous day", "day before the session"];
    for language in Language::ALL {
        for (key, message) in by_key(language).into_iter().filter(|(_, m)| m.noun != "dates") {
            let plain: String =
                ruby::to_plain(&text_of(&message)).chars().map(half_width).collect();
            let place = format!("{}/{}.ftl: {key}", language.code(), message.noun);
            for unit in units {
                let bare = plain.match_indices(unit).any(|(at, _)| ends_in_digit(&plain[..at]));
                assert!(!bare, "{place}: a number before {unit:?} must be a value");
            }
            for phrase in phrases {
                assert!(!plain.contains(phrase), "{place}: {phrase:?} is a number of the terms");
            }
        }
    }
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn half_width(c: char) -> char {
    let digit = u32::from(c).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

/// What stands before a key where wording is asked for, in templates and in Rust.
const CALLS: [&str; 8] = [
    ".t(\"",
    ".t1(\"",
    ".t2(\"",
    ".with(\"",
    ".plain(\"",
    ".plain1(\"",
    ".plain_with(\"",
    "key!(\"",
];

#[test]
fn every_key_that_is_asked_for_exists() {
    let japanese = by_key(Language::Japanese);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut asked = 0;
    for (path, source) in sources_below(&root) {
        if path.contains("/words/") && !path.ends_with("dates.rs") {
            continue;
        }
        for key in CALLS.iter().flat_map(|call| source.split(call).skip(1)) {
            let key = key.split('"').next().unwrap_or_default();
            assert!(japanese.contains_key(key), "{path} asks for {key:?}, which no file has");
            asked += 1;
        }
    }
    assert!(asked > 10, "the search found hardly any key");
}

/// Rust and HTML below a folder, each with its path. Calls broken over lines are joined.
fn sources_below(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(sources_below(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "html") {
            let text = fs::read_to_string(&path).expect("readable text");
            let joined = text.split('(').map(str::trim_start).collect::<Vec<_>>().join("(");
            found.push((path.display().to_string(), joined));
        }
    }
    found
}

#[test]
fn every_message_can_be_shown() {
    for language in Language::ALL {
        for (key, message) in by_key(language).into_iter().filter(|(_, m)| m.noun != "dates") {
            let names = values(&message.source);
            let filled: Vec<_> = names.iter().map(|name| (name.as_str(), 2_i64.into())).collect();
            let shown = Words::new(language).plain_with(key, &filled);
            assert!(!shown.contains(['{', '}', '\u{2068}']), "{key}: {shown}");
            assert_ne!(shown, key, "{key} shows its key");
        }
    }
}
