//! Staff accounts: signing in, and every way in which a session ends.

use futures_util::future::join_all;
use jiff::SignedDuration;
use rules::people::Role;
use service::error::Refusal;
use service::people::{self, Member, NewMember, SESSION_ABSOLUTE, SESSION_IDLE, SignedIn};

use crate::office::{Office, PASSWORD, SLUG, refusal, runtime, scene};

fn sign_in(office: &Office, login: &'static str, password: &'static str) -> Option<SignedIn> {
    let signed_in = people::sign_in(&office.app, login, password.to_owned());
    runtime().block_on(signed_in).expect("an answer")
}

fn who(office: &Office, session: &SignedIn) -> Option<(Member, bool)> {
    let digest = session.token.digest();
    office.does(move |tx, context| people::who(tx, digest.as_str(), context.now))
}

fn uses(office: &Office, session: &SignedIn) {
    let digest = session.token.digest();
    office.does(move |tx, context| people::note_use(tx, digest.as_str(), context.now));
}

#[test]
fn who_signs_in_is_known_with_role_and_office() {
    scene(|office| {
        for role in Role::ALL {
            let session = sign_in(office, role.code(), PASSWORD).expect("signed in");
            let (member, _) = who(office, &session).expect("the session lives");
            assert_eq!((member.role, member.office), (role, office.id));
            assert_eq!(member.office_slug, SLUG);
        }
        let session = sign_in(office, " manager ", PASSWORD).expect("white space around");
        let digest = session.token.digest();
        office.does(move |tx, _| people::sign_out(tx, digest.as_str()));
        assert!(who(office, &session).is_none());
    });
}

#[test]
fn a_wrong_password_an_unknown_login_and_an_ended_account_look_alike() {
    scene(|office| {
        office.does(|tx, context| people::disable_staff(tx, "manager", context.now));
        let long = "見本".repeat(100_000).leak();
        for (login, password) in [
            ("coordinator", "違う とても長い 合言葉です"),
            ("coordinator", ""),
            ("nobody", PASSWORD),
            ("", PASSWORD),
            ("manager", PASSWORD),
            ("COORDINATOR' or 1=1 --", PASSWORD),
            ("coordinator", long),
        ] {
            assert!(sign_in(office, login, password).is_none(), "{login}");
        }
        assert!(sign_in(office, "coordinator", PASSWORD).is_some());
    });
}

#[test]
fn ten_failures_slow_a_login_down_and_do_not_lock_it_for_good() {
    scene(|office| {
        for _ in 0..10 {
            assert!(sign_in(office, "coordinator", "違う").is_none());
        }
        assert!(sign_in(office, "coordinator", PASSWORD).is_none(), "the right one, too soon");
        assert!(sign_in(office, "manager", PASSWORD).is_some(), "others are not hindered");
        office.clock("2026-11-16T10:09:59");
        assert!(sign_in(office, "coordinator", PASSWORD).is_none());
        office.clock("2026-11-16T10:10:00");
        assert!(sign_in(office, "coordinator", PASSWORD).is_some());
        for _ in 0..9 {
            assert!(sign_in(office, "coordinator", "違う").is_none());
        }
        assert!(sign_in(office, "coordinator", PASSWORD).is_some(), "the failures are forgotten");
    });
}

/// Strangers who try all at once get no more tries than one after another.
#[test]
fn tries_at_once_are_counted_one_by_one() {
    scene(|office| {
        let tries = (0..20).map(|_| {
            let app = office.app.clone();
            let wrong = "違う とても長い 合言葉です".to_owned();
            runtime().spawn(async move { people::sign_in(&app, "coordinator", wrong).await })
        });
        for answer in runtime().block_on(join_all(tries)) {
            assert!(answer.expect("no panic").is_ok_and(|it| it.is_none()));
        }
        assert_eq!(office.count("sign_in_failures"), 10, "the others were not even looked at");
        assert!(sign_in(office, "manager", PASSWORD).is_some());
    });
}

