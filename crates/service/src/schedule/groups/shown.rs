//! A group session as jobseekers are shown it, in their language.

use rules::people::Language;
use rules::schedule::GroupState;

use super::Group;
use crate::app::Context;
use crate::error::Error;
use crate::words::{Markup, Words, key, to_plain};

/// What other users may do to each other is nothing that the office answers for.
const BETWEEN_USERS: &str = "9(3)(3)";

/// A group session for the reader of a page.
pub struct Shown {
    /// Number in the store.
    pub id: i64,
    /// What it is called.
    pub title: Markup,
    /// What it is about; may be empty.
    pub about: Markup,
    /// When.
    pub when: Markup,
    /// How many seats are free, or that none is.
    pub seats: Markup,
    /// Until when it may be applied for.
    pub until: Markup,
    /// What the terms say of what users do to each other (article 9(3)(3)), if they say it.
    pub between: Option<String>,
}

impl Shown {
    /// For a reader of these words.
    ///
    /// # Errors
    /// [`crate::error::Refusal::NoTerms`].
    pub fn of(words: Words, context: &Context, group: &Group) -> Result<Self, Error> {
        let told = group.told(words.language());
        let marked = |text: &str| match words.language() {
            Language::EasyJapanese => Markup::of_ruby(text),
            _ => Markup::of_text(text),
        };
        let office = &context.office;
        let terms = office.terms(context.now)?;
        let text = office.terms_text(terms, words.language());
        let between = terms.place(BETWEEN_USERS).and_then(|clause| clause.wording(&text));
        Ok(Self {
            id: group.id,
            title: marked(&told.title),
            about: marked(&told.about),
            when: words.slot(&group.plan.slot),
            seats: match group.state(context.now) {
                GroupState::Open(free) => words.t1(key!("group-free"), "seats", i64::from(free)),
                _ => words.t(key!("group-full")),
            },
            until: words.t1(key!("group-until"), "until", words.moment(group.plan.apply_until)),
            between,
        })
    }
}

/// What a group session is called in plain text: for letters and calendars.
pub fn plain_title(group: &Group, language: Language) -> String {
    let title = &group.told(language).title;
    match language {
        Language::EasyJapanese => to_plain(title),
        _ => title.clone(),
    }
}
