//! Every address of the product, and who may use it.

use axum::http::{Method, StatusCode};
use rules::appointment::StopCause;
use rules::people::{Act, Role};
use service::secrets::Token;

use crate::cast::{hana, maria, taro};
use crate::disclosures::discloses;
use crate::office::{Office, PASSWORD, SLUG, scene};
use crate::retention::lists_a_report;
use crate::visitor::Visitor;

/// For whom an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// Everybody.
    All,
    /// A jobseeker in the middle of an application.
    Applicant,
    /// A jobseeker who came by a link.
    Seeker,
    /// Staff of any role.
    Staff,
    /// Staff who may do one of these.
    Who(&'static [Act]),
}

const SESSIONS: For = For::Who(&[Act::RecordCall, Act::RecordSession]);
const DAYS: For = For::Who(&[Act::ConfirmAppointment, Act::RecordSession, Act::ManageCounsellors]);
const JOINING: For = For::Who(&[Act::ConfirmAppointment, Act::RecordSession]);
const GROUPS: For = For::Who(&[Act::PlanGroups, Act::RecordArrival, Act::RecordSession]);
const SHARING: For = For::Who(&[Act::ReadSharings, Act::KeepPartners]);
const READING: For = For::Who(&[Act::ReadDisclosures]);
const RETAINING: For = For::Who(&[Act::ReadRetention]);
const KEEPING: For = For::Who(&[Act::KeepDisclosures]);

const fn who(act: &'static [Act; 1]) -> For {
    For::Who(act)
}

pub(crate) const GETS: [(&str, For); 81] = [
    ("/healthz", For::All),
    ("/", For::All),
    ("/offices/{office}", For::All),
    ("/offices/{office}/terms", For::All),
    ("/offices/{office}/terms/{version}", For::All),
    ("/offices/{office}/terms/{version}/since/{earlier}", For::All),
    ("/link/{token}", For::All),
    ("/offices/{office}/apply", For::Applicant),
    ("/offices/{office}/apply/{step}", For::Applicant),
    ("/offices/{office}/apply/check", For::Applicant),
    ("/offices/{office}/apply/wishes/{rank}", For::Applicant),
    ("/status", For::Seeker),
    ("/status/received", For::Seeker),
    ("/status/calendar.ics", For::Seeker),
    ("/status/wishes", For::Seeker),
    ("/status/wishes/length", For::Seeker),
    ("/status/wishes/{rank}", For::Seeker),
    ("/status/withdraw", For::Seeker),
    ("/status/cancel", For::Seeker),
    ("/status/objection", For::Seeker),
    ("/desk/sign-in", For::All),
    ("/desk", For::Staff),
    ("/desk/enter", who(&[Act::EnterApplication])),
    ("/desk/applications/{id}", who(&[Act::ReadApplications])),
    ("/desk/days", DAYS),
    ("/desk/counsellors", who(&[Act::ManageCounsellors])),
    ("/desk/counsellors/new", who(&[Act::ManageCounsellors])),
    ("/desk/counsellors/{counsellor}", who(&[Act::ManageCounsellors])),
    ("/desk/closed-days", who(&[Act::ManageOffice])),
    ("/desk/today", SESSIONS),
    ("/desk/today/events", SESSIONS),
    ("/desk/sessions/{id}", SESSIONS),
    ("/desk/sessions/{id}/move", who(&[Act::ConfirmAppointment])),
    ("/desk/sessions/{id}/incident", who(&[Act::RecordIncident])),
    ("/desk/sessions/{id}/sharing", who(&[Act::ReadSharings])),
    ("/desk/conduct", who(&[Act::ReadConduct])),
    ("/desk/conduct/{id}", who(&[Act::ReadConduct])),
    ("/desk/stops", who(&[Act::StopService])),
    ("/desk/stops/{stop}", who(&[Act::StopService])),
    ("/desk/calls", who(&[Act::RecordCall])),
    ("/desk/calls/{id}", who(&[Act::RecordCall])),
    ("/desk/groups", GROUPS),
    ("/desk/groups/new", who(&[Act::PlanGroups])),
    ("/desk/groups/{group}", GROUPS),
    ("/desk/groups/{group}/change", who(&[Act::PlanGroups])),
    ("/desk/groups/{group}/print", GROUPS),
    ("/desk/letters", who(&[Act::ReadLetters])),
    ("/desk/letters/{letter}/print", who(&[Act::ReadLetters])),
    ("/desk/letters/{letter}/read-aloud", who(&[Act::ReadLetters])),
    ("/desk/statistics", who(&[Act::ReadStatistics])),
    ("/desk/statistics/public", who(&[Act::ReadStatistics])),
    ("/desk/disclosures", READING),
    ("/desk/disclosures/new", KEEPING),
    ("/desk/disclosures/own", KEEPING),
    ("/desk/disclosures/own/{own}", KEEPING),
    ("/desk/disclosures/own/{own}/file", KEEPING),
    ("/desk/disclosures/{disclosure}", READING),
    ("/desk/disclosures/{disclosure}/print", READING),
    ("/desk/disclosures/{disclosure}/change", KEEPING),
    ("/desk/disclosures/{disclosure}/files/{prepared}", KEEPING),
    ("/desk/retention", RETAINING),
    ("/desk/retention/{batch}", RETAINING),
    ("/desk/retention/{batch}/list", RETAINING),
    ("/desk/retention/{batch}/certificate", RETAINING),
    ("/desk/sharing", SHARING),
    ("/desk/sessions/{id}/zoom", who(&[Act::RecordSession])),
    ("/desk/sessions/{id}/room", who(&[Act::RecordSession])),
    ("/desk/sessions/{id}/room/socket", who(&[Act::RecordSession])),
    ("/join", For::Seeker),
    ("/join/room", For::Seeker),
    ("/join/socket", For::Seeker),
    ("/check-device", For::Seeker),
    ("/check-device/echo", For::Seeker),
    ("/check-device/speed", For::Seeker),
    ("/check-device/done", For::Seeker),
    ("/take-part", For::All),
    ("/take-part/link/{token}", For::All),
    ("/take-part/room", For::All),
    ("/take-part/socket", For::All),
    ("/assets/{file}", For::All),
    ("/assets/{folder}/{file}", For::All),
];