#[test]
fn an_ended_account_ends_its_sessions_at_once() {
    scene(|office| {
        let session = sign_in(office, "counsellor", PASSWORD).expect("signed in");
        assert!(who(office, &session).is_some());
        office.does(|tx, context| people::disable_staff(tx, "counsellor", context.now));
        assert!(who(office, &session).is_none());
        let again =
            office.tries(|tx, context| people::disable_staff(tx, "counsellor", context.now));
        assert!(matches!(again, Err(service::error::Error::Missing)));
    });
}

#[test]
fn a_session_ends_when_it_is_not_used_and_when_it_has_lasted() {
    scene(|office| {
        let session = sign_in(office, "manager", PASSWORD).expect("signed in");
        let began = office.app.clock.now();
        let almost = |limit: SignedDuration| limit - SignedDuration::from_millis(1);
        office.app.clock.advance(almost(SESSION_IDLE));
        assert!(who(office, &session).is_some_and(|(_, is_old)| is_old));
        uses(office, &session);
        assert!(who(office, &session).is_some_and(|(_, is_old)| !is_old));
        office.app.clock.advance(SESSION_IDLE);
        assert!(who(office, &session).is_none(), "idle");

        let session = sign_in(office, "manager", PASSWORD).expect("signed in");
        let began_again = office.app.clock.now();
        assert!(began_again > began);
        let end = began_again + SESSION_ABSOLUTE;
        while office.app.clock.now() + SESSION_IDLE < end {
            office.app.clock.advance(almost(SESSION_IDLE));
            uses(office, &session);
        }
        office.app.clock.set(end - SignedDuration::from_millis(1));
        assert!(who(office, &session).is_some());
        office.app.clock.set(end);
        assert!(who(office, &session).is_none(), "it has lasted");
    });
}

#[test]
fn accounts_need_a_name_a_free_login_and_a_long_password() {
    scene(|office| {
        let adds = |login: &str, name: &str, password: &str| {
            let member = NewMember {
                office: office.id,
                login: login.to_owned(),
                name: name.to_owned(),
                role: Role::Counsellor,
                password: password.to_owned(),
            };
            office.tries(move |tx, context| people::add_staff(tx, &member, context.now))
        };
        assert_eq!(refusal(adds("manager", "見本", PASSWORD)), Refusal::LoginTaken);
        office.does(|tx, context| people::disable_staff(tx, "manager", context.now));
        let again = refusal(adds(" manager ", "見本", PASSWORD));
        assert_eq!(again, Refusal::LoginTaken, "nobody becomes another's successor in the records");
        assert_eq!(refusal(adds("", "見本", PASSWORD)), Refusal::Shape);
        assert_eq!(refusal(adds("new", " ", PASSWORD)), Refusal::Shape);
        assert_eq!(refusal(adds("new", "見本", "14 characters.")), Refusal::Shape);
        adds("new", "見本", "15 characters..").expect("added");
    });
}

#[test]
fn a_new_password_ends_the_sessions_of_the_old_one() {
    scene(|office| {
        const NEW: &str = "別の もっと とても長い 合言葉です";
        let session = sign_in(office, "manager", PASSWORD).expect("signed in");
        let other = sign_in(office, "coordinator", PASSWORD).expect("signed in");
        for _ in 0..10 {
            assert!(sign_in(office, "manager", "違う").is_none());
        }
        office.does(|tx, _| people::set_password(tx, " manager ", NEW));
        assert!(who(office, &session).is_none() && who(office, &other).is_some());
        assert!(sign_in(office, "manager", PASSWORD).is_none(), "the old one");
        assert!(sign_in(office, "manager", NEW).is_some(), "and the failures are forgotten");
        let short = office.tries(|tx, _| people::set_password(tx, "manager", "short"));
        assert_eq!(refusal(short), Refusal::Shape);
        office.does(|tx, context| people::disable_staff(tx, "manager", context.now));
        let ended = office.tries(|tx, _| people::set_password(tx, "manager", NEW));
        assert!(matches!(ended, Err(service::error::Error::Missing)));
    });
}
