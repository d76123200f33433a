//! The life of a meeting: made after the confirmation, moved with the appointment, gone when it is
//! called off; never two, whatever is lost on the way (articles 2(1), 2(2), 9(6)).

use jiff::SignedDuration;
use rules::appointment::{Outcome, Standing, StopCause, What};
use rules::session::Channel;
use service::session;
use service::session::zoom::{PersonalLinks, Problem};
use zoom_stand_in::{Fault, Match, Plan};

use super::{Terms, Zoomed, at};
use crate::cast::{hana, maria, taro};
use crate::office::scene;
use crate::visitor::Visitor;

const START: &str = "2026-11-18T10:00:00";

fn on(method: &str, path_part: &str) -> Match {
    Match { method: method.to_owned(), path_part: path_part.to_owned() }
}

#[test]
fn article_2_2_a_confirmed_session_gets_a_meeting_and_a_link_of_its_own() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let id = office.books(&hana(), START);
        assert!(zoomed.view(id).ways.is_none());
        assert_eq!(zoomed.keeps(), 1);
        let meeting = zoomed.only();
        assert_eq!((meeting.start, meeting.minutes), (Some(at(START)), 30));
        assert_eq!(meeting.host, "host-1@example.jp");
        // Article 5(4): what the office designates is said, whatever the host usually has.
        for (name, expected) in [
            ("waiting_room", "true"),
            ("join_before_host", "false"),
            ("auto_recording", "\"none\""),
            ("auto_start_meeting_summary", "false"),
            ("email_notification", "false"),
            ("use_pmi", "false"),
        ] {
            assert_eq!(meeting.settings[name].to_string(), expected, "{name}");
        }
        let view = zoomed.view(id);
        assert!(view.problem.is_none() && view.overridden.is_empty());
        let ways = view.ways.expect("a way to join");
        assert_eq!(ways.meeting.map(|it| it.digits().to_owned()), Some(meeting.id.to_string()));
        // Nothing is left to do, and a second look does nothing.
        let asked = zoomed.zoom.received().len();
        assert_eq!(zoomed.keeps(), 0);
        office.does(move |tx, context| {
            let now = context.now;
            service::appointment::record(
                tx,
                context,
                id,
                rules::appointment::Fact { at: now, what: What::Called },
                None,
            )
        });
        assert_eq!((zoomed.keeps(), zoomed.zoom.received().len()), (1, asked));
        // The link comes in under the name that the office gave.
        office.clock("2026-11-18T09:55:00");
        let guest = zoomed.zoom.join(&zoomed.link(id), None).expect("the guest comes");
        zoomed.zoom.start_meeting(meeting.id).expect("it begins");
        zoomed.zoom.admit(guest).expect("the guest is let in");
        zoomed.hears();
        assert_eq!(zoomed.view(id).signs.arrived_at, Some(at("2026-11-18T09:55:00")));
    });
}

#[test]
fn the_join_page_shows_the_link_after_the_button_which_is_arrival() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let receipt = office.receives(&maria(), &[START]).expect("it is taken in");
        let id = receipt.id;
        office.decides_all(id);
        office.confirms(id, START, office.counsellors[0]).expect("it is confirmed");
        zoomed.keeps();
        office.clock("2026-11-18T09:50:00");
        let mut seeker = Visitor::of(office);
        seeker.moves_to(&zoomed.app);
        let link = format!("/link/{}", receipt.link.reveal().as_str());
        seeker.get(&link);
        seeker.post(&link, &[]);
        let own = zoomed.link(id);
        seeker.get("/join");
        assert!(!seeker.page().body.contains("/j/"), "{}", seeker.page().body);
        seeker.post("/join", &[]);
        assert_eq!(seeker.status(), 200, "{}", seeker.text());
        assert!(seeker.page().links().contains(&own), "{:?}", seeker.page().links());
        assert_eq!(office.standing(id), Standing::Present);
        // No way in as the host is anywhere.
        assert!(!seeker.page().body.contains("zak="));
        // With the meeting late, who comes is here all the same (article 2(4)).
        let mut clerk = Visitor::clerk(office, "counsellor");
        clerk.moves_to(&zoomed.app);
        clerk.get(&format!("/desk/sessions/{id}"));
        assert!(clerk.text().contains("Zoomを始める") && !clerk.page().body.contains("zak="));
        // While Zoom is away the page of the session says what to do instead.
        zoomed.zoom.fault(on("GET", "/meetings/"), 1, Fault::Status(503, String::new()));
        clerk.get(&format!("/desk/sessions/{id}/zoom"));
        assert_eq!((clerk.status(), clerk.page().path.starts_with("/desk/sessions/")), (200, true));
        assert!(clerk.text().contains("いまZoomにつながりません"), "{}", clerk.text());
        let begun = clerk.ask(axum::http::Method::GET, &format!("/desk/sessions/{id}/zoom"), None);
        assert_eq!(begun.status.as_u16(), 303);
        let address = begun.headers["location"].to_str().expect("an address");
        zoomed.zoom.start_by_url(address).expect("it begins by the address");
        office.clock("2026-11-18T11:51:00");
        assert!(zoomed.zoom.start_by_url(address).is_err(), "the address worked two hours");
    });
}