pub(crate) const POSTS: [(&str, For); 89] = [
    ("/link/{token}", For::All),
    ("/offices/{office}/apply", For::All),
    ("/offices/{office}/apply/{step}", For::Applicant),
    ("/offices/{office}/apply/check", For::Applicant),
    ("/offices/{office}/apply/wishes/{rank}", For::Applicant),
    ("/offices/{office}/apply/wishes/remove", For::Applicant),
    ("/status/proposal", For::Seeker),
    ("/status/wishes", For::Seeker),
    ("/status/wishes/start", For::Seeker),
    ("/status/wishes/remove", For::Seeker),
    ("/status/wishes/length", For::Seeker),
    ("/status/wishes/{rank}", For::Seeker),
    ("/status/sharing", For::Seeker),
    ("/status/withdraw", For::Seeker),
    ("/status/cancel", For::Seeker),
    ("/status/objection", For::Seeker),
    ("/status/leave", For::Seeker),
    ("/desk/sign-in", For::All),
    ("/desk/sign-out", For::All),
    ("/desk/duties/{duty}/again", who(&[Act::RetryDuty])),
    ("/desk/duties/{duty}/done", who(&[Act::ConfirmAppointment])),
    ("/desk/enter", who(&[Act::EnterApplication])),
    ("/desk/applications/{id}/conditions", who(&[Act::DecideApplication])),
    ("/desk/applications/{id}/kind", who(&[Act::DecideApplication])),
    ("/desk/applications/{id}/confirm", who(&[Act::ConfirmAppointment])),
    ("/desk/applications/{id}/seat", who(&[Act::ConfirmAppointment])),
    ("/desk/applications/{id}/propose", who(&[Act::ConfirmAppointment])),
    ("/desk/applications/{id}/decline", who(&[Act::DecideApplication])),
    ("/desk/applications/{id}/convert", who(&[Act::DecideApplication])),
    ("/desk/sessions/{id}/incident", who(&[Act::RecordIncident])),
    ("/desk/sharing/partners", who(&[Act::KeepPartners])),
    ("/desk/sharing/partners/{partner}/retire", who(&[Act::KeepPartners])),
    ("/desk/sessions/{id}/sharing", who(&[Act::RecordSharing])),
    ("/desk/sessions/{id}/sharing/{sharing}/{act}", who(&[Act::RecordSharing])),
    ("/desk/stops", who(&[Act::StopService])),
    ("/desk/stops/{stop}/lift", who(&[Act::StopService])),
    ("/desk/stops/{stop}/sessions", who(&[Act::StopService])),
    ("/desk/conduct/{id}/objections", who(&[Act::RecordCall])),
    ("/desk/conduct/{id}/{decision}", who(&[Act::DecideConduct])),
    ("/desk/counsellors", who(&[Act::ManageCounsellors])),
    ("/desk/counsellors/{counsellor}", who(&[Act::ManageCounsellors])),
    ("/desk/counsellors/{counsellor}/leave", who(&[Act::ManageCounsellors])),
    ("/desk/counsellors/{counsellor}/leave/{leave}/remove", who(&[Act::ManageCounsellors])),
    ("/desk/counsellors/{counsellor}/offices", who(&[Act::ChooseOffices])),
    ("/desk/counsellors/{counsellor}/offices/{served}/remove", who(&[Act::ChooseOffices])),
    ("/desk/closed-days", who(&[Act::ManageOffice])),
    ("/desk/closed-days/{day}/remove", who(&[Act::ManageOffice])),
    ("/desk/sessions/{id}/name", SESSIONS),
    ("/desk/sessions/{id}/facts", who(&[Act::RecordArrival])),
    ("/desk/sessions/{id}/facts/{fact}/retract", who(&[Act::RetractFact])),
    ("/desk/sessions/{id}/outcome", who(&[Act::RecordSession])),
    ("/desk/sessions/{id}/times", who(&[Act::RecordSession])),
    ("/desk/sessions/{id}/stop", who(&[Act::StopSession])),
    ("/desk/sessions/{id}/joining", JOINING),
    ("/desk/sessions/{id}/move", who(&[Act::ConfirmAppointment])),
    ("/desk/groups", who(&[Act::PlanGroups])),
    ("/desk/groups/{group}/change", who(&[Act::PlanGroups])),
    ("/desk/groups/{group}/joining", who(&[Act::PlanGroups])),
    ("/desk/groups/{group}/call-off", who(&[Act::PlanGroups])),
    ("/desk/groups/{group}/seat", who(&[Act::ConfirmAppointment])),
    ("/desk/groups/{group}/arrived", who(&[Act::RecordArrival])),
    ("/desk/groups/{group}/outcome", who(&[Act::RecordSession])),
    ("/desk/find", SESSIONS),
    ("/desk/calls/{id}", who(&[Act::RecordCall])),
    ("/desk/letters/{letter}/handed", who(&[Act::ReadLetters])),
    ("/desk/statistics/export", who(&[Act::ReadStatistics])),
    ("/desk/disclosures/new", KEEPING),
    ("/desk/disclosures/own", KEEPING),
    ("/desk/disclosures/holds", KEEPING),
    ("/desk/disclosures/holds/{hold}/extend", KEEPING),
    ("/desk/disclosures/holds/{hold}/lift", KEEPING),
    ("/desk/disclosures/{disclosure}/change", KEEPING),
    ("/desk/disclosures/{disclosure}/check", KEEPING),
    ("/desk/disclosures/{disclosure}/draft", KEEPING),
    ("/desk/disclosures/{disclosure}/approve", who(&[Act::ApproveDisclosure])),
    ("/desk/disclosures/{disclosure}/hand-over", KEEPING),
    ("/desk/disclosures/{disclosure}/lift", KEEPING),
    ("/desk/disclosures/{disclosure}/holds", KEEPING),
    ("/desk/disclosures/{disclosure}/files", KEEPING),
    ("/desk/retention", who(&[Act::ListRetention])),
    ("/desk/retention/{batch}/{decision}", who(&[Act::ApproveRetention])),
    ("/desk/sessions/{id}/channel", who(&[Act::RecordArrival])),
    ("/desk/sessions/{id}/participants", who(&[Act::RecordArrival])),
    ("/desk/sessions/{id}/participants/{participant}/end", who(&[Act::RecordArrival])),
    ("/join", For::Seeker),
    ("/check-device", For::Seeker),
    ("/check-device/ice", For::Seeker),
    ("/take-part", For::All),
    ("/take-part/link/{token}", For::All),
];

