//! How the desk answers an application: the conditions, the times, the other ways.

use rules::application::{Course, Intake};
use service::application;
use service::error::Refusal;
use service::schedule::{self, CounsellorChange};
use service::store::{Sql, params};

use crate::cast::{hana, taro};
use crate::office::{Office, refusal, scene, slot};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

/// Who decided what of article 1, as it counts now.
fn decisions(office: &Office, id: i64) -> Vec<(String, bool, i64)> {
    const DECIDED: Sql = Sql::unregistered(
        "select condition, met, officer from condition_decisions where id in (
             select max(id) from condition_decisions where application = $1 group by condition)
         order by condition",
    );
    office.rows(DECIDED, params![id].to_vec(), |row| Ok((row.text(0)?, row.bool(1)?, row.int(2)?)))
}

#[test]
fn article_1_the_three_conditions_are_answered_on_one_form() {
    scene(|office| {
        let id = office.applies(&hana(), &[TEN]);
        let case = format!("/desk/applications/{id}");
        let address = format!("{case}/conditions");
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("{case}?day=2026-11-26&minutes=45"));
        clerk.post(&address, &[]);
        assert_eq!(clerk.status(), 422, "nothing was answered");
        clerk.get(&format!("{case}?day=2026-11-26&minutes=45"));
        clerk.post(&address, &[("registered", "yes"), ("environment", "yes")]);
        let path = &clerk.page().path;
        assert_eq!(*path, format!("{case}?day=2026-11-26&minutes=45#times"), "the day is kept");
        let coordinator = office.staff.coordinator;
        let two = vec![
            ("environment".to_owned(), true, coordinator),
            ("registered".to_owned(), true, coordinator),
        ];
        assert_eq!(decisions(office, id), two);
        clerk.get(&case);
        // Another officer answers all three: what was decided alike stays with who decided it.
        let mut manager = Visitor::clerk(office, "manager");
        manager.get(&case);
        let answers = [("registered", "yes"), ("environment", "no"), ("need", "yes")];
        manager.post(&address, &answers);
        let chief = office.staff.manager;
        let three = vec![
            ("environment".to_owned(), false, chief),
            ("need".to_owned(), true, chief),
            ("registered".to_owned(), true, coordinator),
        ];
        assert_eq!(decisions(office, id), three);
        // From a page that is older than that, nothing is overwritten unseen; seen, it is.
        let stale = [("registered", "yes"), ("environment", "yes")];
        clerk.post(&address, &stale);
        assert!(clerk.text().contains("ほかの職員が"), "{}", clerk.text());
        assert_eq!(decisions(office, id), three);
        clerk.post(&address, &stale);
        assert_eq!(decisions(office, id)[0], ("environment".to_owned(), true, coordinator));
    });
}

#[test]
fn article_2_1_who_calls_may_ask_for_the_same_day() {
    scene(|office| {
        let asks = |intake: Intake, start: &'static str| {
            office.tries(move |tx, context| {
                let version = context.office.terms(context.now)?.version.to_string();
                let form = hana().form(&[slot(start)], &version, context.now);
                application::apply(tx, context, &application::NewApplication { intake, ..form })
            })
        };
        let web = asks(Intake::Web, "2026-11-16T14:00:00");
        assert!(matches!(refusal(web), Refusal::Wishes(_)));
        for intake in [Intake::Telephone, Intake::Counter] {
            let id = asks(intake, "2026-11-16T14:00:00").expect("taken in").id;
            assert!(office.application(id).answer_due > office.app.clock.now());
            office.decides_all(id);
            // The reason is asked for at confirmation, as ever.
            assert!(office.confirms(id, "2026-11-16T14:00:00", office.counsellors[0]).is_err());
        }
        // Tomorrow, after the office's own acceptance is over.
        office.clock("2026-11-16T17:30:00");
        asks(Intake::Web, "2026-11-17T10:00:00").expect_err("too late on the web");
        asks(Intake::Telephone, "2026-11-17T10:00:00").expect("taken in");
    });
}

#[test]
fn a_session_is_moved_to_a_time_that_jobseekers_could_not_wish_for() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-16T17:30:00");
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("/desk/sessions/{id}/move?day=2026-11-17"));
        let chosen = format!("/desk/sessions/{id}/move?day=2026-11-17&time=10:00");
        let links = clerk.page().links();
        assert!(links.iter().any(|link| link.starts_with(&chosen)), "{links:?}");
    });
}

