//! The built-in room over real sockets: waiting, being let in, messages between browsers, one node
//! or two (zoom-free counselling; articles 2(3), 2(4), 8(4), 8(5)).

mod browser;
mod figures;
mod limit;
mod watch;

use rules::session::room::{
    Closing, DescriptionKind, FromBrowser, Media, Refusal, SeatId, SeatRole, Stage, ToBrowser,
};
use rules::session::{Channel, Feature, Use};
use service::application;
use service::session::relay::Relays;
use service::session::{Stepped, socket};
use service::store::Sql;

use crate::cast::{hana, taro};
use crate::office::{Office, runtime, scene};
use crate::visitor::{Page, Visitor};
pub(crate) use browser::Node;
use browser::{Browser, Person, is_in, meets, waits};

const START: &str = "2026-11-18T10:00:00";
const DOOR: &str = "2026-11-18T09:50:00";

/// A session in the room whose door is open, and a node.
fn open_door(office: &Office) -> (i64, Node) {
    office.decides(|practice| practice.meetings = Channel::Room);
    let id = office.books(&hana(), START);
    office.clock(DOOR);
    (id, Node::open(&with_relay(office)))
}

fn with_relay(office: &Office) -> service::app::App {
    office.app.clone().with_relays(Relays::new(vec!["turn:127.0.0.1:3478".to_owned()], *b"x"))
}

/// The jobseeker and a counsellor in the call.
fn in_the_call(office: &Office, id: i64, nodes: [&Node; 2]) -> (Browser, Browser) {
    let mut person = Person::jobseeker(office, id).comes(nodes[0]);
    person.sees(waits);
    let mut staff = Person::staff(office, "counsellor", id).comes(nodes[1]);
    let view = staff.sees(|view| view.desk.as_ref().is_some_and(|it| !it.waiting.is_empty()));
    let seat = view.desk.expect("staff see the desk").waiting[0].seat;
    staff.says(&FromBrowser::Admit { seat });
    person.sees(meets);
    staff.sees(meets);
    (person, staff)
}

/// What follows from an order of the desk reaches the sockets.
fn carry(office: &Office, node: &Node, stepped: Stepped) {
    let at = office.context().office;
    browser::fault(runtime().block_on(socket::carry(&node.app, &at, stepped)));
}

