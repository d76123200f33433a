//! The shipped terms, and good terms broken in each way.

mod model;

use proptest::prelude::*;

use super::Language::{EasyJapanese, English, Japanese};
use super::*;
use NumberName::*;

/// The source of the shipped terms, to be broken.
struct Draft {
    version: String,
    texts: Vec<(Language, String)>,
}

impl Draft {
    fn new() -> Self {
        let texts = MODEL_TEXTS.map(|(language, text)| (language, text.to_owned())).into();
        Self { version: MODEL_VERSION.to_owned(), texts }
    }

    /// Replaces the one place where a text says something; without a language, in the numbers.
    fn replace(mut self, language: Option<Language>, from: &str, to: &str) -> Self {
        let source = match language {
            None => &mut self.version,
            Some(language) => {
                let mut texts = self.texts.iter_mut();
                &mut texts.find(|text| text.0 == language).unwrap().1
            }
        };
        assert_eq!(source.matches(from).count(), 1, "{from} is to be found once");
        *source = source.replace(from, to);
        self
    }

    fn faults(&self) -> Vec<Fault> {
        let texts: Vec<_> = self.texts.iter().map(|(code, text)| (*code, text.as_str())).collect();
        Terms::parse(&self.version, &texts).err().unwrap_or_default()
    }
}

/// Where the grace is stated, in the source of the version.
const GRACE: &str = "article = \"2(4)\"\nvalue = 10\n";

fn clause(written: &str) -> Clause {
    Clause::parse(written).unwrap()
}

/// The shipped terms with one place replaced have these faults and no others.
fn check(language: Option<Language>, from: &str, to: &str, faults: &[Fault]) {
    assert_eq!(Draft::new().replace(language, from, to).faults(), faults, "{from} -> {to}");
}

fn number(position: usize, fault: NumberFault) -> Fault {
    Fault::Number { position, fault }
}

#[test]
fn the_phrase_is_in_the_text_and_says_the_number() {
    use NumberFault::*;
    let says = |name, minutes| PhraseSays(name, Said::Minutes(minutes));
    // The text was changed, the number was not.
    let text = Some(Japanese);
    check(text, "１０分が過ぎても", "１５分が過ぎても", &[number(6, PhraseMissing(GraceMinutes))]);
    check(text, "３０分以上", "１３０分以上", &[number(1, PhraseMissing(ShortestMinutes))]);
    let choice =
        Fault::Choice { position: 5, fault: ChoiceFault::PhraseMissing(ChoiceName::DaysCounted) };
    let both = [number(3, PhraseMissing(CompleteDaysBefore)), choice];
    check(text, "相談日の前日", "相談日の前々日", &both);
    check(text, "午後４時３０分", "午後４時", &[number(5, PhraseMissing(Window))]);
    check(text, "令和７年", "令和８年", &[number(7, PhraseMissing(EffectiveFrom))]);
    // The number was changed, the text was not; nor do the translations follow.
    let with = |name| [NotStated(name, EasyJapanese), NotStated(name, English)];
    let [easy, english] = with(GraceMinutes);
    let all = [says(GraceMinutes, 10), easy, english].map(|fault| number(6, fault));
    check(None, "value = 10\n", "value = 15\n", &all);
    let [easy, english] = with(CompleteDaysBefore);
    let before = PhraseSays(CompleteDaysBefore, Said::DaysBefore(1));
    let all = [before, easy, english].map(|fault| number(3, fault));
    check(None, "value = 1\n", "value = 2\n", &all);
    let [easy, english] = with(Window);
    let until = PhraseSays(Window, Said::At(jiff::civil::time(16, 30, 0, 0)));
    let all = [until, easy, english].map(|fault| number(5, fault));
    check(None, "14:00-16:30", "14:00-17:00", &all);
    let [easy, english] = with(EffectiveFrom);
    let from = PhraseSays(EffectiveFrom, Said::On(jiff::civil::date(2025, 4, 15)));
    let all = [from, easy, english].map(|fault| number(7, fault));
    check(None, "2025-04-15", "2025-04-16", &all);
    // A phrase of another clause, of none, and one that says more than its number.
    let wrong = [PhraseMissing(GraceMinutes), NotStated(GraceMinutes, EasyJapanese)];
    let wrong = [wrong[0], wrong[1], NotStated(GraceMinutes, English)].map(|f| number(6, f));
    check(None, GRACE, &GRACE.replace("2(4)", "2(3)"), &wrong);
    let nowhere = Language::ALL.map(|language| number(6, ClauseMissing(language, clause("2(9)"))));
    check(None, GRACE, &GRACE.replace("2(4)", "2(9)"), &nowhere);
    check(
        None,
        "\"３０分以上\"",
        "\"目安とします\"",
        &[number(1, PhraseSaysNothing(ShortestMinutes))],
    );
    let empty = [PhraseSaysNothing(ShortestMinutes), PhraseMissing(ShortestMinutes)];
    check(None, "\"３０分以上\"", "\"\"", &empty.map(|fault| number(1, fault)));
    check(
        None,
        "\"３０分以上\"",
        "\"３０分以上６０分以下\"",
        &[number(1, says(ShortestMinutes, 60))],
    );
    // White space that wraps lines does not matter, nor does the width of digits.
    check(text, "３０分以上", "３０分\n　以上", &[]);
    check(None, "\"３０分以上\"", "\"30分以上\"", &[]);
    check(text, "３０分以上", "三十分以上", &[number(1, PhraseMissing(ShortestMinutes))]);
    let kanji = Draft::new().replace(text, "３０分以上", "三十分以上");
    assert_eq!(kanji.replace(None, "\"３０分以上\"", "\"三十分以上\"").faults(), []);
}

