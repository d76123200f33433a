//! Everything that is held of letters, for whoever may have it told (article 5(2), and
//! 個人情報保護法76条).

use serde_json::{Value, json};

use super::{letters_of, read};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;
use crate::terms::trial::Moment;

/// What stands in place of a link, which would let its holder act as the person.
const LEFT_OUT: &str = "[…]";

/// The letters about an application as they were written, the first one first, without the link
/// that each carries.
///
/// # Errors
/// Faults of the store.
pub fn everything_of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Value, Error> {
    let lines = letters_of(tx, context, application)?;
    let told = lines.iter().rev().map(|line| {
        let shown = read(tx, context, line.id)?;
        let line = &shown.line;
        Ok(json!({
            "letter": line.letter.code(),
            "state": line.state.code(),
            "language": shown.language.code(),
            "written_at": Moment::from(line.written_at),
            "sent_at": line.sent_at.map(Moment::from),
            "to": shown.to.as_ref().map(|to| to.reveal()),
            "subject": shown.subject,
            "text": without_links(&shown.text),
        }))
    });
    told.collect()
}

/// The text with each `…/link/TOKEN` cut short.
fn without_links(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/link/") {
        kept.push_str(before);
        kept.push_str("/link/");
        kept.push_str(LEFT_OUT);
        let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        rest = after.trim_start_matches(is_token);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_cut_short() {
        let check = |text: &str, kept: &str| assert_eq!(without_links(text), kept);
        check("", "");
        check("a\nhttp://x/link/Ab-_9\nb", "a\nhttp://x/link/[…]\nb");
        check("http://x/link/a http://x/link/b。", "http://x/link/[…] http://x/link/[…]。");
        check("http://x/links", "http://x/links");
    }
}
