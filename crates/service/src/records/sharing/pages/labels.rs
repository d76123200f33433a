//! What the desk calls things of sharing; the words are in the template.

use askama::Template;
use rules::terms::personal_data::{AskedWay, Item, Medium, PartnerKind, Purpose};

use crate::error::Error;
use crate::web::fields::Choice;
use crate::web::said::rendered;
use crate::words::Markup;

/// Something that has a name.
#[derive(Clone, Copy)]
pub(in crate::records) enum Named {
    Item(Item),
    Purpose(Purpose),
    Partner(PartnerKind),
    Way(AskedWay),
    Medium(Medium),
    Given,
    Refused,
    Withdrawn,
}

#[derive(Template)]
#[template(path = "records/sharing/pages/name.html")]
struct Name {
    named: Named,
}

impl Named {
    /// What a code means in a field of the file of a person's records.
    pub(in crate::records) fn read(field: &str, code: &str) -> Option<Self> {
        match field {
            "shared_items" => Item::parse(code).map(Self::Item),
            "sharing_purpose" => Purpose::parse(code).map(Self::Purpose),
            "partner_kind" => PartnerKind::parse(code).map(Self::Partner),
            "sharing_way" => AskedWay::parse(code).map(Self::Way),
            "sharing_medium" => Medium::parse(code).map(Self::Medium),
            "sharing_reply" => match code {
                "given" => Some(Self::Given),
                "refused" => Some(Self::Refused),
                "withdrawn" => Some(Self::Withdrawn),
                _ => None,
            },
            _ => None,
        }
    }

    /// The name.
    pub(in crate::records) fn name(self) -> Result<Markup, Error> {
        rendered(&Name { named: self })
    }
}

/// The choices of a form, by their codes.
pub(super) fn choices<T: Copy>(
    all: impl IntoIterator<Item = T>,
    named: impl Fn(T) -> (&'static str, Named),
) -> Result<Vec<Choice>, Error> {
    let choice = |it: T| {
        let (code, name) = named(it);
        Ok(Choice::new(code, name.name()?))
    };
    all.into_iter().map(choice).collect()
}

/// The items as choices.
pub(super) fn items(all: impl IntoIterator<Item = Item>) -> Result<Vec<Choice>, Error> {
    choices(all, |it| (it.code(), Named::Item(it)))
}