/// What fills the places of the addresses: one thing of each kind.
#[derive(Clone, Debug)]
pub(crate) struct Things {
    /// An application that waits, of somebody whose link is `token`.
    pub(crate) application: i64,
    /// A session that is to come.
    pub(crate) session: i64,
    pub(crate) fact: i64,
    pub(crate) duty: i64,
    pub(crate) letter: i64,
    pub(crate) counsellor: i64,
    /// A group session of which nobody has a seat yet.
    pub(crate) group: i64,
    /// A demand about the session's person, with a file and a hold, and a request of that person.
    pub(crate) disclosure: Disclosed,
    /// A batch of records that may be deleted.
    pub(crate) batch: i64,
    pub(crate) token: String,
}

/// What is kept in the registers of disclosures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Disclosed {
    pub(crate) id: i64,
    pub(crate) file: i64,
    pub(crate) hold: i64,
    pub(crate) own: i64,
}

/// Fills an office with one thing of each kind.
pub(crate) fn furnish(office: &Office) -> Things {
    let receipt = office.receives(&hana(), &["2026-11-25T10:00:00"]).expect("taken in");
    office.decides_all(receipt.id);
    let session = office.books(&taro(), "2026-11-24T10:00:00");
    let stopped = office.books(&maria(), "2026-11-24T11:00:00");
    office.stops(stopped, StopCause::Failure).expect("stopped");
    let called = rules::appointment::What::Called;
    office.records(session, called, crate::office::OPENING).expect("recorded");
    office.carries_out();
    let letters = office.does(move |tx, at| service::letters::letters_of(tx, at, session));
    Things {
        application: receipt.id,
        session,
        fact: office.facts(session)[0].id,
        duty: office.desk_line(stopped).expect("a new time is owed").id,
        letter: letters[0].id,
        counsellor: office.counsellors[0],
        group: office.plans(5),
        disclosure: discloses(office, session),
        batch: lists_a_report(office),
        token: receipt.link.reveal().to_string(),
    }
}

