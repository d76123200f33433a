//! Messages of Zoom's over HTTP: who may tell, and what it means however it comes (articles 2(3),
//! 2(4), 5(4)).

use aws_lc_rs::hmac;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use rules::appointment::{Standing, What};
use rules::session::Channel;
use service::app::App;
use service::session::zoom::{self, PersonalLinks, Zoom};
use service::store::{Sql, params};
use service::web::routes;
use service::zoom::{Account, Client, Secret};
use tower::ServiceExt;

use crate::cast::hana;
use crate::office::{Office, at, runtime, scene};

const START: &str = "2026-11-18T10:00:00";
const MEETING: i64 = 84_712_639_219;
pub(super) const SECRET: &str = "the webhook's secret";

/// A program with an account in Zoom that nobody can be asked about.
fn with_account(office: &Office) -> App {
    let account = Account {
        account_id: "account".to_owned(),
        client_id: "client".to_owned(),
        client_secret: Secret::new("secret"),
        oauth_url: "http://127.0.0.1:9".to_owned(),
    };
    office.app.clone().with_zoom(Zoom {
        client: Client::new(account, office.app.clock.clone()).expect("a client"),
        personal_links: PersonalLinks::InviteLinks,
        webhook_secrets: vec![Secret::new(SECRET)],
    })
}

/// A session whose meeting was made.
pub(super) fn with_meeting(office: &Office) -> (i64, App) {
    office.decides(|practice| practice.meetings = Channel::Zoom);
    let id = office.books(&hana(), START);
    office.does(move |tx, context| {
        let host = zoom::NewHost { zoom_user: "host-1@example.jp".to_owned(), at_once: 1 };
        zoom::add_host(tx, context.office.id, &host, context.now)?;
        let sealed = context.keys.seal(
            service::secrets::Purpose::Personal,
            "zoom_meetings/test.marker",
            br#"{"passcode":"0123456789","links":{},"registrants":{}}"#,
        );
        let made = Sql::unregistered(
            "insert into zoom_meetings (application, office, host, marker, state, asked_at,
                 meeting, start_at, minutes, sealed, overridden)
             select $1, $2, h.id, 'test.marker', 'made', $3, $4, p.start_at, p.minutes, $5, ''
             from zoom_hosts h, appointments p where p.application = $1",
        );
        tx.execute(made, params![id, context.office.id, context.now, MEETING, sealed])?;
        Ok(())
    });
    (id, with_account(office))
}

/// One of Zoom's messages: event, who (name, coming), and when.
pub(super) fn message(event: &str, who: Option<(&str, &str)>, then: &str) -> String {
    let then = at(then);
    let sent = then.as_millisecond() + 900;
    let participant = who.map_or_else(String::new, |(name, person)| {
        format!(
            ",\"participant\":{{\"user_name\":\"{name}\",\"user_id\":\"{person}\",\
             \"participant_uuid\":\"{person}\",\"email\":\"secret@example.jp\",\
             \"id\":\"{}\",\"join_time\":\"{then}\",\"leave_time\":\"{then}\",\
             \"date_time\":\"{then}\"}}",
            if name == "host" { "H1" } else { "" }
        )
    });
    format!(
        "{{\"event\":\"{event}\",\"event_ts\":{sent},\"payload\":{{\"account_id\":\"account\",\
         \"object\":{{\"id\":\"{MEETING}\",\"uuid\":\"gs/+Q==\",\"host_id\":\"H1\",\
         \"start_time\":\"{then}\"{participant}}}}}}}"
    )
}

/// Sends a message that was signed at `signed`.
pub(super) fn send(app: &App, body: &str, secret: &str, signed: Timestamp) -> (StatusCode, String) {
    let time = signed.as_second();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("v0:{time}:{body}").as_bytes());
    let hex: String = tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect();
    let request = Request::post("/zoom/events")
        .header("content-type", "application/json")
        .header("x-zm-request-timestamp", time)
        .header("x-zm-signature", format!("v0={hex}"))
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let site = routes::site(app.clone());
    runtime().block_on(async move {
        let (parts, body) = site.oneshot(request).await.expect("an answer").into_parts();
        let octets = body.collect().await.expect("a body").to_bytes();
        (parts.status, String::from_utf8_lossy(&octets).into_owned())
    })
}

/// A message of the stand-in's reaches the office.
pub(super) fn deliver(app: &App, zoom: &zoom_stand_in::StandIn, body: &[u8]) {
    let [(_, time), (_, signature)] = zoom.sign(body);
    let request = Request::post("/zoom/events")
        .header("content-type", "application/json")
        .header("x-zm-request-timestamp", time)
        .header("x-zm-signature", signature)
        .body(Body::from(body.to_vec()))
        .expect("a request");
    let site = routes::site(app.clone());
    let answer = runtime().block_on(site.oneshot(request)).expect("an answer");
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
}