#[test]
fn article_2_4_who_comes_before_the_meeting_is_there_is_here() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let receipt = office.receives(&maria(), &[START]).expect("it is taken in");
        office.decides_all(receipt.id);
        office.confirms(receipt.id, START, office.counsellors[0]).expect("it is confirmed");
        zoomed.zoom.fault(on("POST", "/meetings"), 9, Fault::Status(503, String::new()));
        zoomed.keeps();
        office.clock("2026-11-18T10:05:00");
        let mut seeker = Visitor::of(office);
        seeker.moves_to(&zoomed.app);
        let link = format!("/link/{}", receipt.link.reveal().as_str());
        seeker.get(&link);
        seeker.post(&link, &[]);
        seeker.get("/join");
        seeker.post("/join", &[]);
        office.clock("2026-11-18T10:20:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(receipt.id), Standing::Present);
        let mut clerk = Visitor::clerk(office, "counsellor");
        clerk.moves_to(&zoomed.app);
        clerk.get("/desk/today");
        assert!(clerk.text().contains("参加リンク 準備中"), "{}", clerk.text());
        clerk.get(&format!("/desk/sessions/{}", receipt.id));
        assert!(clerk.text().contains("返事がありません"), "{}", clerk.text());
    });
}

#[test]
fn article_2_1_it_moves_with_the_appointment() {
    scene(|office| {
        let zoomed = Zoomed::with(office, Terms { hosts: 2, ..Terms::default() });
        let id = office.books(&hana(), START);
        zoomed.keeps();
        let before = zoomed.only();
        office.moves(id, "2026-11-19T14:00:00", office.counsellors[0]).expect("it is moved");
        zoomed.keeps();
        let after = zoomed.only();
        assert_eq!((after.id, after.start), (before.id, Some(at("2026-11-19T14:00:00"))));
        // The first host has another session then: the second one holds it, in another meeting.
        let other = office.applies(&taro(), &["2026-11-20T10:00:00"]);
        office.decides_all(other);
        office.confirms(other, "2026-11-20T10:00:00", office.counsellors[1]).expect("confirmed");
        zoomed.keeps();
        let held =
            zoomed.there().into_iter().find(|it| it.start == Some(at("2026-11-20T10:00:00")));
        let busy = held.expect("a meeting").host;
        office.moves(id, "2026-11-20T10:00:00", office.counsellors[0]).expect("it is moved");
        zoomed.keeps();
        let there = zoomed.there();
        assert_eq!(there.len(), 2, "{there:?}");
        let hosts: std::collections::BTreeSet<_> = there.iter().map(|it| it.host.clone()).collect();
        assert!(hosts.len() == 2 && hosts.contains(&busy), "{hosts:?}");
    });
}

#[test]
fn articles_2_4_and_9_6_it_ends_with_the_session() {
    type Ends = fn(&crate::office::Office, i64);
    let check = |name: &str, ends: Ends, clock: &'static str, stays: bool| {
        scene(|office| {
            let zoomed = Zoomed::open(office);
            let id = office.books(&hana(), START);
            zoomed.keeps();
            let meeting = zoomed.only();
            office.clock("2026-11-18T09:58:00");
            zoomed.zoom.start_meeting(meeting.id).expect("it begins");
            office.clock(clock);
            ends(office, id);
            office.turns_the_minute_hand();
            zoomed.keeps();
            assert_eq!(zoomed.there().len(), usize::from(stays), "{name}");
            assert_eq!(zoomed.zoom.present(meeting.id), usize::from(stays), "{name}");
        });
    };
    let stop: Ends = |office, id| office.stops(id, StopCause::Failure).expect("it is stopped");
    check("stopped", stop, "2026-11-18T10:05:00", false);
    let silent: Ends = |_, _| {};
    check("deemed cancelled", silent, "2026-11-18T10:10:01", false);
    check("not yet", silent, "2026-11-18T10:09:59", true);
    let held: Ends = |office, id| {
        office.records(id, What::Arrived, "2026-11-18T10:00:00").expect("here");
        office.ends(id, Outcome::Held, [None, None]).expect("held");
    };
    // Nobody is cut off in mid-talk by a record.
    check("held", held, "2026-11-18T10:20:00", true);
    check("held, and two hours have passed", held, "2026-11-18T12:30:00", false);
}

