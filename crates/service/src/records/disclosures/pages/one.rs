//! An entry with its history, what it lacks, and what is to be done next; the same in print.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::Act;
use rules::records::disclosure::{Decision, Draft, HoldKind, HoldMark, Missing, check_approval};
use rules::schedule::TOKYO;

use super::super::{FileLine, Kept, files, history, note_read};
use super::labels::Named;
use super::{Labels, again, html};
use crate::app::Context;
use crate::application;
use crate::error::{Error, Refusal};
use crate::people;
use crate::records::holds::{self, HoldLine};
use crate::store::Tx;
use crate::web::fields::{Choice, Faults};
use crate::web::said;
use crate::web::{Clerk, Form, Page, show};
use crate::words::{Markup, Words};

/// Names that stand for numbers: receipts of applications and members of staff.
#[derive(Clone, Default)]
pub(super) struct Names {
    receipts: BTreeMap<i64, String>,
    staff: BTreeMap<i64, String>,
}

impl Names {
    pub(super) fn receipt(&self, id: &i64) -> String {
        self.receipts.get(id).cloned().unwrap_or_default()
    }

    fn staff(&self, id: &i64) -> String {
        self.staff.get(id).cloned().unwrap_or_default()
    }

    pub(super) fn read(
        tx: &mut Tx<'_>,
        context: &Context,
        revisions: &[Kept],
    ) -> Result<Self, Error> {
        let mut names = Self { staff: people::staff_names(tx, context)?, ..Self::default() };
        for id in revisions.iter().flat_map(|kept| kept.entry.applications()) {
            let receipt = application::load(tx, context, id)?.receipt;
            names.receipts.insert(id, receipt);
        }
        Ok(names)
    }
}

/// What one revision says.
#[derive(Template)]
#[template(path = "records/disclosures/pages/told.html")]
struct Told<'a> {
    words: Words,
    kept: &'a Kept,
    names: &'a Names,
}

impl Told<'_> {
    fn form(&self) -> Markup {
        Labels::name(Named::Form(self.kept.entry.demand.form)).unwrap_or_default()
    }

    fn basis(&self) -> Markup {
        let named = self.kept.entry.demand.basis.map_or(Named::NoBasis, Named::Basis);
        Labels::name(named).unwrap_or_default()
    }

    fn outcome(&self, draft: &Draft) -> Markup {
        Labels::name(Named::Outcome(draft.outcome)).unwrap_or_default()
    }

    fn receipt(&self, id: &i64) -> String {
        self.names.receipt(id)
    }

    fn staff(&self, id: &i64) -> String {
        self.names.staff(id)
    }
}

fn told(words: Words, kept: &Kept, names: &Names) -> Result<Markup, Error> {
    html(&Told { words, kept, names })
}

/// Everything that the page of an entry reads.
#[derive(Clone)]
struct Known {
    revisions: Vec<Kept>,
    names: Names,
    files: Vec<FileLine>,
    holds: Vec<HoldLine>,
}

fn read(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    act: &str,
) -> Result<Known, Error> {
    let revisions = history(tx, context, id)?;
    let kept = revisions.last().ok_or(Error::Missing)?;
    note_read(tx, context, (kept, staff), act)?;
    let names = Names::read(tx, context, &revisions)?;
    let mut holds = holds::all(tx, context)?;
    holds.retain(|line| line.disclosure == Some(id));
    Ok(Known { files: files(tx, context, id)?, names, holds, revisions })
}

#[derive(Template)]
#[template(path = "records/disclosures/pages/one.html")]
struct One<'a> {
    page: Page,
    faults: Faults,
    typed: Option<&'a Form>,
    kept: &'a Kept,
    told: Markup,
    /// Earlier revisions, the latest first, each with what it said.
    earlier: Vec<(&'a Kept, Markup)>,
    /// What keeps this member of staff from approving.
    missing: Vec<Markup>,
    /// Whether somebody else could approve.
    wants_another: bool,
    files: Vec<(&'a FileLine, Vec<Markup>)>,
    held: &'a [HoldLine],
    linked: Vec<(i64, String)>,
    outcomes: Vec<Choice>,
    parts: Vec<Choice>,
    chosen_parts: Vec<String>,
    kinds: Vec<Choice>,
    today: Date,
    done: String,
    may_keep: bool,
    may_approve: bool,
}

impl One<'_> {
    fn address(&self) -> String {
        format!("/desk/disclosures/{}", self.kept.id)
    }

    fn typed_or(&self, field: &str, otherwise: &str) -> String {
        match self.typed {
            Some(form) if form.names().contains(&field) => form.get(field).to_owned(),
            _ => otherwise.to_owned(),
        }
    }

    fn typed(&self, field: &str) -> String {
        self.typed_or(field, "")
    }

    fn mark(&self, line: &HoldLine) -> HoldMark {
        line.hold.mark(self.today)
    }

    fn is_ticked(&self, field: &str) -> bool {
        self.typed.is_some_and(|form| form.get(field) == "yes")
    }

    fn draft(&self) -> Option<&Draft> {
        self.kept.entry.draft()
    }

    fn outcome(&self) -> String {
        let drafted = self.draft().map_or("", |draft| draft.outcome.code());
        self.typed_or("draft_outcome", drafted)
    }

    fn reason(&self) -> String {
        self.typed_or("draft_reason", self.draft().map_or("", |draft| draft.reason.reveal()))
    }

    fn handed(&self) -> String {
        self.typed_or("draft_handed", self.draft().map_or("", |draft| draft.handed.reveal()))
    }

    /// What was drafted, or else the file that was prepared last.
    fn digest(&self) -> String {
        let drafted = self.draft().and_then(|draft| draft.digest.as_ref());
        let prepared = self.files.first().map_or("", |(file, _)| file.digest.as_str());
        self.typed_or("draft_digest", drafted.map_or(prepared, |digest| digest.as_str()))
    }

    fn hold_kind(&self) -> String {
        self.typed_or("hold_kind", HoldKind::Preservation.code())
    }

    fn awaits_handing_over(&self) -> bool {
        let decision = &self.kept.entry.decision;
        matches!(decision, Decision::Approved(draft, _) if draft.outcome.gives())
    }
}

