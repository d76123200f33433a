//! Article 9: what the office does not answer for.
//!
//! - (1), (3) with its items, (4): text only, shown with the terms. (3)(3), what users do to each
//!   other, is shown beside the consent wherever a group session is applied for or joined. An
//!   office's stop of a session
//!   under (4) is article 10's.
//! - (2): trouble with connection or account is nobody's fault to answer for; it is recorded as
//!   `Standing::JobseekersTrouble` without blame, and another way is offered.
//! - (5): questions about the tool's own workings are not answered; help pages speak of our pages
//!   and of how to join (article 2(2)), and point to the maker for the rest.
//! - (6): delay or stop for a reason outside the office's control, `Standing::OfficesTrouble` or
//!   `StoppedByOffice`. Together with article 10(1) it means that such a session is never the
//!   jobseeker's no-show.

#[cfg(test)]
mod tests {
    use crate::appointment::Standing;

    #[test]
    fn article_9_trouble_is_nobodys_no_show() {
        let no_shows = Standing::ALL.into_iter().filter(|standing| standing.is_no_show());
        assert_eq!(no_shows.collect::<Vec<_>>(), [Standing::DeemedCancelled]);
    }
}