#[test]
fn a_lost_answer_makes_no_second_meeting() {
    let check = |fault: Fault, made: usize| {
        scene(|office| {
            let zoomed = Zoomed::open(office);
            let id = office.books(&hana(), START);
            zoomed.zoom.fault(on("POST", "/meetings"), 1, fault.clone());
            zoomed.keeps();
            assert_eq!(zoomed.there().len(), made, "{fault:?}");
            assert_eq!(zoomed.view(id).problem.map(|it| it.0), Some(Problem::Unanswered));
            office.app.clock.advance(SignedDuration::from_mins(2));
            zoomed.keeps();
            assert_eq!(zoomed.there().len(), 1, "{fault:?}");
            assert_eq!(zoomed.asked("POST", "/meetings"), 3 - made, "{fault:?}");
            assert!(zoomed.view(id).ways.is_some(), "{fault:?}");
            assert!(zoomed.view(id).problem.is_none(), "{fault:?}");
        });
    };
    for fault in [Fault::LostAfter, Fault::Xml, Fault::Empty, Fault::Truncated, Fault::Html] {
        check(fault, 1);
    }
    for fault in [Fault::LostBefore, Fault::Status(500, String::new())] {
        check(fault, 0);
    }
}

#[test]
fn a_hundred_a_day_are_never_passed_and_the_confirmation_stands() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        // What others made by hand, the ledger cannot know; what it knows, it keeps to.
        office.does(|tx, context| {
            let day = rules::session::zoom::budget_day(context.now).to_string();
            let spent = service::store::Sql::unregistered(
                "insert into zoom_spent (host, day, spent) select id, $1, 80 from zoom_hosts",
            );
            tx.execute(spent, service::params![day])?;
            Ok(())
        });
        let id = office.books(&hana(), START);
        zoomed.keeps();
        assert_eq!(zoomed.there().len(), 0);
        assert_eq!(zoomed.view(id).problem.map(|it| it.0), Some(Problem::Quota));
        assert_eq!(office.standing(id), Standing::Waiting);
        // A session of the same day reaches into what is kept for it.
        let today = office.applies(&taro(), &["2026-11-17T14:00:00"]);
        office.decides_all(today);
        office
            .confirms_today(today, "2026-11-16T14:00:00", office.counsellors[2])
            .expect("it is confirmed");
        zoomed.keeps();
        assert!(zoomed.view(today).ways.is_some());
        // At nine in Tokyo another day begins.
        office.clock("2026-11-17T09:00:00");
        zoomed.keeps();
        assert!(zoomed.view(id).ways.is_some(), "{:?}", zoomed.view(id).problem);
    });
}

#[test]
fn a_host_holds_one_meeting_at_a_time_and_two_where_the_plan_allows() {
    let check = |plan: Plan, ready: usize| {
        scene(|office| {
            let zoomed = Zoomed::with(office, Terms { plan, ..Terms::default() });
            let ids: Vec<i64> = [(hana(), 0), (taro(), 1)]
                .into_iter()
                .map(|(person, which)| {
                    let id = office.applies(&person, &[START]);
                    office.decides_all(id);
                    office.confirms(id, START, office.counsellors[which]).expect("confirmed");
                    id
                })
                .collect();
            zoomed.keeps();
            let have = ids.iter().filter(|id| zoomed.view(**id).ways.is_some()).count();
            assert_eq!(have, ready, "{plan:?}");
            if ready == 1 {
                let late = ids.iter().find_map(|id| zoomed.view(*id).problem);
                assert_eq!(late.map(|it| it.0), Some(Problem::HostsBusy));
                // The other one is called off: the host is free, and the link follows.
                let first = ids.iter().find(|id| zoomed.view(**id).ways.is_some()).expect("one");
                office.stops(*first, StopCause::Failure).expect("it is stopped");
                zoomed.keeps();
                office.app.clock.advance(SignedDuration::from_mins(2));
                zoomed.keeps();
                let have = ids.iter().filter(|id| zoomed.view(**id).ways.is_some()).count();
                assert_eq!((have, zoomed.there().len()), (1, 1));
            }
        });
    };
    check(Plan::Pro, 1);
    check(Plan::Business, 2);
}