/// `GET /desk/disclosures/{id}`.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn get(
    clerk: Clerk,
    Path(id): Path<i64>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let done = asked.get("done").cloned().unwrap_or_default();
    shown(&clerk, id, done, (Faults::none(), None)).await
}

/// The page again, with what is wrong beside its field.
pub(super) async fn refused(
    clerk: &Clerk,
    (id, field): (i64, &str),
    form: &Form,
    refusal: &Refusal,
) -> Result<Response, Error> {
    let is_about_entry = matches!(
        refusal,
        Refusal::EntryChanged
            | Refusal::EntryClosed
            | Refusal::Incomplete(_)
            | Refusal::KeyReused
            | Refusal::AlreadyUndone
    );
    let field = if is_about_entry { "entry" } else { field };
    let faults = said::fault(&clerk.context(), field, refusal)?;
    Ok(again(shown(clerk, id, String::new(), (faults, Some(form))).await?))
}

async fn shown(
    clerk: &Clerk,
    id: i64,
    done: String,
    (faults, typed): (Faults, Option<&Form>),
) -> Result<Response, Error> {
    clerk.must(Act::ReadDisclosures)?;
    let (context, staff) = (clerk.context(), clerk.member.id);
    let now = context.now;
    // A write, because reading about a person leaves a row (design idea 5).
    let read =
        clerk.guest.app.store.write(move |tx| read(tx, &context, (id, staff), "disclosure.read"));
    let known = read.await?;
    let page = clerk.page();
    let words = page.words;
    let kept = known.revisions.last().ok_or(Error::Missing)?;
    let lacking = check_approval(&kept.entry, staff, now).err().unwrap_or_default();
    let earlier = known.revisions.iter().rev().skip(1);
    let earlier = earlier.map(|it| Ok((it, told(words, it, &known.names)?)));
    let files = known.files.iter().map(|file| Ok((file, Labels::parts_of(&file.parts)?)));
    let linked = kept.entry.applications().into_iter();
    let role = clerk.member.role;
    show(&One {
        told: told(words, kept, &known.names)?,
        earlier: earlier.collect::<Result<_, Error>>()?,
        missing: Labels::missing(&lacking)?,
        wants_another: lacking == [Missing::SecondPerson],
        files: files.collect::<Result<_, Error>>()?,
        held: &known.holds,
        linked: linked.map(|id| (id, known.names.receipt(&id))).collect(),
        outcomes: Labels::outcomes()?,
        parts: Labels::parts()?,
        chosen_parts: typed.map_or_else(Vec::new, |form| form.all("parts")),
        kinds: Labels::holds()?,
        today: now.to_zoned(TOKYO.clone()).date(),
        may_keep: role.may(Act::KeepDisclosures),
        may_approve: role.may(Act::ApproveDisclosure),
        page,
        faults,
        typed,
        kept,
        done,
    })
}

#[derive(Template)]
#[template(path = "records/disclosures/pages/print.html")]
struct Print<'a> {
    page: Page,
    kept: &'a Kept,
    told: Markup,
    revisions: &'a [Kept],
    now: Timestamp,
}

/// `GET /desk/disclosures/{id}/print`: on paper, for the file of the office.
///
/// # Errors
/// As [`get`].
pub async fn print(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::ReadDisclosures)?;
    let (context, staff) = (clerk.context(), clerk.member.id);
    let now = context.now;
    let read = clerk
        .guest
        .app
        .store
        .write(move |tx| read(tx, &context, (id, staff), "disclosure.printed"));
    let known = read.await?;
    let page = clerk.page();
    let kept = known.revisions.last().ok_or(Error::Missing)?;
    let told = told(page.words, kept, &known.names)?;
    show(&Print { page, kept, told, revisions: &known.revisions, now })
}
