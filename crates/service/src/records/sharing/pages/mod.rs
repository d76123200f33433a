//! Sharing on the desk: the questions of one session, and the office's list and register.

mod labels;
mod register;
mod session;

pub(in crate::records) use labels::Named;
pub use register::{add, all, retire};
pub use session::{act, ask, get};

use rules::people::FreeText;

use crate::error::Refusal;

fn text(typed: &str, at_most: usize) -> Result<FreeText, Refusal> {
    FreeText::parse(typed, at_most).map_err(|_| Refusal::Shape)
}