fn tell(app: &App, body: &str) {
    let answer = send(app, body, SECRET, app.clock.now());
    assert_eq!(answer, (StatusCode::NO_CONTENT, String::new()), "{body}");
}

/// The facts that stand, in their order.
fn facts(office: &Office, id: i64) -> Vec<(What, Timestamp)> {
    let lines = office.facts(id);
    let mut standing: Vec<(What, Timestamp)> = lines
        .iter()
        .filter(|line| line.retracted.is_none())
        .map(|line| (line.what, line.at))
        .collect();
    standing.sort_unstable();
    standing
}

#[test]
fn only_zoom_tells() {
    scene(|office| {
        let (_, app) = with_meeting(office);
        office.clock("2026-11-18T10:00:00");
        let body = message("meeting.started", None, "2026-11-18T09:59:00");
        let now = app.clock.now();
        let check = |answer: (StatusCode, String), expected: u16| {
            assert_eq!(answer.0.as_u16(), expected, "{}", answer.1);
        };
        check(send(&app, &body, "another secret", now), 401);
        check(send(&app, &body, SECRET, now - SignedDuration::from_secs(301)), 401);
        check(send(&office.app, &body, SECRET, now), 404);
        let long = format!("{body}{}", " ".repeat(256 * 1024));
        check(send(&app, &long, SECRET, now), 413);
        assert_eq!(office.count("zoom_signs"), 0);
        check(send(&app, &body, SECRET, now), 204);
        check(send(&app, "no JSON", SECRET, now), 204);
        check(send(&app, "{\"event\":\"meeting.chat_message_sent\"}", SECRET, now), 204);
        assert_eq!(office.count("zoom_signs"), 1);
        // Who is at this address knows the secret.
        let asks = "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qg\"}}";
        let (status, proof) = send(&app, asks, SECRET, now);
        assert_eq!(status, StatusCode::OK);
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let tag = hmac::sign(&key, b"qg");
        let hex: String = tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect();
        let proof: serde_json::Value = serde_json::from_str(&proof).expect("JSON");
        assert_eq!((&proof["plainToken"], &proof["encryptedToken"]), (&"qg".into(), &hex.into()));
    });
}

#[test]
fn article_2_4_seven_hundred_and_twenty_orders_come_to_the_same_facts() {
    scene(|office| {
        let (id, app) = with_meeting(office);
        let alias = office.session(id).alias.reveal().to_owned();
        let six = [
            message("meeting.started", None, "2026-11-18T09:58:00"),
            message("meeting.participant_joined", Some(("host", "s")), "2026-11-18T09:58:01"),
            message(
                "meeting.participant_joined_waiting_room",
                Some(("iPhone", "a")),
                "2026-11-18T10:01:00",
            ),
            message("meeting.participant_joined", Some((&alias, "b")), "2026-11-18T10:03:00"),
            message("meeting.participant_left", Some((&alias, "b")), "2026-11-18T10:11:00"),
            message("meeting.participant_joined", Some((&alias, "b")), "2026-11-18T10:12:00"),
        ];
        office.clock("2026-11-18T10:13:00");
        let expected = vec![
            (What::Arrived, at("2026-11-18T10:03:00")),
            (What::WrongName, at("2026-11-18T10:01:00")),
        ];
        // Each order is played in two halves, with everything read in between.
        let mut orders = 0;
        permute(&mut [0, 1, 2, 3, 4, 5], 0, &mut |order| {
            orders += 1;
            for (place, index) in order.iter().enumerate() {
                tell(&app, &six[*index]);
                if place == orders % 6 {
                    zoom::read_due(&app).expect("signs are read");
                }
            }
            zoom::read_due(&app).expect("signs are read");
            assert_eq!(facts(office, id), expected, "{order:?}");
            let met = office.does(move |tx, context| zoom::signs_of(tx, context, id));
            assert_eq!(met.met_at, Some(at("2026-11-18T10:03:00")), "{order:?}");
            office.alters("delete from facts;delete from zoom_signs");
        });
        assert_eq!(orders, 720);
    });
}

fn permute(of: &mut [usize; 6], from: usize, play: &mut impl FnMut(&[usize; 6])) {
    if from == of.len() {
        return play(of);
    }
    for place in from..of.len() {
        of.swap(from, place);
        permute(of, from + 1, play);
        of.swap(from, place);
    }
}

#[test]
fn told_a_hundred_times_it_happened_once() {
    scene(|office| {
        let (id, app) = with_meeting(office);
        let alias = office.session(id).alias.reveal().to_owned();
        office.clock("2026-11-18T10:02:00");
        let body =
            message("meeting.participant_joined", Some((&alias, "a")), "2026-11-18T10:01:00");
        for _ in 0..100 {
            tell(&app, &body);
            zoom::read_due(&app).expect("signs are read");
        }
        assert_eq!((office.count("zoom_signs"), office.facts(id).len()), (1, 1));
    });
}