/// The other one's socket, as this browser knows it.
fn peer(browser: &mut Browser) -> rules::session::room::ConnectionId {
    match browser.sees(meets).stage {
        Stage::Admitted { peers, .. } => peers[0].connection,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_told_before_somebody_is_let_in() {
    scene(|office| {
        let (id, node) = open_door(office);
        let alias = office.session(id).alias;
        let mut person = Person::jobseeker(office, id).comes(&node);
        let (before, state) = person.until(|message| matches!(message, ToBrowser::State(_)));
        assert!(before.is_empty(), "{before:?}");
        let ToBrowser::State(view) = state else { unreachable!("it was just looked at") };
        assert_eq!(view.you.name, alias.reveal());
        assert!(view.desk.is_none() && waits(&view) && !view.may_relay());
        // Arrival is contact (article 2(4)), though nobody of the office is there yet.
        assert!(office.facts(id).iter().any(|fact| fact.what == rules::appointment::What::Arrived));
        for message in [
            FromBrowser::Chat { text: "もしもし".to_owned() },
            FromBrowser::Admit { seat: SeatId(0) },
            FromBrowser::EndForAll {},
            FromBrowser::Caption { text: "x".to_owned() },
        ] {
            person.says(&message);
            let (told, refusal) = person.until(|it| matches!(it, ToBrowser::Refused { .. }));
            assert!(told.iter().all(|it| matches!(it, ToBrowser::State(_))), "{told:?}");
            let why = [Refusal::NotAdmitted, Refusal::StaffOnly];
            assert!(why.iter().any(|why| refusal == ToBrowser::Refused { why: *why }));
        }
        // Ten minutes after the start: who waits in the room is not deemed cancelled.
        office.clock("2026-11-18T10:20:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), rules::appointment::Standing::Present);
    });
}

#[test]
fn two_meet_and_the_relay_comes_first() {
    scene(|office| {
        let (id, node) = open_door(office);
        let mut person = Person::jobseeker(office, id).comes(&node);
        person.sees(waits);
        let mut staff = Person::staff(office, "counsellor", id).comes(&node);
        staff.sees(|view| view.desk.as_ref().is_some_and(|it| it.waiting.len() == 1));
        staff.says(&FromBrowser::Admit { seat: SeatId(0) });
        let (before, _) = person.until(|it| matches!(it, ToBrowser::State(view) if is_in(view)));
        let ice = before.iter().find_map(|message| match message {
            ToBrowser::Ice { servers, relay_only } => Some((servers.clone(), *relay_only)),
            _ => None,
        });
        let (servers, relay_only) = ice.expect("credentials come before the state");
        assert!(relay_only && servers.len() == 1 && servers[0].username.contains(':'));
        let (to_person, to_staff) = (peer(&mut staff), peer(&mut person));
        let sdp = format!("v=0\r\n{}", "a=candidate\r\n".repeat(600));
        let kind = DescriptionKind::Offer;
        // The side that answers may not offer.
        person.says(&FromBrowser::Description { to: to_staff, kind, sdp: sdp.clone() });
        person.until(|it| *it == ToBrowser::Refused { why: Refusal::WrongSide });
        staff.says(&FromBrowser::Description { to: to_person, kind, sdp: sdp.clone() });
        let (_, heard) = person.until(|it| matches!(it, ToBrowser::Description { .. }));
        assert_eq!(heard, ToBrowser::Description { from: to_staff, kind, sdp });
        person.says(&FromBrowser::Chat { text: "こんにちは".to_owned() });
        let (_, said) = staff.until(|it| matches!(it, ToBrowser::Chat { .. }));
        let name = office.session(id).alias.reveal().to_owned();
        assert!(matches!(said, ToBrowser::Chat { name: of, .. } if of == name));
        staff.says(&FromBrowser::EndForAll {});
        assert_eq!(person.is_closed(), Closing::Ended);
        assert_eq!(staff.is_closed(), Closing::Ended);
        let mut late = Person::jobseeker(office, id).comes(&node);
        assert_eq!(late.is_closed(), Closing::Ended);
    });
}

#[test]
fn a_reload_is_no_alarm_and_a_second_device_is() {
    scene(|office| {
        let (id, node) = open_door(office);
        let home = Person::jobseeker(office, id);
        let mut first = home.comes(&node);
        first.sees(waits);
        let mut staff = Person::staff(office, "counsellor", id).comes(&node);
        staff.sees(|view| view.desk.as_ref().is_some_and(|it| it.waiting.len() == 1));
        // The same browser: the old page goes, the new one waits since the first time.
        let mut again = home.comes(&node);
        assert_eq!(first.is_closed(), Closing::TakenOver);
        again.sees(waits);
        // Another browser with the same link (article 8(5)).
        let mut second = Person::jobseeker(office, id).comes(&node);
        second.sees(|view| matches!(view.stage, Stage::InUse { .. }));
        staff.sees(|view| view.desk.as_ref().is_some_and(|it| it.second_uses.len() == 1));
        let mut desk = Visitor::clerk(office, "coordinator");
        for page in [format!("/desk/sessions/{id}"), "/desk/today".to_owned()] {
            desk.get(&page);
            assert!(
                desk.text().contains("二つの端末") || desk.text().contains("二重使用"),
                "{page}"
            );
        }
        staff.says(&FromBrowser::TakeOver { seat: SeatId(0) });
        assert_eq!(again.is_closed(), Closing::TakenOver);
        second.sees(waits);
        second.goes();
        staff.sees(|view| view.desk.as_ref().is_some_and(|it| it.waiting.is_empty()));
    });
}

#[test]
fn a_session_moves_to_the_telephone_while_people_wait() {
    scene(|office| {
        let (id, node) = open_door(office);
        let mut person = Person::jobseeker(office, id).comes(&node);
        person.sees(waits);
        let stepped = office.does(move |tx, context| {
            service::session::move_to(tx, context, id, Channel::Telephone)
        });
        carry(office, &node, stepped);
        person.sees(|view| matches!(view.stage, Stage::Moved { channel: Channel::Telephone, .. }));
        let channel = office.does(move |tx, context| service::session::channel(tx, context, id));
        assert_eq!(channel, Channel::Telephone);
        // Who comes by the link now is told so by the page, and gets no socket.
        let late = Person::jobseeker(office, id).tries(&node, &format!("http://{}", node.at));
        assert_eq!(late.err(), Some(409));
    });
}

#[test]
fn sockets_are_for_our_own_pages_and_for_those_who_may() {
    scene(|office| {
        let other = office.books(&taro(), "2026-11-18T11:00:00");
        let (id, node) = open_door(office);
        let own = format!("http://{}", node.at);
        let person = Person::jobseeker(office, id);
        let check = |person: &Person, origin: &str, status: u16| {
            assert_eq!(person.tries(&node, origin).err(), Some(status), "{origin}");
        };
        check(&person, "https://evil.example", 403);
        check(&person, "null", 403);
        // A coordinator holds no sessions; an hour before its start the other door is shut.
        check(&Person::staff(office, "coordinator", id), &own, 403);
        check(&Person::staff(office, "counsellor", 999), &own, 404);
        check(&Person::jobseeker(office, other), &own, 409);
        assert!(person.tries(&node, &own).is_ok());
        // The site's own address counts too, when a proxy tells another host.
        assert!(person.tries(&node, &office.app.site.public_url).is_ok());
        // Nor does a token open anything that is made up, or another kind of token.
        for forged in ["", "x", &"A".repeat(43)] {
            check(&Person::participant(office, forged), &own, 410);
        }
        let visit = office.does(move |tx, context| application::begin(tx, id, context.now));
        check(&Person::participant(office, &visit.reveal()), &own, 410);
        // A visit that has ended opens nothing, nor does one that has run out.
        let seeker = person.by_another_visit(&visit);
        assert!(seeker.tries(&node, &own).is_ok());
        office.does(move |tx, context| application::end(tx, &context.office, &visit));
        check(&seeker, &own, 410);
        office.clock("2026-11-18T14:00:00");
        check(&person, &own, 410);
    });
}

/// The clock is set back, then forward: messages pass, nobody is taken for silent, and what was
/// waited for is still so.
#[test]
fn a_clock_that_jumps_does_no_harm() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        for (n, then) in (1..).zip(["2026-11-18T09:46:00", "2026-11-18T10:10:00", DOOR]) {
            office.clock(then);
            person.says(&FromBrowser::Ping { n });
            person.until(|it| matches!(it, ToBrowser::Pong { n: heard, .. } if *heard == n));
            staff.says(&FromBrowser::Chat { text: then.to_owned() });
            person.until(|it| matches!(it, ToBrowser::Chat { text, .. } if text == then));
        }
        assert!(meets(&person.sees(meets)));
    });
}