impl Things {
    /// The address with its places filled.
    pub(crate) fn fill(&self, template: &str) -> String {
        let of_application = template.starts_with("/desk/applications");
        let id = if of_application { self.application } else { self.session };
        template
            .replace("{office}", SLUG)
            .replace("{version}", "model-1")
            .replace("{earlier}", "model-1")
            .replace("{token}", &self.token)
            .replace("{step}", "identity")
            .replace("{rank}", "1")
            .replace("{id}", &id.to_string())
            .replace("{counsellor}", &self.counsellor.to_string())
            .replace("{duty}", &self.duty.to_string())
            .replace("{fact}", &self.fact.to_string())
            .replace("{letter}", &self.letter.to_string())
            .replace("{disclosure}", &self.disclosure.id.to_string())
            .replace("{prepared}", &self.disclosure.file.to_string())
            .replace("{hold}", &self.disclosure.hold.to_string())
            .replace("{own}", &self.disclosure.own.to_string())
            .replace("{batch}", &self.batch.to_string())
            .replace("{group}", &self.group.to_string())
            .replace("{leave}", "1")
            .replace("{participant}", "1")
            .replace("{folder}", "no-such-folder")
            .replace("{day}", "2026-12-01")
            .replace("{decision}", "end")
            .replace("{stop}", "999999")
            .replace("{partner}", "1")
            .replace("{sharing}", "1")
            .replace("{act}", "answer")
            .replace("{served}", "1")
            .replace("{file}", "no-such-file")
    }
}

/// Fields that every form of the product carries.
pub(crate) fn tokens(visitor: &Visitor) -> Vec<(String, String)> {
    vec![
        ("csrf".to_owned(), visitor.form_token()),
        ("key".to_owned(), Token::draw().reveal().to_string()),
    ]
}

pub(crate) fn body(fields: &[(String, String)]) -> Option<Vec<u8>> {
    Some(serde_urlencoded::to_string(fields).expect("a form's body").into_bytes())
}

#[test]
fn the_tables_name_every_route_of_the_product() {
    let source = include_str!("../../../src/web/routes.rs");
    let plain = |text: &str| {
        let mut kept = String::new();
        let mut depth = 0_u32;
        for sign in text.trim_end_matches('/').chars() {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ if depth > 0 => {}
                other => kept.push(other),
            }
        }
        kept
    };
    let named: Vec<String> =
        GETS.iter().chain(&POSTS).map(|(template, _)| plain(template)).collect();
    let mut count = 0;
    for part in source.split(".route(\"").skip(1) {
        let route = part.split('"').next().expect("a route");
        assert!(named.iter().any(|it| it.ends_with(&plain(route))), "{route} is in no table");
        count += 1;
    }
    assert!(count > 50, "{count}");
}

#[test]
fn without_signing_in_every_page_of_the_desk_leads_to_the_sign_in_page() {
    scene(|office| {
        let things = furnish(office);
        let mut stranger = Visitor::of(office);
        stranger.get("/desk/sign-in");
        let mut check = |method: Method, template: &str, to: For| {
            if !matches!(to, For::Staff | For::Who(_)) {
                return;
            }
            let sent = (method == Method::POST).then(|| body(&tokens(&stranger)));
            let answer = stranger.ask(method, &things.fill(template), sent.flatten());
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{template}");
            assert_eq!(answer.headers["location"], "/desk/sign-in", "{template}");
        };
        GETS.iter().for_each(|(template, to)| check(Method::GET, template, *to));
        POSTS.iter().for_each(|(template, to)| check(Method::POST, template, *to));
    });
}

