//! What is owed to the outside is carried out once, tried again, and never lost.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use service::app::App;
use service::application;
use service::clock::Clock;
use service::commands::{self, Command};
use service::duties::{self, Carrier, Hands, TRIES_AT_MOST, back_off};
use service::letters::{self, Post, Security, SmtpSettings, State};
use service::people;
use service::secrets::Token;
use service::store::Sql;

use crate::cast::{hana, one_of_many};
use crate::engines::engines;
use crate::letters::sink::{Manner, Sink};
use crate::office::{Office, PASSWORD, at, runtime, scene};

const TEN: &str = "2026-11-24T10:00:00";

fn outbox(office: &Office) -> Carrier {
    Carrier { app: office.app.clone(), post: Arc::new(Post::Outbox) }
}

/// A mail server at a port where nobody listens.
fn nobody(office: &Office) -> Carrier {
    let settings = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port: 9,
        security: Security::None,
        login: None,
        timeout: Duration::from_secs(1),
    };
    let post = Post::smtp(&settings).expect("a way to this machine");
    Carrier { app: office.app.clone(), post: Arc::new(post) }
}

#[test]
fn two_workers_carry_each_duty_out_once() {
    scene(|office| {
        for index in 0..60 {
            office.applies(&one_of_many(index), &[TEN]);
        }
        let claimed: usize = std::thread::scope(|threads| {
            let work = || {
                let carrier = outbox(office);
                let mut claimed = 0;
                loop {
                    match duties::carry_out_due(&carrier).expect("duties are claimed") {
                        0 => return claimed,
                        count => claimed += count,
                    }
                }
            };
            let workers: Vec<_> = (0..2).map(|_| threads.spawn(work)).collect();
            workers.into_iter().map(|worker| worker.join().expect("no panic")).sum()
        });
        assert_eq!(claimed, 60, "each was claimed by one worker");
        assert_eq!(office.count("letters"), 60);
        let sent = office.does(|tx, context| letters::outbox(tx, context, 100));
        assert!(sent.iter().all(|line| line.state == State::Sent));
        assert_eq!(office.carries_out(), 0);
    });
}

#[test]
fn what_a_dead_worker_had_claimed_is_taken_over() {
    scene(|office| {
        office.applies(&hana(), &[TEN]);
        const CLAIM: Sql = Sql::unregistered("update duties set claimed_until = $1");
        let until = at("2026-11-16T10:02:00");
        office.does(move |tx, _| Ok(tx.execute(CLAIM, &[until.into()])?));
        assert_eq!(office.carries_out(), 0);
        office.clock("2026-11-16T10:02:00");
        assert_eq!(office.carries_out(), 1);
        assert_eq!(office.count("letters"), 1);
    });
}

#[test]
fn a_failing_duty_waits_longer_each_time_and_is_given_up_in_sight_of_the_desk() {
    scene(|office| {
        let id = office.applies(&hana(), &[TEN]);
        let carrier = nobody(office);
        for tries in 1..=TRIES_AT_MOST {
            assert_eq!(duties::carry_out_due(&carrier).expect("claimed"), 1, "try {tries}");
            assert_eq!(duties::carry_out_due(&carrier).expect("not yet"), 0, "try {tries}");
            let line = office.desk_line(id).expect("the desk sees it");
            assert_eq!((line.attempts, line.given_up), (tries, tries == TRIES_AT_MOST));
            assert!(line.last_error.is_some());
            let waited = line.due_at.duration_since(office.app.clock.now());
            if tries < TRIES_AT_MOST {
                assert_eq!(waited, back_off(tries - 1));
            }
            office.app.clock.set(line.due_at.max(office.app.clock.now()));
        }
        office.app.clock.advance(jiff::SignedDuration::from_hours(48));
        assert_eq!(duties::carry_out_due(&carrier).expect("given up"), 0);
        assert_eq!(office.count("letters"), 1, "one letter, however often it was tried");
        let unsent = office.does(letters::failing);
        let states: Vec<_> = unsent.iter().map(|line| line.state).collect();
        assert_eq!(states, [State::Undeliverable], "nobody waits for what was given up");
        // The mail server is back, and somebody at the desk says: again.
        let line = office.desk_line(id).expect("still in sight");
        office.does(move |tx, context| duties::try_again(tx, context, line.id));
        assert_eq!(office.carries_out(), 1);
        assert!(office.desk_line(id).is_none());
        let sent = office.does(move |tx, context| letters::letters_of(tx, context, id));
        assert_eq!(sent[0].state, State::Sent);
    });
}

#[test]
fn the_waits_double_up_to_an_hour() {
    let seconds: Vec<i64> = (0..10).map(|tries| back_off(tries).as_secs()).collect();
    assert_eq!(seconds, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]);
    assert_eq!(back_off(u32::MAX).as_secs(), 3_600);
}

#[test]
fn staffs_own_duties_stay_until_they_are_ticked_off() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T09:00:00");
        office.stops(id, rules::appointment::StopCause::CounsellorAbsent).expect("stopped");
        office.carries_out();
        let line = office.desk_line(id).expect("a new time is owed");
        assert!(line.kind.is_for_staff());
        office.does(move |tx, context| duties::tick_off(tx, context, line.id));
        assert!(office.desk_line(id).is_none());
        // A colleague who ticks it off too is not told that it never was.
        office.does(move |tx, context| duties::tick_off(tx, context, line.id));
        let unknown = office.tries(move |tx, context| duties::tick_off(tx, context, line.id + 999));
        assert!(matches!(unknown, Err(service::error::Error::Missing)));
    });
}