#[test]
fn a_range_with_one_unit_is_the_phrase_of_both_ends() {
    let draft = |first: &str, second: &str| {
        let text = "一回の相談は、３０～６０分を目安とします。";
        let draft = Draft::new().replace(
            Some(Japanese),
            "一回の相談は、３０分以上６０分以下を目安とします。",
            text,
        );
        draft.replace(None, "３０分以上", first).replace(None, "６０分以下", second).faults()
    };
    let whole = "相談は、３０～６０分";
    assert_eq!(draft(whole, whole), []);
    let cut = number(1, NumberFault::PhraseMissing(ShortestMinutes));
    assert_eq!(draft("３０～６", whole)[1..], [cut]);
    let other = Draft::new().replace(None, "６０分以下", "３０～６０分").faults();
    assert_eq!(other, [number(2, NumberFault::PhraseMissing(LongestMinutes))]);
    let grace = Draft::new().replace(None, "開始時刻から１０分", "５～１０分").faults();
    let says = NumberFault::PhraseSays(GraceMinutes, Said::Minutes(5));
    assert_eq!(grace[0], number(6, says));
}

#[test]
fn every_window_of_the_text_is_given() {
    let afternoon = "[[number]]\nname = \"window\"\narticle = \"2(1)\"\nvalue = \"14:00-16:30\"\n\
        phrase = \"午後２時から午後４時３０分まで\"\n\n";
    let times = [jiff::civil::time(14, 0, 0, 0), jiff::civil::time(16, 30, 0, 0)];
    let all = Language::ALL.map(|language| times.map(|time| Fault::WindowMissing(language, time)));
    check(None, afternoon, "", all.as_flattened());
}

#[test]
fn translations_state_the_same_numbers() {
    let check = |language, from, to, position, name| {
        let fault = NumberFault::NotStated(name, language);
        check(Some(language), from, to, &[number(position, fault)]);
    };
    check(English, "at least 30 minutes", "at least 20 minutes", 1, ShortestMinutes);
    check(English, "60 minutes", "6 minutes", 2, LongestMinutes);
    check(English, "the day before", "the day", 3, CompleteDaysBefore);
    check(English, "noon or", "1:00 p.m. or", 4, Window);
    check(English, "4:30 p.m.", "4:30 a.m.", 5, Window);
    check(English, "10 minutes", "some minutes", 6, GraceMinutes);
    check(English, "15 April 2025", "15 May 2025", 7, EffectiveFrom);
    check(EasyJapanese, "１０分《ぷん》たっても", "たっても", 6, GraceMinutes);
    check(EasyJapanese, "４月《がつ》", "５月《がつ》", 7, EffectiveFrom);
}

