//! Pages that show every part in use, rendered for tests only.

use askama::Template;
use jiff::civil::{Date, Time, date, time};
use rules::people::Language;
use rules::schedule::Slot;

use super::fields::{Choice, Faults};
use super::page::{Page, StaffLine};
use super::places::Place;
use crate::words::{Markup, Words};

/// A jobseeker's page.
#[derive(Template)]
#[template(path = "web/parts/specimen.html")]
struct Specimen {
    page: Page,
    faults: Faults,
    name: String,
    kana: String,
    number: String,
    device: String,
    devices: Vec<Choice>,
    needs: Vec<Choice>,
    chosen_needs: Vec<String>,
    answers: Vec<Choice>,
    day: Date,
    times: Vec<(Time, &'static str)>,
    slot: Slot,
}

/// The desk's page.
#[derive(Template)]
#[template(path = "web/parts/specimen_desk.html")]
struct DeskSpecimen {
    page: Page,
    faults: Faults,
    empty: String,
}

fn choice(value: &str, label: &str) -> Choice {
    Choice::new(value, Markup::of_text(label))
}

fn page(language: Language, path: &str) -> Page {
    let mut page = Page::new(Words::new(language), path);
    page.office_name = "ハローワーク見本".to_owned();
    page.telephone = "072-000-0000".to_owned();
    page.csrf = "token".to_owned();
    page.style = "/assets/style.css";
    page
}

fn specimen(language: Language, faults: Faults) -> Specimen {
    let phone_hint = Markup::of_text("画面が大きいと、話しやすくなります。");
    Specimen {
        page: page(language, "/specimen?step=3"),
        faults,
        name: "山田《<b>》".to_owned(),
        kana: String::new(),
        number: "27080-01391873".to_owned(),
        device: "tablet".to_owned(),
        devices: vec![
            choice("phone", "スマートフォン"),
            choice("tablet", "タブレット").with_hint(phone_hint),
            choice("computer", "パソコン"),
        ],
        needs: vec![choice("sign", "手話"), choice("text", "文字での会話")],
        chosen_needs: vec!["text".to_owned()],
        answers: vec![
            choice("yes", "はい"),
            choice("no", "いいえ"),
            choice("unsure", "わからない"),
        ],
        day: date(2026, 11, 24),
        times: vec![
            (time(10, 0, 0, 0), ""),
            (time(10, 15, 0, 0), " checked"),
            (time(10, 30, 0, 0), ""),
            (time(11, 0, 0, 0), " disabled"),
            (time(14, 0, 0, 0), ""),
        ],
        slot: Slot { start: "2026-11-24T01:15:00Z".parse().expect("an instant"), minutes: 45 },
    }
}

fn faults() -> Faults {
    let mut faults = Faults::none();
    faults.add("device", Markup::of_text("どの機械で相談するか選んでください。"));
    faults.add("legal_name", Markup::of_text("名前に使えない記号があります：<b>"));
    faults
}

fn desk_specimen() -> DeskSpecimen {
    let mut page = page(Language::Japanese, "/desk?sort=deadline");
    page.signed_in = Some(StaffLine {
        name: "佐藤　一郎".to_owned(),
        role: "受付・調整".to_owned(),
        office: "ハローワーク見本".to_owned(),
        places: Place::of(rules::people::Role::Coordinator, true),
    });
    page.clock_note = Some("時計：2026年11月24日 10時04分".to_owned());
    DeskSpecimen { page, faults: Faults::none(), empty: String::new() }
}

/// HTML without the white space that templates leave, one tag after another.
fn tidy(html: &str, icon: &str) -> String {
    let lines = html.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").replace(icon, "/assets/icon.svg")
}

#[test]
fn jobseekers_page() {
    let shown = specimen(Language::Japanese, faults());
    let html = shown.render().expect("the specimen renders");
    insta::assert_snapshot!(tidy(&html, shown.page.icon()));
}

#[test]
fn desk_page() {
    let shown = desk_specimen();
    let html = shown.render().expect("the specimen renders");
    insta::assert_snapshot!(tidy(&html, shown.page.icon()));
}

#[test]
fn fields_and_their_faults_are_tied() {
    let html = specimen(Language::English, faults()).render().expect("the specimen renders");
    let html = scraper::Html::parse_document(&html);
    let all = |selector: &str| -> Vec<scraper::ElementRef<'_>> {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        html.select(&selector).collect()
    };
    let ids: Vec<_> = all("[id]").iter().filter_map(|element| element.attr("id")).collect();
    for (nth, id) in ids.iter().enumerate() {
        assert!(!ids[..nth].contains(id), "{id} stands twice");
    }
    let described = all("[aria-describedby]");
    let named = described.iter().filter_map(|element| element.attr("aria-describedby"));
    for id in named.flat_map(str::split_whitespace) {
        assert!(ids.contains(&id), "nothing has the id {id}");
    }
    assert_eq!(all("[aria-describedby*=fault]").len(), 2);
    assert_eq!(all("[aria-invalid]").len(), 1, "fields only, not groups");
    for link in all(".faults a") {
        let target = link.attr("href").and_then(|href| href.strip_prefix('#'));
        assert!(target.is_some_and(|id| ids.contains(&id)), "a fault leads nowhere");
    }
    for inline in ["[style]", "style", "script:not([src])", "[onclick]"] {
        assert!(all(inline).is_empty(), "the content policy forbids {inline}");
    }
}

#[test]
fn pages_are_light() {
    for language in Language::ALL {
        let html = specimen(language, Faults::none()).render().expect("the specimen renders");
        assert!(html.len() < 40_000, "{}", html.len());
    }
}
