//! Many sessions at once, with faults on the way: no orphan, no second meeting, no limit passed,
//! and nothing personal in any octet that Zoom was sent (articles 2(3), 5(2)).

use std::collections::BTreeSet;

use jiff::SignedDuration;
use rules::appointment::StopCause;
use rules::people::{Email, FreeText, JobseekerNumber, Kana, LegalName};
use rules::schedule::Slot;
use service::application::{self, Appoint, NewApplication};
use service::session::zoom::reconcile::reconcile;
use service::store::Sql;

use super::{Terms, Zoomed, at};
use crate::cast::hana;
use crate::office::{Office, scene};

/// A person whose data are found wherever they are written.
fn canary(number: u32, slot: Slot, office: &Office) -> NewApplication {
    let context = office.context();
    let version = context.office.terms(context.now).expect("terms").version.to_string();
    let mut form = hana().form(&[slot], &version, context.now);
    let name = ["鵜", "雉", "鶉", "鶫", "鷽", "鵯"][number as usize % 6];
    form.person.name = LegalName::parse(&format!("目印{name} 花子")).expect("a name");
    form.person.kana = Some(Kana::parse("メジルシ ハナコ").expect("a reading"));
    form.person.number =
        JobseekerNumber::parse(&format!("27080-{:07}", 1_000_000 + number)).expect("a number");
    form.person.email = Some(Email::parse(&format!("mejirushi{number}@example.jp")).expect("one"));
    form.person.note = Some(FreeText::parse("目印の病気について", 200).expect("a note"));
    form
}

/// What must be in no octet: names, readings, numbers, addresses, illnesses.
const CANARIES: [&str; 6] = ["目印", "花子", "メジルシ", "mejirushi", "27080-", "病気"];

/// Books a session without the pages, with a counsellor of its own so that only hosts are scarce.
fn book(office: &Office, number: u32, slot: Slot) -> i64 {
    let form = canary(number, slot, office);
    let officer = office.staff.coordinator;
    office.does(move |tx, context| {
        let id = application::apply(tx, context, &form)?.id;
        for condition in rules::terms::eligibility::Condition::ALL {
            application::decide(tx, context, id, (condition, true), officer)?;
        }
        let counsellor = service::schedule::add_counsellor(
            tx,
            context.office.id,
            &service::schedule::NewCounsellor {
                name: format!("相談員 {number}（見本）"),
                staff: None,
                hours: (1..=5)
                    .map(|weekday| rules::schedule::WeeklyHours {
                        weekday,
                        from: jiff::civil::Time::constant(9, 0, 0, 0),
                        to: jiff::civil::Time::constant(17, 0, 0, 0),
                    })
                    .collect(),
                skills: BTreeSet::new(),
            },
        )?;
        let appoint = Appoint { slot, counsellor, same_day_reason: None };
        application::confirm(tx, context, id, &appoint)?;
        Ok(id)
    })
}

/// No octet that Zoom was sent tells who anybody is.
fn tells_nothing_personal(zoomed: &Zoomed<'_>) {
    for received in zoomed.zoom.received() {
        let body = String::from_utf8_lossy(&received.body).into_owned();
        let all = format!("{} {body} {:?}", received.path_and_query, received.headers);
        for canary in CANARIES {
            assert!(!all.contains(canary), "{canary} in {}", received.path_and_query);
        }
    }
}