#[test]
fn malformed_huge_and_flooding_messages_hurt_nobody_else() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        for text in ["", "{", "[]", "{\"type\":\"ping\"}", "{\"type\":\"admit\",\"seat\":-1}"] {
            person.says_text(text);
            person.until(|it| *it == ToBrowser::Refused { why: Refusal::Unreadable });
        }
        person.says(&FromBrowser::Ping { n: 7 });
        person.until(|it| matches!(it, ToBrowser::Pong { n: 7, .. }));
        for n in 0..700 {
            person.says(&FromBrowser::Ping { n });
        }
        assert_eq!(person.is_closed(), Closing::Flooding);
        staff.says(&FromBrowser::Ping { n: 1 });
        staff.until(|it| matches!(it, ToBrowser::Pong { n: 1, .. }));
        // Longer than any message: the socket ends, the room goes on.
        let mut again = Person::jobseeker(office, id).comes(&node);
        again.says_text(&"x".repeat(200_000));
        while again.hears().is_some() {}
        staff.says(&FromBrowser::Ping { n: 2 });
        staff.until(|it| matches!(it, ToBrowser::Pong { n: 2, .. }));
    });
}

#[test]
fn two_nodes_carry_one_room_and_a_lost_one_takes_only_its_sockets() {
    scene(|office| {
        if !office.is_postgres() {
            return;
        }
        let (id, node) = open_door(office);
        let other = Node::open(&office.second_node());
        let (mut person, mut staff) = in_the_call(office, id, [&node, &other]);
        let (to_person, to_staff) = (peer(&mut staff), peer(&mut person));
        let sdp = format!("v=0\r\n{}", "a=会議\r\n".repeat(2_000));
        let kind = DescriptionKind::Offer;
        staff.says(&FromBrowser::Description { to: to_person, kind, sdp: sdp.clone() });
        let (_, heard) = person.until(|it| matches!(it, ToBrowser::Description { .. }));
        assert_eq!(heard, ToBrowser::Description { from: to_staff, kind, sdp });
        // The staff's node dies without a word; the other finds out, and the person stays.
        let lost = other.app.rooms.node();
        other.app.store.close();
        drop(other);
        drop(staff);
        office.loses(lost, &node);
        person.sees(|view| is_in(view) && !meets(view));
        let mut back = Person::staff(office, "counsellor", id).comes(&node);
        back.sees(meets);
        person.sees(meets);
    });
}