#[test]
fn a_conversion_and_a_withdrawal_are_asked_for_twice() {
    scene(|office| {
        let id = office.applies(&hana(), &[TEN]);
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("/desk/applications/{id}"));
        let document = scraper::Html::parse_document(&clerk.page().body);
        let buttons = crate::visitor::all(&document, "button[name=to]");
        let hidden = crate::visitor::all(&document, "details:not([open]) button[name=to]");
        assert_eq!((buttons.len(), hidden.len()), (2, 2));
        let call = format!("/desk/calls/{id}");
        let cancels = |clerk: &mut Visitor, sure: &[(&str, &str)]| {
            clerk.get(&call);
            let typed = [("purpose", "cancel"), ("date", "2026-11-16"), ("time", "10:00")];
            clerk.answer(&[&typed[..], sure].concat());
            clerk.status()
        };
        assert_eq!(cancels(&mut clerk, &[]), 422);
        assert_eq!(office.application(id).course, Course::Received);
        assert_eq!(cancels(&mut clerk, &[("sure", "yes")]), 200);
        assert_eq!(office.application(id).course, Course::Withdrawn);
        // A session is cancelled as before: that can be undone.
        let booked = office.books(&taro(), TEN);
        clerk.get(&format!("/desk/calls/{booked}"));
        let typed = [("purpose", "cancel"), ("date", "2026-11-16"), ("time", "10:00")];
        clerk.answer(&typed);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
    });
}

#[test]
fn what_a_colleague_did_already_leads_on() {
    scene(|office| {
        let counsellor = office.counsellors[1];
        let leave = rules::schedule::Leave {
            from: "2026-11-24T00:00:00".parse().expect("a time"),
            to: "2026-11-25T00:00:00".parse().expect("a time"),
        };
        office.does(move |tx, context| schedule::add_leave(tx, context, counsellor, leave));
        let pages = [format!("/desk/counsellors/{counsellor}"), "/desk/closed-days".to_owned()];
        let mut first = Visitor::clerk(office, "manager");
        first.get(&pages[1]);
        first.post(&pages[1], &[("day", "2026-12-01"), ("note", "点検")]);
        for page in &pages {
            first.get(page);
            let mut second = first.clone();
            let forms = first.page().forms();
            let form = forms.iter().find(|form| form.action.ends_with("/remove")).expect("a form");
            for clerk in [&mut first, &mut second] {
                let mut fields = form.sent.clone();
                fields.retain(|(name, _)| name != "key");
                fields.push(("key".to_owned(), service::commands::fresh_key()));
                clerk.send(&form.action, &fields);
                assert_eq!(clerk.status(), 200, "{page}");
            }
        }
    });
}

#[test]
fn a_counsellor_is_tied_to_an_account_of_the_own_office() {
    scene(|office| {
        let (_, there, _) = office.neighbour();
        let counsellor = office.counsellors[1];
        let page = format!("/desk/counsellors/{counsellor}");
        let mut manager = Visitor::clerk(office, "manager");
        let mut chooses = |account: i64| {
            manager.get(&page);
            let forms = manager.page().forms();
            let form = forms.iter().find(|form| form.action == page).expect("the form");
            let mut fields = form.sent.clone();
            fields.retain(|(name, _)| name != "staff");
            fields.push(("staff".to_owned(), account.to_string()));
            manager.send(&page, &fields);
            assert_eq!(manager.status(), 200, "{}", manager.text());
            let every = office.does(schedule::every_counsellor);
            let found = every.into_iter().find(|(named, _)| named.rule.id == counsellor);
            found.expect("the counsellor").0.staff
        };
        assert_eq!(chooses(office.staff.counsellor), Some(office.staff.counsellor));
        assert_eq!(chooses(there.counsellor), None);
        assert_eq!(chooses(office.staff.coordinator), None, "who records no sessions holds none");
    });
}

#[test]
fn the_grid_marks_who_fits() {
    scene(|office| {
        let counsellor = office.counsellors[2];
        let id = office.applies(&taro(), &["2026-11-24T14:00:00"]);
        office.does(move |tx, context| {
            let every = schedule::every_counsellor(tx, context)?;
            let found = every.into_iter().find(|(named, _)| named.rule.id == counsellor);
            let (named, active) = found.expect("the counsellor");
            let skills = [rules::schedule::Skill::EasyJapanese].into();
            let (name, staff, hours) = (named.name, named.staff, named.rule.hours);
            let change = CounsellorChange { name, hours, skills, active, staff };
            schedule::change_counsellor(tx, context, counsellor, &change)
        });
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("/desk/applications/{id}"));
        let document = scraper::Html::parse_document(&clerk.page().body);
        let marked = crate::visitor::all(&document, "table.grid th .chip");
        // The first and the third counsellor speak plainly; nobody needs English here.
        assert_eq!(marked.len(), 2, "{}", clerk.text());
    });
}
