//! What was asked and shared about an application, for a request of the person's own and for
//! disclosures.

use std::collections::BTreeSet;

use rules::terms::personal_data::{Answer, Item, Purpose, Reply};
use serde_json::{Value, json};

use super::{Shared, Sharing, of_application};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;
use crate::terms::trial::Moment;

/// The questions of an application, with what the person said and what was told.
///
/// # Errors
/// Faults of the store.
pub fn everything_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Value, Error> {
    Ok(of_application(tx, context, id)?.iter().map(told).collect())
}

fn told(sharing: &Sharing) -> Value {
    let answers = sharing.answers.iter().map(|(said, staff)| answer(said, staff.as_deref()));
    json!({
        "partner": sharing.partner.name,
        "partner_kind": sharing.partner.kind.code(),
        "shared_items": codes(&sharing.items),
        "sharing_purpose": sharing.purpose.map(Purpose::code),
        "sharing_sentence": sharing.sentence,
        "asked_at": Moment::from(sharing.asked_at),
        "staff": sharing.asked_by,
        "sharing_answers": answers.collect::<Vec<_>>(),
        "shared": sharing.shared.as_ref().map(shared),
        "partner_told_at": sharing.told.as_ref().map(|(at, _)| Moment::from(*at)),
    })
}

fn answer(said: &Answer, staff: Option<&str>) -> Value {
    let agreed = match &said.reply {
        Reply::Given(items) => codes(items),
        Reply::Refused | Reply::Withdrawn => Vec::new(),
    };
    json!({
        "sharing_reply": said.reply.code(),
        "shared_items": agreed,
        "sharing_way": said.way.code(),
        "at": Moment::from(said.at),
        "staff": staff,
    })
}

fn shared(shared: &Shared) -> Value {
    json!({
        "shared_items": codes(&shared.items),
        "at": Moment::from(shared.at),
        "staff": shared.by,
        "sharing_medium": shared.medium.code(),
        "digest": shared.digest,
    })
}

fn codes(items: &BTreeSet<Item>) -> Vec<&'static str> {
    items.iter().map(|item| item.code()).collect()
}
