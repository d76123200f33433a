//! Letters from outside: written once, overtaken when things change, sent through a real socket.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;
use rules::application::Intake;
use rules::appointment::{Fact, What};
use rules::letters::Letter;
use rules::people::{Email, JobseekerNumber, Language, LegalName, Practice, Role};
use rules::schedule::{Slot, WeeklyHours};
use rules::terms::eligibility::{Condition, NeedReason};
use rules::terms::environment::{Answer, Declaration, Device, JoinBy, asked};
use service::app::{App, Context, Site};
use service::application::{self, Appoint, Care, NewApplication, Person};
use service::appointment;
use service::clock::Clock;
use service::duties::{self, Carrier};
use service::error::Error;
use service::letters::{
    self, Delivery, Line, Order, Post, PostRefusal, Security, SmtpSettings, State, Written,
};
use service::people::{self, NewMember, NewOffice};
use service::schedule::{self, NewCounsellor};
use service::secrets::Keys;
use service::store::{Store, Tx};
use service::terms;

use crate::engines::on_both;

mod by_hand;
pub(crate) mod sink;

use sink::{Manner, Sink};

const ADDRESS: &str = "hana@example.org";

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn slot(start: &str) -> Slot {
    Slot { start: at(start), minutes: 45 }
}

fn site() -> Site {
    Site {
        public_url: "https://madoguchi.example".to_owned(),
        demo: false,
        mail_from: "窓口 <letters@madoguchi.example>".to_owned(),
    }
}

/// An office with one counsellor and one application, confirmed for 24 November at 10.
struct Office {
    app: App,
    application: i64,
}

impl Office {
    async fn open(store: Store, email: Option<&str>) -> Self {
        Self::open_at(store, email, site()).await
    }

    async fn open_at(store: Store, email: Option<&str>, site: Site) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Keys::load_or_create(&folder.path().join("keys")).expect("keys");
        let clock = Clock::held(at("2026-11-19T10:00:00+09:00"));
        store.migrate(clock.now()).await.expect("the schema");
        let app = App::new(store, keys, clock, site);
        let now = app.clock.now();
        let (counsellor, officer) =
            app.store.write(move |tx| furnish(tx, now)).await.expect("an office");
        let mut office = Self { app, application: 0 };
        let email = email.map(|email| Email::parse(email).expect("an address"));
        let work = move |tx: &mut Tx<'_>, context: &Context| {
            let form = form(context, email.clone())?;
            let receipt = application::apply(tx, context, &form)?;
            for condition in Condition::ALL {
                application::decide(tx, context, receipt.id, (condition, true), officer)?;
            }
            let slot = form.wishes[0];
            let appoint = Appoint { slot, counsellor, same_day_reason: None };
            application::confirm(tx, context, receipt.id, &appoint)?;
            Ok(receipt.id)
        };
        office.application = office.within(work).await.expect("confirmed");
        office
    }

    async fn within<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>, &Context) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let office = self.app.office("mihon").await?;
        let context = self.app.context(office);
        self.app.store.write(move |tx| work(tx, &context)).await
    }

    async fn write(&self, letter: Letter, sequence: u32) -> Option<Written> {
        let application = self.application;
        let key = format!("{application}/write:{}/{sequence}", letter.code());
        let order = Order { application, letter, sequence, key };
        let work = move |tx: &mut Tx<'_>, context: &Context| letters::write(tx, context, &order);
        self.within(work).await.expect("it can be written")
    }

    async fn lines(&self) -> Vec<Line> {
        let application = self.application;
        let work =
            move |tx: &mut Tx<'_>, context: &Context| letters::letters_of(tx, context, application);
        self.within(work).await.expect("a list")
    }

    async fn failing(&self) -> usize {
        self.within(letters::failing).await.expect("a list").len()
    }

    async fn call_off(&self) {
        let application = self.application;
        let work = move |tx: &mut Tx<'_>, context: &Context| {
            let fact = Fact { at: context.now, what: What::CalledOff };
            appointment::record(tx, context, application, fact, None)
        };
        self.within(work).await.expect("called off");
    }

    async fn carry_out(&self, post: &Arc<Post>) {
        let carrier = Carrier { app: self.app.clone(), post: Arc::clone(post) };
        let done = tokio::task::spawn_blocking(move || duties::carry_out_due(&carrier));
        done.await.expect("no panic").expect("duties are carried out");
    }
}

