//! The deletion plan: what goes with what. Every table of the schema stands in [`PLAN`], and a test
//! reads the real schema of both engines, so that tomorrow's table cannot be forgotten.

pub mod store;

use jiff::Timestamp;
use rules::records::retention::RecordClass;

use crate::app::Context;
use crate::error::Error;
use crate::records::{own, statistics};
use crate::store::Tx;

/// With what the rows of a table go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// With their application.
    Application,
    /// With their entry of the register of disclosures.
    Entry,
    /// By themselves, once their class is over.
    Own,
    /// They are swept after days, long before any period is over.
    Swept,
    /// Nobody who applies is in them.
    Nobody,
}

/// Every table, and what becomes of its rows.
pub const PLAN: &[(&str, Fate)] = &[
    ("accesses", Fate::Application),
    ("applications", Fate::Application),
    ("appointments", Fate::Application),
    ("closed_days", Fate::Nobody),
    ("commands", Fate::Swept),
    ("condition_decisions", Fate::Application),
    ("consents", Fate::Application),
    ("contacts", Fate::Application),
    ("counsellor_offices", Fate::Nobody),
    ("counsellors", Fate::Nobody),
    ("device_checks", Fate::Application),
    ("disclosure_applications", Fate::Entry),
    ("disclosure_files", Fate::Entry),
    ("disclosure_revisions", Fate::Entry),
    ("disclosures", Fate::Entry),
    ("drafts", Fate::Swept),
    ("duties", Fate::Application),
    ("facts", Fate::Application),
    ("group_sessions", Fate::Nobody),
    ("holds", Fate::Application),
    ("holidays", Fate::Nobody),
    ("incident_decisions", Fate::Application),
    ("incidents", Fate::Application),
    ("keys_in_use", Fate::Nobody),
    ("kind_changes", Fate::Application),
    ("leave", Fate::Nobody),
    ("legal_holds", Fate::Application),
    ("letters", Fate::Application),
    ("links", Fate::Application),
    ("nodes", Fate::Nobody),
    ("objection_answers", Fate::Application),
    ("objections", Fate::Application),
    ("offices", Fate::Nobody),
    ("own_requests", Fate::Own),
    ("participants", Fate::Application),
    ("reports", Fate::Own),
    ("retention_batches", Fate::Nobody),
    ("retention_items", Fate::Application),
    ("retention_tombstones", Fate::Nobody),
    ("rooms", Fate::Application),
    ("schema_steps", Fate::Nobody),
    ("session_counts", Fate::Nobody),
    ("sharing_answers", Fate::Application),
    ("sharing_partners", Fate::Nobody),
    ("sharings", Fate::Application),
    ("sign_in_failures", Fate::Nobody),
    ("staff", Fate::Nobody),
    ("staff_sessions", Fate::Nobody),
    ("stop_moves", Fate::Application),
    ("stops", Fate::Nobody),
    ("terms_versions", Fate::Nobody),
    ("usage_records", Fate::Application),
    ("use_declinings", Fate::Application),
    ("use_endings", Fate::Application),
    ("visits", Fate::Application),
    ("wishes", Fate::Application),
    ("zoom_hosts", Fate::Nobody),
    ("zoom_meetings", Fate::Application),
    ("zoom_nights", Fate::Nobody),
    ("zoom_sessions", Fate::Application),
    ("zoom_signs", Fate::Application),
    ("zoom_spent", Fate::Nobody),
];

/// Deletes a record of a class that was judged to be due, and all that goes with it. Of an
/// application that stays, `before` says up to when its accesses go.
///
/// # Errors
/// Faults of the store: another record still refers to it.
pub(super) fn erase(
    tx: &mut Tx<'_>,
    context: &Context,
    (class, id): (RecordClass, i64),
    before: Timestamp,
) -> Result<(), Error> {
    match class {
        RecordClass::Unused | RecordClass::Session => {
            statistics::keep_count(tx, context, id)?;
            own::forget(tx, context, id)?;
            store::erase(tx, store::CONDUCT, id)?;
            store::erase(tx, store::APPLICATION, id)
        }
        RecordClass::Technical => store::erase(tx, store::TECHNICAL, id),
        RecordClass::Conduct => store::erase(tx, store::CONDUCT, id),
        RecordClass::Disclosure => store::erase(tx, store::ENTRY, id),
        RecordClass::OwnRequest => store::erase(tx, store::OWN_REQUEST, id),
        RecordClass::Access => store::erase_accesses(tx, id, before),
        RecordClass::Report => store::erase(tx, store::REPORT, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_plan_says_is_what_the_statements_do() {
        let deleted_by = |statements: &[crate::store::Sql], table: &str| {
            let wanted = format!("delete from {table} ");
            statements.iter().any(|sql| format!("{} ", sql.text()).starts_with(&wanted))
        };
        for (table, fate) in PLAN {
            let seen = match fate {
                Fate::Application => {
                    deleted_by(store::APPLICATION, table) || deleted_by(store::CONDUCT, table)
                }
                Fate::Entry => deleted_by(store::ENTRY, table),
                Fate::Own => {
                    deleted_by(store::OWN_REQUEST, table) || deleted_by(store::REPORT, table)
                }
                Fate::Swept | Fate::Nobody => !deleted_by(store::APPLICATION, table),
            };
            assert!(seen, "{table}: {fate:?}");
        }
        assert!(PLAN.is_sorted(), "in their order, each once");
    }
}