#[test]
fn numbers_are_known_and_complete() {
    use NumberFault::*;
    let missing = |name: NumberName| Fault::NumberMissing(name);
    let renamed = |name: NumberName, position| {
        let faults = [number(position, Unknown), missing(name)];
        check(None, &format!("\"{}\"", name.code()), "\"other\"", &faults);
    };
    renamed(ShortestMinutes, 1);
    renamed(LongestMinutes, 2);
    renamed(CompleteDaysBefore, 3);
    renamed(GraceMinutes, 6);
    renamed(EffectiveFrom, 7);
    let twice = [number(6, Twice(ShortestMinutes)), missing(GraceMinutes)];
    check(None, "\"grace_minutes\"", "\"shortest_minutes\"", &twice);
    let not_a_value = |from: &str, to: &str, position, name| {
        check(None, from, to, &[number(position, NotAValue(name)), missing(name)]);
    };
    not_a_value("value = 10\n", "value = \"10\"\n", 6, GraceMinutes);
    not_a_value("value = 10\n", "value = -10\n", 6, GraceMinutes);
    not_a_value("value = 10\n", "value = 10.5\n", 6, GraceMinutes);
    not_a_value("value = 1\n", "value = 256\n", 3, CompleteDaysBefore);
    not_a_value("2025-04-15", "2025-04-15T00:00:00", 7, EffectiveFrom);
    not_a_value("2025-04-15", "\"2025-04-15\"", 7, EffectiveFrom);
    for window in ["", "10:00", "10:00-25:00", "10:0-12:00", "+1:00-12:00", "１０:00-12:00"] {
        check(None, "10:00-12:00", window, &[number(4, NotAValue(Window))]);
    }
    check(
        None,
        GRACE,
        &GRACE.replace("2(4)", "第2条"),
        &[number(6, NoClause), missing(GraceMinutes)],
    );
    let mut none = Draft::new();
    none.version = "version = \"a-1\"\naudience = \"home\"".to_owned();
    let needed = NumberName::ALL.into_iter().filter(|name| *name != CompleteUntil);
    let mut expected: Vec<Fault> = needed.map(missing).collect();
    expected.push(Fault::ChoiceMissing(ChoiceName::Consent));
    assert_eq!(none.faults(), expected);
}

/// The shipped terms with more in their source have these faults and no others.
fn check_more(more: &str, faults: &[Fault]) {
    let mut draft = Draft::new();
    draft.version.push_str(more);
    assert_eq!(draft.faults(), faults, "{more}");
}

#[test]
fn article_11_choices_stand_on_their_phrases() {
    use ChoiceFault::*;
    let choice = |position, fault| Fault::Choice { position, fault };
    let entry = |name: &str, value: &str, article: &str, phrase: &str| {
        format!(
            "\n[[choice]]\nname = \"{name}\"\nvalue = \"{value}\"\narticle = \"{article}\"\n\
             phrase = \"{phrase}\"\n"
        )
    };
    let check = |name, value, article, phrase, faults: &[ChoiceFault]| {
        let faults: Vec<Fault> = faults.iter().map(|fault| choice(8, *fault)).collect();
        check_more(&entry(name, value, article, phrase), &faults);
    };
    let [cancelling, condition] = [ChoiceName::Cancelling, ChoiceName::Condition];
    check("cancelling", "online", "2(4)", "取りやめる場合は", &[]);
    check("cancelling", "online", "2(4)", "取りやめ\\n　る場合は", &[]);
    check("cancelling", "online", "2(4)", "マイページから", &[PhraseMissing(cancelling)]);
    check("cancelling", "online", "2(4)", "", &[PhraseMissing(cancelling)]);
    let nowhere = Language::ALL.map(|language| ClauseMissing(language, clause("2(9)")));
    check("cancelling", "online", "2(9)", "取りやめる場合は", &nowhere);
    check("cancelling", "telephone", "2(4)", "取りやめる場合は", &[Twice(cancelling)]);
    check("condition", "need", "1(3)", "必要が", &[Twice(condition)]);
    check("condition", "clean_history", "1", "条件をいずれも備えた", &[]);
    check("condition", "rich", "1", "条件をいずれも備えた", &[NotAValue(condition)]);
    check("consent", "explicit", "preamble", "承知", &[Twice(ChoiceName::Consent)]);
    check("camera", "off", "5(4)", "指定した機能だけ", &[Unknown]);
    check("cancelling", "online", "", "取りやめる場合は", &[NoClause]);
    let days = Draft::new().replace(None, "value = \"calendar\"", "value = \"working\"");
    assert_eq!(days.faults(), [choice(5, OtherDays)]);
}

#[test]
fn article_2_4_silence_is_left_open_or_has_its_minutes() {
    let left_open = "\n[[choice]]\nname = \"silence\"\nvalue = \"left_open\"\n";
    check_more(left_open, &[Fault::SilenceContradicts]);
    let number = format!("[[number]]\nname = \"grace_minutes\"\n{GRACE}");
    let phrase = "phrase = \"開始時刻から１０分が過ぎても連絡がない\"\n";
    let mut draft = Draft::new().replace(None, &format!("{number}{phrase}"), "");
    assert_eq!(draft.faults(), [Fault::NumberMissing(GraceMinutes)]);
    draft.version.push_str(left_open);
    assert_eq!(draft.faults(), []);
    let texts: Vec<_> = draft.texts.iter().map(|(code, text)| (*code, text.as_str())).collect();
    let terms = Terms::parse(&draft.version, &texts).unwrap();
    assert_eq!(terms.rules.grace_minutes, None);
}