#[test]
fn it_goes_on_elsewhere_and_comes_back_behind_the_same_link() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let id = office.books(&hana(), START);
        zoomed.keeps();
        office.clock("2026-11-18T09:58:00");
        let first = zoomed.only().id;
        let moves = |to: Channel| {
            office.does(move |tx, context| session::move_to(tx, context, id, to).map(|_| ()));
            zoomed.keeps();
        };
        for elsewhere in [Channel::Room, Channel::ByHand, Channel::Telephone] {
            moves(elsewhere);
            assert_eq!(zoomed.there().len(), 0, "{elsewhere:?}");
            moves(Channel::Zoom);
            assert_ne!(zoomed.only().id, first, "{elsewhere:?}");
            assert!(zoomed.view(id).ways.is_some());
        }
    });
}

#[test]
fn registration_gives_a_link_and_a_number_to_each() {
    scene(|office| {
        let links = PersonalLinks::Registrants("zoom.example.jp".to_owned());
        let zoomed = Zoomed::with(office, Terms { links, ..Terms::default() });
        let id = office.books(&hana(), START);
        zoomed.keeps();
        let meeting = zoomed.only();
        assert_eq!(meeting.settings["approval_type"], 1);
        assert_eq!(meeting.settings["registrants_confirmation_email"], false);
        office.clock("2026-11-18T09:58:00");
        zoomed.zoom.start_meeting(meeting.id).expect("it begins");
        // Under another name: the number says who it is, and the name that it is a wrong one.
        let guest = zoomed.zoom.join(&zoomed.link(id), Some("iPhone")).expect("the guest comes");
        zoomed.hears();
        assert_eq!(zoomed.view(id).signs.wrong_name_at, Some(at("2026-11-18T09:58:00")));
        assert!(zoomed.zoom.join(&zoomed.link(id), None).is_err(), "it is for one");
        zoomed.zoom.leave(guest);
        zoomed.zoom.join(&zoomed.link(id), None).expect("and works again");
    });
}

#[test]
fn what_the_account_holds_otherwise_is_told() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        zoomed.zoom.lock("recording.auto_recording", "cloud".into());
        let id = office.books(&hana(), START);
        zoomed.keeps();
        assert_eq!(zoomed.view(id).overridden, ["auto_recording"]);
        let mut clerk = Visitor::clerk(office, "counsellor");
        clerk.moves_to(&zoomed.app);
        clerk.get(&format!("/desk/sessions/{id}"));
        assert!(clerk.text().contains("auto_recording"), "{}", clerk.text());
    });
}

#[test]
fn two_nodes_make_one_meeting_for_each_session() {
    scene(|office| {
        if !office.is_postgres() {
            return;
        }
        let zoomed = Zoomed::with(office, Terms { hosts: 3, ..Terms::default() });
        let days = ["18", "19", "20", "24", "25"];
        let ids: Vec<i64> = days
            .iter()
            .map(|day| office.books(&hana(), &format!("2026-11-{day}T10:00:00")))
            .collect();
        let mut second = office.second_node();
        second.zoom = zoomed.app.zoom.clone();
        std::thread::scope(|scope| {
            for app in [&zoomed.app, &second] {
                scope.spawn(|| service::session::zoom::keep_due(app).expect("looked after"));
            }
        });
        assert_eq!(zoomed.there().len(), ids.len());
        assert!(ids.iter().all(|id| zoomed.view(*id).ways.is_some()));
        second.store.close();
    });
}

#[test]
fn a_host_who_is_no_user_any_more_is_left_alone() {
    scene(|office| {
        let zoomed = Zoomed::with(office, Terms { hosts: 2, ..Terms::default() });
        office.alters("update zoom_hosts set zoom_user = 'gone@example.jp' where id = 1");
        let id = office.books(&hana(), START);
        zoomed.keeps();
        assert_eq!(zoomed.only().host, "host-2@example.jp");
        assert!(zoomed.view(id).ways.is_some());
    });
}
