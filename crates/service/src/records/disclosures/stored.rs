//! An entry as it is sealed in the store.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::FreeText;
use rules::records::disclosure::{
    Approval, Authenticity, Basis, Decision, Demand, Draft, Entry, Form, HandedOver, Lifted,
    Outcome, PersonAsked, Sha256,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::store::Sealed;
use super::{Kept, Seen};
use crate::app::Context;
use crate::error::Error;
use crate::secrets::Purpose;

/// No text of an entry is longer.
pub(super) const TEXT_AT_MOST: usize = 2_000;

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    demand: StoredDemand,
    written_by: i64,
    authenticity: Option<StoredCall>,
    draft: Option<StoredDraft>,
    approval: Option<(i64, Timestamp)>,
    given: Option<StoredGiven>,
    lifted: Option<(Timestamp, i64, String)>,
}

#[derive(Serialize, Deserialize)]
struct StoredDemand {
    received_on: Date,
    form: String,
    body: String,
    head: String,
    document_number: String,
    document_date: Option<Date>,
    basis: Option<String>,
    basis_text: String,
    persons: Vec<(String, Option<i64>)>,
    period: Option<(Date, Date)>,
    items: String,
    secrecy_asked: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredCall {
    called: String,
    number: String,
    found_in: String,
    at: Timestamp,
    by: i64,
    confirmed: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredDraft {
    outcome: String,
    reason: String,
    drafter: i64,
    handed: String,
    digest: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredGiven {
    medium: String,
    at: Timestamp,
    by: i64,
}

/// Where a revision is sealed: it opens there and nowhere else.
fn place((id, revision): Seen) -> String {
    format!("disclosures/{id}/{revision}")
}

pub(super) fn seal(context: &Context, at: Seen, entry: &Entry) -> Result<Vec<u8>, Error> {
    let stored = StoredEntry::of(entry);
    let plain = Zeroizing::new(serde_json::to_vec(&stored).map_err(anyhow::Error::from)?);
    Ok(context.keys.seal(Purpose::Personal, &place(at), &plain))
}

pub(super) fn open_all(context: &Context, rows: Vec<Sealed>) -> Result<Vec<Kept>, Error> {
    rows.into_iter().map(|row| open(context, row)).collect()
}

fn open(context: &Context, row: Sealed) -> Result<Kept, Error> {
    let place = place((row.id, row.revision));
    let plain = context.keys.open(Purpose::Personal, &place, &row.sealed);
    let plain = plain.map_err(anyhow::Error::from)?;
    let stored: StoredEntry = serde_json::from_slice(&plain).map_err(anyhow::Error::from)?;
    let entry = stored.entry().ok_or_else(|| anyhow::anyhow!("a stored entry no longer reads"))?;
    Ok(Kept {
        id: row.id,
        year: row.year,
        serial: row.serial,
        revision: row.revision,
        change: row.change,
        staff: row.staff,
        at: row.at,
        entry,
    })
}

fn text(text: &str) -> Option<FreeText> {
    FreeText::parse(text, TEXT_AT_MOST).ok()
}

impl StoredEntry {
    fn of(entry: &Entry) -> Self {
        let (approval, given) = match &entry.decision {
            Decision::Open | Decision::Drafted(_) => (None, None),
            Decision::Approved(_, approval) => (Some(approval), None),
            Decision::HandedOver(_, approval, given) => (Some(approval), Some(given)),
        };
        let call = |call: &Authenticity| StoredCall {
            called: call.called.reveal().to_owned(),
            number: call.number.reveal().to_owned(),
            found_in: call.found_in.reveal().to_owned(),
            at: call.at,
            by: call.by,
            confirmed: call.confirmed,
        };
        let draft = |draft: &Draft| StoredDraft {
            outcome: draft.outcome.code().to_owned(),
            reason: draft.reason.reveal().to_owned(),
            drafter: draft.drafter,
            handed: draft.handed.reveal().to_owned(),
            digest: draft.digest.as_ref().map(|digest| digest.as_str().to_owned()),
        };
        Self {
            demand: StoredDemand::of(&entry.demand),
            written_by: entry.written_by,
            authenticity: entry.authenticity.as_ref().map(call),
            draft: entry.draft().map(draft),
            approval: approval.map(|it| (it.approver, it.at)),
            given: given.map(|it| StoredGiven {
                medium: it.medium.reveal().to_owned(),
                at: it.at,
                by: it.by,
            }),
            lifted: entry.lifted.as_ref().map(|it| (it.at, it.by, it.reason.reveal().to_owned())),
        }
    }

    fn entry(self) -> Option<Entry> {
        let draft = read(self.draft, StoredDraft::draft)?;
        let approval = self.approval.map(|(approver, at)| Approval { approver, at });
        let given = read(self.given, |it| {
            Some(HandedOver { medium: text(&it.medium)?, at: it.at, by: it.by })
        })?;
        let decision = match (draft, approval, given) {
            (None, ..) => Decision::Open,
            (Some(draft), None, _) => Decision::Drafted(draft),
            (Some(draft), Some(approval), None) => Decision::Approved(draft, approval),
            (Some(draft), Some(approval), Some(given)) => {
                Decision::HandedOver(draft, approval, given)
            }
        };
        let authenticity = read(self.authenticity, StoredCall::call)?;
        let lifted =
            read(self.lifted, |(at, by, reason)| Some(Lifted { at, by, reason: text(&reason)? }))?;
        let (demand, written_by) = (self.demand.demand()?, self.written_by);
        Some(Entry { demand, written_by, authenticity, decision, lifted })
    }
}

/// Reads what may be absent. Nothing when it is there and cannot be read.
fn read<S, T>(stored: Option<S>, read: impl FnOnce(S) -> Option<T>) -> Option<Option<T>> {
    match stored {
        Some(stored) => read(stored).map(Some),
        None => Some(None),
    }
}

impl StoredDemand {
    fn of(demand: &Demand) -> Self {
        let person = |it: &PersonAsked| (it.named.reveal().to_owned(), it.application);
        Self {
            received_on: demand.received_on,
            form: demand.form.code().to_owned(),
            body: demand.body.reveal().to_owned(),
            head: demand.head.reveal().to_owned(),
            document_number: demand.document_number.reveal().to_owned(),
            document_date: demand.document_date,
            basis: demand.basis.map(|basis| basis.code().to_owned()),
            basis_text: demand.basis_text.reveal().to_owned(),
            persons: demand.persons.iter().map(person).collect(),
            period: demand.period,
            items: demand.items.reveal().to_owned(),
            secrecy_asked: demand.secrecy_asked,
        }
    }

    fn demand(self) -> Option<Demand> {
        let person = |(named, application): (String, Option<i64>)| {
            Some(PersonAsked { named: text(&named)?, application })
        };
        let basis = read(self.basis, |code| Basis::parse(&code))?;
        Some(Demand {
            received_on: self.received_on,
            form: Form::parse(&self.form)?,
            body: text(&self.body)?,
            head: text(&self.head)?,
            document_number: text(&self.document_number)?,
            document_date: self.document_date,
            basis,
            basis_text: text(&self.basis_text)?,
            persons: self.persons.into_iter().map(person).collect::<Option<_>>()?,
            period: self.period,
            items: text(&self.items)?,
            secrecy_asked: self.secrecy_asked,
        })
    }
}

impl StoredCall {
    fn call(self) -> Option<Authenticity> {
        Some(Authenticity {
            called: text(&self.called)?,
            number: text(&self.number)?,
            found_in: text(&self.found_in)?,
            at: self.at,
            by: self.by,
            confirmed: self.confirmed,
        })
    }
}

impl StoredDraft {
    fn draft(self) -> Option<Draft> {
        let digest = read(self.digest, |digest| Sha256::parse(&digest))?;
        Some(Draft {
            outcome: Outcome::parse(&self.outcome)?,
            reason: text(&self.reason)?,
            drafter: self.drafter,
            handed: text(&self.handed)?,
            digest,
        })
    }
}