#[test]
fn article_2_4_who_was_seen_in_time_is_not_deemed_absent_though_it_is_told_late() {
    scene(|office| {
        let (id, app) = with_meeting(office);
        let alias = office.session(id).alias.reveal().to_owned();
        office.clock("2026-11-18T10:10:00");
        // Told, and not read yet, when the limit falls.
        tell(
            &app,
            &message(
                "meeting.participant_joined_waiting_room",
                Some((&alias, "a")),
                "2026-11-18T10:09:30",
            ),
        );
        zoom::read_due(&app).expect("signs are read");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Present);
        // Told an hour and a half late (Zoom's last try): it undoes the deeming.
        office.undoes(id, What::Arrived, "別の方だった").expect("it is undone");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::DeemedCancelled);
        office.clock("2026-11-18T11:35:00");
        let late =
            message("meeting.participant_joined", Some((&alias, "b")), "2026-11-18T10:09:45");
        tell(&app, &late);
        zoom::read_due(&app).expect("signs are read");
        assert_eq!(office.standing(id), Standing::Present);
    });
}

#[test]
fn what_staff_undid_stays_undone() {
    scene(|office| {
        let (id, app) = with_meeting(office);
        office.clock("2026-11-18T10:05:00");
        let seen = |then: &str| message("meeting.participant_joined", Some(("iPad", "a")), then);
        tell(&app, &seen("2026-11-18T10:02:00"));
        zoom::read_due(&app).expect("signs are read");
        assert_eq!(facts(office, id), [(What::WrongName, at("2026-11-18T10:02:00"))]);
        office.undoes(id, What::WrongName, "付き添いの方の端末だった").expect("it is undone");
        tell(&app, &seen("2026-11-18T10:01:00"));
        zoom::read_due(&app).expect("signs are read");
        assert_eq!(facts(office, id), []);
        // Somebody comes afterwards.
        tell(&app, &seen("2026-11-18T10:04:00"));
        zoom::read_due(&app).expect("signs are read");
        assert_eq!(facts(office, id), [(What::WrongName, at("2026-11-18T10:04:00"))]);
    });
}

#[test]
fn article_2_3_names_are_compared_and_gone() {
    scene(|office| {
        let (id, app) = with_meeting(office);
        office.clock("2026-11-18T10:05:00");
        let name = hana().name;
        let seen = Some((name.as_str(), "a"));
        tell(&app, &message("meeting.participant_joined", seen, "2026-11-18T10:02:00"));
        zoom::read_due(&app).expect("signs are read");
        let signs = office.does(move |tx, context| zoom::signs_of(tx, context, id));
        assert_eq!(signs.real_name_at, Some(at("2026-11-18T10:02:00")));
        const NAMES: Sql =
            Sql::unregistered("select count(*) from zoom_signs where sealed_name is not null");
        assert_eq!(office.rows(NAMES, Vec::new(), |row| row.int(0)), [0]);
        // The desk is told, with what to do about it.
        let mut clerk = crate::visitor::Visitor::clerk(office, "counsellor");
        clerk.moves_to(&app);
        clerk.get("/desk/today");
        assert!(clerk.text().contains("実名のような表示名"), "{}", clerk.text());
        clerk.get(&format!("/desk/sessions/{id}"));
        assert!(clerk.text().contains("名前の変更"), "{}", clerk.text());
    });
}

#[test]
fn signs_of_unknown_meetings_wait_for_our_own_commit_and_are_forgotten_then() {
    scene(|office| {
        office.decides(|practice| practice.meetings = Channel::Zoom);
        let app = with_account(office);
        office.clock("2026-11-18T10:00:00");
        tell(&app, &message("meeting.started", None, "2026-11-18T09:59:00"));
        zoom::read_due(&app).expect("signs are read");
        assert_eq!(office.count("zoom_signs"), 1);
        office.clock("2026-11-18T11:00:01");
        zoom::read_due(&app).expect("signs are read");
        assert_eq!(office.count("zoom_signs"), 0);
    });
}

#[test]
fn article_2_1_who_is_seen_on_another_day_is_not_there_for_this_session() {
    scene(|office| {
        let (id, app) = with_meeting(office);
        office.clock("2026-11-17T15:00:00");
        let tried = Some(("試し", "a"));
        tell(&app, &message("meeting.participant_joined", tried, "2026-11-17T14:59:00"));
        office.clock("2026-11-18T08:59:00");
        tell(&app, &message("meeting.participant_joined", tried, "2026-11-18T08:58:00"));
        zoom::read_due(&app).expect("signs are read");
        assert_eq!(facts(office, id), []);
    });
}