#[test]
fn article_5_4_the_office_designates_the_functions() {
    scene(|office| {
        office.decides(|practice| {
            practice.features = [(Feature::Chat, Use::Nobody), (Feature::Camera, Use::StaffOnly)]
                .into_iter()
                .collect();
        });
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        let camera = Media { camera: true, microphone: true, screen: false };
        person.says(&FromBrowser::Media(camera));
        person.until(|it| *it == ToBrowser::Refused { why: Refusal::NotDesignated });
        staff.says(&FromBrowser::Chat { text: "はい".to_owned() });
        staff.until(|it| *it == ToBrowser::Refused { why: Refusal::ChatClosed });
        assert!(!person.sees(meets).you.may.camera && staff.sees(meets).you.may.camera);
        // The browser is told too: no page of ours could switch it on.
        let visit = office.does(move |tx, context| application::begin(tx, id, context.now));
        let mut seeker = Visitor::of(office);
        seeker.get("/");
        seeker.keep("madoguchi-visit", &visit.reveal());
        let mut clerk = Visitor::clerk(office, "counsellor");
        let policy = |page: &Page| page.headers["permissions-policy"].to_str().unwrap().to_owned();
        let guests = policy(seeker.get("/join/room"));
        assert!(guests.starts_with("camera=(), microphone=(self), display-capture=(), "));
        let room = format!("/desk/sessions/{id}/room");
        let staffs = policy(clerk.get(&room));
        assert!(staffs.starts_with("camera=(self), microphone=(self), display-capture=(self), "));
        seeker.get("/join?lang=en");
        assert!(seeker.text().contains("ChatNot available"), "{}", seeker.text());
    });
}

#[test]
fn article_5_1_how_the_line_was_is_in_the_usage_record() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        let report = rules::session::Report {
            audio_seconds: 15,
            video_seconds: 15,
            round_trip_ms: Some(20),
            lost_permille: Some(0),
            route: Some(rules::session::Route::Relay),
            restarts: 0,
        };
        person.says(&FromBrowser::Quality(report));
        person.says(&FromBrowser::Ping { n: 9 });
        person.until(|it| matches!(it, ToBrowser::Pong { n: 9, .. }));
        staff.says(&FromBrowser::EndForAll {});
        assert_eq!(person.is_closed(), Closing::Ended);
        office.clock("2026-11-18T10:31:00");
        let held = rules::appointment::Outcome::Held;
        office.ends(id, held, [Some(START), Some("2026-11-18T10:30:00")]).expect("it is recorded");
        office.carries_out();
        let question = Sql::unregistered("select quality from usage_records");
        let kept = office.rows(question, Vec::new(), |row| row.opt_text(0));
        assert_eq!(kept, [Some("good".to_owned())]);
    });
}

#[test]
fn article_8_5_who_is_no_longer_asked_along_is_put_out() {
    scene(|office| {
        let (id, node) = open_door(office);
        let clerk = office.staff.counsellor;
        let invited = office.does(move |tx, context| {
            service::session::invite(tx, context, id, SeatRole::Interpreter, clerk)?;
            service::session::participants(tx, context, id)
        });
        let (one, address) = &invited[0];
        let link = address.rsplit('/').next().expect("an address").to_owned();
        let mut interpreter = Person::participant(office, &link).comes(&node);
        interpreter.sees(waits);
        let number = one.id;
        let stepped =
            office.does(move |tx, context| service::session::uninvite(tx, context, (id, number)));
        carry(office, &node, stepped);
        assert_eq!(interpreter.is_closed(), Closing::Removed);
        let again = Person::participant(office, &link).tries(&node, &format!("http://{}", node.at));
        assert_eq!(again.err(), Some(410));
    });
}