fn furnish(tx: &mut Tx<'_>, now: Timestamp) -> Result<(i64, i64), Error> {
    let office = NewOffice {
        slug: "mihon".to_owned(),
        name: "みほん窓口".to_owned(),
        telephone: "072-000-5049".to_owned(),
        address: "見本町1-1".to_owned(),
        court: "見本裁判所".to_owned(),
        practice: Practice::default(),
    };
    let id = people::open_office(tx, &office, now)?;
    terms::publish(tx, id, &terms::Source::model(), now)?;
    let officer = NewMember {
        office: id,
        login: "uketsuke".to_owned(),
        name: "受付".to_owned(),
        role: Role::Coordinator,
        password: "a long password of a test".to_owned(),
    };
    let (from, to) = (Time::constant(9, 0, 0, 0), Time::constant(17, 0, 0, 0));
    let counsellor = NewCounsellor {
        name: "見張 次郎".to_owned(),
        staff: None,
        hours: (1..=5).map(|weekday| WeeklyHours { weekday, from, to }).collect(),
        skills: BTreeSet::new(),
    };
    let counsellor = schedule::add_counsellor(tx, id, &counsellor)?;
    Ok((counsellor, people::add_staff(tx, &officer, now)?))
}

fn form(context: &Context, email: Option<Email>) -> Result<NewApplication, Error> {
    let (device, join_by) = (Device::Phone, JoinBy::App);
    let answers: BTreeMap<_, _> =
        asked(device, join_by).into_iter().map(|item| (item, Answer::Yes)).collect();
    let person = Person {
        name: LegalName::parse("髙﨑 花").expect("a name"),
        kana: None,
        number: JobseekerNumber::parse("27080-7654321").expect("a number"),
        email,
        telephone: None,
        note: None,
    };
    Ok(NewApplication {
        person,
        care: Care { reasons: vec![NeedReason::Distance], ..Care::default() },
        declaration: Declaration { device, join_by, answers, at: context.now },
        wishes: vec![slot("2026-11-24T10:00:00+09:00")],
        language: Language::Japanese,
        group: None,
        intake: Intake::Web,
        entered_by: None,
        consented_version: context.office.terms(context.now)?.version.to_string(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_order_is_the_same_letter_until_it_is_sent() {
    on_both(|store| async move {
        let office = Office::open(store, Some(ADDRESS)).await;
        let first = office.write(Letter::Confirmation, 0).await.expect("a letter");
        let again = office.write(Letter::Confirmation, 0).await.expect("the same letter");
        assert_eq!((first.id, &first.message_id), (again.id, &again.message_id));
        assert_eq!((&first.text, &first.html), (&again.text, &again.html));
        assert!(first.message_id.ends_with("@madoguchi.example>"), "{}", first.message_id);
        assert_eq!(first.to.as_ref().map(Email::reveal), Some(ADDRESS));
        let other = office.write(Letter::Reminder, 0).await.expect("another letter");
        assert_ne!(first.message_id, other.message_id);
        let (id, now) = (first.id, office.app.clock.now());
        office.within(move |tx, _| letters::note_sent(tx, id, now)).await.expect("noted");
        assert!(office.write(Letter::Confirmation, 0).await.is_none(), "sent already");
        let lines = office.lines().await;
        let states: Vec<_> = lines.iter().map(|line| (line.letter, line.state)).collect();
        let expected = [(Letter::Reminder, State::Queued), (Letter::Confirmation, State::Sent)];
        assert_eq!(states, expected);
        let shown = office.within(move |tx, context| letters::read(tx, context, id)).await;
        assert_eq!(shown.map(|shown| shown.text).ok(), Some(first.text));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_address_staff_pass_the_letter_on() {
    on_both(|store| async move {
        let office = Office::open(store, None).await;
        let letter = office.write(Letter::Confirmation, 0).await.expect("a letter");
        assert_eq!((letter.state, letter.to.is_none()), (State::ByHand, true));
        assert_eq!(Post::Outbox.send(&site(), &letter), Delivery::ByHand);
        let (id, now) = (letter.id, office.app.clock.now());
        office.within(move |tx, _| letters::note_sent(tx, id, now)).await.expect("noted");
        assert_eq!(office.failing().await, 1, "it stays with staff");
        let hand_over =
            move |tx: &mut Tx<'_>, context: &Context| letters::note_handed_over(tx, context, id);
        office.within(hand_over).await.expect("handed over");
        assert_eq!(office.failing().await, 0);
        let again = office.within(hand_over).await;
        assert!(matches!(again, Err(Error::Missing)), "once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_letter_with_an_old_time_never_leaves() {
    on_both(|store| async move {
        let office = Office::open(store, Some(ADDRESS)).await;
        let old = office.write(Letter::Confirmation, 0).await.expect("a letter");
        let application = office.application;
        let moved = office.within(move |tx, context| {
            let counsellor = schedule::counsellors(tx, context)?[0].rule.id;
            let slot = slot("2026-11-25T14:00:00+09:00");
            let appoint = application::Appoint { slot, counsellor, same_day_reason: None };
            appointment::move_to(tx, context, application, &appoint, None)
        });
        moved.await.expect("moved");
        assert!(office.write(Letter::Confirmation, 0).await.is_none());
        assert_eq!(office.lines().await[0].state, State::Overtaken);
        let new = office.write(Letter::Change, 1).await.expect("a letter");
        assert!(old.text.contains("11月24日（火曜日）10時00分"), "{}", old.text);
        assert!(new.text.contains("11月25日（水曜日）14時00分"), "{}", new.text);
        assert!(!new.text.contains("11月24日（火曜日）10時00分"), "{}", new.text);
        let calendar = new.calendar.expect("a calendar").text;
        assert!(calendar.contains("DTSTART:20261125T050000Z\r\n"), "{calendar}");
        assert!(calendar.contains("SEQUENCE:1\r\n"), "{calendar}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_cancellation_only_its_own_letter_is_wanted() {
    on_both(|store| async move {
        let office = Office::open(store, Some(ADDRESS)).await;
        let application = office.application;
        let file = move |tx: &mut Tx<'_>, context: &Context| {
            letters::calendar_file(tx, context, application)
        };
        let before = office.within(file).await.expect("a file");
        assert!(before.contains("METHOD:PUBLISH\r\n") && before.contains("SEQUENCE:0\r\n"));
        office.call_off().await;
        for letter in [Letter::Confirmation, Letter::Reminder, Letter::JoiningData] {
            assert!(office.write(letter, 0).await.is_none(), "{letter:?}");
        }
        let letter = office.write(Letter::Cancellation, 1).await.expect("a letter");
        let calendar = letter.calendar.expect("a calendar").text;
        let after = office.within(file).await.expect("a file");
        for text in [&calendar, &after] {
            assert!(text.contains("METHOD:CANCEL\r\n"), "{text}");
            assert!(text.contains("STATUS:CANCELLED\r\n"), "{text}");
            assert!(text.contains("SEQUENCE:1\r\n"), "{text}");
        }
        let uid =
            |text: &str| text.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
        assert_eq!(uid(&before), uid(&after));
    })
    .await;
}

fn letter(subject: &str) -> Written {
    Written {
        id: 1,
        to: Email::parse(ADDRESS).ok(),
        message_id: "<one@madoguchi.example>".to_owned(),
        subject: subject.to_owned(),
        text: "本文\n.\nBcc: spy@example.org\n".to_owned(),
        html: "<p>本文</p>".to_owned(),
        calendar: None,
        state: State::Queued,
        written_at: at("2026-11-20T10:00:00+09:00"),
    }
}

#[test]
fn what_the_mail_server_says_decides() {
    let check = |manner: Manner, expected: Delivery| {
        let sink = Sink::open(manner);
        let delivery = sink.post().send(&site(), &letter("お知らせ"));
        assert_eq!(delivery, expected, "{manner:?}");
    };
    check(Manner::Takes, Delivery::Sent);
    check(Manner::Refuses(450), Delivery::Later("smtp 450".to_owned()));
    check(Manner::Refuses(452), Delivery::Later("smtp 452".to_owned()));
    check(Manner::Refuses(550), Delivery::Never("smtp 550".to_owned()));
    check(Manner::Refuses(553), Delivery::Never("smtp 553".to_owned()));
    check(Manner::Refuses(530), Delivery::Later("smtp 530".to_owned()));
    let sink = Sink::open(Manner::DropsAfterData);
    let delivery = sink.post().send(&site(), &letter("お知らせ"));
    assert!(matches!(delivery, Delivery::Later(_)), "{delivery:?}");
    let delivery = Sink::closed().send(&site(), &letter("お知らせ"));
    assert!(matches!(delivery, Delivery::Later(_)), "{delivery:?}");
}

#[test]
fn letters_leave_the_machine_over_tls_only() {
    let check = |host: &str, security, expected: Option<PostRefusal>| {
        let host = host.to_owned();
        let timeout = Duration::from_secs(1);
        let settings = SmtpSettings { host, port: 25, security, login: None, timeout };
        assert_eq!(Post::smtp(&settings).err(), expected, "{security:?}");
    };
    check("localhost", Security::None, None);
    check("127.0.0.1", Security::None, None);
    check("::1", Security::None, None);
    check("mail.example.org", Security::None, Some(PostRefusal::PlainToAnotherMachine));
    check("127.0.0.1.example.org", Security::None, Some(PostRefusal::PlainToAnotherMachine));
}

/// Names of the headers of a message, folded lines left out.
fn headers(message: &str) -> Vec<String> {
    let head = message.split("\n\n").next().unwrap_or_default();
    let first = head.lines().filter(|line| !line.starts_with([' ', '\t']));
    first.filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn no_subject_adds_a_header_or_a_recipient() {
    let sink = Sink::open(Manner::Takes);
    let post = sink.post();
    let hostile = [
        "お知らせ",
        "x\r\nBcc: spy@example.org",
        "x\nRcpt To: spy@example.org",
        "x\r\n\r\nbody",
        "x\r\n.\r\nMAIL FROM:<spy@example.org>",
        "=?utf-8?b?DQpCY2M6IHNweUBleGFtcGxlLm9yZw==?=",
        "\u{0}\u{85}\u{2028}Bcc: spy@example.org",
        "",
    ];
    for subject in hostile {
        assert_eq!(post.send(&site(), &letter(subject)), Delivery::Sent, "{subject:?}");
    }
    let messages = sink.messages();
    assert_eq!(messages.len(), hostile.len());
    let recipients = sink.recipients.lock().expect("no panic").clone();
    assert_eq!(recipients, vec![format!("RCPT TO:<{ADDRESS}>"); hostile.len()]);
    let plain = headers(&messages[0]);
    let expected = [
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Date",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    assert_eq!(BTreeSet::from_iter(plain.iter().map(String::as_str)), BTreeSet::from(expected));
    for message in &messages {
        assert_eq!(headers(message), plain, "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_was_cut_off_leaves_again_under_its_own_name() {
    on_both(|store| async move {
        let sink = Sink::open(Manner::DropsAfterData);
        let post = Arc::new(sink.post());
        let office = Office::open(store, Some(ADDRESS)).await;
        office.carry_out(&post).await;
        assert!(office.lines().await.iter().all(|line| line.state == State::Queued));
        *sink.manner.lock().expect("no panic") = Manner::Takes;
        office.app.clock.set(at("2026-11-19T10:30:00+09:00"));
        office.carry_out(&post).await;
        let lines = office.lines().await;
        assert!(lines.iter().all(|line| line.state == State::Sent), "{lines:?}");
        let messages = sink.messages();
        let name = |message: &String| {
            message.lines().find(|line| line.starts_with("Message-ID:")).map(str::to_owned)
        };
        let names: Vec<_> = messages.iter().filter_map(name).collect();
        assert_eq!(names.len(), 4, "receipt and confirmation, each cut off once");
        assert_eq!(BTreeSet::from_iter(&names).len(), 2);
        let with_entry: Vec<_> =
            messages.iter().filter(|message| message.contains("text/calendar")).collect();
        assert_eq!(with_entry.len(), 2, "the confirmation, twice");
        assert!(with_entry.iter().all(|it| it.contains("method=PUBLISH")), "{with_entry:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_address_is_shown_to_staff_and_not_tried_for_ever() {
    on_both(|store| async move {
        let sink = Sink::open(Manner::Refuses(550));
        let post = Arc::new(sink.post());
        let office = Office::open(store, Some(ADDRESS)).await;
        office.carry_out(&post).await;
        let lines = office.lines().await;
        assert!(lines.iter().all(|line| line.state == State::Undeliverable), "{lines:?}");
        assert_eq!(office.failing().await, lines.len());
        let duties = office.within(duties::for_desk).await;
        let duties = duties.expect("a list");
        assert_eq!(duties.len(), lines.len());
        for duty in duties {
            assert!(duty.given_up, "{duty:?}");
            assert_eq!(duty.last_error.as_deref(), Some("smtp 550"), "no address in it");
        }
    })
    .await;
}