#[test]
fn each_role_is_let_in_where_its_acts_are_and_nowhere_else() {
    scene(|office| {
        let things = furnish(office);
        for role in Role::ALL {
            let mut clerk = Visitor::clerk(office, role.code());
            let mut check = |method: Method, template: &str, to: For| {
                let allowed = match to {
                    For::Staff => true,
                    For::Who(acts) => acts.iter().any(|act| role.may(*act)),
                    _ => return,
                };
                let sent = (method == Method::POST).then(|| body(&tokens(&clerk)));
                let answer = clerk.ask(method.clone(), &things.fill(template), sent.flatten());
                let refused = answer.status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !allowed, "{role:?} {method} {template}: {}", answer.status);
                assert!(!answer.status.is_server_error(), "{role:?} {method} {template}");
                let location = answer.headers.get("location").map(|it| it.as_bytes());
                assert_ne!(location, Some(&b"/desk/sign-in"[..]), "{role:?} {template}");
                assert!(!answer.body.is_empty() || answer.status != StatusCode::FORBIDDEN);
            };
            GETS.iter().for_each(|(template, to)| check(Method::GET, template, *to));
            POSTS.iter().for_each(|(template, to)| check(Method::POST, template, *to));
        }
    });
}

/// Where a number of the first office stands in an address, another office finds nothing.
#[test]
fn staff_of_another_office_find_nothing_under_any_address() {
    scene(|office| {
        let things = furnish(office);
        let before = office.snapshot(&["staff_sessions", "commands"]);
        let neighbour = office.neighbour();
        let after_opening = office.snapshot(&["staff_sessions", "commands"]);
        assert_ne!(before, after_opening);
        let mut clerk = Visitor::of(office);
        clerk.get("/desk/sign-in");
        clerk.post("/desk/sign-in", &[("login", "tonari-manager"), ("password", PASSWORD)]);
        assert_eq!(clerk.status(), 200);
        let numbered = |template: &str| {
            const NUMBERS: [&str; 8] = [
                "{id}",
                "{counsellor}",
                "{letter}",
                "{duty}",
                "{disclosure}",
                "{hold}",
                "{own}",
                "{batch}",
            ];
            NUMBERS.iter().any(|it| template.contains(it))
        };
        for (template, _) in GETS.iter().filter(|(it, _)| numbered(it)) {
            let answer = clerk.ask(Method::GET, &things.fill(template), None);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{template}");
        }
        // What a manager may do in no office is refused before anything is looked for.
        let may = |to: &For| match to {
            For::Who(acts) => acts.iter().any(|act| Role::Manager.may(*act)),
            _ => true,
        };
        let ours = POSTS.iter().filter(|(it, to)| numbered(it) && may(to));
        for (template, _) in ours {
            let mut fields = tokens(&clerk);
            fields.extend(plausible().map(|(name, value)| (name.to_owned(), value.to_owned())));
            let answer = clerk.ask(Method::POST, &things.fill(template), body(&fields));
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{template}: {}", answer.text());
        }
        assert_eq!(office.snapshot(&["staff_sessions", "commands"]), after_opening);
        drop(neighbour);
    });
}

/// Fields that are in order for every form with a number in its address.
fn plausible() -> [(&'static str, &'static str); 37] {
    [
        ("met", "yes"),
        ("kind", "intractable_disease"),
        ("kind_reason", "見本"),
        ("date", "2026-11-26"),
        ("start", "10:00"),
        ("minutes", "30"),
        ("counsellor", "1"),
        ("decline_reason", "no_time"),
        ("to", "visit"),
        ("name", "見本"),
        ("what", "arrived"),
        ("reason", "見本"),
        ("outcome", "held"),
        ("cause", "failure"),
        ("meeting", "999 0000 0001"),
        ("purpose", "late"),
        ("at", "9:00"),
        ("time", "9:00"),
        ("from_date", "2026-12-01"),
        ("from_time", "9:00"),
        ("to_date", "2026-12-01"),
        ("to_time", "10:00"),
        ("hours_1_from", "9:00"),
        ("hours_1_to", "17:00"),
        ("channel", "telephone"),
        ("role", "companion"),
        ("revision", "1"),
        ("form", "court"),
        ("received_on", "2026-11-16"),
        ("draft_outcome", "refused"),
        ("draft_reason", "見本"),
        ("given_digest", "00"),
        ("lift_reason", "見本"),
        ("lifting", "見本"),
        ("hold_kind", "office"),
        ("hold_reason", "見本"),
        ("extended_until", "2026-12-20"),
    ]
}
