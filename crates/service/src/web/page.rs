//! What every page shows around its own content.

use std::sync::Arc;

use jiff::Timestamp;
use rules::people::Language;
use rules::schedule::TOKYO;
use rules::terms::Terms;

use super::assets;
use super::places::Place;
use crate::people::Office;
use crate::people::stops::StopLine;
use crate::words::{Lent, Markup, Words};

/// Everything that the frame of a page (`layout.html`, `desk.html`) needs.
#[derive(Clone, Debug)]
pub struct Page {
    /// The wording, in the reader's language.
    pub words: Words,
    /// Path and query of this page, for the links to its other languages.
    pub path: String,
    /// The office whose window this is; empty before one is known.
    pub office_name: String,
    /// The office's telephone number, for help and cancelling; empty before an office is known.
    pub telephone: String,
    /// Where the office's terms of use stand; empty before an office is known.
    pub terms: String,
    /// The address of the style sheet.
    pub style: &'static str,
    /// The form token that each POST must carry.
    pub csrf: String,
    /// Who is signed in, on the staff's desk.
    pub signed_in: Option<StaffLine>,
    /// In the demo: what its clock says.
    pub clock_note: Option<String>,
    /// What is stopped, or will be (article 10(1)): a line each.
    pub stopped: Vec<Markup>,
    /// On the desk: whose terms are cited, and when they are in force.
    pub cited: Option<(Arc<Office>, Timestamp)>,
    /// Stops that this member of staff may lift and that seem to be forgotten (article 10(1)).
    pub forgotten: Vec<StopLine>,
}

/// The signed-in member of staff, as the desk's top bar names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffLine {
    /// Their name.
    pub name: String,
    /// Their role, in words.
    pub role: String,
    /// Their office.
    pub office: String,
    /// Where they have something to do.
    pub places: Vec<Place>,
}

impl StaffLine {
    /// Whether they have to do with sessions, and so look for them.
    pub fn may_find(&self) -> bool {
        self.places.contains(&Place::Today)
    }

    /// Whether they may read names, and so find by them.
    pub fn finds_by_name(&self) -> bool {
        self.places.contains(&Place::Inbox)
    }
}

/// A link to this page in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageLink {
    /// The language's name in itself.
    pub name: &'static str,
    /// The language of that name, for `lang` and `hreflang`.
    pub lang: &'static str,
    /// Where the link leads.
    pub address: String,
    /// Whether the page is in this language now.
    pub is_current: bool,
}

impl Page {
    /// A page for jobseekers, before an office is known.
    pub fn new(words: Words, path: impl Into<String>) -> Self {
        let path: String = path.into();
        Self {
            words,
            // "//host/…" would be another site where it stands in a link.
            path: format!("/{}", path.trim_start_matches('/')),
            office_name: String::new(),
            telephone: String::new(),
            terms: String::new(),
            style: assets::style_url(),
            csrf: String::new(),
            signed_in: None,
            clock_note: None,
            stopped: Vec::new(),
            cited: None,
            forgotten: Vec::new(),
        }
    }

    /// The same page as one of an office: whose it is, whom to call, and its terms.
    #[must_use]
    pub fn of_office(self, office: &Office) -> Self {
        Self {
            office_name: office.name.clone(),
            telephone: office.telephone.clone(),
            terms: format!("/offices/{}/terms", office.slug),
            ..self
        }
    }

    /// On the desk: clauses of the model terms as the office's terms in force have them, in
    /// brackets: （第2条(4)、第9条第6項）. Empty where those terms say nothing of the kind.
    pub fn cite<const N: usize>(&self, duties: &[&str; N]) -> String {
        let cited: Vec<String> = duties.iter().filter_map(|duty| self.cited_as(duty)).collect();
        if cited.is_empty() { String::new() } else { format!("（{}）", cited.join("、")) }
    }