/// Deadlines live in the store: a program that was down when the limit passed finds it afterwards.
#[test]
fn a_restart_loses_nothing() {
    for fresh in engines() {
        let office = Office::open(fresh);
        let id = office.books(&hana(), TEN);
        office.app.store.close();
        let store = service::store::Store::open(office.address()).expect("it opens again");
        let clock = Clock::held(at("2026-11-24T12:00:00"));
        let keys = (*office.app.keys).clone();
        let site = (*office.app.site).clone();
        let app = App::new(store, keys, clock, site);
        assert_eq!(duties::turn(&app).expect("the minute hand turns"), 1);
        let carrier = Carrier { app: app.clone(), post: Arc::new(Post::Outbox) };
        let mut carried = 0;
        while let count @ 1.. = duties::carry_out_due(&carrier).expect("claimed") {
            carried += count;
        }
        assert_eq!(carried, 4, "receipt, confirmation, reminder, deemed cancellation");
        let context = app.context(runtime().block_on(app.office(crate::office::SLUG)).expect("it"));
        let session = app
            .store
            .read_blocking(move |tx| service::appointment::session(tx, &context, id))
            .expect("the session");
        assert_eq!(session.standing, rules::appointment::Standing::DeemedCancelled);
    }
}

/// One appointment that cannot be settled must not keep the others from it.
#[test]
fn what_cannot_be_settled_holds_nobody_else_up() {
    scene(|office| {
        let broken = office.books(&hana(), TEN);
        let other = office.applies(&one_of_many(1), &["2026-11-24T10:30:00"]);
        office.decides_all(other);
        office.confirms(other, "2026-11-24T10:30:00", office.counsellors[1]).expect("confirmed");
        const BREAK: Sql = Sql::unregistered(
            "insert into facts (application, what, at, recorded_at) values ($1, 'nonsense', 0, 0)",
        );
        const MEND: Sql = Sql::unregistered("delete from facts where what = 'nonsense'");
        office.does(move |tx, _| Ok(tx.execute(BREAK, &[broken.into()])?));
        office.clock("2026-11-24T11:00:00");
        let mut hand = duties::MinuteHand::default();
        hand.turn(&office.app).expect("it turns");
        let standing = rules::appointment::Standing::DeemedCancelled;
        assert_eq!(office.standing(other), standing);
        office.does(move |tx, _| Ok(tx.execute(MEND, &[])?));
        assert_eq!(hand.turn(&office.app).expect("it turns"), 0, "not tried again so soon");
        office.app.clock.advance(back_off(0));
        assert_eq!(hand.turn(&office.app).expect("it turns"), 1);
        assert_eq!(office.standing(broken), standing);
    });
}

/// Nobody's record is deleted, and nothing that is still good for something.
#[test]
fn what_has_outlived_its_time_is_deleted_and_nothing_else() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let leaves = |office: &Office| {
            for (login, password) in [("manager", "違う"), ("coordinator", PASSWORD)] {
                let tried = people::sign_in(&office.app, login, password.to_owned());
                runtime().block_on(tried).expect("an answer");
            }
            office.does(move |tx, context| {
                application::draft::start(tx, context, &application::draft::Draft::begin())?;
                application::begin(tx, id, context.now)?;
                let key = Token::draw().reveal().to_string();
                let command = Command { key, body_digest: String::new() };
                commands::once(tx, context, &command, |_| Ok("/".to_owned()))
            });
        };
        leaves(office);
        let kept = || {
            ["drafts", "visits", "sign_in_failures", "staff_sessions", "commands"]
                .map(|table| office.count(table))
        };
        duties::sweep(&office.app).expect("swept");
        assert_eq!(kept(), [1; 5]);
        office.clock("2026-11-17T15:00:00");
        leaves(office);
        duties::sweep(&office.app).expect("swept");
        assert_eq!(kept(), [1, 1, 1, 1, 2], "a command's answer is kept for longer");
        let brief = ["drafts", "visits", "sign_in_failures", "staff_sessions", "commands"];
        let before = office.snapshot(&brief);
        office.clock("2027-11-17T10:00:00");
        duties::sweep(&office.app).expect("swept");
        assert_eq!(kept(), [0; 5]);
        assert_eq!(office.snapshot(&brief), before);
        office.turns_the_minute_hand();
    });
}

/// A mail server that does not answer holds letters up, and no limit of article 2(4).
#[test]
fn a_silent_mail_server_does_not_hold_the_minute_hand_up() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let (is_met, met) = mpsc::channel();
        let (released, is_released) = mpsc::channel::<()>();
        let silent = Sink::greeting_after(Manner::Takes, move || {
            // The test is over for later callers: nobody listens, and nobody releases.
            let _ = is_met.send(());
            let _ = is_released.recv();
        });
        let mut board = office.app.store.listen();
        let hands =
            Hands::start(Carrier { app: office.app.clone(), post: Arc::new(silent.post()) });
        met.recv_timeout(Duration::from_secs(30)).expect("a letter is on its way");
        office.clock("2026-11-24T10:30:00");
        while office.standing(id) != rules::appointment::Standing::DeemedCancelled {
            let heard = async { tokio::time::timeout(Duration::from_secs(30), board.recv()).await };
            runtime().block_on(heard).expect("it is settled").expect("announced");
        }
        assert!(silent.messages().is_empty(), "the letter still waits");
        drop(released);
        hands.stop();
    });
}
