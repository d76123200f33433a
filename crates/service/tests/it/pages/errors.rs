//! What somebody reads who meets an error, and where they can go.

use rules::people::Language;

use super::journey::{applies, fills_in, link_shown};
use crate::cast::{hana, maria};
use crate::office::{Office, SLUG, scene};
use crate::visitor::Visitor;

const TELEPHONE: &str = "00-0000-0000";

fn english(office: &Office) -> Visitor {
    let mut visitor = Visitor::of(office);
    visitor.get("/?lang=en");
    visitor
}

/// The page says whose it is, whom to call, and leads on.
fn says(visitor: &Visitor, title: &str, way: &str) {
    let page = visitor.page();
    assert!(page.main().starts_with(title), "{title}: {}", page.main());
    assert!(visitor.text().contains(TELEPHONE), "{title}: whom to call");
    assert!(page.links().contains(&way.to_owned()), "{title}: {way} in {:?}", page.links());
}

#[test]
fn an_error_names_the_office_and_leads_on() {
    scene(|office| {
        let home = format!("/offices/{SLUG}");
        let mut visitor = english(office);
        visitor.get("/no/such/page");
        says(&visitor, "Page not found", &home);
        visitor.get(&format!("{home}/terms/no-such"));
        says(&visitor, "Page not found", &home);
        visitor.get("/offices/elsewhere");
        says(&visitor, "Page not found", &home);
        fills_in(&mut visitor, &maria(), "2026-11-24T10:00");
        let contact = format!("{home}/apply/contact");
        visitor.send(&contact, &[("note".to_owned(), "x".to_owned())]);
        assert_eq!(visitor.status(), 403);
        says(&visitor, "This page is out of date", &contact);
        visitor.get(&format!("{home}/apply/no-such"));
        says(&visitor, "Page not found", &format!("{home}/apply"));
        office.neighbour();
        visitor.get("/no/such/page");
        assert!(!visitor.text().contains(TELEPHONE), "of two offices neither is meant");
        says_nothing_foreign(&mut visitor);
    });
}

/// An address with two slashes is no way to another site.
fn says_nothing_foreign(visitor: &mut Visitor) {
    visitor.get("//elsewhere.example/page");
    assert!(visitor.page().links().iter().all(|link| !link.starts_with("//")));
}

#[test]
fn what_the_world_has_overtaken_is_out_of_date_and_not_mistyped() {
    scene(|office| {
        let mut seeker = english(office);
        applies(&mut seeker, &maria(), "2026-11-24T10:00");
        seeker.get("/status/withdraw");
        let late = seeker.clone();
        seeker.answer(&[]);
        seeker.get("/status/withdraw");
        assert_eq!(seeker.status(), 422);
        says(&seeker, "This page is out of date", "/status");
        let mut late = late;
        let fields = [("key", "another-key-of-twenty-letters")];
        late.answer(&fields);
        assert_eq!(late.status(), 422);
        says(&late, "This page is out of date", "/status");
    });
}

/// The visit is short, the link lasts: who comes back is told to open it again.
#[test]
fn a_visit_that_is_over_is_not_a_link_that_expired() {
    scene(|office| {
        let mut seeker = english(office);
        applies(&mut seeker, &maria(), "2026-11-24T10:00");
        let link = link_shown(&seeker);
        office.clock("2026-11-16T14:00:00");
        seeker.get("/status");
        assert_eq!(seeker.status(), 410);
        says(&seeker, "Please open the link again", &format!("/offices/{SLUG}"));
        seeker.get(&link);
        seeker.post(&link, &[]);
        assert_eq!((seeker.page().path.as_str(), seeker.status()), ("/status", 200));
        assert_eq!(office.count("visits"), 2);
        seeker.post("/status/leave", &[]);
        assert_eq!(office.count("visits"), 1, "what nobody looks at any more opens nothing");
        seeker.get("/status");
        assert_eq!(seeker.status(), 410);
    });
}

/// The language that is chosen for letters is that of the pages of the application as well.
#[test]
fn the_pages_of_an_application_are_in_the_language_chosen_for_it() {
    scene(|office| {
        let mut seeker = Visitor::of(office);
        applies(&mut seeker, &maria(), "2026-11-24T10:00");
        let is_english = |seeker: &Visitor| seeker.page().body.contains("<html lang=\"en\"");
        assert!(is_english(&seeker), "it was chosen on a Japanese page");
        let link = link_shown(&seeker);
        let mut elsewhere = Visitor::of(office);
        elsewhere.get(&link);
        elsewhere.post(&link, &[]);
        assert!(is_english(&elsewhere), "another browser knows it by the link");
        let mut chosen = Visitor::of(office);
        chosen.get(&format!("{link}?lang={}", Language::Japanese.code()));
        chosen.post(&link, &[]);
        assert!(!is_english(&chosen), "a choice in this browser goes before");
        let mut japanese = Visitor::of(office);
        applies(&mut japanese, &hana(), "2026-11-25T10:00");
        assert!(!is_english(&japanese));
    });
}