    /// On the desk: a clause of the model terms as the office's terms in force have it, 第8条; 規約
    /// where they say nothing of the kind.
    pub fn place(&self, duty: &str) -> String {
        self.cited_as(duty).unwrap_or_else(|| "規約".to_owned())
    }

    /// On the desk: the office's terms in force.
    pub fn terms_cited(&self) -> Option<&Terms> {
        let (office, now) = self.cited.as_ref()?;
        office.editions.in_force(*now)
    }

    fn cited_as(&self, duty: &str) -> Option<String> {
        self.terms_cited()?.cited(duty, Language::Japanese)
    }

    /// The classes of the `html` element.
    pub fn class(&self) -> &'static str {
        if self.words.is_easy() { "easy" } else { "" }
    }

    /// Whether this page is the one at this path, whatever its query: for the desk's navigation.
    pub fn is_at(&self, path: &str) -> bool {
        self.path.split('?').next() == Some(path)
    }

    /// The attribute that marks a link of the navigation as leading here, if it does.
    pub fn mark_if_at(&self, path: &str) -> Markup {
        let mark = if self.is_at(path) { " aria-current=\"page\"" } else { "" };
        Markup::of_safe_html(mark.to_owned())
    }

    /// On the desk: the time of day in Tokyo, 10:08.
    pub fn clock(&self, at: impl Lent<Timestamp>) -> String {
        TOKYO.to_datetime(at.lent()).strftime("%H:%M").to_string()
    }

    /// On the desk: the time of day, after its day when that is not today.
    pub fn moment(&self, at: impl Lent<Timestamp>, now: impl Lent<Timestamp>) -> String {
        let (at, now) = (TOKYO.to_datetime(at.lent()), TOKYO.to_datetime(now.lent()));
        let time = at.strftime("%H:%M");
        if at.date() == now.date() {
            return time.to_string();
        }
        format!("{} {time}", self.words.plain_short_date(at.date()))
    }

    /// The address of the icon.
    pub fn icon(&self) -> &'static str {
        assets::icon_url()
    }

    /// This page's address in another language (`lang=<code>` in its query).
    pub fn in_language(&self, language: Language) -> String {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let kept = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("lang="));
        let chosen = format!("lang={}", language.code());
        let query: Vec<&str> = kept.chain([chosen.as_str()]).collect();
        format!("{path}?{}", query.join("&"))
    }

    /// Links to this page in each language.
    pub fn language_links(&self) -> Vec<LanguageLink> {
        let link = |language| LanguageLink {
            name: match language {
                Language::Japanese => "日本語",
                Language::EasyJapanese => "やさしい日本語",
                Language::English => "English",
            },
            lang: Words::new(language).html_lang(),
            address: self.in_language(language),
            is_current: language == self.words.language(),
        };
        Language::ALL.map(link).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_name_their_day_unless_it_is_today() {
        let page = Page::new(Words::new(Language::Japanese), "/desk");
        let now: Timestamp = "2026-11-24T01:08:30Z".parse().unwrap();
        let check = |at: &str, expected: &str| {
            assert_eq!(page.moment(at.parse::<Timestamp>().unwrap(), now), expected, "{at}");
        };
        check("2026-11-24T01:08:30Z", "10:08");
        check("2026-11-23T15:00:00Z", "00:00");
        check("2026-11-23T14:59:59Z", "11月23日（月） 23:59");
        assert_eq!(page.clock(now), "10:08");
    }

    #[test]
    fn language_links_keep_the_rest_of_the_query() {
        let check = |path: &str, expected: &str| {
            let page = Page::new(Words::new(Language::Japanese), path);
            assert_eq!(page.in_language(Language::EasyJapanese), expected);
        };
        check("/apply", "/apply?lang=ja-easy");
        check("/apply?step=2", "/apply?step=2&lang=ja-easy");
        check("/apply?lang=en&step=2", "/apply?step=2&lang=ja-easy");
        check("/?", "/?lang=ja-easy");
        check("//elsewhere.example/x", "/elsewhere.example/x?lang=ja-easy");
    }
}
