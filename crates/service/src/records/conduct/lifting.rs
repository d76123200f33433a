//! What was decided about somebody's use is lifted, in one way whatever it is.

use rules::people::FreeText;
use rules::records::objection::Against;
use rules::terms::suspension::ConductRefusal;

use super::{seal, store};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// Takes applications of a person again (article 2(4)), or lets them use the service again
/// (article 10(2)).
///
/// # Errors
/// [`Refusal::Conduct`] without a reason, or when it was lifted already.
pub fn lift(
    tx: &mut Tx<'_>,
    context: &Context,
    (what, id): (Against, i64),
    (reason, officer): (&FreeText, i64),
) -> Result<(), Error> {
    if reason.is_empty() {
        return Err(Refusal::Conduct(ConductRefusal::NoReason).into());
    }
    let sealed = seal(context, &place(what, id), reason.reveal().as_bytes());
    match store::lift(tx, context, (what, id), (officer, sealed))? {
        true => Ok(()),
        false => Err(Refusal::Conduct(ConductRefusal::AlreadySo).into()),
    }
}

/// Where the reason of a lifting is sealed.
pub(super) fn place(what: Against, id: i64) -> String {
    match what {
        Against::Declining => format!("use_declinings/{id}/lifted"),
        Against::Ending => format!("use_endings/{id}/lifted"),
    }
}
