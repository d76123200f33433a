//! The register, and every legal hold.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::Act;
use rules::records::disclosure::{HoldKind, HoldMark};
use rules::schedule::TOKYO;
use serde::Deserialize;

use super::super::{Kept, register};
use crate::error::Error;
use crate::records::holds::{self, HoldLine};
use crate::web::fields::Faults;
use crate::web::{Clerk, Form, Page, show};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// What was just done.
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "records/disclosures/pages/list.html")]
struct List<'a> {
    page: Page,
    faults: Faults,
    typed: Option<&'a Form>,
    kinds: Vec<crate::web::fields::Choice>,
    entries: Vec<Kept>,
    holds: Vec<HoldLine>,
    today: Date,
    now: Timestamp,
    done: String,
    may_keep: bool,
}

impl List<'_> {
    fn mark(&self, line: &HoldLine) -> HoldMark {
        line.hold.mark(self.today)
    }

    fn number_of(&self, id: &i64) -> String {
        let found = self.entries.iter().find(|kept| kept.id == *id);
        found.map_or_else(String::new, Kept::number)
    }

    fn typed(&self, field: &str) -> &str {
        self.typed.map_or("", |form| form.get(field))
    }

    fn kind(&self) -> String {
        match self.typed("hold_kind") {
            "" => HoldKind::Preservation.code().to_owned(),
            kind => kind.to_owned(),
        }
    }

    /// Holds that end within days, or have ended and were not lifted.
    fn pointed_out(&self) -> Vec<&HoldLine> {
        let is = |line: &&HoldLine| matches!(self.mark(line), HoldMark::EndsSoon | HoldMark::Over);
        self.holds.iter().filter(is).collect()
    }
}

/// `GET /desk/disclosures`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn get(clerk: Clerk, Query(asked): Query<Asked>) -> Result<Response, Error> {
    shown(&clerk, asked.done, Faults::none(), None).await
}

/// The list, with what was typed into the form of a hold.
///
/// # Errors
/// As [`get`].
pub(in crate::records) async fn shown(
    clerk: &Clerk,
    done: String,
    faults: Faults,
    typed: Option<&Form>,
) -> Result<Response, Error> {
    clerk.must(Act::ReadDisclosures)?;
    let context = clerk.context();
    let now = context.now;
    let read = clerk
        .guest
        .app
        .store
        .read(move |tx| Ok::<_, Error>((register(tx, &context)?, holds::all(tx, &context)?)));
    let (entries, holds) = read.await?;
    show(&List {
        page: clerk.page(),
        faults,
        typed,
        kinds: super::Labels::holds()?,
        entries,
        holds,
        today: now.to_zoned(TOKYO.clone()).date(),
        now,
        done,
        may_keep: clerk.member.role.may(Act::KeepDisclosures),
    })
}