/// Plays `count` sessions over so many hosts, so many of a hundred requests spoilt.
pub(super) fn play(office: &Office, count: u32, hosts: u8, spoilt: u8, seed: u64) -> Played {
    let zoomed = Zoomed::with(office, Terms { hosts, seed, ..Terms::default() });
    zoomed.zoom.random_faults(spoilt);
    // As many at once as there are hosts; the times are ten minutes short of the margins.
    let times = ["10:00", "11:15", "14:00", "15:15"];
    let mut day = at("2026-11-18T00:00:00");
    let mut ids = Vec::new();
    let mut booked = 0;
    while booked < count {
        let weekday =
            rules::schedule::TOKYO.to_datetime(day).date().weekday().to_monday_one_offset();
        let date = rules::schedule::TOKYO.to_datetime(day).date();
        let closed = weekday > 5 || date.to_string() == "2026-11-23";
        for time in times.iter().filter(|_| !closed) {
            for _ in 0..hosts {
                if booked < count {
                    let start = at(&format!("{date}T{time}:00"));
                    ids.push(book(office, booked, Slot { start, minutes: 30 }));
                    booked += 1;
                }
            }
        }
        day += SignedDuration::from_hours(24);
    }
    // Some are called off, before and after their meeting was made.
    let called_off = |part: u32, ids: &[i64]| {
        let mine = ids.iter().enumerate().filter(|(place, _)| *place as u32 % 9 == part);
        mine.for_each(|(_, id)| office.stops(*id, StopCause::Failure).expect("it is stopped"));
    };
    called_off(0, &ids);
    settle(&zoomed);
    called_off(1, &ids);
    settle(&zoomed);
    zoomed.zoom.random_faults(0);
    reconcile(&zoomed.app, office.id).expect("the store answers");
    settle(&zoomed);
    assert!(spoilt == 0 || zoomed.zoom.faults_happened() > 0, "the control: nothing went wrong");
    in_order(&zoomed, &ids, hosts);
    let changes = (1..=hosts).map(|host| zoomed.zoom.changes_today(&super::address(host)));
    Played {
        requests: zoomed.zoom.received().len(),
        faults: zoomed.zoom.faults_happened(),
        changes_at_most: changes.max().unwrap_or_default(),
    }
}

/// What came of a crowd that came out in order.
pub(super) struct Played {
    pub(super) requests: usize,
    pub(super) faults: u32,
    pub(super) changes_at_most: u16,
}

/// Looks again and again, as the clock goes on, until nothing is owed.
fn settle(zoomed: &Zoomed<'_>) {
    let owed = |hours: i64| {
        let now = zoomed.office.app.clock.now();
        let until = now + SignedDuration::from_hours(hours);
        const OWED: Sql = Sql::unregistered("select 1 from zoom_sessions where due_at <= $1");
        zoomed.office.rows(OWED, service::params![until].to_vec(), |row| row.int(0)).len()
    };
    // Second by second, because Zoom counts calls in a second.
    for _ in 0..3_600 {
        zoomed.keeps();
        zoomed.zoom.take_pending();
        if owed(1) == 0 {
            return;
        }
        zoomed.office.app.clock.advance(SignedDuration::from_secs(1));
    }
    const WHY: Sql = Sql::unregistered(
        "select coalesce(problem, '-') || ' ' || attempts || ' ' || due_at from zoom_sessions
         where due_at is not null order by application",
    );
    let mut why = zoomed.office.rows(WHY, Vec::new(), |row| row.text(0));
    why.truncate(5);
    let now = zoomed.office.app.clock.now().as_millisecond();
    panic!("{} sessions are not settled after an hour, at {now}: {why:?}", owed(1));
}

fn in_order(zoomed: &Zoomed<'_>, ids: &[i64], hosts: u8) {
    let open: Vec<i64> =
        ids.iter().copied().filter(|id| zoomed.office.standing(*id).is_open()).collect();
    let without: Vec<i64> =
        open.iter().copied().filter(|id| zoomed.view(*id).ways.is_none()).collect();
    assert_eq!(without, [0; 0], "sessions without a way to join");
    let there = zoomed.there();
    let agendas: BTreeSet<&str> = there.iter().map(|it| it.agenda.as_str()).collect();
    assert_eq!(agendas.len(), there.len(), "a second meeting for a session");
    assert_eq!(there.len(), open.len(), "orphans, or meetings that lack");
    for host in 1..=hosts {
        let spent = zoomed.zoom.changes_today(&super::address(host));
        assert!(spent <= 100, "host {host}: {spent}");
    }
    tells_nothing_personal(zoomed);
}

#[test]
fn a_crowd_with_faults_comes_out_in_order() {
    scene(|office| {
        play(office, 120, 5, 5, 7);
    });
}

#[test]
fn a_crowd_without_faults_is_the_control() {
    scene(|office| {
        play(office, 40, 5, 0, 7);
    });
}
