//! Sharing on the desk: the questions of one session, and the office's list and register.

mod labels;
mod register;
mod session;

pub(in crate::records) use labels::Named;
pub use register::{add, all, retire};
pub use session::{act, ask, get};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rules::people::FreeText;

use crate::error::Refusal;

/// The page, with the status that says whether something was refused.
fn with_status(is_refused: bool, shown: Response) -> Response {
    match is_refused {
        true => (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response(),
        false => shown,
    }
}

fn text(typed: &str, at_most: usize) -> Result<FreeText, Refusal> {
    FreeText::parse(typed, at_most).map_err(|_| Refusal::Shape)
}