#[test]
fn article_11_a_text_in_another_order() {
    check_more("\n[places]\n\"12\" = \"13\"\n\"13\" = \"12\"\n\"6\" = \"none\"\n", &[]);
    check_more("\n[places]\n\"第12条\" = \"13\"\n", &[Fault::Place(PlaceFault::NotAPlace)]);
    let missing = PlaceFault::ClauseMissing(clause("15"));
    check_more("\n[places]\n\"12\" = \"15\"\n", &[Fault::Place(missing)]);
    // Thirteen articles are no fault where the version says what became of the fourteenth.
    let mut short = Draft::new();
    short.texts.retain(|(language, _)| *language == Japanese);
    let text = &mut short.texts[0].1;
    let (from, to) = (text.find("第１４条").unwrap(), text.find("附則").unwrap());
    text.replace_range(from..to, "");
    assert_eq!(short.faults(), [Fault::Place(PlaceFault::ArticleMissing(14))]);
    short.version.push_str("\n[places]\n\"14\" = \"none\"\n");
    assert_eq!(short.faults(), []);
}

#[test]
fn the_source_can_be_read() {
    check(None, "\"model-1\"", "\"model\"", &[Fault::VersionName]);
    check(None, "\"model-1\"", "\"model-01\"", &[Fault::VersionName]);
    check(None, "\"home\"", "\"At Home\"", &[Fault::Audience]);
    check(None, "version = ", "versions = ", &[Fault::Unreadable { line: 8 }]);
    check(None, "audience = \"home\"", "audience = ", &[Fault::Unreadable { line: 9 }]);
}

#[test]
fn rules_can_be_kept() {
    use RulesFault::*;
    let rules = |draft: Draft| -> Vec<RulesFault> {
        let faults = draft.faults().into_iter();
        faults
            .filter_map(|f| if let Fault::Rules(fault) = f { Some(fault) } else { None })
            .collect()
    };
    let changed = |from, to| rules(Draft::new().replace(None, from, to));
    assert_eq!(changed("value = 30", "value = 0"), [ShortestIsNothing]);
    assert_eq!(changed("value = 30", "value = 61"), [ShortestAboveLongest]);
    assert_eq!(changed("value = 60", "value = 29"), [ShortestAboveLongest]);
    assert_eq!(changed("value = 30", "value = 151"), [ShortestAboveLongest, ShortestFitsNoWindow]);
    assert_eq!(changed("10:00-12:00", "12:00-12:00"), [WindowIsEmpty(1)]);
    assert_eq!(changed("10:00-12:00", "17:00-18:00"), [WindowOutOfOrder(2)]);
    assert_eq!(changed("10:00-12:00", "10:00-14:30"), [WindowsOverlap(2)]);
}

#[test]
fn the_japanese_text_is_needed_and_translations_are_welcome() {
    for (index, language) in Language::ALL.into_iter().enumerate() {
        let mut lacking = Draft::new();
        lacking.texts.remove(index);
        let needed = (language == Language::Japanese).then_some(Fault::Language(language));
        assert_eq!(lacking.faults(), Vec::from_iter(needed));
        let mut twice = Draft::new();
        twice.texts.push(twice.texts[index].clone());
        assert_eq!(twice.faults(), [Fault::Language(language)]);
    }
    let texts = [(Language::Japanese, MODEL_TEXTS[0].1)];
    let terms = Terms::parse(MODEL_VERSION, &texts).expect("Japanese alone will do");
    assert_eq!(terms.text(Language::English).language, Language::Japanese);
    assert!(terms.is_in(Language::Japanese) && !terms.is_in(Language::EasyJapanese));
}

#[test]
fn names_of_versions() {
    let check = |name: &str, read: Option<&str>| {
        let found = VersionName::parse(name).map(|name| name.to_string());
        assert_eq!(found.as_deref(), read, "{name}");
    };
    check("model-1", Some("model-1"));
    check("sakai-home-12", Some("sakai-home-12"));
    let bad = ["", "model", "model-", "-1", "model-0", "model-01", "model-+1", "Model-1", "堺-1"];
    bad.into_iter().chain(["model-99999", "a b-1", "model-１"]).for_each(|name| check(name, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_is_read_makes_a_panic(
        version in "\\PC{0,80}",
        text in "(第?[0-9０-９十]{0,6}条?[（(）)《》{}]?|Article [0-9]|附則|（[0-9]{1,4}）|\\PC|\n|\
                 [0-9]{1,6}(分|時|時間|日前|月|年| minutes|:)|午後|令和){0,60}",
    ) {
        let _ = Terms::parse(&version, &[(Japanese, &text)]);
        for language in Language::ALL {
            let texts: Vec<_> = Language::ALL.map(|each| (each, text.as_str())).into();
            prop_assert!(Terms::parse(MODEL_VERSION, &texts).is_err());
            let _ = Text::parse(language, &text).for_office(&OfficeWords {
                office: text.clone(),
                court: String::new(),
                tool: String::new(),
            });
        }
    }
}
