//! The register of demands on the desk (article 5(2)).

pub mod acts;
pub mod form;
mod labels;
pub mod list;
pub mod one;

use axum::response::Response;
use jiff::civil::Date;
use rules::people::FreeText;
use rules::schedule::SlotRefusal;

use super::stored::TEXT_AT_MOST;
use crate::app::Context;
use crate::commands;
use crate::error::{Error, Refusal};
use crate::schedule::desk::choice;
use crate::store::Tx;
use crate::web::{Clerk, Form};

pub(in crate::records) use labels::{Labels, Named, html};

/// Does the work of a form once, whatever is sent twice.
pub(in crate::records) async fn carry_out<F>(
    clerk: &Clerk,
    form: &Form,
    work: F,
) -> Result<String, Error>
where
    F: Fn(&mut Tx<'_>, &Context, &Form, i64) -> Result<String, Error> + Send + 'static,
{
    let command = form.command()?;
    let (context, form, staff) = (clerk.context(), form.clone(), clerk.member.id);
    let done = clerk.guest.app.store.write(move |tx| {
        commands::once(tx, &context, &command, |tx| work(tx, &context, &form, staff))
    });
    done.await
}

/// The same page, told as refused.
pub(in crate::records) fn again(mut shown: Response) -> Response {
    *shown.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    shown
}

/// A text of an entry.
pub(in crate::records) fn text(typed: &str) -> Result<FreeText, Refusal> {
    FreeText::parse(typed, TEXT_AT_MOST).map_err(|_| Refusal::Shape)
}

/// A day that may be left out.
pub(in crate::records) fn day(typed: &str) -> Result<Option<Date>, SlotRefusal> {
    if typed.trim().is_empty() { Ok(None) } else { choice::date(typed).map(Some) }
}
