//! Who may stop what is the office's choice (article 10(1)).

use std::collections::BTreeSet;

use rules::people::Role;
use rules::terms::suspension::Function;

use crate::office::{SLUG, refusal, scene};
use crate::visitor::Visitor;

#[test]
fn article_10_1_who_may_stop_what() {
    scene(|office| {
        let mut coordinator = Visitor::clerk(office, "coordinator");
        coordinator.get("/desk/stops");
        assert_eq!(coordinator.status(), 403, "ordinarily the manager's");
        office.decides(|practice| {
            let both = BTreeSet::from([Role::Manager, Role::Coordinator]);
            practice.may_stop.insert(Function::Group, both);
        });
        coordinator.get("/desk/stops");
        assert_eq!(coordinator.status(), 200);
        let page = coordinator.page().body.clone();
        assert!(page.contains("value=\"group\"") && !page.contains("value=\"join\""), "{page}");
        coordinator.post("/desk/stops", &[("function", "join"), ("cause", "failure")]);
        assert_eq!(coordinator.status(), 403, "not this one");
        coordinator.get("/desk/stops");
        coordinator.post("/desk/stops", &[("function", "group"), ("cause", "failure")]);
        assert_eq!(coordinator.status(), 200, "{}", coordinator.text());
        // What another stopped they may see, and not lift.
        let join = office.halts(Function::Join, "2026-11-16T10:00:00", None).expect("stopped");
        let one = format!("/desk/stops/{join}");
        coordinator.get(&one);
        assert_eq!(coordinator.status(), 200);
        assert!(!coordinator.page().body.contains("/lift"), "{}", coordinator.text());
        coordinator.post(&format!("{one}/lift"), &[("note", "直った")]);
        assert_eq!(coordinator.status(), 403);
        coordinator.get("/desk/stops");
        coordinator.post(&format!("{one}/sessions"), &[("do", "call-off")]);
        assert_eq!(coordinator.status(), 403);
        let mut seeker = Visitor::of(office);
        seeker.get(&format!("/offices/{SLUG}"));
        assert!(seeker.text().contains("参加できません"), "it still holds");
    });
}

#[test]
fn article_10_1_a_function_that_nobody_could_open_again_is_refused() {
    scene(|office| {
        let mut practice = office.context().office.practice.clone();
        practice.may_stop.insert(Function::Apply, BTreeSet::new());
        let id = office.id;
        let set = office.tries(move |tx, _| service::people::set_practice(tx, id, &practice));
        assert_eq!(refusal(set), service::error::Refusal::Shape);
    });
}
