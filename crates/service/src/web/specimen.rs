//! A page that shows every part of a page in use, rendered for tests only.

use askama::Template;
use rules::people::Language;

use super::fields::{Choice, Faults};
use super::page::Page;
use crate::words::{Markup, Words};

#[derive(Template)]
#[template(path = "web/parts/specimen.html")]
struct Specimen<'a> {
    page: &'a Page,
    faults: Faults,
    typed: String,
    choices: Vec<Choice>,
    chosen: String,
    many: Vec<String>,
}

#[test]
fn renders() {
    let page = Page::new(Words::new(Language::EasyJapanese), "/specimen");
    let mut faults = Faults::none();
    faults.add("legal_name", Markup::of_text("書いてください"));
    let specimen = Specimen {
        page: &page,
        faults,
        typed: "<山田>".to_owned(),
        choices: vec![
            Choice::new("a", Markup::of_text("A")),
            Choice::new("b", Markup::of_text("B")),
        ],
        chosen: "a".to_owned(),
        many: vec!["b".to_owned()],
    };
    let html = specimen.render().expect("the specimen renders");
    println!("{html}");
}
